export { ClockScope } from './clock-scope.ts'
export { PacedClock } from './paced.ts'

/** What time it is and when to wake up. The living hub has one clock for everything: it may run faster than the wall's, or by hand. */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now_ms(): number
  /** Calls back once so many milliseconds of this clock later; the answer calls it off. */
  after(delay_ms: number, ring: () => void): () => void
}

/** Longest delay a timer of the runtime takes. */
const LONGEST_TIMER_ms = 2 ** 31 - 1

/**
 * The clock of the machine, or one that starts at `start_ms` and runs `factor` times as fast. It never goes back: when the
 * machine's clock does, it goes on by the steady one.
 */
export class MachineClock implements Clock {
  readonly factor: number
  readonly #start_ms: number
  readonly #steady_ms: number

  constructor({ factor = 1, start_ms = Date.now() }: { readonly factor?: number; readonly start_ms?: number } = {}) {
    this.factor = factor
    this.#start_ms = start_ms
    this.#steady_ms = performance.now()
  }

  now_ms(): number {
    return this.#start_ms + (performance.now() - this.#steady_ms) * this.factor
  }

  after(delay_ms: number, ring: () => void): () => void {
    const timer = setTimeout(ring, Math.min(LONGEST_TIMER_ms, Math.max(0, delay_ms) / this.factor))
    return () => clearTimeout(timer)
  }
}

interface Alarm {
  readonly at_ms: number
  readonly ring: () => void
}

/** A clock that stands until it is moved: what is due on the way rings in the order of time. */
export class ManualClock implements Clock {
  #now_ms: number
  readonly #alarms: Alarm[] = []

  constructor(start_ms: number) {
    this.#now_ms = start_ms
  }

  now_ms(): number {
    return this.#now_ms
  }

  after(delay_ms: number, ring: () => void): () => void {
    const alarm = { at_ms: this.#now_ms + Math.max(0, delay_ms), ring }
    const at = this.#alarms.findIndex((later) => later.at_ms > alarm.at_ms)
    this.#alarms.splice(at === -1 ? this.#alarms.length : at, 0, alarm)
    return () => {
      const index = this.#alarms.indexOf(alarm)
      if (index !== -1) this.#alarms.splice(index, 1)
    }
  }

  /** When the next alarm rings; Infinity: none is set. */
  get next_ms(): number {
    return this.#alarms[0]?.at_ms ?? Number.POSITIVE_INFINITY
  }

  /** Moves to a moment. */
  moveTo(when_ms: number): void {
    while (this.next_ms <= when_ms) {
      const alarm = this.#alarms.shift() as Alarm
      this.#now_ms = Math.max(this.#now_ms, alarm.at_ms)
      alarm.ring()
    }
    this.#now_ms = Math.max(this.#now_ms, when_ms)
  }
}
