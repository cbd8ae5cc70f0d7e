import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { StateStore } from '../../hub/plant/index.ts'
import type { WaitTimes } from './result.ts'

/** Whole seconds up to this are kept apart; above, classes double in width each time the value doubles. */
const FINE = 512
const DOUBLINGS = 12
const BINS = FINE + (DOUBLINGS * FINE) / 2
/** 24 days; longer ones are counted here. */
const LONGEST = FINE * 2 ** DOUBLINGS - 1

function binOf(duration_s: number): number {
  const whole = Math.round(duration_s)
  if (whole < FINE) return whole
  const bounded = Math.min(whole, LONGEST)
  // Leading zeros tell the power of two at once; FINE is 2 to the 9th.
  const doublings = 23 - Math.clz32(bounded)
  const inside = bounded >> doublings
  return FINE + ((doublings - 1) * FINE) / 2 + (inside - FINE / 2)
}

function valueOf_s(bin: number): number {
  if (bin < FINE) return bin
  const doublings = Math.floor((bin - FINE) / (FINE / 2)) + 1
  return (FINE / 2 + ((bin - FINE) % (FINE / 2))) * 2 ** doublings
}

/** Durations in memory that does not grow: to the second up to 8 minutes, to 0.4 % above. Mean and maximum are exact. */
export class DurationHistogram {
  readonly #bins: Uint32Array
  readonly #sums: Float64Array

  constructor(store: StateStore) {
    this.#bins = store.u32(BINS)
    this.#sums = store.f64(3)
  }

  add(duration_s: number): void {
    const bin = binOf(duration_s)
    const sums = this.#sums
    this.#bins[bin] = (this.#bins[bin] as number) + 1
    sums[0] = (sums[0] as number) + 1
    sums[1] = (sums[1] as number) + duration_s
    sums[2] = Math.max(sums[2] as number, duration_s)
  }

  get count(): number {
    return this.#sums[0] as number
  }

  /** Percentiles are the smallest duration that so many did not exceed. */
  times(): WaitTimes {
    const count = this.#sums[0] as number
    return {
      mean_min: count === 0 ? 0 : (this.#sums[1] as number) / count / SECONDS_PER_MINUTE,
      p50_min: this.#percentile_s(0.5) / SECONDS_PER_MINUTE,
      p95_min: this.#percentile_s(0.95) / SECONDS_PER_MINUTE,
      max_min: (this.#sums[2] as number) / SECONDS_PER_MINUTE,
    }
  }

  #percentile_s(share: number): number {
    let left = Math.ceil(share * (this.#sums[0] as number))
    if (left === 0) return 0
    for (let bin = 0; bin < BINS; bin++) {
      left -= this.#bins[bin] as number
      if (left <= 0) return valueOf_s(bin)
    }
    return this.#sums[2] as number
  }
}
