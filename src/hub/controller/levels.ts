import type { Plant } from '../plant/index.ts'

/**
 * Weighted water level on a tree of limits. Every slot that counts rises with the same level (its power is weight times
 * level) until its own level is reached; a node that is full stops all slots below it that still rise.
 */
export class Levels {
  readonly #plant: Plant
  /** In: level at which a slot has all it asks for, negative for slots that do not count. Out: where it stops. */
  readonly level: Float64Array
  /** Out: node that stopped the slot, -1: it has all it asked for. */
  readonly stoppedBy: Int32Array

  constructor(plant: Plant) {
    this.#plant = plant
    this.level = new Float64Array(plant.network.slots)
    this.stoppedBy = new Int32Array(plant.network.slots)
  }

  /**
   * Lets the slots below a node rise. From the leaves up, each node that would be overfilled cuts the slots below it to
   * its own level; a cut further up is deeper and takes the slots over. That is what a common rise from zero ends in,
   * because a node below is full at its own level, whatever stands above it, unless that stops it first.
   */
  rise(node: number): void {
    const { nodeEnd, firstSlot, slotEnd } = this.#plant.network
    this.stoppedBy.fill(-1, firstSlot[node] as number, slotEnd[node] as number)
    for (let n = (nodeEnd[node] as number) - 1; n >= node; n--) this.#cut(n)
  }

  #cut(node: number): void {
    const { firstSlot, slotEnd } = this.#plant.network
    const level = this.#waterLevel(node)
    for (let slot = firstSlot[node] as number; slot < (slotEnd[node] as number); slot++) {
      if ((this.level[slot] as number) <= level) continue
      this.level[slot] = level
      this.stoppedBy[slot] = node
    }
  }

  /** Level at which the node is full, Infinity when it has room for all. */
  #waterLevel(node: number): number {
    const { firstSlot, slotEnd, capacity_kW } = this.#plant.network
    const { weight } = this.#plant
    const first = firstSlot[node] as number
    const end = slotEnd[node] as number
    let level = -1
    for (;;) {
      let left_kW = capacity_kW[node] as number
      let rising = 0
      for (let slot = first; slot < end; slot++) {
        const own = this.level[slot] as number
        if (own < 0) continue
        if (own > level) rising += weight[slot] as number
        else left_kW -= (weight[slot] as number) * own
      }
      if (rising === 0) return Number.POSITIVE_INFINITY
      const next = left_kW / rising
      if (next <= level) return level
      level = next
    }
  }
}
