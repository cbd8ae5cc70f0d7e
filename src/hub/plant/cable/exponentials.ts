/** Terms below this share of all are rounding and do not count. */
const NEGLIGIBLE = 1e-15
/** Rates closer than this are one. */
const SAME_RATE = 1e-13
const MAX_STEPS = 200
/** A root is bracketed to this, in seconds, or to the last digits of a late time. */
const ROOT_s = 1e-10
/** exp(-x) is 0 beyond. */
const UNDERFLOW = 746

/**
 * Finds where a sum of real exponentials, F(t) = sum of c e^(r t), rises through zero, without stepping over a root. Divided by its
 * fastest growing term and derived, a sum loses a term; between the roots of what is left it is monotone (Rolle), so all its roots
 * are bracketed. The number of sign changes in the partial sums of the coefficients, fastest growing first, bounds the number of
 * roots at positive times (Laguerre's form of the rule of Descartes); most sums need no more than that. Works in memory of its own.
 */
export class ExponentialSum {
  readonly #size: number
  readonly #rates: Float64Array
  #count = 0
  /** Row k: coefficients of the sum after k derivations, divided by e^(r_k t); terms k and later are left. */
  readonly #rows: Float64Array
  #roots: Float64Array
  #next: Float64Array
  #value = 0
  #slope = 0

  constructor(size: number) {
    this.#size = size
    this.#rates = new Float64Array(size)
    this.#rows = new Float64Array(size * size)
    this.#roots = new Float64Array(size)
    this.#next = new Float64Array(size)
  }

  /** Takes `size` terms in the order of their rates, fastest growing first. */
  set(coefficients: Float64Array, rates: Float64Array): void {
    let all = 0
    for (let i = 0; i < this.#size; i++) all += Math.abs(coefficients[i] as number)
    this.#count = 0
    for (let i = 0; i < this.#size; i++) {
      const coefficient = coefficients[i] as number
      if (Math.abs(coefficient) > NEGLIGIBLE * all) this.#add(coefficient, rates[i] as number)
    }
  }

  #add(coefficient: number, rate: number): void {
    const last = this.#count - 1
    if (last >= 0 && (this.#rates[last] as number) - rate <= SAME_RATE * Math.abs(rate)) {
      this.#rows[last] = (this.#rows[last] as number) + coefficient
      return
    }
    this.#rows[this.#count] = coefficient
    this.#rates[this.#count++] = rate
  }

  /** For an F that is below zero just after now: last moment before it first reaches zero, up to the horizon; or Infinity. */
  firstRise_s(horizon_s: number): number {
    if (this.#count === 0) return Number.POSITIVE_INFINITY
    const end_s = Number.isFinite(horizon_s) ? horizon_s : this.#settled_s()
    const deepest = this.#derive()
    let found = 0
    for (let level = deepest; level >= 0; level--) {
      found = this.#separate(level, found, end_s, level === 0 || this.#isBelow(level, 0))
    }
    return found > 0 ? (this.#roots[0] as number) : Number.POSITIVE_INFINITY
  }

  /** Time after which the fastest growing term is all that is left at every level. */
  #settled_s(): number {
    let gap = Number.POSITIVE_INFINITY
    for (let i = 1; i < this.#count; i++) {
      gap = Math.min(gap, (this.#rates[i - 1] as number) - (this.#rates[i] as number))
    }
    return UNDERFLOW / gap
  }

  /** Derives until a sum is left that has one root at most; its level. */
  #derive(): number {
    let level = 0
    while (this.#signChanges(level) > 1) {
      const row = level++ * this.#size
      const grown = this.#rates[level - 1] as number
      for (let i = level; i < this.#count; i++) {
        this.#rows[row + this.#size + i] = (this.#rows[row + i] as number) * ((this.#rates[i] as number) - grown)
      }
    }
    return level
  }

  #signChanges(level: number): number {
    let changes = 0
    let sum = 0
    let sign = 0
    for (let i = level; i < this.#count; i++) {
      sum += this.#rows[level * this.#size + i] as number
      if (sum === 0) continue
      if (sign !== 0 && sum < 0 !== sign < 0) changes++
      sign = sum
    }
    return changes
  }

  /** Roots of a level between those of the next, in order; their number. */
  #separate(level: number, separators: number, end_s: number, startsBelow: boolean): number {
    let found = 0
    let from_s = 0
    let below = startsBelow
    for (let i = 0; i <= separators; i++) {
      const to_s = i < separators ? (this.#roots[i] as number) : end_s
      const endsBelow = this.#isBelow(level, to_s)
      if (endsBelow !== below) this.#next[found++] = this.#solve(level, from_s, to_s, endsBelow)
      from_s = to_s
      below = endsBelow
    }
    const roots = this.#next
    this.#next = this.#roots
    this.#roots = roots
    return found
  }

  /** Newton's method kept inside a bracket that holds one change of sign; the side before the root. */
  #solve(level: number, from_s: number, to_s: number, endsBelow: boolean): number {
    let low = from_s
    let high = to_s
    let at = from_s
    for (let step = 0; step < MAX_STEPS; step++) {
      const near = ROOT_s + 4 * Number.EPSILON * high
      if (high - low <= near) break
      this.#evaluate(level, at)
      if (step > 0 && this.#value < 0 === endsBelow) high = at
      else low = Math.max(low, at)
      at = this.#guess(at, low, high, near)
    }
    return low
  }

  /** Where Newton's method goes on; just beyond the root when it is there, the middle when it goes astray. */
  #guess(at: number, low: number, high: number, near: number): number {
    const next = at - this.#value / this.#slope
    if (!(next >= low && next <= high)) return (low + high) / 2
    if (Math.abs(next - at) > near / 2) return next
    return at === low ? Math.min(low + near, (low + high) / 2) : Math.max(high - near, (low + high) / 2)
  }

  #isBelow(level: number, at_s: number): boolean {
    this.#evaluate(level, at_s)
    return this.#value < 0
  }

  #evaluate(level: number, at_s: number): void {
    const row = level * this.#size
    const grown = this.#rates[level] as number
    let value = 0
    let slope = 0
    for (let i = level; i < this.#count; i++) {
      const rate = (this.#rates[i] as number) - grown
      const term = (this.#rows[row + i] as number) * Math.exp(rate * at_s)
      value += term
      slope += rate * term
    }
    this.#value = value
    this.#slope = slope
  }
}
