import type { LocalClock } from './local-clock.ts'
import type { RandomStream } from './random.ts'

const HOURS_PER_MS = 1 / 3_600_000

/** Every month like the others. */
const noSeason: readonly number[] = Array.from({ length: 12 }, () => 1)

/**
 * A Poisson process whose rate follows the local hour of the week and the month. Thinning of a process at the highest
 * rate: exact for rates constant by the hour (Lewis and Shedler 1979).
 */
export class Arrivals {
  readonly #perHour: readonly number[]
  readonly #season: readonly number[]
  readonly #highest: number
  readonly #clock: LocalClock
  readonly #random: RandomStream

  /** `arrivals_perHour`: mean arrivals in each hour of the week, Monday 00:00 first, 168 numbers; `season`: factor of each month. */
  constructor(arrivals_perHour: readonly number[], clock: LocalClock, random: RandomStream, season = noSeason) {
    this.#perHour = arrivals_perHour
    this.#season = season
    this.#highest = Math.max(...arrivals_perHour) * Math.max(...season)
    this.#clock = clock
    this.#random = random
  }

  /** First arrival after `after_ms`; Infinity when there is none before `end_ms`. */
  next_ms(after_ms: number, end_ms: number): number {
    let time_ms = after_ms
    while (this.#highest > 0 && time_ms < end_ms) {
      time_ms += this.#random.exponential(1 / this.#highest) / HOURS_PER_MS
      const rate =
        (this.#perHour[this.#clock.hourOfWeek(time_ms)] ?? 0) * (this.#season[this.#clock.month(time_ms)] ?? 1)
      if (time_ms < end_ms && this.#random.uniform() * this.#highest < rate) return time_ms
    }
    return Number.POSITIVE_INFINITY
  }
}
