import type { Checked } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Trace, TraceSession } from '../../../hub/demand/trace/index.ts'
import { type CsvRow, csvRows } from '../csv/rows.ts'
import { numberIn } from '../csv/values.ts'
import { TraceCollector } from '../sessions/collector.ts'
import { isReason, MomentReader } from '../sessions/moments.ts'
import { type TextSource, type TraceOptions, unreadable } from '../sessions/source.ts'

const needed = ['departure_time', 'arrival_time', 'vehicle_type', 'vehicle_id'] as const
type Header = (typeof needed)[number] | 'delta_soc' | 'soc' | 'connect_cs'

/** A trip; its vehicle charges from its end to the departure of the next one. */
interface Trip {
  readonly departure_ms: number
  readonly arrival_ms: number
  readonly kind: string
  readonly vehicle: string
  /** Share of the battery that is missing on arrival. */
  readonly missing_frac: number
  readonly plugsIn: boolean
  readonly line: number
}

/** Reads the values of a row and keeps the first fault. */
class TripRow {
  readonly #headers: readonly string[]
  readonly #row: CsvRow
  fault: Coded | null = null

  constructor(headers: readonly string[], row: CsvRow) {
    this.#headers = headers
    this.#row = row
  }

  trip(moments: MomentReader): Trip {
    return {
      departure_ms: this.#moment_ms('departure_time', moments),
      arrival_ms: this.#moment_ms('arrival_time', moments),
      kind: this.#text('vehicle_type'),
      vehicle: this.#text('vehicle_id'),
      missing_frac: this.#headers.includes('delta_soc') ? Math.abs(this.#number('delta_soc')) : 1 - this.#number('soc'),
      plugsIn: !['0', 'false', 'False'].includes(this.#cell('connect_cs')),
      line: this.#row.line,
    }
  }

  #cell(header: Header): string {
    return (this.#row.cells[this.#headers.indexOf(header)] ?? '').trim()
  }

  #text(header: Header): string {
    const text = this.#cell(header)
    if (text === '') this.#fail({ code: 'trace.noValue', params: { column: header } })
    return text
  }

  #number(header: Header): number {
    const value = numberIn(this.#text(header), header, 'point')
    if (typeof value === 'number') return value
    this.#fail(value)
    return Number.NaN
  }

  #moment_ms(header: Header, moments: MomentReader): number {
    const read = moments.read(this.#text(header), header)
    if (!isReason(read)) return read[0] ?? Number.NaN
    this.#fail(read)
    return Number.NaN
  }

  #fail(reason: Coded): void {
    this.fault ??= reason
  }
}

/** Throws everything that is wrong with the file as such. */
function checkFile(file: string, headers: readonly string[], options: TraceOptions): void {
  const missing: string[] = needed.filter((name) => !headers.includes(name))
  if (!headers.includes('delta_soc') && !headers.includes('soc')) missing.push('delta_soc')
  const place = { line: 1, column: 1 }
  if (missing.length > 0) {
    throw unreadable(
      file,
      { code: 'trace.missingColumns', params: { names: missing, headers: headers.slice(0, 20) } },
      place,
    )
  }
  if (options.timezone !== undefined) return
  const fix: Coded = { code: 'trace.fix.timezone', params: {} }
  throw unreadable(file, { code: 'trace.noTimezone', params: { found: 'departure_time' } }, place, fix)
}

async function readTrips(source: TextSource, options: TraceOptions, collector: TraceCollector): Promise<Trip[]> {
  const trips: Trip[] = []
  let headers: readonly string[] | null = null
  let moments: MomentReader | null = null
  for await (const rows of csvRows(source)) {
    for (const row of rows) {
      if (headers === null || moments === null) {
        headers = row.cells.map((cell) => cell.trim())
        checkFile(source.file, headers, options)
        moments = new MomentReader(options.timezone)
        continue
      }
      const reader = new TripRow(headers, row)
      const trip = reader.trip(moments)
      if (reader.fault === null) trips.push(trip)
      else collector.skip(reader.fault, { line: row.line, column: 1 })
    }
  }
  return trips
}

/** The stay after a trip, or why there is none. */
function stayAfter(trip: Trip, next: Trip | undefined, options: TraceOptions): TraceSession | Coded {
  const { vehicle, kind, arrival_ms, missing_frac, line } = trip
  const capacity_kWh = options.capacity_kWh?.(kind) ?? null
  if (!next) return { code: 'trace.neverLeaves', params: { vehicle } }
  if (capacity_kWh === null) return { code: 'trace.batteryUnknown', params: { vehicle: kind } }
  return {
    id: `${vehicle}/${line}`,
    ...{ arrive_ms: arrival_ms, depart_ms: next.departure_ms },
    energy_kWh: missing_frac * capacity_kWh,
    ...{ vehicle: kind, soc_frac: 1 - missing_frac, capacity_kWh },
  }
}

/**
 * Reads the trips SpiceEV generates scenarios from. A vehicle charges between two trips what the first one took
 * (`delta_soc`), or to full (`soc` on arrival). Batteries are those of `options.capacity_kWh`; distances say nothing
 * without a consumption and are not read.
 */
export async function readSpiceEvTrips(source: TextSource, options: TraceOptions): Promise<Checked<Trace>> {
  const collector = new TraceCollector(source.file, options, 'kWh')
  const trips = await readTrips(source, options, collector)
  trips.sort((a, b) => (a.vehicle < b.vehicle ? -1 : a.vehicle > b.vehicle ? 1 : a.departure_ms - b.departure_ms))
  for (const [at, trip] of trips.entries()) {
    if (!trip.plugsIn) continue
    const next = trips[at + 1]
    const stay = stayAfter(trip, next?.vehicle === trip.vehicle ? next : undefined, options)
    const place = { line: trip.line, column: 1 }
    if ('code' in stay) collector.skip(stay, place)
    else collector.take(stay, null, place)
  }
  return collector.finish(options.timezone ?? null)
}
