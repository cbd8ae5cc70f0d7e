import { type Checked, invariant, type Problem } from '../../../base/problems/index.ts'
import { type Language, say } from '../../../base/words/index.ts'
import {
  type FittedDemand,
  fitDemand,
  processOf,
  type ReplayCounts,
  type Trace,
} from '../../../hub/demand/trace/index.ts'
import type { Assumption } from '../../../study/report/index.ts'
import type { SiteRunInput } from '../../../study/simulate/site/index.ts'
import { writeUserFile } from '../files.ts'
import type { OptionReader } from '../options.ts'
import { daysAround, type Period, readPeriod } from '../period.ts'
import type { Terminal } from '../terminal.ts'
import { fitLine, fitYaml, replayLines } from './demand-lines.ts'
import type { SimulatedSite } from './load-site.ts'
import type { SessionOptions } from './sessions.ts'
import type { SummaryLine } from './summary.ts'

/** The recording that was read: how many of its sessions, and how many rows were left out, by reason. */
interface Recording {
  readonly file: string
  readonly sessions: number
  readonly skipped: Readonly<Record<string, number>>
}

/** When to simulate, and who comes: as the site file says, as recorded, or as a process fitted to a recording has it. */
export interface DemandSource {
  readonly period: Period
  readonly input: Pick<SiteRunInput, 'trace' | 'process'>
  readonly fit: FittedDemand | null
  readonly recording: Recording | null
}

/** What the user said of who comes. */
export interface AskedDemand {
  readonly read: OptionReader
  readonly options: SessionOptions | null
  readonly load: RecordingLoader
}

/** Reads the recording for a site; null: the user interrupted. */
type RecordingLoader = (site: SimulatedSite, period: Period | null) => Promise<Checked<Trace> | null>

/** A loader that reads a recording once for all sites to which it says the same. */
export function recordingLoader(options: SessionOptions | null, terminal: Terminal): RecordingLoader {
  const loaded = new Map<string, Promise<Checked<Trace> | null>>()
  return (site, period) => {
    invariant(options, 'a recording was named')
    const batteries = site.demand.fleet.map(({ vehicle, name, usable_kWh }) => [vehicle, name, usable_kWh])
    const key = JSON.stringify([period, batteries])
    const known = loaded.get(key)
    if (known) return known
    const loading = import('./load-sessions.ts').then((module) => module.loadSessions(options, site, period, terminal))
    loaded.set(key, loading)
    return loading
  }
}

/** A recording without --from is replayed from the day of its first arrival to that of its last departure. */
function recordedDays({ sessions }: Trace, timezone: string) {
  const last_ms = sessions.depart_ms.reduce((latest_ms, depart_ms) => Math.max(latest_ms, depart_ms))
  return daysAround(sessions.arrive_ms[0] as number, last_ms, timezone)
}

/** Who comes when no recording is named: the demand of the site file. */
function fromSite(period: Period): DemandSource {
  return { period, input: {}, fit: null, recording: null }
}

function recordingOf(file: string, { sessions, skipped }: Trace): Recording {
  const counts = Object.fromEntries(skipped.map(({ reason, count }) => [reason, count]))
  return { file, sessions: sessions.length, skipped: counts }
}

function recordedLine(sessions: number, language: Language) {
  return ['trace.replayed', say('trace.replayedCount', { sessions }, language)] as const
}

/** What a run takes for granted, with the recording in the place of the arrivals of the site file. */
export function withRecording(
  assumptions: readonly Assumption[],
  { recording, fit }: DemandSource,
  language: Language,
): readonly Assumption[] {
  if (recording === null) return assumptions
  const [label, value] = fit ? fitLine(fit, language) : recordedLine(recording.sessions, language)
  const recorded: Assumption = { label: { code: label, params: {} }, value, source: recording.file, confidence: null }
  return assumptions.map((one) => (one.label.code === 'report.assume.demand' ? recorded : one))
}

/** Who comes, in a line of a summary; null: who the site file says. */
export function recordedWords({ recording, fit }: DemandSource, language: Language): SummaryLine | null {
  if (recording === null) return null
  const [label, value] = fit ? fitLine(fit, language) : recordedLine(recording.sessions, language)
  return [say(label, {}, language), value]
}

/** Lines of the summary about a recording. */
export function demandLines(source: DemandSource, replayed: ReplayCounts | null, language: Language): SummaryLine[] {
  if (replayed) return replayLines(replayed, language)
  const words = recordedWords(source, language)
  return words === null ? [] : [words]
}

/** The same as JSON has it. */
export function demandAsJson({ recording, fit }: DemandSource, replayed: ReplayCounts | null) {
  return {
    ...(recording ? { recording } : {}),
    ...(replayed ? { replayed } : {}),
    ...(fit ? { fitted: fit } : {}),
  }
}

/** Writes a fit as YAML, where a file is named; null, or the problem. */
export async function writeFit(
  file: string | undefined,
  fit: FittedDemand | null,
  language: Language,
): Promise<Problem | null> {
  return file === undefined || fit === null ? null : writeUserFile(file, fitYaml(fit, language))
}

/** What to simulate, with the recording read if one is named. Options must be sound before: reading may take long. */
export async function readDemandSource(
  { read, options, load }: AskedDemand,
  site: SimulatedSite,
): Promise<Checked<DemandSource> | null> {
  const { timezone } = site
  const knowsPeriod = options === null || options.fit || read.text('--from') !== undefined
  const known = knowsPeriod ? readPeriod(read, timezone) : null
  if (read.problems.length > 0) return { ok: false, problems: read.problems }
  if (options === null) return { ok: true, value: fromSite(known ?? readPeriod(read, timezone)), warnings: [] }
  const loaded = await load(site, options.fit ? null : known)
  if (loaded === null || !loaded.ok) return loaded
  const { value: trace, warnings } = loaded
  const period = known ?? readPeriod(read, timezone, recordedDays(trace, timezone))
  if (read.problems.length > 0) return { ok: false, problems: read.problems }
  const recording = recordingOf(options.file, trace)
  if (!options.fit) return { ok: true, value: { period, input: { trace }, fit: null, recording }, warnings }
  const fit = fitDemand(trace, timezone)
  return { ok: true, value: { period, input: { process: processOf(fit) }, fit, recording }, warnings }
}
