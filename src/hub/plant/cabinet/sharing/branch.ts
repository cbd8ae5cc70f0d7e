import { type Aim, compare, Scores } from './aim.ts'
import { Items } from './items.ts'
import type { SharingProblem } from './problem.ts'
import { Water } from './water.ts'

const BEST = 0
const TRIED = 1
const NONE = -1

/**
 * Shares anything: modules of different sizes, halves that need each other, any wiring. Items are handed out largest first,
 * all ways are tried (alike items in one order only), and a branch is left when even water would do no better than the
 * best answer so far: what its items left could add at most, shared at will. The first answer is that of largest first, each
 * item where it helps most; so the search ends no worse than that, also when it stops at its limit of nodes.
 */
export class BranchSharing {
  readonly #problem: SharingProblem
  readonly #scores: Scores
  readonly #water: Water
  readonly #items: Items
  readonly #nodeLimit: number
  #nodes = 0
  readonly #supply_kW: Float64Array
  readonly #power_kW: Float64Array
  readonly #most_kW: Float64Array
  readonly #bestOwner: Int16Array
  /** By item and output, then by item: the most all items from there on can add. */
  readonly #reach_kW: Float64Array
  readonly #pool_kW: Float64Array

  constructor(problem: SharingProblem, aim: Aim, nodeLimit: number) {
    const { granules, outputs } = problem
    this.#problem = problem
    this.#scores = new Scores(problem, aim, 2)
    this.#water = new Water(problem, aim)
    this.#items = new Items(problem)
    this.#nodeLimit = nodeLimit
    this.#supply_kW = new Float64Array(outputs)
    this.#power_kW = new Float64Array(outputs)
    this.#most_kW = new Float64Array(outputs)
    this.#bestOwner = new Int16Array(granules)
    this.#reach_kW = new Float64Array((granules + 1) * outputs)
    this.#pool_kW = new Float64Array(granules + 1)
  }

  /** Whether the answer is proven best: the search came to its end. */
  solve(): boolean {
    this.#problem.clear()
    this.#items.collect()
    for (let output = 0; output < this.#problem.outputs; output++) {
      this.#supply_kW[output] = this.#problem.supply_kW(output)
    }
    this.#addUp()
    this.#largestFirst()
    this.#asNow()
    this.#nodes = 0
    this.#descend(0, 0)
    this.#problem.owner.set(this.#bestOwner)
    this.#keepPlaces()
    this.#leaveOut()
    return this.#nodes <= this.#nodeLimit
  }

