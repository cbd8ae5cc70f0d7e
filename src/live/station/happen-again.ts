import type { Clock } from '../clock/index.ts'

export interface Happening {
  readonly clock: Clock
  /** Uniform in [0, 1). */
  readonly chance: () => number
  /** Between two times, on average; absent: never. */
  readonly mean_s: number | undefined
  readonly happen: () => void
}

/** Lets something happen again and again at random, as long as the clock rings. */
export function happenAgain({ clock, chance, mean_s, happen }: Happening): void {
  if (mean_s === undefined || mean_s <= 0) return
  const wait_s = -mean_s * Math.log1p(-chance())
  clock.after(wait_s * 1000, () => {
    happen()
    happenAgain({ clock, chance, mean_s, happen })
  })
}
