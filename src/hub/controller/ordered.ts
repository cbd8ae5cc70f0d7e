import type { Plant } from '../plant/index.ts'
import { sortByRank } from './rank-order.ts'

/**
 * Nodes left with the same are one bottleneck, the outer: a slot that shares the rest of an inner one would take what the
 * outer one owes to a slot before it. Far above rounding, below the tolerance of a crossing.
 */
const TIE_kW = 1e-10

/** One after the other by rank, then by place: each gets all it can draw of what those before it left. */
export class OrderedShare {
  readonly #plant: Plant
  readonly #order: Int32Array
  readonly #left_kW: Float64Array
  readonly #given: Uint8Array

  constructor(plant: Plant) {
    this.#plant = plant
    this.#order = plant.scratch.i32(plant.network.slots)
    this.#left_kW = plant.scratch.f64(plant.network.nodes)
    this.#given = new Uint8Array(plant.network.nodes)
  }

  /**
   * Writes bottleneck and share of the listed charging slots below a node. The first slot that finds a node exhausted has its
   * whole rest, those behind it a share of 0.
   */
  allocate(node: number): void {
    const { nodeEnd, capacity_kW } = this.#plant.network
    for (let n = node; n < (nodeEnd[node] as number); n++) {
      this.#left_kW[n] = capacity_kW[n] as number
      this.#given[n] = 0
    }
    sortByRank(this.#plant, this.#order)
    for (let i = 0; i < this.#plant.chargingCount; i++) this.#serve(this.#order[i] as number, node)
  }

  #serve(slot: number, top: number): void {
    const plant = this.#plant
    const { parent, nodeOfSlot } = plant.network
    const envelope_kW = plant.envelope_kW[slot] as number
    let tightest = -1
    let given_kW = envelope_kW
    for (let n = nodeOfSlot[slot] as number; n >= top; n = parent[n] as number) {
      const left_kW = this.#left_kW[n] as number
      if (tightest < 0 ? left_kW >= given_kW : left_kW > given_kW + TIE_kW) continue
      given_kW = Math.min(given_kW, left_kW)
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
