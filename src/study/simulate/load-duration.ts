import type { StateStore } from '../../hub/plant/index.ts'
import type { LoadDuration } from './result.ts'

const BINS = 2048
/** Width of a class at first; it doubles until the highest minute fits. */
const FINEST_kW = 1 / 16
const MOST_LEVELS = 100
const MINUTES_PER_HOUR = 60
/** A minute at a limit is counted at it, whatever its last digits. */
const ROUNDING = 1e-9

/** Minute means counted by power, in memory that does not grow: 1,024 classes or more up to the highest minute. */
export class LoadHistogram {
  readonly #minutes: Float64Array
  /** Width of a class, and highest class that was filled. */
  readonly #state: Float64Array

  constructor(store: StateStore) {
    this.#minutes = store.f64(BINS)
    this.#state = store.f64(2)
    this.#state[0] = FINEST_kW
  }

  add(mean_kW: number): void {
    const state = this.#state
    let bin = Math.floor(mean_kW / (state[0] as number) + ROUNDING)
    while (bin >= BINS) {
      this.#widen()
      bin = Math.floor(mean_kW / (state[0] as number) + ROUNDING)
    }
    this.#minutes[bin] = (this.#minutes[bin] as number) + 1
    if (bin > (state[1] as number)) state[1] = bin
  }

  #widen(): void {
    const minutes = this.#minutes
    for (let bin = 0; bin < BINS; bin++) {
      const pair = 2 * bin
      minutes[bin] = pair < BINS ? (minutes[pair] as number) + (minutes[pair + 1] as number) : 0
    }
    this.#state[0] = 2 * (this.#state[0] as number)
    this.#state[1] = Math.floor((this.#state[1] as number) / 2)
  }

  /** At most a hundred levels, which are edges of classes, so that the hours at each are exact. */
  curve(): LoadDuration {
    const [width_kW = FINEST_kW, top = 0] = this.#state
    const classes = Math.max(1, Math.ceil((top + 1) / MOST_LEVELS))
    const atLeast_h = new Array<number>(Math.ceil((top + 1) / classes)).fill(0)
    let minutes = 0
    for (let bin = top; bin >= 0; bin--) {
      minutes += this.#minutes[bin] as number
      if (bin % classes === 0) atLeast_h[bin / classes] = minutes / MINUTES_PER_HOUR
    }
    return { step_kW: classes * width_kW, atLeast_h }
  }
}
