import { altitudeShare, tableShare } from './derating.ts'
import { deratedShare, modulePower_kW, nextMode, outputPower_kW } from './module.ts'
import type { CabinetParameters, ModuleParameters } from './parameters.ts'
import type { AllocationPolicy } from './policy.ts'
import type { CabinetRequests } from './requests.ts'
import { compare } from './sharing/aim.ts'
import type { SharingProblem } from './sharing/problem.ts'
import type { CabinetState } from './state.ts'
import type { Wiring } from './wiring.ts'

/** Turns what a cabinet is faced with, and the state it is in, into a problem of sharing. */
export class Situation {
  /** By output: 1 where power is asked for at a voltage some module gives. */
  readonly wants: Uint8Array
  /** By output: what it can carry at its voltage. */
  readonly carries_kW: Float64Array
  /** What an equal part is, Infinity where the policy has none. */
  part_kW = Number.POSITIVE_INFINITY
  /** By module: share of its rated power in these surroundings, and with its own faults. */
  readonly around_frac: Float64Array
  readonly share_frac: Float64Array
  readonly #cabinet: CabinetParameters
  readonly #policy: AllocationPolicy
  readonly #wiring: Wiring
  readonly #problem: SharingProblem
  readonly #state: CabinetState
  readonly #halved: ModuleParameters | undefined
  #cabinet_frac = 1
  #ambient_degC = Number.NaN
  #altitude_m = Number.NaN
  readonly #order: Int16Array
  /** What the columns of the problem were computed with. */
  readonly #usedVoltage_V: Float64Array
  readonly #usedMode: Uint8Array
  readonly #usedShares: Float64Array
  #sharesVersion = 0
  /** The one kind of module of a cabinet without a bus, and what it gave to each output; undefined: there are several kinds. */
  readonly #only: ModuleParameters | undefined
  readonly #usedPower_kW: Float64Array

  constructor(cabinet: CabinetParameters, policy: AllocationPolicy, parts: Parts) {
    this.#cabinet = cabinet
    this.#policy = policy
    this.#wiring = parts.wiring
    this.#problem = parts.problem
    this.#state = parts.state
    this.#halved = cabinet.modules.find(({ halves }) => halves !== null)
    this.wants = new Uint8Array(cabinet.outputs.length)
    this.carries_kW = new Float64Array(cabinet.outputs.length)
    this.around_frac = new Float64Array(cabinet.modules.length)
    this.share_frac = new Float64Array(cabinet.modules.length)
    this.#problem.partner.set(this.#wiring.partner)
    this.#order = Int16Array.from(cabinet.outputs, (_, output) => output)
    this.#usedVoltage_V = new Float64Array(cabinet.outputs.length)
    this.#usedMode = new Uint8Array(cabinet.outputs.length)
    this.#usedShares = new Float64Array(cabinet.outputs.length).fill(-1)
    const [first] = cabinet.modules
    this.#only =
      cabinet.matrix.kind !== 'bus' && cabinet.modules.every((module) => module === first) ? first : undefined
    this.#usedPower_kW = new Float64Array(cabinet.outputs.length).fill(-1)
  }

  read(faced: CabinetRequests): void {
    this.#derate(faced)
    for (let output = 0; output < this.wants.length; output++) this.#look(faced, output)
    this.#rank(faced)
    this.#admit()
    this.#limit(faced)
    for (let output = 0; output < this.wants.length; output++) this.#contribute(faced, output)
    this.#fix(faced.now_s)
  }

  #derate({ ambient_degC, altitude_m, health_frac }: CabinetRequests): void {
    if (ambient_degC !== this.#ambient_degC || altitude_m !== this.#altitude_m) {
      this.#ambient_degC = ambient_degC
      this.#altitude_m = altitude_m
      const { altitude, derating, modules } = this.#cabinet
      const around = { ambient_degC, altitude_m }
      this.#cabinet_frac = tableShare(derating, ambient_degC) * altitudeShare(altitude, altitude_m)
      for (let at = 0; at < modules.length; at++) this.around_frac[at] = deratedShare(this.#cabinet, at, around)
    }
    let changed = false
    for (let module = 0; module < this.share_frac.length; module++) {
      const share_frac = (this.around_frac[module] as number) * (health_frac[module] as number)
      if (share_frac !== this.share_frac[module]) changed = true
      this.share_frac[module] = share_frac
    }
    if (changed) this.#sharesVersion++
  }

