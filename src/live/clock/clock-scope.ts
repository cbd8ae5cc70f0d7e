import type { Clock } from './index.ts'

/** A clock all of whose alarms can be called off together. */
export class ClockScope implements Clock {
  readonly #clock: Clock
  readonly #alarms = new Set<() => void>()
  #isOver = false

  constructor(clock: Clock) {
    this.#clock = clock
  }

  now_ms(): number {
    return this.#clock.now_ms()
  }

  after(delay_ms: number, ring: () => void): () => void {
    if (this.#isOver) return () => {}
    const cancel = (): void => {
      this.#alarms.delete(cancel)
      off()
    }
    const off = this.#clock.after(delay_ms, () => {
      this.#alarms.delete(cancel)
      ring()
    })
    this.#alarms.add(cancel)
    return cancel
  }

  /** Calls off what is set, and sets nothing any more. */
  end(): void {
    this.#isOver = true
    for (const cancel of [...this.#alarms]) cancel()
  }
}
