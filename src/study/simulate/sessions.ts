import { MILESTONE_frac, Mode, type Plant, type PlugIn, type StateStore } from '../../hub/plant/index.ts'
import { add, type Books } from './books.ts'

/** A session, at its end or so far. Times count from the start of the run. */
export interface EndedSession {
  readonly place: number
  /** Numbers of the kinds of connector and vehicle, as at the plug-in. */
  readonly connector: number
  readonly vehicle: number
  readonly plugged_s: number
  readonly unplugged_s: number
  readonly waited_s: number
  readonly energy_kWh: number
  /** The vehicle went on at another place: another session of it follows. */
  readonly moved: boolean
  /** Energy to the target when it was plugged in, less what it got. */
  readonly unserved_kWh: number
  /** Limit source that most of it is due to; null: the driver left by choice, or nothing is missing. */
  readonly unservedBy: string | null
  /** By limit source, in the order of the run's list of sources. */
  readonly heldBack_kWh: readonly number[]
  readonly socBefore_frac: number
  readonly soc_frac: number
  /** When charging ended; null: it was cut short by leaving. */
  readonly done_s: number | null
  /** When it passed a state of charge of 80 %; null: it came with more or left with less. */
  readonly at80_s: number | null
}

/** Less than this is rounding, not energy. */
const DUST_kWh = 1e-6
/** What is missing to the milestone where it counts as reached: the engine ends a piece a hair before its knot. */
const DUST_frac = 1e-9
/** A session that ends with the coffee is in time. */
const DUST_s = 1e-6

/** The sessions at the slots from plug-in on, and their entry into the books. */
export class Sessions {
  readonly #plant: Plant
  readonly #books: Books
  readonly #coffee_s: number
  readonly #plugged_s: Float64Array
  readonly #wanted_kWh: Float64Array
  readonly #waited_s: Float64Array
  readonly #before_frac: Float64Array
  readonly #connector: Int32Array
  readonly #vehicle: Int32Array
  /** When charging ended and when the milestone was passed; Infinity: not yet. */
  readonly #done_s: Float64Array
  readonly #passed_s: Float64Array

  constructor(plant: Plant, books: Books, coffee_s: number, store: StateStore) {
    const { slots } = plant.network
    this.#plant = plant
    this.#books = books
    this.#coffee_s = coffee_s
    this.#plugged_s = store.f64(slots)
    this.#wanted_kWh = store.f64(slots)
    this.#waited_s = store.f64(slots)
    this.#before_frac = store.f64(slots)
    this.#connector = store.i32(slots)
    this.#vehicle = store.i32(slots)
    this.#done_s = store.f64(slots)
    this.#passed_s = store.f64(slots)
  }

  enter(slot: number, vehicle: PlugIn, now_s: number): void {
    this.#plugged_s[slot] = now_s
    this.#wanted_kWh[slot] = Math.max(0, vehicle.target_frac - vehicle.soc_frac) * vehicle.capacity_kWh
    this.#waited_s[slot] = vehicle.waited_s
    this.#before_frac[slot] = vehicle.soc_frac
    this.#connector[slot] = vehicle.connector
    this.#vehicle[slot] = vehicle.vehicle
    this.#done_s[slot] = Number.POSITIVE_INFINITY
    this.#passed_s[slot] = Number.POSITIVE_INFINITY
    if (!vehicle.moved) this.#books.waits.add(vehicle.waited_s)
    this.#books.occupied.change(this.#books.occupied.count + 1, now_s)
    this.#books.availability.hold(vehicle.place, vehicle.guns ?? 1, now_s)
  }

  /** Charging at a slot has ended. */
  done(slot: number, now_s: number): void {
    this.#done_s[slot] = now_s
  }

