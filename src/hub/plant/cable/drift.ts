import type { Cable } from './cable.ts'

/** Pieces of a drift are no shorter than by this change of current. */
export const DRIFT_STEP_frac = 0.02
/** Currents below are told apart no further: they heat nothing. */
const LEAST_A = 1
const MAX_PIECES = 1000

/** A current that grows or falls by the same share every second, as on a straight piece of a charge curve. */
export interface Drift {
  readonly from_A: number
  readonly to_A: number
  readonly duration_s: number
  readonly flow_frac: number
  readonly fanOn: boolean
}

/** Pieces of equal length in each of which the current changes by no more than a share. */
export function driftPieces(from_A: number, to_A: number, step_frac: number): number {
  const ratio = Math.max(to_A, LEAST_A) / Math.max(from_A, LEAST_A)
  const pieces = Math.ceil(Math.abs(Math.log(ratio)) / Math.log1p(step_frac) - 1e-9)
  return Math.min(Math.max(pieces, 1), MAX_PIECES)
}

/** The constant current that heats as much as one drifting from end to end: the mean square of a straight line. */
export function meanSquare_A(from_A: number, to_A: number): number {
  return Math.sqrt((from_A ** 2 + from_A * to_A + to_A ** 2) / 3)
}

/** Current at a share of the way. */
export function driftCurrent_A({ from_A, to_A }: Drift, share: number): number {
  if (from_A < LEAST_A || to_A < LEAST_A) return from_A + (to_A - from_A) * share
  return from_A * (to_A / from_A) ** share
}

/**
 * Moves a cable through a drift in pieces of constant current, up to the first limit: seconds until there, the state being the one there, or
 * Infinity when no limit is reached. In pieces of 2 % temperatures are within 0.5 K of those of the drift itself.
 */
export function stepDrift_s(cable: Cable, drift: Drift, state: Float64Array, at: number): number {
  const pieces = driftPieces(drift.from_A, drift.to_A, DRIFT_STEP_frac)
  const piece_s = drift.duration_s / pieces
  let from_A = drift.from_A
  for (let piece = 0; piece < pieces; piece++) {
    const to_A = driftCurrent_A(drift, (piece + 1) / pieces)
    const form = cable.form(meanSquare_A(from_A, to_A), drift.flow_frac, drift.fanOn)
    const limit_s = cable.untilLimit_s(form, state, at, piece_s)
    form.step(state, at, Math.min(limit_s, piece_s))
    if (limit_s < piece_s) return piece * piece_s + limit_s
    from_A = to_A
  }
  return Number.POSITIVE_INFINITY
}
