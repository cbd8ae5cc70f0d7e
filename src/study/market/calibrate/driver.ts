import { type History, type HistoryPoint, seriesNamed, yearOf } from '../history/index.ts'
import { QUARTERS } from '../model/setup.ts'
import { knownUntil, valueAt } from '../region/path.ts'
import type { RegionFile } from '../region/schema.ts'

/** Sales of a year by year. */
export type Annual = ReadonlyMap<number, number>

/** How sales go on after the last that were counted. */
export interface SalesTrend {
  /** What is left of last year's growth in the next year. */
  readonly damping_frac: number
  /** All cars sold in a year, whatever drives them. */
  readonly market: number
}

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

/** A share of the market never reaches it whole. */
const MOST_SHARE = 0.98

/** Scale on which growth goes on: the logarithm of sales, bent where they near the whole market (logit of the share). */
interface Scale {
  readonly of: (sales: number) => number
  readonly back: (value: number) => number
}

function scaleOf(market: number): Scale {
  return {
    of: (sales) => {
      const share = Math.min(MOST_SHARE, Math.max(MIN_SALES, sales) / market)
      return Math.log(share / (1 - share))
    },
    back: (value) => market / (1 + Math.exp(-value)),
  }
}

/** Growth on the scale over the last two years counted: the newest weighs double. */
function lastGrowth(annual: Annual, { of }: Scale): number {
  const years = [...annual.keys()].sort((a, b) => a - b)
  const last = years[years.length - 1] ?? 0
  const at = (year: number): number => of(annual.get(year) ?? MIN_SALES)
  if (!annual.has(last - 1)) return 0
  const newest = at(last) - at(last - 1)
  if (!annual.has(last - 2)) return newest
  return (2 * newest + at(last - 1) - at(last - 2)) / 3
}

/** Counted sales, and beyond them a growth that fades and bends below `market`, all cars sold in a year. */
export function extended(annual: Annual, to_yr: number, { damping_frac, market }: SalesTrend): Annual {
  const years = [...annual.keys()]
  if (years.length === 0) return annual
  const last = Math.max(...years)
  const all = new Map(annual)
  const scale = scaleOf(market)
  let [growth, value] = [lastGrowth(annual, scale), scale.of(annual.get(last) ?? MIN_SALES)]
  for (let year = last + 1; year <= to_yr; year += 1) {
    growth *= damping_frac
    value += growth
    all.set(year, scale.back(value))
  }
  return all
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

/** Sales of each group and quarter: as counted, by known shares of the total, and by a fading trend after. */
export function salesByGroup(
  region: RegionFile,
  history: History,
  span: { readonly from_yr: number; readonly quarters: number },
  damping: { readonly damping_frac: number; readonly scrap_perYear: number },
): readonly Float64Array[] {
  const to_yr = Math.ceil(span.from_yr + span.quarters / QUARTERS)
  const known_yr = yearOf(history.until)
  const how = { ...damping, market: region.carMarket }
  const total = extended(totals(region, history, how.scrap_perYear), to_yr, how)
  return region.groups.map(({ salesSeries, share = 0 }) => {
    const counted = salesSeries === undefined ? null : seriesNamed(history, salesSeries)
    if (counted) return quarterly(extended(annualOf(counted.points), to_yr, how), span.from_yr, span.quarters)
    const known = knownUntil(share, known_yr + 0.5)
    const annual = new Map([...total].map(([year, value]) => [year, value * valueAt(known, year + 0.5)]))
    return quarterly(annual, span.from_yr, span.quarters)
  })
}
