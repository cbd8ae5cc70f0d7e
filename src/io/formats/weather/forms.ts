import type { Coded } from '../../../base/words/index.ts'
import type { CsvRow } from '../csv/rows.ts'
import { clip, isReason, MomentReader } from '../sessions/moments.ts'

const MS_PER_HOUR = 3_600_000
const MS_PER_MINUTE = 60_000
/** The calendar of typical years: without 29 February. */
const TYPICAL_YEAR = 2001
const HOURS_PER_DAY = 24
const MINUTES_PER_HOUR = 60

/** Rows of a file that have temperatures, and how their time and temperature are read. */
export interface WeatherForm {
  readonly rows: readonly CsvRow[]
  readonly temperature: { readonly column: string; readonly at: number }
  /** Clock of a typical year, ahead of UTC by this; null: rows have moments. */
  readonly offset_min: number | null
  /** Milliseconds since 1970, or since the start of a typical year; null: a day such years do not have. `last_ms` is that of the row before. */
  readonly time_ms: (cells: readonly string[], last_ms: number) => number | Coded | null
}

/** What time a row of a typical year has; its own year does not count. Hour 24 is the end of the day. */
function typical_ms(text: string, [month, day, hour, minute]: readonly number[]): number | Coded | null {
  const start = new Date(Date.UTC(TYPICAL_YEAR, (month ?? 0) - 1, day))
  const isDay = start.getUTCMonth() === (month ?? 0) - 1 && start.getUTCDate() === day
  const isTime = (hour ?? -1) >= 0 && (hour ?? -1) <= HOURS_PER_DAY && (minute ?? -1) >= 0 && (minute ?? -1) <= 60
  if (month === 2 && day === 29) return null
  if (!isDay || !isTime) return { code: 'trace.notMoment', params: { column: 'time', found: clip(text) } }
  const ofDay_ms = (hour ?? 0) * MS_PER_HOUR + (minute ?? 0) * MS_PER_MINUTE
  return start.getTime() - Date.UTC(TYPICAL_YEAR, 0) + ofDay_ms
}

/** Minutes of hours as a header states them; one that states none is taken as UTC nowhere: NaN. */
function minutesOf(hours: string | undefined): number {
  const text = hours?.trim() ?? ''
  return text === '' ? Number.NaN : Number(text) * MINUTES_PER_HOUR
}

const numbers = (texts: readonly (string | undefined)[]): number[] => texts.map((text) => Number(text ?? Number.NaN))

/** EnergyPlus weather: eight lines of header, then year, month, day, hour from 1 to 24 at its end, minute. */
function epw(rows: readonly CsvRow[]): WeatherForm | null {
  const [first] = rows
  if (first?.cells[0]?.toUpperCase() !== 'LOCATION') return null
  return {
    rows: rows.filter(({ cells }) => /^\d{4}$/.test(cells[0] ?? '')),
    temperature: { column: 'dry bulb', at: 6 },
    offset_min: minutesOf(first.cells[8]),
    time_ms: (cells) => {
      const [, month, day, hour] = cells
      return typical_ms(cells.slice(0, 4).join(' '), [...numbers([month, day, hour]), 0])
    },
  }
}

/** Typical year 3 of NREL: a line about the station, a header, then days and hours from 01:00 to 24:00, local standard time. */
function tmy3([station, header, ...rows]: readonly CsvRow[]): WeatherForm | null {
  if (!header?.cells[0]?.startsWith('Date (MM/DD/YYYY)')) return null
  return {
    rows,
    temperature: { column: 'Dry-bulb (C)', at: header.cells.indexOf('Dry-bulb (C)') },
    offset_min: minutesOf(station?.cells[3]),
    time_ms: ([date = '', time = '']) => {
      const [, month, day] = /^(\d\d)\/(\d\d)\/\d{4}$/.exec(date) ?? []
      const [, hour, minute] = /^(\d\d):(\d\d)$/.exec(time) ?? []
      return typical_ms(`${date} ${time}`, numbers([month, day, hour, minute]))
    },
  }
}

/** Typical year of PVGIS: about its months first, then hours by UTC, then what the columns are. */
function pvgis(rows: readonly CsvRow[]): WeatherForm | null {
  const at = rows.findIndex(({ cells }) => cells[0] === 'time(UTC)')
  const header = rows[at]
  if (!header) return null
  const after = rows.slice(at + 1)
  const legend = after.findIndex(({ cells }) => cells.length === 1)
  return {
    rows: legend < 0 ? after : after.slice(0, legend),
    temperature: { column: 'T2m', at: header.cells.indexOf('T2m') },
    offset_min: 0,
    time_ms: ([time = '']) => {
      const [, month, day, hour, minute] = /^\d{4}(\d\d)(\d\d):(\d\d)(\d\d)$/.exec(time) ?? []
      return typical_ms(time, numbers([month, day, hour, minute]))
    },
  }
}

/** Our own: a header with `time` and `temperature_degC`, moments with their zone or by the clock of the site. */
function plain([header, ...rows]: readonly CsvRow[], timezone: string): WeatherForm | null {
  const names = header?.cells.map((cell) => cell.trim()) ?? []
  const [time, temperature] = [names.indexOf('time'), names.indexOf('temperature_degC')]
  if (time < 0 || temperature < 0) return null
  const reader = new MomentReader(timezone)
  return {
    rows,
    temperature: { column: 'temperature_degC', at: temperature },
    offset_min: null,
    time_ms: (cells, last_ms) => {
      const moments = reader.read((cells[time] ?? '').trim(), 'time')
      if (isReason(moments)) return moments
      return moments.find((moment_ms) => moment_ms > last_ms) ?? (moments[0] as number)
    },
  }
}

/** How a file is to be read; null: it is of none of the forms. */
export function formOf(rows: readonly CsvRow[], timezone: string): WeatherForm | null {
  return epw(rows) ?? tmy3(rows) ?? pvgis(rows) ?? plain(rows, timezone)
}
