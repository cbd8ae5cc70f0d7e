import { type Clock, ManualClock } from './index.ts'

/** How often time goes on, by the clock of the wall. */
const TICK_ms = 5
/** The most that passes at once. */
const MOST_STEP_ms = 1000

export interface Pace {
  /** How many times as fast as the wall's it is meant to run. */
  readonly factor: number
  readonly start_ms?: number
}

/**
 * A fast clock that waits for the machine: time goes on in steps of at most a second, and between two of them everything that is
 * due and everything that has come over sockets is done. On a busy machine it is slower than asked for, instead of letting messages
 * seem to take minutes. Only for a hub whose stations live by the same clock in the same process.
 */
export class PacedClock implements Clock {
  readonly factor: number
  readonly #clock: ManualClock
  readonly #timer: NodeJS.Timeout
  readonly #start_ms: number
  readonly #began_ms = performance.now()
  #seen_ms = this.#began_ms

  constructor({ factor, start_ms = Date.now() }: Pace) {
    this.factor = factor
    this.#start_ms = start_ms
    this.#clock = new ManualClock(start_ms)
    this.#timer = setInterval(() => this.#tick(), TICK_ms)
  }

  now_ms(): number {
    return this.#clock.now_ms()
  }

  after(delay_ms: number, ring: () => void): () => void {
    return this.#clock.after(delay_ms, ring)
  }

  /** How many times as fast as the wall's it has run so far. */
  get pace(): number {
    const wall_ms = this.#seen_ms - this.#began_ms
    return wall_ms > 0 ? (this.#clock.now_ms() - this.#start_ms) / wall_ms : this.factor
  }

  /** Time stands still from now on. */
  stop(): void {
    clearInterval(this.#timer)
  }

  #tick(): void {
    const wall_ms = performance.now()
    const passed_ms = Math.min(MOST_STEP_ms, (wall_ms - this.#seen_ms) * this.factor)
    this.#seen_ms = wall_ms
    this.#clock.moveTo(this.#clock.now_ms() + passed_ms)
  }
}
