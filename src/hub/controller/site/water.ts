import type { Network } from '../../plant/index.ts'

/** Sums and capacities closer than this are equal. */
const SAME_kW = 1e-9
/** The search ends much earlier: every step solves one linear piece or halves the bracket. */
const MAX_STEPS = 100
const LEVEL = 0
const SUM = 1
const SLOPE = 2

/**
 * Weighted water level on a tree of limits, between a least and a most for every slot. All rise with one level (power is weight times
 * level), from the level at which they pass their least to the one at which they have their most; a node that is full
 * stops all below it. From the leaves up, each node that would be overfilled cuts the slots below it to a level of its
 * own; a cut further up is deeper and takes over.
 */
export class Water {
  readonly #network: Network
  readonly least_kW: Float64Array
  /** In: the most a slot may have. Out: what it gets. */
  readonly power_kW: Float64Array
  readonly weight: Float64Array
  /** Out: node that stopped the slot, -1: it has its most. */
  readonly stop: Int32Array
  /** Level looked at, sum of a range there, and how fast it grows: kept in an array, where numbers are not boxed. */
  readonly #now = new Float64Array(3)

  constructor(network: Network, weight: Float64Array) {
    this.#network = network
    this.weight = weight
    this.least_kW = new Float64Array(network.slots)
    this.power_kW = new Float64Array(network.slots)
    this.stop = new Int32Array(network.slots)
  }

  /** Lets all rise. Where the least of all do not fit, they have their least. */
  rise(capacity_kW: Float64Array): void {
    this.stop.fill(-1)
    for (let node = this.#network.nodes - 1; node >= 0; node--) {
      const room_kW = capacity_kW[node] as number
      if (room_kW === Number.POSITIVE_INFINITY) continue
      const first = this.#network.firstSlot[node] as number
      const end = this.#network.slotEnd[node] as number
      if (!this.#fits(room_kW, first, end)) this.#cut(node, capacity_kW)
    }
  }

  #fits(room_kW: number, first: number, end: number): boolean {
    let sum_kW = 0
    for (let slot = first; slot < end; slot++) sum_kW += this.power_kW[slot] as number
    return sum_kW <= room_kW + SAME_kW
  }

  #cut(node: number, capacity_kW: Float64Array): void {
    const { firstSlot, slotEnd } = this.#network
    const first = firstSlot[node] as number
    const end = slotEnd[node] as number
    this.#findLevel(capacity_kW[node] as number, first, end)
    const level = this.#now[LEVEL] as number
    for (let slot = first; slot < end; slot++) {
      const power_kW = Math.max(this.least_kW[slot] as number, level * (this.weight[slot] as number))
      if (power_kW >= (this.power_kW[slot] as number)) continue
      this.power_kW[slot] = power_kW
      this.stop[slot] = node
    }
  }

  /** Level at which a range of slots fills a room: Newton's method on a rising chain of straight lines, in a bracket. */
  #findLevel(room_kW: number, first: number, end: number): void {
    const now = this.#now
    let low = 0
    let high = Number.POSITIVE_INFINITY
    now[LEVEL] = 0
    for (let step = 0; step < MAX_STEPS; step++) {
      this.#evaluate(first, end)
      const level = now[LEVEL] as number
      const left_kW = room_kW - (now[SUM] as number)
      if (Math.abs(left_kW) <= SAME_kW) return
      if (left_kW >= 0) low = level
      else high = level
      const next = level + left_kW / (now[SLOPE] as number)
      now[LEVEL] = next > low && next < high ? next : this.#between(low, high, first, end)
      if ((now[LEVEL] as number) <= low || (now[LEVEL] as number) >= high) break
    }
    now[LEVEL] = low
  }

  /** Half of a bracket; without an upper end, the level at which the first slot above `low` starts or ends to rise. */
  #between(low: number, high: number, first: number, end: number): number {
    if (high !== Number.POSITIVE_INFINITY) return (low + high) / 2
    let next = Number.POSITIVE_INFINITY
    for (let slot = first; slot < end; slot++) {
      const weight = this.weight[slot] as number
      const start = (this.least_kW[slot] as number) / weight
      const finish = (this.power_kW[slot] as number) / weight
      if (start > low && start < next) next = start
      if (finish > low && finish < next) next = finish
    }
    return next
  }

  /** Sum of a range at the level, and how fast it grows with it. */
  #evaluate(first: number, end: number): void {
    const level = this.#now[LEVEL] as number
    let sum_kW = 0
    let slope = 0
    for (let slot = first; slot < end; slot++) {
      const weight = this.weight[slot] as number
      const least_kW = this.least_kW[slot] as number
      const most_kW = this.power_kW[slot] as number
      const at_kW = level * weight
      if (at_kW >= most_kW) sum_kW += most_kW
      else if (at_kW < least_kW) sum_kW += least_kW
      else {
        sum_kW += at_kW
        slope += weight
      }
    }
    this.#now[SUM] = sum_kW
    this.#now[SLOPE] = slope
  }
}
