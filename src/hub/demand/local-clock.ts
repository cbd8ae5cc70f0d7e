import { Temporal } from 'temporal-polyfill'

const MS_PER_HOUR = 3_600_000
const HOURS_PER_WEEK = 168
/** 1970-01-01 was a Thursday; hours of the week count from Monday 00:00. */
const EPOCH_HOUR_OF_WEEK = 72

/** The moment at which a day (ISO 8601) begins at a place. */
export function dayStart_ms(date: string, timeZone: string): number {
  return Temporal.PlainDate.from(date).toZonedDateTime(timeZone).epochMilliseconds
}

/** Local time of a place over a stretch of time: hour of the week, aware of every change of the clocks. */
export class LocalClock {
  readonly #from_ms: number[] = []
  readonly #offset_ms: number[] = []

  /** `timeZone` is an IANA name; the clock answers for times in [from_ms, to_ms]. */
  constructor(timeZone: string, from_ms: number, to_ms: number) {
    let moment: Temporal.ZonedDateTime | null =
      Temporal.Instant.fromEpochMilliseconds(from_ms).toZonedDateTimeISO(timeZone)
    while (moment !== null && moment.epochMilliseconds <= to_ms) {
      this.#from_ms.push(moment.epochMilliseconds)
      this.#offset_ms.push(moment.offsetNanoseconds / 1e6)
      moment = moment.getTimeZoneTransition('next')
    }
  }

  /** Whole hours since Monday 00:00 local time, 0 to 167. */
  hourOfWeek(time_ms: number): number {
    const local_h = Math.floor(this.#local_ms(time_ms) / MS_PER_HOUR)
    return (((local_h + EPOCH_HOUR_OF_WEEK) % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK
  }

  /** Month in local time, January is 0. */
  month(time_ms: number): number {
    return new Date(this.#local_ms(time_ms)).getUTCMonth()
  }

  /** Whole local days since 1970-01-01. */
  day(time_ms: number): number {
    return Math.floor(this.#local_ms(time_ms) / (24 * MS_PER_HOUR))
  }

  #local_ms(time_ms: number): number {
    let index = this.#from_ms.length - 1
    while (index > 0 && (this.#from_ms[index] ?? 0) > time_ms) index -= 1
    return time_ms + (this.#offset_ms[index] ?? 0)
  }
}
