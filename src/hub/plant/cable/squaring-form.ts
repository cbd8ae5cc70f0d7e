import { AT_LIMIT_K, type HeatForm, type HeatSystem, type Threshold } from './heat-form.ts'

/** Terms of the Taylor series of the exponential of a matrix of norm 1/2: the rest is below the last digit. */
const TERMS = 16
/** A search that gets no further answers the time it has reached, which is early, never late. */
const MAX_STEPS = 5000
const CLOSE_s = 1e-9
/** Speed at which a stable system counts as settled, K/s. */
const SETTLED_Kpers = 1e-12
/** Norm of exp(A t) for t large enough, and for a system that runs away. */
const DECAYED = 1e-14
const EXPLODED = 1e12
const MAX_DOUBLINGS = 80

/** What is searched for: weights of the speeds in its value, or null where that is a temperature, in its slope and its second derivative. */
interface Search {
  readonly output: number
  readonly value: Float64Array | null
  readonly slope: Float64Array
  readonly bend: Float64Array
}

/**
 * What holds for every linear system: exp(A t) by scaling and squaring, the inputs being one more column. For systems whose modes are
 * complex or nearly coincide; slower than the modal form, and as exact. Crossings are found by steps that a bound of the second derivative
 * proves safe: from f < 0 on, f(t) <= f + f' t + B t^2 / 2 while |f''| <= B, so that nothing happens before the root of the right side.
 */
export class SquaringForm implements HeatForm {
  readonly isStable: boolean
  readonly keepsOrder: boolean
  readonly #system: HeatSystem
  readonly #order: number
  /** A t with the drive beside it; its exponential; one to work with. */
  readonly #generator: Float64Array
  #exponential: Float64Array
  #spare: Float64Array
  /** By output: its threshold, and its turn. */
  readonly #crossings: readonly Search[]
  readonly #turns: readonly Search[]
  /** Bound of the growth of the largest speed, per second (logarithmic norm). */
  readonly #growth: number
  /** Time after which nothing is left of a beginning. */
  readonly #forgotten_s: number
  readonly #place: Float64Array
  readonly #speed: Float64Array

