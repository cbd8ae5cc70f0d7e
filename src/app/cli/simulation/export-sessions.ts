import type { Problem } from '../../../base/problems/index.ts'
import { SessionTable } from '../../../hub/demand/trace/index.ts'
import { type ExportFormat, exportFormats, writeTrace } from '../../../io/formats/sessions/index.ts'
import { writeUserFile } from '../files.ts'
import type { OptionReader } from '../options.ts'
import type { Period } from '../period.ts'
import { usageProblem } from '../print.ts'
import type { SimulatedSite } from './load-site.ts'

/** Where the sessions of a run go, and those that ended so far. */
export interface Exported {
  readonly file: string
  readonly format: ExportFormat
  readonly sessions: SessionTable
}

/** `--export FILE --export-format F`; null without. */
export function readExport(read: OptionReader): Exported | null {
  const file = read.text('--export')
  const format = read.oneOf('--export-format', exportFormats)
  if (file === undefined) {
    if (format !== undefined) {
      read.problems.push(usageProblem({ code: 'trace.onlyWithExport', params: { name: '--export-format' } }))
    }
    return null
  }
  return { file, format: format ?? 'csv', sessions: new SessionTable() }
}

/** Writes the sessions that ended in a run; null, or the problem. */
export async function exportSessions(
  { file, format, sessions }: Exported,
  site: SimulatedSite,
  period: Period,
): Promise<Problem | null> {
  const trace = { sessions: sessions.columns(), timezone: site.timezone, skipped: [] }
  const about = { name: site.name, start_ms: period.from_ms, duration_s: period.duration_s }
  return writeUserFile(file, await writeTrace(format, trace, about))
}
