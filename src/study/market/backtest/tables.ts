import { fewestPorts } from '../calibrate/fit.ts'
import type { History, HistoryRow, HistorySeries } from '../history/index.ts'
import type { Observable, RegionFile } from '../region/schema.ts'
import type { Outlook } from './forecast.ts'
import { logTrend } from './naive.ts'

/** How far shares were off after a cut, in points of a hundred, beside the two methods that know shares only. */
export interface TableScore {
  readonly id: string
  /** `attach`: shares of new ports with each cable. `mix`: parts of a whole by inlet or plug. */
  readonly kind: 'attach' | 'mix'
  /** Groups or connectors. */
  readonly of: readonly string[]
  readonly known: number
  readonly later: number
  /** Mean over later rows: of the absolute differences (`attach`), of the total variation (`mix`). */
  readonly model: number
  readonly persistence: number
  readonly trend: number
}

/** Shares at a date, in the order of what they are of; null: not told. */
type Shares = readonly (number | null)[]

interface ShareRow {
  readonly date: string
  readonly at_yr: number
  readonly shares: Shares
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)

const LAST_ROWS = 3

/** Straight line through the last three known shares, within none and all. */
function trendAt(known: readonly ShareRow[], at: number, at_yr: number): number {
  const last = known.slice(-LAST_ROWS).flatMap(({ at_yr: x, shares }) => {
    const y = shares[at]
    return y == null ? [] : [{ x, y }]
  })
  const [meanX, meanY] = [meanOf(last.map(({ x }) => x)), meanOf(last.map(({ y }) => y))]
  const xx = last.reduce((sum, { x }) => sum + (x - meanX) ** 2, 0)
  const slope = xx > 0 ? last.reduce((sum, { x, y }) => sum + (x - meanX) * (y - meanY), 0) / xx : 0
  return Math.min(1, Math.max(0, meanY + slope * (at_yr - meanX)))
}

/** Mean absolute difference of the shares that both tell, in points. */
function apart(forecast: Shares, observed: Shares): number {
  const gaps = observed.flatMap((share, at) => {
    const other = forecast[at]
    return share === null || other == null ? [] : [Math.abs(share - other)]
  })
  return 100 * meanOf(gaps)
}

/** Total variation of two mixes, in points. */
function variation(forecast: Shares, observed: Shares): number {
  return 50 * observed.reduce<number>((sum, share, at) => sum + Math.abs((share ?? 0) - (forecast[at] ?? 0)), 0)
}

function attachRows(rows: readonly HistoryRow[], names: readonly string[]): readonly ShareRow[] {
  return rows
    .filter(({ values }) => (values['ports'] ?? 0) >= fewestPorts)
    .map(({ date, at_yr, values }) => ({
      ...{ date, at_yr },
      shares: names.map((name) => {
        const count = values[name]
        return count === undefined ? null : Math.min(1, count / (values['ports'] ?? 1))
      }),
    }))
}

/** A share is neither none nor all for sure. */
const EDGE = 0.02

function logit(share: number): number {
  const inside = Math.min(1 - EDGE, Math.max(EDGE, share))
  return Math.log(inside / (1 - inside))
}

/** The law's share on a day, moved on the logit by as much as it was off at the last known row. */
function anchored(last: ShareRow, at: number, law: (at_yr: number) => number): (at_yr: number) => number {
  const seen = last.shares[at]
  const off = seen == null ? 0 : logit(seen) - logit(law(last.at_yr))
  return (at_yr) => 1 / (1 + Math.exp(-(logit(law(at_yr)) + off)))
}