  #addUp(): void {
    const { asks, outputs } = this.#problem
    const end = this.#items.count
    this.#pool_kW[end] = 0
    this.#reach_kW.fill(0, end * outputs, (end + 1) * outputs)
    for (let item = end - 1; item >= 0; item--) {
      let most_kW = 0
      for (let output = 0; output < outputs; output++) {
        const adds_kW = asks[output] === 1 ? this.#items.most_kW(item, output) : 0
        most_kW = Math.max(most_kW, adds_kW)
        this.#reach_kW[item * outputs + output] = (this.#reach_kW[(item + 1) * outputs + output] as number) + adds_kW
      }
      this.#pool_kW[item] = (this.#pool_kW[item + 1] as number) + most_kW
    }
  }

  /** Ways to hand out an item, as numbers: the outputs of its halves, with one more for none. */
  #ways(item: number): number {
    const { outputs } = this.#problem
    return this.#items.second[item] === NONE ? outputs + 1 : (outputs + 1) ** 2
  }

  #firstOf(item: number, way: number): number {
    const { outputs } = this.#problem
    const output = this.#items.second[item] === NONE ? way : Math.floor(way / (outputs + 1))
    return output === outputs ? NONE : output
  }

  #secondOf(item: number, way: number): number {
    const { outputs } = this.#problem
    if (this.#items.second[item] === NONE || way % (outputs + 1) === outputs) return NONE
    return way % (outputs + 1)
  }

  #isPossible(item: number, way: number): boolean {
    const { outputs } = this.#problem
    const first = this.#firstOf(item, way)
    const second = this.#secondOf(item, way)
    const { first_kW, second_kW, both_kW } = this.#items
    if (first === second && first !== NONE) {
      const isPair = (both_kW[item * outputs + first] as number) > 0
      return this.#problem.asks[first] === 1 && isPair
    }
    if (first !== NONE && !this.#adds(first_kW, item, first)) return false
    if (second !== NONE && !this.#adds(second_kW, item, second)) return false
    if (this.#items.second[item] === NONE || !this.#items.hasLikeHalves(item)) return true
    return second === NONE || (first !== NONE && first < second)
  }

  #adds(adds_kW: Float64Array, item: number, output: number): boolean {
    return this.#problem.asks[output] === 1 && (adds_kW[item * this.#problem.outputs + output] as number) > 0
  }

  /** Hands an item out (sign 1) or takes it back (-1). */
  #give(item: number, way: number, sign: number): void {
    const { outputs, owner } = this.#problem
    const { first_kW, second_kW, both_kW, first: ones, second: others } = this.#items
    const first = this.#firstOf(item, way)
    const second = this.#secondOf(item, way)
    if (first === second && first !== NONE) this.#add(first, sign * (both_kW[item * outputs + first] as number))
    else {
      if (first !== NONE) this.#add(first, sign * (first_kW[item * outputs + first] as number))
      if (second !== NONE) this.#add(second, sign * (second_kW[item * outputs + second] as number))
    }
    owner[ones[item] as number] = sign > 0 ? first : NONE
    if (others[item] !== NONE) owner[others[item] as number] = sign > 0 ? second : NONE
  }

  #add(output: number, adds_kW: number): void {
    this.#supply_kW[output] = (this.#supply_kW[output] as number) + adds_kW
  }

  #settle(row: number): void {
    const { cap_kW, outputs } = this.#problem
    for (let output = 0; output < outputs; output++) {
      this.#power_kW[output] = Math.min(cap_kW[output] as number, this.#supply_kW[output] as number)
    }
    this.#scores.set(row, this.#power_kW)
  }

  #largestFirst(): void {
    const { count } = this.#items
    for (let item = 0; item < count; item++) this.#give(item, this.#bestWay(item), 1)
    this.#settle(BEST)
    this.#bestOwner.set(this.#problem.owner)
    for (let item = 0; item < count; item++) this.#give(item, this.#wayOf(item), -1)
  }

  /** Where granules are now, if that is as good: equal answers must not make modules wander. */
  #asNow(): void {
    const { count } = this.#items
    for (let item = 0; item < count; item++) this.#give(item, this.#wayNow(item), 1)
    this.#settle(TRIED)
    if (!this.#scores.isBetter(BEST, TRIED)) {
      this.#scores.copy(TRIED, BEST)
      this.#bestOwner.set(this.#problem.owner)
    }
    for (let item = 0; item < count; item++) this.#give(item, this.#wayOf(item), -1)
  }

  #wayNow(item: number): number {
    const { at, outputs } = this.#problem
    const { both_kW, first_kW, second_kW, first, second } = this.#items
    const one = at[first[item] as number] as number
    if (second[item] === NONE) return one >= 0 && this.#adds(first_kW, item, one) ? one : outputs
    const other = at[second[item] as number] as number
    if (one >= 0 && one === other && this.#adds(both_kW, item, one)) return one * (outputs + 1) + one
    const left = one >= 0 && this.#adds(first_kW, item, one) ? one : outputs
    const right = other >= 0 && other !== one && this.#adds(second_kW, item, other) ? other : outputs
    return left * (outputs + 1) + right
  }

  /** Takes back what no output needs, first what would have to move. */
  #leaveOut(): void {
    const { at, granules, owner } = this.#problem
    for (let granule = 0; granule < granules; granule++) {
      if (owner[granule] !== at[granule]) this.#takeBack(granule)
    }
    for (let granule = 0; granule < granules; granule++) this.#takeBack(granule)
  }

  #takeBack(granule: number): void {
    const { cap_kW, fixed, owner } = this.#problem
    const output = owner[granule] as number
    if (output === NONE || (fixed[granule] as number) >= 0) return
    const before_kW = Math.min(cap_kW[output] as number, this.#problem.supply_kW(output))
    owner[granule] = NONE
    const after_kW = Math.min(cap_kW[output] as number, this.#problem.supply_kW(output))
    if (compare(after_kW, before_kW) < 0) owner[granule] = output
  }

  #bestWay(item: number): number {
    let best = this.#ways(item) - 1
    this.#settle(BEST)
    for (let way = 0; way < this.#ways(item) - 1; way++) {
      if (!this.#isPossible(item, way)) continue
      this.#give(item, way, 1)
      this.#settle(TRIED)
      this.#give(item, way, -1)
      if (!this.#scores.isBetter(TRIED, BEST)) continue
      this.#scores.copy(TRIED, BEST)
      best = way
    }
    return best
  }

  #wayOf(item: number): number {
    const { outputs, owner } = this.#problem
    const part = (granule: number): number => (owner[granule] === NONE ? outputs : (owner[granule] as number))
    const first = part(this.#items.first[item] as number)
    const second = this.#items.second[item] as number
    return second === NONE ? first : first * (outputs + 1) + part(second)
  }

  #descend(item: number, leastWay: number): void {
    if (++this.#nodes > this.#nodeLimit) return
    if (item === this.#items.count) {
      this.#settle(TRIED)
      if (!this.#scores.isBetter(TRIED, BEST)) return
      this.#scores.copy(TRIED, BEST)
      this.#bestOwner.set(this.#problem.owner)
      return
    }
    for (let way = leastWay; way < this.#ways(item) && this.#nodes <= this.#nodeLimit; way++) {
      if (!this.#isPossible(item, way)) continue
      this.#give(item, way, 1)
      const next = item + 1
      if (this.#mayWin(next)) this.#descend(next, this.#items.sameAsBefore[next] === 1 ? way : 0)
      this.#give(item, way, -1)
    }
  }

  /** Whether what is left, as water, could beat the best answer so far. */
  #mayWin(item: number): boolean {
    const { cap_kW, outputs } = this.#problem
    for (let output = 0; output < outputs; output++) {
      const supply_kW = this.#supply_kW[output] as number
      const most_kW = supply_kW + (this.#reach_kW[item * outputs + output] as number)
      this.#power_kW[output] = Math.min(cap_kW[output] as number, supply_kW)
      this.#most_kW[output] = Math.min(cap_kW[output] as number, most_kW)
    }
    this.#water.fill(this.#power_kW, this.#most_kW, this.#pool_kW[item] as number)
    this.#scores.set(TRIED, this.#power_kW)
    return this.#scores.isBetter(TRIED, BEST)
  }

  /** Items of one class change over where that lets more of them stay where they are. */
  #keepPlaces(): void {
    for (let item = 1; item < this.#items.count; item++) {
      for (let other = item; other > 0 && this.#items.sameAsBefore[other] === 1; other--) {
        const before = this.#staying(item) + this.#staying(other - 1)
        this.#swap(item, other - 1)
        if (this.#staying(item) + this.#staying(other - 1) <= before) this.#swap(item, other - 1)
      }
    }
  }

  #staying(item: number): number {
    const { at, owner } = this.#problem
    const first = this.#items.first[item] as number
    const second = this.#items.second[item] as number
    const stays = (granule: number): number => (owner[granule] !== NONE && owner[granule] === at[granule] ? 1 : 0)
    return stays(first) + (second === NONE ? 0 : stays(second))
  }

  #swap(one: number, other: number): void {
    this.#swapGranules(this.#items.first[one] as number, this.#items.first[other] as number)
    if (this.#items.second[one] !== NONE) {
      this.#swapGranules(this.#items.second[one] as number, this.#items.second[other] as number)
    }
  }

  #swapGranules(one: number, other: number): void {
    const { owner } = this.#problem
    const kept = owner[one] as number
    owner[one] = owner[other] as number
    owner[other] = kept
  }
}
