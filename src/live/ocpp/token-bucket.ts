import type { Clock } from '../clock/index.ts'

/** Allows so many messages a second in the long run and so many at once. */
export class TokenBucket {
  readonly #clock: Clock
  readonly #rate_perSecond: number
  readonly #burst: number
  #tokens: number
  #at_ms: number

  constructor(clock: Clock, { rate_perSecond, burst }: { rate_perSecond: number; burst: number }) {
    this.#clock = clock
    this.#rate_perSecond = rate_perSecond
    this.#burst = burst
    this.#tokens = burst
    this.#at_ms = clock.now_ms()
  }

  /** Takes one; answers how long to wait until there is one again: 0 when there still is. */
  take_ms(): number {
    const now_ms = this.#clock.now_ms()
    const gained = (Math.max(0, now_ms - this.#at_ms) / 1000) * this.#rate_perSecond
    this.#at_ms = now_ms
    this.#tokens = Math.min(this.#burst, this.#tokens + gained) - 1
    return this.#tokens >= 0 ? 0 : (-this.#tokens / this.#rate_perSecond) * 1000
  }
}
