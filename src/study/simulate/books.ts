import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { StateStore } from '../../hub/plant/index.ts'
import type { Timeline } from './result.ts'
import { WaitHistogram } from './wait-histogram.ts'

const MINUTES_PER_QUARTER = 15
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
  readonly duration_s: number
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
    this.energy_kWh[kind] = (this.energy_kWh[kind] as number) + energy_kWh
  }

  addSession(kind: number, waited_s: number): void {
    this.sessions[kind] = (this.sessions[kind] as number) + 1
    this.waited_s[kind] = (this.waited_s[kind] as number) + waited_s
  }
}

/** A count that changes at moments, integrated over the steps of the timeline. */
class Level {
  readonly #step_s: number
  readonly #sum: Float64Array
  /** Current count and since when it holds. */
  readonly #now: Float64Array

  constructor(steps: number, step_s: number, store: StateStore) {
    this.#step_s = step_s
    this.#sum = store.f64(steps)
    this.#now = store.f64(2)
  }

  change(to: number, now_s: number): void {
    const count = this.#now[0] as number
    let from_s = this.#now[1] as number
    while (count > 0 && from_s < now_s) {
      const step = Math.floor(from_s / this.#step_s)
      const until_s = Math.min(now_s, (step + 1) * this.#step_s)
      if (step < this.#sum.length) this.#sum[step] = (this.#sum[step] as number) + count * (until_s - from_s)
      from_s = until_s
    }
    this.#now[0] = to
    this.#now[1] = now_s
  }

  get count(): number {
    return this.#now[0] as number
  }

  means(duration_s: number): number[] {
    return Array.from(this.#sum, (sum, step) => sum / stepLength_s(step, this.#step_s, duration_s))
  }
}

function stepLength_s(step: number, step_s: number, duration_s: number): number {
  return Math.min(step_s, duration_s - step * step_s)
}

/** Totals of a run in memory that does not grow with its length. */
export class Books {
  readonly byPlace: Tally
  readonly byConnector: Tally
  readonly byVehicle: Tally
  readonly occupied_s: Float64Array
  readonly waits: WaitHistogram
  readonly occupied: Level
  readonly waiting: Level
  readonly step_s: number
  readonly #duration_s: number
  readonly #power_kWmin: Float64Array
  /** Peak minute, peak quarter, sum of the running quarter, minutes closed. */
  readonly #peaks: Float64Array

  constructor(sizes: BookSizes, store: StateStore) {
    this.step_s = timelineStep_s(sizes.duration_s)
    const steps = Math.ceil(sizes.duration_s / this.step_s)
    this.#duration_s = sizes.duration_s
    this.byPlace = new Tally(sizes.places, store)
    this.byConnector = new Tally(sizes.connectors, store)
    this.byVehicle = new Tally(sizes.vehicles, store)
    this.occupied_s = store.f64(sizes.places)
    this.waits = new WaitHistogram(store)
    this.occupied = new Level(steps, this.step_s, store)
    this.waiting = new Level(steps, this.step_s, store)
    this.#power_kWmin = store.f64(steps)
    this.#peaks = store.f64(4)
  }

  /** Mean power of the next clock minute. */
  minute(mean_kW: number): void {
    const peaks = this.#peaks
    const minute = peaks[3] as number
    const step = Math.floor((minute * SECONDS_PER_MINUTE) / this.step_s)
    const power_kW = mean_kW < 1e-9 ? 0 : mean_kW
    this.#power_kWmin[step] = (this.#power_kWmin[step] as number) + power_kW
    if (power_kW > (peaks[0] as number)) peaks[0] = power_kW
    const quarter = (minute % MINUTES_PER_QUARTER === 0 ? 0 : (peaks[2] as number)) + power_kW
    if (quarter > (peaks[1] as number)) peaks[1] = quarter
    peaks[2] = quarter
    peaks[3] = minute + 1
  }

  get peak1min_kW(): number {
    return this.#peaks[0] as number
  }

  get peak15min_kW(): number {
    return (this.#peaks[1] as number) / MINUTES_PER_QUARTER
  }

  timeline(): Timeline {
    const duration_s = this.#duration_s
    const minutes = (step: number): number => stepLength_s(step, this.step_s, duration_s) / SECONDS_PER_MINUTE
    return {
      step_s: this.step_s,
      power_kW: Array.from(this.#power_kWmin, (sum, step) => sum / minutes(step)),
      occupied: this.occupied.means(duration_s),
      waiting: this.waiting.means(duration_s),
    }
  }
}
