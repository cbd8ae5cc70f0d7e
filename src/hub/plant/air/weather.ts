import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import type { AirCourse } from './air.ts'

const MS_PER_SECOND = 1000
const MS_PER_DAY = 86_400_000
/** The year whose calendar typical years follow; it has no 29 February. */
const TYPICAL_YEAR = 2001
/** The last value of a file holds for as long as the step of its hour. */
const LAST_ms = SECONDS_PER_HOUR * MS_PER_SECOND

/** Temperatures of the air, as a file tells them. */
export interface Weather {
  /** Milliseconds since 1970, or since the start of a typical year; rising. */
  readonly times_ms: readonly number[]
  readonly temperature_degC: readonly number[]
  /** A typical year: by how much its clock is ahead of UTC all year; null: these very moments. */
  readonly typical: { readonly offset_min: number } | null
}

/** When a run takes place. */
export interface WeatherPeriod {
  readonly from_ms: number
  readonly duration_s: number
}

const last = (values: readonly number[]): number => values.at(-1) as number

/** Whether moments of a file hold a period. */
function holds({ times_ms }: Weather, { from_ms, duration_s }: WeatherPeriod): boolean {
  return (times_ms[0] as number) <= from_ms && from_ms + duration_s * MS_PER_SECOND <= last(times_ms) + LAST_ms
}

/** The same day and time a year later. */
function yearAfter_ms(time_ms: number): number {
  const date = new Date(time_ms)
  return date.setUTCFullYear(date.getUTCFullYear() + 1)
}

/** A recording that long stands for any year. */
function isWholeYear({ times_ms }: Weather): boolean {
  return last(times_ms) + LAST_ms >= yearAfter_ms(times_ms[0] as number)
}

/** Whether the air of a period is known: it lies in the file, or the file has a whole year. */
export function covers(weather: Weather, period: WeatherPeriod): boolean {
  return weather.typical !== null || holds(weather, period) || isWholeYear(weather)
}

/** The first year of a recording as one that stands for any: by month, day and time of day. */
function asTypical({ times_ms, temperature_degC }: Weather): Weather {
  const end_ms = yearAfter_ms(times_ms[0] as number)
  const rows = times_ms.flatMap((time_ms, at) => {
    const date = new Date(time_ms)
    const isLeapDay = date.getUTCMonth() === 1 && date.getUTCDate() === 29
    if (isLeapDay || time_ms >= end_ms) return []
    return [[timeOfYear_ms(date), temperature_degC[at] as number] as const]
  })
  rows.sort(([a], [b]) => a - b)
  return {
    times_ms: rows.map(([time_ms]) => time_ms),
    temperature_degC: rows.map(([, degC]) => degC),
    typical: { offset_min: 0 },
  }
}

function timeOfYear_ms(date: Date): number {
  const [month, day] = [date.getUTCMonth(), date.getUTCDate()]
  return Date.UTC(TYPICAL_YEAR, month, day) - Date.UTC(TYPICAL_YEAR, 0) + (date.getTime() % MS_PER_DAY)
}

/** A time of a typical year in a real one; a leap day repeats nothing: air goes straight over it. */
function inYear_ms(time_ms: number, year: number): number {
  const date = new Date(Date.UTC(TYPICAL_YEAR, 0) + time_ms)
  const later = date.getUTCFullYear() - TYPICAL_YEAR
  return Date.UTC(year + later, date.getUTCMonth(), date.getUTCDate()) + (date.getTime() % MS_PER_DAY)
}

/** The course of the air over a period. `covers` has to hold. */
export function courseOf(weather: Weather, period: WeatherPeriod): AirCourse {
  if (weather.typical === null)
    return holds(weather, period) ? ofMoments(weather, period) : typicalCourse(weather, period)
  return ofTypical(weather, weather.typical.offset_min, period)
}

function typicalCourse(weather: Weather, period: WeatherPeriod): AirCourse {
  return ofTypical(asTypical(weather), 0, period)
}

function ofMoments({ times_ms, temperature_degC }: Weather, { from_ms }: WeatherPeriod): AirCourse {
  return { times_s: times_ms.map((time_ms) => (time_ms - from_ms) / MS_PER_SECOND), temperature_degC }
}

function ofTypical(weather: Weather, offset_min: number, { from_ms, duration_s }: WeatherPeriod): AirCourse {
  const first = new Date(from_ms).getUTCFullYear() - 1
  const end = new Date(from_ms + duration_s * MS_PER_SECOND).getUTCFullYear() + 1
  const years = Array.from({ length: end - first + 1 }, (_, at) => first + at)
  const offset_ms = offset_min * SECONDS_PER_MINUTE * MS_PER_SECOND
  return {
    times_s: years.flatMap((year) =>
      weather.times_ms.map((time_ms) => (inYear_ms(time_ms, year) - offset_ms - from_ms) / MS_PER_SECOND),
    ),
    temperature_degC: years.flatMap(() => weather.temperature_degC),
  }
}
