import { engineVersion } from '../../../base/version/index.ts'
import { type Language, say } from '../../../base/words/index.ts'
import type { ReplayCounts } from '../../../hub/demand/trace/index.ts'
import { localPeriod } from '../../../io/formats/run-tables/index.ts'
import { FigureWriter, figureLabel } from '../../../study/report/figures/index.ts'
import {
  CONFIDENCE_frac,
  estimates,
  type FigureEstimate,
  type Outcome,
  openVariant,
  prepareJob,
  type Variant,
} from '../../../study/simulate/many/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { unwritable, writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { readPeriod } from '../period.ts'
import { printable, problemLine, refuse } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue } from '../user-catalogue.ts'
import {
  type BatchOptions,
  figuresAsJson,
  givenOptions,
  readBatchOptions,
  runBatch,
  runsAsJson,
  runsLine,
  variantOf,
} from './batch.ts'
import {
  type DemandSource,
  demandAsJson,
  demandLines,
  readDemandSource,
  recordingLoader,
  withRecording,
  writeFit,
} from './demand-source.ts'
import { type LoadedSite, loadSimulatedSite } from './load-site.ts'
import { readSessionOptions } from './sessions.ts'
import { airOfRun, steeredRun, steeringProblems } from './sight.ts'
import { type SummaryLine, summaryTable } from './summary.ts'
import { textTable } from './text-table.ts'

/** What was asked for, and what came of it. */
interface Study {
  readonly loaded: LoadedSite
  readonly variant: Variant
  readonly source: DemandSource
  readonly options: BatchOptions
  readonly outcomes: readonly Outcome[]
  readonly interrupted: boolean
  readonly command: string
}

/** Start, end and policy, as the result of one run says them. */
function conditionsOf({ source, loaded, options }: Study) {
  const { from_ms, duration_s } = source.period
  return {
    from: new Date(from_ms).toISOString(),
    to: new Date(from_ms + duration_s * 1000).toISOString(),
    duration_s,
    policy: options.policy ?? loaded.site.policy,
    siteLimit_kW: loaded.site.grid.import_kW,
  }
}

function replayedOf({ outcomes }: Study): ReplayCounts | null {
  return outcomes[0]?.replayed ?? null
}

function asJson(study: Study): string {
  const { loaded, options, outcomes, source } = study
  const answer = {
    site: loaded.site.name,
    engineVersion,
    seed: options.seed,
    runs: outcomes.length,
    runsAsked: options.runs,
    ...conditionsOf(study),
    ...demandAsJson(source, replayedOf(study)),
    confidence_frac: CONFIDENCE_frac,
    figures: figuresAsJson(estimates(outcomes.map(({ figures }) => figures))),
    perRun: runsAsJson(outcomes),
  }
  return JSON.stringify(answer, null, 2)
}

function figureRow({ figure, estimate }: FigureEstimate, language: Language): string[] {
  const label = figureLabel(figure, language)
  if (estimate === null) return [label, '–', '–', '–', '–', '–']
  const writer = new FigureWriter(figure, estimate, language)
  const { mean, sd, min, max } = estimate
  return [label, writer.number(mean), writer.half(estimate), ...[sd, min, max].map((value) => writer.number(value))]
}

function asText(study: Study, language: Language): string {
  const { loaded, outcomes, options } = study
  const conditions = conditionsOf(study)
  const head = [
    [say('simulate.hub', {}, language), loaded.site.name],
    [
      say('simulate.period', {}, language),
      say('compare.fromTo', localPeriod(conditions, loaded.site.timezone), language),
    ],
    [say('simulate.policy', {}, language), conditions.policy],
    ...demandLines(study.source, replayedOf(study), language),
    runsLine(outcomes.length, options, language),
  ] satisfies SummaryLine[]
  if (outcomes.length === 0) return summaryTable(head)
  const heads = ['', 'compare.mean', 'compare.interval', 'compare.sd', 'compare.min', 'compare.max'] as const
  const rows = estimates(outcomes.map(({ figures }) => figures)).map((row) => figureRow(row, language))
  const titles = heads.map((code) => (code === '' ? '' : say(code, {}, language)))
  const table = textTable(['left', 'right', 'right', 'right', 'right', 'right'], [titles, ...rows])
  return [summaryTable(head), '', table].join('\n')
}

