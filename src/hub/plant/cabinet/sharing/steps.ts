import type { Aim } from './aim.ts'
import type { SharingProblem } from './problem.ts'

/** Outputs that grow step by step, each by steps of one size: which one's next step is best. */
export class Steps {
  readonly #problem: SharingProblem
  readonly #aim: Aim
  readonly #step_kW: Float64Array
  readonly #supply_kW: Float64Array
  /** 1: takes no further step. */
  readonly #closed: Uint8Array

  constructor(problem: SharingProblem, aim: Aim) {
    this.#problem = problem
    this.#aim = aim
    this.#step_kW = new Float64Array(problem.outputs)
    this.#supply_kW = new Float64Array(problem.outputs)
    this.#closed = new Uint8Array(problem.outputs).fill(1)
  }

  closeAll(): void {
    this.#closed.fill(1)
  }

  open(output: number, supply_kW: number, step_kW: number): void {
    this.#supply_kW[output] = supply_kW
    this.#step_kW[output] = step_kW
    this.#weigh(output)
  }

  close(output: number): void {
    this.#closed[output] = 1
  }

  take(output: number): void {
    this.#supply_kW[output] = (this.#supply_kW[output] as number) + (this.#step_kW[output] as number)
    this.#weigh(output)
  }

  /** Output whose next step is best, -1: no step is worth anything. */
  best(): number {
    let best = -1
    for (let output = 0; output < this.#closed.length; output++) {
      if (this.#closed[output] === 1) continue
      if (best < 0 || this.#aim.isBetterStep(output, best)) best = output
    }
    return best
  }

  #weigh(output: number): void {
    const cap_kW = this.#problem.cap_kW[output] as number
    const supply_kW = this.#supply_kW[output] as number
    const next_kW = supply_kW + (this.#step_kW[output] as number)
    const isOfUse = this.#aim.weigh(output, Math.min(cap_kW, supply_kW), Math.min(cap_kW, next_kW))
    this.#closed[output] = isOfUse ? 0 : 1
  }
}
