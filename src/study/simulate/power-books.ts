import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { StateStore } from '../../hub/plant/index.ts'
import { eachStep, stepLength_s } from './level.ts'
import { LoadHistogram } from './load-duration.ts'

const MINUTES_PER_QUARTER = 15
const MINUTES_PER_HOUR = 60
/** Less than this is rounding where nothing flowed. */
const DUST_kW = 1e-9

/** Highest day so far. */
interface PeakDay {
  readonly day: number
  readonly energy_kWh: number
}

/** Power of the whole hub by the minute, summed up in memory that does not grow. */
export class PowerBooks {
  readonly load: LoadHistogram
  readonly #step_s: number
  readonly #dayStarts_s: ArrayLike<number>
  readonly #sum_kWmin: Float64Array
  readonly #lowest_kW: Float64Array
  readonly #highest_kW: Float64Array
  /** Peak minute, sum of the peak quarter, minutes closed, energy. */
  readonly #totals: Float64Array
  /** Running day, its energy; peak day, its energy. */
  readonly #days: Float64Array

  constructor(steps: number, step_s: number, dayStarts_s: ArrayLike<number>, store: StateStore) {
    this.#step_s = step_s
    this.#dayStarts_s = dayStarts_s
    this.load = new LoadHistogram(store)
    this.#sum_kWmin = store.f64(steps)
    this.#lowest_kW = store.f64(steps).fill(Number.POSITIVE_INFINITY)
    this.#highest_kW = store.f64(steps)
    this.#totals = store.f64(4)
    this.#days = store.f64(4)
    this.#days[2] = -1
  }

  /** Adds the means of the next clock minutes, whole quarters but at the end of the run; dust in them is wiped. */
  add(means_kW: Float64Array): void {
    const first = this.#totals[2] as number
    wipe(means_kW)
    for (let at = 0; at < means_kW.length; at += MINUTES_PER_QUARTER) {
      this.#addQuarter(first + at, means_kW, at)
    }
    this.#addToDays(first, means_kW)
    this.load.add(means_kW, this.#totals[0] as number)
    this.#totals[2] = first + means_kW.length
  }

  get peak1min_kW(): number {
    return this.#totals[0] as number
  }

  get peak15min_kW(): number {
    return (this.#totals[1] as number) / MINUTES_PER_QUARTER
  }

  /** Energy through the grid connection. */
  get energy_kWh(): number {
    return this.#totals[3] as number
  }

  /** The day with the most energy, the running one included; null before the first minute. */
  peakDay(): PeakDay | null {
    const [day = 0, energy_kWh = 0, peakDay = -1, peak_kWh = 0] = this.#days
    if (this.#totals[2] === 0) return null
    return peakDay < 0 || energy_kWh > peak_kWh ? { day, energy_kWh } : { day: peakDay, energy_kWh: peak_kWh }
  }

  /** Mean, lowest and highest minute of each step of the timeline. */
  timeline(duration_s: number): { power_kW: number[]; lowestMinute_kW: number[]; highestMinute_kW: number[] } {
    const minutes = (step: number): number => stepLength_s(step, this.#step_s, duration_s) / SECONDS_PER_MINUTE
    return {
      power_kW: eachStep(this.#sum_kWmin, (sum, step) => sum / minutes(step)),
      lowestMinute_kW: eachStep(this.#lowest_kW, (lowest) => (Number.isFinite(lowest) ? lowest : 0)),
      highestMinute_kW: eachStep(this.#highest_kW, (highest) => highest),
    }
  }

  /** Steps of the timeline hold whole quarters. */
  #addQuarter(minute: number, means_kW: Float64Array, from: number): void {
    const end = Math.min(from + MINUTES_PER_QUARTER, means_kW.length)
    let sum_kWmin = 0
    let lowest_kW = Number.POSITIVE_INFINITY
    let highest_kW = 0
    for (let at = from; at < end; at++) {
      const mean_kW = means_kW[at] as number
      sum_kWmin += mean_kW
      if (mean_kW < lowest_kW) lowest_kW = mean_kW
      if (mean_kW > highest_kW) highest_kW = mean_kW
    }
    const step = Math.floor((minute * SECONDS_PER_MINUTE) / this.#step_s)
    const totals = this.#totals
    this.#sum_kWmin[step] = (this.#sum_kWmin[step] as number) + sum_kWmin
    if (lowest_kW < (this.#lowest_kW[step] as number)) this.#lowest_kW[step] = lowest_kW
    if (highest_kW > (this.#highest_kW[step] as number)) this.#highest_kW[step] = highest_kW
    if (highest_kW > (totals[0] as number)) totals[0] = highest_kW
    if (sum_kWmin > (totals[1] as number)) totals[1] = sum_kWmin
  }

  #addToDays(first: number, means_kW: Float64Array): void {
    let energy_kWmin = 0
    let next_s = this.#nextDay_s
    for (let at = 0; at < means_kW.length; at++) {
      if ((first + at) * SECONDS_PER_MINUTE >= next_s) {
        this.#addEnergy(energy_kWmin)
        energy_kWmin = 0
        this.#nextDay()
        next_s = this.#nextDay_s
      }
      energy_kWmin += means_kW[at] as number
    }
    this.#addEnergy(energy_kWmin)
  }

  get #nextDay_s(): number {
    return this.#dayStarts_s[(this.#days[0] as number) + 1] ?? Number.POSITIVE_INFINITY
  }

  #addEnergy(energy_kWmin: number): void {
    const energy_kWh = energy_kWmin / MINUTES_PER_HOUR
    this.#days[1] = (this.#days[1] as number) + energy_kWh
    this.#totals[3] = (this.#totals[3] as number) + energy_kWh
  }

  #nextDay(): void {
    const days = this.#days
    if (days[2] === -1 || (days[1] as number) > (days[3] as number)) {
      days[2] = days[0] as number
      days[3] = days[1] as number
    }
    days[0] = (days[0] as number) + 1
    days[1] = 0
  }
}

/** Sets what is not power to zero. */
function wipe(means_kW: Float64Array): void {
  for (let at = 0; at < means_kW.length; at++) if ((means_kW[at] as number) < DUST_kW) means_kW[at] = 0
}
