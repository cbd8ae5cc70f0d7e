import type { SiteSummary } from '../../../hub/site/index.ts'
import { type Figure, type FigureValues, figures } from './figures.ts'
import type { Outcome } from './ports.ts'
import { crowdChanges, type SiteChange } from './site-changes.ts'
import { type Estimate, estimate, runsToTell } from './statistics.ts'

/**
 * What a paired difference says. `other`: it differs, and neither way is better; `unseen`: its interval holds zero;
 * `same`: no run differs; `untold`: one pair or none.
 */
export type Verdict = 'better' | 'worse' | 'other' | 'unseen' | 'same' | 'untold'

/** A figure of two hubs that met the same vehicles. */
export interface Difference {
  readonly figure: Figure
  readonly base: Estimate | null
  readonly other: Estimate | null
  /** Of other - base, pair by pair; null where no pair has both. */
  readonly difference: Estimate | null
  readonly verdict: Verdict
  /** Where no difference was seen: runs that would tell one of this size; null: more than can be asked for. */
  readonly runsToTell: number | null
}

/** Every figure of many runs of one hub, in the order of `figures`. */
export interface FigureEstimate {
  readonly figure: Figure
  readonly estimate: Estimate | null
}

export function estimates(runs: readonly FigureValues[]): readonly FigureEstimate[] {
  return figures.map((figure) => ({ figure, estimate: estimate(runs.map((values) => values[figure.name] ?? null)) }))
}

function verdictOf({ better }: Figure, difference: Estimate | null): Verdict {
  if (difference === null || difference.low === null || difference.high === null) return 'untold'
  if (difference.min === 0 && difference.max === 0) return 'same'
  if (difference.low <= 0 && difference.high >= 0) return 'unseen'
  if (better === null) return 'other'
  return difference.mean > 0 === (better === 'more') ? 'better' : 'worse'
}

/** Figures of two runs that agree to this share are the same but for rounding. */
const ROUNDING_frac = 1e-9

function pairedDifference(before: number | null, after: number | null): number | null {
  if (before === null || after === null) return null
  const isRounding = Math.abs(after - before) <= ROUNDING_frac * Math.max(Math.abs(before), Math.abs(after))
  return isRounding ? 0 : after - before
}

function differenceOf(figure: Figure, base: readonly FigureValues[], other: readonly FigureValues[]): Difference {
  const value = (runs: readonly FigureValues[], at: number): number | null => runs[at]?.[figure.name] ?? null
  const difference = estimate(base.map((_, at) => pairedDifference(value(base, at), value(other, at))))
  const verdict = verdictOf(figure, difference)
  return {
    figure,
    base: estimate(base.map((_, at) => value(base, at))),
    other: estimate(base.map((_, at) => value(other, at))),
    difference,
    verdict,
    runsToTell: verdict === 'unseen' && difference?.sd != null ? runsToTell(difference.mean, difference.sd) : null,
  }
}

/** Differences of two hubs, run by run with the same seed (common random numbers), so that chance cancels out. */
export function compareRuns(base: readonly FigureValues[], other: readonly FigureValues[]): readonly Difference[] {
  return figures.map((figure) => differenceOf(figure, base, other))
}

/** Outcomes by variant, of the seeds that all variants have. */
export function byVariant(outcomes: readonly Outcome[], variants: number): readonly (readonly Outcome[])[] {
  const count = new Map<number, number>()
  for (const { job } of outcomes) count.set(job.seed, (count.get(job.seed) ?? 0) + 1)
  const complete = outcomes.filter(({ job }) => count.get(job.seed) === variants)
  return Array.from({ length: variants }, (_, variant) => complete.filter(({ job }) => job.variant === variant))
}

/** A hub of a comparison with its runs; those of all hubs have the same seeds. */
export interface ComparedHub {
  /** A, B, ...: short for tables. */
  readonly label: string
  readonly file: string
  readonly hub: SiteSummary
  /** Who comes, in words, where it is not who the site file says. */
  readonly recorded?: readonly [label: string, value: string]
  readonly policy: string
  readonly outcomes: readonly Outcome[]
}

/** A hub beside the first one. */
export interface Contrast {
  readonly base: ComparedHub
  readonly other: ComparedHub
  readonly changes: readonly SiteChange[]
  /** Those of them after which other vehicles come than to the first. */
  readonly crowd: readonly SiteChange[]
  readonly differences: readonly Difference[]
}

/** A hub beside the first one, run by run. `crowd`: those of the changes that bring other vehicles. */
export function contrastOf(
  base: ComparedHub,
  other: ComparedHub,
  changes: readonly SiteChange[],
  crowd = crowdChanges(changes),
): Contrast {
  const figuresOf = ({ outcomes }: ComparedHub): FigureValues[] => outcomes.map(({ figures }) => figures)
  return { base, other, changes, crowd, differences: compareRuns(figuresOf(base), figuresOf(other)) }
}
