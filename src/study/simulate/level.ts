import type { StateStore } from '../../hub/plant/index.ts'

/** Length of a step of a timeline; the last one ends with the run. */
export function stepLength_s(step: number, step_s: number, duration_s: number): number {
  return Math.min(step_s, duration_s - step * step_s)
}

/** A list made of a table, step by step; faster than `Array.from`, which asks an iterator. */
export function eachStep(table: Float64Array, entryOf: (entry: number, step: number) => number): number[] {
  const list = new Array<number>(table.length)
  for (let step = 0; step < table.length; step++) list[step] = entryOf(table[step] as number, step)
  return list
}

/** A count that changes at moments, integrated over the steps of the timeline and over the whole run. */
export class Level {
  readonly #step_s: number
  readonly #sum: Float64Array
  /** Current count, since when it holds, and count times seconds until then. */
  readonly #now: Float64Array

  constructor(steps: number, step_s: number, store: StateStore) {
    this.#step_s = step_s
    this.#sum = store.f64(steps)
    this.#now = store.f64(3)
  }

  change(to: number, now_s: number): void {
    const now = this.#now
    const count = now[0] as number
    let from_s = now[1] as number
    now[2] = (now[2] as number) + count * (now_s - from_s)
    while (count > 0 && from_s < now_s) {
      const step = Math.floor(from_s / this.#step_s)
      const until_s = Math.min(now_s, (step + 1) * this.#step_s)
      if (step < this.#sum.length) this.#sum[step] = (this.#sum[step] as number) + count * (until_s - from_s)
      from_s = until_s
    }
    now[0] = to
    now[1] = now_s
  }

  get count(): number {
    return this.#now[0] as number
  }

  /** Integral of the count from the start to a moment not before the last change, in seconds. */
  total_s(now_s: number): number {
    const [count = 0, since_s = 0, sum = 0] = this.#now
    return sum + count * (now_s - since_s)
  }

  means(duration_s: number): number[] {
    return eachStep(this.#sum, (sum, step) => sum / stepLength_s(step, this.#step_s, duration_s))
  }
}
