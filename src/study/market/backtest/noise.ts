import type { Calibration } from '../calibrate/fit.ts'
import type { ForecastStyle } from '../calibrate/style.ts'
import type { History, HistoryPoint } from '../history/index.ts'
import type { Observable, RegionFile } from '../region/schema.ts'
import { regionOutlook } from './forecast.ts'

/** Kinds of series whose forecasts err alike. */
export type NoiseKind = 'sales' | 'fleet' | 'ports'

/** Standard deviation of the logarithm of a forecast after one year; it grows with the square root of time. */
export type Noise = Readonly<Record<NoiseKind, number>>

const Z80 = 1.2815515655446004
const ORIGINS = 4
const LONGEST_YR = 3
const SHORTEST_YR = 0.25
/** Of a kind that has too few past forecasts to tell. */
const FEW = 5
const ASSUMED: Noise = { sales: 0.35, fleet: 0.12, ports: 0.15 }

export function kindOf({ what }: Observable): NoiseKind {
  if (what === 'sales' || what === 'cumulativeSales') return 'sales'
  return what === 'fleet' ? 'fleet' : 'ports'
}

/** Distance of a forecast from a point, in the logarithm; none between its bounds. */
export function distance(value: number, { lo, hi }: HistoryPoint): number {
  const log = Math.log(Math.max(1e-9, value))
  return Math.abs(log - Math.min(Math.log(hi), Math.max(Math.log(Math.max(lo, 1e-9)), log)))
}

function errorsFrom(
  region: RegionFile,
  history: History,
  calibration: Calibration,
  how: { readonly cut: string; readonly to_yr: number; readonly style: ForecastStyle },
): readonly (readonly [NoiseKind, number])[] {
  const { levels } = regionOutlook(region, history, calibration, how)
  return [...levels].flatMap(([id, forecast]) => {
    const series = history.series.find((one) => one.id === id)
    const what = region.observed[id]
    const known = series?.points.filter(({ date }) => date <= how.cut) ?? []
    const last = known[known.length - 1]
    if (!series || !what || !last || known.length < 2) return []
    return series.points
      .filter(({ date, at_yr, hi, confidence }) => {
        return date > how.cut && hi > 0 && confidence !== 'low' && at_yr - last.at_yr <= LONGEST_YR
      })
      .map((point): readonly [NoiseKind, number] => {
        const years = Math.max(SHORTEST_YR, point.at_yr - last.at_yr)
        return [kindOf(what), distance(forecast(point.at_yr), point) / Math.sqrt(years)]
      })
  })
}

function quantile80(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(0.8 * sorted.length))] ?? 0
}

/** How far forecasts made in the years before the end of `history` were off by its end. */
export function processNoise(
  regions: readonly RegionFile[],
  history: History,
  calibration: Calibration,
  style: ForecastStyle,
): Noise {
  const year = Number(history.until.slice(0, 4))
  const errors: (readonly [NoiseKind, number])[] = []
  for (const region of regions) {
    for (let back = 1; back <= ORIGINS; back += 1) {
      const cut = `${year - back}-12-31`
      errors.push(...errorsFrom(region, history, calibration, { cut, to_yr: year + 1.1, style }))
    }
  }
  const of = (kind: NoiseKind): number => {
    const own = errors.filter(([one]) => one === kind).map(([, error]) => error)
    return own.length < FEW ? ASSUMED[kind] : quantile80(own) / Z80
  }
  return { sales: of('sales'), fleet: of('fleet'), ports: of('ports') }
}

/** Factor of the outer limit of the middle 80 of 100 forecasts. */
export function bandFactor(noise: Noise, kind: NoiseKind, years: number): number {
  return Math.exp(Z80 * noise[kind] * Math.sqrt(Math.max(SHORTEST_YR, years)))
}
