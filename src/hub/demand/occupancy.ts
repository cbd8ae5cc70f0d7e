/** Which connector belongs to which EVSE, and how many connectors of an EVSE can charge at once. */
export interface ConnectorLayout {
  /** EVSE of each connector. */
  readonly evseOf: readonly number[]
  /** Connectors of each EVSE that can charge at once. */
  readonly live: readonly number[]
}

/** A way to charge: a connector, and how many guns of its EVSE the vehicle takes with it. */
export interface Choice {
  readonly connector: number
  readonly guns: number
}

/** Which connectors are taken. A connector is free when nobody holds it and its EVSE has enough live ones to spare. */
export class Occupancy {
  readonly #layout: ConnectorLayout
  /** Guns held by the vehicle at each connector. */
  readonly #guns: Uint8Array
  readonly #inUse: Uint16Array

  constructor(layout: ConnectorLayout) {
    this.#layout = layout
    this.#guns = new Uint8Array(layout.evseOf.length)
    this.#inUse = new Uint16Array(layout.live.length)
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
    this.#change(connector, guns)
  }

  release(connector: number): void {
    this.#change(connector, -(this.#guns[connector] ?? 0))
    this.#guns[connector] = 0
  }

  /** First of the choices, best first, that is free; null when none is. */
  firstFree<T extends Choice>(bestFirst: readonly T[]): T | null {
    for (const choice of bestFirst) if (this.isFree(choice)) return choice
    return null
  }

  /** Guns held at each connector, as plain data. */
  get state(): readonly number[] {
    return [...this.#guns]
  }

  set state(guns: readonly number[]) {
    for (const connector of this.#guns.keys()) this.release(connector)
    for (const [connector, held] of guns.entries()) if (held > 0) this.take({ connector, guns: held })
  }

  #change(connector: number, by: number): void {
    const evse = this.#evse(connector)
    this.#inUse[evse] = (this.#inUse[evse] ?? 0) + by
  }

  #evse(connector: number): number {
    return this.#layout.evseOf[connector] ?? 0
  }
}
