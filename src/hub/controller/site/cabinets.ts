import {
  type AllocationPolicy,
  allocationPolicies,
  CabinetAllocator,
  type CabinetGrants,
  type CabinetParameters,
  type CabinetRequests,
  createGrants,
  createRequests,
} from '../../plant/cabinet/index.ts'
import type { Network, StateStore } from '../../plant/index.ts'
import type { CabinetSet, HubDescription, SitePolicyName } from './description.ts'

/** Power beyond what modules give that is not worth other ones. */
const SLIVER_kW = 0.5
/** Voltages are told apart by this: what modules give changes no more with it than a sliver. */
const SAME_V = 5
const WATTS_PER_KW = 1000

/** What the shares of a moment are, by slot. */
export interface Shares {
  /** What each slot is to have by the limits of the tree, and what it has in any case. */
  readonly power_kW: Float64Array
  readonly least_kW: Float64Array
  readonly session: Int32Array
  /** As last read: who draws nothing yet needs no modules, and is not cut. */
  readonly draw_kW: Float64Array
  /** NaN: not known, then modules give their rated power. */
  readonly voltage_V: Float64Array
  readonly weight: Float64Array
  /** Lower ones come first, where the policy has an order. */
  readonly turn: Int32Array
}

/** One cabinet with what it is asked and what it answers. */
interface Cabinet {
  /** Slot of each output. */
  readonly slots: Int32Array
  readonly allocator: CabinetAllocator
  readonly faced: CabinetRequests
  readonly granted: CabinetGrants
  readonly spare_kW: number
  /** Which module has gone where, from one answer to the next. */
  readonly state: Float64Array
  /** Voltage taken where none is read. */
  readonly usual_V: number
}

/** As the policy of the site shares power, so modules are. */
function policyOf(name: SitePolicyName): AllocationPolicy {
  const isOrdered = name === 'fifo' || name === 'earliest-departure' || name === 'priority'
  return { ...allocationPolicies[isOrdered ? 'priority' : 'max-min'], hold_s: 0 }
}

/** The cabinet as it will be once modules have moved: what it can give, not when. */
function atRest(cabinet: CabinetParameters): CabinetParameters {
  const modules = cabinet.modules.map((module) => {
    return module.halves === null ? module : { ...module, halves: { ...module.halves, off_s: 0 } }
  })
  return { ...cabinet, modules, move_s: 0 }
}

/** Lowest voltage at which every module gives all it can. */
function usual_V({ modules }: CabinetParameters): number {
  const rated_V = modules.map(({ power_kW, maxCurrent_A, minVoltage_V, maxVoltage_V }) => {
    return Math.min(maxVoltage_V, Math.max(minVoltage_V, (power_kW * WATTS_PER_KW) / maxCurrent_A))
  })
  return Math.max(...rated_V)
}

/**
 * Keeps shares within what modules and matrix of each cabinet can give its EVSEs at once. Modules go by the aim of the site's policy to
 * what the tree of limits lets EVSEs have; a sharing that still does is kept.
 */
export class Cabinets {
  readonly #cabinets: readonly Cabinet[]
  /** By slot: what the modules that are meant for it give; Infinity: its cabinet is not known. */
  readonly #supply_kW: Float64Array
  /** By slot: what it was last asked about. */
  readonly #asked_kW: Float64Array
  readonly #asked_V: Float64Array
  /** By cabinet: 1, it was short in the shares at work. */
  readonly #isCut: Uint8Array

  constructor(network: Network, hub: HubDescription, store: StateStore) {
    this.#supply_kW = store.f64(network.slots).fill(Number.POSITIVE_INFINITY)
    this.#asked_kW = store.f64(network.slots)
    this.#asked_V = store.f64(network.slots)
    const policy = policyOf(hub.policy)
    this.#cabinets = hub.nodes.flatMap(({ cabinet }) => (cabinet ? [newCabinet(cabinet, policy, network, store)] : []))
    this.#isCut = new Uint8Array(this.#cabinets.length)
    for (const { slots, allocator, state } of this.#cabinets) {
      allocator.start(state, 0)
      for (const slot of slots) this.#supply_kW[slot] = 0
    }
  }

  get none(): boolean {
    return this.#cabinets.length === 0
  }

  /** Shares are about to be made anew. */
  begin(): void {
    this.#isCut.fill(0)
  }

