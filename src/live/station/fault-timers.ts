import type { Clock } from '../clock/index.ts'

const MS_PER_SECOND = 1000

/** Lets something happen again and again, at random, so often on average. */
export class FaultTimers {
  readonly #clock: Clock
  readonly #chance: () => number
  readonly #cancels: (() => void)[] = []
  #isStopped = false

  constructor(clock: Clock, chance: () => number) {
    this.#clock = clock
    this.#chance = chance
  }

  every(mean_s: number | undefined, happen: () => void): void {
    if (mean_s === undefined || mean_s <= 0) return
    const at = this.#cancels.push(() => {}) - 1
    const arm = (): void => {
      if (this.#isStopped) return
      const wait_s = -mean_s * Math.log1p(-this.#chance())
      this.#cancels[at] = this.#clock.after(wait_s * MS_PER_SECOND, () => {
        happen()
        arm()
      })
    }
    arm()
  }

  stop(): void {
    this.#isStopped = true
    for (const cancel of this.#cancels) cancel()
  }
}
