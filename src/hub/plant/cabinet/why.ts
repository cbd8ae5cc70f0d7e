import type { CabinetParameters } from './parameters.ts'
import { Because } from './reasons.ts'
import type { CabinetRequests } from './requests.ts'
import { compare } from './sharing/aim.ts'
import type { SharingProblem } from './sharing/problem.ts'
import type { Parts, Situation } from './situation.ts'
import type { CabinetState } from './state.ts'
import type { Wiring } from './wiring.ts'

const FULL_SHARE = 1 - 1e-9

/** Says for each output what decides its power. */
export class Why {
  readonly #cabinet: CabinetParameters
  readonly #situation: Situation
  readonly #problem: SharingProblem
  readonly #state: CabinetState
  readonly #wiring: Wiring

  constructor(cabinet: CabinetParameters, situation: Situation, parts: Parts) {
    this.#cabinet = cabinet
    this.#situation = situation
    this.#problem = parts.problem
    this.#state = parts.state
    this.#wiring = parts.wiring
  }

  /** Index into `sharingReasons`; `power_kW` is what the output has, `supply_kW` what its granules give by now. */
  of(output: number, faced: CabinetRequests, power_kW: number, supply_kW: number): number {
    const demand_kW = faced.demand_kW[output] as number
    if (demand_kW <= 0) return Because.nothing
    if (this.#situation.wants[output] === 0) return Because.voltage
    if (this.#problem.asks[output] === 0) return Because.policy
    if (compare(power_kW, demand_kW) >= 0) return Because.request
    if (this.#waits(output, faced.now_s, power_kW, supply_kW)) return Because.move
    if (compare(power_kW, this.#situation.carries_kW[output] as number) >= 0) return Because.output
    if (compare(power_kW, this.#situation.part_kW) >= 0) return Because.policy
    if (this.#cabinet.matrix.kind === 'bus') return this.#whyPool()
    if (compare(power_kW, supply_kW) < 0) return Because.power
    return this.#whyNoMore(output, faced.now_s)
  }

  /** It has less than its part because granules are on their way, put off, or its halves change over. */
  #waits(output: number, now_s: number, power_kW: number, supply_kW: number): boolean {
    if (this.#state.offUntil_s(output) > now_s) return true
    const target_kW = this.#problem.power_kW[output] as number
    return compare(power_kW, target_kW) < 0 && compare(power_kW, supply_kW) >= 0
  }

  #whyPool(): number {
    if (compare(this.#problem.total_kW(), this.#problem.budget_kW) >= 0) return Because.power
    return this.#whyWeak()
  }

  /** Why the output gets no further granule. */
  #whyNoMore(output: number, now_s: number): number {
    let [idle, idleInReach, heldByOthers, elsewhereInReach, outOfReach] = [0, 0, 0, 0, 0]
    const { fixed, granules, joined_kW, outputs, owner } = this.#problem
    for (let granule = 0; granule < granules; granule++) {
      const holder = owner[granule] as number
      if (holder === output || this.#share(granule) === 0) continue
      const inReach = (joined_kW[granule * outputs + output] as number) > 0
      if (!inReach) outOfReach++
      else if (holder < 0) idleInReach++
      else elsewhereInReach++
      if (holder < 0) idle++
      const isHeld = inReach && holder >= 0 && (fixed[granule] as number) >= 0
      if (isHeld && this.#state.heldUntil_s(granule) > now_s) heldByOthers++
    }
    if (idleInReach > 0) return this.#cabinet.matrix.kind === 'ring' ? Because.matrix : Because.halves
    if (idle > 0 || (elsewhereInReach === 0 && outOfReach > 0)) return Because.matrix
    return heldByOthers > 0 ? Because.hold : this.#whyWeak()
  }

  #share(granule: number): number {
    return this.#situation.share_frac[this.#wiring.moduleOf[granule] as number] as number
  }

  #whyWeak(): number {
    const { around_frac, share_frac } = this.#situation
    let isDerated = false
    for (let module = 0; module < share_frac.length; module++) {
      if ((share_frac[module] as number) < (around_frac[module] as number) * FULL_SHARE) return Because.fault
      if ((around_frac[module] as number) < FULL_SHARE) isDerated = true
    }
    return isDerated ? Because.derating : Because.modules
  }
}
