import { type RealModes, realModes } from './eigen.ts'
import { ExponentialSum } from './exponentials.ts'
import { AT_LIMIT_K, type HeatForm, type HeatSystem, type Threshold } from './heat-form.ts'

/** Modes slower than this, per second, would lose digits where they are divided by. */
const SLOWEST = 1e-10

/**
 * The modal form: every temperature is a constant and a sum of exponentials. With z = L x, z' = r z + L b, so
 * z(t) = z(0) e^(r t) + L b (e^(r t) - 1) / r, and x = R z.
 */
export class ModalForm implements HeatForm {
  readonly isStable: boolean
  readonly keepsOrder: boolean
  readonly #system: HeatSystem
  readonly #size: number
  readonly #modes: RealModes
  /** Weights of the modes in each output. */
  readonly #seen: Float64Array
  /** L b without boundaries, and L inflow. */
  readonly #drive: Float64Array
  readonly #inflow: Float64Array
  /** By mode: where it is, where it settles, how far it is from there. */
  readonly #now: Float64Array
  readonly #settled: Float64Array
  readonly #rest: Float64Array
  /** The sum of exponentials of an output: rates with that of the constant, 0, among them. */
  readonly #constantAt: number
  readonly #rates: Float64Array
  readonly #terms: Float64Array
  readonly #sum: ExponentialSum

  private constructor(system: HeatSystem, modes: RealModes) {
    const { size, boundaries } = system
    this.#system = system
    this.keepsOrder = system.keepsOrder
    this.#size = size
    this.#modes = modes
    this.#seen = product(system.outputs, modes.right, size, size)
    this.#drive = product(modes.left, system.drive, size, 1)
    this.#inflow = product(modes.left, system.inflow, size, boundaries)
    this.#now = new Float64Array(size)
    this.#settled = new Float64Array(size)
    this.#rest = new Float64Array(size)
    this.#constantAt = modes.rates.filter((rate) => rate > 0).length
    this.isStable = this.#constantAt === 0
    this.#rates = Float64Array.from([...modes.rates, 0].sort((a, b) => b - a))
    this.#terms = new Float64Array(size + 1)
    this.#sum = new ExponentialSum(size + 1)
  }

  /** Null where the system has no well-kept real modes. */
  static of(system: HeatSystem): ModalForm | null {
    const modes = realModes(system.matrix, system.size)
    if (modes === null || modes.rates.some((rate) => Math.abs(rate) < SLOWEST)) return null
    return new ModalForm(system, modes)
  }

  step(state: Float64Array, at: number, dt_s: number): void {
    this.#look(state, at)
    const { rates } = this.#modes
    for (let i = 0; i < this.#size; i++) {
      const moved = (this.#rest[i] as number) * Math.expm1((rates[i] as number) * dt_s)
      this.#now[i] = (this.#now[i] as number) + moved
    }
    this.#write(this.#now, state, at)
  }

  settle(state: Float64Array, at: number): void {
    this.#look(state, at)
    this.#write(this.#settled, state, at)
  }

  #write(modes: Float64Array, state: Float64Array, at: number): void {
    const { right } = this.#modes
    const size = this.#size
    const first = at + this.#system.boundaries
    for (let node = 0; node < size; node++) {
      let value = 0
      for (let i = 0; i < size; i++) value += (right[node * size + i] as number) * (modes[i] as number)
      state[first + node] = value
    }
  }

  until_s({ output, value_degC, direction }: Threshold, state: Float64Array, at: number, horizon_s: number): number {
    const beyond_K = direction * (this.#system.output_degC(output, state, at) - value_degC)
    if (beyond_K > AT_LIMIT_K) return 0
    this.#look(state, at)
    const slope = this.#expand(output, direction, -direction * value_degC)
    if (beyond_K >= -AT_LIMIT_K && slope >= 0) return 0
    this.#sum.set(this.#terms, this.#rates)
    return this.#sum.firstRise_s(horizon_s)
  }

  untilTurn_s({ output, direction }: Threshold, state: Float64Array, at: number): number {
    this.#look(state, at)
    if (this.#expand(output, direction, 0) >= 0) return 0
    for (let i = 0; i <= this.#size; i++) this.#terms[i] = (this.#terms[i] as number) * (this.#rates[i] as number)
    this.#sum.set(this.#terms, this.#rates)
    return this.#sum.firstRise_s(Number.POSITIVE_INFINITY)
  }

  /** Where each mode settles, and how far it is from there. */
  #look(state: Float64Array, at: number): void {
    const { boundaries } = this.#system
    const { rates, left } = this.#modes
    const size = this.#size
    for (let i = 0; i < size; i++) {
      let drive = this.#drive[i] as number
      for (let k = 0; k < boundaries; k++)
        drive += (this.#inflow[i * boundaries + k] as number) * (state[at + k] as number)
      let value = 0
      for (let k = 0; k < size; k++) value += (left[i * size + k] as number) * (state[at + boundaries + k] as number)
      const settled = -drive / (rates[i] as number)
      this.#now[i] = value
      this.#settled[i] = settled
      this.#rest[i] = value - settled
    }
  }

  /** Writes sign x output + offset as terms of exponentials; its slope now. */
  #expand(output: number, sign: number, offset: number): number {
    const { rates } = this.#modes
    let constant = offset
    let slope = 0
    for (let i = 0; i < this.#size; i++) {
      const weight = sign * (this.#seen[output * this.#size + i] as number)
      const term = weight * (this.#rest[i] as number)
      constant += weight * (this.#settled[i] as number)
      slope += term * (rates[i] as number)
      this.#terms[i < this.#constantAt ? i : i + 1] = term
    }
    this.#terms[this.#constantAt] = constant
    return slope
  }
}

/** Product of matrices by rows, the first with `inner` columns, the second with `columns`. */
function product(a: Float64Array, b: Float64Array, inner: number, columns: number): Float64Array {
  const rows = a.length / inner
  const c = new Float64Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      let sum = 0
      for (let k = 0; k < inner; k++) sum += (a[i * inner + k] as number) * (b[k * columns + j] as number)
      c[i * columns + j] = sum
    }
  }
  return c
}
