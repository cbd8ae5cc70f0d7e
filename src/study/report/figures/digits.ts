const MAX_DIGITS = 3
/** A spread of this share of the value is rounding. */
const ROUNDING_frac = 1e-9

/** Decimals that tell a figure as finely as it is known: two digits of half its interval. Without one, of the value. */
export function digitsFor(value: number, half: number | null): number {
  if (half === null || half <= ROUNDING_frac * Math.abs(value))
    return Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2
  return Math.min(MAX_DIGITS, Math.max(0, 1 - Math.floor(Math.log10(half))))
}
