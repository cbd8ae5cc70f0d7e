import type { Plant } from '../plant/index.ts'

/**
 * Weighted water level on a tree of limits. Every slot that counts rises with the same level (its power is weight times
 * level) until its own level is reached; a node that is full stops all slots below it that still rise.
 */
export class Levels {
  readonly #plant: Plant
  /** What each node may carry for the slots that rise. */
  readonly #room_kW: Float64Array
  #slots: Int32Array
  /** In: level at which a listed slot has all it asks for. Out: where it stops. */
  readonly level: Float64Array
  /** Out: node that stopped the slot, -1: it has all it asked for. */
  readonly stoppedBy: Int32Array

  constructor(plant: Plant, room_kW = plant.network.capacity_kW) {
    this.#plant = plant
    this.#room_kW = room_kW
    this.#slots = plant.charging
    this.level = plant.scratch.f64(plant.network.slots)
    this.stoppedBy = plant.scratch.i32(plant.network.slots)
  }

  /**
   * Lets slots below a node, `count` of them in rising order, rise; by default those that are listed as charging. From the leaves up, each node that would be overfilled cuts the slots
   * below it to its own level; a cut further up is deeper and takes the slots over. That is what a common rise from zero
   * ends in: a node is full at its own level, whatever stands above it, unless that stops it first.
   */
  rise(node: number, slots = this.#plant.charging, count = this.#plant.chargingCount): void {
    const { nodeEnd, firstSlot, slotEnd, capacity_kW } = this.#plant.network
    this.#slots = slots
    for (let i = 0; i < count; i++) this.stoppedBy[slots[i] as number] = -1
    for (let n = (nodeEnd[node] as number) - 1; n >= node; n--) {
      if (capacity_kW[n] === Number.POSITIVE_INFINITY) continue
      let first = 0
      while (first < count && (slots[first] as number) < (firstSlot[n] as number)) first++
      let end = first
      while (end < count && (slots[end] as number) < (slotEnd[n] as number)) end++
      this.#cut(n, first, end)
    }
  }

  #cut(node: number, first: number, end: number): void {
    const { level, stoppedBy } = this
    const slots = this.#slots
    const water = this.#waterLevel(this.#room_kW[node] as number, first, end)
    for (let i = first; i < end; i++) {
      const slot = slots[i] as number
      if ((level[slot] as number) <= water) continue
      level[slot] = water
      stoppedBy[slot] = node
    }
  }

  /** Level at which the listed slots from `first` to `end` fill a capacity, Infinity when there is room for all. */
  #waterLevel(capacity_kW: number, first: number, end: number): number {
    const { weight } = this.#plant
    const { level } = this
    const slots = this.#slots
    let water = -1
    for (;;) {
      let left_kW = capacity_kW
      let rising = 0
      for (let i = first; i < end; i++) {
        const slot = slots[i] as number
        const own = level[slot] as number
        if (own > water) rising += weight[slot] as number
        else left_kW -= (weight[slot] as number) * own
      }
      if (rising === 0) return Number.POSITIVE_INFINITY
      const next = left_kW / rising
      if (next <= water) return water
      water = next
    }
  }
}
