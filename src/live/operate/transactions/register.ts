import type { Code } from '../../../base/words/index.ts'

/** A reading of the energy register. Rank 0: at the begin of the transaction, 1: between, 2: at its end. */
export type RegisterPoint = readonly [rank: number, at_ms: number, energy_Wh: number]

/** What the readings of a transaction say about its energy. */
export interface RegisterEnergy {
  readonly start_Wh: number | null
  readonly last_Wh: number | null
  readonly energy_Wh: number
  readonly doubts: readonly Code[]
}

const MS_PER_HOUR = 3_600_000
/** Rises by more than this, beyond what the EVSE could give in the time, are not believed. */
const SLACK_Wh = 2000
const SLACK_frac = 0.25
/** No EVSE gives more; used where the rating is not known. */
const LARGEST_kW = 5000

/** The order of readings: begin first, end last, by time between. */
export function comparePoints(a: RegisterPoint, b: RegisterPoint): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function isJump(from: RegisterPoint, to: RegisterPoint, most_kW: number): boolean {
  const rise_Wh = to[2] - from[2]
  const time_h = Math.max(0, to[1] - from[1]) / MS_PER_HOUR
  return rise_Wh > most_kW * 1000 * time_h * (1 + SLACK_frac) + SLACK_Wh
}

/**
 * Energy between the first and the last reading, `points` in their order. A register that starts anew below where it was at
 * the begin is counted from there; one that goes back a little, or rises faster than the EVSE could give, is not followed
 * until it is plausible again. Each of these is told as a doubt: such an energy is a lower bound, and no basis of a bill.
 */
export function energyOf(points: readonly RegisterPoint[], rating_kW: number | null): RegisterEnergy {
  const first = points[0]
  if (!first) return { start_Wh: null, last_Wh: null, energy_Wh: 0, doubts: [] }
  const doubts = new Set<Code>()
  let begin_Wh = first[2]
  let high = first
  let before_Wh = 0
  for (const point of points) {
    if (point[2] < begin_Wh) {
      doubts.add('doubt.registerReset')
      before_Wh += high[2] - begin_Wh
      begin_Wh = point[2]
      high = point
    } else if (point[2] < high[2]) doubts.add('doubt.registerBack')
    else if (isJump(high, point, rating_kW ?? LARGEST_kW)) doubts.add('doubt.registerJump')
    else high = point
  }
  return { start_Wh: first[2], last_Wh: high[2], energy_Wh: before_Wh + high[2] - begin_Wh, doubts: [...doubts] }
}

/** Readings kept of a transaction under way; beyond it those go that change nothing. */
const MOST_POINTS = 64
/** Readings written down with its record. */
const MOST_WRITTEN = 24

function isTurn(points: readonly RegisterPoint[], index: number, most_kW: number): boolean {
  const [before, point, after] = [points[index - 1], points[index], points[index + 1]]
  if (!before || !point || !after || point[0] !== 1) return true
  if (point[2] < before[2] || after[2] < point[2]) return true
  return isJump(before, point, most_kW) || isJump(point, after, most_kW)
}

/** The readings at which the register turned or jumped, with the first and the last: the same energy from fewer. */
export function turningPoints(points: readonly RegisterPoint[], rating_kW: number | null): readonly RegisterPoint[] {
  return points.filter((_, index) => isTurn(points, index, rating_kW ?? LARGEST_kW))
}

/** As many of them as a record takes; the last ones count most. */
export function fewest(points: readonly RegisterPoint[]): readonly RegisterPoint[] {
  if (points.length <= MOST_WRITTEN) return points
  return [...points.slice(0, MOST_WRITTEN / 2), ...points.slice(-MOST_WRITTEN / 2)]
}

/** Puts a reading where it belongs; false: it was there. */
export function insertPoint(points: RegisterPoint[], point: RegisterPoint): boolean {
  let at = points.length
  while (at > 0 && comparePoints(points[at - 1] as RegisterPoint, point) > 0) at--
  const before = points[at - 1]
  if (before && comparePoints(before, point) === 0) return false
  points.splice(at, 0, point)
  return true
}

/** Readings beyond which some have to go. */
export const isLong = (points: readonly RegisterPoint[]): boolean => points.length > MOST_POINTS

/** Every second of the readings at which nothing turned goes, and more where that is not enough. */
export function thinOut(points: RegisterPoint[], rating_kW: number | null): void {
  const most_kW = rating_kW ?? LARGEST_kW
  const kept = points.filter((_, index) => index % 2 === 0 || isTurn(points, index, most_kW))
  const few = isLong(kept) ? fewest(turningPoints(points, rating_kW)) : kept
  points.splice(0, points.length, ...few)
}
