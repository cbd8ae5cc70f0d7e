import type { Visitor } from './visitor.ts'

/** A driver who waits or is about to. Plain data, so that the line can be stored. */
export interface Waiting {
  readonly visitor: Visitor
  readonly since_s: number
  /** When the driver gives up; Infinity: never. */
  readonly until_s: number
  /** Up to when the driver waits for one of the `accepted` profiles only; later any free connector that fits will do. */
  readonly picky_s: number
  readonly accepted: readonly number[]
}

/** Who announced the arrival stands in line from then on. */
function place_s({ since_s, visitor }: Waiting): number {
  return since_s - visitor.announced_s
}

/** First come, first served among those for whom something is free; the others are passed over and keep their place. */
export class WaitingLine {
  #line: Waiting[] = []
  #driverless = 0

  get length(): number {
    return this.#line.length
  }

  /** How many have a driver: they take the places for waiting vehicles. */
  get withDriver(): number {
    return this.#line.length - this.#driverless
  }

  get state(): readonly Waiting[] {
    return [...this.#line]
  }

  set state(line: readonly Waiting[]) {
    this.#line = [...line]
    this.#driverless = line.filter(({ visitor }) => visitor.driverless).length
  }

  join(waiting: Waiting): void {
    let at = this.#line.length
    while (at > 0 && place_s(this.#line[at - 1] as Waiting) > place_s(waiting)) at--
    this.#line.splice(at, 0, waiting)
    if (waiting.visitor.driverless) this.#driverless++
  }

  /** Takes out the first driver for whom `find` finds a way to charge. */
  next<T>(find: (waiting: Waiting) => T | null): { readonly waiting: Waiting; readonly choice: T } | null {
    for (let at = 0; at < this.#line.length; at++) {
      const waiting = this.#line[at] as Waiting
      const choice = find(waiting)
      if (choice === null) continue
      this.#line.splice(at, 1)
      if (waiting.visitor.driverless) this.#driverless--
      return { waiting, choice }
    }
    return null
  }

  /** Earliest moment after `now_s` at which somebody gives up or gets less particular; Infinity: nobody does. */
  nextChange_s(now_s: number): number {
    let earliest_s = Number.POSITIVE_INFINITY
    for (const { until_s, picky_s } of this.#line) {
      earliest_s = Math.min(earliest_s, until_s, picky_s > now_s ? picky_s : until_s)
    }
    return earliest_s
  }

  /** Takes out those whose patience has ended by `now_s`. Vehicles without a driver have no end of it. */
  dropUntil(now_s: number): readonly Waiting[] {
    const dropped = this.#line.filter(({ until_s }) => until_s <= now_s)
    if (dropped.length > 0) this.#line = this.#line.filter(({ until_s }) => until_s > now_s)
    return dropped
  }
}
