import { Temporal } from 'temporal-polyfill'

const MS_PER_QUARTER = 900_000

/** Writes moments as local time with its offset from UTC: `2026-06-01T07:30:00-07:00`. */
export class LocalTime {
  readonly #timezone: string
  /** Quarter of an hour since 1970, for which the offset is known: clocks change at its edges only. */
  #quarter = Number.NaN
  #offset = ''
  #offset_ms = 0

  constructor(timezone: string) {
    this.#timezone = timezone
  }

  /** To the second, rounded down. */
  text(moment_ms: number): string {
    const quarter = Math.floor(moment_ms / MS_PER_QUARTER)
    if (quarter !== this.#quarter) this.#look(quarter)
    return new Date(moment_ms + this.#offset_ms).toISOString().slice(0, 19) + this.#offset
  }

  #look(quarter: number): void {
    const moment = Temporal.Instant.fromEpochMilliseconds(quarter * MS_PER_QUARTER)
    const { offset, offsetNanoseconds } = moment.toZonedDateTimeISO(this.#timezone)
    this.#quarter = quarter
    this.#offset = offset
    this.#offset_ms = offsetNanoseconds / 1e6
  }
}

/** Two moments in ISO form as the clocks of a time zone show them: for readers; JSON keeps UTC. */
export function localPeriod({ from, to }: { from: string; to: string }, timezone: string) {
  const time = new LocalTime(timezone)
  return { from: time.text(Date.parse(from)), to: time.text(Date.parse(to)) }
}
