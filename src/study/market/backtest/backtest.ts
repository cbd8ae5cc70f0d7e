import { type Calibration, calibrate } from '../calibrate/fit.ts'
import { defaultStyle, type ForecastStyle } from '../calibrate/style.ts'
import { type History, type HistoryPoint, type HistorySeries, historyUntil } from '../history/index.ts'
import type { RegionFile } from '../region/schema.ts'
import { type Outlook, regionOutlook, trendForecast } from './forecast.ts'
import { type Forecast, type NaiveMethod, naiveForecast, naiveMethods } from './naive.ts'
import { bandFactor, distance, kindOf, type Noise, processNoise } from './noise.ts'
import { attachScore, mixScores, type TableScore } from './tables.ts'

/** How far each method was off on one series: mean of |ln(forecast / observed)| over its later points. */
export interface SeriesScore {
  readonly id: string
  readonly known: number
  readonly later: number
  /** The model knows this series; otherwise its fading trend alone is scored. */
  readonly modelled: boolean
  readonly model: number
  readonly naive: Readonly<Record<NaiveMethod, number>>
  /** Later points inside the 80 % band. */
  readonly inBand: number
}

/** A series this cut cannot score, and why. */
export interface Unscored {
  readonly id: string
  readonly why: 'nothingBefore' | 'nothingAfter' | 'nothing' | 'notModelled' | 'fewPorts'
}

export interface Backtest {
  readonly region: string
  readonly cut: string
  readonly until: string
  readonly scores: readonly SeriesScore[]
  readonly tables: readonly TableScore[]
  readonly unscored: readonly Unscored[]
  readonly mean: { readonly model: number; readonly naive: Readonly<Record<NaiveMethod, number>> }
  /** Share of later points inside the 80 % band. */
  readonly coverage_frac: number
  readonly noise: Noise
  readonly calibration: Calibration
}

export interface BacktestAsked {
  readonly region: RegionFile
  /** Last day that forecasts may know. */
  readonly cut: string
  readonly style?: ForecastStyle
}

const meanOf = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / Math.max(1, values.length)

function errorOf(forecast: Forecast, later: readonly HistoryPoint[]): number {
  return meanOf(later.map((point) => distance(forecast(point.at_yr), point)))
}

/** Why a series of levels cannot be scored; null: it can. */
function whyNot(known: HistorySeries | null, later: readonly HistoryPoint[]): Unscored['why'] | null {
  if (!known || known.points.length === 0) return later.length === 0 ? 'nothing' : 'nothingBefore'
  return later.length === 0 ? 'nothingAfter' : null
}

interface Scene {
  readonly known: History
  readonly region: RegionFile
  readonly outlook: Outlook
  readonly noise: Noise
  readonly style: ForecastStyle
}

function scoreOf(known: HistorySeries, later: readonly HistoryPoint[], scene: Scene): SeriesScore {
  const own = scene.outlook.levels.get(known.id)
  const forecast = own ?? trendForecast(known.points, scene.style)
  const naive = Object.fromEntries(
    naiveMethods.map((method) => [method, errorOf(naiveForecast(method, known.points), later)]),
  ) as Record<NaiveMethod, number>
  const last_yr = known.points[known.points.length - 1]?.at_yr ?? 0
  const kind = kindOf(scene.region.observed[known.id] ?? { what: known.measure === 'sales' ? 'sales' : 'fleet' })
  const inBand = later.filter(
    (point) => distance(forecast(point.at_yr), point) <= Math.log(bandFactor(scene.noise, kind, point.at_yr - last_yr)),
  ).length
  const { id, points } = known
  return {
    id,
    known: points.length,
    later: later.length,
    modelled: own !== undefined,
    model: errorOf(forecast, later),
    naive,
    inBand,
  }
}

function meanScores(scores: readonly SeriesScore[]): Backtest['mean'] {
  const naive = Object.fromEntries(
    naiveMethods.map((method) => [method, meanOf(scores.map((score) => score.naive[method]))]),
  ) as Record<NaiveMethod, number>
  return { model: meanOf(scores.map(({ model }) => model)), naive }
}

/**
 * Forecasts a region from what was known on the day of the cut and scores it against what came after, which only the
 * scores see. `later` is where the later points are read from: the same history, or a newer one.
 */
export function backtest(
  regions: readonly RegionFile[],
  history: History,
  later: History,
  { region, cut, style = defaultStyle }: BacktestAsked,
): Backtest {
  const known = historyUntil(history, cut)
  const calibration = calibrate(regions, known, cut)
  const last_yr = Number(later.until.slice(0, 4)) + 1.1
  const outlook = regionOutlook(region, known, calibration, { cut, to_yr: last_yr, style })
  const noise = processNoise(regions, known, calibration, style)
  const scene = { known, region, outlook, noise, style }
  const scores: SeriesScore[] = []
  const tables: TableScore[] = mixScores(region, known, later, outlook)
  const unscored: Unscored[] = []
  for (const series of later.series.filter((one) => belongsTo(one, region))) {
    const before = known.series.find(({ id }) => id === series.id) ?? null
    if (series.points.length === 0) {
      const table = attachScore(region, before, series, { cut, outlook })
      if (typeof table === 'string') unscored.push({ id: series.id, why: table })
      else tables.push(table)
      continue
    }
    const after = series.points.filter(({ date, hi }) => date > cut && hi > 0)
    const why = whyNot(before, after)
    if (why !== null || !before) unscored.push({ id: series.id, why: why ?? 'nothing' })
    else scores.push(scoreOf(before, after, scene))
  }
  const points = scores.reduce((sum, score) => sum + score.later, 0)
  const inside = scores.reduce((sum, { inBand }) => sum + inBand, 0)
  const coverage_frac = points > 0 ? inside / points : 0
  return {
    region: region.id,
    cut,
    until: later.until,
    scores,
    tables,
    unscored,
    mean: meanScores(scores),
    coverage_frac,
    noise,
    calibration,
  }
}

function belongsTo(series: HistorySeries, region: RegionFile): boolean {
  return Object.hasOwn(region.observed, series.id) || series.region === region.historyRegion
}

/** Mean over backtests of the mean error of each series, and the naive method that is best over all of them. */
export function overall(tests: readonly Backtest[]): {
  readonly model: number
  readonly best: NaiveMethod
  readonly naive: number
} {
  const of = (method: NaiveMethod): number => meanOf(tests.map(({ mean }) => mean.naive[method]))
  const best = naiveMethods.reduce((a, b) => (of(b) < of(a) ? b : a))
  return { model: meanOf(tests.map(({ mean }) => mean.model)), best, naive: of(best) }
}
