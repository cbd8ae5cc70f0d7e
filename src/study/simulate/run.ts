import { InvariantError, invariant } from '../../base/problems/index.ts'
import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { Policy } from '../../hub/controller/index.ts'
import {
  adjust,
  adopt,
  advance,
  atKnot,
  CrossingSearch,
  draw,
  endCharging,
  type HubControls,
  insert,
  lookBelow,
  lowerBound,
  Mode,
  Plant,
  type PlugIn,
  remove,
  StateStore,
  settleBelow,
  settleSlot,
  untilChange_s,
} from '../../hub/plant/index.ts'
import { Agenda } from './agenda.ts'
import { Books } from './books.ts'
import { GovernedSlots } from './governed-slots.ts'
import { NodeQuarters } from './node-quarters.ts'
import { PowerMeter } from './power-meter.ts'
import { coffee_s, type RunInput, type RunSnapshot, sizesOf } from './run-input.ts'
import { type EndedSession, Sessions } from './sessions.ts'
import { steeringOf } from './steering.ts'

/** Totals are complete and times start anew after so many minutes: the clock is as sharp in a year as in the first hour. */
const WINDOW_min = 240
const WINDOW_s = WINDOW_min * SECONDS_PER_MINUTE
const QUARTER_s = 900
/** A smaller change of power at a knot is rounding. */
const SMOOTH_kW = 1e-10
/** No more things than this happen at one moment. */
const MAX_AT_ONCE = 100_000

/**
 * One run of a hub: events in the order of time, exact in between. Inside, times count from the start of the window;
 * outside, from the start of the run.
 */
export class Run implements HubControls {
  readonly input: RunInput
  readonly plant: Plant
  readonly books: Books
  /** null in a governed run. */
  readonly #policy: Policy | null
  readonly #governed: GovernedSlots | null
  readonly #store = new StateStore()
  readonly #agenda: Agenda
  readonly #meter: PowerMeter
  /** Mean power of the minutes of a window, while it is closed. */
  readonly #minutes_kW = new Float64Array(WINDOW_min)
  readonly #search: CrossingSearch
  readonly #clock: Float64Array
  readonly #sessions: Sessions
  readonly quarters: NodeQuarters
  /** Slots whose charging ended in the event at work. */
  readonly #ended: Int32Array
  #endedCount = 0
  /** Alarm of the driver that rings and was not set anew, -1: none. */
  #ringing = -1
  /** First thing of each kind: slots from 0, leaving vehicles, end of a quarter, end of the window, nodes, alarms of
   *  the driver. */
  readonly #leaves: number
  readonly #nodes: number
  readonly #alarms: number
  readonly #governorAlarms: number
  readonly #quarter: number
  readonly #closing: number

