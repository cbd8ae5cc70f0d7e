/** A = right diag(rates) left with left = right^-1; the rates fall. Matrices by rows. */
export interface RealModes {
  readonly rates: Float64Array
  /** Columns are eigenvectors. */
  readonly right: Float64Array
  readonly left: Float64Array
}

const SWEEPS_PER_VALUE = 60
/** How much the eigenvectors may magnify rounding errors. */
const MAX_CONDITION = 1e5

/** A = Q T Q'; T is on its way to a triangle. */
interface Schur {
  readonly size: number
  readonly t: Float64Array
  readonly q: Float64Array
}

function entry({ t, size }: Schur, row: number, column: number): number {
  return t[row * size + column] as number
}

/** Rotates the plane of two neighbours, `first` and the next, so that (x, y) becomes (r, 0). size: the inner loop of all */
function turn({ t, q, size }: Schur, first: number, x: number, y: number): void {
  const length = Math.hypot(x, y)
  if (length === 0) return
  const c = x / length
  const s = y / length
  for (let k = 0; k < size; k++) {
    const upper = first * size + k
    const a = t[upper] as number
    const b = t[upper + size] as number
    t[upper] = c * a + s * b
    t[upper + size] = c * b - s * a
  }
  for (let k = 0; k < size; k++) {
    const at = k * size + first
    const a = t[at] as number
    const b = t[at + 1] as number
    t[at] = c * a + s * b
    t[at + 1] = c * b - s * a
    const d = q[at] as number
    const e = q[at + 1] as number
    q[at] = c * d + s * e
    q[at + 1] = c * e - s * d
  }
}

function toHessenberg(schur: Schur): void {
  for (let column = 0; column + 2 < schur.size; column++) {
    for (let row = schur.size - 1; row > column + 1; row--) {
      if (entry(schur, row, column) === 0) continue
      turn(schur, row - 1, entry(schur, row - 1, column), entry(schur, row, column))
      schur.t[row * schur.size + column] = 0
    }
  }
}

/** Row at which the block that ends in `last` begins; what is negligible below the diagonal becomes 0. */
function blockStart(schur: Schur, last: number): number {
  for (let row = last; row > 0; row--) {
    const neighbours = Math.abs(entry(schur, row, row)) + Math.abs(entry(schur, row - 1, row - 1))
    if (Math.abs(entry(schur, row, row - 1)) > Number.EPSILON * neighbours) continue
    schur.t[row * schur.size + row - 1] = 0
    return row
  }
  return 0
}

/** Eigenvalue of the last 2 x 2 block next to its corner; NaN where the pair is complex. */
function cornerValue(schur: Schur, last: number): number {
  const corner = entry(schur, last, last)
  const half = (entry(schur, last - 1, last - 1) - corner) / 2
  const product = entry(schur, last, last - 1) * entry(schur, last - 1, last)
  const root = Math.sqrt(half ** 2 + product)
  const away = half + (half < 0 ? -root : root)
  return away === 0 ? corner : corner - product / away
}

/** One sweep of QR with a shift, by chasing the bulge down the block. */
function sweep(schur: Schur, first: number, last: number, shift: number): void {
  turn(schur, first, entry(schur, first, first) - shift, entry(schur, first + 1, first))
  for (let row = first + 1; row < last; row++) {
    turn(schur, row, entry(schur, row, row - 1), entry(schur, row + 1, row - 1))
    schur.t[(row + 1) * schur.size + row - 1] = 0
  }
}

/** Makes T a triangle; false where it has complex eigenvalues. */
function toTriangle(schur: Schur): boolean {
  toHessenberg(schur)
  let sweeps = 0
  for (let last = schur.size - 1; last > 0; ) {
    const first = blockStart(schur, last)
    if (first === last) {
      last--
      sweeps = 0
      continue
    }
    const value = cornerValue(schur, last)
    if (sweeps++ === SWEEPS_PER_VALUE || (Number.isNaN(value) && last - first === 1)) return false
    sweep(schur, first, last, Number.isNaN(value) ? entry(schur, last, last) : value)
  }
  return true
}

/** Eigenvectors of the triangle as columns above a unit diagonal; false where equal values share one vector. */
function triangleVectors(schur: Schur, vectors: Float64Array): boolean {
  const { size } = schur
  const rounding = 8 * Number.EPSILON * largest(schur.t)
  for (let column = 0; column < size; column++) {
    vectors[column * size + column] = 1
    for (let row = column - 1; row >= 0; row--) {
      let sum = 0
      for (let k = row + 1; k <= column; k++) sum += entry(schur, row, k) * (vectors[k * size + column] as number)
      const gap = entry(schur, column, column) - entry(schur, row, row)
      if (Math.abs(sum) <= rounding) continue
      if (Math.abs(sum) > MAX_CONDITION * Math.abs(gap)) return false
      vectors[row * size + column] = sum / gap
    }
  }
  return true
}

/** Inverse of a triangle with a unit diagonal. */
function invertUnitTriangle(matrix: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size)
  for (let column = 0; column < size; column++) {
    inverse[column * size + column] = 1
    for (let row = column - 1; row >= 0; row--) {
      let sum = 0
      for (let k = row + 1; k <= column; k++) {
        sum -= (matrix[row * size + k] as number) * (inverse[k * size + column] as number)
      }
      inverse[row * size + column] = sum
    }
  }
  return inverse
}

function largest(values: Float64Array): number {
  return values.reduce((top, value) => Math.max(top, Math.abs(value)), 0)
}

/** The modes with the vectors of A itself (Q times those of T), slowest decay first. */
function sorted(schur: Schur, vectors: Float64Array, inverse: Float64Array): RealModes {
  const { size, q } = schur
  const order = Array.from({ length: size }, (_, k) => k).sort((a, b) => entry(schur, b, b) - entry(schur, a, a))
  const rates = new Float64Array(size)
  const right = new Float64Array(size * size)
  const left = new Float64Array(size * size)
  order.forEach((mode, place) => {
    rates[place] = entry(schur, mode, mode)
    for (let row = 0; row < size; row++) {
      for (let k = 0; k < size; k++) {
        const along = q[row * size + k] as number
        right[row * size + place] = (right[row * size + place] as number) + along * (vectors[k * size + mode] as number)
        left[place * size + row] = (left[place * size + row] as number) + along * (inverse[mode * size + k] as number)
      }
    }
  })
  return { rates, right, left }
}

/**
 * Modes of a square matrix by rows. Null where eigenvalues are complex, or so close together with a common vector that
 * the modes would magnify rounding errors more than 100,000 times.
 */
export function realModes(matrix: Float64Array, size: number): RealModes | null {
  const schur: Schur = { size, t: Float64Array.from(matrix), q: new Float64Array(size * size) }
  for (let k = 0; k < size; k++) schur.q[k * size + k] = 1
  const vectors = new Float64Array(size * size)
  if (!toTriangle(schur) || !triangleVectors(schur, vectors)) return null
  const inverse = invertUnitTriangle(vectors, size)
  if (largest(vectors) * largest(inverse) > MAX_CONDITION) return null
  return sorted(schur, vectors, inverse)
}
