import type { LocalClock } from './local-clock.ts'
import type { RandomStream } from './random.ts'

const MS_PER_HOUR = 3_600_000
const MS_PER_YEAR = 365.25 * 24 * MS_PER_HOUR
/** The bound of a growing rate is renewed at multiples of this after the start of the growth. */
const BOUND_ms = 30 * 24 * MS_PER_HOUR

/** How many come, by hour, month and year. */
export interface ArrivalRates {
  /** Mean arrivals in each hour of the week in local time, from Monday 0:00; 168 numbers. */
  readonly arrivals_perHour: readonly number[]
  /** Factor of each month, January first; 12 numbers. */
  readonly season: readonly number[]
  /** Compound growth since a moment; null: none. */
  readonly growth: { readonly perYear_frac: number; readonly from_ms: number } | null
}

/** Years of 365.25 days from one moment to another. */
export function years(from_ms: number, to_ms: number): number {
  return (to_ms - from_ms) / MS_PER_YEAR
}

/**
 * A Poisson process whose rate follows the local hour of the week, the month, and growth over the years. Thinning of a
 * process that is faster at every moment (Lewis and Shedler 1979): exact. What comes does not depend on where a run ends.
 */
export class Arrivals {
  readonly #rates: ArrivalRates
  readonly #highest_perHour: number
  readonly #seasonal: boolean
  readonly #clock: LocalClock
  readonly #random: RandomStream

  constructor(rates: ArrivalRates, clock: LocalClock, random: RandomStream) {
    this.#rates = rates
    this.#highest_perHour = Math.max(...rates.arrivals_perHour) * Math.max(...rates.season)
    this.#seasonal = rates.season.some((factor) => factor !== 1)
    this.#clock = clock
    this.#random = random
  }

  /** First arrival after `after_ms`; Infinity when there is none before `end_ms`. */
  next_ms(after_ms: number, end_ms: number): number {
    let time_ms = after_ms
    while (this.#highest_perHour > 0 && time_ms < end_ms) {
      const until_ms = this.#boundUntil_ms(time_ms)
      const bound_perHour = this.#highest_perHour * Math.max(this.#grown(time_ms), this.#grown(until_ms))
      const candidate_ms = time_ms + this.#random.exponential(1 / bound_perHour) * MS_PER_HOUR
      time_ms = Math.min(candidate_ms, until_ms)
      if (time_ms < candidate_ms || time_ms >= end_ms) continue
      if (this.#random.uniform() * bound_perHour < this.#rate_perHour(time_ms)) return time_ms
    }
    return Number.POSITIVE_INFINITY
  }

  #rate_perHour(time_ms: number): number {
    const { arrivals_perHour, season } = this.#rates
    const ofHour = arrivals_perHour[this.#clock.hourOfWeek(time_ms)] ?? 0
    const ofMonth = this.#seasonal ? (season[this.#clock.month(time_ms)] ?? 1) : 1
    return ofHour * ofMonth * this.#grown(time_ms)
  }

  #grown(time_ms: number): number {
    const { growth } = this.#rates
    return growth === null ? 1 : (1 + growth.perYear_frac) ** years(growth.from_ms, time_ms)
  }

  #boundUntil_ms(time_ms: number): number {
    const { growth } = this.#rates
    if (growth === null) return Number.POSITIVE_INFINITY
    return growth.from_ms + (Math.floor((time_ms - growth.from_ms) / BOUND_ms) + 1) * BOUND_ms
  }
}
