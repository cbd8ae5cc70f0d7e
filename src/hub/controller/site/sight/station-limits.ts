import { StateStore } from '../../../plant/index.ts'
import type { HubDescription } from '../description.ts'
import type { Command } from '../ledger.ts'

const NEVER = Number.NEGATIVE_INFINITY

/** Sessions and limits at the stations: the youngest command holds until it expires or its session ends, then the default. */
export class StationLimits {
  readonly #store = new StateStore()
  readonly #default_kW: Float64Array
  readonly #endsWithSession: boolean
  readonly #limit_kW: Float64Array
  readonly #until_s: Float64Array
  readonly #number: Float64Array
  /** Number of the last session, and whether it is still there. */
  readonly #session: Int32Array
  readonly #present: Int32Array

  constructor(hub: HubDescription) {
    const evses = hub.evses.length
    this.#default_kW = Float64Array.from(hub.evses, ({ default_kW }) => default_kW)
    this.#endsWithSession = hub.limitEndsWithSession ?? true
    this.#limit_kW = this.#store.f64(evses)
    this.#limit_kW.set(this.#default_kW)
    this.#until_s = this.#store.f64(evses).fill(NEVER)
    this.#number = this.#store.f64(evses)
    this.#session = this.#store.i32(evses)
    this.#present = this.#store.i32(evses)
  }

  limit_kW(evse: number): number {
    return this.#limit_kW[evse] as number
  }

  /** A session begins; answers its number. */
  begin(evse: number): number {
    this.#present[evse] = 1
    const session = (this.#session[evse] as number) + 1
    this.#session[evse] = session
    return session
  }

  end(evse: number): void {
    this.#present[evse] = 0
    if (this.#endsWithSession) this.#fallBack(evse)
  }

  /** Whether a session is the one that is there; 0: whether none is. */
  isAt(evse: number, session: number): boolean {
    return session === (this.#present[evse] === 1 ? this.#session[evse] : 0)
  }

  /** Takes a command unless it is for another session, older than the one obeyed, or over. */
  accepts(evse: number, command: Command, session: number, now_s: number): boolean {
    if (this.#endsWithSession && !this.isAt(evse, session)) return false
    if (command.number <= (this.#number[evse] as number) || command.until_s <= now_s) return false
    this.#number[evse] = command.number
    this.#limit_kW[evse] = command.limit_kW
    this.#until_s[evse] = command.until_s
    return true
  }

  /** A command has come to its end; answers whether it was in force. */
  expire(evse: number, number: number): boolean {
    if (this.#number[evse] !== number || this.#until_s[evse] === NEVER) return false
    this.#fallBack(evse)
    return true
  }

  snapshot(): Uint8Array {
    return this.#store.snapshot()
  }

  restore(bytes: Uint8Array): void {
    this.#store.restore(bytes)
  }

  #fallBack(evse: number): void {
    this.#limit_kW[evse] = this.#default_kW[evse] as number
    this.#until_s[evse] = NEVER
  }
}
