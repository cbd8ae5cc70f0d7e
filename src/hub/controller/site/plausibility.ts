import type { Network, StateStore } from '../../plant/index.ts'
import type { ControllerSettings } from './description.ts'
import type { Ledger } from './ledger.ts'
import type { Readings } from './readings.ts'
import { Why } from './reasons.ts'

const WATTS_PER_KW = 1000
/** More than this above its rating no EVSE gives. */
const OVER_RATING = 1.1
/** Power and the product of voltage and current agree when they differ by less. */
const PRODUCT_kW = 2
const PRODUCT_frac = 0.1
/** Equal readings in a row that are contradicted so often are those of a frozen meter. */
const FROZEN_COUNT = 3
/** A voltage or current that changes by more than this contradicts a power that stays the same to the last digit. */
const CHANGE_frac = 0.05

/** Tells meter readings that cannot be from those that can. */
export class Plausibility {
  readonly #settings: ControllerSettings
  readonly #ledger: Ledger
  readonly #rating_kW: Float64Array
  readonly #power_kW: Float64Array
  readonly #voltage_V: Float64Array
  readonly #current_A: Float64Array
  readonly #against: Int32Array

  constructor(network: Network, settings: ControllerSettings, ledger: Ledger, store: StateStore) {
    this.#settings = settings
    this.#ledger = ledger
    this.#rating_kW = network.rating_kW
    this.#power_kW = store.f64(network.slots).fill(Number.NaN)
    this.#voltage_V = store.f64(network.slots).fill(Number.NaN)
    this.#current_A = store.f64(network.slots).fill(Number.NaN)
    this.#against = store.i32(network.slots)
  }

  /** Index of the reason why a new reading of an EVSE counts for nothing, 0: it counts. */
  judge(slot: number, evse: number, readings: Readings): number {
    const power_kW = readings.power_kW[evse] as number
    const voltage_V = readings.voltage_V[evse] as number
    const current_A = readings.current_A[evse] as number
    const possible = this.#isPossible(slot, evse, readings) && agrees(power_kW, (voltage_V * current_A) / WATTS_PER_KW)
    if (!possible) return Why.impossible
    const frozen = this.#isFrozen(slot, evse, readings)
    this.#power_kW[slot] = power_kW
    this.#voltage_V[slot] = voltage_V
    this.#current_A[slot] = current_A
    return frozen ? Why.frozen : 0
  }

  #isPossible(slot: number, evse: number, readings: Readings): boolean {
    const power_kW = readings.power_kW[evse] as number
    const { tolerance_kW, clockError_s } = this.#settings
    if ((readings.measured_s[evse] as number) > readings.time_s + clockError_s) return false
    return power_kW >= -tolerance_kW && power_kW <= OVER_RATING * (this.#rating_kW[slot] as number) + tolerance_kW
  }

  /** The same power again and again, though limit, voltage or current say that it cannot be. */
  #isFrozen(slot: number, evse: number, readings: Readings): boolean {
    const power_kW = readings.power_kW[evse] as number
    if (power_kW !== this.#power_kW[slot] || power_kW <= this.#settings.tolerance_kW) {
      this.#against[slot] = 0
      return false
    }
    const calm_s = (this.#ledger.calm_s[slot] as number) + this.#settings.follow_s
    const above = power_kW > this.#ledger.above_kW(this.#ledger.obeyed_kW[slot] as number)
    const contradicted =
      (above && (readings.measured_s[evse] as number) > calm_s) ||
      hasChanged(readings.voltage_V[evse] as number, this.#voltage_V[slot] as number) ||
      hasChanged(readings.current_A[evse] as number, this.#current_A[slot] as number)
    if (contradicted) this.#against[slot] = (this.#against[slot] as number) + 1
    return (this.#against[slot] as number) >= FROZEN_COUNT
  }
}

/** NaN agrees with everything. */
function agrees(power_kW: number, product_kW: number): boolean {
  return !(Math.abs(power_kW - product_kW) > Math.max(PRODUCT_kW, PRODUCT_frac * power_kW))
}

function hasChanged(value: number, before: number): boolean {
  return Math.abs(value - before) > CHANGE_frac * Math.abs(before)
}
