import { invariant } from '../../../base/problems/index.ts'
import type { CurvePoints } from './result.ts'

const MINUTES_PER_HOUR = 60

/** Power of a curve at a state of charge; beyond its ends the curve goes on level. */
export function powerAt_kW(points: CurvePoints, soc_frac: number): number {
  const after = points.findIndex(([soc]) => soc >= soc_frac)
  const right = points[after < 0 ? points.length - 1 : after]
  const left = points[after - 1]
  invariant(right, 'a curve has points')
  if (after <= 0 || !left) return right[1]
  return left[1] + ((right[1] - left[1]) * (soc_frac - left[0])) / (right[0] - left[0])
}

export function highest_kW(points: CurvePoints): number {
  let highest = 0
  for (const [, power_kW] of points) highest = Math.max(highest, power_kW)
  return highest
}

/**
 * Hours to charge 1 kWh of pack from one end of a linear segment to the other, per unit of state of charge:
 * integral of ds / P(s) = ds * ln(P1 / P0) / (P1 - P0). Near P0 = P1 the logarithm cancels; the mean is exact there.
 */
function segment_h(span_frac: number, start_kW: number, end_kW: number): number {
  if (start_kW <= 0 || end_kW <= 0) return Number.POSITIVE_INFINITY
  const ratio = (end_kW - start_kW) / start_kW
  return Math.abs(ratio) < 1e-9
    ? (2 * span_frac) / (start_kW + end_kW)
    : (span_frac * Math.log1p(ratio)) / (end_kW - start_kW)
}

/** The same under a ceiling: the segment is split where it crosses the ceiling. */
function cappedSegment_h(span_frac: number, start_kW: number, end_kW: number, cap_kW: number): number {
  if (start_kW <= cap_kW && end_kW <= cap_kW) return segment_h(span_frac, start_kW, end_kW)
  if (start_kW >= cap_kW && end_kW >= cap_kW) return segment_h(span_frac, cap_kW, cap_kW)
  const crossing_frac = (span_frac * (cap_kW - start_kW)) / (end_kW - start_kW)
  const low_frac = start_kW < cap_kW ? crossing_frac : span_frac - crossing_frac
  const low_kW = Math.min(start_kW, end_kW)
  return segment_h(low_frac, low_kW, cap_kW) + segment_h(span_frac - low_frac, cap_kW, cap_kW)
}

/**
 * Minutes from one state of charge to another: exact integral of energy over the lower envelope of a curve and a
 * ceiling. Null where the power falls to nothing on the way.
 */
export function minutesBetween(
  points: CurvePoints,
  cap_kW: number,
  energy_kWh: number,
  [from_frac, to_frac]: readonly [number, number],
): number | null {
  let time_h = 0
  let left_frac = from_frac
  let left_kW = powerAt_kW(points, from_frac)
  for (const [soc_frac, power_kW] of points) {
    if (soc_frac <= from_frac) continue
    const right_frac = Math.min(soc_frac, to_frac)
    const right_kW = soc_frac <= to_frac ? power_kW : powerAt_kW(points, to_frac)
    time_h += cappedSegment_h(right_frac - left_frac, left_kW, right_kW, cap_kW)
    left_frac = right_frac
    left_kW = right_kW
    if (left_frac >= to_frac) break
  }
  if (left_frac < to_frac) time_h += cappedSegment_h(to_frac - left_frac, left_kW, left_kW, cap_kW)
  return Number.isFinite(time_h) ? time_h * energy_kWh * MINUTES_PER_HOUR : null
}

/** A class shape as power: every share of the peak raised to `exponent`, linear between the points as before. */
export function scaleShape(shape: CurvePoints, peak_kW: number, exponent: number): CurvePoints {
  return shape.map(([soc_frac, share]) => [soc_frac, peak_kW * share ** exponent] as const)
}

/** Exponents tried; outside them a published time and a class shape have nothing in common. */
const exponents = [0.02, 20] as const

/**
 * The exponent with which a class shape takes the published time from 10 to 80 %, by bisection. Shares are at most 1,
 * so the time only grows with the exponent; a time out of reach gives the nearest exponent.
 */
export function fitExponent(shape: CurvePoints, peak_kW: number, energy_kWh: number, published_min: number): number {
  let [low, high] = exponents as readonly [number, number]
  for (let round = 0; round < 44; round++) {
    const middle = (low + high) / 2
    const points = scaleShape(shape, peak_kW, middle)
    const minutes = minutesBetween(points, peak_kW, energy_kWh, [0.1, 0.8]) ?? Number.POSITIVE_INFINITY
    if (minutes < published_min) low = middle
    else high = middle
  }
  return (low + high) / 2
}
