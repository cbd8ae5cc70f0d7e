import type { Outcome, RunJob } from '../../study/simulate/many/index.ts'

/** A job and its place in the list of jobs. */
export interface Assignment {
  readonly index: number
  readonly job: RunJob
}

/** What a thread says: how far its job is, or what came of it. */
export type Message =
  | { readonly index: number; readonly done_frac: number }
  | { readonly index: number; readonly outcome: Outcome }
