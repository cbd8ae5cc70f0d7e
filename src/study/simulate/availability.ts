import type { StateStore } from '../../hub/plant/index.ts'

/** Which place belongs to which EVSE, how many places of an EVSE can be in use at once, and of which kind a place is. */
export interface PlaceLayout {
  readonly evseOf: readonly number[]
  readonly live: readonly number[]
  readonly kindOf: readonly number[]
}

/** How long somebody who comes would have found a connector of each kind free. */
export class Availability {
  readonly #layout: PlaceLayout
  readonly #placesOf: readonly (readonly number[])[]
  /** Connectors held by the vehicle at a place, and by all vehicles at an EVSE. */
  readonly #held: Int32Array
  readonly #inUse: Int32Array
  /** Free places by kind, and for how long there was at least one. */
  readonly #free: Int32Array
  readonly #free_s: Float64Array
  readonly #since_s: Float64Array

  constructor(layout: PlaceLayout, kinds: number, store: StateStore) {
    this.#layout = layout
    this.#placesOf = layout.live.map((_, evse) => [...layout.evseOf.keys()].filter((at) => layout.evseOf[at] === evse))
    this.#held = store.i32(layout.evseOf.length)
    this.#inUse = store.i32(layout.live.length)
    this.#free = store.i32(kinds)
    this.#free_s = store.f64(kinds)
    this.#since_s = store.f64(1)
    for (const evse of layout.live.keys()) this.#count(evse, 1)
  }

  /** A vehicle takes `connectors` places of the EVSE of this one, or gives them back with 0. */
  hold(place: number, connectors: number, now_s: number): void {
    const evse = this.#layout.evseOf[place] as number
    this.until(now_s)
    this.#count(evse, -1)
    this.#inUse[evse] = (this.#inUse[evse] as number) + connectors - (this.#held[place] as number)
    this.#held[place] = connectors
    this.#count(evse, 1)
  }

  /** Brings the times up to now. */
  until(now_s: number): void {
    const passed_s = now_s - (this.#since_s[0] as number)
    this.#since_s[0] = now_s
    for (let kind = 0; kind < this.#free.length; kind++) {
      if ((this.#free[kind] as number) > 0) this.#free_s[kind] = (this.#free_s[kind] as number) + passed_s
    }
  }

  /** Seconds during which at least one place of a kind was free. */
  free_s(kind: number): number {
    return this.#free_s[kind] ?? 0
  }

  #count(evse: number, by: number): void {
    if ((this.#inUse[evse] as number) >= (this.#layout.live[evse] as number)) return
    for (const place of this.#placesOf[evse] ?? []) {
      const kind = this.#layout.kindOf[place] as number
      if (this.#held[place] === 0) this.#free[kind] = (this.#free[kind] as number) + by
    }
  }
}
