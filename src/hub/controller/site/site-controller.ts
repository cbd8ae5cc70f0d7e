import { invariant } from '../../../base/problems/index.ts'
import { layOut, type Network, StateStore } from '../../plant/index.ts'
import { Budget } from './budget.ts'
import { Commander } from './commander.ts'
import { type ControllerSettings, defaultSettings, type HubDescription } from './description.ts'
import { Estimator, type VehicleHints } from './estimator.ts'
import { type Command, Ledger } from './ledger.ts'
import { Plausibility } from './plausibility.ts'
import type { Readings } from './readings.ts'
import { Why } from './reasons.ts'
import type { Setpoints } from './setpoints.ts'
import { Sharing } from './sharing.ts'

/** A sudden fall of the draw to the default is a station that has fallen back, when it is greater than this. */
const FALL_kW = 5
const SAME_kW = 1e-9
/** It does not ask to be asked again sooner than this. */
const SOONEST_s = 0.1

/** Numbers of the state that are not of an EVSE: last moment, next alarm, whether all has to be looked at, ... */
const At = { now_s: 0, due_s: 1, tight: 2, started: 3, plugIns: 4, draw_kW: 5, count: 6 }

/**
 * The site controller: limits for every EVSE from what is read of the hub. Synchronous, without clock, chance, input or output:
 * the same readings after the same state give the same setpoints, to the bit. It runs the simulator and the live hub.
 */
export class SiteController {
  readonly settings: ControllerSettings
  readonly #hub: HubDescription
  readonly #network: Network
  readonly #store = new StateStore()
  readonly #ledger: Ledger
  readonly #estimator: Estimator
  readonly #plausibility: Plausibility
  readonly #sharing: Sharing
  readonly #budget: Budget
  readonly #commander: Commander
  readonly #scalars: Float64Array
  /** By slot: what it asks for; what it has in any case; why its readings count for nothing. */
  readonly #ask_kW: Float64Array
  readonly #least_kW: Float64Array
  readonly #trouble: Int32Array
  readonly #offline: Int32Array
  readonly #voltage_V: Float64Array
  readonly #nodeAsk_kW: Float64Array
  readonly #reachable: Int32Array
  readonly #measured_s: Float64Array
  readonly #defaults_kW: number
  readonly #endsWithSession: boolean
  /** Passed on without allocation. */
  readonly #command: Command = { number: 0, limit_kW: 0, until_s: 0 }
  readonly #hints: VehicleHints = { soc_frac: 0, canTake_kW: 0, curve: -1, cable_degC: 0 }
  readonly #claims: { departure_s: number; priority: number } = { departure_s: 0, priority: 0 }

