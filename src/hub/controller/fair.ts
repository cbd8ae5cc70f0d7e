import { CAPACITY_kW, Mode, type Plant } from '../plant/index.ts'
import { Levels } from './levels.ts'

/** Levels closer than this in power are equal; a crossing is found beyond it. */
const SAME_kW = CAPACITY_kW / 5
/** Who could draw no more than this beyond its share draws its envelope: a limit that is just met holds nobody. */
const DUST_kW = 1e-12
/** An allocation that is not right after so many corrections is made anew. */
const MAX_CORRECTIONS = 4

/** Weighted max-min on what vehicles can draw: none can gain without one at a lower level losing. */
export class FairShare {
  readonly #plant: Plant
  readonly #levels: Levels
  /** By node: number and weights of those who share its rest, the rest and its level; load below it. */
  readonly #sharers: Int32Array
  readonly #weights: Float64Array
  readonly #rest_kW: Float64Array
  readonly #level_kW: Float64Array
  readonly #load_kW: Float64Array

  constructor(plant: Plant) {
    const { nodes } = plant.network
    this.#plant = plant
    this.#levels = new Levels(plant)
    this.#sharers = plant.scratch.i32(nodes)
    this.#weights = plant.scratch.f64(nodes)
    this.#rest_kW = plant.scratch.f64(nodes)
    this.#level_kW = plant.scratch.f64(nodes)
    this.#load_kW = plant.scratch.f64(nodes)
  }

  /** Writes bottleneck and share of the listed charging slots below a node, from the envelopes as they are now. */
  allocate(node: number): void {
    const { charging, chargingCount, envelope_kW, weight, bottleneck } = this.#plant
    const { level, stoppedBy } = this.#levels
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      level[slot] = (envelope_kW[slot] as number) / (weight[slot] as number)
    }
    this.#levels.rise(node)
    const weights = this.#weights
    const end = this.#plant.network.nodeEnd[node] as number
    for (let n = node; n < end; n++) weights[n] = 0
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const by = stoppedBy[slot] as number
      bottleneck[slot] = by
      if (by >= 0) weights[by] = (weights[by] as number) + (weight[slot] as number)
    }
    this.#writeShares()
  }

  /**
   * Starts from the bottlenecks the plant has, moves slots between their envelope and the rest of the nearest full node until
   * all are right, and answers whether that is the allocation: it is when every slot that draws its envelope is no higher
   * than the level of the full node above it, every other one could draw more, no full node is higher than one above it,
   * and no other node is overfilled.
   */
  amend(node: number): boolean {
    this.#measure(node)
    if (!this.#compare(node)) return false
    for (let correction = 0; correction < MAX_CORRECTIONS; correction++) {
      if (this.#correct() === 0) return this.#fits(node)
      if (!this.#compare(node)) return false
    }
    return false
  }

  /** Weights and rests of the full nodes below a node. */
  #measure(node: number): void {
    const { charging, chargingCount, bottleneck, under, envelope_kW, weight, saturated, over } = this.#plant
    const { nodeEnd, capacity_kW } = this.#plant.network
    const weights = this.#weights
    const sharers = this.#sharers
    const rest_kW = this.#rest_kW
    const end = nodeEnd[node] as number
    for (let n = node; n < end; n++) {
      sharers[n] = 0
      weights[n] = 0
      rest_kW[n] = capacity_kW[n] as number
    }
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const by = bottleneck[slot] as number
      if (by >= 0) {
        sharers[by] = (sharers[by] as number) + 1
        weights[by] = (weights[by] as number) + (weight[slot] as number)
      } else {
        const at = under[slot] as number
        if (at >= 0) rest_kW[at] = (rest_kW[at] as number) - (envelope_kW[slot] as number)
      }
    }
    for (let n = end - 1; n >= node; n--) {
      if (saturated[n] === 0) continue
      const above = over[n] as number
      if (above >= 0) rest_kW[above] = (rest_kW[above] as number) - (capacity_kW[n] as number)
    }
  }

  /** Levels of the full nodes below a node; false when nobody shares the rest of one, or it is overfilled, or higher than one above it. */
  #compare(node: number): boolean {
    const { saturated, over } = this.#plant
    const weights = this.#weights
    const level_kW = this.#level_kW
    const end = this.#plant.network.nodeEnd[node] as number
    for (let n = node; n < end; n++) {
      if (saturated[n] === 0) continue
      if (this.#sharers[n] === 0 || (this.#rest_kW[n] as number) < 0) return false
      level_kW[n] = (this.#rest_kW[n] as number) / (weights[n] as number)
      const above = over[n] as number
      if (above < 0) continue
      const ahead_kW = ((level_kW[n] as number) - (level_kW[above] as number)) * (weights[n] as number)
      if (ahead_kW > SAME_kW) return false
    }
    return true
  }

  /**
   * Moves slots that are on the wrong side of the level above them, and writes the shares of the others that share; answers how many
   * were moved. Then shares are not right yet.
   */
  #correct(): number {
    const { charging, chargingCount, bottleneck, under, envelope_kW, weight, share_frac } = this.#plant
    const weights = this.#weights
    let moved = 0
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const at = under[slot] as number
      if (at < 0) continue
      const by = bottleneck[slot] as number
      const share_kW = (weight[slot] as number) * (this.#level_kW[by >= 0 ? by : at] as number)
      const beyond_kW = (envelope_kW[slot] as number) - share_kW
      if (by >= 0 ? beyond_kW > DUST_kW : beyond_kW <= SAME_kW) {
        if (by >= 0) share_frac[slot] = (weight[slot] as number) / (weights[by] as number)
        continue
      }
      this.#move(slot, by, at)
      moved++
    }
    return moved
  }

  /** Lets a slot share the rest of the full node above it, or no longer share that of a node. */
  #move(slot: number, by: number, at: number): void {
    const { bottleneck, envelope_kW, weight } = this.#plant
    const node = by >= 0 ? by : at
    const sign = by >= 0 ? -1 : 1
    bottleneck[slot] = by >= 0 ? -1 : at
    this.#sharers[node] = (this.#sharers[node] as number) + sign
    this.#weights[node] = (this.#weights[node] as number) + sign * (weight[slot] as number)
    this.#rest_kW[at] = (this.#rest_kW[at] as number) + sign * (envelope_kW[slot] as number)
  }

  /** Whether no node below that is not full is overfilled. */
  #fits(node: number): boolean {
    const { saturated, network } = this.#plant
    const { nodeEnd, capacity_kW, parent } = network
    const end = nodeEnd[node] as number
    if (end === node + 1 && saturated[node] === 1) return true
    this.#load(node, end)
    const load_kW = this.#load_kW
    for (let n = end - 1; n >= node; n--) {
      const full = saturated[n] === 1
      if (!full && (load_kW[n] as number) > (capacity_kW[n] as number) + SAME_kW) return false
      const up = n === node ? -1 : (parent[n] as number)
      if (up >= 0) load_kW[up] = (load_kW[up] as number) + ((full ? capacity_kW[n] : load_kW[n]) as number)
    }
    return true
  }

  #load(node: number, end: number): void {
    const { charging, chargingCount, bottleneck, envelope_kW, weight, network } = this.#plant
    const load_kW = this.#load_kW
    for (let n = node; n < end; n++) load_kW[n] = 0
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const by = bottleneck[slot] as number
      const at = network.nodeOfSlot[slot] as number
      const power_kW = by < 0 ? envelope_kW[slot] : (weight[slot] as number) * (this.#level_kW[by] as number)
      load_kW[at] = (load_kW[at] as number) + (power_kW as number)
    }
  }

  #writeShares(): void {
    const { charging, chargingCount, bottleneck, share_frac, weight } = this.#plant
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const by = bottleneck[slot] as number
      if (by >= 0) share_frac[slot] = (weight[slot] as number) / (this.#weights[by] as number)
    }
  }
}

