import type { Problem } from '../../base/problems/index.ts'
import type { Outcome, RunJob } from '../../study/simulate/many/index.ts'

/** A job and its place in the list of jobs. */
export interface Assignment {
  readonly index: number
  readonly job: RunJob
}

/** How far a job is, or what came of it. */
export type Progress =
  | { readonly index: number; readonly done_frac: number }
  | { readonly index: number; readonly outcome: Outcome }

/** What a thread says: how far it is, or why the tables of its run cannot be written. */
export type Message = Progress | { readonly problem: Problem }