  constructor(system: HeatSystem) {
    const { size, boundaries, matrix, outputs } = system
    this.#system = system
    this.keepsOrder = system.keepsOrder
    this.#order = size + 1
    this.#generator = new Float64Array(this.#order ** 2)
    this.#exponential = new Float64Array(this.#order ** 2)
    this.#spare = new Float64Array(this.#order ** 2)
    const once = product(outputs, matrix, size)
    const twice = product(once, matrix, size)
    const row = (rows: Float64Array, output: number) => rows.subarray(output * size, (output + 1) * size)
    const all = Array.from({ length: system.outputCount }, (_, output) => output)
    this.#crossings = all.map((output) => ({
      output,
      value: null,
      slope: row(outputs, output),
      bend: row(once, output),
    }))
    this.#turns = all.map((output) => ({
      output,
      value: row(outputs, output),
      slope: row(once, output),
      bend: row(twice, output),
    }))
    this.#growth = logarithmicNorm(matrix, size)
    this.#place = new Float64Array(boundaries + size)
    this.#speed = new Float64Array(size)
    this.#forgotten_s = this.#forgetting_s()
    this.isStable = Number.isFinite(this.#forgotten_s)
  }

  step(state: Float64Array, at: number, dt_s: number): void {
    this.#generate(state, at, dt_s)
    this.#exponentiate()
    const { size, boundaries } = this.#system
    const first = at + boundaries
    for (let row = 0; row < size; row++) {
      let value = this.#exponential[row * this.#order + size] as number
      for (let k = 0; k < size; k++) {
        value += (this.#exponential[row * this.#order + k] as number) * (state[first + k] as number)
      }
      this.#speed[row] = value
    }
    for (let row = 0; row < size; row++) state[first + row] = this.#speed[row] as number
  }

  until_s(threshold: Threshold, state: Float64Array, at: number, horizon_s: number): number {
    this.#goTo(state, at)
    return this.#search(this.#crossings[threshold.output] as Search, threshold, horizon_s)
  }

  untilTurn_s(threshold: Threshold, state: Float64Array, at: number): number {
    this.#goTo(state, at)
    return this.#search(this.#turns[threshold.output] as Search, threshold, Number.POSITIVE_INFINITY)
  }

  settle(state: Float64Array, at: number): void {
    this.step(state, at, this.#forgotten_s)
  }

  /** From the place on. */
  #search(search: Search, threshold: Threshold, horizon_s: number): number {
    let time_s = 0
    for (let step = 0; step < MAX_STEPS && time_s < horizon_s; step++) {
      const ahead_s = this.#safe_s(search, threshold)
      if (ahead_s === Number.POSITIVE_INFINITY) return ahead_s
      if (ahead_s <= CLOSE_s) return time_s
      const dt_s = Math.min(ahead_s, horizon_s - time_s)
      this.step(this.#place, 0, dt_s)
      time_s += dt_s
    }
    return time_s < horizon_s ? time_s : Number.POSITIVE_INFINITY
  }

  /** Time from the place during which the search can find nothing. */
  #safe_s({ output, value, slope, bend }: Search, { value_degC, direction }: Threshold): number {
    const speed_Kpers = this.#setSpeed()
    const here = value ? this.#along(value) : this.#system.output_degC(output, this.#place, 0) - value_degC
    const near = value ? 0 : AT_LIMIT_K
    const now = direction * here
    const rise = direction * this.#along(slope)
    if (now > near || (now >= -near && rise >= 0)) return 0
    if (this.isStable && speed_Kpers < SETTLED_Kpers) return Number.POSITIVE_INFINITY
    const bound = length(bend) * speed_Kpers * (this.#growth > 0 ? Math.E : 1)
    const known_s = this.#growth > 0 ? 1 / this.#growth : Number.POSITIVE_INFINITY
    const root = Math.sqrt(Math.max(0, rise ** 2 - 2 * bound * now))
    return Math.min(rise > 0 ? (-2 * now) / (rise + root) : (root - rise) / bound, known_s)
  }

  #goTo(state: Float64Array, at: number): void {
    for (let k = 0; k < this.#place.length; k++) this.#place[k] = state[at + k] as number
  }

  /** Writes the speeds at the place; the largest. */
  #setSpeed(): number {
    const { size, boundaries, matrix } = this.#system
    let most = 0
    for (let row = 0; row < size; row++) {
      let rate = this.#system.drive_Kpers(row, this.#place, 0)
      for (let k = 0; k < size; k++)
        rate += (matrix[row * size + k] as number) * (this.#place[boundaries + k] as number)
      this.#speed[row] = rate
      most = Math.max(most, Math.abs(rate))
    }
    return most
  }

  #along(weights: Float64Array): number {
    let sum = 0
    for (let k = 0; k < weights.length; k++) sum += (weights[k] as number) * (this.#speed[k] as number)
    return sum
  }

  #generate(state: Float64Array, at: number, dt_s: number): void {
    const { size, matrix } = this.#system
    for (let row = 0; row < size; row++) {
      for (let k = 0; k < size; k++) {
        this.#generator[row * this.#order + k] = (matrix[row * size + k] as number) * dt_s
      }
      this.#generator[row * this.#order + size] = this.#system.drive_Kpers(row, state, at) * dt_s
    }
  }

  /** exp of the generator, by its Taylor series in Horner's form at a small share of it, squared again. */
  #exponentiate(): void {
    const squarings = Math.max(0, Math.ceil(Math.log2(largestRow(this.#generator, this.#order))) + 1)
    for (let k = 0; k < this.#generator.length; k++)
      this.#generator[k] = (this.#generator[k] as number) / 2 ** squarings
    setIdentity(this.#exponential, this.#order)
    for (let term = TERMS; term > 0; term--) {
      multiply(this.#exponential, this.#generator, this.#spare, this.#order)
      setIdentity(this.#exponential, this.#order)
      for (let k = 0; k < this.#spare.length; k++) {
        this.#exponential[k] = (this.#exponential[k] as number) + (this.#spare[k] as number) / term
      }
    }
    for (let k = 0; k < squarings; k++) this.#square()
  }

  #square(): void {
    multiply(this.#exponential, this.#exponential, this.#spare, this.#order)
    const squared = this.#spare
    this.#spare = this.#exponential
    this.#exponential = squared
  }

  #forgetting_s(): number {
    const { size, matrix } = this.#system
    const still = new Float64Array(this.#place.length)
    const fastest = largestRow(matrix, size)
    if (fastest === 0) return Number.POSITIVE_INFINITY
    let time_s = 1 / fastest
    this.#generate(still, 0, time_s)
    for (let row = 0; row < size; row++) this.#generator[row * this.#order + size] = 0
    this.#exponentiate()
    for (let k = 0; k < MAX_DOUBLINGS; k++) {
      const left = largestRow(this.#exponential, this.#order, size)
      if (left < DECAYED) return time_s
      if (left > EXPLODED) break
      this.#square()
      time_s *= 2
    }
    return Number.POSITIVE_INFINITY
  }
}

function setIdentity(matrix: Float64Array, order: number): void {
  matrix.fill(0)
  for (let k = 0; k < order; k++) matrix[k * (order + 1)] = 1
}

function product(a: Float64Array, b: Float64Array, order: number): Float64Array {
  const c = new Float64Array(a.length)
  multiply(a, b, c, order)
  return c
}

/** Product of matrices by rows into a third; the second is square. */
function multiply(a: Float64Array, b: Float64Array, into: Float64Array, order: number): void {
  for (let from = 0; from < a.length; from += order) {
    for (let column = 0; column < order; column++) {
      let sum = 0
      for (let k = 0; k < order; k++) sum += (a[from + k] as number) * (b[k * order + column] as number)
      into[from + column] = sum
    }
  }
}

/** Largest sum of absolute values of a row; of the first `rows` rows and columns if said. */
function largestRow(matrix: Float64Array, order: number, rows = order): number {
  let most = 0
  for (let row = 0; row < rows; row++) {
    let sum = 0
    for (let k = 0; k < rows; k++) sum += Math.abs(matrix[row * order + k] as number)
    most = Math.max(most, sum)
  }
  return most
}

function length(weights: Float64Array): number {
  let sum = 0
  for (let k = 0; k < weights.length; k++) sum += Math.abs(weights[k] as number)
  return sum
}

function logarithmicNorm(matrix: Float64Array, size: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let row = 0; row < size; row++) {
    let sum = matrix[row * size + row] as number
    for (let k = 0; k < size; k++) if (k !== row) sum += Math.abs(matrix[row * size + k] as number)
    most = Math.max(most, sum)
  }
  return most
}
