/** What a fault can hit. */
export type FaultSite = 'plug' | 'cabinet'

/** What tells a dispenser or cabinet that something is wrong. */
export type Witness =
  | 'flow'
  | 'level'
  | 'fanSpeed'
  | 'range'
  | 'pair'
  | 'model'
  | 'voltageDrop'
  | 'insulationMonitor'
  | 'hardware'
  | 'signal'
  | 'messages'
  | 'weldTest'
  | 'feedback'
  | 'heartbeat'
  | 'mainsSense'
  | 'temperature'
  | 'none'

/**
 * What is done then. `ramp`: down to no current, as fast as the dispenser declares; `trip`: contactors open under load; `limit`: on with a
 * smaller current; `lock`: no next session; `share`: modules are shared anew; `none`: nothing by itself.
 */
export type ReactionKind = 'ramp' | 'trip' | 'limit' | 'lock' | 'share' | 'none'

/** A way in which a part fails. A fault changes what is true or what a sensor shows, never both. */
export interface FaultMode {
  /** What can have it. */
  readonly at: FaultSite
  /** The piece that fails: it cannot fail in two ways at once. */
  readonly piece: string
  readonly witness: Witness
  readonly reaction: ReactionKind
  /** Whether it comes in degrees; else it is there or not. */
  readonly graded: boolean
  /** Only where liquid flows. */
  readonly cooledOnly?: true
}

const mode = (
  [at, piece]: readonly [FaultSite, string],
  [witness, reaction]: readonly [Witness, ReactionKind],
  graded: boolean,
): FaultMode => ({ at, piece, witness, reaction, graded })

const cooled = (piece: string, seen: readonly [Witness, ReactionKind], graded: boolean): FaultMode => {
  return { ...mode(['plug', piece], seen, graded), cooledOnly: true }
}

/**
 * Every mode. What severity means, from 0 to 1: pump, hose and flow sensor: share of the flow (or of its reading) lost; leak: speed of
 * draining; contact: resistance 1 to 10 times; strands: up to half of the metal; sensors: up to 20 K off or 10 times as slow;
 * insulation: from 1 Mohm down to 100 ohm; messages and modules: share lost.
 */
export const faultModes = {
  pump: cooled('pump', ['flow', 'ramp'], true),
  hose: cooled('hose', ['flow', 'ramp'], true),
  leak: cooled('coolant', ['level', 'ramp'], true),
  fan: cooled('fan', ['fanSpeed', 'limit'], false),
  'flow-sensor': cooled('flow sensor', ['flow', 'ramp'], true),
  'flow-sensor-stuck': cooled('flow sensor', ['none', 'none'], false),
  'sensor-open': mode(['plug', 'contact sensor'], ['range', 'limit'], false),
  'sensor-short': mode(['plug', 'contact sensor'], ['range', 'limit'], false),
  'sensor-stuck': mode(['plug', 'contact sensor'], ['pair', 'limit'], false),
  'sensor-low': mode(['plug', 'contact sensor'], ['pair', 'limit'], true),
  'sensor-high': mode(['plug', 'contact sensor'], ['pair', 'limit'], true),
  'sensor-slow': mode(['plug', 'contact sensor'], ['pair', 'limit'], true),
  contact: mode(['plug', 'contact'], ['model', 'limit'], true),
  strands: mode(['plug', 'conductor'], ['voltageDrop', 'ramp'], true),
  insulation: mode(['plug', 'insulation'], ['insulationMonitor', 'trip'], true),
  short: mode(['plug', 'output'], ['hardware', 'trip'], false),
  'over-voltage': mode(['plug', 'output'], ['hardware', 'trip'], false),
  'contactor-welded': mode(['plug', 'contactor'], ['weldTest', 'lock'], false),
  'contactor-stuck': mode(['plug', 'contactor'], ['feedback', 'lock'], false),
  latch: mode(['plug', 'latch'], ['signal', 'trip'], false),
  'control-line': mode(['plug', 'control line'], ['signal', 'trip'], false),
  earth: mode(['plug', 'earth'], ['signal', 'trip'], false),
  communication: mode(['plug', 'communication'], ['messages', 'ramp'], true),
  'emergency-stop': mode(['plug', 'emergency stop'], ['signal', 'trip'], false),
  mains: mode(['plug', 'mains'], ['mainsSense', 'trip'], false),
  module: mode(['cabinet', 'module'], ['heartbeat', 'share'], true),
  'matrix-welded': mode(['cabinet', 'module'], ['weldTest', 'share'], false),
  'matrix-stuck': mode(['cabinet', 'module'], ['feedback', 'share'], false),
} as const satisfies Readonly<Record<string, FaultMode>>

export type FaultModeName = keyof typeof faultModes

export const faultModeNames = Object.keys(faultModes) as readonly FaultModeName[]

export function faultMode(name: FaultModeName): FaultMode {
  return faultModes[name]
}

/** How far a fault goes where nothing is said: all the way, a hose half squeezed. */
export function usualSeverity(name: FaultModeName): number {
  return name === 'hose' ? 0.5 : 1
}
