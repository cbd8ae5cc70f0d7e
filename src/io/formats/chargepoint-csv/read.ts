import type { Checked } from '../../../base/problems/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import type { Trace } from '../../../hub/demand/trace/index.ts'
import { type CsvRow, csvRows } from '../csv/rows.ts'
import { TraceCollector } from '../sessions/collector.ts'
import { MomentReader, orderShown, statesZone } from '../sessions/moments.ts'
import {
  type ColumnMap,
  type DateOrder,
  type EnergyUnit,
  type TextSource,
  type TraceOptions,
  Unreadable,
} from '../sessions/source.ts'
import { type Layout, layOut } from './columns.ts'
import { type Manner, RowReader } from './row.ts'

/** Rows looked at before the first one is read: they show how dates are written. */
const SAMPLE_ROWS = 2000
const noMap: ColumnMap = { columns: {} }

interface Fault {
  readonly reason: Coded
  readonly fix?: Coded
}

function headerFault(file: string, line: number, faults: readonly Fault[]): Unreadable {
  const at = { file, line, column: 1 }
  return new Unreadable(
    faults.map(({ reason, fix }) => ({ severity: 'error' as const, ...reason, at, ...(fix ? { fix } : {}) })),
  )
}

/** Cells of a source in a row, as one text. */
function textOf({ cells }: CsvRow, layout: Layout, name: 'arrive' | 'depart' | 'timezone'): string {
  return (layout[name] ?? []).map((at) => (cells[at] ?? '').trim()).join(' ')
}

/** The one order day and month can have, `null` where dates are not written that way, or why it is not clear. */
function orderIn(sample: readonly CsvRow[], layout: Layout): DateOrder | null | Fault {
  const texts = sample.flatMap((row) => [textOf(row, layout, 'arrive'), textOf(row, layout, 'depart')])
  const shown = new Set(texts.map(orderShown))
  if (shown.has('mdy') !== shown.has('dmy')) return shown.has('mdy') ? 'mdy' : 'dmy'
  if (!shown.has('either') && !shown.has('mdy')) return null
  const found = texts.find((text) => orderShown(text) === 'either') ?? texts[0] ?? ''
  return { reason: { code: 'trace.dateOrder', params: { found } }, fix: { code: 'trace.fix.dateOrder', params: {} } }
}

/** Whether local times would need a zone that nobody stated. */
function zoneFault(sample: readonly CsvRow[], layout: Layout): Fault | null {
  const local = sample
    .filter((row) => textOf(row, layout, 'timezone') === '')
    .map((row) => textOf(row, layout, 'arrive'))
    .find((text) => /\d:\d/.test(text) && !statesZone(text))
  if (local === undefined) return null
  return {
    reason: { code: 'trace.noTimezone', params: { found: local } },
    fix: { code: 'trace.fix.timezone', params: {} },
  }
}

/** What header and first rows say of a file; throws everything that is wrong with them. */
function mannerOf(file: string, header: CsvRow, sample: readonly CsvRow[], options: TraceOptions): Manner {
  const map = options.columns ?? noMap
  const cells = header.cells.map((cell) => cell.trim())
  const laid = layOut(cells, map)
  if ('faults' in laid) throw headerFault(file, header.line, laid.faults)
  const { layout } = laid
  const order = map.dates ?? orderIn(sample, layout)
  const zone = options.timezone === undefined ? zoneFault(sample, layout) : null
  const isFault = typeof order === 'object' && order !== null
  const faults = [...(isFault ? [order] : []), ...(zone ? [zone] : [])]
  if (faults.length > 0) throw headerFault(file, sample[0]?.line ?? header.line, faults)
  const moments = new MomentReader(options.timezone, isFault || order === null ? 'mdy' : order)
  return { header: cells, layout, moments, decimal: map.decimal ?? 'point' }
}

function take(csvRow: CsvRow, manner: Manner, collector: TraceCollector): void {
  if (csvRow.broken) collector.skip({ code: 'trace.brokenQuotes', params: {} }, { line: csvRow.line, column: 1 })
  else takeSound(csvRow, manner, collector)
}

function takeSound({ cells, line }: CsvRow, manner: Manner, collector: TraceCollector): void {
  const row = new RowReader(manner, cells)
  const { arrive_ms, depart_ms } = row.stay()
  const plug_ms = row.plug_ms(arrive_ms)
  const chargingEnd_ms = row.chargingEnd_ms(plug_ms ?? arrive_ms, depart_ms)
  const session = {
    id: row.text('id') || `row ${line}`,
    ...{ arrive_ms, depart_ms, energy_kWh: row.energy() },
    ...(plug_ms === undefined ? {} : { plug_ms }),
    ...(chargingEnd_ms === undefined ? {} : { chargingEnd_ms }),
    ...row.optional(),
  }
  if (row.repeated && row.fault === null) collector.noteRepeated()
  collector.take(session, row.fault, { line, column: 1 })
}

/** Unit the header of the energy names; kWh where it names none, as nearly all do. */
function unitOf({ header, layout }: Manner): EnergyUnit {
  const [at = -1] = layout.energy ?? []
  return /(^|[^A-Za-z])Wh([^A-Za-z]|$)/.test(header[at] ?? '') ? 'Wh' : 'kWh'
}

/** Rows one after the other: the first ones are held until they tell how the file is written. */
class CsvIntake {
  readonly #file: string
  readonly #options: TraceOptions
  #held: CsvRow[] = []
  #begun: { readonly manner: Manner; readonly collector: TraceCollector } | null = null

  constructor(file: string, options: TraceOptions) {
    this.#file = file
    this.#options = options
  }

  push(rows: readonly CsvRow[]): void {
    if (this.#begun) {
      for (const row of rows) take(row, this.#begun.manner, this.#begun.collector)
    } else {
      for (const row of rows) this.#held.push(row)
      if (this.#held.length > SAMPLE_ROWS) this.#begin()
    }
  }

  finish(): Checked<Trace> {
    const { collector } = this.#begun ?? this.#begin()
    return collector.finish(this.#options.timezone ?? null)
  }

  #begin(): { readonly manner: Manner; readonly collector: TraceCollector } {
    const [header, ...sample] = this.#held
    if (!header) throw headerFault(this.#file, 1, [{ reason: { code: 'document.empty', params: {} } }])
    this.#held = []
    const manner = mannerOf(this.#file, header, sample, this.#options)
    const energyUnit = this.#options.energyUnit ?? unitOf(manner)
    const collector = new TraceCollector(this.#file, { ...this.#options, energyUnit })
    for (const row of sample) take(row, manner, collector)
    this.#begun = { manner, collector }
    return this.#begun
  }
}

/**
 * Reads CSV with a row a session, as charging networks and cities publish it: known headers are found by themselves,
 * others by `options.columns`. Memory holds the sessions, not the file.
 */
export async function readSessionsCsv(source: TextSource, options: TraceOptions): Promise<Checked<Trace>> {
  const intake = new CsvIntake(source.file, options)
  for await (const rows of csvRows(source, options.columns?.delimiter)) intake.push(rows)
  return intake.finish()
}
