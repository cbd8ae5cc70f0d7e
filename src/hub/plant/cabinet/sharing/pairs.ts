import { type Aim, compare, Scores } from './aim.ts'
import type { SharingProblem } from './problem.ts'
import { Steps } from './steps.ts'

const BEST = 0
const TRIED = 1

/**
 * Shares modules of two halves where every module reaches every output: some outputs take halves one by one (low voltage),
 * others whole modules only (halves in series). Counts of halves alone would not do, as half a module is worth nothing in series. But
 * for any number of modules given to the whole ones, either side is a matter of counts again, and its best steps do not
 * depend on the other side. So both lists of steps are made once, and the best place to cut is tried out. Exact.
 */
export class PairSharing {
  readonly #problem: SharingProblem
  readonly #scores: Scores
  readonly #steps: Steps
  /** 1: takes whole modules only. */
  readonly #whole: Uint8Array
  readonly #half_kW: Float64Array
  readonly #base_kW: Float64Array
  /** Outputs in the order of their best steps. */
  readonly #halfSteps: Int16Array
  readonly #wholeSteps: Int16Array
  /** Steps each output gets. */
  readonly #count: Int32Array
  readonly #power_kW: Float64Array

  constructor(problem: SharingProblem, aim: Aim) {
    this.#problem = problem
    this.#scores = new Scores(problem, aim, 2)
    this.#steps = new Steps(problem, aim)
    this.#whole = new Uint8Array(problem.outputs)
    this.#half_kW = new Float64Array(problem.outputs)
    this.#base_kW = new Float64Array(problem.outputs)
    this.#halfSteps = new Int16Array(problem.granules)
    this.#wholeSteps = new Int16Array(problem.granules)
    this.#count = new Int32Array(problem.outputs)
    this.#power_kW = new Float64Array(problem.outputs)
  }

  /** Whether all usable modules are alike, reach every output that asks, and have two halves. */
  fits(): boolean {
    const { granules, outputs, asks, partner } = this.#problem
    for (let output = 0; output < outputs; output++) this.#half_kW[output] = 0
    for (let granule = 0; granule < granules; granule++) {
      if (!this.#isUsable(granule)) continue
      if ((partner[granule] as number) < 0) return false
      for (let output = 0; output < outputs; output++) {
        if (asks[output] === 1 && !this.#isAlike(granule, output)) return false
      }
    }
    return true
  }

  #isAlike(granule: number, output: number): boolean {
    const { outputs, alone_kW, joined_kW } = this.#problem
    const alone = alone_kW[granule * outputs + output] as number
    const joined = joined_kW[granule * outputs + output] as number
    if (joined === 0 || (alone !== 0 && alone !== joined)) return false
    const whole = alone === 0 ? 1 : 0
    if (this.#half_kW[output] === 0) {
      this.#half_kW[output] = joined
      this.#whole[output] = whole
    }
    return this.#whole[output] === whole && compare(joined, this.#half_kW[output] as number) === 0
  }

  #isUsable(granule: number): boolean {
    const { outputs, asks, joined_kW } = this.#problem
    for (let output = 0; output < outputs; output++) {
      if (asks[output] === 1 && (joined_kW[granule * outputs + output] as number) > 0) return true
    }
    return false
  }

  /** Needs `fits()` asked before. */
  solve(): void {
    const { outputs } = this.#problem
    this.#problem.clear()
    for (let output = 0; output < outputs; output++) this.#base_kW[output] = this.#problem.supply_kW(output)
    const single = this.#countFree(false)
    const modules = this.#countFree(true)
    const halves = this.#list(0, this.#halfSteps, single + 2 * modules)
    const wholes = this.#list(1, this.#wholeSteps, modules)
    let best = 0
    for (let given = 0; given <= wholes; given++) {
      this.#cut(given, Math.min(halves, single + 2 * (modules - given)))
      this.#scores.set(given === 0 ? BEST : TRIED, this.#power_kW)
      if (given === 0 || !this.#scores.isBetter(TRIED, BEST)) continue
      this.#scores.copy(TRIED, BEST)
      best = given
    }
    this.#cut(best, Math.min(halves, single + 2 * (modules - best)))
    this.#place()
  }

  /** Free modules with both halves, or free halves whose other half is not free. */
  #countFree(both: boolean): number {
    const { granules, partner } = this.#problem
    let count = 0
    for (let granule = 0; granule < granules; granule++) {
      if (!this.#isFree(granule) || this.#isFree(partner[granule] as number) !== both) continue
      if (!both || granule < (partner[granule] as number)) count++
    }
    return count
  }

  #isFree(granule: number): boolean {
    return this.#problem.owner[granule] === -1 && this.#isUsable(granule)
  }

