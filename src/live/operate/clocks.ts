import type { Code } from '../../base/words/index.ts'

const MS_PER_DAY = 86_400_000
/** Older events are no replay but a clock that was reset. */
const OLDEST_ms = 400 * MS_PER_DAY
/** Events from further ahead than this did not happen then. */
const AHEAD_ms = 10 * 60_000

/** When something happened, as far as it can be believed. */
export interface BelievedTime {
  readonly at_ms: number
  readonly doubt: Code | null
}

/** The time a station gives, or ours where its own cannot be: 1970, far ahead, none at all. */
export function believe(told_ms: number | null, now_ms: number): BelievedTime {
  const isPossible = told_ms !== null && told_ms > now_ms - OLDEST_ms && told_ms < now_ms + AHEAD_ms
  return isPossible ? { at_ms: told_ms, doubt: null } : { at_ms: now_ms, doubt: 'doubt.time' }
}

/** Messages of transactions older than this were kept. */
const KEPT_ms = 60_000
const WINDOW_ms = 10 * 60_000

/**
 * How far a station's clock is off. What it says arrives late, never early: of the times in a window the most advanced one
 * is nearest to its clock.
 */
export class ClockWatch {
  /** Clock of the station minus ours, milliseconds; null: nothing heard yet. */
  off_ms: number | null = null
  #isSure = false
  #best_ms = Number.NEGATIVE_INFINITY
  #since_ms = Number.NEGATIVE_INFINITY

  /** Takes the time of a message. One that stations keep while offline tells nothing when it is old. */
  hear(told_ms: number, now_ms: number, mayBeKept: boolean): void {
    const off_ms = told_ms - now_ms
    if (mayBeKept && off_ms < -KEPT_ms) return
    if (now_ms - this.#since_ms >= WINDOW_ms) {
      if (this.#best_ms !== Number.NEGATIVE_INFINITY) {
        this.off_ms = this.#best_ms
        this.#isSure = true
      }
      this.#best_ms = off_ms
      this.#since_ms = now_ms
    }
    this.#best_ms = Math.max(this.#best_ms, off_ms)
    this.off_ms = Math.max(this.off_ms ?? off_ms, this.#best_ms)
  }

  /** The same as far as it is sure: a clock that seems slow may just be far away, until a whole window says so. */
  get sureOff_ms(): number {
    const off_ms = this.off_ms ?? 0
    return off_ms > 0 || this.#isSure ? off_ms : 0
  }

  /** The station starts anew: its clock may have been set. */
  forget(): void {
    this.off_ms = null
    this.#isSure = false
    this.#best_ms = Number.NEGATIVE_INFINITY
    this.#since_ms = Number.NEGATIVE_INFINITY
  }
}
