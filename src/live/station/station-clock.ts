import type { Clock } from '../clock/index.ts'
import type { Faults } from './setup.ts'

const MS_PER_SECOND = 1000

/** The clock in the station: set by what the management system says, and off by what its faults say. */
export class StationClock {
  readonly #clock: Clock
  readonly #off_ms: number
  readonly #drift_frac: number
  #set_ms: number
  #ahead_ms = 0

  constructor(clock: Clock, { clockOff_s = 0, clockDrift_frac = 0 }: Faults) {
    this.#clock = clock
    this.#off_ms = clockOff_s * MS_PER_SECOND
    this.#drift_frac = clockDrift_frac
    this.#set_ms = clock.now_ms()
  }

  now_ms(): number {
    const now_ms = this.#clock.now_ms()
    const drifted_ms = (now_ms - this.#set_ms) * this.#drift_frac
    return Math.round(now_ms + this.#ahead_ms + this.#off_ms + drifted_ms)
  }

  /** Takes the time of the management system; what is off by fault stays off. */
  set(now_ms: number): void {
    this.#set_ms = this.#clock.now_ms()
    this.#ahead_ms = now_ms - this.#set_ms
  }
}
