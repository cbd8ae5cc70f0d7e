import type { Network, StateStore } from '../../plant/index.ts'
import type { ControllerSettings, HubDescription } from './description.ts'

const NEVER = Number.NEGATIVE_INFINITY
/** A station that has confirmed a lowering and draws more so long after it does not obey. */
const OBEY_s = 10

/** A command or what a station says it obeys. */
export interface Command {
  number: number
  limit_kW: number
  until_s: number
}

/**
 * Keeps, for every EVSE, which limits may be in force at its station, and the most it may draw by any of them, its default
 * included: it can fall back at any moment. Messages may be lost, late, doubled or overtake each other; what is relied on is that
 * a station never goes back to a command older than the one it obeys, obeys what it confirms, and drops a command that has
 * expired. A lowering that is confirmed counts when the meter has shown it as well.
 */
export class Ledger {
  readonly #network: Network
  readonly #clockError_s: number
  readonly #validity_s: number
  readonly #tolerance_kW: number
  readonly #tolerance_frac: number
  readonly #rating_kW: Float64Array
  readonly default_kW: Float64Array
  /** Obeyed: number, limit, end; the limit before it, and since when no other can be in force. */
  readonly obeyed: Float64Array
  readonly obeyed_kW: Float64Array
  readonly obeyedUntil_s: Float64Array
  readonly #before_kW: Float64Array
  readonly calm_s: Float64Array
  /** Sent after that and open: the highest, the lowest, the end of the last to end. */
  readonly #high_kW: Float64Array
  readonly #low_kW: Float64Array
  readonly #openUntil_s: Float64Array
  readonly sent: Float64Array
  readonly sent_kW: Float64Array
  readonly sentUntil_s: Float64Array
  /** Limit before a lowering the meter has not shown yet: since when, and its end. */
  readonly #held_kW: Float64Array
  readonly #heldSince_s: Float64Array
  readonly #heldUntil_s: Float64Array
  /** Draw above all that is allowed; when the bound last fell. */
  readonly #over_kW: Float64Array
  readonly #fell_s: Float64Array
  /** The most each EVSE may draw, and the sums of it below each node. */
  readonly bound_kW: Float64Array
  readonly nodeBound_kW: Float64Array

  // size: one line an array
  constructor(network: Network, hub: HubDescription, settings: ControllerSettings, store: StateStore) {
    const { slots, nodes, placeOfSlot, rating_kW } = network
    const f64 = (value: number): Float64Array => store.f64(slots).fill(value)
    this.#network = network
    this.#clockError_s = settings.clockError_s
    this.#validity_s = settings.validity_s
    this.#tolerance_kW = settings.tolerance_kW
    this.#tolerance_frac = settings.tolerance_frac
    this.#rating_kW = rating_kW
    this.default_kW = Float64Array.from(placeOfSlot, (evse) => hub.evses[evse]?.default_kW ?? 0)
    this.obeyed = f64(0)
    this.obeyed_kW = f64(0)
    this.obeyedUntil_s = f64(NEVER)
    this.#before_kW = f64(0)
    this.calm_s = f64(NEVER)
    this.#high_kW = f64(NEVER)
    this.#low_kW = f64(Number.POSITIVE_INFINITY)
    this.#openUntil_s = f64(NEVER)
    this.sent = f64(0)
    this.sent_kW = f64(0)
    this.sentUntil_s = f64(NEVER)
    this.#held_kW = f64(NEVER)
    this.#heldSince_s = f64(0)
    this.#heldUntil_s = f64(NEVER)
    this.#over_kW = f64(NEVER)
    this.#fell_s = f64(NEVER)
    this.bound_kW = f64(0)
    this.nodeBound_kW = store.f64(nodes)
    this.sent_kW.set(this.default_kW)
    this.obeyed_kW.set(this.default_kW)
    this.#before_kW.set(this.default_kW)
  }

  /** Nothing is known of a station: any command of an earlier life may be in force for as long as commands hold. */
  startUnknown(slot: number, now_s: number): void {
    this.sent[slot] = 1
    this.#high_kW[slot] = this.#rating_kW[slot] as number
    this.#low_kW[slot] = 0
    this.#openUntil_s[slot] = now_s + this.#validity_s
  }

