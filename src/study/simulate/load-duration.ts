import type { StateStore } from '../../hub/plant/index.ts'
import type { LoadDuration } from './result.ts'

const BINS = 2048
/** Width of a class at first; it doubles until the highest minute fits. */
const FINEST_kW = 1 / 16
const MOST_LEVELS = 100
const MINUTES_PER_HOUR = 60
/** A minute at a limit is counted at it, whatever its last digits. */
const ROUNDING = 1e-9

function binOf(mean_kW: number, width_kW: number): number {
  return Math.min(BINS - 1, Math.floor(mean_kW / width_kW + ROUNDING))
}

/** Minute means counted by power, in memory that does not grow: 1,024 classes or more up to the highest minute. */
export class LoadHistogram {
  readonly #minutes: Uint32Array
  /** Width of a class, and highest class that was filled. */
  readonly #state: Float64Array

  constructor(store: StateStore) {
    this.#minutes = store.u32(BINS)
    this.#state = store.f64(2)
    this.#state[0] = FINEST_kW
  }

  /** Counts minutes, given their highest mean. */
  add(means_kW: Float64Array, highest_kW: number): void {
    const minutes = this.#minutes
    while (highest_kW >= BINS * (this.#state[0] as number)) this.#widen()
    const width_kW = this.#state[0] as number
    for (let at = 0; at < means_kW.length; at++) {
      const bin = binOf(means_kW[at] as number, width_kW)
      minutes[bin] = (minutes[bin] as number) + 1
    }
    this.#state[1] = Math.max(this.#state[1] as number, binOf(highest_kW, width_kW))
  }

  #widen(): void {
    const minutes = this.#minutes
    const state = this.#state
    const top = state[1] as number
    for (let bin = 0; bin <= top; bin++) {
      const pair = 2 * bin
      minutes[bin] = pair <= top ? (minutes[pair] as number) + (minutes[pair + 1] ?? 0) : 0
    }
    state[0] = 2 * (state[0] as number)
    state[1] = Math.floor(top / 2)
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
