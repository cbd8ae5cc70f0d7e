import { SECONDS_PER_DAY, SECONDS_PER_HOUR } from '../../base/units/index.ts'

/** Milliseconds since 1970 that a wall clock shows, written as if it were UTC. */
type Wall_ms = number

const HOUR_MS = SECONDS_PER_HOUR * 1000
const DAY_MS = SECONDS_PER_DAY * 1000
const MINUTE_MS = 60_000
/** 1970-01-01 was a Thursday; weeks begin on Monday. */
const MONDAY_MS = 4 * DAY_MS

/** The wall clock of one time zone. */
export interface Zone {
  readonly name: string
  toWall(instant_ms: number): Wall_ms
  /** First guess corrected once: exact but within a change of the clocks, where the hour exists twice or not at all. */
  toInstant(wall_ms: Wall_ms): number
}

/** Zone by its IANA name. */
export function zoneOf(name: string): Zone {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: name,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  function toWall(instant_ms: number): Wall_ms {
    const parts = new Map(format.formatToParts(instant_ms).map(({ type, value }) => [type, Number(value)]))
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
    return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'))
  }
  function toInstant(wall_ms: Wall_ms): number {
    const guess = wall_ms - (toWall(wall_ms) - wall_ms)
    return wall_ms - (toWall(guess) - guess)
  }
  return { name, toWall, toInstant }
}

/** What the label of a tick tells. */
export type TickKind = 'time' | 'day' | 'date' | 'month' | 'year'

export interface Tick {
  readonly at_ms: number
  readonly kind: TickKind
}

/** One way to divide a time axis. */
interface Division {
  readonly kind: TickKind
  readonly most: number
  /** Walls of the division from the last one not after `from` on. */
  walls(from: Wall_ms, to: Wall_ms): Wall_ms[]
}

function every(step_ms: number, kind: TickKind, most: number, phase_ms = 0): Division {
  return {
    kind,
    most,
    walls(from, to) {
      const first = Math.floor((from - phase_ms) / step_ms) * step_ms + phase_ms
      const count = Math.min(Math.floor((to - first) / step_ms) + 1, most + 2)
      return Array.from({ length: count }, (_, index) => first + index * step_ms)
    },
  }
}

function everyMonths(step: number, kind: TickKind, most: number): Division {
  return {
    kind,
    most,
    walls(from, to) {
      const start = new Date(from)
      const first = Math.floor(start.getUTCMonth() / step) * step
      const at = (index: number) => Date.UTC(start.getUTCFullYear(), first + index * step, 1)
      return Array.from({ length: most + 2 }, (_, index) => at(index)).filter((wall) => wall <= to)
    },
  }
}

/** From fine to coarse; the first that gives few enough ticks is taken. */
const divisions: readonly Division[] = [
  every(5 * MINUTE_MS, 'time', 13),
  every(15 * MINUTE_MS, 'time', 13),
  every(30 * MINUTE_MS, 'time', 13),
  ...[1, 2, 3, 6, 12].map((hours) => every(hours * HOUR_MS, 'time', 13)),
  every(DAY_MS, 'day', 9),
  every(2 * DAY_MS, 'date', 9),
  every(7 * DAY_MS, 'date', 9, MONDAY_MS),
  everyMonths(1, 'month', 13),
  everyMonths(3, 'month', 13),
  everyMonths(12, 'year', 100),
]

/** Ticks of a time axis at round times of the zone's wall clock, at most about a dozen. */
export function timeTicks(from_ms: number, to_ms: number, zone: Zone): readonly Tick[] {
  for (const { kind, most, walls } of divisions) {
    const ticks = walls(zone.toWall(from_ms), zone.toWall(to_ms))
      .map((wall_ms) => ({ at_ms: zone.toInstant(wall_ms), kind: telling(kind, wall_ms) }))
      .filter(({ at_ms }) => at_ms >= from_ms && at_ms <= to_ms)
    if (ticks.length <= most) return ticks
  }
  return []
}

/** Midnight among hours is told by its date, January among months by its year. */
function telling(kind: TickKind, wall_ms: Wall_ms): TickKind {
  if (kind === 'time' && wall_ms % DAY_MS === 0) return 'date'
  return kind === 'month' && new Date(wall_ms).getUTCMonth() === 0 ? 'year' : kind
}
