/** Sequence numbers that came, as ranges in rising order. */
export type Ranges = (readonly [from: number, to: number])[]

/** More gaps than this are no loss but nonsense: the lowest are taken as filled. */
const MOST_RANGES = 64

/** Adds a number; false: it was there. */
export function addNumber(ranges: Ranges, number: number): boolean {
  let at = ranges.length
  while (at > 0 && (ranges[at - 1]?.[0] ?? 0) > number) at--
  const [below, above] = [ranges[at - 1], ranges[at]]
  if (below && number <= below[1]) return false
  const joinsBelow = below !== undefined && below[1] === number - 1
  const joinsAbove = above !== undefined && above[0] === number + 1
  const from = joinsBelow ? below[0] : number
  const to = joinsAbove ? above[1] : number
  ranges.splice(at - (joinsBelow ? 1 : 0), (joinsBelow ? 1 : 0) + (joinsAbove ? 1 : 0), [from, to])
  fillLowest(ranges)
  return true
}

function fillLowest(ranges: Ranges): void {
  const [first, second] = ranges
  if (ranges.length > MOST_RANGES && first && second) ranges.splice(0, 2, [first[0], second[1]])
}

/** How many numbers are missing between the first and the last, the first being `from` where that is known. */
export function missing(ranges: Ranges, from: number | null): number {
  const [first, last] = [ranges[0], ranges.at(-1)]
  if (!first || !last) return 0
  const came = ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0)
  return last[1] - Math.min(from ?? first[0], first[0]) + 1 - came
}