  /** Whether an output takes part, and in which mode; a change while it charges puts it off for a while. */
  #look({ demand_kW, voltage_V, now_s }: CabinetRequests, output: number): void {
    const asked_V = voltage_V[output] as number
    const wanted = (demand_kW[output] as number) > 0
    const before = this.#state.isInSeries(output)
    if (wanted && this.#halved !== undefined) {
      const inSeries = nextMode(this.#halved, before ? 'series' : 'parallel', asked_V) === 'series'
      this.#state.setInSeries(output, inSeries)
      if (inSeries !== before && this.#state.wasServed(output)) this.#changeOver(output, now_s)
    }
    this.wants[output] = wanted && this.#isInWindow(output, asked_V) ? 1 : 0
    this.#state.setServed(output, this.wants[output] === 1)
    if (!wanted) this.#state.setInSeries(output, false)
    this.carries_kW[output] = outputPower_kW(this.#cabinet, output, asked_V)
  }

  #changeOver(output: number, now_s: number): void {
    this.#state.setOffUntil(output, now_s + (this.#halved?.halves?.off_s ?? 0))
    for (let granule = 0; granule < this.#wiring.granules; granule++) {
      if (this.#state.outputOf(granule) !== output) continue
      const ready_s = this.#state.readyAt_s(granule)
      this.#state.hold(granule, ready_s, ready_s)
    }
  }

  #isInWindow(output: number, voltage_V: number): boolean {
    const mode = this.#state.isInSeries(output) ? 'series' : 'parallel'
    for (let module = 0; module < this.#cabinet.modules.length; module++) {
      const own = this.#cabinet.modules[module]
      if (own !== undefined && modulePower_kW(own, mode, voltage_V) > 0) return true
    }
    return false
  }

  /** Places in the order, by insertion into that of the last time: it changes little. */
  #rank(faced: CabinetRequests): void {
    const { rank } = this.#problem
    for (let at = 1; at < this.#order.length; at++) {
      const output = this.#order[at] as number
      let place = at
      while (place > 0 && this.#isBefore(faced, output, this.#order[place - 1] as number)) {
        this.#order[place] = this.#order[place - 1] as number
        place--
      }
      this.#order[place] = output
    }
    for (let place = 0; place < this.#order.length; place++) rank[this.#order[place] as number] = place
  }

  #isBefore(faced: CabinetRequests, one: number, other: number): boolean {
    if (this.wants[one] !== this.wants[other]) return this.wants[one] === 1
    const key = this.#key(faced, one) - this.#key(faced, other)
    if (key !== 0) return key < 0
    const arrived = (faced.arrived_s[one] as number) - (faced.arrived_s[other] as number)
    return arrived !== 0 ? arrived < 0 : one < other
  }

