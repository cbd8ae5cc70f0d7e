import type { AirCourse } from './air.ts'

/** Straight pieces of a wave in a day: within 0.3 % of its height. */
const PIECES = 48
const HOURS_PER_DAY = 24

/** Air that rises and falls the same way every day. */
export interface DailyWave {
  readonly low_degC: number
  readonly high_degC: number
  /** Hour of the local day at which it is warmest; it is coldest half a day later. */
  readonly warmest_h: number
}

/**
 * The course of a wave over local days, given by the midnights between them, seconds since the start of the run. A day on which
 * clocks change has all its hours, somewhat longer or shorter.
 */
export function dailyCourse({ low_degC, high_degC, warmest_h }: DailyWave, midnights_s: readonly number[]): AirCourse {
  const [mean_degC, swing_K] = [(low_degC + high_degC) / 2, (high_degC - low_degC) / 2]
  const days = midnights_s.slice(1).map((end_s, day) => [midnights_s[day] as number, end_s] as const)
  const shares = Array.from({ length: PIECES }, (_, piece) => piece / PIECES)
  const wave_degC = shares.map(
    (share) => mean_degC + swing_K * Math.cos(2 * Math.PI * (share - warmest_h / HOURS_PER_DAY)),
  )
  return {
    times_s: days.flatMap(([from_s, end_s]) => shares.map((share) => from_s + share * (end_s - from_s))),
    temperature_degC: days.flatMap(() => wave_degC),
  }
}
