import { Temporal } from 'temporal-polyfill'
import { SECONDS_PER_DAY } from '../../base/units/index.ts'
import type { OptionReader } from './options.ts'
import { usageProblem } from './print.ts'

/** Ten years and a day. */
const MAX_DAYS = 3653
/** Less than a quarter of an hour has no quarter to meter. */
const MIN_DAYS = 0.02
const MS_PER_DAY = SECONDS_PER_DAY * 1000

/** What holds where the user says nothing. */
export interface PeriodDefaults {
  readonly from: string
  readonly days: number
}

/** Stretch of time to simulate. */
export interface Period {
  readonly from_ms: number
  readonly duration_s: number
  /** First day in local time, `2026-06-01`: access rules of that day hold. */
  readonly date: string
}

/** A Monday without holidays near it, so that runs without --from can be compared. */
const usual: PeriodDefaults = { from: '2026-06-01', days: 7 }

/** Whole local days that hold everything from one moment to another. */
export function daysAround(from_ms: number, to_ms: number, timezone: string): PeriodDefaults {
  const dayOf = (moment_ms: number): Temporal.PlainDate =>
    Temporal.Instant.fromEpochMilliseconds(moment_ms).toZonedDateTimeISO(timezone).toPlainDate()
  const from = dayOf(from_ms)
  return { from: from.toString(), days: from.until(dayOf(to_ms), { largestUnit: 'days' }).days + 1 }
}

/** Moment in a time zone from text such as `2026-06-01` or `2026-06-01T06:00`; null for anything else. */
function momentIn(timezone: string, text: string): Temporal.ZonedDateTime | null {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2})?$/.test(text)) return null
  try {
    return Temporal.PlainDateTime.from(text, { overflow: 'reject' }).toZonedDateTime(timezone)
  } catch {
    return null
  }
}

function readMoment(read: OptionReader, name: string, timezone: string): Temporal.ZonedDateTime | null {
  const text = read.text(name)
  if (text === undefined) return null
  const moment = momentIn(timezone, text)
  if (moment === null) read.problems.push(usageProblem({ code: 'cli.notADate', params: { name, text } }))
  return moment
}

/** `--from` with `--days` or `--to`, in the time zone of the site; what is wrong goes into `read.problems`. */
export function readPeriod(read: OptionReader, timezone: string, defaults = usual): Period {
  const days = read.number('--days', { min: MIN_DAYS, max: MAX_DAYS }) ?? Math.min(MAX_DAYS, defaults.days)
  const given = readMoment(read, '--from', timezone)
  const to = readMoment(read, '--to', timezone)
  read.notTogether('--days', '--to')
  const from = given ?? Temporal.PlainDate.from(defaults.from).toZonedDateTime(timezone)
  const from_ms = from.epochMilliseconds
  const duration_ms = to === null ? Math.round(days * MS_PER_DAY) : to.epochMilliseconds - from_ms
  if (to !== null && (duration_ms <= 0 || duration_ms > MAX_DAYS * MS_PER_DAY)) {
    const params = {
      name: '--to',
      value: read.text('--to') ?? '',
      min: from.toPlainDateTime().toString(),
      max: `+${MAX_DAYS} d`,
    }
    read.problems.push(usageProblem({ code: 'cli.outOfRange', params }))
  }
  return { from_ms, duration_s: duration_ms / 1000, date: from.toPlainDate().toString() }
}
