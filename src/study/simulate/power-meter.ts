import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { Meter, StateStore } from '../../hub/plant/index.ts'

/**
 * Energy of the whole hub by clock minute inside a window, exact: constant stretches go into a difference array, on
 * exponential ones the energies of following minutes form a geometric series.
 */
export class PowerMeter implements Meter {
  readonly minutes: number
  readonly #energy_kWh: Float64Array
  /** What a minute has more than the minute before, from constant stretches over whole minutes. */
  readonly #step_kWh: Float64Array

  constructor(minutes: number, store: StateStore) {
    this.minutes = minutes
    this.#energy_kWh = store.f64(minutes + 1)
    this.#step_kWh = store.f64(minutes + 2)
  }

  /** Times from the start of the window. size: hot loop */
  flow(from_s: number, to_s: number, power_kW: number, growth: number, energy_kWh: number): void {
    if (energy_kWh === 0) return
    const first = Math.floor(from_s / SECONDS_PER_MINUTE)
    const last = Math.floor(to_s / SECONDS_PER_MINUTE)
    if (first === last) this.#add(first, energy_kWh)
    else if (growth === 0) this.#constant(from_s, to_s, power_kW)
    else this.#exponential(from_s, last, power_kW, growth, energy_kWh)
  }

  #add(minute: number, energy_kWh: number): void {
    this.#energy_kWh[minute] = (this.#energy_kWh[minute] as number) + energy_kWh
  }

  #constant(from_s: number, to_s: number, power_kW: number): void {
    const first = Math.floor(from_s / SECONDS_PER_MINUTE)
    const last = Math.floor(to_s / SECONDS_PER_MINUTE)
    const step = this.#step_kWh
    this.#add(first, (power_kW * ((first + 1) * SECONDS_PER_MINUTE - from_s)) / SECONDS_PER_HOUR)
    this.#add(last, (power_kW * (to_s - last * SECONDS_PER_MINUTE)) / SECONDS_PER_HOUR)
    step[first + 1] = (step[first + 1] as number) + power_kW / 60
    step[last] = (step[last] as number) - power_kW / 60
  }

  /** size: hot loop */
  #exponential(from_s: number, last: number, power_kW: number, growth: number, energy_kWh: number): void {
    const first = Math.floor(from_s / SECONDS_PER_MINUTE)
    const begun_h = ((first + 1) * SECONDS_PER_MINUTE - from_s) / SECONDS_PER_HOUR
    const rise = Math.expm1(growth * begun_h)
    let left_kWh = energy_kWh - (power_kW * rise) / growth
    this.#add(first, (power_kW * rise) / growth)
    if (first + 1 < last) {
      const factor = Math.expm1(growth / 60)
      let minute_kWh = ((power_kW + power_kW * rise) * factor) / growth
      for (let minute = first + 1; minute < last; minute++) {
        this.#add(minute, minute_kWh)
        left_kWh -= minute_kWh
        minute_kWh += minute_kWh * factor
      }
    }
    this.#add(last, left_kWh)
  }

  /** Writes the mean power of each of the first `minutes` minutes and empties the window. */
  close(minutes: number, mean_kW: Float64Array): void {
    let constant_kWh = 0
    for (let minute = 0; minute < minutes; minute++) {
      constant_kWh += this.#step_kWh[minute] as number
      mean_kW[minute] = ((this.#energy_kWh[minute] as number) + constant_kWh) * 60
    }
    this.#energy_kWh.fill(0)
    this.#step_kWh.fill(0)
  }
}
