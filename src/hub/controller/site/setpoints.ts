/** What the controller asks for now, one entry an EVSE. Only `changed` ones are commands to be sent. */
export class Setpoints {
  readonly limit_kW: Float64Array
  /** When the command expires at the station; -Infinity: the EVSE was never sent one. */
  readonly until_s: Float64Array
  /** Number of the command, rising with every one to the same EVSE. */
  readonly number: Float64Array
  /** Index into `reasons`. */
  readonly reason: Uint8Array
  /** Node of the description that holds the EVSE back, -1: none. */
  readonly boundBy: Int32Array
  readonly changed: Int32Array
  changedCount = 0
  /** Index into `reasons` of what is the matter with the site, `controller.free` when nothing. */
  siteReason = 0

  constructor(evses: number) {
    this.limit_kW = new Float64Array(evses)
    this.until_s = new Float64Array(evses).fill(Number.NEGATIVE_INFINITY)
    this.number = new Float64Array(evses)
    this.reason = new Uint8Array(evses)
    this.boundBy = new Int32Array(evses).fill(-1)
    this.changed = new Int32Array(evses)
  }
}
