import { type Glance, type PlugIn, StateStore } from '../../hub/plant/index.ts'
import type { GovernedHub, Governor } from '../../study/simulate/site/index.ts'

/** Booked where the limit in force at a station is less than the vehicle could take. */
const SOURCE = 'controller.sight'

/** Devices that let a vehicle draw less than that much of what it could take hold it back. */
const HELD_frac = 0.995

/** Time a driver who is told that nothing more will flow takes to leave. */
const FAREWELL_s = 60

/** Somebody has come to a place or left it. */
export type Movement =
  | { readonly kind: 'plugged'; readonly place: number; readonly vehicle: PlugIn; readonly at_s: number }
  | { readonly kind: 'unplugged'; readonly place: number; readonly at_s: number }

/** What a vehicle at a place has and does. */
export interface PlaceView {
  readonly profile: number
  readonly power_kW: number
  readonly soc_frac: number
  /** Delivered in this session so far. */
  readonly energy_kWh: number
  /** What the station and its devices would let it draw. */
  readonly offered_kW: number
}

/**
 * Lets charging stations set what each place may draw: nothing until a station allows it. Who comes and goes is kept until
 * `takeMovements`, so that nobody looks at the hub while it is in the middle of an event.
 */
export class StationsGovernor implements Governor {
  readonly alarms = 0
  readonly #store = new StateStore()
  readonly #slotOf: Int32Array
  /** Energy of the sessions that are over, by place. */
  readonly #past_kWh: Float64Array
  /** What the stations have allowed, by place. */
  readonly #allowed_kW: Float64Array
  readonly #glance: Glance = { power_kW: 0, soc_frac: 0, envelope_kW: 0 }
  #movements: Movement[] = []
  #highest_kW = 0
  #hub: GovernedHub | null = null
  #source = 0
  readonly #sourceIndex: (code: string) => number

  /** `sourceIndex` enters a limit source into the profiles of the run. */
  constructor(places: number, sourceIndex: (code: string) => number) {
    this.#slotOf = this.#store.i32(places).fill(-1)
    this.#past_kWh = this.#store.f64(places)
    this.#allowed_kW = this.#store.f64(places)
    this.#sourceIndex = sourceIndex
    sourceIndex(SOURCE)
  }

  start(hub: GovernedHub): void {
    this.#hub = hub
    this.#source = this.#sourceIndex(SOURCE)
  }

  plugged(slot: number, vehicle: PlugIn, now_s: number): void {
    this.#slotOf[vehicle.place] = slot
    this.#hub?.setAllowance(slot, 0, this.#source)
    this.#movements.push({ kind: 'plugged', place: vehicle.place, vehicle, at_s: now_s })
  }

  unplugged(slot: number, now_s: number): void {
    const place = this.#hub?.plant.network.placeOfSlot[slot] ?? 0
    const delivered_kWh = this.#hub?.plant.delivered_kWh[slot] ?? 0
    this.#past_kWh[place] = (this.#past_kWh[place] as number) + delivered_kWh
    this.#slotOf[place] = -1
    this.#movements.push({ kind: 'unplugged', place, at_s: now_s })
  }

  ring(): void {}
  stretchEnds(): void {}
  stretchBegins(): void {}

  snapshot(): unknown {
    return { state: this.#store.snapshot(), movements: this.#movements }
  }

  restore(state: unknown): void {
    const { state: bytes, movements } = state as { state: Uint8Array; movements: Movement[] }
    this.#store.restore(bytes)
    this.#movements = movements
  }

  /** Who has come and gone since the last time, in that order. */
  takeMovements(): readonly Movement[] {
    return this.#movements.length === 0 ? [] : this.#movements.splice(0)
  }

  /** From now on the vehicle at a place may draw so much; nothing where there is none. */
  allow(place: number, limit_kW: number): void {
    const slot = this.#slotOf[place] as number
    if (slot < 0) return
    this.#allowed_kW[place] = limit_kW
    this.#hub?.setAllowance(slot, limit_kW, this.#source)
    this.measure()
  }

  /** The highest power of all vehicles together that was ever measured: at each change of what one may draw, and by `measure`. */
  get highest_kW(): number {
    return this.#highest_kW
  }

  /** Power of all vehicles now. */
  measure(): number {
    let sum_kW = 0
    for (const slot of this.#slotOf) {
      if (slot < 0) continue
      this.#hub?.glance(slot, this.#glance)
      sum_kW += this.#glance.power_kW
    }
    this.#highest_kW = Math.max(this.#highest_kW, sum_kW)
    return sum_kW
  }

  /** The driver at a place leaves soon. */
  sendAway(place: number, now_s: number): void {
    const slot = this.#slotOf[place] as number
    if (slot >= 0) this.#hub?.leaveBy(slot, now_s + FAREWELL_s)
  }

  /** The vehicle at a place now; null: there is none. */
  look(place: number): PlaceView | null {
    const slot = this.#slotOf[place] as number
    const hub = this.#hub
    if (slot < 0 || !hub) return null
    hub.settle(slot)
    hub.glance(slot, this.#glance)
    const { power_kW, soc_frac, envelope_kW } = this.#glance
    const allowance_kW = hub.allowance_kW(slot)
    // A cabinet that gives just what is taken holds nothing back.
    const isHeld = allowance_kW < envelope_kW * HELD_frac
    const offered_kW = isHeld ? allowance_kW : (this.#allowed_kW[place] as number)
    const { profile, delivered_kWh } = hub.plant
    return { profile: profile[slot] ?? -1, power_kW, soc_frac, energy_kWh: delivered_kWh[slot] ?? 0, offered_kW }
  }

  /** All that ever went through a place. */
  register_kWh(place: number): number {
    const slot = this.#slotOf[place] as number
    const open_kWh = slot < 0 ? 0 : (this.#hub?.plant.delivered_kWh[slot] ?? 0)
    return (this.#past_kWh[place] as number) + open_kWh
  }
}
