import type { CurvePoints, Limit, MatchResult } from './result.ts'
import type { LimitSource } from './sources.ts'

/** Power over a range of state of charge, linear from one end to the other, and what bounds it there. */
export interface AcceptancePiece {
  readonly from_frac: number
  readonly to_frac: number
  readonly from_kW: number
  readonly to_kW: number
  readonly source: LimitSource
}

/** What the vehicle takes by itself at its best post, and what flows at this one; pieces from 0 to 1 without gaps. */
export interface Acceptance {
  readonly alone: readonly AcceptancePiece[]
  readonly here: readonly AcceptancePiece[]
}

type Ceiling = Pick<Limit, 'power_kW' | 'source'>
type Span = Pick<AcceptancePiece, 'from_frac' | 'to_frac'>

function level({ power_kW, source }: Ceiling, span: Span): AcceptancePiece {
  return { ...span, from_kW: power_kW, to_kW: power_kW, source }
}

/** Curve points from 0 to 1: its ends go on level. */
function completed(points: CurvePoints): CurvePoints {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return points
  return [...(first[0] > 0 ? [[0, first[1]] as const] : []), ...points, ...(last[0] < 1 ? [[1, last[1]] as const] : [])]
}

/** One segment of the curve under a ceiling: in two pieces where it crosses the ceiling. */
function segment(piece: AcceptancePiece, ceiling: Ceiling): AcceptancePiece[] {
  const cap_kW = ceiling.power_kW
  const { from_frac, to_frac, from_kW, to_kW } = piece
  if (from_kW <= cap_kW && to_kW <= cap_kW)
    return from_kW === cap_kW && to_kW === cap_kW ? [level(ceiling, piece)] : [piece]
  if (from_kW >= cap_kW && to_kW >= cap_kW) return [level(ceiling, piece)]
  const at_frac = from_frac + ((to_frac - from_frac) * (cap_kW - from_kW)) / (to_kW - from_kW)
  const before = { from_frac, to_frac: at_frac }
  const after = { from_frac: at_frac, to_frac }
  if (from_kW > cap_kW) return [level(ceiling, before), { ...piece, ...after, from_kW: cap_kW }]
  return [{ ...piece, ...before, to_kW: cap_kW }, level(ceiling, after)]
}

/** Level pieces of one bound that touch become one. */
function merged(pieces: readonly AcceptancePiece[]): AcceptancePiece[] {
  const result: AcceptancePiece[] = []
  for (const piece of pieces) {
    const last = result.at(-1)
    const isLevel = piece.from_kW === piece.to_kW && last?.from_kW === last?.to_kW && last?.to_kW === piece.from_kW
    if (last && isLevel && last.source === piece.source) result[result.length - 1] = { ...last, to_frac: piece.to_frac }
    else result.push(piece)
  }
  return result
}

/** Lower envelope of a ceiling and a curve. */
function envelope(curve: CurvePoints | null, ceiling: Ceiling | null): readonly AcceptancePiece[] {
  if (curve === null) return ceiling === null ? [] : [level(ceiling, { from_frac: 0, to_frac: 1 })]
  const cap = ceiling ?? { power_kW: Number.POSITIVE_INFINITY, source: 'vehicle.chargeCurve' as const }
  const points = completed(curve)
  const pieces = points.slice(1).flatMap(([to_frac, to_kW], index) => {
    const [from_frac, from_kW] = points[index] ?? [to_frac, to_kW]
    const piece = { from_frac, to_frac, from_kW, to_kW, source: 'vehicle.chargeCurve' as const }
    return to_frac > from_frac ? segment(piece, cap) : []
  })
  return merged(pieces)
}

/**
 * Power over state of charge for a simulation, each piece with its limit source: the lower envelope of the constant
 * limits and the vehicle's curve. Both lists are empty where nothing is known of either side; `here` is empty where
 * there is no session.
 */
export function acceptance(result: MatchResult): Acceptance {
  const { maxPower_kW, curve } = result.own
  const peak = maxPower_kW === null ? null : { power_kW: maxPower_kW, source: 'vehicle.maxPower' as const }
  const constant = result.limits.find(({ source }) => source !== 'vehicle.chargeCurve') ?? null
  return { alone: envelope(curve, peak), here: result.fits ? envelope(result.curve, constant) : [] }
}
