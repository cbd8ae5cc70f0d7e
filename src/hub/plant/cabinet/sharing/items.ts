import { compare } from './aim.ts'
import type { SharingProblem } from './problem.ts'

/**
 * Free granules as a search hands them out, largest first: one at a time, or as the two halves of a module that may be worth more
 * (or anything at all) together. Items that add the same everywhere are of one class.
 */
export class Items {
  readonly #problem: SharingProblem
  count = 0
  readonly first: Int16Array
  /** Other half, -1: none. */
  readonly second: Int16Array
  /** 1: as the item before. */
  readonly sameAsBefore: Uint8Array
  /** By item, then output: what the first half adds alone, the second alone, both together. */
  readonly first_kW: Float64Array
  readonly second_kW: Float64Array
  readonly both_kW: Float64Array
  readonly #size_kW: Float64Array

  constructor(problem: SharingProblem) {
    const { granules, outputs } = problem
    this.#problem = problem
    this.first = new Int16Array(granules)
    this.second = new Int16Array(granules)
    this.sameAsBefore = new Uint8Array(granules)
    this.first_kW = new Float64Array(granules * outputs)
    this.second_kW = new Float64Array(granules * outputs)
    this.both_kW = new Float64Array(granules * outputs)
    this.#size_kW = new Float64Array(granules)
  }

  /** Most an item adds to an output. */
  most_kW(item: number, output: number): number {
    const at = item * this.#problem.outputs + output
    return Math.max(this.first_kW[at] as number, this.second_kW[at] as number, this.both_kW[at] as number)
  }

  collect(): void {
    const { granules, partner } = this.#problem
    this.count = 0
    for (let granule = 0; granule < granules; granule++) {
      if (!this.#isFree(granule)) continue
      const other = partner[granule] as number
      if (other < 0 || !this.#isFree(other)) this.#insert(granule, -1)
      else if (granule < other) this.#insert(granule, other)
    }
    for (let item = 0; item < this.count; item++) this.#fill(item)
    for (let item = 0; item < this.count; item++) this.sameAsBefore[item] = this.#isSame(item) ? 1 : 0
  }

  #isFree(granule: number): boolean {
    return (this.#problem.fixed[granule] as number) < 0
  }

  /** Into its place by size: the most it adds to any output. */
  #insert(first: number, second: number): void {
    const size_kW = this.#sizeOf(first, second)
    let place = this.count++
    while (place > 0 && (this.#size_kW[place - 1] as number) < size_kW) {
      this.#size_kW[place] = this.#size_kW[place - 1] as number
      this.first[place] = this.first[place - 1] as number
      this.second[place] = this.second[place - 1] as number
      place--
    }
    this.#size_kW[place] = size_kW
    this.first[place] = first
    this.second[place] = second
  }

  #sizeOf(first: number, second: number): number {
    const { asks, outputs } = this.#problem
    let size_kW = 0
    for (let output = 0; output < outputs; output++) {
      if (asks[output] !== 1) continue
      const single_kW = this.#alone_kW(first, output)
      size_kW = Math.max(
        size_kW,
        second < 0 ? single_kW : Math.max(single_kW, this.#together_kW(first, second, output)),
      )
    }
    return size_kW
  }

  /** What a granule adds by itself; to the output that keeps its other half, what both add together more. */
  #alone_kW(granule: number, output: number): number {
    const { alone_kW, fixed, joined_kW, outputs, partner } = this.#problem
    const other = partner[granule] as number
    const own = granule * outputs + output
    if (other < 0 || fixed[other] !== output) return alone_kW[own] as number
    const others = other * outputs + output
    return (joined_kW[own] as number) + (joined_kW[others] as number) - (alone_kW[others] as number)
  }

  #together_kW(first: number, second: number, output: number): number {
    const { joined_kW, outputs } = this.#problem
    return (joined_kW[first * outputs + output] as number) + (joined_kW[second * outputs + output] as number)
  }

  #fill(item: number): void {
    const { outputs } = this.#problem
    const first = this.first[item] as number
    const second = this.second[item] as number
    for (let output = 0; output < outputs; output++) {
      const at = item * outputs + output
      this.first_kW[at] = this.#alone_kW(first, output)
      this.second_kW[at] = second < 0 ? 0 : this.#alone_kW(second, output)
      this.both_kW[at] = second < 0 ? 0 : this.#together_kW(first, second, output)
    }
  }

  #isSame(item: number): boolean {
    const { asks, outputs } = this.#problem
    if (item === 0 || (this.second[item] === -1) !== (this.second[item - 1] === -1)) return false
    for (let output = 0; output < outputs; output++) {
      if (asks[output] !== 1) continue
      const at = item * outputs + output
      for (const adds_kW of [this.first_kW, this.second_kW, this.both_kW]) {
        if (compare(adds_kW[at] as number, adds_kW[at - outputs] as number) !== 0) return false
      }
    }
    return true
  }

  /** Whether the halves of an item add the same, so that changing them over gives nothing new. */
  hasLikeHalves(item: number): boolean {
    const { asks, outputs } = this.#problem
    for (let output = 0; output < outputs; output++) {
      const at = item * outputs + output
      if (asks[output] === 1 && this.first_kW[at] !== this.second_kW[at]) return false
    }
    return true
  }
}