  constructor(input: RunInput) {
    invariant(input.duration_s > 0, `duration of ${input.duration_s} s`)
    this.input = input
    const store = this.#store
    this.#meter = new PowerMeter(WINDOW_min, store)
    const { model, profiles, cutoff_kW } = input
    this.plant = new Plant({ model, profiles, store, meter: this.#meter, cutoff_kW })
    const { policy, governor } = steeringOf(input, this.plant)
    this.#policy = policy
    this.#search = new CrossingSearch(this.plant)
    const { slots, nodes } = this.plant.network
    this.#leaves = slots
    this.#quarter = 2 * slots
    this.#closing = this.#quarter + 1
    this.#nodes = this.#closing + 1
    this.#alarms = this.#nodes + nodes
    this.#governorAlarms = this.#alarms + input.driver.alarms
    this.#agenda = new Agenda(this.#governorAlarms + (governor?.alarms ?? 0), store)
    this.books = new Books(sizesOf(input, this.plant), store)
    this.#sessions = new Sessions(this.plant, this.books, coffee_s(input), store)
    this.quarters = new NodeQuarters(nodes, store)
    const clock = store.f64(4)
    this.#clock = clock
    const time = { agenda: this.#agenda, firstAlarm: this.#governorAlarms, firstLeave: this.#leaves, clock }
    this.#governed = governor ? new GovernedSlots(this.plant, governor, time) : null
    this.#ended = new Int32Array(slots)
    this.#agenda.set(this.#closing, Math.min(WINDOW_s, input.duration_s))
    if (input.quarters) this.#agenda.set(this.#quarter, Math.min(QUARTER_s, input.duration_s))
    if (this.#governed) governor?.start(this.#governed)
    input.driver.start(this)
  }

  /** Seconds since the start of the run. */
  get now_s(): number {
    const clock = this.#clock
    return (clock[0] as number) + (clock[1] as number)
  }

  get events(): number {
    return this.#clock[2] as number
  }

  get finished(): boolean {
    return (this.#clock[0] as number) >= this.input.duration_s
  }

  get #epoch_s(): number {
    return this.#clock[0] as number
  }

  get #now(): number {
    return this.#clock[1] as number
  }

  /** Lets everything up to a moment happen, which is now then; at the end of the run the totals are complete. */
  until(when_s: number): this {
    const clock = this.#clock
    const agenda = this.#agenda
    const { at_s } = agenda
    const { duration_s } = this.input
    let atOnce = 0
    while ((clock[0] as number) < duration_s) {
      const thing = agenda.next
      const at = at_s[thing] as number
      if (at + (clock[0] as number) > when_s) {
        clock[1] = Math.max(clock[1] as number, when_s - (clock[0] as number))
        break
      }
      atOnce = at === clock[1] ? atOnce + 1 : 0
      if (atOnce > MAX_AT_ONCE) throw new InvariantError(`time stands still at ${this.now_s} s`)
      clock[1] = at
      clock[2] = (clock[2] as number) + 1
      this.#happen(thing, at)
      if (this.#endedCount > 0) this.#tellEnded()
    }
    return this
  }

  finish(): this {
    return this.until(Number.POSITIVE_INFINITY)
  }

  /** Brings energy, state of charge and what was held back up to now; what follows stays the same to rounding. */
  settle(): void {
    settleBelow(this.plant, 0, this.#now)
  }

  snapshot(): RunSnapshot {
    const driver = structuredClone(this.input.driver.snapshot())
    const governor = structuredClone(this.#governed?.governor.snapshot())
    return { state: this.#store.snapshot(), driver, governor }
  }

  restore(snapshot: RunSnapshot): void {
    this.#store.restore(snapshot.state)
    this.input.driver.restore(structuredClone(snapshot.driver))
    this.#governed?.governor.restore(structuredClone(snapshot.governor))
  }

  #happen(thing: number, now: number): void {
    if (thing < this.#leaves) this.#slotAlarm(thing, now)
    else if (thing < this.#quarter) this.#leave(thing - this.#leaves)
    else if (thing === this.#quarter) this.#closeQuarter(now)
    else if (thing === this.#closing) this.#close(now)
    else if (thing < this.#alarms) this.#cross(thing - this.#nodes, now)
    else if (thing < this.#governorAlarms) this.#ring(thing)
    else this.#governed?.ring(thing)
  }

  /** An alarm that the driver does not set anew sleeps. */
  #ring(thing: number): void {
    this.#ringing = thing
    this.input.driver.ring(thing - this.#alarms, this.now_s)
    if (this.#ringing === thing) this.#agenda.set(thing, Number.POSITIVE_INFINITY)
    this.#ringing = -1
  }

  #leave(slot: number): void {
    this.#agenda.set(this.#leaves + slot, Number.POSITIVE_INFINITY)
    this.input.driver.leave(this.#place(slot), this.now_s)
  }

  #tellEnded(): void {
    while (this.#endedCount > 0) {
      const slot = this.#ended[--this.#endedCount] as number
      if (this.plant.mode[slot] === Mode.done) this.input.driver.done(this.#place(slot), this.now_s)
    }
  }

  #place(slot: number): number {
    return this.plant.network.placeOfSlot[slot] as number
  }

  #slot(place: number): number {
    const slot = this.plant.network.slotOfPlace[place]
    if (slot === undefined) throw new InvariantError(`no place ${place}`)
    return slot
  }

  plugIn(vehicle: PlugIn): void {
    const slot = this.#slot(vehicle.place)
    const now = this.#now
    insert(this.plant, slot, vehicle, now)
    this.#policy?.admit(slot, vehicle, this.events)
    this.#agenda.set(this.#leaves + slot, vehicle.leaves_s - this.#epoch_s)
    this.#sessions.enter(slot, vehicle, this.now_s)
    if (advance(this.plant, slot)) draw(this.plant, slot)
    else this.#end(slot)
    const governed = this.#governed
    if (governed) {
      governed.governor.plugged(slot, vehicle, this.now_s)
      governed.beginStretch(slot)
    } else if (this.plant.charges(slot)) this.#join(slot, now)
  }

  #join(slot: number, now: number): void {
    const { plant } = this
    const region = plant.regionOf(slot)
    if (region < 0) {
      this.#arm(slot, now)
      return
    }
    lookBelow(plant, region, now)
    plant.under[slot] = plant.saturatedAbove(slot)
    this.#allocate(region, now)
  }

  unplug(place: number, moves = false): void {
    const slot = this.#slot(place)
    const now = this.#now
    const { plant } = this
    if (plant.mode[slot] === Mode.empty) throw new InvariantError(`place ${place} is free`)
    const governed = this.#governed
    const region = governed || !plant.charges(slot) ? -1 : plant.regionOf(slot)
    const coupled = region >= 0 && this.#anySaturated(region)
    if (coupled) lookBelow(plant, region, now)
    if (governed) governed.endStretch(slot)
    else settleSlot(plant, slot, now)
    this.input.onSession?.(this.#sessions.record(slot, this.now_s, moves))
    if (moves) this.#sessions.bookMove(slot, this.now_s)
    else this.#sessions.bookEnd(slot, this.now_s)
    governed?.governor.unplugged(slot, this.now_s)
    remove(plant, slot)
    this.#agenda.set(slot, Number.POSITIVE_INFINITY)
    this.#agenda.set(this.#leaves + slot, Number.POSITIVE_INFINITY)
    if (coupled) this.#allocate(region, now)
  }

  isFree(place: number): boolean {
    return this.plant.mode[this.#slot(place)] === Mode.empty
  }

  soc_frac(place: number): number {
    this.settle()
    return this.plant.soc_frac[this.#slot(place)] as number
  }

  leaveAt(place: number, when_s: number): void {
    this.#agenda.set(this.#leaves + this.#slot(place), when_s - this.#epoch_s)
  }

  setAlarm(alarm: number, when_s: number): void {
    if (!(alarm < this.input.driver.alarms)) throw new InvariantError(`no alarm ${alarm}`)
    const thing = this.#alarms + alarm
    if (thing === this.#ringing) this.#ringing = -1
    this.#agenda.set(thing, when_s - this.#epoch_s)
  }

  setWaiting(count: number): void {
    this.books.waiting.change(count, this.now_s)
  }

  #anySaturated(region: number): boolean {
    const end = this.plant.network.nodeEnd[region] as number
    for (let node = region; node < end; node++) if (this.plant.saturated[node] === 1) return true
    return false
  }

  /** A slot that draws its own power reached a knot, its target or its allowance. */
  #slotAlarm(slot: number, now: number): void {
    const { plant } = this
    if (this.#governed) {
      this.#governedAlarm(slot, this.#governed)
      return
    }
    const region = plant.regionOf(slot)
    if (region >= 0 && this.#anySaturated(region)) {
      this.#turn(slot, region, now)
      return
    }
    settleSlot(plant, slot, now)
    const before_kW = plant.power_kW[slot] as number
    if (!this.#advance(slot, this.now_s)) {
      this.#end(slot)
      return
    }
    draw(plant, slot)
    const rises = (plant.growth[slot] as number) > 0 || (plant.power_kW[slot] as number) > before_kW
    if (region >= 0 && rises) {
      this.#resolve(region, now)
      return
    }
    plant.armed[slot] = plant.piece[slot] as number
    this.#agenda.set(slot, now + untilChange_s(plant, slot))
  }

  #governedAlarm(slot: number, governed: GovernedSlots): void {
    governed.endStretch(slot)
    if (!this.#advance(slot, this.now_s)) this.#end(slot)
    governed.beginStretch(slot)
  }

  /** Moves a settled slot on; false when its charging ends here. */
  #advance(slot: number, now_s: number): boolean {
    const goesOn = advance(this.plant, slot)
    this.#sessions.notice(slot, now_s)
    return goesOn
  }

  #end(slot: number): void {
    endCharging(this.plant, slot)
    this.#sessions.done(slot, this.now_s)
    this.#agenda.set(slot, Number.POSITIVE_INFINITY)
    this.#ended[this.#endedCount++] = slot
  }

  /**
   * A slot in a region with a saturated node reached the end of its piece. Where its power goes on without a jump, and does
   * not rise, nobody's part changes; with layers it may, since a claim on a layer follows the envelope.
   */
  #turn(slot: number, region: number, now: number): void {
    const { plant } = this
    lookBelow(plant, region, now)
    settleSlot(plant, slot, now)
    if (this.#policy?.kind === 'layered') {
      this.#allocate(region, now)
      return
    }
    const before_kW = plant.power_kW[slot] as number
    const goesOn = plant.mode[slot] === Mode.own && this.#advance(slot, this.now_s)
    const jump_kW = Math.abs((plant.envelope_kW[slot] as number) - before_kW)
    if (goesOn) draw(plant, slot)
    if (!goesOn || jump_kW > SMOOTH_kW || (plant.growth[slot] as number) > 0) {
      this.#allocate(region, now)
      return
    }
    plant.armed[slot] = plant.piece[slot] as number
    this.#agenda.set(slot, now + untilChange_s(plant, slot))
    plant.listCharging(region)
    this.#watch(region, now)
  }

  /**
   * A condition of the allocation below a node ends. Where it is only that a sharing slot came to the end of its piece,
   * nobody's part changes; if its next piece lies below its part, the next crossing is now.
   */
  #cross(node: number, now: number): void {
    const { plant } = this
    lookBelow(plant, node, now)
    if (this.#policy?.kind === 'layered') {
      this.#allocate(node, now)
      return
    }
    plant.listCharging(node)
    const before = this.#endedCount
    const now_s = this.now_s
    let turned = 0
    for (let i = 0; i < plant.chargingCount; i++) {
      const slot = plant.charging[i] as number
      if (plant.mode[slot] !== Mode.share || !atKnot(plant, slot)) continue
      if (this.#advance(slot, now_s)) turned++
      else this.#end(slot)
    }
    if (turned > 0 && this.#endedCount === before) this.#watch(node, now)
    else this.#allocate(node, now)
  }

  /** Looks at a region, moves its slots on to where they have come, and shares power anew. */
  #resolve(region: number, now: number): void {
    lookBelow(this.plant, region, now)
    this.#allocate(region, now)
  }

  #allocate(region: number, now: number): void {
    const { plant } = this
    plant.listCharging(region)
    const before = this.#endedCount
    const now_s = this.now_s
    for (let i = 0; i < plant.chargingCount; i++) {
      const slot = plant.charging[i] as number
      if (plant.settled_s[slot] !== now) lowerBound(plant, slot)
      else if (!this.#advance(slot, now_s)) this.#end(slot)
    }
    if (this.#endedCount > before) plant.listCharging(region)
    if (this.#policy?.amend(region)) adjust(plant, now)
    else {
      this.#policy?.allocate(region)
      adopt(plant, region, now)
    }
    for (let i = 0; i < plant.changedCount; i++) this.#arm(plant.changed[i] as number, now)
    this.#watch(region, now)
  }

  /** Sets the alarm of a slot in a region; one that goes on drawing along its piece keeps the alarm it has. */
  #arm(slot: number, now: number): void {
    const { plant } = this
    const piece = plant.mode[slot] === Mode.own ? (plant.piece[slot] as number) : -1
    if (plant.armed[slot] === piece) return
    plant.armed[slot] = piece
    this.#agenda.set(slot, piece < 0 ? Number.POSITIVE_INFINITY : now + untilChange_s(plant, slot))
  }

  /** Sets the alarm of every topmost node of a region that can bind to its next crossing. */
  #watch(region: number, now: number): void {
    const { nodeEnd } = this.plant.network
    const end = nodeEnd[region] as number
    let watchedEnd = region
    for (let node = region; node < end; node++) {
      const top = node >= watchedEnd && (this.plant.canBind(node) || this.plant.saturated[node] === 1)
      if (top) watchedEnd = nodeEnd[node] as number
      this.#agenda.set(this.#nodes + node, top ? this.#crossing_s(node, now) : Number.POSITIVE_INFINITY)
    }
  }

  #crossing_s(node: number, now: number): number {
    const { charging, chargingCount } = this.plant
    const { at_s } = this.#agenda
    const leaves = this.#leaves
    let horizon = at_s[this.#closing] as number
    // Slots of the region outside the node only bring the horizon nearer than it need be.
    for (let i = 0; i < chargingCount; i++) {
      const slot = charging[i] as number
      const changes = at_s[slot] as number
      const unplugs = at_s[leaves + slot] as number
      if (changes < horizon) horizon = changes
      if (unplugs < horizon) horizon = unplugs
    }
    return now + this.#search.until_s(node, horizon - now, this.#policy?.kind ?? 'fair')
  }

  /** Ends a quarter of an hour: settles all and meters every node. */
  #closeQuarter(now: number): void {
    settleBelow(this.plant, 0, now)
    const quarter = this.quarters.close(this.plant, this.books, this.now_s)
    const left_s = this.input.duration_s - this.now_s
    this.#agenda.set(this.#quarter, left_s > 0 ? now + Math.min(QUARTER_s, left_s) : Number.POSITIVE_INFINITY)
    this.input.onQuarter?.(quarter)
  }

  /** Sessions of vehicles that are plugged in, as they stand now. */
  *openSessions(): Generator<EndedSession> {
    this.settle()
    for (let slot = 0; slot < this.plant.network.slots; slot++) {
      if (this.plant.mode[slot] !== Mode.empty) yield this.#sessions.record(slot, this.now_s, false)
    }
  }

  /** Ends a window: settles all, hands its minutes to the books and lets time start anew. */
  #close(now: number): void {
    const { plant } = this
    settleBelow(plant, 0, now)
    const minutes = Math.ceil(now / SECONDS_PER_MINUTE)
    this.#meter.close(minutes, this.#minutes_kW)
    this.books.power.add(this.#minutes_kW.subarray(0, minutes))
    this.#agenda.shift(-now)
    for (let slot = 0; slot < plant.network.slots; slot++) plant.settled_s[slot] = 0
    for (let node = 0; node < plant.network.nodes; node++) plant.since_s[node] = 0
    this.#clock[0] = this.#epoch_s + now
    this.#clock[1] = 0
    const left_s = this.input.duration_s - this.#epoch_s
    this.#agenda.set(this.#closing, left_s > 0 ? Math.min(WINDOW_s, left_s) : Number.POSITIVE_INFINITY)
    if (left_s <= 0) this.#finishBooks()
  }

  /** At the end, vehicles still plugged in count with what they have got so far; their sessions are not over. */
  #finishBooks(): void {
    const { books, plant } = this
    for (let slot = 0; slot < plant.network.slots; slot++) {
      if (plant.mode[slot] !== Mode.empty) this.#sessions.bookSoFar(slot, this.now_s)
    }
    books.occupied.change(books.occupied.count, this.now_s)
    books.waiting.change(books.waiting.count, this.now_s)
  }
}
