/**
 * The greatest `worth · x` with `lower ≤ x ≤ upper` and one row after the other: those before `equalities` demand
 * `row · x = bound`, the others `row · x ≤ bound`. Row `i` has `values[k]` in column `columns[k]` for `k` from `starts[i]`
 * to, and without, `starts[i + 1]`.
 */
export interface LinearProgram {
  readonly worth: Float64Array
  readonly lower: Float64Array
  readonly upper: Float64Array
  readonly equalities: number
  readonly bounds: Float64Array
  readonly starts: Int32Array
  readonly columns: Int32Array
  readonly values: Float64Array
}

export interface LinearSolution {
  /** One a column, right but for the solver's tolerance. */
  readonly x: Float64Array
  /** One a row: what a unit more of its bound would be worth. */
  readonly prices: Float64Array
}

/** Solves linear programs that have a solution, one after the other, without blocking. */
export interface LinearSolver {
  /** null when the signal came first; rejects when it finds no solution, which is a fault of ours. */
  maximise(program: LinearProgram, signal: AbortSignal): Promise<LinearSolution | null>
  /** Gives back what it holds; nothing may be asked of it afterwards. */
  close(): Promise<void>
}
