import type { Problem } from '../../../base/problems/index.ts'
import type { PolicyName } from '../../../hub/controller/index.ts'
import type { ReplayCounts } from '../../../hub/demand/trace/index.ts'
import type { NamedText } from '../../../hub/standards/records/index.ts'
import type { SimulationResult } from '../result.ts'
import type { SiteRunInput } from '../site/index.ts'
import type { FigureValues } from './figures.ts'

/** A site as the texts it is read from; plain data, so that a thread can read it again. */
export interface SiteSource {
  readonly file: string
  readonly text: string | Uint8Array
  /** Own catalogue records beside those of the program. */
  readonly catalogue: readonly NamedText[]
}

/** What all runs of a hub share; a recording is in memory that threads share. */
export type Conditions = Pick<
  SiteRunInput,
  'from_ms' | 'duration_s' | 'date' | 'coffee_min' | 'sight' | 'physics' | 'weather' | 'faults' | 'trace' | 'process'
> & {
  /** null: the one of the site file. */
  readonly policy: PolicyName | null
}

/** A hub of a study: one of those that are compared, or the only one. */
export interface Variant {
  readonly source: SiteSource
  readonly conditions: Conditions
  /** Hub by whose plugs the vehicles of a recording are chosen, so that the same come to all; absent: this one. */
  readonly castAt?: SiteSource
}

/** One run: its outcome depends on nothing else than this and the variant. */
export interface RunJob {
  /** Place in the list of variants. */
  readonly variant: number
  readonly seed: number
  /** The whole result is wanted, not only the figures. */
  readonly whole: boolean
  /** Where its tables go, if they are wanted. */
  readonly tables?: RunTables
}

/** A folder for the tables of one run, in one that is there. */
export interface RunTables {
  readonly folder: string
  /** Columns in front of every row, with their value: they tell the run from others. */
  readonly labels: Readonly<Record<string, string | number>>
}

export interface Outcome {
  readonly job: RunJob
  readonly figures: FigureValues
  /** Only where the job asked for it. */
  readonly result: SimulationResult | null
  /** Likewise, and only of a replay. */
  readonly replayed: ReplayCounts | null
}

/** Runs to be done, and who wants to hear of them. */
export interface Batch {
  readonly variants: readonly Variant[]
  readonly jobs: readonly RunJob[]
  /** Share of all work that is done, and how many runs are. */
  readonly progress: (done_frac: number, finished: number) => void
  /** Aborted: runs at work are given up, finished ones are kept. */
  readonly signal: AbortSignal
}

export interface Finished {
  /** In the order of the jobs, however many ran at once; without those given up. */
  readonly outcomes: readonly Outcome[]
  /** Why not all are there: the user, memory, or tables that cannot be written. */
  readonly stopped: 'aborted' | 'memory' | Problem | null
}

/** Does jobs, as many at once as it can; rejects when a run fails, which is a fault of ours. */
export interface JobRunner {
  run(batch: Batch): Promise<Finished>
}
