import type { Writer } from './writer.ts'
import { type TickKind, type Zone, zoneOf } from './zone.ts'

/** Dates and times of the run in the language of the report and the time zone of the site. */
export interface Calendar {
  readonly zone: Zone
  readonly from_ms: number
  readonly to_ms: number
  /** Date and time with the year. */
  full(instant_ms: number): string
  /** Weekday, day and time: enough inside one report. */
  short(instant_ms: number): string
  /** A local date such as `2026-06-05`, with its weekday. */
  date(text: string): string
  tick(kind: TickKind, instant_ms: number): string
}

const tickOptions: Readonly<Record<TickKind, Intl.DateTimeFormatOptions>> = {
  time: { hour: '2-digit', minute: '2-digit' },
  day: { weekday: 'short', day: 'numeric', month: 'short' },
  date: { day: 'numeric', month: 'short' },
  month: { month: 'short' },
  year: { year: 'numeric' },
}

const day: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }

/** Calendar of a run that starts at `from_ms` and lasts `duration_s`. */
export function calendarOf(writer: Writer, timezone: string, from_ms: number, duration_s: number): Calendar {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const made = new Intl.DateTimeFormat(writer.locale, { ...options, timeZone: timezone, hourCycle: 'h23' })
    return (instant_ms: number) => made.format(instant_ms)
  }
  const ticks = new Map(Object.entries(tickOptions).map(([kind, options]) => [kind, format(options)]))
  return {
    zone: zoneOf(timezone),
    from_ms,
    to_ms: from_ms + duration_s * 1000,
    full: format({ ...day, year: 'numeric' }),
    short: format({ ...day, weekday: 'short' }),
    date: (text) =>
      new Intl.DateTimeFormat(writer.locale, { ...tickOptions.day, timeZone: 'UTC' }).format(Date.parse(text)),
    tick: (kind, instant_ms) => ticks.get(kind)?.(instant_ms) ?? '',
  }
}
