import type { LocalClock } from './local-clock.ts'
import type { RandomStream } from './random.ts'

const MS_PER_HOUR = 3_600_000

export interface ArrivalProcess {
  /** Mean arrivals per hour for each hour of the week, Monday 00:00 first; 168 numbers. */
  readonly perHour: readonly number[]
  readonly clock: LocalClock
  readonly random: RandomStream
}

/**
 * Arrival times in ms of a Poisson process whose rate follows the local hour of the week, from `from_ms` until
 * `to_ms`. Thinning of a process at the highest rate: exact for piecewise constant rates (Lewis and Shedler 1979).
 */
export function* arrivalTimes(
  { perHour, clock, random }: ArrivalProcess,
  from_ms: number,
  to_ms: number,
): Generator<number> {
  const highest = Math.max(...perHour)
  if (highest <= 0) return
  let time_ms = from_ms
  for (;;) {
    time_ms -= (Math.log1p(-random()) / highest) * MS_PER_HOUR
    if (time_ms >= to_ms) return
    const rate = perHour[clock.hourOfWeek(time_ms)] ?? 0
    if (random() * highest < rate) yield time_ms
  }
}
