import type { ComparedHub, Contrast } from '../../simulate/many/index.ts'

/** What the page of a comparison is made from. */
export interface ComparisonInput {
  /** The first one is what the others are compared with; the first outcome of each holds the whole result. */
  readonly hubs: readonly ComparedHub[]
  readonly contrasts: readonly Contrast[]
  /** Seed of the first run. */
  readonly seed: number
  /** IANA name; the times of the page are local to it. */
  readonly timezone: string
  /** The command line that repeats the comparison. */
  readonly command: string
}
