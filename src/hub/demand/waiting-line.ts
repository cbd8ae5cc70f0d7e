import type { Visitor } from './visitor.ts'

/** A driver in the line. Plain data, so that the line can be stored. */
export interface Waiting extends Visitor {
  readonly since_s: number
  /** When the driver gives up; Infinity: never. */
  readonly until_s: number
}

/** First come, first served among those for whom something is free; the others are passed over and keep their place. */
export class WaitingLine {
  #line: Waiting[] = []

  get length(): number {
    return this.#line.length
  }

  get state(): readonly Waiting[] {
    return [...this.#line]
  }

  set state(line: readonly Waiting[]) {
    this.#line = [...line]
  }

  join(waiting: Waiting): void {
    this.#line.push(waiting)
  }

  /** Takes out the first driver for whom `find` finds a way to charge. */
  next<T>(find: (waiting: Waiting) => T | null): { readonly waiting: Waiting; readonly choice: T } | null {
    for (const [at, waiting] of this.#line.entries()) {
      const choice = find(waiting)
      if (choice === null) continue
      this.#line.splice(at, 1)
      return { waiting, choice }
    }
    return null
  }

  /** Earliest moment at which somebody gives up; Infinity: nobody does. */
  get nextLoss_s(): number {
    return this.#line.reduce((earliest, { until_s }) => Math.min(earliest, until_s), Number.POSITIVE_INFINITY)
  }

  /** Takes out those whose patience has ended by `now_s`; how many they were. */
  dropUntil(now_s: number): number {
    const before = this.#line.length
    this.#line = this.#line.filter(({ until_s }) => until_s > now_s)
    return before - this.#line.length
  }
}
