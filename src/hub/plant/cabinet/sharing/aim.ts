import type { SharingAim } from '../policy.ts'
import type { SharingProblem } from './problem.ts'

/** Powers, levels and sums closer than this, relative to 1 + their size, are equal. */
const SAME = 1e-9
/** How much more the floor of an output counts than that of the next in order. */
const EARLIER = 1e-3

/** How many steps of one size a power takes, leaving out one that would not be told from nothing. */
export function stepsFor(power_kW: number, step_kW: number): number {
  return Math.max(0, Math.ceil((power_kW - SAME * (1 + power_kW)) / step_kW))
}

/** 1: a is greater, -1: b is, 0: equal but for rounding. */
export function compare(a: number, b: number): number {
  const difference = a - b
  if (Math.abs(difference) <= SAME * (1 + Math.abs(a))) return 0
  return difference > 0 ? 1 : -1
}

/**
 * What is better: of two steps (one more granule for this or for that output) and of two whole answers.
 *
 * Every aim is the sum of functions of one output's power, each growing ever more slowly (for `level`, `relative` and
 * `order` in the limit of infinitely steep ones). So where one more granule never helps more than the one before, taking the best
 * step each time ends in a best answer, for any wiring: counts of equal granules form a polymatroid.
 */
export class Aim {
  /**
   * What a kilowatt costs while a budget is shared, in worth; 0: nothing. Where levels decide it is only a wish for less power among
   * equals.
   */
  price = 0
  readonly #problem: SharingProblem
  readonly #kind: Exclude<SharingAim, 'slices'>
  readonly #floorGain: Float64Array
  readonly #gain: Float64Array
  readonly #level: Float64Array
  readonly #next: Float64Array
  readonly #uses_kW: Float64Array

  constructor(problem: SharingProblem, kind: Exclude<SharingAim, 'slices'>) {
    this.#problem = problem
    this.#kind = kind
    this.#floorGain = new Float64Array(problem.outputs)
    this.#gain = new Float64Array(problem.outputs)
    this.#level = new Float64Array(problem.outputs)
    this.#next = new Float64Array(problem.outputs)
    this.#uses_kW = new Float64Array(problem.outputs)
  }

  get kind(): Exclude<SharingAim, 'slices'> {
    return this.#kind
  }

