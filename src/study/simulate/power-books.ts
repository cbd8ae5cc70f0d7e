import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { StateStore } from '../../hub/plant/index.ts'
import { stepLength_s } from './level.ts'
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
  /** Peak minute, peak quarter, sum of the running quarter, minutes closed, energy. */
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
    this.#totals = store.f64(5)
    this.#days = store.f64(4)
    this.#days[2] = -1
  }

  /** Mean power of the next clock minute. */
  minute(mean_kW: number): void {
    const power_kW = mean_kW < DUST_kW ? 0 : mean_kW
    const minute = this.#totals[3] as number
    this.#addToStep(Math.floor((minute * SECONDS_PER_MINUTE) / this.#step_s), power_kW)
    this.#addToPeaks(minute, power_kW)
    this.#addToDay(minute, mean_kW / MINUTES_PER_HOUR)
    this.load.add(power_kW)
    this.#totals[3] = minute + 1
    this.#totals[4] = (this.#totals[4] as number) + mean_kW / MINUTES_PER_HOUR
  }

  get peak1min_kW(): number {
    return this.#totals[0] as number
  }

  get peak15min_kW(): number {
    return (this.#totals[1] as number) / MINUTES_PER_QUARTER
  }

  /** Energy through the grid connection. */
  get energy_kWh(): number {
    return this.#totals[4] as number
  }

  /** The day with the most energy, the running one included; null before the first minute. */
  peakDay(): PeakDay | null {
    const [day = 0, energy_kWh = 0, peakDay = -1, peak_kWh = 0] = this.#days
    if (this.#totals[3] === 0) return null
    return peakDay < 0 || energy_kWh > peak_kWh ? { day, energy_kWh } : { day: peakDay, energy_kWh: peak_kWh }
  }

  /** Mean, lowest and highest minute of each step of the timeline. */
  timeline(duration_s: number): { power_kW: number[]; lowestMinute_kW: number[]; highestMinute_kW: number[] } {
    const minutes = (step: number): number => stepLength_s(step, this.#step_s, duration_s) / SECONDS_PER_MINUTE
    return {
      power_kW: Array.from(this.#sum_kWmin, (sum, step) => sum / minutes(step)),
      lowestMinute_kW: Array.from(this.#lowest_kW, (lowest) => (Number.isFinite(lowest) ? lowest : 0)),
      highestMinute_kW: [...this.#highest_kW],
    }
  }

  #addToStep(step: number, power_kW: number): void {
    this.#sum_kWmin[step] = (this.#sum_kWmin[step] as number) + power_kW
    if (power_kW < (this.#lowest_kW[step] as number)) this.#lowest_kW[step] = power_kW
    if (power_kW > (this.#highest_kW[step] as number)) this.#highest_kW[step] = power_kW
  }

  #addToPeaks(minute: number, power_kW: number): void {
    const totals = this.#totals
    if (power_kW > (totals[0] as number)) totals[0] = power_kW
    const quarter = (minute % MINUTES_PER_QUARTER === 0 ? 0 : (totals[2] as number)) + power_kW
    if (quarter > (totals[1] as number)) totals[1] = quarter
    totals[2] = quarter
  }

  #addToDay(minute: number, energy_kWh: number): void {
    const days = this.#days
    const next_s = this.#dayStarts_s[(days[0] as number) + 1] ?? Number.POSITIVE_INFINITY
    if (minute * SECONDS_PER_MINUTE >= next_s) this.#nextDay()
    days[1] = (days[1] as number) + energy_kWh
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