  #key(faced: CabinetRequests, output: number): number {
    const { order } = this.#policy
    if (order === 'priority') return -(faced.priority[output] as number)
    if (order === 'departure') return faced.departs_s[output] as number
    return order === 'remaining' ? (faced.remaining_kWh[output] as number) : 0
  }

  #admit(): void {
    const { asks, outputs, rank } = this.#problem
    for (let output = 0; output < outputs; output++) {
      const isServed = this.wants[output] === 1 && (rank[output] as number) < this.#policy.atOnce
      asks[output] = isServed ? 1 : 0
    }
  }

  #limit({ budget_kW, demand_kW, least_kW, weight }: CabinetRequests): void {
    const problem = this.#problem
    problem.budget_kW = Math.min(budget_kW, this.#cabinet.maxPower_kW * this.#cabinet_frac)
    this.part_kW = this.#policy.equalParts ? this.#equalPart_kW() : Number.POSITIVE_INFINITY
    for (let output = 0; output < problem.outputs; output++) {
      const demand = demand_kW[output] as number
      problem.demand_kW[output] = demand
      problem.cap_kW[output] = Math.min(demand, this.carries_kW[output] as number, this.part_kW)
      const floor_kW = Math.max(this.#policy.floor_kW, least_kW[output] as number)
      problem.floor_kW[output] = this.#policy.floor_kW > 0 ? floor_kW : 0
      problem.weight[output] = weight[output] as number
    }
  }

  #equalPart_kW(): number {
    let total_kW = 0
    let count = 0
    for (let module = 0; module < this.share_frac.length; module++) {
      total_kW += (this.share_frac[module] as number) * (this.#cabinet.modules[module]?.power_kW ?? 0)
    }
    for (let output = 0; output < this.#problem.outputs; output++) count += this.#problem.asks[output] as number
    return Math.min(total_kW, this.#problem.budget_kW) / count
  }

  /** What each granule adds to an output; computed anew only when voltage, mode or modules have changed. */
  #contribute({ voltage_V }: CabinetRequests, output: number): void {
    const asked_V = voltage_V[output] as number
    const inSeries = this.#state.isInSeries(output)
    const mode = inSeries ? 1 : 0
    const isAsBefore = this.#usedVoltage_V[output] === asked_V && this.#usedMode[output] === mode
    const haveOtherShares = this.#usedShares[output] !== this.#sharesVersion
    if (isAsBefore && !haveOtherShares) return
    const givesAsBefore = this.#givesAsBefore(output, asked_V)
    const isOtherMode = this.#usedMode[output] !== mode
    this.#usedVoltage_V[output] = asked_V
    this.#usedMode[output] = mode
    this.#usedShares[output] = this.#sharesVersion
    if (givesAsBefore && !isOtherMode && !haveOtherShares) return
    for (let granule = 0; granule < this.#wiring.granules; granule++) this.#add(granule, output, asked_V)
    this.#problem.liken(output)
  }

  /** Over a wide range of voltages modules give the same. */
  #givesAsBefore(output: number, voltage_V: number): boolean {
    if (this.#only === undefined) return false
    const power_kW = modulePower_kW(this.#only, this.#state.isInSeries(output) ? 'series' : 'parallel', voltage_V)
    const isSame = this.#usedPower_kW[output] === power_kW
    this.#usedPower_kW[output] = power_kW
    return isSame
  }

  #add(granule: number, output: number, voltage_V: number): void {
    const { alone_kW, joined_kW, outputs } = this.#problem
    const at = this.#wiring.moduleOf[granule] as number
    const module = this.#cabinet.modules[at]
    const reach = this.#wiring.reach[granule * outputs + output] as number
    if (module === undefined || reach === 0) return
    const inSeries = this.#state.isInSeries(output)
    const mode = inSeries ? 'series' : 'parallel'
    const isBus = this.#cabinet.matrix.kind === 'bus'
    const full_kW = isBus ? module.power_kW : modulePower_kW(module, mode, voltage_V)
    const parts = this.#wiring.parts[granule] as number
    const adds_kW = (full_kW * (this.share_frac[at] as number)) / parts
    const needsBoth = reach === 2 || (inSeries && parts === 2)
    joined_kW[granule * outputs + output] = adds_kW
    alone_kW[granule * outputs + output] = needsBoth ? 0 : adds_kW
  }

  /** Granules that stay whatever others want: those held, then those on their way, as far as their output needs them. */
  #fix(now_s: number): void {
    const { fixed, at, granules, asks } = this.#problem
    for (let granule = 0; granule < granules; granule++) {
      const planned = this.#state.plannedFor(granule)
      const output = planned >= 0 && asks[planned] === 1 ? planned : this.#state.outputOf(granule)
      at[granule] = output >= 0 && asks[output] === 1 ? output : -1
      fixed[granule] = -1
    }
    for (let granule = 0; granule < granules; granule++) {
      const isReady = this.#state.readyAt_s(granule) <= now_s
      if (isReady && this.#state.heldUntil_s(granule) > now_s) this.#fixNeeded(granule)
    }
    for (let granule = 0; granule < granules; granule++) {
      const ready_s = this.#state.readyAt_s(granule)
      const isLent = this.#state.heldUntil_s(granule) < ready_s
      if (ready_s > now_s && !isLent) this.#fixNeeded(granule)
    }
  }

  #fixOne(granule: number): void {
    const { alone_kW, at, fixed, joined_kW, outputs, partner } = this.#problem
    const output = at[granule] as number
    if (output < 0) return
    const own = granule * outputs + output
    const other = partner[granule] as number
    const isWhole = other >= 0 && at[other] === output && (joined_kW[own] as number) > 0
    if ((alone_kW[own] as number) > 0 || isWhole) fixed[granule] = output
    if (isWhole && (alone_kW[own] as number) === 0) fixed[other] = output
  }

  #fixNeeded(granule: number): void {
    const { at, cap_kW, fixed } = this.#problem
    const output = at[granule] as number
    if (output < 0 || (fixed[granule] as number) >= 0) return
    if (compare(this.#fixed_kW(output), cap_kW[output] as number) < 0) this.#fixOne(granule)
  }

  #fixed_kW(output: number): number {
    const { fixed, granules, joined_kW, outputs } = this.#problem
    let sum_kW = 0
    for (let granule = 0; granule < granules; granule++) {
      if (fixed[granule] === output) sum_kW += joined_kW[granule * outputs + output] as number
    }
    return sum_kW
  }
}

export interface Parts {
  readonly wiring: Wiring
  readonly problem: SharingProblem
  readonly state: CabinetState
}
