import { type Aim, compare, stepsFor } from './aim.ts'
import { type SharingProblem, UNLIKE } from './problem.ts'
import { Steps } from './steps.ts'

/**
 * Shares granules that are alike: each output gets the same from any granule that reaches it. One granule at a time goes to the
 * output whose next step is best; where the free ones do not reach it, others change places along an augmenting path.
 * Exact for any wiring, as the power of an output never gains more from a granule than from the one before. Leaves owners
 * that make the counts possible; `Placement` then finds those with the fewest moves.
 */
export class CountSharing {
  readonly #problem: SharingProblem
  readonly #steps: Steps
  /** What one granule adds to each output. */
  readonly #step_kW: Float64Array
  /** Outputs the search for a path has been at. */
  readonly #seen: Uint8Array
  readonly #supply_kW: Float64Array
  /** Granules an output keeps, and those it needs in all. */
  readonly #fixed: Int32Array
  readonly #needed: Int32Array
  #free = 0

  constructor(problem: SharingProblem, aim: Aim) {
    this.#problem = problem
    this.#steps = new Steps(problem, aim)
    this.#step_kW = new Float64Array(problem.outputs)
    this.#seen = new Uint8Array(problem.outputs)
    this.#supply_kW = new Float64Array(problem.outputs)
    this.#fixed = new Int32Array(problem.outputs)
    this.#needed = new Int32Array(problem.outputs)
  }

  /** Whether every output gets the same from any free granule that reaches it, and halves may serve different outputs. */
  fits(): boolean {
    const { asks, like_kW, outputs } = this.#problem
    for (let output = 0; output < outputs; output++) {
      if (asks[output] === 0) continue
      this.#step_kW[output] = like_kW[output] as number
      if (like_kW[output] === UNLIKE && !this.#areFreeOnesAlike(output)) return false
    }
    return true
  }

  #areFreeOnesAlike(output: number): boolean {
    const { granules, outputs, alone_kW, joined_kW, fixed, partner } = this.#problem
    let step_kW = 0
    for (let granule = 0; granule < granules; granule++) {
      const adds_kW = alone_kW[granule * outputs + output] as number
      const hasPartner = (partner[granule] as number) >= 0
      if (hasPartner && adds_kW !== joined_kW[granule * outputs + output]) return false
      if ((fixed[granule] as number) >= 0 || adds_kW === 0) continue
      if (step_kW === 0) step_kW = adds_kW
      else if (compare(step_kW, adds_kW) !== 0) return false
    }
    this.#step_kW[output] = step_kW
    return true
  }

  /** Needs `fits()` asked before. */
  solve(): void {
    const { outputs, asks } = this.#problem
    this.#problem.clear()
    this.#steps.closeAll()
    this.#start()
    if (this.#isPlenty()) {
      this.#giveNeeded()
      return
    }
    for (let output = 0; output < outputs; output++) {
      if (asks[output] === 1)
        this.#steps.open(output, this.#supply_kW[output] as number, this.#step_kW[output] as number)
    }
    for (let output = this.#steps.best(); output >= 0 && this.#free > 0; output = this.#steps.best()) {
      this.#seen.fill(0)
      if (this.#reach(output)) this.#steps.take(output)
      // Once no path leads to a free granule there never will be one again.
      else this.#steps.close(output)
    }
  }

  /** Whether there are enough for all, whatever is strived for; only where each granule reaches every output. */
  #isPlenty(): boolean {
    const { asks, cap_kW, granules, outputs, reachesAll } = this.#problem
    let sum = 0
    for (let output = 0; output < outputs; output++) {
      const kept = this.#fixed[output] as number
      if (asks[output] === 1 && reachesAll[output] === 0) return false
      const wanted = asks[output] === 1 ? stepsFor(cap_kW[output] as number, this.#step_kW[output] as number) : 0
      this.#needed[output] = Math.max(kept, wanted)
      sum += this.#needed[output] as number
    }
    return sum <= granules
  }

  #giveNeeded(): void {
    const { granules, outputs, owner } = this.#problem
    let granule = 0
    for (let output = 0; output < outputs; output++) {
      for (let has = this.#fixed[output] as number; has < (this.#needed[output] as number); granule++) {
        if (granule === granules) return
        if (owner[granule] !== -1) continue
        owner[granule] = output
        has++
      }
    }
  }

  /** What fixed granules give, and how many are free. */
  #start(): void {
    const { fixed, granules } = this.#problem
    this.#supply_kW.fill(0)
    this.#fixed.fill(0)
    this.#free = 0
    for (let granule = 0; granule < granules; granule++) {
      const output = fixed[granule] as number
      if (output < 0) this.#free++
      else {
        this.#supply_kW[output] = (this.#supply_kW[output] as number) + this.#problem.adds_kW(granule, output)
        this.#fixed[output] = (this.#fixed[output] as number) + 1
      }
    }
  }

  /** Gives an output one more granule: a free one, or one whose owner finds another. */
  #reach(output: number): boolean {
    const { granules, outputs, owner, alone_kW, fixed } = this.#problem
    this.#seen[output] = 1
    for (let granule = 0; granule < granules; granule++) {
      if (owner[granule] !== -1 || alone_kW[granule * outputs + output] === 0) continue
      owner[granule] = output
      this.#free--
      return true
    }
    for (let granule = 0; granule < granules; granule++) {
      const holder = owner[granule] as number
      if (holder < 0 || this.#seen[holder] === 1 || (fixed[granule] as number) >= 0) continue
      if (alone_kW[granule * outputs + output] === 0 || !this.#reach(holder)) continue
      owner[granule] = output
      return true
    }
    return false
  }
}
