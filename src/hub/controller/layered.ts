import type { Plant } from '../plant/index.ts'
import { Levels } from './levels.ts'
import { sortByRank } from './rank-order.ts'

/** Says which slots are served together: writes the layer of each listed charging slot into `plant.layer`. */
export interface Layering {
  assign(node: number, order: Int32Array): void
}

/** Slots of equal rank are a layer. */
export class RankLayers implements Layering {
  readonly #plant: Plant

  constructor(plant: Plant) {
    this.#plant = plant
  }

  assign(_node: number, order: Int32Array): void {
    const { layer, rank, chargingCount } = this.#plant
    let number = 0
    for (let i = 0; i < chargingCount; i++) {
      const slot = order[i] as number
      if (i > 0 && rank[slot] !== rank[order[i - 1] as number]) number++
      layer[slot] = number
    }
  }
}

/** Slots whose floors fit, one after the other by rank, are the first layer; each of the others is a layer of its own. */
export class FloorLayers implements Layering {
  readonly #plant: Plant
  readonly #floor_kW: number
  readonly #left_kW: Float64Array

  constructor(plant: Plant, floor_kW: number) {
    this.#plant = plant
    this.#floor_kW = floor_kW
    this.#left_kW = plant.scratch.f64(plant.network.nodes)
  }

  assign(node: number, order: Int32Array): void {
    const { layer, chargingCount, envelope_kW, network } = this.#plant
    const end = network.nodeEnd[node] as number
    for (let n = node; n < end; n++) this.#left_kW[n] = network.capacity_kW[n] as number
    let number = 0
    for (let i = 0; i < chargingCount; i++) {
      const slot = order[i] as number
      // Who cannot draw anything needs no floor.
      layer[slot] = envelope_kW[slot] === 0 || this.#reserve(slot, node) ? 0 : ++number
    }
  }

  #reserve(slot: number, top: number): boolean {
    const { parent, nodeOfSlot } = this.#plant.network
    for (let n = nodeOfSlot[slot] as number; n >= top; n = parent[n] as number) {
      if ((this.#left_kW[n] as number) < this.#floor_kW) return false
    }
    for (let n = nodeOfSlot[slot] as number; n >= top; n = parent[n] as number) {
      this.#left_kW[n] = (this.#left_kW[n] as number) - this.#floor_kW
    }
    return true
  }
}

/** Layer after layer gets what those before it left; inside a layer weighted max-min on what vehicles can draw. */
export class LayeredShare {
  readonly #plant: Plant
  readonly #layering: Layering
  readonly #levels: Levels
  /** By node: what is left of its capacity, whether a layer has filled it, weights of those who share its rest. */
  readonly #left_kW: Float64Array
  readonly #full: Uint8Array
  readonly #weights: Float64Array
  readonly #order: Int32Array
  /** Slots of the layer at work that still find something, in the order of slots. */
  readonly #rising: Int32Array
  #risingCount = 0

  constructor(plant: Plant, layering: Layering) {
    const { nodes, slots } = plant.network
    this.#plant = plant
    this.#layering = layering
    this.#left_kW = plant.scratch.f64(nodes)
    this.#levels = new Levels(plant, this.#left_kW)
    this.#full = new Uint8Array(nodes)
    this.#weights = plant.scratch.f64(nodes)
    this.#order = plant.scratch.i32(slots)
    this.#rising = plant.scratch.i32(slots)
  }

  /** Writes bottleneck and share of the listed charging slots below a node, from the envelopes as they are now. */
  allocate(node: number): void {
    const plant = this.#plant
    const end = plant.network.nodeEnd[node] as number
    for (let n = node; n < end; n++) {
      this.#left_kW[n] = plant.network.capacity_kW[n] as number
      this.#full[n] = 0
    }
    sortByRank(plant, this.#order)
    this.#layering.assign(node, this.#order)
    for (let number = 0, done = 0; done < plant.chargingCount; number++) done += this.#serve(number, node)
  }

  /** Serves a layer; answers how many slots it has. */
  #serve(number: number, top: number): number {
    const { charging, chargingCount, layer } = this.#plant
    let count = 0
    this.#risingCount = 0
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      if (layer[slot] !== number) continue
      count++
      this.#enter(slot, top)
    }
    this.#levels.rise(top, this.#rising, this.#risingCount)
    this.#take(top)
    return count
  }

  /** A slot below a node that an earlier layer filled gets nothing; the others rise. */
  #enter(slot: number, top: number): void {
    const plant = this.#plant
    const { parent, nodeOfSlot } = plant.network
    let filled = -1
    for (let n = nodeOfSlot[slot] as number; n >= top; n = parent[n] as number) if (this.#full[n] === 1) filled = n
    // Who cannot draw anything is not held back by a full node.
    if (filled >= 0 && plant.envelope_kW[slot] !== 0) {
      plant.bottleneck[slot] = filled
      plant.share_frac[slot] = 0
      return
    }
    this.#levels.level[slot] = (plant.envelope_kW[slot] as number) / (plant.weight[slot] as number)
    this.#rising[this.#risingCount++] = slot
  }

  /** Takes what the rising slots got off what is left, and shares the rests of the nodes that stopped them. */
  #take(top: number): void {
    const { weight, bottleneck, share_frac } = this.#plant
    const { level, stoppedBy } = this.#levels
    for (let i = 0; i < this.#risingCount; i++) this.#weights[stoppedBy[this.#rising[i] as number] as number] = 0
    for (let i = 0; i < this.#risingCount; i++) {
      const slot = this.#rising[i] as number
      const by = stoppedBy[slot] as number
      bottleneck[slot] = by
      this.#pass(slot, (weight[slot] as number) * (level[slot] as number), top)
      if (by < 0) continue
      this.#full[by] = 1
      this.#weights[by] = (this.#weights[by] as number) + (weight[slot] as number)
    }
    for (let i = 0; i < this.#risingCount; i++) {
      const slot = this.#rising[i] as number
      const by = bottleneck[slot] as number
      if (by >= 0) share_frac[slot] = (weight[slot] as number) / (this.#weights[by] as number)
    }
  }

  #pass(slot: number, power_kW: number, top: number): void {
    const { parent, nodeOfSlot } = this.#plant.network
    for (let n = nodeOfSlot[slot] as number; n >= top; n = parent[n] as number) {
      this.#left_kW[n] = Math.max(0, (this.#left_kW[n] as number) - power_kW)
    }
  }
}
