import type { LinearProgram } from './ports.ts'

/**
 * A value no `x` of a program exceeds, by weak duality: rows weighed with any prices (not below 0 where a row says ≤)
 * may be added to the worth, and what is left of each column is worth most at one of its bounds. Solvers answer within
 * tolerances; this holds whatever they answered, and is the tighter the better the prices are.
 */
export function ceilingOf(program: LinearProgram, prices: Float64Array): number {
  const { worth, lower, upper, equalities, bounds, starts, columns, values } = program
  const left = Float64Array.from(worth)
  let ceiling = 0
  for (const [row, bound] of bounds.entries()) {
    const given = prices[row] ?? 0
    const price = row < equalities ? given : Math.max(0, given)
    ceiling += price * bound
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const column = columns[at] ?? 0
      left[column] = (left[column] ?? 0) - price * (values[at] ?? 0)
    }
  }
  for (const [column, value] of left.entries()) {
    ceiling += Math.max(value * (lower[column] ?? 0), value * (upper[column] ?? 0))
  }
  return ceiling
}
