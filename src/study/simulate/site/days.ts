import { Temporal } from 'temporal-polyfill'

/** Days of a run by the calendar of the site. */
export interface LocalDays {
  /** Seconds from the start of the run; the first is 0, the others are local midnights. */
  readonly starts_s: readonly number[]
  readonly dates: readonly string[]
}

/** Local days that a run touches; days on which the clocks change have 23 or 25 hours. */
export function localDays(timezone: string, from_ms: number, duration_s: number): LocalDays {
  const starts_s: number[] = []
  const dates: string[] = []
  let date = Temporal.Instant.fromEpochMilliseconds(from_ms).toZonedDateTimeISO(timezone).toPlainDate()
  for (let start_s = 0; start_s < duration_s; ) {
    starts_s.push(start_s)
    dates.push(date.toString())
    date = date.add({ days: 1 })
    start_s = (date.toZonedDateTime(timezone).epochMilliseconds - from_ms) / 1000
  }
  return { starts_s, dates }
}