  /** Whether a settled slot has come to the milestone, and nobody has noted it. */
  isPassing(slot: number): boolean {
    if ((this.#plant.soc_frac[slot] as number) < MILESTONE_frac - DUST_frac) return false
    return this.#passed_s[slot] === Number.POSITIVE_INFINITY
  }

  /** Notes that a slot has come to the milestone. */
  pass(slot: number, now_s: number): void {
    this.#passed_s[slot] = now_s
  }

  /** Books the energy and times of a settled slot that still has its vehicle. */
  bookSoFar(slot: number, now_s: number): void {
    const books = this.#books
    const energy_kWh = this.#plant.delivered_kWh[slot] as number
    const plugged_s = this.#plugged_s[slot] as number
    books.byPlace.addEnergy(slot, energy_kWh)
    books.byConnector.addEnergy(this.#connector[slot] as number, energy_kWh)
    books.byVehicle.addEnergy(this.#vehicle[slot] as number, energy_kWh)
    add(books.byVehicle.heldBack_kWh, this.#vehicle[slot] as number, this.#held_kWh(slot))
    add(books.occupied_s, slot, now_s - plugged_s)
    add(books.charging_s, slot, Math.min(now_s, this.#done_s[slot] as number) - plugged_s)
  }

  /** Books what a settled slot has done for a vehicle that moves on to another place now. */
  bookMove(slot: number, now_s: number): void {
    this.bookSoFar(slot, now_s)
    this.#vacate(slot, now_s)
  }

  /** Books the session of a settled slot whose vehicle leaves now. */
  bookEnd(slot: number, now_s: number): void {
    const books = this.#books
    const waited_s = this.#waited_s[slot] as number
    const vehicle = this.#vehicle[slot] as number
    const unserved_kWh = this.#unserved_kWh(slot)
    this.bookSoFar(slot, now_s)
    books.byPlace.addSession(slot, waited_s)
    books.byConnector.addSession(this.#connector[slot] as number, waited_s)
    books.byVehicle.addSession(vehicle, waited_s)
    add(books.byVehicle.unserved_kWh, vehicle, unserved_kWh)
    if (unserved_kWh > 0) add(books.unserved_kWh, this.#unservedBy(slot), unserved_kWh)
    this.#bookSpeed(slot, vehicle)
    this.#vacate(slot, now_s)
  }

  #vacate(slot: number, now_s: number): void {
    const { occupied, availability } = this.#books
    occupied.change(occupied.count - 1, now_s)
    availability.hold(this.#plant.network.placeOfSlot[slot] as number, 0, now_s)
  }

  /** The session of a settled slot as it stands. */
  record(slot: number, now_s: number, moved: boolean): EndedSession {
    const { profiles, network, soc_frac, delivered_kWh, sessionHeld_kWh } = this.#plant
    const sources = profiles.sources.length
    const unserved_kWh = moved ? 0 : this.#unserved_kWh(slot)
    return {
      moved,
      place: network.placeOfSlot[slot] as number,
      connector: this.#connector[slot] as number,
      vehicle: this.#vehicle[slot] as number,
      plugged_s: this.#plugged_s[slot] as number,
      unplugged_s: now_s,
      waited_s: this.#waited_s[slot] as number,
      energy_kWh: delivered_kWh[slot] as number,
      unserved_kWh,
      unservedBy: unserved_kWh > 0 ? (profiles.sources[this.#unservedBy(slot)] ?? null) : null,
      heldBack_kWh: Array.from(sessionHeld_kWh.subarray(slot * sources, (slot + 1) * sources)),
      socBefore_frac: this.#before_frac[slot] as number,
      soc_frac: soc_frac[slot] as number,
      done_s: finite(this.#done_s[slot] as number),
      at80_s: this.#beganBelow(slot) ? finite(this.#passed_s[slot] as number) : null,
    }
  }

  #bookSpeed(slot: number, vehicle: number): void {
    const books = this.#books
    const plugged_s = this.#plugged_s[slot] as number
    if ((this.#done_s[slot] as number) - plugged_s <= this.#coffee_s + DUST_s) add(books.counts, 1, 1)
    if (!this.#beganBelow(slot)) return
    add(books.counts, 0, 1)
    const took_s = (this.#passed_s[slot] as number) - plugged_s
    if (took_s === Number.POSITIVE_INFINITY) return
    books.toMilestone.add(took_s)
    add(books.byVehicle.passed, vehicle, 1)
    add(books.byVehicle.passed_s, vehicle, took_s)
  }

  #beganBelow(slot: number): boolean {
    return (this.#before_frac[slot] as number) < MILESTONE_frac - DUST_frac
  }

  #unserved_kWh(slot: number): number {
    const missing_kWh = (this.#wanted_kWh[slot] as number) - (this.#plant.delivered_kWh[slot] as number)
    return missing_kWh > DUST_kWh ? missing_kWh : 0
  }

  #held_kWh(slot: number): number {
    const { sessionHeld_kWh, heldBack_kWh } = this.#plant
    const end = (slot + 1) * heldBack_kWh.length
    let sum_kWh = 0
    for (let entry = slot * heldBack_kWh.length; entry < end; entry++) sum_kWh += sessionHeld_kWh[entry] as number
    return sum_kWh
  }

  /**
   * Source that what is missing is due to: a battery that takes no more before the target is reached; else the one that held
   * back most; else, by the entry after the last source, the driver who left.
   */
  #unservedBy(slot: number): number {
    const plant = this.#plant
    if (plant.mode[slot] === Mode.done) return plant.profiles.vehicleSource[plant.profile[slot] as number] as number
    const sources = plant.heldBack_kWh.length
    let most = sources
    let most_kWh = DUST_kWh
    for (let source = 0; source < sources; source++) {
      const held_kWh = plant.sessionHeld_kWh[slot * sources + source] as number
      if (held_kWh <= most_kWh) continue
      most = source
      most_kWh = held_kWh
    }
    return most
  }
}

function finite(time_s: number): number | null {
  return time_s === Number.POSITIVE_INFINITY ? null : time_s
}
