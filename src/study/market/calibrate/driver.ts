import { type History, type HistoryPoint, seriesNamed, yearOf } from '../history/index.ts'
import { QUARTERS } from '../model/setup.ts'
import { knownUntil, valueAt } from '../region/path.ts'
import type { RegionFile } from '../region/schema.ts'
import { type Annual, driftOf, extended, growths, paceOf, partsOf, pooledPace } from './growth.ts'

const MIN_SALES = 1

function annualOf(points: readonly HistoryPoint[]): Annual {
  return new Map(points.map(({ date, value }) => [Number(date.slice(0, 4)), value]))
}

/** Sales that a count of cars on the road implies, with what was scrapped. */
function fromFleet(points: readonly HistoryPoint[], scrap_perYear: number): Annual {
  const fleet = annualOf(points)
  const years = [...fleet.keys()].sort((a, b) => a - b)
  return new Map(
    years.map((year) => {
      const [now, before] = [fleet.get(year) ?? 0, fleet.get(year - 1) ?? 0]
      return [year, Math.max(MIN_SALES, now - before * (1 - scrap_perYear))]
    }),
  )
}

/** Total sales of a region as counted. */
function totals(region: RegionFile, history: History, scrap_perYear: number): Annual {
  const sales = region.totalSales === undefined ? null : seriesNamed(history, region.totalSales)
  if (sales) return annualOf(sales.points)
  const fleet = region.totalFleet === undefined ? null : seriesNamed(history, region.totalFleet)
  return fleet ? fromFleet(fleet.points, scrap_perYear) : new Map()
}

/** Sales of each quarter: the year's, rising or falling within it as from year to year. */
export function quarterly(annual: Annual, from_yr: number, quarters: number): Float64Array {
  const out = new Float64Array(quarters)
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    const at = from_yr + quarter / QUARTERS
    const year = Math.floor(at + 1e-6)
    const inYear = Math.round((at - year) * QUARTERS)
    out[quarter] = ((annual.get(year) ?? 0) * weightOf(annual, year, inYear)) / QUARTERS
  }
  return out
}

const MAX_SLOPE = 0.8

function weightOf(annual: Annual, year: number, inYear: number): number {
  const [before, after] = [annual.get(year - 1), annual.get(year + 1)]
  const now = Math.max(MIN_SALES, annual.get(year) ?? MIN_SALES)
  const low = Math.log(Math.max(MIN_SALES, before ?? now))
  const high = Math.log(Math.max(MIN_SALES, after ?? now))
  const span = before === undefined || after === undefined ? 1 : 2
  const slope = Math.min(MAX_SLOPE, Math.max(-MAX_SLOPE, (high - low) / span))
  const weights = [0, 1, 2, 3].map((at) => Math.exp(slope * ((at + 0.5) / QUARTERS - 0.5)))
  const sum = weights.reduce((a, b) => a + b, 0)
  return ((weights[inYear] ?? 1) * QUARTERS) / sum
}

/** How the sales of a region go on after the last that were counted. */
export interface SalesHow {
  /** What is left of the pace of growth in the next year. */
  readonly fade_frac: number
  /** Mean growth over all regions. */
  readonly pooledPace_perYear: number
  /** What is left of a year's drift of the shares in the next. */
  readonly damping_frac: number
  readonly scrap_perYear: number
}

/** Mean growth of sales over all regions, by what a history tells. */
export function pooledPaceOf(regions: readonly RegionFile[], history: History, scrap_perYear: number): number {
  return pooledPace(regions.map((region) => growths(totals(region, history, scrap_perYear), region.carMarket)))
}

/** Growth to which the sales of a region return. */
export function regionPace(region: RegionFile, history: History, how: SalesHow): number {
  return paceOf(growths(totals(region, history, how.scrap_perYear), region.carMarket), how.pooledPace_perYear)
}

function totalOf(parts: readonly Annual[]): Annual {
  const years = new Set(parts.flatMap((part) => [...part.keys()]))
  return new Map([...years].map((year) => [year, parts.reduce((all, part) => all + (part.get(year) ?? 0), 0)]))
}

/** Sales of each group by year where they are counted. */
function countedSales({ groups }: RegionFile, history: History): readonly (Annual | null)[] {
  return groups.map(({ salesSeries }) => {
    const series = salesSeries === undefined ? null : seriesNamed(history, salesSeries)
    return series && series.points.length > 0 ? annualOf(series.points) : null
  })
}

/** Drift of the share of each group in the sales; none where they are not counted. */
export function shareDrift(region: RegionFile, history: History): readonly number[] {
  const counted = countedSales(region, history)
  const drift = driftOf(counted.flatMap((sales) => sales ?? []))
  let next = 0
  return counted.map((sales) => (sales ? (drift[next++] ?? 0) : 0))
}

/** Sales of each group and quarter: as counted, by known shares of the total, and by growth that returns to its pace after. */
export function salesByGroup(
  region: RegionFile,
  history: History,
  span: { readonly from_yr: number; readonly quarters: number },
  how: SalesHow,
): readonly Float64Array[] {
  const to_yr = Math.ceil(span.from_yr + span.quarters / QUARTERS)
  const known_yr = yearOf(history.until)
  const trend = { ...how, pace_perYear: regionPace(region, history, how), market: region.carMarket }
  const total = extended(totals(region, history, how.scrap_perYear), to_yr, trend)
  const counted = countedSales(region, history)
  const parts = counted.flatMap((sales) => sales ?? [])
  const goingOn =
    parts.length > 0 ? partsOf(parts, extended(totalOf(parts), to_yr, trend), to_yr, how.damping_frac) : []
  let next = 0
  return region.groups.map(({ share = 0 }, g) => {
    if (counted[g]) return quarterly(goingOn[next++] ?? new Map(), span.from_yr, span.quarters)
    const known = knownUntil(share, known_yr + 0.5)
    const annual = new Map([...total].map(([year, value]) => [year, value * valueAt(known, year + 0.5)]))
    return quarterly(annual, span.from_yr, span.quarters)
  })
}
