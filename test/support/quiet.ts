import type { ManualClock } from '../../src/live/clock/index.ts'

/** Turns of the event loop without a message after which nothing is under way between two ends in one process. */
const QUIET_TURNS = 12

/** Lets time pass by hand between two ends of sockets in one process: it stands still while messages are under way. */
export class Quiet {
  readonly #clock: ManualClock
  #frames = 0

  constructor(clock: ManualClock) {
    this.#clock = clock
  }

  /** For the trace of one end: it counts messages. */
  readonly trace = (): void => {
    this.#frames++
  }

  /** Lets everything arrive that is under way. */
  async settle(): Promise<void> {
    let quiet = 0
    let frames = this.#frames
    while (quiet < QUIET_TURNS) {
      await new Promise((resolve) => setImmediate(resolve))
      quiet = this.#frames === frames ? quiet + 1 : 0
      frames = this.#frames
    }
  }

  /** Moves time alarm by alarm, and lets each arrive what it sends. */
  async pass(seconds: number): Promise<void> {
    const until_ms = this.#clock.now_ms() + seconds * 1000
    await this.settle()
    while (this.#clock.next_ms <= until_ms) {
      this.#clock.moveTo(this.#clock.next_ms)
      await this.settle()
    }
    this.#clock.moveTo(until_ms)
  }
}
