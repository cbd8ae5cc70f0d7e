import { Temporal } from 'temporal-polyfill'

/** Recordings are younger than this, and so are the rules of the zones they need. */
const FIRST = '1990-01-01T00:00:00Z'
const LAST_ms = Date.UTC(2100, 0, 1)

/** Whether a text names a time zone. */
export function isTimezone(name: string): boolean {
  try {
    Temporal.Instant.from(FIRST).toZonedDateTimeISO(name)
    return true
  } catch {
    return false
  }
}

/** Moments of local times in a zone, by a table of its changes: reading a row must not ask for the rules anew. */
export class ZoneTable {
  /** Changes in order: from when on which offset holds. */
  readonly #from_ms: number[] = []
  readonly #offset_ms: number[] = []

  /** `timezone` is an IANA name. */
  constructor(timezone: string) {
    let moment: Temporal.ZonedDateTime | null = Temporal.Instant.from(FIRST).toZonedDateTimeISO(timezone)
    while (moment !== null && moment.epochMilliseconds < LAST_ms) {
      this.#from_ms.push(moment.epochMilliseconds)
      this.#offset_ms.push(moment.offsetNanoseconds / 1e6)
      moment = moment.getTimeZoneTransition('next')
    }
  }

  /** Moments at which clocks show a local time, given as if it were UTC: none in the hour that is skipped, two in the one that comes twice. */
  moments_ms(local_ms: number): readonly number[] {
    const near = this.#index(local_ms)
    const found: number[] = []
    for (let index = Math.max(0, near - 1); index <= near + 1 && index < this.#from_ms.length; index++) {
      const moment_ms = local_ms - (this.#offset_ms[index] ?? 0)
      const isFirst = index === 0
      const until_ms = this.#from_ms[index + 1] ?? Number.POSITIVE_INFINITY
      if ((isFirst || moment_ms >= (this.#from_ms[index] ?? 0)) && moment_ms < until_ms) found.push(moment_ms)
    }
    return found
  }

  /** Last change at or before a moment. */
  #index(time_ms: number): number {
    let [low, high] = [0, this.#from_ms.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((this.#from_ms[middle] ?? 0) <= time_ms) low = middle
      else high = middle - 1
    }
    return low
  }
}