  constructor(hub: HubDescription, settings: Partial<ControllerSettings> = {}) {
    this.settings = { ...defaultSettings, ...settings }
    this.#hub = hub
    const network = layOut({ nodes: hub.nodes, places: hub.evses })
    const { slots, nodes } = network
    const store = this.#store
    this.#network = network
    this.#scalars = store.f64(At.count)
    this.#scalars[At.now_s] = Number.NEGATIVE_INFINITY
    this.#ask_kW = store.f64(slots)
    this.#least_kW = store.f64(slots)
    this.#trouble = store.i32(slots)
    this.#offline = store.i32(slots)
    this.#voltage_V = store.f64(slots).fill(Number.NaN)
    this.#nodeAsk_kW = store.f64(nodes)
    this.#reachable = new Int32Array(slots)
    this.#measured_s = store.f64(slots).fill(Number.NEGATIVE_INFINITY)
    this.#defaults_kW = hub.evses.reduce((sum, { default_kW }) => sum + default_kW, 0)
    this.#endsWithSession = hub.limitEndsWithSession ?? true
    const ledger = new Ledger(network, hub, this.settings, store)
    this.#ledger = ledger
    this.#estimator = new Estimator(network, hub, { settings: this.settings, ledger }, store)
    this.#plausibility = new Plausibility(network, this.settings, ledger, store)
    const { session, draw_kW } = this.#estimator
    const claims = { ask_kW: this.#ask_kW, least_kW: this.#least_kW, voltage_V: this.#voltage_V, session, draw_kW }
    const sharing = new Sharing(network, hub, claims, store)
    const budget = new Budget(hub, this.settings, store)
    this.#sharing = sharing
    this.#budget = budget
    this.#commander = new Commander(network, hub, { ledger, sharing, budget, settings: this.settings }, store)
  }

  /** Everything it remembers, as bytes. */
  snapshot(): Uint8Array {
    return this.#store.snapshot()
  }

  /** Goes on from a snapshot of a controller of the same hub. */
  restore(bytes: Uint8Array): void {
    this.#store.restore(bytes)
  }

  /**
   * Decides for `readings.time_s`: looks at the EVSEs that were touched, writes limits and reasons, lists those that have to be
   * sent in `setpoints.changed`. Answers when it wants to be asked again at the latest, in seconds of the same clock. A clock that
   * went back stands still.
   */
  decide(readings: Readings, setpoints: Setpoints): number {
    invariant(Number.isFinite(readings.time_s), 'a decision has a time')
    const scalars = this.#scalars
    const now_s = Math.max(readings.time_s, scalars[At.now_s] as number)
    scalars[At.now_s] = now_s
    setpoints.changedCount = 0
    if (scalars[At.started] === 0) this.#start(readings, setpoints, now_s)
    this.#budget.update(readings, now_s, this.#ledger.nodeBound_kW[0] as number)
    const { capacity_kW } = this.#commander
    const isMoved = this.#budget.capacity_kW !== capacity_kW[0] || this.#budget.step_s !== Number.POSITIVE_INFINITY
    capacity_kW[0] = this.#budget.capacity_kW
    for (let i = 0; i < readings.touchedCount; i++) this.#observe(readings.touched[i] as number, readings, now_s)
    const whole = isMoved || scalars[At.tight] === 1 || now_s >= (scalars[At.due_s] as number)
    if (whole || !this.#decideTouched(readings, now_s, setpoints)) this.#decideAll(readings, now_s, setpoints)
    setpoints.siteReason = this.#siteReason(readings)
    readings.clearTouched()
    return Math.max(now_s + SOONEST_s, scalars[At.due_s] as number)
  }

  #start(readings: Readings, setpoints: Setpoints, now_s: number): void {
    const { slots, placeOfSlot } = this.#network
    for (let slot = 0; slot < slots; slot++) {
      const evse = placeOfSlot[slot] as number
      const limit_kW = readings.confirmed_kW[evse] as number
      const command = this.#command
      command.number = readings.confirmed[evse] as number
      command.limit_kW = limit_kW
      command.until_s = readings.confirmedUntil_s[evse] as number
      if (limit_kW >= 0) this.#ledger.startKnown(slot, command)
      else this.#ledger.startUnknown(slot, now_s)
      this.#ledger.updateAbove(slot, now_s)
      setpoints.limit_kW[evse] = this.#ledger.sent_kW[slot] as number
      readings.touch(evse)
    }
    this.#scalars[At.started] = 1
    this.#scalars[At.tight] = 1
  }

  /** Takes in what is new of an EVSE. */
  #observe(evse: number, readings: Readings, now_s: number): void {
    const slot = this.#network.slotOfPlace[evse] as number
    if (readings.session[evse] !== this.#estimator.session[slot])
      this.#changeSession(slot, readings.session[evse] as number, now_s)
    const offline = readings.offline[evse] as number
    if (offline === 0 && this.#offline[slot] === 1) this.#commander.forget(slot)
    this.#offline[slot] = offline
    this.#voltage_V[slot] = readings.voltage_V[evse] as number
    this.#confirm(slot, evse, readings, now_s)
    if (this.#estimator.session[slot] !== 0) this.#hear(slot, evse, readings)
    if ((readings.measured_s[evse] as number) > (this.#measured_s[slot] as number)) this.#meter(slot, evse, readings)
    this.#ledger.updateAbove(slot, now_s)
  }

  #changeSession(slot: number, session: number, now_s: number): void {
    const hadOne = this.#estimator.session[slot] !== 0
    this.#estimator.begin(slot, session, now_s)
    this.#trouble[slot] = 0
    if (this.#endsWithSession && hadOne) this.#ledger.endSession(slot, now_s)
    this.#commander.forget(slot)
    if (session !== 0) this.#scalars[At.plugIns] = (this.#scalars[At.plugIns] as number) + 1
    // Rank of `fifo` and of floors: kept until the next vehicle comes.
    this.#claims.departure_s = Number.POSITIVE_INFINITY
    this.#claims.priority = 0
    this.#sharing.rank(slot, this.#scalars[At.plugIns] as number, this.#claims)
  }

  #confirm(slot: number, evse: number, readings: Readings, now_s: number): void {
    const command = this.#command
    command.number = readings.confirmed[evse] as number
    command.limit_kW = readings.confirmed_kW[evse] as number
    command.until_s = readings.confirmedUntil_s[evse] as number
    if (!(command.limit_kW >= 0) || !this.#ledger.confirm(slot, command, now_s)) return
    if (!this.#ledger.isOpen(slot)) this.#commander.answered(slot)
    // Where nothing is connected nothing can flow: no meter needs to show it.
    if (this.#estimator.session[slot] === 0) this.#ledger.release(slot)
  }

  /** Hints that order and bound what a vehicle is to have. */
  #hear(slot: number, evse: number, readings: Readings): void {
    const hints = this.#hints
    hints.soc_frac = readings.soc_frac[evse] as number
    hints.canTake_kW = readings.canTake_kW[evse] as number
    hints.curve = readings.curve[evse] as number
    hints.cable_degC = readings.cable_degC[evse] as number
    this.#estimator.tell(slot, hints)
    if (this.#hub.policy !== 'earliest-departure' && this.#hub.policy !== 'priority') return
    this.#claims.departure_s = readings.departure_s[evse] as number
    this.#claims.priority = readings.priority[evse] as number
    this.#sharing.rank(slot, 0, this.#claims)
  }

  #meter(slot: number, evse: number, readings: Readings): void {
    const measured_s = readings.measured_s[evse] as number
    this.#measured_s[slot] = Math.min(measured_s, readings.time_s + this.settings.clockError_s)
    const judged = this.#plausibility.judge(slot, evse, readings)
    const power_kW = Math.max(0, readings.power_kW[evse] as number)
    if (judged !== 0) {
      this.#trouble[slot] = judged
      // Frozen or not: what a meter shows above the limit may be drawn.
      const above = power_kW > this.#ledger.above_kW(this.#ledger.obeyed_kW[slot] as number)
      if (judged === Why.frozen && above) this.#ledger.meter(slot, power_kW, measured_s)
      return
    }
    const wasFallen = this.#trouble[slot] === Why.fallenBack
    this.#trouble[slot] = this.#ledger.meter(slot, power_kW, measured_s) ? Why.disobeys : 0
    if (this.#estimator.session[slot] === 0 || measured_s < (this.#estimator.plugged_s[slot] as number)) return
    if (!wasFallen && this.#hasFallenBack(slot, power_kW)) {
      this.#trouble[slot] = Why.fallenBack
      this.#commander.remind(slot)
    } else this.#estimator.meter(slot, power_kW, measured_s)
  }

  /** Whether it suddenly draws just its default, though more is allowed: it has lost its limit. */
  #hasFallenBack(slot: number, power_kW: number): boolean {
    const { default_kW, obeyed_kW } = this.#ledger
    const default_ = default_kW[slot] as number
    const near = power_kW <= this.#ledger.above_kW(default_) && this.#ledger.above_kW(power_kW) >= default_
    const fell_kW = Math.min(this.#estimator.draw_kW[slot] as number, obeyed_kW[slot] as number) - power_kW
    return near && default_ > 0 && fell_kW > FALL_kW
  }

  /** What an EVSE asks for, at least its default. One that does not do what it is told has what it may draw. */
  #ask(slot: number, now_s: number): void {
    this.#reachable[slot] = this.#offline[slot] === 0 ? 1 : 0
    const stuck = this.#isStuck(slot)
    const least_kW = (stuck ? this.#ledger.bound_kW : this.#ledger.default_kW)[slot] as number
    this.#least_kW[slot] = least_kW
    this.#ask_kW[slot] = least_kW
    if (stuck || this.#estimator.session[slot] === 0) return
    const age_s = this.#estimator.age_s(slot, now_s)
    if (age_s >= this.settings.lost_s) return
    this.#estimator.estimate(slot, now_s)
    const want_kW = this.#estimator.want_kW[slot] as number
    const doubted = age_s >= this.settings.stale_s || (this.#trouble[slot] as number) !== 0
    const ask_kW = doubted ? Math.min(want_kW, this.#ledger.sent_kW[slot] as number) : want_kW
    if (ask_kW > least_kW) this.#ask_kW[slot] = ask_kW
  }

  #isStuck(slot: number): boolean {
    return this.#offline[slot] === 1 || this.#trouble[slot] === Why.disobeys || this.#commander.isSilent(slot)
  }

  /** Decides for the touched EVSEs alone, while nothing binds and the reserve is there; false: that is not so. */
  #decideTouched(readings: Readings, now_s: number, setpoints: Setpoints): boolean {
    const { touched, touchedCount } = readings
    const { slotOfPlace } = this.#network
    for (let i = 0; i < touchedCount; i++) {
      const slot = slotOfPlace[touched[i] as number] as number
      const before_kW = this.#ask_kW[slot] as number
      this.#ask(slot, now_s)
      if (!this.#fits(slot, (this.#ask_kW[slot] as number) - before_kW) || this.#isStuck(slot)) return false
    }
    let due_s = this.#scalars[At.due_s] as number
    for (let i = 0; i < touchedCount; i++) {
      const slot = slotOfPlace[touched[i] as number] as number
      this.#sharing.grant(slot)
      const waits = this.#commander.wantsRaise(slot) && !this.#commander.raise(slot, now_s, setpoints)
      if (waits) this.#scalars[At.tight] = 1
      this.#write(slot, setpoints)
      due_s = Math.min(due_s, this.#due_s(slot, now_s))
    }
    this.#scalars[At.due_s] = due_s
    return true
  }

  /** Adds to what is asked of the nodes above; false where that, or the bounds with their reserve, do not fit. */
  #fits(slot: number, more_kW: number): boolean {
    const { parent, nodeOfSlot } = this.#network
    const { capacity_kW } = this.#commander
    let fits = true
    for (let n = nodeOfSlot[slot] as number; n >= 0; n = parent[n] as number) {
      const ask_kW = (this.#nodeAsk_kW[n] as number) + more_kW
      this.#nodeAsk_kW[n] = ask_kW
      if (ask_kW > (capacity_kW[n] as number) || this.#commander.spare_kW(n) < 0) fits = false
    }
    return fits
  }

  #decideAll(readings: Readings, now_s: number, setpoints: Setpoints): void {
    const { slots } = this.#network
    for (let slot = 0; slot < slots; slot++) {
      this.#ledger.update(slot, now_s)
      this.#ask(slot, now_s)
    }
    this.#sum(this.#ledger.bound_kW, this.#ledger.nodeBound_kW)
    this.#sum(this.#ask_kW, this.#nodeAsk_kW)
    const binds = this.#binds()
    if (binds) this.#share()
    else this.#sharing.grantAll()
    this.#curb()
    const waits = this.#commander.commandAll(this.#reachable, now_s, setpoints)
    this.#scalars[At.tight] = binds || waits ? 1 : 0
    let due_s = this.#budget.due_s(readings, now_s)
    let draw_kW = 0
    for (let slot = 0; slot < slots; slot++) {
      due_s = Math.min(due_s, this.#due_s(slot, now_s))
      draw_kW += this.#estimator.session[slot] === 0 ? 0 : (this.#estimator.draw_kW[slot] as number)
      this.#write(slot, setpoints)
    }
    this.#scalars[At.due_s] = due_s
    this.#scalars[At.draw_kW] = draw_kW
  }

  /** What is reserved for one that does not do what it is told is not meant as a command. */
  #curb(): void {
    const { target_kW } = this.#sharing
    for (let slot = 0; slot < this.#network.slots; slot++) {
      if (!this.#isStuck(slot)) continue
      target_kW[slot] = Math.min(target_kW[slot] as number, this.#ledger.sent_kW[slot] as number)
    }
  }

  #sum(bySlot: Float64Array, byNode: Float64Array): void {
    const { nodeOfSlot, parent, nodes, slots } = this.#network
    byNode.fill(0)
    for (let slot = 0; slot < slots; slot++) {
      const node = nodeOfSlot[slot] as number
      byNode[node] = (byNode[node] as number) + (bySlot[slot] as number)
    }
    for (let n = nodes - 1; n > 0; n--) {
      const above = parent[n] as number
      byNode[above] = (byNode[above] as number) + (byNode[n] as number)
    }
  }

  #binds(): boolean {
    const { capacity_kW } = this.#commander
    for (let n = 0; n < this.#network.nodes; n++) {
      if ((this.#nodeAsk_kW[n] as number) > (capacity_kW[n] as number) + SAME_kW) return true
    }
    return false
  }

  /** Where even the defaults do not fit below a node, those that can be reached are given less than theirs. */
  #share(): void {
    const { nodes, firstSlot, slotEnd } = this.#network
    const { capacity_kW } = this.#commander
    for (let n = 0; n < nodes; n++) {
      let least_kW = 0
      for (let slot = firstSlot[n] as number; slot < (slotEnd[n] as number); slot++)
        least_kW += this.#least_kW[slot] as number
      if (least_kW <= (capacity_kW[n] as number) + SAME_kW) continue
      for (let slot = firstSlot[n] as number; slot < (slotEnd[n] as number); slot++) {
        if (!this.#isStuck(slot)) this.#least_kW[slot] = 0
      }
    }
    this.#sharing.share(capacity_kW)
  }

  #due_s(slot: number, now_s: number): number {
    let due_s = this.#ledger.expires_s(slot)
    if (this.#reachable[slot] === 1) due_s = Math.min(due_s, this.#commander.due_s(slot, now_s))
    return this.#estimator.session[slot] === 0 ? due_s : Math.min(due_s, this.#estimator.due_s(slot, now_s))
  }

  #write(slot: number, setpoints: Setpoints): void {
    const evse = this.#network.placeOfSlot[slot] as number
    const stop = this.#sharing.stop[slot] as number
    setpoints.reason[evse] = this.#reason(slot)
    setpoints.boundBy[evse] = stop < 0 ? -1 : (this.#network.modelNode[stop] as number)
    setpoints.limit_kW[evse] = this.#ledger.sent_kW[slot] as number
    setpoints.until_s[evse] = this.#ledger.sentUntil_s[slot] as number
  }

  #reason(slot: number): number {
    if (this.#offline[slot] === 1) return Why.offline
    if ((this.#trouble[slot] as number) !== 0) return this.#trouble[slot] as number
    if (this.#estimator.session[slot] === 0) return Why.idle
    const age_s = this.#estimator.age_s(slot, this.#scalars[At.now_s] as number)
    if (age_s >= this.settings.lost_s) return Why.lost
    if (age_s >= this.settings.stale_s) return Why.stale
    if (this.#commander.isSilent(slot)) return Why.unconfirmed
    const shared = this.#sharing.reason[slot] as number
    if (shared !== Why.free) return shared
    if (this.#commander.wantsRaise(slot)) return Why.waits
    if (this.#estimator.isHot(slot)) return Why.hot
    return this.#estimator.isProbing(slot) ? Why.probe : Why.free
  }

  #siteReason(readings: Readings): number {
    if (this.#defaults_kW > this.#budget.capacity_kW + SAME_kW) return Why.defaultsExceedLimit
    if (this.#budget.reason !== Why.free) return this.#budget.reason
    return this.#budget.disagrees(readings, this.#scalars[At.draw_kW] as number) ? Why.metersDisagree : Why.free
  }
}
