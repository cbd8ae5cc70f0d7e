import type { CurvePoints } from '../curve.ts'
import type { PlaceLimit } from '../profile.ts'
import type { Electrics } from './electrics.ts'

const WATTS_PER_KILOWATT = 1000

/** Limits of a session as parts state them: by source, each in its own unit. All at the plug, for all guns together. */
export interface SessionLimits {
  readonly powers: readonly { readonly source: string; readonly power_kW: number }[]
  readonly currents: readonly { readonly source: string; readonly current_A: number }[]
  /** Voltages that must not be passed at these terminals. */
  readonly ceilings: readonly VoltageLimit[]
  /** Voltages below which nothing flows. */
  readonly floors: readonly VoltageLimit[]
}

export interface VoltageLimit {
  readonly source: string
  readonly voltage_V: number
}

function knots({ open }: Electrics): readonly (readonly [soc_frac: number, open_V: number])[] {
  return Array.from(open.x, (soc_frac, at) => [soc_frac, open.y[at] as number])
}

/**
 * Power of a current limit over state of charge: I (U(s) + I R), straight between the points of the open-circuit voltage. With
 * 0 ohm it is the cautious form I U.
 */
export function currentLine(electrics: Electrics, current_A: number, pack_ohm: number): CurvePoints {
  return knots(electrics).map(([soc_frac]) => [soc_frac, electrics.power_kW(current_A, soc_frac, pack_ohm)] as const)
}

/**
 * Power at which the terminals reach a voltage, over state of charge: V (V - U(s)) / R, nothing where U(s) is above. Null
 * without resistance: then the voltage alone says nothing of power.
 */
export function ceilingLine(electrics: Electrics, voltage_V: number, pack_ohm: number): CurvePoints | null {
  const seen_ohm = pack_ohm * electrics.seen_frac
  if (seen_ohm === 0) return null
  const power_kW = (open_V: number): number => (voltage_V * (voltage_V - open_V)) / seen_ohm / WATTS_PER_KILOWATT
  const points: (readonly [number, number])[] = []
  let before: readonly [number, number] | null = null
  for (const [soc_frac, open_V] of knots(electrics)) {
    const here: readonly [number, number] = [soc_frac, power_kW(open_V)]
    const zero_frac = before && before[1] * here[1] < 0 ? rootBetween(before, here) : null
    if (zero_frac !== null) points.push([zero_frac, 0])
    points.push([soc_frac, Math.max(0, here[1])])
    before = here
  }
  return points
}

function rootBetween(a: readonly [number, number], b: readonly [number, number]): number {
  return a[0] + ((b[0] - a[0]) * a[1]) / (a[1] - b[1])
}

/** More than any session takes: stands for no limit on a part of a line. */
const UNLIMITED_kW = 1e6

/** Nothing below the state of charge at which the pack reaches a voltage, no limit above; null where it always does. */
export function floorLine(electrics: Electrics, voltage_V: number): CurvePoints | null {
  const points = knots(electrics)
  const above = points.findIndex(([, open_V]) => open_V >= voltage_V)
  const right = points[above]
  if (right === undefined) return [[0, 0]]
  const left = points[above - 1]
  if (left === undefined) return null
  const at_frac = rootBetween([left[0], left[1] - voltage_V], [right[0], right[1] - voltage_V])
  return [
    [0, 0],
    [at_frac, 0],
    [at_frac, UNLIMITED_kW],
  ]
}

/** Resistance of the pack that makes a limit tightest: current limits want the lowest, voltage limits the highest. */
export interface ResistanceRange {
  readonly low_ohm: number
  readonly high_ohm: number
}

/** The tightest of limits of one kind, the first of equal ones: its line lies nowhere above those of the others. */
function tightest<T>(limits: readonly T[], value: (limit: T) => number): readonly T[] {
  const least = Math.min(...limits.map(value))
  return limits.filter((limit) => value(limit) === least).slice(0, 1)
}

/** Limits of a session as lines of power over state of charge, the tightest of each kind. */
export function placeLimits(limits: SessionLimits, electrics: Electrics, pack: ResistanceRange): readonly PlaceLimit[] {
  const line = (source: string, points: CurvePoints | null) => (points === null ? [] : [{ source, limit: points }])
  return [
    ...tightest(limits.powers, ({ power_kW }) => power_kW).map(({ source, power_kW }) => ({ source, limit: power_kW })),
    ...tightest(limits.currents, ({ current_A }) => current_A).flatMap(({ source, current_A }) =>
      line(source, currentLine(electrics, current_A, pack.low_ohm)),
    ),
    ...tightest(limits.ceilings, ({ voltage_V }) => voltage_V).flatMap(({ source, voltage_V }) =>
      line(source, ceilingLine(electrics, voltage_V, pack.high_ohm)),
    ),
    ...tightest(limits.floors, ({ voltage_V }) => -voltage_V).flatMap(({ source, voltage_V }) =>
      line(source, floorLine(electrics, voltage_V)),
    ),
  ]
}

/**
 * Limits of one vehicle charged over several plugs at once. The plugs lie on the same terminals and share the current
 * evenly, so every limit of every plug counts as many times as there are plugs: the tightest plug holds back the others.
 */
export function together(plugs: readonly SessionLimits[]): SessionLimits {
  const count = plugs.length
  return {
    powers: plugs.flatMap(({ powers }) =>
      powers.map(({ source, power_kW }) => ({ source, power_kW: power_kW * count })),
    ),
    currents: plugs.flatMap(({ currents }) =>
      currents.map(({ source, current_A }) => ({ source, current_A: current_A * count })),
    ),
    ceilings: plugs.flatMap(({ ceilings }) => ceilings),
    floors: plugs.flatMap(({ floors }) => floors),
  }
}
