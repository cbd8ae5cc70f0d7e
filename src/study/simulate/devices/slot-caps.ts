import type { GovernedHub } from '../governor.ts'

/** Several who limit the same slots, each by a cap of its own: the tightest holds. */
export class SlotCaps {
  readonly #hub: GovernedHub
  readonly #layers: number
  /** By slot and layer: `slot * layers + layer`. */
  readonly #cap_kW: Float64Array
  readonly #source: Int32Array

  /** Told of layers that allow a slot more than they did. */
  readonly #raised: (layer: number, slot: number, cap_kW: number) => void

  constructor(hub: GovernedHub, layers: number, raised: (layer: number, slot: number, cap_kW: number) => void) {
    const { slots } = hub.plant.network
    this.#hub = hub
    this.#raised = raised
    this.#layers = layers
    this.#cap_kW = new Float64Array(slots * layers).fill(Number.POSITIVE_INFINITY)
    this.#source = new Int32Array(slots * layers)
  }

  /** Sets the cap of a layer and the limit source that is booked while it is the one that binds. */
  set(layer: number, slot: number, cap_kW: number, source: number): void {
    const at = slot * this.#layers + layer
    const isMore = cap_kW > (this.#cap_kW[at] as number)
    this.#cap_kW[at] = cap_kW
    this.#source[at] = source
    this.tell(slot)
    if (isMore) this.#raised(layer, slot, cap_kW)
  }

  /** Lets the tightest cap of a slot hold. */
  tell(slot: number): void {
    let tightest = slot * this.#layers
    for (let other = tightest + 1; other < (slot + 1) * this.#layers; other++) {
      if ((this.#cap_kW[other] as number) < (this.#cap_kW[tightest] as number)) tightest = other
    }
    this.#hub.setAllowance(slot, this.#cap_kW[tightest] as number, this.#source[tightest] as number)
  }

  /** Takes the cap of a layer away; the slot is told at the next `set`. */
  lift(layer: number, slot: number): void {
    this.#cap_kW[slot * this.#layers + layer] = Number.POSITIVE_INFINITY
  }

  /** What all other layers allow a slot. */
  others_kW(layer: number, slot: number): number {
    let least_kW = Number.POSITIVE_INFINITY
    for (let other = 0; other < this.#layers; other++) {
      const cap_kW = this.#cap_kW[slot * this.#layers + other] as number
      if (other !== layer && cap_kW < least_kW) least_kW = cap_kW
    }
    return least_kW
  }

  /** What layers before a layer allow a slot. */
  before_kW(layer: number, slot: number): number {
    return Math.min(...this.#cap_kW.subarray(slot * this.#layers, slot * this.#layers + layer))
  }

  /** The vehicle leaves: no cap is left. */
  clear(slot: number): void {
    this.#cap_kW.fill(Number.POSITIVE_INFINITY, slot * this.#layers, (slot + 1) * this.#layers)
  }

  snapshot(): { readonly cap_kW: Float64Array; readonly source: Int32Array } {
    return { cap_kW: this.#cap_kW.slice(), source: this.#source.slice() }
  }

  restore({ cap_kW, source }: ReturnType<SlotCaps['snapshot']>): void {
    this.#cap_kW.set(cap_kW)
    this.#source.set(source)
  }
}
