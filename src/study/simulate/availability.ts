import type { StateStore } from '../../hub/plant/index.ts'

/** Which place belongs to which EVSE, how many places of an EVSE can be in use at once, and of which kind a place is. */
export interface PlaceLayout {
  readonly evseOf: readonly number[]
  readonly live: readonly number[]
  readonly kindOf: readonly number[]
}

/** The same for the inner loop, with the places in the order of their EVSEs, and where those of each EVSE begin. */
interface PlaceTables {
  readonly evseOf: Int32Array
  readonly live: Int32Array
  readonly kindOf: Int32Array
  readonly places: Int32Array
  readonly first: Int32Array
}

/** Tables by layout, for hubs that are run many times. */
const known = new WeakMap<PlaceLayout, PlaceTables>()

function tablesOf(layout: PlaceLayout): PlaceTables {
  const tables = known.get(layout) ?? makeTables(layout)
  known.set(layout, tables)
  return tables
}

function makeTables(layout: PlaceLayout): PlaceTables {
  const { live, kindOf } = layout
  const evseOf = Int32Array.from(layout.evseOf)
  const places = Int32Array.from(evseOf.keys()).sort((a, b) => (evseOf[a] ?? 0) - (evseOf[b] ?? 0) || a - b)
  const first = firstOfEach(places, evseOf, live.length)
  return { evseOf, live: Int32Array.from(live), kindOf: Int32Array.from(kindOf), places, first }
}

/** How long somebody who comes would have found a connector of each kind free. */
export class Availability {
  readonly #tables: PlaceTables
  /** Connectors held by the vehicle at a place, and by all vehicles at an EVSE. */
  readonly #held: Int32Array
  readonly #inUse: Int32Array
  /** Free places by kind, since when there is at least one, and for how long there was before. */
  readonly #free: Int32Array
  readonly #since_s: Float64Array
  readonly #free_s: Float64Array

  constructor(layout: PlaceLayout, kinds: number, store: StateStore) {
    const { evseOf, live, kindOf } = layout
    this.#tables = tablesOf(layout)
    this.#held = store.i32(evseOf.length)
    this.#inUse = store.i32(live.length)
    this.#free = store.i32(kinds)
    this.#since_s = store.f64(kinds)
    this.#free_s = store.f64(kinds)
    for (const kind of kindOf) this.#free[kind] = (this.#free[kind] as number) + 1
  }

  /** A vehicle takes `connectors` places of the EVSE of this one, or gives them back with 0. */
  hold(place: number, connectors: number, now_s: number): void {
    const { evseOf, live: lives, first, places, kindOf } = this.#tables
    const evse = evseOf[place] as number
    const live = lives[evse] as number
    const before = this.#inUse[evse] as number
    const after = before + connectors - (this.#held[place] as number)
    const end = first[evse + 1] as number
    for (let at = first[evse] as number; at < end; at++) {
      const other = places[at] as number
      const held = this.#held[other] as number
      const was = held === 0 && before < live
      const is = (other === place ? connectors : held) === 0 && after < live
      if (was !== is) this.#change(kindOf[other] as number, is ? 1 : -1, now_s)
    }
    this.#inUse[evse] = after
    this.#held[place] = connectors
  }

  /** Seconds up to now during which at least one place of a kind was free. */
  free_s(kind: number, now_s: number): number {
    const running_s = (this.#free[kind] ?? 0) > 0 ? now_s - (this.#since_s[kind] ?? 0) : 0
    return (this.#free_s[kind] ?? 0) + running_s
  }

  #change(kind: number, by: number, now_s: number): void {
    const before = this.#free[kind] as number
    this.#free[kind] = before + by
    if (before === 0) this.#since_s[kind] = now_s
    else if (before + by === 0) {
      this.#free_s[kind] = (this.#free_s[kind] as number) + now_s - (this.#since_s[kind] as number)
    }
  }
}

/** Where the places of each EVSE begin in a list sorted by EVSE; one entry more than EVSEs. */
function firstOfEach(places: Int32Array, evseOf: Int32Array, evses: number): Int32Array {
  const first = new Int32Array(evses + 1)
  for (const place of places)
    first[(evseOf[place] as number) + 1] = (first[(evseOf[place] as number) + 1] as number) + 1
  for (let evse = 0; evse < evses; evse++) first[evse + 1] = (first[evse + 1] as number) + (first[evse] as number)
  return first
}
