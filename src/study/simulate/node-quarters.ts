import { SECONDS_PER_HOUR } from '../../base/units/index.ts'
import { Mode, type Plant, type StateStore } from '../../hub/plant/index.ts'
import type { Books } from './books.ts'
import type { Quarter } from './run-input.ts'

/** Mean power of every node over a quarter of an hour, exact, and the highest of them. */
export class NodeQuarters {
  readonly peak_kW: Float64Array
  readonly #mean_kW: Float64Array
  /** Occupied and waiting, in seconds, and the moment, at the end of the last quarter. */
  readonly #start: Float64Array
  readonly #before_kWh: Float64Array
  readonly #now_kWh: Float64Array

  constructor(nodes: number, store: StateStore) {
    this.peak_kW = store.f64(nodes)
    this.#mean_kW = store.f64(nodes)
    this.#start = store.f64(3)
    this.#before_kWh = store.f64(nodes)
    this.#now_kWh = new Float64Array(nodes)
  }

  /** Ends a quarter; everything is settled. */
  close(plant: Plant, books: Books, now_s: number): Quarter {
    const start = this.#start
    const [occupied_s = 0, waiting_s = 0, from_s = 0] = start
    this.#meter(plant, books.byPlace.energy_kWh, now_s - from_s)
    start[0] = books.occupied.total_s(now_s)
    start[1] = books.waiting.total_s(now_s)
    start[2] = now_s
    return {
      from_s,
      to_s: now_s,
      power_kW: this.#mean_kW,
      occupied: ((start[0] as number) - occupied_s) / (now_s - from_s),
      waiting: ((start[1] as number) - waiting_s) / (now_s - from_s),
    }
  }

  /** `booked_kWh` is the energy of ended sessions by slot. */
  #meter(plant: Plant, booked_kWh: Float64Array, length_s: number): void {
    const now_kWh = this.#now_kWh.fill(0)
    for (let slot = 0; slot < booked_kWh.length; slot++) {
      const running_kWh = plant.mode[slot] === Mode.empty ? 0 : (plant.delivered_kWh[slot] as number)
      const node = plant.network.nodeOfSlot[slot] as number
      now_kWh[node] = (now_kWh[node] as number) + (booked_kWh[slot] as number) + running_kWh
    }
    addUpwards(now_kWh, plant.network.parent)
    for (let node = 0; node < now_kWh.length; node++) {
      const passed_kWh = (now_kWh[node] as number) - (this.#before_kWh[node] as number)
      const mean_kW = (passed_kWh * SECONDS_PER_HOUR) / length_s
      this.#mean_kW[node] = mean_kW
      this.#before_kWh[node] = now_kWh[node] as number
      if (mean_kW > (this.peak_kW[node] as number)) this.peak_kW[node] = mean_kW
    }
  }
}

/** Adds to every node what is below it: nodes stand before those below them. */
export function addUpwards(values: Float64Array, parent: Int32Array): void {
  for (let node = values.length - 1; node > 0; node--) {
    const above = parent[node] as number
    values[above] = (values[above] as number) + (values[node] as number)
  }
}