/** Scores a table of new ports by cable after a cut, or says why it cannot be scored. */
export function attachScore(
  region: RegionFile,
  before: HistorySeries | null,
  series: HistorySeries,
  { cut, outlook }: { readonly cut: string; readonly outlook: Outlook },
): TableScore | 'notModelled' | 'nothingBefore' | 'nothingAfter' | 'fewPorts' {
  if (region.observed[series.id]?.what !== 'fitted') return 'notModelled'
  const names = region.connectors.map(({ name }) => name)
  const raw = series.rows.filter(({ date }) => date > cut)
  if (raw.length === 0) return 'nothingAfter'
  const [known, later] = [attachRows(before?.rows ?? [], names), attachRows(raw, names)]
  const last = known[known.length - 1]
  if (!last) return 'nothingBefore'
  if (later.length === 0) return 'fewPorts'
  const ids = region.connectors.map(({ id }) => id)
  const laws = ids.map((id, at) => anchored(last, at, (at_yr) => outlook.fitted(id, at_yr)))
  const told = ids.filter((_, at) => later.some(({ shares }) => shares[at] !== null))
  const score = (of: (row: ShareRow) => Shares): number => meanOf(later.map((row) => apart(of(row), row.shares)))
  return {
    ...{ id: series.id, kind: 'attach', of: told, known: known.length, later: later.length },
    model: score(({ at_yr }) => laws.map((law) => law(at_yr))),
    persistence: score(() => last.shares),
    trend: score(({ at_yr }) => ids.map((_, at) => trendAt(known, at, at_yr))),
  }
}

/** Series that together make a whole: sales by group, cables by connector. */
interface Whole {
  readonly what: Observable['what']
  readonly parts: readonly { readonly of: string; readonly series: HistorySeries }[]
}

const wholes = ['sales', 'cables'] as const

function wholesOf(region: RegionFile, history: History): readonly Whole[] {
  return wholes.flatMap((what) => {
    const parts = history.series.flatMap((series) => {
      const seen = region.observed[series.id]
      return seen?.what === what && seen.of !== undefined ? [{ of: seen.of, series }] : []
    })
    // Of two counts of the same thing, the first.
    const first = parts.filter(({ of }, at) => parts.findIndex((other) => other.of === of) === at)
    return first.length > 1 ? [{ what, parts: first }] : []
  })
}

const shared = (values: readonly number[]): Shares => {
  const sum = values.reduce((a, b) => a + b, 0)
  return values.map((value) => (sum > 0 ? value / sum : 0))
}

/** Mixes on the days on which every part was counted. */
function mixRows({ parts }: Whole): readonly ShareRow[] {
  const days = parts[0]?.series.points ?? []
  return days.flatMap(({ date, at_yr }) => {
    const values = parts.map(({ series }) => series.points.find((point) => point.date === date)?.value)
    const whole = values.flatMap((value) => value ?? [])
    return whole.length === parts.length && whole.some((value) => value > 0)
      ? [{ date, at_yr, shares: shared(whole) }]
      : []
  })
}

/** Scores the mix of sales by inlet and of cables by plug after the end of what was known, where both are counted together. */
export function mixScores(region: RegionFile, known: History, later: History, outlook: Outlook): TableScore[] {
  return wholesOf(region, later).flatMap((whole): TableScore[] => {
    const rows = mixRows(whole)
    const points = (id: string) => known.series.find((one) => one.id === id)?.points ?? []
    const before = rows.filter(({ date }) =>
      whole.parts.every(({ series }) => points(series.id).some((one) => one.date === date)),
    )
    const last = before[before.length - 1]
    const after = rows.filter(
      ({ date }) => last !== undefined && !before.some((row) => row.date === date) && date > last.date,
    )
    if (!last || after.length === 0) return []
    const score = (of: (row: ShareRow) => Shares): number => meanOf(after.map((row) => variation(of(row), row.shares)))
    const parts = whole.parts.map(({ series }) => series)
    return [
      {
        ...{ id: `${region.id}: ${whole.what}`, kind: 'mix', of: whole.parts.map(({ of }) => of) },
        ...{ known: before.length, later: after.length },
        model: score(({ at_yr }) => shared(parts.map(({ id }) => outlook.levels.get(id)?.(at_yr) ?? 0))),
        persistence: score(() => last.shares),
        trend: score(({ at_yr }) => shared(parts.map(({ id }) => logTrend(points(id))(at_yr)))),
      },
    ]
  })
}
