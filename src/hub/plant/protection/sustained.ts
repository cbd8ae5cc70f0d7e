/** Values a sustained condition keeps in the caller's array: since when it holds; NaN while it does not. */
export const SUSTAINED_STATE = 1

/** Starts with a condition that does not hold. */
export function resetSustained(state: Float64Array, at: number): void {
  state[at] = Number.NaN
}

/** Tells whether a condition holds from now on; one that held already keeps its start. */
export function observeSustained(state: Float64Array, at: number, holds: boolean, now_s: number): void {
  if (!holds) state[at] = Number.NaN
  else if (Number.isNaN(state[at])) state[at] = now_s
}

/** Moment at which a condition that goes on has lasted so long, s; Infinity while it does not hold. */
export function sustainedAt_s(state: Float64Array, at: number, duration_s: number): number {
  const since_s = state[at] as number
  return Number.isNaN(since_s) ? Number.POSITIVE_INFINITY : since_s + duration_s
}
