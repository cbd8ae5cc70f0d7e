import type { Network, StateStore } from '../../plant/index.ts'
import type { Budget } from './budget.ts'
import type { ControllerSettings, HubDescription } from './description.ts'
import type { Ledger } from './ledger.ts'
import type { Setpoints } from './setpoints.ts'
import type { Sharing } from './sharing.ts'

/** Answers missing in a row after which a station counts as out of reach. */
const TRIES = 3
/** A raise goes this far beyond what is asked for where there is room. */
const COMFORT_frac = 1.25
const COMFORT_kW = 10
/** Limits nobody uses are taken back for the reserve from this many smallest changes on. */
const TRIM = 3
/** A command is renewed when this part of its time is left; together with others that soon will be. */
const RENEW_frac = 1 / 3
const RENEW_EARLY_s = 30
const QUANTUM_kW = 0.1
const SAME_kW = 1e-9

export interface CommanderParts {
  readonly ledger: Ledger
  readonly sharing: Sharing
  readonly budget: Budget
  readonly settings: ControllerSettings
}

/**
 * Turns targets into few commands. A limit is raised only into room that no limit in force takes; room is made by lowering
 * limits above their targets, and only where somebody wants it. At any moment the bounds of all EVSEs fit below every node.
 */
export class Commander {
  readonly #network: Network
  readonly #ledger: Ledger
  readonly #sharing: Sharing
  readonly #budget: Budget
  readonly #settings: ControllerSettings
  readonly #rating_kW: Float64Array
  /** Steps of limits in a kilowatt, where that is a whole number; else their size. */
  readonly #stepsPerKW: Float64Array
  readonly #quantum_kW: Float64Array
  readonly #sentAt_s: Float64Array
  readonly #tries: Float64Array
  readonly #reminds: Int32Array
  /** By node: what raises want, less the room there is. */
  readonly #short_kW: Float64Array
  readonly capacity_kW: Float64Array
  #later_kW = 0

