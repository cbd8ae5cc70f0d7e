import type { Coded } from '../../../base/words/index.ts'
import type { TraceSession } from '../../../hub/demand/trace/index.ts'
import { durationIn_ms, numberIn } from '../csv/values.ts'
import { isReason, type MomentReader } from '../sessions/moments.ts'
import type { ColumnName } from '../sessions/source.ts'
import type { Layout } from './columns.ts'

/** How the values of a file are written. */
export interface Manner {
  readonly header: readonly string[]
  readonly layout: Layout
  readonly moments: MomentReader
  readonly decimal: 'point' | 'comma'
}

/** Reads the values of one row and keeps the first fault it meets: why the row is left out. */
export class RowReader {
  readonly #manner: Manner
  readonly #cells: readonly string[]
  #fault: Coded | null = null
  /** A time came twice, and one of the two moments was taken. */
  repeated = false

  constructor(manner: Manner, cells: readonly string[]) {
    this.#manner = manner
    this.#cells = cells
    const [found, expected] = [cells.length, manner.header.length]
    const extra = cells.slice(expected).some((cell) => cell !== '')
    if (found < expected || extra) this.#fail({ code: 'trace.rowLength', params: { found, expected } })
  }

  get fault(): Coded | null {
    return this.#fault
  }

  /** Text of a column; empty where it has none. */
  text(name: ColumnName): string {
    const source = this.#manner.layout[name]
    if (source === undefined) return ''
    const [first = 0, ...others] = source
    const text = (this.#cells[first] ?? '').trim()
    return others.length === 0 ? text : [text, ...others.map((at) => (this.#cells[at] ?? '').trim())].join(' ').trim()
  }

  /** Texts and numbers that may be missing, as the fields of a session. */
  optional(): Partial<TraceSession> {
    const [evse, connector, vehicle] = [this.text('evse'), this.text('connector'), this.text('vehicle')]
    const [maxPower_kW, soc_frac, capacity_kWh] = [this.#number('power'), this.#soc_frac(), this.#number('capacity')]
    return {
      ...(evse === '' ? {} : { evse }),
      ...(connector === '' ? {} : { connector }),
      ...(vehicle === '' ? {} : { vehicle }),
      ...(maxPower_kW === undefined || maxPower_kW <= 0 ? {} : { maxPower_kW }),
      ...(soc_frac === undefined ? {} : { soc_frac }),
      ...(capacity_kWh === undefined || capacity_kWh <= 0 ? {} : { capacity_kWh }),
    }
  }

  energy(): number {
    const text = this.text('energy')
    if (text === '') this.#fail({ code: 'trace.noValue', params: { column: this.#headerOf('energy') } })
    return this.#number('energy') ?? Number.NaN
  }

  /** Arrival and departure; a duration decides between the moments of a time that came twice, or stands for the departure. */
  stay(): Pick<TraceSession, 'arrive_ms' | 'depart_ms'> {
    const arrivals = this.#moments('arrive')
    const duration_ms = this.#duration_ms('duration')
    const isDeparture = this.text('depart') !== '' || duration_ms === undefined
    const departures = isDeparture ? this.#moments('depart') : []
    this.repeated = arrivals.length > 1 || departures.length > 1
    if (!isDeparture) {
      const arrive_ms = arrivals[0] ?? Number.NaN
      return { arrive_ms, depart_ms: arrive_ms + (duration_ms ?? 0) }
    }
    return choosePair(arrivals, departures, duration_ms)
  }

  /** End of charging, from a moment or from how long charging took; never after the departure. */
  chargingEnd_ms(arrive_ms: number, depart_ms: number): number | undefined {
    const time_ms = this.#duration_ms('chargingTime')
    if (this.text('chargingEnd') !== '') {
      const ends = this.#moments('chargingEnd')
      return Math.min(depart_ms, ends.find((end_ms) => end_ms >= arrive_ms) ?? ends[0] ?? Number.NaN)
    }
    return time_ms === undefined || time_ms <= 0 ? undefined : Math.min(depart_ms, arrive_ms + time_ms)
  }

  /** When it was plugged in after waiting. */
  plug_ms(arrive_ms: number): number | undefined {
    if (this.text('plug') === '') return undefined
    const moments = this.#moments('plug')
    return moments.find((plug_ms) => plug_ms >= arrive_ms) ?? moments[0]
  }

  #moments(name: ColumnName): readonly number[] {
    const text = this.text(name)
    const column = this.#headerOf(name)
    if (text === '') {
      this.#fail({ code: 'trace.noValue', params: { column } })
      return []
    }
    const zone = this.text('timezone')
    const moments = this.#manner.moments.read(text, column, zone === '' ? undefined : zone)
    if (!isReason(moments)) return moments
    this.#fail(moments)
    return []
  }

  #number(name: ColumnName): number | undefined {
    const text = this.text(name)
    if (text === '') return undefined
    return this.#sound(numberIn(text, this.#headerOf(name), this.#manner.decimal))
  }

  /** A share, or percent where the text or a number above 1 says so. */
  #soc_frac(): number | undefined {
    const text = this.text('soc')
    if (text === '') return undefined
    const value = this.#sound(numberIn(text.replace(/\s*%$/, ''), this.#headerOf('soc'), this.#manner.decimal))
    return value === undefined || (value <= 1 && !text.endsWith('%')) ? value : value / 100
  }

  #duration_ms(name: ColumnName): number | undefined {
    const text = this.text(name)
    return text === '' ? undefined : this.#sound(durationIn_ms(text, this.#headerOf(name)))
  }

  #sound(value: number | Coded): number | undefined {
    if (typeof value === 'number') return value
    this.#fail(value)
    return undefined
  }

  #headerOf(name: ColumnName): string {
    return (this.#manner.layout[name] ?? []).map((at) => this.#manner.header[at] ?? '').join('+') || name
  }

  #fail(reason: Coded): void {
    this.#fault ??= reason
  }
}

/** The pair that fits the duration best; without one the first arrival, and the first departure after it. */
function choosePair(
  arrivals: readonly number[],
  departures: readonly number[],
  duration_ms: number | undefined,
): Pick<TraceSession, 'arrive_ms' | 'depart_ms'> {
  let best = { arrive_ms: arrivals[0] ?? Number.NaN, depart_ms: departures[0] ?? Number.NaN }
  let least_ms = Number.POSITIVE_INFINITY
  for (const arrive_ms of arrivals) {
    for (const depart_ms of departures) {
      const off_ms = duration_ms === undefined ? 0 : Math.abs(depart_ms - arrive_ms - duration_ms)
      const cost_ms = depart_ms > arrive_ms ? off_ms : off_ms + 1e12
      if (cost_ms < least_ms) [best, least_ms] = [{ arrive_ms, depart_ms }, cost_ms]
    }
  }
  return best
}
