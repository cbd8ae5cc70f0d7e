import type { Checked } from '../../../base/problems/index.ts'
import { say } from '../../../base/words/index.ts'
import type { Trace } from '../../../hub/demand/trace/index.ts'
import {
  type ColumnMap,
  decoded,
  parseColumnMap,
  readColumnMap,
  readTrace,
  type TraceOptions,
} from '../../../io/formats/sessions/index.ts'
import { openUserFile, readUserFile } from '../files.ts'
import type { Terminal } from '../terminal.ts'
import type { SimulatedSite } from './load-site.ts'
import { COLUMNS, type SessionOptions } from './sessions.ts'

const MAX_MAP_BYTES = 65_536

/** A mapping from a line such as `energy=kWh,dates=dmy`, or from the file it names. */
async function loadColumns(columns: string): Promise<Checked<ColumnMap>> {
  if (columns.includes('=')) return parseColumnMap(columns, COLUMNS)
  const file = await readUserFile(columns, MAX_MAP_BYTES)
  return file.ok ? readColumnMap(file.bytes, columns) : { ok: false, problems: [file.problem] }
}

/** The user interrupted the reading. */
class Interrupted extends Error {
  override readonly name = 'Interrupted'
}

/** Pieces of a file, with progress; ends at the first Ctrl-C. */
async function* watched(
  pieces: AsyncIterable<Uint8Array>,
  size: number | null,
  terminal: Terminal,
): AsyncGenerator<Uint8Array> {
  const label = say('trace.reading', {}, terminal.language)
  let read = 0
  for await (const piece of pieces) {
    if (terminal.signal.aborted) throw new Interrupted()
    read += piece.length
    if (size !== null) terminal.progress(Math.min(1, read / size), label)
    yield piece
  }
}

/** Battery of a vehicle of the fleet, by its id or name. */
function capacities({ demand }: SimulatedSite): (vehicle: string) => number | null {
  return (vehicle) => demand.fleet.find((row) => row.vehicle === vehicle || row.name === vehicle)?.usable_kWh ?? null
}

/** Reads the recording; null: the user interrupted. `period` bounds what is kept of it. */
export async function loadSessions(
  options: SessionOptions,
  site: SimulatedSite,
  period: { readonly from_ms: number; readonly duration_s: number } | null,
  terminal: Terminal,
): Promise<Checked<Trace> | null> {
  const { file, format, timezone, energyUnit } = options
  const columns = options.columns === undefined ? null : await loadColumns(options.columns)
  if (columns !== null && !columns.ok) return columns
  const opened = await openUserFile(file)
  if (!('pieces' in opened)) return { ok: false, problems: [opened] }
  const { size, pieces } = opened
  const traceOptions: TraceOptions = {
    capacity_kWh: capacities(site),
    ...(timezone === undefined ? {} : { timezone }),
    ...(energyUnit === undefined ? {} : { energyUnit }),
    ...(columns === null ? {} : { columns: columns.value }),
    ...(period === null ? {} : { from_ms: period.from_ms, end_ms: period.from_ms + period.duration_s * 1000 }),
  }
  const chunks = decoded(file, watched(pieces, size, terminal))
  try {
    return await readTrace(format, { file, chunks, ...(size === null ? {} : { size }) }, traceOptions)
  } catch (error) {
    if (error instanceof Interrupted) return null
    throw error
  }
}