  /**
   * Brings modules to where shares want them. Where some share of a cabinet is more than they can give, `most_kW` of all its slots is cut
   * to that and what is left beyond; answers whether any was. Such a cabinet is not looked at again before `begin`.
   */
  match(shares: Shares, most_kW: Float64Array): boolean {
    let isShort = false
    for (let i = 0; i < this.#cabinets.length; i++) {
      const cabinet = this.#cabinets[i] as Cabinet
      if (this.#isCut[i] === 1 || this.#isServed(cabinet, shares, 0)) continue
      if (this.#isNews(cabinet, shares)) this.#ask(cabinet, shares)
      if (this.#isServed(cabinet, shares, cabinet.spare_kW)) continue
      isShort = true
      this.#isCut[i] = 1
      this.#cut(cabinet, shares, most_kW)
    }
    return isShort
  }

  /** Cuts `most_kW` to what is meant for each slot, in every cabinet. */
  cutAll(shares: Shares, most_kW: Float64Array): void {
    for (let i = 0; i < this.#cabinets.length; i++) this.#cut(this.#cabinets[i] as Cabinet, shares, most_kW)
  }

  #cut({ slots, spare_kW }: Cabinet, { least_kW, draw_kW }: Shares, most_kW: Float64Array): void {
    for (let output = 0; output < slots.length; output++) {
      const slot = slots[output] as number
      if (draw_kW[slot] === 0) continue
      const own_kW = Math.max((this.#supply_kW[slot] as number) + spare_kW, least_kW[slot] as number)
      most_kW[slot] = Math.min(most_kW[slot] as number, own_kW)
    }
  }

  /** Whether no share is more than `beyond_kW` above what the modules meant for it give. */
  #isServed({ slots }: Cabinet, { power_kW, session, draw_kW, voltage_V }: Shares, beyond_kW: number): boolean {
    for (let output = 0; output < slots.length; output++) {
      const slot = slots[output] as number
      if (draw_kW[slot] === 0 || session[slot] === 0) continue
      if ((power_kW[slot] as number) > (this.#supply_kW[slot] as number) + beyond_kW + SLIVER_kW) return false
      if (this.#isElsewhere(slot, voltage_V[slot] as number)) return false
    }
    return true
  }

  /** Whether a voltage is not any more the one modules were asked for. */
  #isElsewhere(slot: number, voltage_V: number): boolean {
    return Math.abs(voltage_V - (this.#asked_V[slot] as number)) > SAME_V
  }

  /** Whether it was asked something else before. */
  #isNews({ slots }: Cabinet, { power_kW, session, draw_kW, voltage_V }: Shares): boolean {
    for (let output = 0; output < slots.length; output++) {
      const slot = slots[output] as number
      const asked_kW = session[slot] === 0 || draw_kW[slot] === 0 ? 0 : (power_kW[slot] as number)
      if (Math.abs(asked_kW - (this.#asked_kW[slot] as number)) > SLIVER_kW) return true
      if (asked_kW > 0 && this.#isElsewhere(slot, voltage_V[slot] as number)) return true
    }
    return false
  }

  #ask(cabinet: Cabinet, shares: Shares): void {
    const { slots, allocator, faced, granted, state } = cabinet
    for (let output = 0; output < slots.length; output++) {
      const slot = slots[output] as number
      const voltage_V = shares.voltage_V[slot] as number
      const isLive = shares.session[slot] !== 0 && shares.draw_kW[slot] !== 0
      const asked_kW = isLive ? (shares.power_kW[slot] as number) : 0
      faced.demand_kW[output] = asked_kW
      faced.voltage_V[output] = voltage_V > 0 ? voltage_V : cabinet.usual_V
      faced.weight[output] = shares.weight[slot] as number
      faced.priority[output] = -(shares.turn[slot] as number)
      this.#asked_kW[slot] = asked_kW
      this.#asked_V[slot] = voltage_V
    }
    allocator.allocate(state, 0, faced, granted)
    for (let output = 0; output < slots.length; output++) {
      this.#supply_kW[slots[output] as number] = granted.supply_kW[output] as number
    }
  }
}

function newCabinet(
  { parameters, evseOf, spare_kW }: CabinetSet,
  policy: AllocationPolicy,
  network: Network,
  store: StateStore,
): Cabinet {
  const cabinet = atRest(parameters)
  const allocator = new CabinetAllocator(cabinet, { policy })
  return {
    slots: Int32Array.from(evseOf, (evse) => network.slotOfPlace[evse] as number),
    allocator,
    faced: createRequests(cabinet),
    granted: createGrants(cabinet),
    spare_kW,
    state: store.f64(allocator.stateLength),
    usual_V: usual_V(cabinet),
  }
}
