import type { CabinetGrants } from './grants.ts'
import { Moves } from './moves.ts'
import type { CabinetParameters } from './parameters.ts'
import type { AllocationPolicy } from './policy.ts'
import { Because } from './reasons.ts'
import type { CabinetRequests } from './requests.ts'
import { compare } from './sharing/aim.ts'
import { SharingProblem } from './sharing/problem.ts'
import { Sharing } from './sharing/sharing.ts'
import { type Parts, Situation } from './situation.ts'
import { CabinetState, stateLength } from './state.ts'
import { Why } from './why.ts'
import { Wiring } from './wiring.ts'

/** Nodes a search over unlike modules visits before it settles for the best answer so far. */
const NODE_LIMIT = 4000

export interface AllocatorSettings {
  /** Default: that of the cabinet. */
  readonly policy?: AllocationPolicy
  readonly nodeLimit?: number
}

/**
 * Shares the modules of a cabinet among its outputs, from one moment to the next. State lies in an array of the caller
 * (`stateLength` numbers), so one allocator serves all cabinets that are alike. It makes no objects after it has been made.
 */
export class CabinetAllocator {
  readonly stateLength: number
  readonly #cabinet: CabinetParameters
  readonly #parts: Parts
  readonly #situation: Situation
  readonly #sharing: Sharing
  readonly #moves: Moves
  readonly #why: Why
  readonly #spread_kW: Float64Array

  constructor(cabinet: CabinetParameters, settings: AllocatorSettings = {}) {
    const { policy = cabinet.policy, nodeLimit = NODE_LIMIT } = settings
    const outputs = cabinet.outputs.length
    const wiring = new Wiring(cabinet)
    this.stateLength = stateLength(outputs, wiring.granules)
    this.#cabinet = cabinet
    const problem = new SharingProblem(outputs, wiring.granules)
    this.#parts = { wiring, problem, state: new CabinetState(outputs, wiring.granules) }
    this.#situation = new Situation(cabinet, policy, this.#parts)
    this.#sharing = new Sharing(problem, cabinet.matrix, policy, nodeLimit)
    const homes = cabinet.matrix.kind === 'ring' ? cabinet.matrix.homes : []
    this.#moves = new Moves(this.#parts, { move_s: cabinet.move_s, hold_s: policy.hold_s }, homes)
    this.#why = new Why(cabinet, this.#situation, this.#parts)
    this.#spread_kW = new Float64Array(outputs)
  }

  /** A cabinet with all modules idle. */
  start(state: Float64Array, at: number): void {
    this.#parts.state.open(state, at)
    this.#parts.state.reset()
  }

  /** Moves since the start: each opened and closed contactors once. */
  moves(state: Float64Array, at: number): number {
    this.#parts.state.open(state, at)
    return this.#parts.state.moves
  }

  /**
   * Shares anew what the cabinet is faced with, brings its state forward and writes what each output gets. Returns when it wants to be
   * asked again though nothing changes: at the end of a move, of a change of mode, or of a hold that keeps others short;
   * Infinity: never. Ask earlier when a request changes: see `spareBelow_kW` and `wantsAbove_kW`.
   */
  allocate(state: Float64Array, at: number, faced: CabinetRequests, granted: CabinetGrants): number {
    this.#parts.state.open(state, at)
    this.#situation.read(faced)
    this.#sharing.solve()
    granted.method = this.#sharing.method
    granted.isProven = this.#sharing.isProven
    granted.moves = 0
    if (this.#cabinet.matrix.kind === 'bus') return this.#grantBus(faced, granted)
    this.#moves.carryOut(faced)
    granted.moves = this.#moves.count
    this.#grant(faced, granted)
    return this.#askAgain_s(faced, granted)
  }

  #grantBus(faced: CabinetRequests, granted: CabinetGrants): number {
    const { cap_kW, outputs, power_kW } = this.#parts.problem
    for (let output = 0; output < outputs; output++) {
      const power = power_kW[output] as number
      granted.power_kW[output] = power
      granted.supply_kW[output] = cap_kW[output] as number
      granted.boundBy[output] = this.#why.of(output, faced, power, cap_kW[output] as number)
      granted.granules[output] = 0
      granted.spareBelow_kW[output] = power
      granted.wantsAbove_kW[output] = granted.boundBy[output] === Because.request ? power : Number.POSITIVE_INFINITY
    }
    return Number.POSITIVE_INFINITY
  }

