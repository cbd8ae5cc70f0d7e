import type { Aim } from './aim.ts'
import type { SharingProblem } from './problem.ts'

/**
 * Power that can be divided at will, shared in the best way under one budget. For every aim but `order` each output follows
 * one common water level t: p = clamp(slope t - offset, from, most), with slope and offset by aim; so the level is
 * found exactly between two of the bends.
 */
export class Water {
  readonly #problem: SharingProblem
  readonly #aim: Aim
  readonly #from_kW: Float64Array
  readonly #most_kW: Float64Array

  constructor(problem: SharingProblem, aim: Aim) {
    this.#problem = problem
    this.#aim = aim
    this.#from_kW = new Float64Array(problem.outputs)
    this.#most_kW = new Float64Array(problem.outputs)
  }

  /** Raises powers (`power_kW`, in and out) of outputs that ask by `budget_kW` in all, none above `most_kW`; floors first, in order. */
  fill(power_kW: Float64Array, most_kW: Float64Array, budget_kW: number): void {
    const { outputs, floor_kW } = this.#problem
    let needed_kW = 0
    for (let output = 0; output < outputs; output++) {
      const floor = Math.min(most_kW[output] as number, floor_kW[output] as number)
      this.#most_kW[output] = Math.max(power_kW[output] as number, floor)
      needed_kW += this.#asks(output) ? (this.#most_kW[output] as number) - (power_kW[output] as number) : 0
    }
    if (needed_kW > 0) this.#raiseInOrder(power_kW, Math.min(budget_kW, needed_kW))
    if (budget_kW <= needed_kW) return
    this.#most_kW.set(most_kW)
    if (this.#aim.kind === 'order') this.#raiseInOrder(power_kW, budget_kW - needed_kW)
    else this.#raiseTogether(power_kW, budget_kW - needed_kW)
  }

  /** Water level a power corresponds to. */
  levelAt(output: number, power_kW: number): number {
    return (power_kW + this.#offset) / this.#slope(output)
  }

  /** Power an output has at a water level. */
  powerAt(output: number, level: number): number {
    return this.#slope(output) * level - this.#offset
  }

  #asks(output: number): boolean {
    return this.#problem.asks[output] === 1
  }

  /** d/dp of w log(1 + p) is the same for all when (1 + p) / w is. */
  get #offset(): number {
    return this.#aim.kind === 'fair' ? 1 : 0
  }

  #slope(output: number): number {
    const { demand_kW, weight } = this.#problem
    return this.#aim.kind === 'relative' ? (demand_kW[output] as number) : (weight[output] as number)
  }

  #raiseInOrder(power_kW: Float64Array, budget_kW: number): void {
    const { outputs, rank } = this.#problem
    let left_kW = budget_kW
    for (let place = 0; place < outputs; place++) {
      const output = rank.indexOf(place)
      if (output < 0 || !this.#asks(output)) continue
      const rise_kW = Math.min(left_kW, Math.max(0, (this.#most_kW[output] as number) - (power_kW[output] as number)))
      power_kW[output] = (power_kW[output] as number) + rise_kW
      left_kW -= rise_kW
    }
  }

  #raiseTogether(power_kW: Float64Array, budget_kW: number): void {
    this.#from_kW.set(power_kW)
    const level = this.#levelFor(budget_kW)
    for (let output = 0; output < power_kW.length; output++) {
      if (this.#asks(output)) power_kW[output] = this.#powerWithin(output, level)
    }
  }

  #powerWithin(output: number, level: number): number {
    const from_kW = this.#from_kW[output] as number
    const most_kW = Math.max(from_kW, this.#most_kW[output] as number)
    return Math.min(most_kW, Math.max(from_kW, this.powerAt(output, level)))
  }

  #riseAt(level: number): number {
    let sum_kW = 0
    for (let output = 0; output < this.#from_kW.length; output++) {
      if (this.#asks(output)) sum_kW += this.#powerWithin(output, level) - (this.#from_kW[output] as number)
    }
    return sum_kW
  }

  /** Level at which the budget is used up; that of the last bend where it is more than enough. */
  #levelFor(budget_kW: number): number {
    let below = 0
    let belowRise_kW = 0
    let above = Number.POSITIVE_INFINITY
    let aboveRise_kW = 0
    let top = 0
    for (let output = 0; output < this.#from_kW.length; output++) {
      if (!this.#asks(output)) continue
      for (let end = 0; end < 2; end++) {
        const bend = this.levelAt(output, (end === 0 ? this.#from_kW : this.#most_kW)[output] as number)
        top = Math.max(top, bend)
        if (bend <= below || bend >= above) continue
        const rise_kW = this.#riseAt(bend)
        if (rise_kW <= budget_kW) {
          below = bend
          belowRise_kW = rise_kW
        } else {
          above = bend
          aboveRise_kW = rise_kW
        }
      }
    }
    if (above === Number.POSITIVE_INFINITY) return top
    return below + ((above - below) * (budget_kW - belowRise_kW)) / (aboveRise_kW - belowRise_kW)
  }
}
