/** RFC 3339 as it is met in the field: any number of decimals, a blank for the T, +0200 for +02:00, or no zone at all. */
const form = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d+))?(?:([Zz])|([+-]\d\d):?(\d\d))?$/

const MS_PER_DAY = 86_400_000
/** Earlier ones are told by nobody, and computers take them for others. */
const FIRST_YEAR = 1000

/** A moment out of a message. */
export interface ReadTime {
  readonly at_ms: number
  /** The text named no zone: it was taken as UTC, as the standards ask stations to report. */
  readonly isZoneless: boolean
}

/** Milliseconds since 1970 of a `dateTime` of a message; null when the text is none. Digits beyond milliseconds are cut. */
export function readTime(text: string): ReadTime | null {
  const parts = form.exec(text)
  if (!parts) return null
  const [, date = '', time = '', decimals = '', zulu, hours, minutes] = parts
  const day_ms = dayOf_ms(date)
  const clock_ms = clockOf_ms(time, decimals)
  const zone_ms = hours === undefined ? 0 : zoneOf_ms(hours, Number(minutes))
  if (day_ms === null || clock_ms === null || zone_ms === null) return null
  return { at_ms: day_ms + clock_ms - zone_ms, isZoneless: zulu === undefined && hours === undefined }
}

/** Null: there is no such day. */
function dayOf_ms(date: string): number | null {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))]
  if (year < FIRST_YEAR) return null
  const at = new Date(Date.UTC(year, month - 1, day))
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.getTime() : null
}

/** Null: there is no such time of day. The end of a day may be 24:00. */
function clockOf_ms(time: string, decimals: string): number | null {
  const [hour, minute, second] = [Number(time.slice(0, 2)), Number(time.slice(3, 5)), Number(time.slice(6, 8))]
  const at_ms = ((hour * 60 + minute) * 60 + second) * 1000 + Number(decimals.slice(0, 3).padEnd(3, '0'))
  return minute <= 59 && second <= 59 && at_ms <= MS_PER_DAY ? at_ms : null
}

function zoneOf_ms(hours: string, minutes: number): number | null {
  const hour = Number(hours.slice(1))
  if (hour > 23 || minutes > 59) return null
  return (hours.startsWith('-') ? -1 : 1) * (hour * 60 + minutes) * 60_000
}
