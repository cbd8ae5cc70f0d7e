/** Residuals of a point; all finite. */
export type Residuals = (point: Float64Array) => Float64Array

export interface Fit {
  readonly point: Float64Array
  /** Half the sum of squares. */
  readonly loss: number
  /** Covariance by rows: the inverse of JᵀJ. */
  readonly covariance: readonly Float64Array[]
  readonly iterations: number
}

const STEP = 1e-4
const MAX_ITERATIONS = 40
const TOLERANCE = 1e-7

const halfSquares = (values: Float64Array): number => values.reduce((sum, value) => sum + (value * value) / 2, 0)

function jacobian(residuals: Residuals, point: Float64Array, base: Float64Array): readonly Float64Array[] {
  return Array.from(point, (_, j) => {
    const moved = Float64Array.from(point)
    moved[j] = (moved[j] ?? 0) + STEP
    const there = residuals(moved)
    return there.map((value, i) => (value - (base[i] ?? 0)) / STEP)
  })
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i += 1) sum += (a[i] ?? 0) * (b[i] ?? 0)
  return sum
}

/** Solves A x = b for a positive definite A by Cholesky; null where it is not. */
export function solve(matrix: readonly Float64Array[], right: Float64Array): Float64Array | null {
  const lower = cholesky(matrix)
  if (!lower) return null
  const n = right.length
  const x = Float64Array.from(right)
  const cell = (i: number, j: number): number => lower[i]?.[j] ?? 0
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < i; j += 1) x[i] = (x[i] ?? 0) - cell(i, j) * (x[j] ?? 0)
    x[i] = (x[i] ?? 0) / cell(i, i)
  }
  for (let i = n - 1; i >= 0; i -= 1) {
    for (let j = i + 1; j < n; j += 1) x[i] = (x[i] ?? 0) - cell(j, i) * (x[j] ?? 0)
    x[i] = (x[i] ?? 0) / cell(i, i)
  }
  return x
}

/** Lower triangle L with L Lᵀ = A; null where A is not positive definite. */
export function cholesky(matrix: readonly Float64Array[]): readonly Float64Array[] | null {
  const lower = matrix.map((row) => new Float64Array(row.length))
  for (const [i, row] of lower.entries()) {
    for (let j = 0; j <= i; j += 1) {
      const other = lower[j] ?? row
      let sum = matrix[i]?.[j] ?? 0
      for (let k = 0; k < j; k += 1) sum -= (row[k] ?? 0) * (other[k] ?? 0)
      if (i === j && sum <= 0) return null
      row[j] = i === j ? Math.sqrt(sum) : sum / (other[j] ?? 1)
    }
  }
  return lower
}

function damped(normal: readonly Float64Array[], damping: number): readonly Float64Array[] {
  return normal.map((row, i) => {
    const copy = Float64Array.from(row)
    copy[i] = (copy[i] ?? 0) * (1 + damping) + 1e-12
    return copy
  })
}

function inverse(matrix: readonly Float64Array[]): readonly Float64Array[] {
  return matrix.map((_, i) => {
    const unit = new Float64Array(matrix.length)
    unit[i] = 1
    return solve(matrix, unit) ?? unit.fill(0)
  })
}

/** Least squares by Levenberg and Marquardt; derivatives by differences. Deterministic. */
export function leastSquares(residuals: Residuals, start: Float64Array): Fit {
  let point = Float64Array.from(start)
  let values = residuals(point)
  let [loss, damping, iterations] = [halfSquares(values), 1e-3, 0]
  let normal: readonly Float64Array[] = []
  for (; iterations < MAX_ITERATIONS; iterations += 1) {
    const columns = jacobian(residuals, point, values)
    normal = columns.map((a) => Float64Array.from(columns, (b) => dot(a, b)))
    const down = Float64Array.from(columns, (column) => -dot(column, values))
    const before = loss
    for (let tries = 0; tries < 8; tries += 1, damping *= 4) {
      const step = solve(damped(normal, damping), down)
      if (!step) continue
      const next = point.map((value, j) => value + (step[j] ?? 0))
      const there = residuals(next)
      const lossThere = halfSquares(there)
      if (!(lossThere < loss)) continue
      ;[point, values, loss, damping] = [next, there, lossThere, damping / 10]
      break
    }
    if (before - loss <= TOLERANCE * (1 + loss)) break
  }
  return { point, loss, covariance: inverse(damped(normal, 0)), iterations }
}
