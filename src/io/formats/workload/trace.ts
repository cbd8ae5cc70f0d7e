import type { Checked } from '../../../base/problems/index.ts'
import type { Trace, TraceSession } from '../../../hub/demand/trace/index.ts'
import { unlimited_kWh } from '../../../study/simulate/index.ts'
import { wholeText } from '../json/whole.ts'
import { TraceCollector } from '../sessions/collector.ts'
import type { TextSource, TraceOptions } from '../sessions/source.ts'
import { readWorkload } from './read.ts'
import type { Workload, WorkloadSession } from './types.ts'

const MS_PER_SECOND = 1000

function toTrace(session: WorkloadSession, id: number, workload: Workload): TraceSession {
  const moment_ms = (time_s: number): number => Math.round(Date.parse(workload.start) + time_s * MS_PER_SECOND)
  const outlet_kW = workload.outlets_kW[session.outlet] ?? session.maxPower_kW
  return {
    id: String(id),
    arrive_ms: moment_ms(session.arrive_s),
    plug_ms: moment_ms(session.plug_s),
    depart_ms: moment_ms(session.unplug_s),
    energy_kWh: unlimited_kWh({ ...workload, sessions: [session] }),
    maxPower_kW: Math.min(outlet_kW, session.maxPower_kW),
    evse: `outlet-${session.outlet + 1}`,
    soc_frac: session.soc_frac,
    capacity_kWh: session.capacity_kWh,
  }
}

/** Reads a workload file as a recording: each vehicle wants what it would get without a site limit. */
export async function readWorkloadTrace(source: TextSource, options: TraceOptions): Promise<Checked<Trace>> {
  const checked = readWorkload(await wholeText(source), source.file)
  if (!checked.ok) return checked
  const collector = new TraceCollector(source.file, options, 'kWh')
  for (const [at, session] of checked.value.sessions.entries()) {
    collector.take(toTrace(session, at, checked.value), null, { line: 0, column: 0, index: at })
  }
  const finished = collector.finish(null)
  return finished.ok ? { ...finished, warnings: [...checked.warnings, ...finished.warnings] } : finished
}
