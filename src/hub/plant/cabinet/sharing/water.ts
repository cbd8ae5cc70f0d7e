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

  /** Raises powers (`power_kW`, in and out) of outputs that ask by `budget_kW` in all, none above `most_kW`; floors first. */
  fill(power_kW: Float64Array, most_kW: Float64Array, budget_kW: number): void {
    this.#most_kW.set(most_kW)
    const left_kW = budget_kW - this.#raiseFloors(power_kW, budget_kW)
    if (left_kW <= 0) return
    if (this.#aim.kind === 'order') this.#raiseInOrder(power_kW, left_kW)
    else this.#raiseTogether(power_kW, left_kW)
  }

  /** First floors that are worth most for their power; returns what they took. */
  #raiseFloors(power_kW: Float64Array, budget_kW: number): number {
    let taken_kW = 0
    for (
      let output = this.#bestFloor(power_kW);
      output >= 0 && taken_kW < budget_kW;
      output = this.#bestFloor(power_kW)
    ) {
      const lacks_kW = this.#floorWithin(output) - (power_kW[output] as number)
      const rise_kW = Math.min(lacks_kW, budget_kW - taken_kW)
      // Exactly the floor, lest rounding make it the best one again.
      power_kW[output] = rise_kW === lacks_kW ? this.#floorWithin(output) : (power_kW[output] as number) + rise_kW
      taken_kW += rise_kW
    }
    return taken_kW
  }

  #floorWithin(output: number): number {
    return Math.min(this.#most_kW[output] as number, this.#aim.floor_kW(output))
  }

  #bestFloor(power_kW: Float64Array): number {
    let best = -1
    let bestWorth = 0
    for (let output = 0; output < power_kW.length; output++) {
      if (!this.#asks(output) || (power_kW[output] as number) >= this.#floorWithin(output)) continue
      const worth = this.#aim.floorWeight(output) / this.#aim.floor_kW(output)
      if (worth <= bestWorth) continue
      best = output
      bestWorth = worth
    }
    return best
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
