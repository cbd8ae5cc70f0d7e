import { StateStore } from '../../plant/index.ts'

/** Steps of the site limit a reading can hold. */
const SCHEDULE_STEPS = 16

/**
 * What is known of the hub, one entry an EVSE. Whoever writes a reading of an EVSE says so with `touch`; the controller looks
 * at touched ones only. NaN: not known. All times are seconds of the clock of the site.
 */
export class Readings {
  readonly #store = new StateStore()
  readonly evses: number
  /** The moment of the decision. */
  time_s = 0
  /** What may be drawn from the grid now; NaN: the limit of the description. A higher one is no licence to exceed it. */
  siteLimit_kW = Number.NaN
  /** Load besides the EVSEs now. */
  otherLoad_kW = Number.NaN
  /** Power at the grid connection and when it was measured. */
  siteMeter_kW = Number.NaN
  siteMeasured_s = Number.NEGATIVE_INFINITY
  /** Coming site limits, in the order of time: from when on, how much. */
  readonly scheduleFrom_s = this.#store.f64(SCHEDULE_STEPS)
  readonly schedule_kW = this.#store.f64(SCHEDULE_STEPS)
  scheduleCount = 0

  /** Number of the session, rising from one to the next; 0: nothing is connected. */
  readonly session: Int32Array
  readonly power_kW: Float64Array
  /** When power, current, voltage, state of charge and temperature were measured; -Infinity: never. */
  readonly measured_s: Float64Array
  readonly current_A: Float64Array
  readonly voltage_V: Float64Array
  readonly soc_frac: Float64Array
  readonly cable_degC: Float64Array
  /** What the vehicle says it could take now. */
  readonly canTake_kW: Float64Array
  /** Number of the last command the station confirmed to be in force (0: none yet), its limit and when it expires. */
  readonly confirmed: Float64Array
  /** NaN at the start: nobody knows what holds at the station. */
  readonly confirmed_kW: Float64Array
  readonly confirmedUntil_s: Float64Array
  /** 1: the station cannot be reached. */
  readonly offline: Int32Array
  /** Index of the vehicle's charge curve, -1: not known. */
  readonly curve: Int32Array
  /** When the vehicle leaves; Infinity: not known. */
  readonly departure_s: Float64Array
  /** Higher ones first. */
  readonly priority: Float64Array

  readonly touched: Int32Array
  touchedCount = 0
  readonly #isTouched: Int32Array

  constructor(evses: number) {
    const store = this.#store
    const unknown = (value: number): Float64Array => store.f64(evses).fill(value)
    this.evses = evses
    this.session = store.i32(evses)
    this.power_kW = unknown(Number.NaN)
    this.measured_s = unknown(Number.NEGATIVE_INFINITY)
    this.current_A = unknown(Number.NaN)
    this.voltage_V = unknown(Number.NaN)
    this.soc_frac = unknown(Number.NaN)
    this.cable_degC = unknown(Number.NaN)
    this.canTake_kW = unknown(Number.NaN)
    this.confirmed = store.f64(evses)
    this.confirmed_kW = unknown(Number.NaN)
    this.confirmedUntil_s = unknown(Number.NEGATIVE_INFINITY)
    this.offline = store.i32(evses)
    this.curve = store.i32(evses).fill(-1)
    this.departure_s = unknown(Number.POSITIVE_INFINITY)
    this.priority = store.f64(evses)
    this.touched = store.i32(evses)
    this.#isTouched = store.i32(evses)
  }

  /** Says that something of an EVSE has changed. */
  touch(evse: number): void {
    if (this.#isTouched[evse] === 1) return
    this.#isTouched[evse] = 1
    this.touched[this.touchedCount++] = evse
  }

  /** The controller has seen all that was touched. */
  clearTouched(): void {
    for (let i = 0; i < this.touchedCount; i++) this.#isTouched[this.touched[i] as number] = 0
    this.touchedCount = 0
  }

  /** All readings, to be put back with `restore`. */
  snapshot(): ReadingsSnapshot {
    const { time_s, siteLimit_kW, otherLoad_kW, siteMeter_kW, siteMeasured_s, scheduleCount, touchedCount } = this
    const site = { time_s, siteLimit_kW, otherLoad_kW, siteMeter_kW, siteMeasured_s, scheduleCount, touchedCount }
    return { bytes: this.#store.snapshot(), site }
  }

  restore({ bytes, site }: ReadingsSnapshot): void {
    this.#store.restore(bytes)
    Object.assign(this, site)
  }
}

export interface ReadingsSnapshot {
  readonly bytes: Uint8Array
  readonly site: Readonly<
    Pick<
      Readings,
      'time_s' | 'siteLimit_kW' | 'otherLoad_kW' | 'siteMeter_kW' | 'siteMeasured_s' | 'scheduleCount' | 'touchedCount'
    >
  >
}
