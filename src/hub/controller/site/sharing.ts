import { invariant } from '../../../base/problems/index.ts'
import type { Network, StateStore } from '../../plant/index.ts'
import { Cabinets, type Shares } from './cabinets.ts'
import type { HubDescription, SitePolicyName } from './description.ts'
import { Why } from './reasons.ts'
import { Water } from './water.ts'

/** Cabinets that turn out to be short because others were are asked so often; rarely more than twice. */
const CABINET_ROUNDS = 4

/** What the policies look at, by slot. */
export interface Claims {
  /** What each EVSE asks for, at least its default; one that cannot be commanded asks for just what it may draw. */
  readonly ask_kW: Float64Array
  /** What it has in any case. */
  readonly least_kW: Float64Array
  readonly session: Int32Array
  readonly draw_kW: Float64Array
  readonly voltage_V: Float64Array
}

/**
 * Shares the capacities of the tree among what EVSEs ask for. Every EVSE has its default in any case, since its station can
 * fall back to it; the rest goes by policy.
 */
export class Sharing {
  readonly #network: Network
  readonly #policy: SitePolicyName
  readonly #floor_kW: Float64Array
  readonly #claims: Claims
  readonly #water: Water
  readonly #cabinets: Cabinets
  readonly #shares: Shares
  readonly #most_kW: Float64Array
  readonly #left_kW: Float64Array
  /** Slots in the order of serving, and what they are ordered by. */
  readonly order: Int32Array
  readonly #rank: Float64Array
  /** Out: what each slot is to have, the node that stopped it (-1: none), and why it has no more. */
  readonly target_kW: Float64Array
  readonly stop: Int32Array
  readonly reason: Int32Array

