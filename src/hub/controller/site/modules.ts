import type { Network } from '../../plant/index.ts'
import type { HubDescription, ModuleSet } from './description.ts'

const WATTS_PER_KW = 1000
/** An EVSE that holds a module keeps it unless another one's need of it is greater by this part of a module. */
const KEEP_frac = 0.5
/** Power beyond whole modules that is not worth another one. */
const SLIVER_frac = 0.02

/**
 * Cuts what EVSEs of one cabinet are to have to whole power modules: each of them serves one EVSE. Modules go to whole
 * parts first, then one by one to the greatest remainder, holders before others.
 */
export class Modules {
  readonly #network: Network
  readonly #cabinets: readonly { readonly node: number; readonly set: ModuleSet }[]
  readonly #held: Int32Array
  readonly #remainder: Float64Array

  constructor(network: Network, hub: HubDescription, held: Int32Array) {
    this.#network = network
    this.#held = held
    this.#remainder = new Float64Array(network.slots)
    this.#cabinets = [...network.modelNode].flatMap((at, node) => {
      const set = hub.nodes[at]?.modules
      return set === undefined ? [] : [{ node, set }]
    })
  }

  get none(): boolean {
    return this.#cabinets.length === 0
  }

  /**
   * Caps `most_kW` of every EVSE whose cabinet has too few modules for the shares `power_kW`. Answers whether any was. NaN
   * as a voltage: modules give their rated power.
   */
  cap(power_kW: Float64Array, most_kW: Float64Array, voltage_V: Float64Array): boolean {
    let any = false
    for (let i = 0; i < this.#cabinets.length; i++) {
      const cabinet = this.#cabinets[i]
      if (cabinet !== undefined && this.#capCabinet(cabinet.node, cabinet.set, power_kW, voltage_V)) {
        any = true
        this.#apply(cabinet.node, cabinet.set, most_kW, voltage_V)
      }
    }
    return any
  }

  #capCabinet(node: number, set: ModuleSet, power_kW: Float64Array, voltage_V: Float64Array): boolean {
    const { firstSlot, slotEnd } = this.#network
    const first = firstSlot[node] as number
    const end = slotEnd[node] as number
    let left = set.count
    let wanted = 0
    for (let slot = first; slot < end; slot++) {
      const parts = (power_kW[slot] as number) / one_kW(set, voltage_V[slot] as number)
      const whole = Math.floor(parts + SLIVER_frac)
      const rest = Math.max(0, parts - whole)
      const keeps = (this.#held[slot] as number) > whole ? KEEP_frac : 0
      if (rest > SLIVER_frac) wanted++
      this.#remainder[slot] = rest > SLIVER_frac ? rest + keeps : 0
      this.#held[slot] = whole
      left -= whole
    }
    const scarce = wanted > left
    for (; left < 0; left++) this.#takeOne(first, end)
    for (let i = 0; i < Math.min(left, wanted); i++) this.#giveOne(first, end)
    return scarce
  }

  /** At low voltage whole parts can be more modules than there are: the one with the most gives one back. */
  #takeOne(first: number, end: number): void {
    let most = first
    for (let slot = first + 1; slot < end; slot++) {
      if ((this.#held[slot] as number) > (this.#held[most] as number)) most = slot
    }
    this.#held[most] = (this.#held[most] as number) - 1
  }

  #giveOne(first: number, end: number): void {
    let best = first
    for (let slot = first + 1; slot < end; slot++) {
      if ((this.#remainder[slot] as number) > (this.#remainder[best] as number)) best = slot
    }
    this.#held[best] = (this.#held[best] as number) + 1
    this.#remainder[best] = 0
  }

  #apply(node: number, set: ModuleSet, most_kW: Float64Array, voltage_V: Float64Array): void {
    const { firstSlot, slotEnd } = this.#network
    for (let slot = firstSlot[node] as number; slot < (slotEnd[node] as number); slot++) {
      const cap_kW = (this.#held[slot] as number) * one_kW(set, voltage_V[slot] as number)
      most_kW[slot] = Math.min(most_kW[slot] as number, cap_kW)
    }
  }
}

/** What one module gives at a voltage. */
function one_kW({ module_kW, module_A }: ModuleSet, voltage_V: number): number {
  const byCurrent_kW = (voltage_V * module_A) / WATTS_PER_KW
  return byCurrent_kW > 0 && byCurrent_kW < module_kW ? byCurrent_kW : module_kW
}