  /** What a station obeys at the start. */
  startKnown(slot: number, command: Command): void {
    this.obeyed[slot] = command.number
    this.sent[slot] = command.number
    this.obeyed_kW[slot] = command.limit_kW
    this.sent_kW[slot] = command.limit_kW
    this.obeyedUntil_s[slot] = command.until_s
    this.sentUntil_s[slot] = command.until_s
  }

  /** Whether the last command waits for its answer. */
  isOpen(slot: number): boolean {
    return (this.obeyed[slot] as number) < (this.sent[slot] as number)
  }

  /** Whether a lowering waits for the meter. */
  isHeld(slot: number): boolean {
    return this.#held_kW[slot] !== NEVER
  }

  /** A command is on its way: it may be in force from now on. Answers its number. */
  send(slot: number, limit_kW: number, until_s: number): number {
    const number = (this.sent[slot] as number) + 1
    this.sent[slot] = number
    this.sent_kW[slot] = limit_kW
    this.sentUntil_s[slot] = until_s
    this.#high_kW[slot] = Math.max(this.#high_kW[slot] as number, limit_kW)
    this.#low_kW[slot] = Math.min(this.#low_kW[slot] as number, limit_kW)
    this.#openUntil_s[slot] = Math.max(this.#openUntil_s[slot] as number, until_s)
    return number
  }

  /** A station says what it obeys. Answers of commands older than the last one confirmed are late: nothing new. */
  confirm(slot: number, command: Command, now_s: number): boolean {
    if (!(command.number > (this.obeyed[slot] as number))) return false
    const above_kW = this.#allowed_kW(slot, now_s)
    const until_s = this.#olderUntil_s(slot, command.number)
    this.#before_kW[slot] = this.lowest_kW(slot, now_s)
    this.obeyed[slot] = command.number
    this.obeyed_kW[slot] = command.limit_kW
    this.obeyedUntil_s[slot] = command.until_s
    if (command.number >= (this.sent[slot] as number)) this.#close(slot, command, now_s)
    if (this.#allowed_kW(slot, now_s) < above_kW) this.#hold(slot, above_kW, until_s, now_s)
    return true
  }

  /** When all commands older than one have expired. */
  #olderUntil_s(slot: number, number: number): number {
    const obeyedUntil_s = this.obeyedUntil_s[slot] as number
    const next = number === (this.obeyed[slot] as number) + 1
    return next ? obeyedUntil_s : Math.max(obeyedUntil_s, this.#openUntil_s[slot] as number)
  }

  /** Every command up to the last one is settled. */
  #close(slot: number, command: Command, now_s: number): void {
    this.sent[slot] = command.number
    this.#forgetOpen(slot)
    this.calm_s[slot] = now_s
  }