  constructor(network: Network, hub: HubDescription, claims: Claims, store: StateStore) {
    const { slots, nodes, placeOfSlot } = network
    this.#network = network
    this.#policy = hub.policy
    this.#claims = claims
    this.#floor_kW = Float64Array.from(placeOfSlot, (evse) => hub.evses[evse]?.floor_kW ?? 0)
    this.#water = new Water(
      network,
      Float64Array.from(placeOfSlot, (evse) => weightOf(hub, evse)),
    )
    this.#most_kW = new Float64Array(slots)
    this.#left_kW = new Float64Array(nodes)
    this.order = store.i32(slots)
    this.#rank = store.f64(slots)
    this.target_kW = store.f64(slots)
    this.stop = store.i32(slots).fill(-1)
    this.reason = store.i32(slots)
    for (let slot = 0; slot < slots; slot++) this.order[slot] = slot
    this.#cabinets = new Cabinets(network, hub, store)
    this.#shares = { ...claims, power_kW: this.target_kW, weight: this.#water.weight, turn: new Int32Array(slots) }
  }

  /** Places an EVSE in the order of serving: by plugging in, by departure or by priority, as the policy wants. */
  rank(slot: number, plugIn: number, hints: { readonly departure_s: number; readonly priority: number }): void {
    const { departure_s, priority } = hints
    if (this.#policy === 'earliest-departure')
      this.#rank[slot] = departure_s > 0 ? departure_s : Number.POSITIVE_INFINITY
    else this.#rank[slot] = this.#policy === 'priority' ? -priority || 0 : plugIn
  }

  /** One has what it asks for. */
  grant(slot: number): void {
    this.target_kW[slot] = this.#claims.ask_kW[slot] as number
    this.stop[slot] = -1
    this.reason[slot] = Why.free
  }

  /** Everyone has what it asks for. */
  grantAll(): void {
    this.target_kW.set(this.#claims.ask_kW)
    this.stop.fill(-1)
    this.reason.fill(Why.free)
  }

  share(capacity_kW: Float64Array): void {
    this.#most_kW.set(this.#claims.ask_kW)
    this.reason.fill(Why.free)
    this.#sort()
    this.#divide(capacity_kW)
    if (!this.#cabinets.none) this.#heedCabinets(capacity_kW)
    for (let slot = 0; slot < this.#network.slots; slot++) {
      if ((this.stop[slot] as number) >= 0 && this.reason[slot] !== Why.floor) this.reason[slot] = Why.share
    }
  }

  /** What modules cannot give goes to others, whose cabinets may be short then; at last all keep to the modules meant for them. */
  #heedCabinets(capacity_kW: Float64Array): void {
    this.#takeTurns()
    this.#cabinets.begin()
    for (let round = 0; this.#cabinets.match(this.#shares, this.#most_kW); round++) {
      if (round === CABINET_ROUNDS) this.#cabinets.cutAll(this.#shares, this.#most_kW)
      this.#divide(capacity_kW)
      if (round === CABINET_ROUNDS) break
    }
    for (let slot = 0; slot < this.#network.slots; slot++) {
      const isCut = (this.#most_kW[slot] as number) < (this.#claims.ask_kW[slot] as number)
      if (isCut && this.reason[slot] !== Why.floor) this.reason[slot] = Why.modules
    }
  }

  /** Numbers the order of serving; equals have one number. */
  #takeTurns(): void {
    const { order } = this
    let turn = 0
    for (let i = 0; i < order.length; i++) {
      const slot = order[i] as number
      if (i > 0 && this.#isBehind(slot, order[i - 1] as number)) turn++
      this.#shares.turn[slot] = turn
    }
  }

  #divide(capacity_kW: Float64Array): void {
    if (this.#policy === 'fifo' || this.#policy === 'earliest-departure') this.#serveInOrder(capacity_kW)
    else if (this.#policy === 'priority') this.#serveInClasses(capacity_kW)
    else this.#serveAboveFloors(capacity_kW)
  }

  #sort(): void {
    const { order } = this
    for (let i = 1; i < order.length; i++) {
      const slot = order[i] as number
      let at = i
      while (at > 0 && this.#isAfter(order[at - 1] as number, slot)) {
        order[at] = order[at - 1] as number
        at--
      }
      order[at] = slot
    }
  }

  #isAfter(slot: number, other: number): boolean {
    const difference = (this.#rank[slot] as number) - (this.#rank[other] as number)
    if (difference > 0 || difference < 0) return difference > 0
    return (this.#network.placeOfSlot[slot] as number) > (this.#network.placeOfSlot[other] as number)
  }

  /** What is left of every node when all have their least. */
  #leave(capacity_kW: Float64Array): void {
    const { least_kW } = this.#claims
    this.#left_kW.set(capacity_kW)
    for (let slot = 0; slot < least_kW.length; slot++) this.#take(slot, least_kW[slot] as number)
  }

  #take(slot: number, power_kW: number): void {
    const { parent, nodeOfSlot } = this.#network
    for (let n = nodeOfSlot[slot] as number; n >= 0; n = parent[n] as number) {
      this.#left_kW[n] = (this.#left_kW[n] as number) - power_kW
    }
  }

  /** Node with the least left above a slot. */
  #tightest(slot: number): number {
    const { parent, nodeOfSlot } = this.#network
    let tightest = nodeOfSlot[slot] as number
    for (let n = parent[tightest] as number; n >= 0; n = parent[n] as number) {
      if ((this.#left_kW[n] as number) <= (this.#left_kW[tightest] as number)) tightest = n
    }
    return tightest
  }

  #serveInOrder(capacity_kW: Float64Array): void {
    this.#leave(capacity_kW)
    for (let i = 0; i < this.order.length; i++) this.#serve(this.order[i] as number)
  }

  /** Gives a slot what is left of all it asks for. */
  #serve(slot: number): void {
    const least_kW = this.#claims.least_kW[slot] as number
    const more_kW = (this.#most_kW[slot] as number) - least_kW
    const node = this.#tightest(slot)
    const given_kW = Math.max(0, Math.min(more_kW, this.#left_kW[node] as number))
    this.stop[slot] = given_kW < more_kW ? node : -1
    this.target_kW[slot] = least_kW + given_kW
    this.#take(slot, given_kW)
  }

  #serveInClasses(capacity_kW: Float64Array): void {
    const { order } = this
    this.#leave(capacity_kW)
    this.target_kW.set(this.#claims.least_kW)
    for (let first = 0, end = 0; first < order.length; first = end) {
      while (end < order.length && !this.#isBehind(order[end] as number, order[first] as number)) end++
      if (end === first + 1) this.#serve(order[first] as number)
      else this.#serveTogether(capacity_kW, first, end)
    }
  }

  /** Lets a class rise, from `first` to `end` in the order; all others stay where they are. */
  #serveTogether(capacity_kW: Float64Array, first: number, end: number): void {
    const water = this.#water
    water.least_kW.set(this.target_kW)
    water.power_kW.set(this.target_kW)
    for (let i = first; i < end; i++) {
      const slot = this.order[i] as number
      water.power_kW[slot] = this.#most_kW[slot] as number
    }
    water.rise(capacity_kW)
    for (let i = first; i < end; i++) {
      const slot = this.order[i] as number
      this.#adopt(slot)
      this.#take(slot, (this.target_kW[slot] as number) - (this.#claims.least_kW[slot] as number))
    }
  }

  #isBehind(slot: number, other: number): boolean {
    return (this.#rank[slot] as number) > (this.#rank[other] as number)
  }

  #adopt(slot: number): void {
    this.target_kW[slot] = this.#water.power_kW[slot] as number
    if (this.reason[slot] !== Why.floor) this.stop[slot] = this.#water.stop[slot] as number
  }

  /** In the order of plugging in each reserves its floor; who finds none has its default only. The others rise together. */
  #serveAboveFloors(capacity_kW: Float64Array): void {
    const water = this.#water
    water.least_kW.set(this.#claims.least_kW)
    water.power_kW.set(this.#most_kW)
    this.#leave(capacity_kW)
    for (let i = 0; i < this.order.length; i++) this.#reserve(this.order[i] as number)
    water.rise(capacity_kW)
    for (let slot = 0; slot < this.#network.slots; slot++) this.#adopt(slot)
  }

  #reserve(slot: number): void {
    if (this.reason[slot] === Why.floor) this.reason[slot] = Why.free
    const least_kW = this.#claims.least_kW[slot] as number
    const most_kW = this.#most_kW[slot] as number
    const more_kW = Math.min(this.#floor_kW[slot] as number, most_kW) - least_kW
    if (!(more_kW > 0) || this.#claims.session[slot] === 0) return
    const node = this.#tightest(slot)
    if (more_kW <= (this.#left_kW[node] as number)) {
      this.#water.least_kW[slot] = least_kW + more_kW
      this.#take(slot, more_kW)
    } else {
      this.#water.power_kW[slot] = least_kW
      this.reason[slot] = Why.floor
      this.stop[slot] = node
    }
  }
}

function weightOf({ policy, evses }: HubDescription, at: number): number {
  const evse = evses[at]
  invariant(evse, `EVSE ${at} is described`)
  const factor = evse.weight ?? 1
  return policy === 'proportional' ? evse.rating_kW * factor : factor
}