/** Writes the report of the first run with the intervals of all; null, or the problem. */
async function writeReport(path: string, study: Study, terminal: Terminal) {
  const result = study.outcomes[0]?.result
  if (!result) return { severity: 'error', code: 'compare.noReport', params: { path } } as const
  const { bestPair, renderReport, siteAssumptions } = await import('../../../study/report/index.ts')
  const { site } = study.loaded
  const { fleet, hub } = prepareJob(openVariant(study.variant), study.options.seed)
  const pair = bestPair(fleet, hub, result.coffee.coffee_min)
  const air = airOfRun(result, site, study.options.steering)
  const assumed = siteAssumptions(site, fleet, terminal.language, air)
  const assumptions = withRecording(assumed, study.source, terminal.language)
  const runs = study.outcomes.map(({ figures }) => figures)
  return writeUserFile(
    path,
    renderReport({ result, site, pair, assumptions, command: study.command, runs }, terminal.language),
  )
}

async function finish(study: Study, read: OptionReader, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const report = read.text('--report')
  const json = read.flag('--json')
  const written = [
    report === undefined ? null : await writeReport(report, study, terminal),
    await writeFit(read.text('--fit-out'), study.source.fit, language),
  ]
  const problems = written.filter((problem) => problem !== null)
  await terminal.out(json ? asJson(study) : printable(asText(study, language)))
  const exitCode = problems.length === 0 ? 0 : refuse(problems, terminal)
  if (problems.length === 0 && report !== undefined && !json) {
    await terminal.out(printable(say('cli.reportWritten', { path: report }, language)))
  }
  return study.interrupted ? 130 : exitCode
}

/** `anyplug simulate SITE --runs K`: the same hub with other seeds, and how sure the figures are. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readBatchOptions(read)
  const sessions = readSessionOptions(read)
  const file = read.text('site') ?? ''
  const { problems } = read
  problems.push(...(await unwritable([read.text('--report'), read.text('--fit-out')])))
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...problems, ...catalogue.problems], terminal)
  const checked = await loadSimulatedSite(file, catalogue.value)
  if (!checked.ok) return refuse([...problems, ...checked.problems], terminal)
  const loaded = checked.value
  problems.push(...(await steeringProblems(options.steering, options.policy ?? loaded.site.policy, loaded.site)))
  if (problems.length > 0) {
    readPeriod(read, loaded.site.timezone)
    return refuse(problems, terminal)
  }
  const asked = { read, options: sessions, load: recordingLoader(sessions, terminal) }
  const sourced = await readDemandSource(asked, loaded.site)
  if (sourced === null) return 130
  if (!sourced.ok) return refuse(sourced.problems, terminal)
  const source = sourced.value
  const steered = await steeredRun(options.steering, loaded, source.period)
  if (steered.problems.length > 0) return refuse(steered.problems, terminal)
  for (const warning of [...checked.warnings, ...sourced.warnings])
    terminal.err(problemLine(warning, terminal.language))
  const variant = variantOf(loaded, source, { ...options, run: steered.run })
  const csv = read.text('--csv')
  const finished = await runBatch([variant], options, csv === undefined ? null : { folder: csv, sites: null }, terminal)
  if (typeof finished === 'number') return finished
  const { outcomes, stopped } = finished
  const command = ['anyplug simulate', file, ...givenOptions(read, options)].join(' ')
  const study = { loaded, variant, source, options, outcomes, interrupted: stopped === 'aborted', command }
  return finish(study, read, terminal)
}
