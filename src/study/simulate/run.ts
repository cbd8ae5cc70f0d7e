import { InvariantError, invariant } from '../../base/problems/index.ts'
import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { Policy } from '../../hub/controller/index.ts'
import {
  advance,
  draw,
  endCharging,
  type HubControls,
  insert,
  lookBelow,
  Mode,
  Plant,
  type PlugIn,
  remove,
  StateStore,
  settleBelow,
  settleSlot,
} from '../../hub/plant/index.ts'
import { Agenda } from './agenda.ts'
import { Books } from './books.ts'
import { GovernedSlots } from './governed-slots.ts'
import { NodeQuarters } from './node-quarters.ts'
import { PowerMeter } from './power-meter.ts'
import { coffee_s, type RunInput, type RunSnapshot, sizesOf } from './run-input.ts'
import { type EndedSession, Sessions } from './sessions.ts'
import { SharedSlots } from './shared-slots.ts'
import { Sharing } from './sharing.ts'
import { SlotNews } from './slot-news.ts'
import { steeringOf } from './steering.ts'

/** Totals are complete and times start anew after so many minutes: the clock is as sharp in a year as in the first hour. */
const WINDOW_min = 240
const WINDOW_s = WINDOW_min * SECONDS_PER_MINUTE
const QUARTER_s = 900
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
  /** Either these two, null in a governed run, */
  readonly #policy: Policy | null
  readonly #sharing: Sharing | null
  /** where devices may say what slots draw at most, */
  readonly #shared: SharedSlots | null
  /** or this one. */
  readonly #governed: GovernedSlots | null
  readonly #store = new StateStore()
  readonly #agenda: Agenda
  readonly #meter: PowerMeter
  /** Mean power of the minutes of a window, while it is closed. */
  readonly #minutes_kW = new Float64Array(WINDOW_min)
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
    const { model, cutoff_kW, devices } = input
    const room = devices ? input.profiles.withRoom(model.places.length) : null
    const profiles = room?.table ?? input.profiles
    this.plant = new Plant({ model, profiles, store, meter: this.#meter, cutoff_kW })
    const { policy, governor } = steeringOf(input, this.plant)
    this.#policy = policy
    const { slots, nodes } = this.plant.network
    this.#leaves = slots
    this.#quarter = 2 * slots
    this.#closing = this.#quarter + 1
    this.#nodes = this.#closing + 1
    this.#alarms = this.#nodes + nodes
    this.#governorAlarms = this.#alarms + input.driver.alarms
    this.#agenda = new Agenda(this.#governorAlarms + ((governor ?? devices)?.alarms ?? 0), store)
    this.books = new Books(sizesOf(input, this.plant), store)
    this.#sessions = new Sessions(this.plant, this.books, coffee_s(input), store)
    this.quarters = new NodeQuarters(nodes, store)
    const clock = store.f64(4)
    this.#clock = clock
    const time = { agenda: this.#agenda, firstAlarm: this.#governorAlarms, firstLeave: this.#leaves, clock }
    this.#governed = governor ? new GovernedSlots(this.plant, governor, time) : null
    this.#ended = new Int32Array(slots)
    const news = devices ? new SlotNews(slots) : null
    this.#sharing = policy ? this.#sharingBy(policy, news) : null
    this.#shared =
      devices && room && news && this.#sharing
        ? new SharedSlots({ plant: this.plant, devices, news, time, store, firstCapped: room.first }, this.#sharing)
        : null
    this.#agenda.set(this.#closing, Math.min(WINDOW_s, input.duration_s))
    if (input.quarters) this.#agenda.set(this.#quarter, Math.min(QUARTER_s, input.duration_s))
    if (this.#governed) governor?.start(this.#governed)
    if (this.#shared) devices?.start(this.#shared)
    input.driver.start(this)
  }

  #sharingBy(policy: Policy, news: SlotNews | null): Sharing {
    const run = this
    const life = {
      get endedCount(): number {
        return run.#endedCount
      },
      advance: (slot: number): boolean => this.#advance(slot),
      end: (slot: number): void => {
        this.#end(slot)
        news?.add(slot)
      },
    }
    const things = { leaves: this.#leaves, nodes: this.#nodes, closing: this.#closing }
    return new Sharing({ plant: this.plant, policy, agenda: this.#agenda, life, news, ...things })
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
      this.#shared?.tell()
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
    const governor = structuredClone((this.#governed?.governor ?? this.#shared?.devices)?.snapshot())
    return { state: this.#store.snapshot(), driver, governor }
  }

  restore(snapshot: RunSnapshot): void {
    this.#store.restore(snapshot.state)
    this.input.driver.restore(structuredClone(snapshot.driver))
    this.#governed?.governor.restore(structuredClone(snapshot.governor))
    this.#shared?.resume()
    this.#shared?.devices.restore(structuredClone(snapshot.governor))
  }

  #happen(thing: number, now: number): void {
    if (thing < this.#leaves) this.#slotAlarm(thing, now)
    else if (thing < this.#quarter) this.#leave(thing - this.#leaves)
    else if (thing === this.#quarter) this.#closeQuarter(now)
    else if (thing === this.#closing) this.#close(now)
    else if (thing < this.#alarms) this.#sharing?.cross(thing - this.#nodes, now)
    else if (thing < this.#governorAlarms) this.#ring(thing)
    else if (this.#governed) this.#governed.ring(thing)
    else this.#shared?.ring(thing)
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
      return
    }
    this.#shared?.plugged(slot, vehicle)
    if (this.plant.charges(slot)) this.#sharing?.join(slot, now)
  }

  unplug(place: number, moves = false): void {
    const slot = this.#slot(place)
    const now = this.#now
    const { plant } = this
    if (plant.mode[slot] === Mode.empty) throw new InvariantError(`place ${place} is free`)
    const governed = this.#governed
    const region = governed || !plant.charges(slot) ? -1 : plant.regionOf(slot)
    const coupled = region >= 0 && (this.#sharing?.anySaturated(region) ?? false)
    if (coupled) lookBelow(plant, region, now)
    if (governed) governed.endStretch(slot)
    else settleSlot(plant, slot, now)
    this.#shared?.leaves(slot)
    this.input.onSession?.(this.#sessions.record(slot, this.now_s, moves))
    if (moves) this.#sessions.bookMove(slot, this.now_s)
    else this.#sessions.bookEnd(slot, this.now_s)
    governed?.governor.unplugged(slot, this.now_s)
    remove(plant, slot)
    this.#agenda.set(slot, Number.POSITIVE_INFINITY)
    this.#agenda.set(this.#leaves + slot, Number.POSITIVE_INFINITY)
    if (coupled) this.#sharing?.allocate(region, now)
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

  /** A slot that draws its own power reached a knot, its target or its allowance. */
  #slotAlarm(slot: number, now: number): void {
    if (this.#governed) this.#governedAlarm(slot, this.#governed)
    else this.#sharing?.slotAlarm(slot, now)
  }

  #governedAlarm(slot: number, governed: GovernedSlots): void {
    governed.endStretch(slot)
    if (!this.#advance(slot)) this.#end(slot)
    governed.beginStretch(slot)
  }

  /** Moves a settled slot on; false when its charging ends here. */
  #advance(slot: number): boolean {
    const goesOn = advance(this.plant, slot)
    if (this.#sessions.isPassing(slot)) this.#sessions.pass(slot, this.now_s)
    return goesOn
  }

  #end(slot: number): void {
    endCharging(this.plant, slot)
    this.#sessions.done(slot, this.now_s)
    this.#agenda.set(slot, Number.POSITIVE_INFINITY)
    this.#ended[this.#endedCount++] = slot
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
