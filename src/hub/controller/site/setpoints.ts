import { StateStore } from '../../plant/index.ts'

/** What the controller asks for now, one entry an EVSE. Only `changed` ones are commands to be sent. */
export class Setpoints {
  readonly #store = new StateStore()
  readonly limit_kW: Float64Array
  /** When the command expires at the station; -Infinity: the EVSE was never sent one. */
  readonly until_s: Float64Array
  /** Number of the command, rising with every one to the same EVSE. */
  readonly number: Float64Array
  /** Index into `reasons`. */
  readonly reason: Int32Array
  /** Node of the description that holds the EVSE back, -1: none. */
  readonly boundBy: Int32Array
  readonly changed: Int32Array
  changedCount = 0
  /** Index into `reasons` of what is the matter with the site, `controller.free` when nothing. */
  siteReason = 0

  constructor(evses: number) {
    const store = this.#store
    this.limit_kW = store.f64(evses)
    this.until_s = store.f64(evses).fill(Number.NEGATIVE_INFINITY)
    this.number = store.f64(evses)
    this.reason = store.i32(evses)
    this.boundBy = store.i32(evses).fill(-1)
    this.changed = store.i32(evses)
  }

  /** All but what was to be sent at the last decision, to be put back with `restore`. */
  snapshot(): SetpointsSnapshot {
    return { bytes: this.#store.snapshot(), siteReason: this.siteReason }
  }

  restore({ bytes, siteReason }: SetpointsSnapshot): void {
    this.#store.restore(bytes)
    this.siteReason = siteReason
    this.changedCount = 0
  }
}

export interface SetpointsSnapshot {
  readonly bytes: Uint8Array
  readonly siteReason: number
}
