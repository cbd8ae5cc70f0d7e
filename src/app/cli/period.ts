import { Temporal } from 'temporal-polyfill'
import { SECONDS_PER_DAY } from '../../base/units/index.ts'
import type { OptionReader } from './options.ts'
import { usageProblem } from './print.ts'

/** A Monday without holidays near it, so that runs without --from can be compared. */
const DEFAULT_FROM = '2026-06-01'
const DEFAULT_DAYS = 7
/** Ten years and a day. */
const MAX_DAYS = 3653
const MS_PER_DAY = SECONDS_PER_DAY * 1000

/** Stretch of time to simulate. */
export interface Period {
  readonly from_ms: number
  readonly duration_s: number
  /** First day in local time, `2026-06-01`: access rules of that day hold. */
  readonly date: string
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
export function readPeriod(read: OptionReader, timezone: string): Period {
  const days = read.number('--days', { min: 1 / 1440, max: MAX_DAYS }) ?? DEFAULT_DAYS
  const given = readMoment(read, '--from', timezone)
  const to = readMoment(read, '--to', timezone)
  read.notTogether('--days', '--to')
  const from = given ?? Temporal.PlainDate.from(DEFAULT_FROM).toZonedDateTime(timezone)
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
