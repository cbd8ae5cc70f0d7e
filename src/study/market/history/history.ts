import { openDocument } from '../../../base/documents/index.ts'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import { yearOf } from './dates.ts'
import { type HistoryEvent, type HistoryFile, historySchema, type SeriesInput } from './schema.ts'

type Confidence = 'high' | 'medium' | 'low'

/** A value at a date; one that lies between `lo` and `hi` by the wording of its source. */
export interface HistoryPoint {
  readonly date: string
  readonly at_yr: number
  readonly value: number
  readonly lo: number
  readonly hi: number
  readonly confidence: Confidence
  /** Id among the sources of the history. */
  readonly source: string
}

/** A row of several values at a date, such as new ports by connector. */
export interface HistoryRow {
  readonly date: string
  readonly at_yr: number
  readonly values: Readonly<Record<string, number>>
  readonly confidence: Confidence
  readonly source: string
}

/** Where a number comes from. */
export interface HistorySource {
  readonly title: string
  readonly url: string | null
}

/** One thing counted over time: single values in `points`, tables in `rows`. */
export interface HistorySeries {
  readonly id: string
  readonly region: string
  readonly measure: string
  readonly standard: string
  readonly unit: string
  readonly points: readonly HistoryPoint[]
  readonly rows: readonly HistoryRow[]
}

export interface History {
  readonly series: readonly HistorySeries[]
  readonly events: readonly HistoryEvent[]
  readonly sources: Readonly<Record<string, HistorySource>>
  /** Last date of any point. */
  readonly until: string
}

function seriesOf(input: SeriesInput): HistorySeries {
  const { id, region, measure, standard, unit } = input
  const points: HistoryPoint[] = []
  const rows: HistoryRow[] = []
  for (const { date, value, lo, hi, confidence, source } of input.points) {
    const at_yr = yearOf(date)
    if (typeof value !== 'number') rows.push({ date, at_yr, values: value, confidence, source })
    else points.push({ date, at_yr, value, lo: lo ?? value, hi: hi ?? value, confidence, source })
  }
  const byTime = (a: { at_yr: number }, b: { at_yr: number }): number => a.at_yr - b.at_yr
  return { id, region, measure, standard, unit, points: points.sort(byTime), rows: rows.sort(byTime) }
}

function lastDate(series: readonly HistorySeries[]): string {
  return series
    .flatMap(({ points, rows }) => [...points, ...rows].map(({ date }) => date))
    .sort()
    .reduce((_, date) => date, '')
}

/** The history a checked file holds. */
export function historyOf(file: HistoryFile): History {
  const series = file.series.map(seriesOf)
  const sources = Object.entries(file.sources).map(([id, { title, url = null }]) => [id, { title, url }])
  return { series, events: file.events, sources: Object.fromEntries(sources), until: lastDate(series) }
}

function doubles(file: HistoryFile, locate: (path: (string | number)[]) => Problem['at']): Problem[] {
  const seen = new Set<string>()
  return file.series.flatMap(({ id }, index): Problem[] => {
    const isDouble = seen.has(id)
    seen.add(id)
    if (!isDouble) return []
    const at = locate(['series', index, 'id'])
    return [{ severity: 'error', code: 'market.history.double', params: { id }, ...(at ? { at } : {}) }]
  })
}

/** Reads a file of history (YAML or JSON); every problem with its place. */
export function readHistory(bytes: Uint8Array | string, file: string): Checked<History> {
  const { value, problems, locate } = openDocument(historySchema, bytes, file)
  if (value === null) return { ok: false, problems }
  const twice = doubles(value, locate)
  return twice.length > 0 ? { ok: false, problems: twice } : { ok: true, value: historyOf(value), warnings: problems }
}

/** What was known on a day: points dated later are not there, nor are later events. */
export function historyUntil(history: History, date: string): History {
  const before = (one: { readonly date: string }): boolean => one.date <= date
  const series = history.series
    .map((one) => ({ ...one, points: one.points.filter(before), rows: one.rows.filter(before) }))
    .filter(({ points, rows }) => points.length + rows.length > 0)
  return { ...history, series, events: history.events.filter(before), until: lastDate(series) }
}

/** The series of a name, or null. */
export function seriesNamed(history: History, id: string): HistorySeries | null {
  return history.series.find((one) => one.id === id) ?? null
}

function together<T extends { readonly date: string; readonly at_yr: number }>(
  old: readonly T[],
  newer: readonly T[],
): T[] {
  const dates = new Set(newer.map(({ date }) => date))
  return [...old.filter(({ date }) => !dates.has(date)), ...newer].sort((a, b) => a.at_yr - b.at_yr)
}

/** A history with newer points: where both have a date, the newer file counts. */
export function withNewer(history: History, newer: History): History {
  const known = new Map(history.series.map((one) => [one.id, one]))
  for (const one of newer.series) {
    const old = known.get(one.id)
    const both = old && { ...old, points: together(old.points, one.points), rows: together(old.rows, one.rows) }
    known.set(one.id, both ?? one)
  }
  const series = [...known.values()]
  const said = new Set(history.events.map(({ date, actor, type }) => `${date} ${actor} ${type}`))
  const events = newer.events.filter(({ date, actor, type }) => !said.has(`${date} ${actor} ${type}`))
  const sources = { ...history.sources, ...newer.sources }
  return { series, events: [...history.events, ...events], sources, until: lastDate(series) }
}
