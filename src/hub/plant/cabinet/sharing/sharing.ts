import type { MatrixParameters } from '../parameters.ts'
import type { AllocationPolicy } from '../policy.ts'
import { Aim, Scores } from './aim.ts'
import { BranchSharing } from './branch.ts'
import { CountSharing } from './counts.ts'
import { PairSharing } from './pairs.ts'
import { Placement } from './placement.ts'
import type { SharingProblem } from './problem.ts'
import { RingSharing } from './ring.ts'
import { Water } from './water.ts'

/** How an answer was found. All but `branch` are exact by themselves; that is when it came to its end. */
export const sharingMethods = ['counts', 'pairs', 'ring', 'branch', 'water'] as const
export type SharingMethod = (typeof sharingMethods)[number]

/** Trials of a water level under a budget, and how close two of them are one. */
const TRIALS = 60
const NARROW = 1e-9
/** A budget used up to this share proves the answer. */
const USED_UP = 1e-6
const LOW = 0
const HIGH = 1

/** Finds the best answer to a problem in the way its wiring and its modules allow. */
export class Sharing {
  /** How the last answer was found. */
  method: SharingMethod = 'counts'
  /** Whether the last answer is proven best, not only good. */
  isProven = true
  readonly #problem: SharingProblem
  readonly #policy: AllocationPolicy
  readonly #isBus: boolean
  readonly #ring: RingSharing | null
  readonly #counts: CountSharing
  readonly #pairs: PairSharing
  readonly #branch: BranchSharing
  readonly #placement: Placement
  readonly #water: Water
  readonly #scores: Scores
  readonly #aim: Aim
  readonly #caps_kW: Float64Array
  readonly #most_kW: Float64Array
  readonly #lowOwner: Int16Array
  #low = 0
  #high = 0

  constructor(problem: SharingProblem, matrix: MatrixParameters, policy: AllocationPolicy, nodeLimit: number) {
    const aim = new Aim(problem, policy.aim === 'slices' ? 'level' : policy.aim)
    this.#problem = problem
    this.#policy = policy
    this.#aim = aim
    this.#isBus = matrix.kind === 'bus'
    this.#ring = matrix.kind === 'ring' ? new RingSharing(problem, aim, matrix.homes) : null
    this.#counts = new CountSharing(problem, aim)
    this.#pairs = new PairSharing(problem, aim)
    this.#branch = new BranchSharing(problem, aim, nodeLimit)
    this.#placement = new Placement(problem)
    this.#water = new Water(problem, aim)
    this.#scores = new Scores(problem, aim, 2)
    this.#caps_kW = new Float64Array(problem.outputs)
    this.#most_kW = new Float64Array(problem.outputs)
    this.#lowOwner = new Int16Array(problem.granules)
  }

  solve(): void {
    this.isProven = true
    this.#choose()
    if (this.method === 'water') this.#solveBus()
    else this.#solveGranules()
  }

  #solveGranules(): void {
    const { budget_kW, power_kW } = this.#problem
    this.#answer()
    if (this.#problem.total_kW() > budget_kW) this.#fitBudget()
    if (this.method === 'counts') this.#placement.rearrange()
    if (this.#problem.total_kW() <= budget_kW) return
    this.#most_kW.set(power_kW)
    this.#spread(budget_kW)
  }

  #solveBus(): void {
    this.#problem.clear()
    this.#most_kW.set(this.#problem.cap_kW)
    this.#spread(Math.min(this.#problem.budget_kW, this.#pool_kW()))
  }

  /** Shares a budget among outputs that have at most `#most_kW` of their own. */
  #spread(budget_kW: number): void {
    const { power_kW } = this.#problem
    power_kW.fill(0)
    if (this.#policy.aim === 'slices') this.#sellSlices(budget_kW)
    else this.#water.fill(power_kW, this.#most_kW, budget_kW)
  }