  /** Best steps of one side, at most `most` of them, into `list`; returns how many there are. */
  #list(whole: number, list: Int16Array, most: number): number {
    const { outputs, asks } = this.#problem
    const size = whole === 1 ? 2 : 1
    this.#steps.closeAll()
    for (let output = 0; output < outputs; output++) {
      if (asks[output] !== 1 || this.#whole[output] !== whole) continue
      this.#steps.open(output, this.#base_kW[output] as number, size * (this.#half_kW[output] as number))
    }
    let count = 0
    for (let output = this.#steps.best(); output >= 0 && count < most; output = this.#steps.best()) {
      this.#steps.take(output)
      list[count++] = output
    }
    return count
  }

  /** Counts and powers when the first steps of both lists are taken. */
  #cut(wholes: number, halves: number): void {
    const { outputs, cap_kW } = this.#problem
    this.#count.fill(0)
    for (let at = 0; at < wholes; at++) this.#raise(this.#wholeSteps[at] as number)
    for (let at = 0; at < halves; at++) this.#raise(this.#halfSteps[at] as number)
    for (let output = 0; output < outputs; output++) {
      const size_kW = (this.#whole[output] === 1 ? 2 : 1) * (this.#half_kW[output] as number)
      const supply_kW = (this.#base_kW[output] as number) + (this.#count[output] as number) * size_kW
      this.#power_kW[output] = Math.min(cap_kW[output] as number, supply_kW)
    }
  }

  #raise(output: number): void {
    this.#count[output] = (this.#count[output] as number) + 1
  }

  /** Chooses the granules: first those that stay, then, for whole modules, those whose halves others miss least. */
  #place(): void {
    const { outputs } = this.#problem
    for (let output = 0; output < outputs; output++) if (this.#whole[output] === 1) this.#takeWholes(output, 0)
    for (let missed = 1; missed <= 3; missed++) {
      for (let output = 0; output < outputs; output++) if (this.#whole[output] === 1) this.#takeWholes(output, missed)
    }
    for (let round = 0; round < 4; round++) {
      for (let output = 0; output < outputs; output++) if (this.#whole[output] === 0) this.#takeHalves(output, round)
    }
  }

  #takeWholes(output: number, missed: number): void {
    const { granules, owner, partner } = this.#problem
    for (let granule = 0; granule < granules; granule++) {
      if ((this.#count[output] as number) === 0) return
      const other = partner[granule] as number
      if (granule > other || !this.#isFree(granule) || !this.#isFree(other)) continue
      if (this.#missedBy(granule, other, output) > missed) continue
      owner[granule] = output
      owner[other] = output
      this.#count[output] = (this.#count[output] as number) - 1
    }
  }

  /** 0: both halves are there already; else 1 more than the number of halves that are somewhere else. */
  #missedBy(granule: number, other: number, output: number): number {
    const { at } = this.#problem
    if (at[granule] === output && at[other] === output) return 0
    const elsewhere = (half: number): number => (at[half] !== -1 && at[half] !== output ? 1 : 0)
    return 1 + elsewhere(granule) + elsewhere(other)
  }

  /** Rounds: what stays, then halves without a free other half, then idle ones, then any. */
  #takeHalves(output: number, round: number): void {
    const { granules, owner } = this.#problem
    for (let granule = 0; granule < granules; granule++) {
      if ((this.#count[output] as number) === 0) return
      if (!this.#isFree(granule) || !this.#isInRound(granule, output, round)) continue
      owner[granule] = output
      this.#count[output] = (this.#count[output] as number) - 1
    }
  }

  #isInRound(granule: number, output: number, round: number): boolean {
    const { at, partner } = this.#problem
    if (round === 0) return at[granule] === output
    if (round === 1) return at[granule] === -1 && !this.#isFree(partner[granule] as number)
    return round === 3 || at[granule] === -1
  }
}
