import type { Checked, Problem } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Weather } from '../../../hub/plant/air/index.ts'
import { type CsvRow, csvRows } from '../csv/rows.ts'
import { numberIn } from '../csv/values.ts'
import { clip } from '../sessions/moments.ts'
import { type TextSource, Unreadable } from '../sessions/source.ts'
import { formOf, type WeatherForm } from './forms.ts'

/** Beyond these no weather station ever was (-89.2 and 56.7 degC). */
const LOWEST_degC = -90
const HIGHEST_degC = 60
/** So many bad rows are told one by one. */
const TOLD = 20
const MS_PER_DAY = 86_400_000
/** A typical year has all its days. */
const LEAST_DAYS = 364

/** Reads the rows of one file. */
class RowReader {
  readonly times_ms: number[] = []
  readonly temperature_degC: number[] = []
  readonly problems: Problem[] = []
  #more = 0
  readonly #file: string
  readonly #form: WeatherForm

  constructor(file: string, form: WeatherForm) {
    this.#file = file
    this.#form = form
  }

  readAll(): void {
    for (const row of this.#form.rows) this.#read(row)
    if (this.#more > 0)
      this.problems.push(problemAt(this.#file, 0, { code: 'weather.more', params: { count: this.#more } }))
  }

  #read({ cells, line, broken }: CsvRow): void {
    const last_ms = this.times_ms.at(-1) ?? Number.NEGATIVE_INFINITY
    if (broken) {
      this.#wrong(line, { code: 'trace.brokenQuotes', params: {} })
      return
    }
    const time_ms = this.#form.time_ms(cells, last_ms)
    if (time_ms === null) return
    const degC = this.#temperature(cells)
    if (typeof time_ms !== 'number') this.#wrong(line, time_ms)
    else if (time_ms <= last_ms) this.#wrong(line, { code: 'weather.notRising', params: {} })
    if (typeof degC !== 'number') this.#wrong(line, degC)
    if (typeof time_ms !== 'number' || typeof degC !== 'number' || time_ms <= last_ms) return
    this.times_ms.push(time_ms)
    this.temperature_degC.push(degC)
  }

  #temperature(cells: readonly string[]): number | Coded {
    const { column, at } = this.#form.temperature
    const text = cells[at]
    if (text === undefined || text.trim() === '') return { code: 'trace.noValue', params: { column } }
    const degC = numberIn(text, column, 'point')
    if (typeof degC !== 'number' || (degC >= LOWEST_degC && degC <= HIGHEST_degC)) return degC
    return { code: 'weather.notLikely', params: { found: clip(text), low_degC: LOWEST_degC, high_degC: HIGHEST_degC } }
  }

  #wrong(line: number, reason: Coded): void {
    if (this.problems.length < TOLD) this.problems.push(problemAt(this.#file, line, reason))
    else this.#more++
  }
}

function problemAt(file: string, line: number, reason: Coded, fix?: Coded): Problem {
  const at = { file, line, column: line === 0 ? 0 : 1 }
  return { severity: 'error', ...reason, at, ...(fix ? { fix } : {}) }
}

/** What is wrong with the file as a whole. */
function wholeProblems(file: string, { offset_min }: WeatherForm, { times_ms }: RowReader): Problem[] {
  if (times_ms.length < 2) return [problemAt(file, 0, { code: 'weather.tooFew', params: {} })]
  if (offset_min === null) return []
  const days = ((times_ms.at(-1) as number) - (times_ms[0] as number)) / MS_PER_DAY
  const isShort = days < LEAST_DAYS
  return [
    ...(Number.isFinite(offset_min) ? [] : [problemAt(file, 1, { code: 'weather.noOffset', params: {} })]),
    ...(isShort ? [problemAt(file, 0, { code: 'weather.notWholeYear', params: { days: Math.round(days) } })] : []),
  ]
}

async function rowsOf(source: TextSource): Promise<CsvRow[]> {
  const rows: CsvRow[] = []
  for await (const batch of csvRows(source)) rows.push(...batch)
  return rows
}

/**
 * Reads temperatures of the air: a CSV with `time` and `temperature_degC`, EnergyPlus weather (EPW), or a typical year of PVGIS or NREL
 * (TMY3). `timezone` is that of times which state none. Every bad row is told with its line; the air is not guessed over it.
 */
export async function readWeather(source: TextSource, timezone: string): Promise<Checked<Weather>> {
  try {
    const rows = await rowsOf(source)
    const form = formOf(rows, timezone)
    if (!form) {
      const fix = { code: 'weather.fix.form', params: {} } as const
      return { ok: false, problems: [problemAt(source.file, 1, { code: 'weather.form', params: {} }, fix)] }
    }
    const reader = new RowReader(source.file, form)
    reader.readAll()
    const { times_ms, temperature_degC } = reader
    const problems = reader.problems.length > 0 ? reader.problems : wholeProblems(source.file, form, reader)
    if (problems.length > 0) return { ok: false, problems }
    const typical = form.offset_min === null ? null : { offset_min: form.offset_min }
    return { ok: true, value: { times_ms, temperature_degC, typical }, warnings: [] }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problems: error.problems }
    throw error
  }
}
