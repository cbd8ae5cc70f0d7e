import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { StateStore } from '../../hub/plant/index.ts'
import { Availability, type PlaceLayout } from './availability.ts'
import { DurationHistogram } from './duration-histogram.ts'
import { Level } from './level.ts'
import { PowerBooks } from './power-books.ts'
import type { Timeline } from './result.ts'

const MAX_TIMELINE_STEPS = 1500
const STEPS_min = [15, 30, 60, 120, 240, 360, 720, 1440]

/** Step of a timeline that has at most 1500 of them: 15 minutes up to 15 days. */
export function timelineStep_s(duration_s: number): number {
  const fits = STEPS_min.find((step_min) => duration_s / (step_min * SECONDS_PER_MINUTE) <= MAX_TIMELINE_STEPS)
  const step_min = fits ?? 1440 * Math.ceil(duration_s / (1440 * SECONDS_PER_MINUTE * MAX_TIMELINE_STEPS))
  return step_min * SECONDS_PER_MINUTE
}

/** Sizes of the tables of a run. */
export interface BookSizes {
  readonly places: number
  readonly connectors: number
  readonly vehicles: number
  readonly sources: number
  readonly duration_s: number
  readonly layout: PlaceLayout
  readonly dayStarts_s: ArrayLike<number>
}

/** Energy, sessions and waiting of one kind, by number of the kind. */
class Tally {
  readonly sessions: Float64Array
  readonly energy_kWh: Float64Array
  readonly waited_s: Float64Array

  constructor(kinds: number, store: StateStore) {
    this.sessions = store.f64(kinds)
    this.energy_kWh = store.f64(kinds)
    this.waited_s = store.f64(kinds)
  }

  addEnergy(kind: number, energy_kWh: number): void {
    add(this.energy_kWh, kind, energy_kWh)
  }

  addSession(kind: number, waited_s: number): void {
    add(this.sessions, kind, 1)
    add(this.waited_s, kind, waited_s)
  }
}

/** Adds to one entry of a table. */
export function add(table: Float64Array, entry: number, value: number): void {
  table[entry] = (table[entry] as number) + value
}

/** What is kept of vehicles beyond a tally: how fast they got on, and what they missed. */
class VehicleTally extends Tally {
  readonly heldBack_kWh: Float64Array
  readonly unserved_kWh: Float64Array
  /** Sessions that passed the milestone, and the time they took together. */
  readonly passed: Float64Array
  readonly passed_s: Float64Array

  constructor(kinds: number, store: StateStore) {
    super(kinds, store)
    this.heldBack_kWh = store.f64(kinds)
    this.unserved_kWh = store.f64(kinds)
    this.passed = store.f64(kinds)
    this.passed_s = store.f64(kinds)
  }
}

/** Totals of a run in memory that does not grow with its length. */
export class Books {
  readonly byPlace: Tally
  readonly byConnector: Tally
  readonly byVehicle: VehicleTally
  readonly occupied_s: Float64Array
  readonly charging_s: Float64Array
  /** By limit source; the last entry is for drivers who left by themselves. */
  readonly unserved_kWh: Float64Array
  readonly waits: DurationHistogram
  /** From plug-in to the milestone, of those who passed it. */
  readonly toMilestone: DurationHistogram
  /** Ended sessions that began below the milestone; those whose charging ended in time for the coffee. */
  readonly counts: Float64Array
  readonly occupied: Level
  readonly waiting: Level
  readonly power: PowerBooks
  readonly availability: Availability
  readonly step_s: number
  readonly #duration_s: number

  constructor(sizes: BookSizes, store: StateStore) {
    const { places, connectors, vehicles, sources, duration_s, layout, dayStarts_s } = sizes
    this.step_s = timelineStep_s(duration_s)
    const steps = Math.ceil(duration_s / this.step_s)
    this.#duration_s = duration_s
    this.byPlace = new Tally(places, store)
    this.byConnector = new Tally(connectors, store)
    this.byVehicle = new VehicleTally(vehicles, store)
    this.occupied_s = store.f64(places)
    this.charging_s = store.f64(places)
    this.unserved_kWh = store.f64(sources + 1)
    this.waits = new DurationHistogram(store)
    this.toMilestone = new DurationHistogram(store)
    this.counts = store.f64(2)
    this.occupied = new Level(steps, this.step_s, store)
    this.waiting = new Level(steps, this.step_s, store)
    this.power = new PowerBooks(steps, this.step_s, dayStarts_s, store)
    this.availability = new Availability(layout, connectors, store)
  }

  get peak1min_kW(): number {
    return this.power.peak1min_kW
  }

  timeline(): Timeline {
    return {
      step_s: this.step_s,
      ...this.power.timeline(this.#duration_s),
      occupied: this.occupied.means(this.#duration_s),
      waiting: this.waiting.means(this.#duration_s),
    }
  }
}
