import { unitOfName } from '../units/index.ts'

/**
 * The candidate a mistyped word most likely meant, or null when none is near. Candidates before it win ties.
 * Letters' case and a missing unit suffix (`power` for `power_kW`) count little.
 */
export function closest(word: string, candidates: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 0.75
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) > MAX_LENGTH_DIFFERENCE) continue
    const distance = misspelling(word, candidate)
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

const MAX_LENGTH_DIFFERENCE = 12
const MAX_WORD_LENGTH = 80

function misspelling(word: string, candidate: string): number {
  if (word.length > MAX_WORD_LENGTH || candidate.length > MAX_WORD_LENGTH) return Number.POSITIVE_INFINITY
  const [a, b] = [word.toLowerCase(), candidate.toLowerCase()]
  if (a === b) return 0.25
  if (unitOfName(candidate) !== null && withoutSuffix(a) === withoutSuffix(b)) return 0.5
  return editDistance(a, b)
}

function withoutSuffix(word: string): string {
  return word.replace(/_[^_]*$/, '')
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one word into the other. */
export function editDistance(a: string, b: string): number {
  let [earlier, above] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row++) {
    const here = [row]
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1]
      let cost = Math.min(at(above, column) + 1, at(here, column - 1) + 1, at(above, column - 1) + (same ? 0 : 1))
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (swapped) cost = Math.min(cost, at(earlier, column - 2) + 1)
      here.push(cost)
    }
    ;[earlier, above] = [above, here]
  }
  return at(above, b.length)
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? 0
}
