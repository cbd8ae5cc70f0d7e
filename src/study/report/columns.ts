import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '../../base/units/index.ts'
import type { Timeline } from '../simulate/index.ts'

/** Most columns a chart of the timeline has; more cannot be told apart on a screen. */
export const MAX_COLUMNS = 1200

/** Several steps of the timeline in one. */
export interface TimeColumn {
  readonly from_s: number
  readonly to_s: number
  readonly mean_kW: number
  /** Lowest and highest minute. */
  readonly lowest_kW: number
  readonly highest_kW: number
  /** Mean counts, and the most waiting of any step. */
  readonly occupied: number
  readonly waiting: number
  readonly mostWaiting: number
}

export interface Columns {
  /** Length of a column; the last one may be shorter. */
  readonly step_s: number
  /** Steps of the timeline in a column. */
  readonly steps: number
  readonly columns: readonly TimeColumn[]
}

/** Runs longer than this are told day by day: finer columns would only repeat the course of the day. */
const DAILY_FROM_s = 60 * SECONDS_PER_DAY

const roundSteps_s = [
  ...[1, 2, 5, 10, 15, 20, 30].map((minutes) => minutes * 60),
  ...[1, 2, 3, 4, 6, 8, 12].map((hours) => hours * SECONDS_PER_HOUR),
]

/** Steps a column must hold: the least round length that gives few enough columns, whole steps of the timeline. */
function stepsPerColumn(step_s: number, count: number): number {
  const total_s = step_s * count
  if (count <= MAX_COLUMNS && total_s <= DAILY_FROM_s) return 1
  const least_s = Math.max(total_s / MAX_COLUMNS, total_s > DAILY_FROM_s ? SECONDS_PER_DAY : 0)
  const round = roundSteps_s.find((length_s) => length_s >= least_s && length_s % step_s === 0)
  if (round !== undefined) return round / step_s
  const days = Math.ceil(least_s / SECONDS_PER_DAY) * SECONDS_PER_DAY
  return days % step_s === 0 ? days / step_s : Math.ceil(least_s / step_s)
}

/** Timeline folded into at most `MAX_COLUMNS` columns; energy is kept, the last step counts for what it lasts. */
export function columnsOf(timeline: Timeline, duration_s: number): Columns {
  const { step_s, power_kW } = timeline
  const steps = stepsPerColumn(step_s, power_kW.length)
  const count = Math.ceil(power_kW.length / steps)
  const columns = Array.from({ length: count }, (_, index) =>
    foldSteps(timeline, index * steps, Math.min((index + 1) * steps, power_kW.length), duration_s),
  )
  return { step_s: steps * step_s, steps, columns }
}

function foldSteps(timeline: Timeline, first: number, end: number, duration_s: number): TimeColumn {
  const from_s = first * timeline.step_s
  const to_s = Math.max(Math.min(end * timeline.step_s, duration_s), from_s)
  const mean = (values: readonly number[]) => weightedMean(values, timeline.step_s, to_s - from_s)
  return {
    from_s,
    to_s,
    mean_kW: mean(timeline.power_kW.slice(first, end)),
    lowest_kW: Math.min(...timeline.lowestMinute_kW.slice(first, end)),
    highest_kW: Math.max(...timeline.highestMinute_kW.slice(first, end)),
    occupied: mean(timeline.occupied.slice(first, end)),
    waiting: mean(timeline.waiting.slice(first, end)),
    mostWaiting: Math.max(...timeline.waiting.slice(first, end)),
  }
}

/** Mean of steps of equal length but the last, which ends with the span. */
function weightedMean(values: readonly number[], step_s: number, span_s: number): number {
  if (span_s <= 0) return values[0] ?? 0
  return values.reduce((sum, value, index) => sum + value * Math.min(step_s, span_s - index * step_s), 0) / span_s
}
