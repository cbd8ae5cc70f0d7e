import {
  detectionWindow,
  insulationRules,
  insulationVerdict,
  MESSAGE_TIMEOUTS,
  meanTimeToTimeout_s,
  OVER_VOLTAGE_s,
  REST_A,
  type StopCause,
  stopWithin_s,
  watchedMessages,
} from '../protection/index.ts'
import type { FaultModeName } from './modes.ts'
import { type DispenserParameters, watch } from './parameters.ts'
import { type ActiveFault, drainTime_s, insulation_ohm, truthOf, worn } from './truth.ts'

/** What leaks to earth through filters, cable and pack by capacitance; an estimate within what monitors stand. */
const LEAKAGE_F = 1e-6
/** A short at full pack voltage melts the fuse in 1 to 3 ms. */
const MELTING_s = 0.003
/** Hardware lines are read at this pace; estimates that leave contactors the rest of what GB/T allows. */
const signal_s: Partial<Record<FaultModeName, number>> = {
  latch: 0.01,
  'control-line': 0.05,
  earth: 0.05,
  'emergency-stop': 0.05,
  mains: 0.5,
}
/** Opening under load, from the command on. */
export const OPENING_s = 0.03

const messages = {
  gbt: { message: watchedMessages.gbtDemand, timeouts: MESSAGE_TIMEOUTS },
  chademo: { message: watchedMessages.chademo, timeouts: 1 },
  ccs: { message: watchedMessages.ccsDemand, timeouts: 1 },
} as const

/** Highest resistance of a loop against that of the sound cable at the same temperature. */
function loopRise_frac({ cable }: DispenserParameters, fault: ActiveFault): number {
  const sound = cable.parameters
  const broken = worn(sound, truthOf([fault], fault.since_s))
  return sound.area_mm2 / broken.area_mm2 - 1
}

function insulationDelay_s({ insulation, rule, most_V }: DispenserParameters, { severity_frac }: ActiveFault): number {
  const resistance_ohm = insulation_ohm(severity_frac)
  if (insulationVerdict(insulationRules[rule], resistance_ohm, most_V) !== 'fault') return Number.POSITIVE_INFINITY
  return detectionWindow(insulation, { resistance_ohm, oneSided: true }, LEAKAGE_F).latest_s
}

function messageDelay_s({ talk }: DispenserParameters, { severity_frac }: ActiveFault): number {
  const { message, timeouts } = messages[talk]
  return timeouts * meanTimeToTimeout_s(message, severity_frac)
}

/**
 * Seconds from the start of a fault until it is told, where that depends on nothing that happens; Infinity: never by this; null: it
 * shows in readings (flow, pair, model) or at the next opening or closing.
 */
export function detectionDelay_s(dispenser: DispenserParameters, fault: ActiveFault): number | null {
  switch (fault.mode) {
    case 'leak':
      return watch.level_frac * drainTime_s(fault.severity_frac)
    case 'fan':
      return watch.fan_s
    case 'sensor-open':
    case 'sensor-short':
      return watch.range_s
    case 'strands':
      return loopRise_frac(dispenser, fault) >= watch.drop_frac ? watch.drop_s : Number.POSITIVE_INFINITY
    case 'insulation':
      return insulationDelay_s(dispenser, fault)
    case 'short':
      return MELTING_s
    case 'over-voltage':
      return OVER_VOLTAGE_s
    case 'communication':
      return messageDelay_s(dispenser, fault)
    default:
      return signal_s[fault.mode] ?? null
  }
}

const causes: Partial<Record<FaultModeName, StopCause>> = {
  latch: 'latchOpen',
  'control-line': 'controlLineLost',
  earth: 'earthLost',
  'over-voltage': 'overVoltage',
  communication: 'messageTimeout',
  'emergency-stop': 'emergencyStop',
  mains: 'mainsLost',
  short: 'fatalFault',
}

/**
 * Longest time from a fault until the current is at rest (5 A) that a standard asks for; null: it asks for none, as where some messages
 * still come. Figures of GB/T hold every plug to account, but for messages, whose times other protocols set themselves.
 */
export function restWithin_s(
  { talk }: Pick<DispenserParameters, 'talk'>,
  { mode, severity_frac }: Pick<ActiveFault, 'mode' | 'severity_frac'>,
  current_A: number,
): number | null {
  const cause = causes[mode]
  if (cause === undefined || severity_frac < 1 || current_A <= REST_A) return null
  if (cause === 'messageTimeout' && talk !== 'gbt') return null
  const within_s = stopWithin_s(cause, current_A)
  return Number.isFinite(within_s) ? within_s : null
}
