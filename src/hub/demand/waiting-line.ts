/** A driver in the line: who, and which connectors would do, best first. */
export interface Waiting {
  readonly driver: number
  readonly since_s: number
  readonly bestFirst: readonly number[]
}

/** First come, first served among those whom the free connector fits; those it does not fit are passed over and keep their place. */
export class WaitingLine {
  readonly #line: Waiting[] = []

  get length(): number {
    return this.#line.length
  }

  join(waiting: Waiting): void {
    this.#line.push(waiting)
  }

  /** Takes out the first who can use the connector; null when nobody can. */
  nextFor(connector: number): Waiting | null {
    const at = this.#line.findIndex((waiting) => waiting.bestFirst.includes(connector))
    return at < 0 ? null : (this.#line.splice(at, 1)[0] ?? null)
  }

  /** Takes out a driver who gives up; false when they are not in the line. */
  leave(driver: number): boolean {
    const at = this.#line.findIndex((waiting) => waiting.driver === driver)
    if (at >= 0) this.#line.splice(at, 1)
    return at >= 0
  }
}
