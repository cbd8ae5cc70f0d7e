import { invariant } from '../../base/problems/index.ts'

/** Power a vehicle accepts over state of charge: pairs (soc_frac, power_kW) rising in soc_frac, linear between. Two
 *  points at the same state of charge make a jump. Before the first and after the last point the end values hold. */
export type CurvePoints = readonly (readonly [soc_frac: number, power_kW: number])[]

/** A straight line of power over a range of state of charge. */
export interface Line {
  readonly from_frac: number
  readonly to_frac: number
  readonly start_kW: number
  readonly end_kW: number
}

/** Part of a lower envelope: the line, which of the limits it belongs to, and the line of the first limit there. */
export interface LowestLine extends Line {
  readonly which: number
  readonly first: Line
}

type Limit = number | CurvePoints

/** The line a limit follows between two neighbouring knots. */
export function lineOn(limit: Limit, from_frac: number, to_frac: number): Line {
  if (typeof limit === 'number') return { from_frac, to_frac, start_kW: limit, end_kW: limit }
  const middle = (from_frac + to_frac) / 2
  const at = limit.findIndex(([soc_frac]) => soc_frac > middle)
  const right = limit[at < 0 ? limit.length - 1 : at]
  const left = at < 0 ? right : limit[Math.max(0, at - 1)]
  invariant(left !== undefined && right !== undefined, 'a curve has at least one point')
  const width = right[0] - left[0]
  const slope = width > 0 ? (right[1] - left[1]) / width : 0
  const value = (soc_frac: number): number =>
    soc_frac === left[0] ? left[1] : soc_frac === right[0] ? right[1] : left[1] + slope * (soc_frac - left[0])
  return { from_frac, to_frac, start_kW: value(from_frac), end_kW: value(to_frac) }
}

/** Knots closer than this are one: rounding makes such slivers where a crossing meets a point of a curve. */
const SAME_frac = 1e-12

function sortedKnots(values: readonly number[]): number[] {
  const sorted = values.filter((value) => value > SAME_frac && value < 1 - SAME_frac).sort((a, b) => a - b)
  const knots = [0]
  for (const value of sorted) if (value > (knots.at(-1) ?? 0) + SAME_frac) knots.push(value)
  return [...knots, 1]
}

/** Where two lines over the same range cross strictly inside it, or null. */
function crossing_frac(a: Line, b: Line): number | null {
  const before = a.start_kW - b.start_kW
  const after = a.end_kW - b.end_kW
  if (before * after >= 0) return null
  return a.from_frac + ((a.to_frac - a.from_frac) * before) / (before - after)
}

function crossings(lines: readonly Line[]): number[] {
  return lines.flatMap((a, i) => lines.slice(i + 1).flatMap((b) => crossing_frac(a, b) ?? []))
}

function lowest(limits: readonly Limit[], from_frac: number, to_frac: number): LowestLine {
  const lines = limits.map((limit) => lineOn(limit, from_frac, to_frac))
  const middle = lines.map((line) => line.start_kW + line.end_kW)
  const which = middle.indexOf(Math.min(...middle))
  return { ...(lines[which] as Line), which, first: lines[0] as Line }
}

/** Two neighbouring lines as one, or null when there is a bend or a jump between them. */
function straight(a: Line, b: Line): Line | null {
  const share = (a.to_frac - a.from_frac) / (b.to_frac - a.from_frac)
  const between_kW = a.start_kW + share * (b.end_kW - a.start_kW)
  const bent = a.end_kW !== b.start_kW || Math.abs(between_kW - a.end_kW) > 1e-12 * Math.abs(a.end_kW)
  return bent ? null : { from_frac: a.from_frac, to_frac: b.to_frac, start_kW: a.start_kW, end_kW: b.end_kW }
}

function joined(a: LowestLine, b: LowestLine): LowestLine | null {
  const line = a.which === b.which ? straight(a, b) : null
  const first = straight(a.first, b.first)
  return line === null || first === null ? null : { ...line, which: a.which, first }
}

/** Lower envelope of limits over state of charge 0 to 1, cut where any of it or the first limit bends and at `cuts_frac`;
 *  equal limits go to the first. */
export function lowestLines(limits: readonly Limit[], cuts_frac: readonly number[] = []): LowestLine[] {
  const bends = limits.flatMap((limit) => (typeof limit === 'number' ? [] : limit.map(([soc_frac]) => soc_frac)))
  const points = [...bends, ...cuts_frac]
  const coarse = sortedKnots(points)
  const fine = coarse.slice(1).flatMap((to_frac, at) => {
    const from_frac = coarse[at] as number
    return crossings(limits.map((limit) => lineOn(limit, from_frac, to_frac)))
  })
  const knots = sortedKnots([...points, ...fine])
  const lines: LowestLine[] = []
  for (const [at, to_frac] of knots.slice(1).entries()) {
    const next = lowest(limits, knots[at] as number, to_frac)
    const last = lines.at(-1)
    const whole = last === undefined || cuts_frac.includes(last.to_frac) ? null : joined(last, next)
    if (whole === null) lines.push(next)
    else lines[lines.length - 1] = whole
  }
  return lines
}
