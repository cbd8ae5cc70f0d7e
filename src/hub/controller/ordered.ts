import type { Plant } from '../plant/index.ts'

/** One after the other by rank, then by slot: each gets all it can draw of what those before it left. */
export class OrderedShare {
  readonly #plant: Plant
  readonly #order: Int32Array
  readonly #left_kW: Float64Array
  readonly #given: Uint8Array

  constructor(plant: Plant) {
    this.#plant = plant
    this.#order = new Int32Array(plant.network.slots)
    this.#left_kW = new Float64Array(plant.network.nodes)
    this.#given = new Uint8Array(plant.network.nodes)
  }

  /**
   * Writes bottleneck and share of every charging slot below a node. The first slot that finds a node exhausted has its
   * whole rest, those behind it a share of 0.
   */
  allocate(node: number): void {
    const { nodeEnd, capacity_kW } = this.#plant.network
    for (let n = node; n < (nodeEnd[node] as number); n++) {
      this.#left_kW[n] = capacity_kW[n] as number
      this.#given[n] = 0
    }
    const count = this.#sort(node)
    for (let i = 0; i < count; i++) this.#serve(this.#order[i] as number, node)
  }

  /** Charging slots below the node in their order; returns how many. */
  #sort(node: number): number {
    const plant = this.#plant
    const { firstSlot, slotEnd } = plant.network
    const { rank } = plant
    const order = this.#order
    let count = 0
    for (let slot = firstSlot[node] as number; slot < (slotEnd[node] as number); slot++) {
      if (!plant.charges(slot)) continue
      let at = count++
      while (at > 0 && (rank[order[at - 1] as number] as number) > (rank[slot] as number)) {
        order[at] = order[at - 1] as number
        at--
      }
      order[at] = slot
    }
    return count
  }

  #serve(slot: number, top: number): void {
    const plant = this.#plant
    const { parent, nodeOfSlot } = plant.network
    const envelope_kW = plant.envelope_kW[slot] as number
    let tightest = -1
    let given_kW = envelope_kW
    for (let n = nodeOfSlot[slot] as number; n >= top; n = parent[n] as number) {
      const left_kW = this.#left_kW[n] as number
      if (left_kW >= given_kW) continue
      given_kW = left_kW
      tightest = n
    }
    plant.bottleneck[slot] = tightest
    if (tightest >= 0) {
      plant.share_frac[slot] = this.#given[tightest] === 0 ? 1 : 0
      this.#given[tightest] = 1
    }
    for (let n = nodeOfSlot[slot] as number; n >= top; n = parent[n] as number) {
      this.#left_kW[n] = (this.#left_kW[n] as number) - given_kW
    }
  }
}
