import { Mode, type Plant } from '../plant/index.ts'
import { Levels } from './levels.ts'

/** Weighted max-min on what vehicles can draw: none can gain without one at a lower level losing. */
export class FairShare {
  readonly #plant: Plant
  readonly #levels: Levels
  readonly #weights: Float64Array

  constructor(plant: Plant) {
    this.#plant = plant
    this.#levels = new Levels(plant)
    this.#weights = new Float64Array(plant.network.nodes)
  }

  /** Writes bottleneck and share of every charging slot below a node, from the envelopes as they are now. */
  allocate(node: number): void {
    const plant = this.#plant
    const { firstSlot, slotEnd, nodeEnd } = plant.network
    const first = firstSlot[node] as number
    const end = slotEnd[node] as number
    for (let slot = first; slot < end; slot++) {
      const level = (plant.envelope_kW[slot] as number) / (plant.weight[slot] as number)
      this.#levels.level[slot] = plant.charges(slot) ? level : -1
    }
    this.#levels.rise(node)
    this.#weights.fill(0, node, nodeEnd[node] as number)
    for (let slot = first; slot < end; slot++) {
      const by = plant.charges(slot) ? (this.#levels.stoppedBy[slot] as number) : -1
      plant.bottleneck[slot] = by
      if (by >= 0) this.#weights[by] = (this.#weights[by] as number) + (plant.weight[slot] as number)
    }
    for (let slot = first; slot < end; slot++) {
      const by = plant.bottleneck[slot] as number
      if (by >= 0) plant.share_frac[slot] = (plant.weight[slot] as number) / (this.#weights[by] as number)
    }
  }
}

/**
 * The naive reference: every occupied place is allowed a part of each limit by its rating, whether its vehicle can draw
 * it or not. Writes allowances instead of shares.
 */
export class RatingShare {
  readonly #plant: Plant
  readonly #levels: Levels

  constructor(plant: Plant) {
    this.#plant = plant
    this.#levels = new Levels(plant)
  }

  allocate(node: number): void {
    const plant = this.#plant
    const { firstSlot, slotEnd } = plant.network
    const first = firstSlot[node] as number
    const end = slotEnd[node] as number
    for (let slot = first; slot < end; slot++) this.#levels.level[slot] = plant.mode[slot] === Mode.empty ? -1 : 1
    this.#levels.rise(node)
    for (let slot = first; slot < end; slot++) {
      const by = this.#levels.stoppedBy[slot] as number
      plant.bottleneck[slot] = by
      const allowed_kW = (this.#levels.level[slot] as number) * (plant.weight[slot] as number)
      plant.allowance_kW[slot] = by < 0 ? Number.POSITIVE_INFINITY : allowed_kW
    }
  }
}
