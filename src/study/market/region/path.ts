import type { PathInput } from './schema.ts'

/** Value of a path in a year: straight between its points, level beyond them. */
export function valueAt(path: PathInput, at_yr: number): number {
  if (typeof path === 'number') return path
  let before = path[0]
  for (const knot of path) {
    if (knot[0] >= at_yr) return before === undefined || knot === before ? knot[1] : between(before, knot, at_yr)
    before = knot
  }
  return before?.[1] ?? 0
}

function between(from: readonly [number, number], to: readonly [number, number], at_yr: number): number {
  if (to[0] <= from[0]) return to[1]
  return from[1] + ((to[1] - from[1]) * (at_yr - from[0])) / (to[0] - from[0])
}

/** Values of a path in the middle of each quarter. */
export function overQuarters(path: PathInput, from_yr: number, quarters: number): Float64Array {
  return Float64Array.from({ length: quarters }, (_, quarter) => valueAt(path, from_yr + (quarter + 0.5) / 4))
}

/** What was known of a path in a year: points after it are not there. */
export function knownUntil(path: PathInput, until_yr: number): PathInput {
  if (typeof path === 'number') return path
  const known = path.filter(([at]) => at <= until_yr)
  return known.length > 0 ? known : path.slice(0, 1)
}
