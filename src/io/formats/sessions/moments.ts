import type { Coded } from '../../../base/words/index.ts'
import type { DateOrder } from './source.ts'
import { ZoneTable } from './zone.ts'

const MS_PER_MINUTE = 60_000
const HOURS_PER_HALF = 12
/** Kiribati is 14 hours ahead. */
const MAX_OFFSET_min = 14 * 60

/** Offsets of abbreviations that mean one zone only; CST, IST and BST mean several. */
const abbreviations = new Map(
  Object.entries({
    Z: 0,
    UTC: 0,
    GMT: 0,
    WET: 0,
    CET: 60,
    CEST: 120,
    EET: 120,
    EEST: 180,
    EST: -300,
    EDT: -240,
    CDT: -300,
    MST: -420,
    MDT: -360,
    PST: -480,
    PDT: -420,
    JST: 540,
  }),
)

const daysOf = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const time = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([AaPp])\.?[Mm]\.?)?`
const zone = String.raw`\s*(Z|[A-Z]{3,4}|[+-]\d{2}(?::?\d{2})?)?`
const yearFirst = new RegExp(String.raw`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})[T ]+${time}${zone}$`)
const yearLast = new RegExp(String.raw`^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{4})[, ]+${time}${zone}$`)
/** RFC 1123, as HTTP and ACN-Data write dates. */
const named = new RegExp(String.raw`^(?:[A-Z][a-z]{2}, )?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) ${time}${zone}$`)
const orderPattern = /^(\d{1,2})[-/](\d{1,2})[-/]\d{4}\b/

/** What a text says of day and month where both stand before the year; null: nothing, as one that is no date at all. */
export function orderShown(text: string): DateOrder | 'either' | null {
  const parts = orderPattern.exec(text.trim())
  const [one, two] = [Number(parts?.[1]), Number(parts?.[2])]
  if (!parts || (one > 12 && two > 12) || Math.max(one, two) > 31) return null
  if (one > 12) return 'dmy'
  return two > 12 ? 'mdy' : 'either'
}

interface Calendar {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Hours, minutes, seconds, fraction, half of the day, zone. */
  readonly rest: readonly (string | undefined)[]
}

function calendarOf(text: string, order: DateOrder): Calendar | null {
  const first = yearFirst.exec(text)
  if (first) {
    const [, year, month, day, ...rest] = first
    return { year: Number(year), month: Number(month), day: Number(day), rest }
  }
  const last = yearLast.exec(text)
  if (last) {
    const [, one, mark, two, year, ...rest] = last
    const dayFirst = mark === '.' || order === 'dmy'
    const [day, month] = dayFirst ? [one, two] : [two, one]
    return { year: Number(year), month: Number(month), day: Number(day), rest }
  }
  const [whole, day, month = '', year, ...rest] = named.exec(text) ?? []
  return whole === undefined ? null : { year: Number(year), month: months.indexOf(month) + 1, day: Number(day), rest }
}

/** Local time as if it were UTC; null where the calendar or the clock has no such time. */
function local_ms({ year, month, day, rest }: Calendar): number | null {
  const [hours, minutes, seconds = '0', fraction = '', half] = rest
  let hour = Number(hours)
  if (half !== undefined) {
    if (hour < 1 || hour > HOURS_PER_HALF) return null
    hour = (hour % HOURS_PER_HALF) + (half.toLowerCase() === 'p' ? HOURS_PER_HALF : 0)
  }
  if (hour > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null
  const days = month === 2 && isLeap(year) ? 29 : (daysOf[month - 1] ?? 0)
  if (day < 1 || day > days) return null
  return Date.UTC(year, month - 1, day, hour, Number(minutes), Number(seconds), milliseconds(fraction))
}

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

function milliseconds(fraction: string): number {
  return fraction === '' ? 0 : Math.round(Number(`0.${fraction}`) * 1000)
}

function offset_ms(zoneText: string): number | null {
  const known = abbreviations.get(zoneText)
  if (known !== undefined) return known * MS_PER_MINUTE
  const parts = /^([+-])(\d{2}):?(\d{2})?$/.exec(zoneText)
  if (!parts) return null
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0)
  if (minutes > MAX_OFFSET_min) return null
  return (parts[1] === '-' ? -minutes : minutes) * MS_PER_MINUTE
}

/** Moments a text may mean: one as a rule, two where clocks were set back; or why it means none. */
export type Moments = readonly number[] | Coded

/** Whether the moments are a reason instead. */
export function isReason(moments: Moments): moments is Coded {
  return 'code' in moments
}

/** Reads moments as people and programs write them. */
export class MomentReader {
  readonly #timezone: string | undefined
  readonly #table: ZoneTable | null
  readonly #order: DateOrder

  /** `timezone`: zone of local times; absent: they are none. `order`: of 1/2/2026. */
  constructor(timezone: string | undefined, order: DateOrder = 'mdy') {
    this.#timezone = timezone
    this.#table = timezone === undefined ? null : new ZoneTable(timezone)
    this.#order = order
  }

  /** `column` names the value in reasons; `zoneText` is the zone where it stands in a column of its own. */
  read(text: string, column: string, zoneText?: string): Moments {
    const calendar = calendarOf(text, this.#order)
    const value = calendar === null ? null : local_ms(calendar)
    if (calendar === null || value === null) return { code: 'trace.notMoment', params: { column, found: clip(text) } }
    const written = calendar.rest[5] ?? (this.#table ? undefined : zoneText)
    if (written !== undefined) {
      const offset = offset_ms(written)
      return offset === null
        ? { code: 'trace.zoneUnclear', params: { column, found: clip(written) } }
        : [value - offset]
    }
    if (!this.#table) return { code: 'trace.zoneUnclear', params: { column, found: clip(text) } }
    const moments = this.#table.moments_ms(value)
    if (moments.length > 0) return moments
    return { code: 'trace.inGap', params: { column, found: clip(text), timezone: this.#timezone ?? '' } }
  }
}

/** Whether a text states its zone. */
export function statesZone(text: string): boolean {
  return calendarOf(text, 'mdy')?.rest[5] !== undefined
}

/** A found text, short enough for a sentence. */
export function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 37)}...` : text
}
