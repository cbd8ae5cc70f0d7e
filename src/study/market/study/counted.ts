import { portLike } from '../calibrate/fit.ts'
import type { History, HistoryPoint, HistoryRow, HistorySeries, HistorySource } from '../history/index.ts'
import type { Observable, RegionFile } from '../region/schema.ts'
import type { MarketCase } from '../scenarios/plan.ts'

/** What was counted of one thing in a region. */
export interface CountedSeries {
  readonly id: string
  readonly what: Observable['what']
  /** Group or connector; null: all of them. */
  readonly of: string | null
  readonly unit: string
  /** The laws were fitted to it. Sales drive the model instead, and counts of cars set its level. */
  readonly used: boolean
  readonly points: readonly HistoryPoint[]
}

/** Share of the ports of a year that had the cable, where a table of new ports tells. */
function shareOf({ date, at_yr, values, confidence, source }: HistoryRow, name: string): readonly HistoryPoint[] {
  const [ports, count] = [values['ports'] ?? 0, values[name]]
  if (count === undefined || ports <= 0) return []
  const value = Math.min(1, count / ports)
  return [{ date, at_yr, value, lo: value, hi: value, confidence, source }]
}

function seriesOf(series: HistorySeries, { what, of }: Observable, region: RegionFile): readonly CountedSeries[] {
  const { id, unit, points, rows } = series
  if (what !== 'fitted') return [{ id, what, of: of ?? null, unit, used: portLike.has(what), points }]
  return region.connectors.flatMap((connector): CountedSeries[] => {
    const shares = rows.flatMap((row) => shareOf(row, connector.name))
    if (shares.length === 0) return []
    return [{ id, what, of: connector.id, unit: 'share of new ports', used: true, points: shares }]
  })
}

/** Counted series of the region of a case, each with what it counts. */
export function countedOf({ history, base }: MarketCase): readonly CountedSeries[] {
  return (history?.series ?? []).flatMap((series) => {
    const what = base.observed[series.id]
    return what ? seriesOf(series, what, base) : []
  })
}

/** Sources of some series, by id. */
export function sourcesOf(history: History | null, series: readonly CountedSeries[]): Record<string, HistorySource> {
  const used = new Set(series.flatMap(({ points }) => points.map(({ source }) => source)))
  return Object.fromEntries(Object.entries(history?.sources ?? {}).filter(([id]) => used.has(id)))
}
