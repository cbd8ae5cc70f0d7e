/** Which connector belongs to which EVSE, and how many connectors of an EVSE can charge at once. */
export interface ConnectorLayout {
  /** EVSE of each connector. */
  readonly evseOf: readonly number[]
  /** Connectors of each EVSE that can charge at once. */
  readonly live: readonly number[]
}

/** Which connectors are taken. A connector is free when nobody holds it and its EVSE has a live one to spare. */
export class Occupancy {
  readonly #layout: ConnectorLayout
  readonly #taken: Uint8Array
  readonly #inUse: Uint16Array

  constructor(layout: ConnectorLayout) {
    this.#layout = layout
    this.#taken = new Uint8Array(layout.evseOf.length)
    this.#inUse = new Uint16Array(layout.live.length)
  }

  isFree(connector: number): boolean {
    const evse = this.#evse(connector)
    return this.#taken[connector] === 0 && (this.#inUse[evse] ?? 0) < (this.#layout.live[evse] ?? 0)
  }

  take(connector: number): void {
    this.#taken[connector] = 1
    this.#change(connector, 1)
  }

  release(connector: number): void {
    this.#taken[connector] = 0
    this.#change(connector, -1)
  }

  /** First of the connectors, best first, that is free; -1 when none is. */
  firstFree(bestFirst: readonly number[]): number {
    return bestFirst.find((connector) => this.isFree(connector)) ?? -1
  }

  #change(connector: number, by: number): void {
    const evse = this.#evse(connector)
    this.#inUse[evse] = (this.#inUse[evse] ?? 0) + by
  }

  #evse(connector: number): number {
    return this.#layout.evseOf[connector] ?? 0
  }
}
