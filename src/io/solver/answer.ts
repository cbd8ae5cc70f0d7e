import type { LinearSolution } from '../../study/simulate/optimum/index.ts'

/** What the thread says: a solution, or the solver's number for why there is none. */
export type Answer = LinearSolution | { readonly status: number }