  /** Round by round each output buys a slice, in order, while there is budget. */
  #sellSlices(budget_kW: number): void {
    const { outputs, power_kW, rank } = this.#problem
    let left_kW = budget_kW
    for (let sold_kW = left_kW; sold_kW > 0; ) {
      sold_kW = 0
      for (let place = 0; place < outputs; place++) {
        const output = rank.indexOf(place)
        if (output < 0 || this.#problem.asks[output] !== 1) continue
        const wanted_kW = (this.#most_kW[output] as number) - (power_kW[output] as number)
        const slice_kW = Math.min(this.#policy.slice_kW, wanted_kW, left_kW - sold_kW)
        power_kW[output] = (power_kW[output] as number) + slice_kW
        sold_kW += slice_kW
      }
      left_kW -= sold_kW
    }
  }

  /** What all granules give to one bus. */
  #pool_kW(): number {
    const { alone_kW, granules, outputs } = this.#problem
    let pool_kW = 0
    for (let granule = 0; granule < granules; granule++) {
      let most_kW = 0
      for (let output = 0; output < outputs; output++) {
        most_kW = Math.max(most_kW, alone_kW[granule * outputs + output] as number)
      }
      pool_kW += most_kW
    }
    return pool_kW
  }

  #choose(): void {
    if (this.#isBus) this.method = 'water'
    else if (this.#ring !== null) this.method = 'ring'
    else if (this.#counts.fits()) this.method = 'counts'
    else this.method = this.#pairs.fits() ? 'pairs' : 'branch'
  }

  /** Owners and powers without a budget. */
  #answer(): void {
    if (this.method === 'ring') this.#ring?.solve()
    else if (this.method === 'counts') this.#counts.solve()
    else if (this.method === 'pairs') this.#pairs.solve()
    else this.isProven = this.#branch.solve() && this.isProven
    this.#problem.settle()
  }

  /**
   * Granules under a budget: the water level all would stand at is sought, where each level cuts what outputs
   * can use and granules are shared by those cuts; then the budget is spread over what the granules give. With a level that uses
   * up the budget the answer is proven (no other answer is better at the price that level stands for); else the better of
   * the answers just below and just above is taken. In order, and for throughput, cutting the answer is best.
   */
  #fitBudget(): void {
    const { budget_kW, cap_kW, owner } = this.#problem
    if (this.#aim.kind === 'order' || this.#aim.kind === 'throughput') return
    this.#caps_kW.set(cap_kW)
    this.#bracket(budget_kW)
    this.#answerAt(this.#low)
    const isUsedUp = Math.abs(this.#problem.total_kW() / budget_kW - 1) <= USED_UP
    if (!isUsedUp) {
      this.#rate(LOW)
      this.#lowOwner.set(owner)
      this.#answerAt(this.#high)
      this.#rate(HIGH)
      if (!this.#scores.isBetter(HIGH, LOW)) owner.set(this.#lowOwner)
    }
    this.isProven = this.isProven && isUsedUp
    cap_kW.set(this.#caps_kW)
    this.#problem.settle()
  }

  /** Closes in on the level at which the budget is used up, by interpolation and halving in turn. */
  #bracket(budget_kW: number): void {
    this.#low = Number.MIN_VALUE
    this.#high = this.#topLevel()
    let [below_kW, above_kW] = [0, this.#problem.total_kW()]
    for (let trial = 0; trial < TRIALS && this.#high - this.#low > NARROW * this.#high; trial++) {
      const along = trial % 2 === 0 ? (budget_kW - below_kW) / (above_kW - below_kW) : 0.5
      const level = this.#low + along * (this.#high - this.#low)
      this.#answerAt(level)
      const total_kW = this.#problem.total_kW()
      if (total_kW > budget_kW) {
        this.#high = level
        above_kW = total_kW
        continue
      }
      this.#low = level
      below_kW = total_kW
      if (total_kW >= budget_kW * (1 - USED_UP)) return
    }
  }

  #topLevel(): number {
    let top = 0
    for (let output = 0; output < this.#problem.outputs; output++) {
      if (this.#problem.asks[output] === 1)
        top = Math.max(top, this.#water.levelAt(output, this.#caps_kW[output] as number))
    }
    return top
  }

  /** The answer when no output can use more than it has at a water level, or than its floor. */
  #answerAt(level: number): void {
    const { cap_kW, floor_kW, outputs } = this.#problem
    for (let output = 0; output < outputs; output++) {
      const power_kW = Math.max(floor_kW[output] as number, this.#water.powerAt(output, level))
      cap_kW[output] = Math.min(this.#caps_kW[output] as number, Math.max(0, power_kW))
    }
    // w log(1 + p) rises with w / (1 + p), which is 1 / level for all that stand at it.
    this.#aim.price = 1 / level
    this.#answer()
    this.#aim.price = 0
  }

  /** Score of the owners found last, with the budget spread over what their granules give to the whole demand. */
  #rate(row: number): void {
    const { budget_kW, cap_kW, power_kW } = this.#problem
    cap_kW.set(this.#caps_kW)
    this.#problem.settle()
    this.#most_kW.set(power_kW)
    this.#spread(budget_kW)
    this.#scores.set(row, power_kW)
  }
}