  #hold(slot: number, limit_kW: number, until_s: number, now_s: number): void {
    this.#held_kW[slot] = Math.max(this.#held_kW[slot] as number, limit_kW)
    this.#heldUntil_s[slot] = Math.max(this.#heldUntil_s[slot] as number, until_s)
    this.#heldSince_s[slot] = now_s
  }

  /** What was measured: shows that a lowering is obeyed, or that more is drawn than may be. Answers whether the latter. */
  meter(slot: number, power_kW: number, measured_s: number): boolean {
    const since_s = this.#heldSince_s[slot] as number
    if (measured_s > since_s && power_kW <= this.above_kW(this.obeyed_kW[slot] as number)) this.release(slot)
    if (measured_s < (this.#fell_s[slot] as number)) return false
    const late = this.isHeld(slot) && measured_s >= since_s + OBEY_s
    const allowed_kW = this.#allowed_kW(slot, measured_s)
    const over = power_kW > this.above_kW(late ? allowed_kW : Math.max(allowed_kW, this.#held_kW[slot] as number))
    this.#over_kW[slot] = over ? power_kW : NEVER
    return over
  }

  /** The highest draw that agrees with a limit. */
  above_kW(limit_kW: number): number {
    return limit_kW + Math.max(this.#tolerance_kW, this.#tolerance_frac * limit_kW)
  }

  /** A session has ended and its commands with it: the default holds; answers to them mean nothing any more. */
  endSession(slot: number, now_s: number): void {
    const default_kW = this.default_kW[slot] as number
    const number = this.sent[slot] as number
    this.obeyed[slot] = number
    this.obeyed_kW[slot] = default_kW
    this.#before_kW[slot] = default_kW
    this.sent_kW[slot] = default_kW
    this.obeyedUntil_s[slot] = NEVER
    this.sentUntil_s[slot] = NEVER
    this.#over_kW[slot] = NEVER
    this.release(slot)
    this.#forgetOpen(slot)
    this.calm_s[slot] = now_s
  }

  /** Highest limit that may be in force at a moment. */
  #allowed_kW(slot: number, now_s: number): number {
    const dead_s = now_s - this.#clockError_s
    let most_kW = this.default_kW[slot] as number
    if ((this.obeyedUntil_s[slot] as number) > dead_s) most_kW = Math.max(most_kW, this.obeyed_kW[slot] as number)
    if ((this.#openUntil_s[slot] as number) > dead_s) most_kW = Math.max(most_kW, this.#high_kW[slot] as number)
    return most_kW
  }

  /** Highest limit of those that can still be in force at a later moment, when nothing more is sent. */
  later_kW(slot: number, at_s: number): number {
    const held = (this.#heldUntil_s[slot] as number) > at_s - this.#clockError_s
    return Math.max(this.#allowed_kW(slot, at_s), held ? (this.#held_kW[slot] as number) : NEVER)
  }

  /** Lowest limit that may have been in force at a moment not long ago. */
  lowest_kW(slot: number, at_s: number): number {
    const expired = at_s > (this.obeyedUntil_s[slot] as number) - this.#clockError_s
    let least_kW = (expired ? this.default_kW : this.obeyed_kW)[slot] as number
    least_kW = Math.min(least_kW, this.#low_kW[slot] as number)
    return at_s < (this.calm_s[slot] as number) ? Math.min(least_kW, this.#before_kW[slot] as number) : least_kW
  }

  /** Brings the bound of an EVSE up to date; answers by how much it rose. Sums of nodes are left alone. */
  update(slot: number, now_s: number): number {
    const before_kW = this.bound_kW[slot] as number
    this.#forgetExpired(slot, now_s - this.#clockError_s)
    const bound_kW = Math.max(
      this.#allowed_kW(slot, now_s),
      this.#held_kW[slot] as number,
      this.#over_kW[slot] as number,
    )
    if (bound_kW < before_kW) this.#fell_s[slot] = now_s
    this.bound_kW[slot] = bound_kW
    return bound_kW - before_kW
  }

  #forgetExpired(slot: number, dead_s: number): void {
    if ((this.obeyedUntil_s[slot] as number) <= dead_s) {
      this.obeyed_kW[slot] = this.default_kW[slot] as number
      this.obeyedUntil_s[slot] = NEVER
    }
    if ((this.#openUntil_s[slot] as number) <= dead_s) this.#forgetOpen(slot)
    if ((this.#heldUntil_s[slot] as number) <= dead_s) this.release(slot)
  }

  #forgetOpen(slot: number): void {
    this.#high_kW[slot] = NEVER
    this.#low_kW[slot] = Number.POSITIVE_INFINITY
    this.#openUntil_s[slot] = NEVER
  }

  /** A lowering is known to be obeyed. */
  release(slot: number): void {
    this.#held_kW[slot] = NEVER
    this.#heldUntil_s[slot] = NEVER
  }

  /** The same, with the sums of the nodes above. */
  updateAbove(slot: number, now_s: number): void {
    const change_kW = this.update(slot, now_s)
    if (change_kW === 0) return
    const { parent, nodeOfSlot } = this.#network
    for (let n = nodeOfSlot[slot] as number; n >= 0; n = parent[n] as number) {
      this.nodeBound_kW[n] = (this.nodeBound_kW[n] as number) + change_kW
    }
  }

  /** When the bound falls next by itself, Infinity: it does not. */
  expires_s(slot: number): number {
    const default_kW = this.default_kW[slot] as number
    let first_s = Number.POSITIVE_INFINITY
    if ((this.obeyed_kW[slot] as number) > default_kW) first_s = this.obeyedUntil_s[slot] as number
    if (this.#high_kW[slot] !== NEVER) first_s = Math.min(first_s, this.#openUntil_s[slot] as number)
    if (this.isHeld(slot)) first_s = Math.min(first_s, this.#heldUntil_s[slot] as number)
    return first_s + this.#clockError_s
  }
}
