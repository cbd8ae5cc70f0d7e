/** Sales of a year by year. */
export type Annual = ReadonlyMap<number, number>

const MIN_SALES = 1
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

/** Sales of a region beyond those counted. */
export interface SalesTrend {
  /** Growth on the scale in the first year beyond; by `fade_frac` less each further year. */
  readonly pace_perYear: number
  readonly fade_frac: number
  /** All cars sold in a year, whatever drives them. */
  readonly market: number
}

const yearsOf = (annual: Annual): readonly number[] => [...annual.keys()].sort((a, b) => a - b)

/** Counted sales, and beyond them a growth at a pace that fades and bends below the market. */
export function extended(annual: Annual, to_yr: number, { pace_perYear, fade_frac, market }: SalesTrend): Annual {
  const last = yearsOf(annual).at(-1)
  if (last === undefined) return annual
  const all = new Map(annual)
  const scale = scaleOf(market)
  let [value, pace] = [scale.of(annual.get(last) ?? MIN_SALES), pace_perYear]
  for (let year = last + 1; year <= to_yr; year += 1) {
    pace *= fade_frac
    value += pace
    all.set(year, scale.back(value))
  }
  return all
}

/** The first years of a market are launches: tenfold and back. */
const LAUNCH_YEARS = 2

/** Growth of each year after the launch, on the scale. */
export function growths(annual: Annual, market: number): readonly number[] {
  const { of } = scaleOf(market)
  return yearsOf(annual)
    .slice(LAUNCH_YEARS)
    .flatMap((year) => {
      const [now, next] = [annual.get(year), annual.get(year + 1)]
      return now === undefined || next === undefined ? [] : [of(next) - of(now)]
    })
}

/** Before anything is known: a doubling of the share in some two years; it counts as much as two years (assumed). */
const FIRST_PACE = 0.3
const FIRST_YEARS = 2

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Mean growth over all years of all regions. */
export function pooledPace(all: readonly (readonly number[])[]): number {
  const values = all.flat()
  return (sum(values) + FIRST_YEARS * FIRST_PACE) / (values.length + FIRST_YEARS)
}

/** What all regions together are worth beside one region's own years: the variance of a year over that between regions. */
const POOLED_YEARS = 4

/** A region's own pace, drawn towards that of all. */
export function paceOf(own: readonly number[], pooled_perYear: number): number {
  return (sum(own) + POOLED_YEARS * pooled_perYear) / (own.length + POOLED_YEARS)
}

/** Parts of a whole, each by year. */
type Parts = readonly Annual[]

const logOf = (value: number | undefined): number => Math.log(Math.max(MIN_SALES, value ?? MIN_SALES))

const lastOf = (parts: Parts): number => Math.max(...parts.flatMap((part) => [...part.keys()]))

/** Logarithm of the share of each part in a year. */
function logShares(parts: Parts, year: number): readonly number[] {
  const whole = logOf(sum(parts.map((part) => part.get(year) ?? 0)))
  return parts.map((part) => logOf(part.get(year)) - whole)
}

/** Drift of the logarithm of each share in a year, over the last two: the newer weighs double. */
export function driftOf(parts: Parts): readonly number[] {
  const last = lastOf(parts)
  const [now, before, first] = [last, last - 1, last - 2].map((year) => logShares(parts, year))
  return parts.map((_, p) => {
    const [newest, older] = [(now?.[p] ?? 0) - (before?.[p] ?? 0), (before?.[p] ?? 0) - (first?.[p] ?? 0)]
    return (2 * newest + older) / 3
  })
}

/** How far a drift has gone after some years, of which each keeps `damping_frac` of the one before. */
export function drifted(drift_perYear: number, years: number, damping_frac: number): number {
  return (drift_perYear * damping_frac * (1 - damping_frac ** Math.max(0, years))) / (1 - damping_frac)
}

/** Parts of a whole beyond the last year counted: each share drifts on, by less each year, and they add up to the whole. */
export function partsOf(parts: Parts, whole: Annual, to_yr: number, damping_frac: number): Parts {
  const last = lastOf(parts)
  const [start, drift] = [logShares(parts, last), driftOf(parts)]
  const out = parts.map((part) => new Map(part))
  for (let year = last + 1; year <= to_yr; year += 1) {
    const weights = start.map((share, p) => Math.exp(share + drifted(drift[p] ?? 0, year - last, damping_frac)))
    const all = sum(weights)
    out.forEach((part, p) => {
      part.set(year, ((whole.get(year) ?? 0) * (weights[p] ?? 0)) / all)
    })
  }
  return out
}