  constructor(network: Network, hub: HubDescription, parts: CommanderParts, store: StateStore) {
    const { slots, nodes, placeOfSlot, rating_kW, capacity_kW } = network
    this.#network = network
    this.#ledger = parts.ledger
    this.#sharing = parts.sharing
    this.#budget = parts.budget
    this.#settings = parts.settings
    this.#rating_kW = rating_kW
    this.#quantum_kW = Float64Array.from(placeOfSlot, (evse) => hub.evses[evse]?.quantum_kW ?? QUANTUM_kW)
    this.#stepsPerKW = this.#quantum_kW.map((quantum) =>
      Math.abs(Math.round(1 / quantum) * quantum - 1) < 1e-12 ? Math.round(1 / quantum) : 0,
    )
    this.#sentAt_s = store.f64(slots).fill(Number.NEGATIVE_INFINITY)
    this.#tries = store.f64(slots)
    this.#reminds = store.i32(slots)
    this.#short_kW = new Float64Array(nodes)
    this.capacity_kW = store.f64(nodes)
    this.capacity_kW.set(capacity_kW)
  }

  /** A new session, or a station that is back: nothing of before is waited for. */
  forget(slot: number): void {
    this.#sentAt_s[slot] = Number.NEGATIVE_INFINITY
    this.#tries[slot] = 0
    this.#reminds[slot] = 0
  }

  /** The station has answered. */
  answered(slot: number): void {
    this.#tries[slot] = 0
  }

  /** Whether it left several commands without an answer. */
  isSilent(slot: number): boolean {
    return (this.#tries[slot] as number) > TRIES
  }

  /** Smallest change of a limit that is worth a message. */
  minChange_kW(limit_kW: number): number {
    return Math.max(this.#settings.minChange_kW, this.#settings.minChange_frac * limit_kW)
  }

  /** Room below all nodes above a slot that no limit in force takes; negative: they do not fit. */
  #room_kW(slot: number): number {
    const { parent, nodeOfSlot } = this.#network
    const { nodeBound_kW } = this.#ledger
    let room_kW = Number.POSITIVE_INFINITY
    for (let n = nodeOfSlot[slot] as number; n >= 0; n = parent[n] as number) {
      room_kW = Math.min(room_kW, (this.capacity_kW[n] as number) - (nodeBound_kW[n] as number))
    }
    return room_kW
  }

  /** Free room of a node beyond the part that is kept for the next vehicle. */
  spare_kW(node: number): number {
    const capacity_kW = this.capacity_kW[node] as number
    if (capacity_kW === Number.POSITIVE_INFINITY) return capacity_kW
    return capacity_kW * (1 - this.#settings.reserve_frac) - (this.#ledger.nodeBound_kW[node] as number)
  }

  /** Commands for all EVSEs that can be reached, from their targets. Answers whether some raise has to wait. */
  commandAll(reachable: Int32Array, now_s: number, setpoints: Setpoints): boolean {
    const { slots } = this.#network
    const { order } = this.#sharing
    this.#measureShortage(reachable)
    this.#sumLater()
    const soon_s = this.#isAnyDue(reachable, now_s) ? now_s + RENEW_EARLY_s : now_s
    for (let slot = 0; slot < slots; slot++) {
      if (reachable[slot] === 1) this.#lower(slot, now_s, setpoints)
    }
    let waits = false
    for (let i = 0; i < slots; i++) {
      const slot = order[i] as number
      if (reachable[slot] === 0) continue
      if (this.wantsRaise(slot) && !this.raise(slot, now_s, setpoints)) waits = true
      if (this.#repeat_s(slot) <= (this.#ledger.isOpen(slot) ? now_s : soon_s)) this.#repeat(slot, now_s, setpoints)
    }
    return waits
  }

  /** What raises want of every node beyond its room, the reserve left aside. */
  #measureShortage(reachable: Int32Array): void {
    const short_kW = this.#short_kW
    const { parent, nodeOfSlot, slots, nodes } = this.#network
    short_kW.fill(0)
    for (let slot = 0; slot < slots; slot++) {
      if (reachable[slot] === 0) continue
      const target_kW = this.#sharing.target_kW[slot] as number
      const more_kW = target_kW - (this.#ledger.bound_kW[slot] as number)
      const node = nodeOfSlot[slot] as number
      if (more_kW > this.minChange_kW(target_kW)) short_kW[node] = (short_kW[node] as number) + more_kW
    }
    for (let n = nodes - 1; n > 0; n--) {
      const above = parent[n] as number
      short_kW[above] = (short_kW[above] as number) + (short_kW[n] as number)
    }
    for (let n = 0; n < nodes; n++) {
      const room_kW = (this.capacity_kW[n] as number) - (this.#ledger.nodeBound_kW[n] as number)
      // More may be drawn than there is: that weighs more than any wish.
      short_kW[n] = room_kW < -SAME_kW ? Number.POSITIVE_INFINITY : (short_kW[n] as number) - room_kW
    }
  }

  /** The greatest shortage above a slot, in parts of the reserve as a threshold of surplus. */
  #leastSurplus_kW(slot: number, limit_kW: number): number {
    const { parent, nodeOfSlot } = this.#network
    const minChange_kW = this.minChange_kW(limit_kW)
    let least_kW = Number.POSITIVE_INFINITY
    for (let n = nodeOfSlot[slot] as number; n >= 0; n = parent[n] as number) {
      const short_kW = this.#short_kW[n] as number
      if (short_kW === Number.POSITIVE_INFINITY) return SAME_kW
      if (short_kW > 0) least_kW = Math.min(least_kW, minChange_kW)
      else if (short_kW > -this.#settings.reserve_frac * (this.capacity_kW[n] as number)) {
        least_kW = Math.min(least_kW, TRIM * minChange_kW)
      }
    }
    return least_kW
  }

  #lower(slot: number, now_s: number, setpoints: Setpoints): void {
    const sent_kW = this.#ledger.sent_kW[slot] as number
    const target_kW = this.#sharing.target_kW[slot] as number
    if (sent_kW <= target_kW) return
    if (sent_kW - target_kW <= this.#leastSurplus_kW(slot, target_kW)) return
    this.#send(slot, this.#atMost_kW(slot, target_kW, now_s), now_s, setpoints)
  }

  /** Whether a limit is far enough below its target. */
  wantsRaise(slot: number): boolean {
    const target_kW = this.#sharing.target_kW[slot] as number
    return target_kW - (this.#ledger.sent_kW[slot] as number) >= this.minChange_kW(target_kW)
  }

  /**
   * Raises a limit towards its target as far as there is room; false: it has to wait for others. One that waits for the answer
   * to its last command, or for a while after it, waits for nobody else.
   */
  raise(slot: number, now_s: number, setpoints: Setpoints): boolean {
    const { sent_kW, bound_kW } = this.#ledger
    const early = now_s < (this.#sentAt_s[slot] as number) + this.#settings.raiseInterval_s
    if (early || this.#ledger.isOpen(slot)) return true
    const target_kW = this.#sharing.target_kW[slot] as number
    const room_kW = this.#room_kW(slot)
    if (room_kW < 0) return false
    const limit_kW = Math.min(this.#comfort_kW(slot, target_kW), (bound_kW[slot] as number) + room_kW)
    if (limit_kW - (sent_kW[slot] as number) < this.minChange_kW(limit_kW)) return limit_kW >= target_kW
    this.#send(slot, limit_kW, now_s, setpoints)
    return limit_kW >= target_kW
  }

  /** More than is asked for, where the reserve is not touched by it. */
  #comfort_kW(slot: number, target_kW: number): number {
    const { parent, nodeOfSlot } = this.#network
    const held = (this.#sharing.stop[slot] as number) >= 0
    if (held || target_kW <= (this.#ledger.default_kW[slot] as number)) return target_kW
    let spare_kW = Number.POSITIVE_INFINITY
    for (let n = nodeOfSlot[slot] as number; n >= 0; n = parent[n] as number)
      spare_kW = Math.min(spare_kW, this.spare_kW(n))
    const more_kW = spare_kW - (target_kW - (this.#ledger.bound_kW[slot] as number))
    const wish_kW = Math.min(COMFORT_frac * target_kW + COMFORT_kW, this.#rating_kW[slot] as number) - target_kW
    return target_kW + Math.max(0, Math.min(wish_kW, more_kW))
  }

  /** When a command has to be sent again: for want of an answer, or before it expires. */
  #repeat_s(slot: number): number {
    if (this.#reminds[slot] === 1) return Number.NEGATIVE_INFINITY
    const { validity_s, retry_s, longestRetry_s } = this.#settings
    const tries = this.#tries[slot] as number
    const wait_s = Math.min(longestRetry_s, retry_s * 2 ** Math.max(0, tries - 1))
    if (this.#ledger.isOpen(slot)) return (this.#sentAt_s[slot] as number) + wait_s
    const left_s = RENEW_frac * validity_s
    const until_s = this.#ledger.sentUntil_s[slot] as number
    if ((this.#ledger.sent_kW[slot] as number) <= (this.#ledger.default_kW[slot] as number)) {
      return Number.POSITIVE_INFINITY
    }
    // A command that had to end with a step of the site limit can be prolonged shortly before, when it fits below it.
    const cut = until_s + this.#settings.clockError_s === this.#budget.step_s
    return cut ? this.#budget.step_s - this.#settings.lead_s : until_s - left_s
  }

  /** When an EVSE has to be looked at again for its commands. */
  due_s(slot: number, now_s: number): number {
    const repeat_s = this.#repeat_s(slot)
    const free_s = (this.#sentAt_s[slot] as number) + this.#settings.raiseInterval_s
    const early = free_s > now_s && !this.#ledger.isOpen(slot) && this.wantsRaise(slot)
    const due_s = early ? Math.min(repeat_s, free_s) : repeat_s
    // What could not be sent now is tried again later.
    return due_s > now_s ? due_s : now_s + this.#settings.retry_s
  }

  #isAnyDue(reachable: Int32Array, now_s: number): boolean {
    for (let slot = 0; slot < reachable.length; slot++) {
      if (reachable[slot] === 1 && this.#repeat_s(slot) <= now_s) return true
    }
    return false
  }

  #repeat(slot: number, now_s: number, setpoints: Setpoints): void {
    const wanted_kW = Math.min(
      this.#ledger.sent_kW[slot] as number,
      this.#comfort_kW(slot, this.#sharing.target_kW[slot] as number),
    )
    const limit_kW = this.#atMost_kW(slot, wanted_kW, now_s)
    const longer = this.#until_s(slot, limit_kW, now_s) > (this.#ledger.sentUntil_s[slot] as number)
    if (longer || this.#ledger.isOpen(slot) || this.#reminds[slot] === 1) this.#send(slot, limit_kW, now_s, setpoints)
  }

  /**
   * What a command that is meant as no raise may ask for: its station may obey a lower one, so that it is a raise after all. While
   * limits in force do not fit, it must not be.
   */
  #atMost_kW(slot: number, wanted_kW: number, now_s: number): number {
    const room_kW = this.#room_kW(slot)
    const bound_kW = this.#ledger.bound_kW[slot] as number
    if (room_kW >= 0) return Math.min(wanted_kW, bound_kW + room_kW)
    const { default_kW } = this.#ledger
    return Math.min(wanted_kW, Math.max(default_kW[slot] as number, this.#ledger.lowest_kW(slot, now_s)))
  }

  /** Sends the limit in force again, to a station that seems to have lost it. */
  remind(slot: number): void {
    this.#reminds[slot] = 1
  }

  #send(slot: number, wanted_kW: number, now_s: number, setpoints: Setpoints): void {
    const limit_kW = this.#roundDown_kW(slot, wanted_kW)
    const evse = this.#network.placeOfSlot[slot] as number
    const until_s = this.#until_s(slot, limit_kW, now_s)
    if (this.#ledger.isOpen(slot)) this.#tries[slot] = (this.#tries[slot] as number) + 1
    else this.#tries[slot] = 1
    const { step_s } = this.#budget
    const ahead = step_s !== Number.POSITIVE_INFINITY
    if (ahead) this.#later_kW -= this.#ledger.later_kW(slot, step_s)
    setpoints.number[evse] = this.#ledger.send(slot, limit_kW, until_s)
    if (ahead) this.#later_kW += this.#ledger.later_kW(slot, step_s)
    setpoints.limit_kW[evse] = limit_kW
    setpoints.until_s[evse] = until_s
    setpoints.changed[setpoints.changedCount++] = evse
    this.#sentAt_s[slot] = now_s
    this.#reminds[slot] = 0
    this.#ledger.updateAbove(slot, now_s)
  }

  /** Whole steps, never more than what was wanted. */
  #roundDown_kW(slot: number, wanted_kW: number): number {
    const perKW = this.#stepsPerKW[slot] as number
    const quantum_kW = this.#quantum_kW[slot] as number
    const steps = Math.floor(perKW > 0 ? wanted_kW * perKW : wanted_kW / quantum_kW)
    const next_kW = perKW > 0 ? (steps + 1) / perKW : (steps + 1) * quantum_kW
    if (next_kW <= wanted_kW) return next_kW
    const limit_kW = perKW > 0 ? steps / perKW : steps * quantum_kW
    return limit_kW <= wanted_kW ? limit_kW : Math.max(0, limit_kW - quantum_kW)
  }

  #sumLater(): void {
    this.#later_kW = 0
    if (this.#budget.step_s === Number.POSITIVE_INFINITY) return
    for (let slot = 0; slot < this.#network.slots; slot++) {
      this.#later_kW += this.#ledger.later_kW(slot, this.#budget.step_s)
    }
  }

  /** End of a command: when a lower site limit comes before that, only what fits below it then may outlast it. */
  #until_s(slot: number, limit_kW: number, now_s: number): number {
    const { validity_s, clockError_s } = this.#settings
    const until_s = now_s + validity_s
    const { step_s, stepCapacity_kW } = this.#budget
    if (until_s + clockError_s <= step_s) return until_s
    const more_kW = Math.max(0, limit_kW - this.#ledger.later_kW(slot, step_s))
    return this.#later_kW + more_kW > stepCapacity_kW ? step_s - clockError_s : until_s
  }
}
