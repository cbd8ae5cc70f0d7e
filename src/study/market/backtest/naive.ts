import { leastSquares } from '../calibrate/levenberg.ts'
import type { HistoryPoint } from '../history/index.ts'

/** Methods that know nothing but the points of one series; printed beside every forecast. */
export const naiveMethods = ['persistence', 'logTrend', 'linearTrend', 'logistic', 'bass', 'gompertz'] as const
export type NaiveMethod = (typeof naiveMethods)[number]

/** A value at a later date. */
export type Forecast = (at_yr: number) => number

const LAST_POINTS = 3
/** A curve of three parameters needs more points than that. */
const CURVE_POINTS = 4
const LEAST = 1e-9

type Points = readonly HistoryPoint[]

const lastValue = (points: Points): number => points[points.length - 1]?.value ?? 0
const log = (value: number): number => Math.log(Math.max(LEAST, value))

function straight(points: Points, of: (value: number) => number): Forecast {
  const last = points.slice(-LAST_POINTS)
  const n = last.length
  const meanX = last.reduce((sum, { at_yr }) => sum + at_yr, 0) / n
  const meanY = last.reduce((sum, { value }) => sum + of(value), 0) / n
  const xx = last.reduce((sum, { at_yr }) => sum + (at_yr - meanX) ** 2, 0)
  const xy = last.reduce((sum, { at_yr, value }) => sum + (at_yr - meanX) * (of(value) - meanY), 0)
  const slope = xx > 0 ? xy / xx : 0
  return (at_yr) => meanY + slope * (at_yr - meanX)
}

/** Straight line through the logarithm of the last three points. */
export function logTrend(points: Points): Forecast {
  const positive = points.filter(({ value }) => value > 0)
  if (positive.length === 0) return () => lastValue(points)
  const line = straight(positive, log)
  return (at_yr) => Math.exp(line(at_yr))
}

function linearTrend(points: Points): Forecast {
  const line = straight(points, (value) => value)
  return (at_yr) => Math.max(LEAST, line(at_yr))
}

interface Curve {
  /** Logarithm of the value, `t` years from the first point. */
  readonly log: (p: Float64Array, t: number) => number
  readonly start: readonly number[]
  readonly sd: readonly number[]
}

/** Softened exponential: a fit may wander, a number must stay one. */
const exp = (value: number): number => Math.exp(Math.min(40, Math.max(-40, value)))

function curveOf(method: 'logistic' | 'bass' | 'gompertz', top: number, span: number): Curve {
  const sd = [2, 1, 1.5]
  if (method === 'logistic') {
    return {
      log: ([k = 0, r = 0, m = 0], t) => k - Math.log1p(exp(-exp(r) * (t - m * span))),
      start: [top + 1, -0.7, 1.2],
      sd,
    }
  }
  if (method === 'gompertz') {
    return { log: ([k = 0, b = 0, c = 0], t) => k - exp(b) * exp(-exp(c) * t), start: [top + 1, 1.5, -1.5], sd }
  }
  return {
    log: ([m = 0, p = 0, q = 0], t) => {
      const e = exp(-(exp(p) + exp(q)) * (t + 1))
      return m + log((1 - e) / (1 + (exp(q) / exp(p)) * e))
    },
    start: [top + 1, -4.5, -0.9],
    sd,
  }
}

function fittedCurve(points: Points, method: 'logistic' | 'bass' | 'gompertz'): Forecast {
  const positive = points.filter(({ value }) => value > 0)
  const first = positive[0]
  const last = positive[positive.length - 1]
  if (!first || !last || positive.length < CURVE_POINTS) return logTrend(points)
  const curve = curveOf(method, log(last.value), Math.max(1, last.at_yr - first.at_yr))
  const residuals = (p: Float64Array): Float64Array =>
    Float64Array.from([
      ...positive.map(({ at_yr, value }) => (curve.log(p, at_yr - first.at_yr) - log(value)) / 0.1),
      ...Array.from(p, (value, j) => (value - (curve.start[j] ?? 0)) / (curve.sd[j] ?? 1)),
    ])
  const { point } = leastSquares(residuals, Float64Array.from(curve.start))
  return (at_yr) => Math.exp(curve.log(point, at_yr - first.at_yr))
}

/** Forecast of a naive method; curves fall back to the log trend where a series has fewer than four points. */
export function naiveForecast(method: NaiveMethod, points: Points): Forecast {
  switch (method) {
    case 'persistence':
      return () => lastValue(points)
    case 'logTrend':
      return logTrend(points)
    case 'linearTrend':
      return linearTrend(points)
    default:
      return fittedCurve(points, method)
  }
}
