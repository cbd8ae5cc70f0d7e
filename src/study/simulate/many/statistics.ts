import { studentQuantile } from './student.ts'

/** Share of intervals that hold the true mean. */
export const CONFIDENCE_frac = 0.95
/** Share of comparisons that would show a difference of the size looked for. */
const POWER_frac = 0.8
/** More runs than this are not proposed. */
export const MAX_RUNS = 10_000

/** What independent runs tell about a figure; all in its unit. */
export interface Estimate {
  /** Runs that have the figure. */
  readonly runs: number
  readonly mean: number
  /** Standard deviation of the runs, not of the mean; null with one run. */
  readonly sd: number | null
  /** 95 % confidence interval of the mean (Student's t, runs - 1 degrees of freedom); null with one run. */
  readonly low: number | null
  readonly high: number | null
  readonly min: number
  readonly max: number
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

/** Two-sided quantile of the interval for a number of runs; kept, since all figures ask for the same. */
const quantiles = new Map<number, number>()
function intervalQuantile(runs: number): number {
  const known = quantiles.get(runs) ?? studentQuantile((1 + CONFIDENCE_frac) / 2, runs - 1)
  quantiles.set(runs, known)
  return known
}

/** Mean, spread and confidence interval of what runs gave; null without any. */
export function estimate(values: readonly (number | null)[]): Estimate | null {
  const given = values.filter((value) => value !== null)
  const runs = given.length
  if (runs === 0) return null
  const [min, max] = [Math.min(...given), Math.max(...given)]
  // Rounding must not make equal values differ from their mean.
  const mean = min === max ? min : sum(given) / runs
  if (runs === 1) return { runs, mean, sd: null, low: null, high: null, min, max }
  const sd = Math.sqrt(sum(given.map((value) => (value - mean) ** 2)) / (runs - 1))
  const half = (intervalQuantile(runs) * sd) / Math.sqrt(runs)
  return { runs, mean, sd, low: mean - half, high: mean + half, min, max }
}

/**
 * Runs after which a true mean as far from zero as `mean` would be told from zero in 80 of 100 studies, when single
 * runs spread by `sd`: the least n with (t(0.975) + t(0.8)) sd / √n <= |mean|, n - 1 degrees of freedom. null: more
 * than `MAX_RUNS`.
 */
export function runsToTell(mean: number, sd: number): number | null {
  const enough = (runs: number): boolean => {
    const quantile = intervalQuantile(runs) + studentQuantile(POWER_frac, runs - 1)
    return (quantile * sd) / Math.sqrt(runs) <= Math.abs(mean)
  }
  if (!enough(MAX_RUNS)) return null
  let [few, many] = [1, MAX_RUNS]
  while (many - few > 1) {
    const middle = Math.floor((few + many) / 2)
    if (enough(middle)) many = middle
    else few = middle
  }
  return many
}
