import type { Checked } from '../../../base/problems/index.ts'
import type { Trace } from '../../../hub/demand/trace/index.ts'
import { type TextSource, type TraceOptions, Unreadable } from './source.ts'

/** Formats of recordings, by the name a user gives them. */
export const traceFormats = ['csv', 'acn-data', 'ocpi-cdr', 'workload', 'spiceev', 'spiceev-trips'] as const
export type TraceFormat = (typeof traceFormats)[number]

export type TraceReader = (source: TextSource, options: TraceOptions) => Promise<Checked<Trace>>

/** Only the reader that is asked for is loaded. */
const readers: Readonly<Record<TraceFormat, () => Promise<TraceReader>>> = {
  csv: async () => (await import('../chargepoint-csv/index.ts')).readSessionsCsv,
  'acn-data': async () => (await import('../acn-data/index.ts')).readAcnData,
  'ocpi-cdr': async () => (await import('../ocpi-cdr/index.ts')).readOcpiCdrs,
  workload: async () => (await import('../workload/trace.ts')).readWorkloadTrace,
  spiceev: async () => (await import('../spiceev/index.ts')).readSpiceEvScenario,
  'spiceev-trips': async () => (await import('../spiceev/index.ts')).readSpiceEvTrips,
}

/**
 * Reads a recording of charging sessions. Rows that cannot be are left out and told as warnings, the first of them with
 * their place; a fault of the file as such is an error, and nothing of it is taken.
 */
export async function readTrace(
  format: TraceFormat,
  source: TextSource,
  options: TraceOptions,
): Promise<Checked<Trace>> {
  const read = await readers[format]()
  try {
    return await read(source, options)
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problems: error.problems }
    throw error
  }
}

/** Formats sessions of a run can be written in. */
export const exportFormats = ['csv', 'acn-data', 'ocpi-cdr', 'workload'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** About the run whose sessions are written. */
export interface ExportAbout {
  readonly name: string
  readonly start_ms: number
  readonly duration_s: number
}

/** Sessions as the text of a file, in pieces. */
export async function writeTrace(format: ExportFormat, trace: Trace, about: ExportAbout): Promise<Iterable<string>> {
  switch (format) {
    case 'csv':
      return (await import('../chargepoint-csv/index.ts')).writeSessionsCsv(trace)
    case 'acn-data':
      return (await import('../acn-data/index.ts')).writeAcnData(trace)
    case 'ocpi-cdr':
      return (await import('../ocpi-cdr/index.ts')).writeOcpiCdrs(trace)
    case 'workload':
      return (await import('../workload/write.ts')).writeWorkload(trace, about)
  }
}
