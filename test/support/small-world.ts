import type { Clock } from '../../src/live/clock/index.ts'
import type { Sample, World } from '../../src/live/station/index.ts'

/** Vehicles that draw what they are allowed, up to what they want. */
export class SmallWorld implements World {
  readonly allowed_kW: number[] = []
  readonly wants_kW: number[] = []
  readonly over_: number[] = []
  readonly #clock: Clock
  readonly #energy_kWh: number[] = []
  readonly #since_ms: number[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  want(evse: number, power_kW: number): void {
    this.#settle(evse)
    this.wants_kW[evse] = power_kW
  }

  power_kW(evse: number): number {
    return Math.min(this.allowed_kW[evse] ?? 0, this.wants_kW[evse] ?? 0)
  }

  energy_kWh(evse: number): number {
    this.#settle(evse)
    return this.#energy_kWh[evse] ?? 0
  }

  sample(evse: number, into: Sample): void {
    into.power_kW = this.power_kW(evse)
    into.energy_kWhTotal = this.energy_kWh(evse)
    into.current_A = (into.power_kW * 1000) / 400
    into.voltage_V = 400
    into.soc_frac = 0.5
    into.cable_degC = Number.NaN
  }

  allow(evse: number, limit_kW: number): void {
    this.#settle(evse)
    this.allowed_kW[evse] = limit_kW
  }

  over(evse: number): void {
    this.over_.push(evse)
  }

  #settle(evse: number): void {
    const now_ms = this.#clock.now_ms()
    const hours_h = (now_ms - (this.#since_ms[evse] ?? now_ms)) / 3_600_000
    this.#energy_kWh[evse] = (this.#energy_kWh[evse] ?? 0) + this.power_kW(evse) * hours_h
    this.#since_ms[evse] = now_ms
  }
}
