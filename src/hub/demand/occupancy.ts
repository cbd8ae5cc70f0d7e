/** Which connector belongs to which EVSE and cabinet, and how many connectors of an EVSE can charge at once. */
export interface ConnectorLayout {
  /** EVSE of each connector. */
  readonly evseOf: readonly number[]
  /** Cabinet of each connector, or the circuit above where there is none. */
  readonly nodeOf: readonly number[]
  /** Connectors of each EVSE that can charge at once. */
  readonly live: readonly number[]
}

/** A way to charge: a connector, and how many guns of its EVSE the vehicle takes with it. */
export interface Choice {
  readonly connector: number
  readonly guns: number
}

/** A way to charge, and the power it gives. */
export interface RankedChoice extends Choice {
  readonly power_kW: number
}

/** Which connectors are taken. A connector is free when nobody holds it and its EVSE has enough live ones to spare. */
export class Occupancy {
  readonly #layout: ConnectorLayout
  /** Guns held by the vehicle at each connector. */
  readonly #guns: Uint8Array
  readonly #inUse: Uint16Array
  /** Vehicles at each node. */
  readonly #vehicles: Uint16Array

  constructor(layout: ConnectorLayout) {
    this.#layout = layout
    this.#guns = new Uint8Array(layout.evseOf.length)
    this.#inUse = new Uint16Array(layout.live.length)
    this.#vehicles = new Uint16Array(layout.nodeOf.reduce((most, node) => Math.max(most, node), 0) + 1)
  }

  isFree({ connector, guns }: Choice): boolean {
    const evse = this.#evse(connector)
    return this.#guns[connector] === 0 && (this.#inUse[evse] ?? 0) + guns <= (this.#layout.live[evse] ?? 0)
  }

  /** Whether it would be free once the vehicle at its connector is gone. */
  isFreeWithoutGuest({ connector, guns }: Choice): boolean {
    const evse = this.#evse(connector)
    const others = (this.#inUse[evse] ?? 0) - (this.#guns[connector] ?? 0)
    return others + guns <= (this.#layout.live[evse] ?? 0)
  }

  take({ connector, guns }: Choice): void {
    this.#guns[connector] = guns
    this.#change(connector, guns, 1)
  }

  release(connector: number): void {
    const guns = this.#guns[connector] ?? 0
    if (guns === 0) return
    this.#change(connector, -guns, -1)
    this.#guns[connector] = 0
  }

  /**
   * Best of the choices that is free, null when none is. They come best first; of those with the same power it is the
   * one whose cabinet has the fewest vehicles now, of these the first.
   */
  bestFree<T extends RankedChoice>(bestFirst: readonly T[]): T | null {
    let best: T | null = null
    let fewest = Number.POSITIVE_INFINITY
    for (const choice of bestFirst) {
      if (best !== null && (fewest === 0 || choice.power_kW < best.power_kW)) break
      const vehicles = this.#vehicles[this.#node(choice.connector)] ?? 0
      if (vehicles >= fewest || !this.isFree(choice)) continue
      best = choice
      fewest = vehicles
    }
    return best
  }

  /** Guns held at each connector, as plain data. */
  get state(): readonly number[] {
    return [...this.#guns]
  }

  set state(guns: readonly number[]) {
    for (const connector of this.#guns.keys()) this.release(connector)
    for (const [connector, held] of guns.entries()) if (held > 0) this.take({ connector, guns: held })
  }

  #change(connector: number, guns: number, vehicles: number): void {
    const evse = this.#evse(connector)
    const node = this.#node(connector)
    this.#inUse[evse] = (this.#inUse[evse] ?? 0) + guns
    this.#vehicles[node] = (this.#vehicles[node] ?? 0) + vehicles
  }

  #evse(connector: number): number {
    return this.#layout.evseOf[connector] ?? 0
  }

  #node(connector: number): number {
    return this.#layout.nodeOf[connector] ?? 0
  }
}
