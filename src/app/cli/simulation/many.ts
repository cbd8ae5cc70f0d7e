import { engineVersion } from '../../../base/version/index.ts'
import { type Language, say } from '../../../base/words/index.ts'
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
import { type Period, readPeriod } from '../period.ts'
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
import { type LoadedSite, loadSimulatedSite } from './load-site.ts'
import { localPeriod } from './local-time.ts'
import { type SummaryLine, summaryTable } from './summary.ts'
import { textTable } from './text-table.ts'

/** What was asked for, and what came of it. */
interface Study {
  readonly loaded: LoadedSite
  readonly variant: Variant
  readonly period: Period
  readonly options: BatchOptions
  readonly outcomes: readonly Outcome[]
  readonly interrupted: boolean
  readonly command: string
}

/** Start, end and policy, as the result of one run says them. */
function conditionsOf({ period, loaded, options }: Study) {
  const { from_ms, duration_s } = period
  return {
    from: new Date(from_ms).toISOString(),
    to: new Date(from_ms + duration_s * 1000).toISOString(),
    duration_s,
    policy: options.policy ?? loaded.site.policy,
    siteLimit_kW: loaded.site.grid.import_kW,
  }
}

function asJson(study: Study): string {
  const { loaded, options, outcomes } = study
  const answer = {
    site: loaded.site.name,
    engineVersion,
    seed: options.seed,
    runs: outcomes.length,
    runsAsked: options.runs,
    ...conditionsOf(study),
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
  const assumptions = siteAssumptions(site, fleet, terminal.language)
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
  const problem = report === undefined ? null : await writeReport(report, study, terminal)
  await terminal.out(json ? asJson(study) : printable(asText(study, language)))
  const exitCode = problem === null ? 0 : refuse([problem], terminal)
  if (problem === null && report !== undefined && !json) {
    await terminal.out(printable(say('cli.reportWritten', { path: report }, language)))
  }
  return study.interrupted ? 130 : exitCode
}

/** `anyplug simulate SITE --runs K`: the same hub with other seeds, and how sure the figures are. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readBatchOptions(read)
  const file = read.text('site') ?? ''
  read.problems.push(...(await unwritable([read.text('--report')])))
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...read.problems, ...catalogue.problems], terminal)
  const checked = await loadSimulatedSite(file, catalogue.value)
  if (!checked.ok) return refuse([...read.problems, ...checked.problems], terminal)
  const loaded = checked.value
  const period = readPeriod(read, loaded.site.timezone)
  if (read.problems.length > 0) return refuse(read.problems, terminal)
  for (const warning of checked.warnings) terminal.err(problemLine(warning, terminal.language))
  const variant = variantOf(loaded, period, options)
  const finished = await runBatch([variant], options, terminal)
  if (typeof finished === 'number') return finished
  const { outcomes, stopped } = finished
  const command = ['anyplug simulate', file, ...givenOptions(read, options)].join(' ')
  const study = { loaded, variant, period, options, outcomes, interrupted: stopped === 'aborted', command }
  return finish(study, read, terminal)
}
