const MAX_DIGITS = 3

/** Decimals that tell a figure as finely as it is known: two digits of half its interval. Without one, of the value. */
export function digitsFor(value: number, half: number | null): number {
  if (half === null || half === 0) return Math.abs(value) >= 100 || Number.isInteger(value) ? 0 : 2
  return Math.min(MAX_DIGITS, Math.max(0, 1 - Math.floor(Math.log10(half))))
}