  #grant(faced: CabinetRequests, granted: CabinetGrants): void {
    const { problem, state } = this.#parts
    const { outputs } = problem
    this.#moves.readyAll_kW(granted.supply_kW)
    for (let output = 0; output < outputs; output++) {
      granted.inSeries[output] = state.isInSeries(output) ? 1 : 0
      const isOff = problem.asks[output] === 0 || state.offUntil_s(output) > faced.now_s
      if (isOff) granted.supply_kW[output] = 0
      granted.granules[output] = 0
      granted.spareBelow_kW[output] = Number.POSITIVE_INFINITY
    }
    this.#spreadBudget(granted)
    this.#tellGranules(granted)
    for (let output = 0; output < outputs; output++) this.#tell(output, faced, granted)
  }

  /** The shares where the budget binds; else whatever granules give, those asleep included. */
  #spreadBudget(granted: CabinetGrants): void {
    const { budget_kW, cap_kW, outputs, power_kW } = this.#parts.problem
    let total_kW = 0
    for (let output = 0; output < outputs; output++) {
      const most_kW = Math.min(cap_kW[output] as number, granted.supply_kW[output] as number)
      this.#spread_kW[output] = most_kW
      total_kW += most_kW
    }
    granted.power_kW.set(this.#spread_kW)
    for (let output = 0; output < outputs && total_kW > budget_kW; output++) {
      granted.power_kW[output] = Math.min(power_kW[output] as number, this.#spread_kW[output] as number)
    }
  }

  #tellGranules(granted: CabinetGrants): void {
    const { problem, state } = this.#parts
    const { granules, joined_kW, outputs, owner } = problem
    for (let granule = 0; granule < granules; granule++) {
      const output = state.outputOf(granule)
      const isAwake = output >= 0 && owner[granule] !== -1
      granted.output[granule] = output
      granted.awake[granule] = isAwake ? 1 : 0
      if (!isAwake) continue
      granted.granules[output] = (granted.granules[output] as number) + 1
      const adds_kW = joined_kW[granule * outputs + output] as number
      granted.spareBelow_kW[output] = Math.min(granted.spareBelow_kW[output] as number, adds_kW)
    }
  }

  #tell(output: number, faced: CabinetRequests, granted: CabinetGrants): void {
    const power_kW = granted.power_kW[output] as number
    const supply_kW = granted.supply_kW[output] as number
    const least_kW = granted.spareBelow_kW[output] as number
    const boundBy = this.#why.of(output, faced, power_kW, supply_kW)
    granted.boundBy[output] = boundBy
    granted.wantsAbove_kW[output] = boundBy === Because.request ? supply_kW : Number.POSITIVE_INFINITY
    granted.spareBelow_kW[output] = least_kW === Number.POSITIVE_INFINITY ? 0 : Math.max(0, supply_kW - least_kW)
  }

  #askAgain_s({ now_s }: CabinetRequests, granted: CabinetGrants): number {
    const { problem, state } = this.#parts
    let ask_s = Number.POSITIVE_INFINITY
    for (let output = 0; output < problem.outputs; output++) {
      const off_s = state.offUntil_s(output)
      if (problem.asks[output] === 1 && off_s > now_s) ask_s = Math.min(ask_s, off_s)
    }
    const isShort = this.#isAnyShort(granted)
    for (let granule = 0; granule < problem.granules; granule++) {
      if (state.outputOf(granule) < 0) continue
      if (state.readyAt_s(granule) > now_s) ask_s = Math.min(ask_s, state.readyAt_s(granule))
      else if (isShort && state.heldUntil_s(granule) > now_s) ask_s = Math.min(ask_s, state.heldUntil_s(granule))
    }
    return ask_s
  }

  /** Whether some output would use more granules if it had them. */
  #isAnyShort(granted: CabinetGrants): boolean {
    const { asks, cap_kW, outputs } = this.#parts.problem
    for (let output = 0; output < outputs; output++) {
      if (asks[output] === 1 && compare(granted.power_kW[output] as number, cap_kW[output] as number) < 0) return true
    }
    return false
  }
}
