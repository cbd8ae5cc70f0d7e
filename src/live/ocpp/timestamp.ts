/** RFC 3339 as it is met in the field: any number of decimals, a blank for the T, +0200 for +02:00, or no zone at all. */
const form = /^(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:\d\d)(?:[.,](\d+))?(?:([Zz])|([+-]\d\d):?(\d\d))?$/

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
  const [, date, time, decimals = '', zulu, hours, minutes] = parts
  const zone = hours === undefined ? 'Z' : `${hours}:${minutes}`
  const at_ms = Date.parse(`${date}T${time}.${decimals.slice(0, 3).padEnd(3, '0')}${zone}`)
  // Date.parse takes 30 February for 2 March: what was read must be what was written.
  if (Number.isNaN(at_ms) || !isOnCalendar(date ?? '')) return null
  return { at_ms, isZoneless: zulu === undefined && hours === undefined }
}

function isOnCalendar(date: string): boolean {
  const day_ms = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(day_ms) && new Date(day_ms).toISOString().startsWith(date)
}
