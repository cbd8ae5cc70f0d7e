import type { Plant } from '../plant/index.ts'
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

  /** Writes bottleneck and share of the listed charging slots below a node, from the envelopes as they are now. */
  allocate(node: number): void {
    const { charging, chargingCount, envelope_kW, weight, bottleneck, share_frac } = this.#plant
    const { level, stoppedBy } = this.#levels
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      level[slot] = (envelope_kW[slot] as number) / (weight[slot] as number)
    }
    this.#levels.rise(node)
    const weights = this.#weights
    const end = this.#plant.network.nodeEnd[node] as number
    for (let n = node; n < end; n++) weights[n] = 0
    let sharing = 0
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const by = stoppedBy[slot] as number
      bottleneck[slot] = by
      if (by < 0) continue
      weights[by] = (weights[by] as number) + (weight[slot] as number)
      sharing++
    }
    for (let i = 0; sharing > 0; i++) {
      const slot = charging[i] as number
      const by = bottleneck[slot] as number
      if (by < 0) continue
      share_frac[slot] = (weight[slot] as number) / (weights[by] as number)
      sharing--
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
    for (let i = 0; i < plant.chargingCount; i++) this.#levels.level[plant.charging[i] as number] = 1
    this.#levels.rise(node)
    for (let i = 0; i < plant.chargingCount; i++) {
      const slot = plant.charging[i] as number
      const by = this.#levels.stoppedBy[slot] as number
      plant.bottleneck[slot] = by
      const allowed_kW = (this.#levels.level[slot] as number) * (plant.weight[slot] as number)
      plant.allowance_kW[slot] = by < 0 ? Number.POSITIVE_INFINITY : allowed_kW
    }
  }
}