/**
 * The naive reference: every occupied place is allowed a part of each limit by its rating, whether its vehicle can draw
 * it or not.
 */
export class RatingShare {
  readonly #plant: Plant
  readonly #levels: Levels
  /** What a slot is allowed, and the node that holds it there, -1: none. */
  readonly allowed_kW: Float64Array
  readonly node: Int32Array

  constructor(plant: Plant) {
    const { slots } = plant.network
    this.#plant = plant
    this.#levels = new Levels(plant)
    this.allowed_kW = plant.scratch.f64(slots)
    this.node = plant.scratch.i32(slots)
  }

  /** Lists the occupied slots but the one that is leaving (-1: none is) as charging, and shares all limits among them. */
  allot(leaving: number): void {
    const plant = this.#plant
    const { level, stoppedBy } = this.#levels
    plant.chargingCount = 0
    for (let slot = 0; slot < plant.network.slots; slot++) {
      if (plant.mode[slot] === Mode.empty || slot === leaving) continue
      plant.charging[plant.chargingCount++] = slot
      level[slot] = 1
    }
    this.#levels.rise(0)
    for (let i = 0; i < plant.chargingCount; i++) {
      const slot = plant.charging[i] as number
      const by = stoppedBy[slot] as number
      this.node[slot] = by
      const allowed_kW = (level[slot] as number) * (plant.weight[slot] as number)
      this.allowed_kW[slot] = by < 0 ? Number.POSITIVE_INFINITY : allowed_kW
    }
  }
}