  /** Power that counts before all else: the floor, or all the output can use if that is less. */
  floor_kW(output: number): number {
    return Math.min(this.#problem.floor_kW[output] as number, this.#problem.cap_kW[output] as number)
  }

  /** Part of its floor an output has: all floors count alike, those earlier in order a little more. */
  floorWorth(output: number, power_kW: number): number {
    const floor_kW = this.floor_kW(output)
    return floor_kW > 0 ? (Math.min(power_kW, floor_kW) / floor_kW) * this.floorWeight(output) : 0
  }

  floorWeight(output: number): number {
    return 1 + EARLIER * (this.#problem.outputs - (this.#problem.rank[output] as number))
  }

  /** What is added up over outputs. */
  worth(output: number, power_kW: number): number {
    if (this.#kind === 'throughput') return power_kW
    if (this.#kind !== 'fair') return 0
    return (this.#problem.weight[output] as number) * Math.log1p(power_kW) - this.price * power_kW
  }

  /** What is made alike: power by weight, or the share of what is asked for. */
  level(output: number, power_kW: number): number {
    const { demand_kW, weight } = this.#problem
    if (this.#kind === 'relative') return power_kW / Math.max(Number.MIN_VALUE, demand_kW[output] as number)
    return this.#kind === 'order' ? power_kW : power_kW / (weight[output] as number)
  }

  /** What an output's step from one power to another is worth; false when it is worth nothing. */
  weigh(output: number, from_kW: number, to_kW: number): boolean {
    if (compare(to_kW, from_kW) <= 0) return false
    this.#floorGain[output] = this.floorWorth(output, to_kW) - this.floorWorth(output, from_kW)
    this.#gain[output] = this.worth(output, to_kW) - this.worth(output, from_kW)
    const byRank = this.#kind === 'order'
    this.#level[output] = byRank ? (this.#problem.rank[output] as number) : this.level(output, from_kW)
    this.#next[output] = byRank ? 0 : this.level(output, to_kW)
    this.#uses_kW[output] = this.price > 0 ? to_kW - from_kW : 0
    return true
  }

  /** Whether the step weighed last for one output is better than that for another; neither when equal. */
  isBetterStep(one: number, other: number): boolean {
    const byFloor = compare(this.#floorGain[one] as number, this.#floorGain[other] as number)
    if (byFloor !== 0) return byFloor > 0
    const byGain = compare(this.#gain[one] as number, this.#gain[other] as number)
    if (byGain !== 0) return byGain > 0
    const byLevel = compare(this.#level[other] as number, this.#level[one] as number)
    if (byLevel !== 0) return byLevel > 0
    const byNext = compare(this.#next[one] as number, this.#next[other] as number)
    if (byNext !== 0) return byNext > 0
    return compare(this.#uses_kW[other] as number, this.#uses_kW[one] as number) > 0
  }
}

/** Answers, whole or of some outputs only, in a form that can be compared: rows of numbers, greater is better from left to right. */
export class Scores {
  readonly #aim: Aim
  readonly #problem: SharingProblem
  readonly #floor: Float64Array
  readonly #worth: Float64Array
  /** Levels of the outputs so far: rising, or by rank where the order decides. */
  readonly #levels: Float64Array
  readonly #count: Int32Array
  readonly #uses_kW: Float64Array

  constructor(problem: SharingProblem, aim: Aim, rows: number) {
    this.#aim = aim
    this.#problem = problem
    this.#floor = new Float64Array(rows)
    this.#worth = new Float64Array(rows)
    this.#levels = new Float64Array(rows * problem.outputs)
    this.#count = new Int32Array(rows)
    this.#uses_kW = new Float64Array(rows)
  }

  clear(row: number): void {
    const { outputs } = this.#problem
    this.#floor[row] = 0
    this.#worth[row] = 0
    this.#count[row] = 0
    this.#uses_kW[row] = 0
    this.#levels.fill(0, row * outputs, (row + 1) * outputs)
  }

  copy(from: number, to: number): void {
    const { outputs } = this.#problem
    this.#floor[to] = this.#floor[from] as number
    this.#worth[to] = this.#worth[from] as number
    this.#count[to] = this.#count[from] as number
    this.#uses_kW[to] = this.#uses_kW[from] as number
    this.#levels.copyWithin(to * outputs, from * outputs, (from + 1) * outputs)
  }

  /** One more output with its power. */
  add(row: number, output: number, power_kW: number): void {
    const { outputs, rank } = this.#problem
    const first = row * outputs
    const level = this.#aim.level(output, power_kW)
    this.#floor[row] = (this.#floor[row] as number) + this.#aim.floorWorth(output, power_kW)
    this.#worth[row] = (this.#worth[row] as number) + this.#aim.worth(output, power_kW)
    this.#uses_kW[row] = (this.#uses_kW[row] as number) + power_kW
    const count = this.#count[row] as number
    this.#count[row] = count + 1
    if (this.#aim.kind === 'order') this.#levels[first + (rank[output] as number)] = level
    else this.#insert(first, count, level)
  }

  /** A whole answer: all outputs that ask. */
  set(row: number, power_kW: Float64Array): void {
    this.clear(row)
    for (let output = 0; output < this.#problem.outputs; output++) {
      if (this.#problem.asks[output] === 1) this.add(row, output, power_kW[output] as number)
    }
  }

  /** Whether a row is better than another of the same outputs, by more than rounding. */
  isBetter(one: number, other: number): boolean {
    const byFloor = compare(this.#floor[one] as number, this.#floor[other] as number)
    if (byFloor !== 0) return byFloor > 0
    const byWorth = compare(this.#worth[one] as number, this.#worth[other] as number)
    if (byWorth !== 0) return byWorth > 0
    const { outputs } = this.#problem
    for (let at = 0; at < outputs; at++) {
      const byLevel = compare(this.#levels[one * outputs + at] as number, this.#levels[other * outputs + at] as number)
      if (byLevel !== 0) return byLevel > 0
    }
    return this.#aim.price > 0 && compare(this.#uses_kW[other] as number, this.#uses_kW[one] as number) > 0
  }

  #insert(first: number, count: number, level: number): void {
    let at = first + count
    while (at > first && (this.#levels[at - 1] as number) > level) {
      this.#levels[at] = this.#levels[at - 1] as number
      at--
    }
    this.#levels[at] = level
  }
}
