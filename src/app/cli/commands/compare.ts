import { invariant, type Problem } from '../../../base/problems/index.ts'
import { say } from '../../../base/words/index.ts'
import { summarise } from '../../../hub/site/index.ts'
import {
  byVariant,
  type ComparedHub,
  contrastOf,
  crowdChanges,
  type Outcome,
  type SiteChange,
  siteChanges,
} from '../../../study/simulate/many/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { unwritable, writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { type Period, readPeriod } from '../period.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import { type BatchOptions, givenOptions, readBatchOptions, runBatch, variantOf } from '../simulation/batch.ts'
import { comparisonJson } from '../simulation/compare-json.ts'
import { type Comparison, comparisonText } from '../simulation/compare-text.ts'
import { type LoadedSite, loadSimulatedSite } from '../simulation/load-site.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue } from '../user-catalogue.ts'

const MAX_SITES = 9
const labels = 'ABCDEFGHI'

function countProblems(files: readonly string[]): Problem[] {
  if (files.length >= 2 && files.length <= MAX_SITES) return []
  return [usageProblem({ code: 'compare.siteCount', params: { count: files.length, most: MAX_SITES } })]
}

interface Loaded {
  readonly sites: readonly LoadedSite[]
  readonly problems: readonly Problem[]
  readonly warnings: readonly Problem[]
}

/** Every site, or everything wrong with any of them. */
async function loadAll(files: readonly string[], catalogueFolder: string | undefined): Promise<Loaded> {
  const catalogue = await readUserCatalogue(catalogueFolder)
  if (!catalogue.ok) return { sites: [], problems: catalogue.problems, warnings: [] }
  const checked = await Promise.all(files.map((file) => loadSimulatedSite(file, catalogue.value)))
  return {
    sites: checked.flatMap((site) => (site.ok ? [site.value] : [])),
    problems: checked.flatMap((site) => (site.ok ? [] : site.problems)),
    warnings: checked.flatMap((site) => (site.ok ? site.warnings : [])),
  }
}

interface Finish {
  readonly comparison: Comparison
  readonly command: string
  readonly interrupted: boolean
}

async function writeReport(path: string, { comparison, command }: Finish, { language }: Terminal) {
  const [first] = comparison.hubs
  if (first?.outcomes[0]?.result == null) {
    return usageProblem({ code: 'compare.noReport', params: { path } })
  }
  const { renderComparison } = await import('../../../study/report/comparison/index.ts')
  const { seed } = comparison.options
  return writeUserFile(path, renderComparison({ ...comparison, seed, command }, language))
}

async function finish(done: Finish, read: OptionReader, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const json = read.flag('--json')
  await terminal.out(json ? comparisonJson(done.comparison) : printable(comparisonText(done.comparison, language)))
  const report = read.text('--report')
  const problem = report === undefined ? null : await writeReport(report, done, terminal)
  const exitCode = problem === null ? 0 : refuse([problem], terminal)
  if (problem === null && report !== undefined && !json) {
    await terminal.out(printable(say('cli.reportWritten', { path: report }, language)))
  }
  return done.interrupted ? 130 : exitCode
}

/** What the files of the further sites state differently from the first. */
function changesOf([base, ...others]: readonly LoadedSite[]): readonly (readonly SiteChange[])[] {
  return others.map(({ source }) => (base ? siteChanges(base.source, source) : []))
}

/** Sites that do not meet the same vehicles as the first: their numbers compare two crowds. */
function crowdWarnings(sites: readonly LoadedSite[], changes: readonly (readonly SiteChange[])[]): Problem[] {
  return changes.flatMap((one, index): Problem[] => {
    const paths = crowdChanges(one).map(({ path }) => path)
    const at = { file: sites[index + 1]?.source.file ?? '', line: 0, column: 0 }
    return paths.length === 0 ? [] : [{ severity: 'warning', code: 'compare.otherCrowd', params: { paths }, at }]
  })
}

/** Everything the comparison is made of, once the options are sound. */
interface Study {
  readonly sites: readonly LoadedSite[]
  readonly changes: readonly (readonly SiteChange[])[]
  readonly periods: readonly Period[]
  readonly options: BatchOptions
}

function hubsOf({ sites, options }: Study, outcomes: readonly Outcome[]): ComparedHub[] {
  const runs = byVariant(outcomes, sites.length)
  return sites.map(({ site, source }, at) => ({
    label: labels[at] ?? '',
    file: source.file,
    hub: summarise(site),
    policy: options.policy ?? site.policy,
    outcomes: runs[at] ?? [],
  }))
}

function comparisonOf(study: Study, outcomes: readonly Outcome[]): Comparison {
  const { sites, changes, periods, options } = study
  const [first] = sites
  const hubs = hubsOf(study, outcomes)
  const [base, ...others] = hubs
  invariant(base && first && periods[0], 'a comparison has a first hub')
  const { from_ms, duration_s } = periods[0]
  return {
    hubs,
    contrasts: others.map((other, at) => contrastOf(base, other, changes[at] ?? [])),
    options,
    from: new Date(from_ms).toISOString(),
    to: new Date(from_ms + duration_s * 1000).toISOString(),
    timezone: first.site.timezone,
  }
}

async function simulate({ sites, periods, options }: Study, terminal: Terminal) {
  const variants = sites.flatMap((site, at) => {
    const period = periods[at]
    return period ? [variantOf(site, period, options)] : []
  })
  return runBatch(variants, options, terminal)
}

/** `anyplug compare SITE_A SITE_B [...]`: the same vehicles at every hub, and how sure the differences are. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readBatchOptions(read)
  const files = read.list('sites')
  const { sites, problems, warnings } = await loadAll(files, read.text('--catalogue'))
  const [first, ...others] = sites.map(({ site }) => site.timezone)
  // What is wrong with the period is wrong in every time zone, and told once.
  const periods = first === undefined ? [] : [readPeriod(read, first)]
  const otherPeriods = others.map((timezone) => readPeriod(new OptionReader(input), timezone))
  const wrong = [...countProblems(files), ...read.problems, ...(await unwritable([read.text('--report')])), ...problems]
  if (wrong.length > 0) return refuse(wrong, terminal)
  const changes = changesOf(sites)
  const spoken = [...warnings, ...crowdWarnings(sites, changes)].map((one) => problemLine(one, terminal.language))
  for (const line of new Set(spoken)) terminal.err(line)
  const study = { sites, changes, periods: [...periods, ...otherPeriods], options }
  const finished = await simulate(study, terminal)
  if (typeof finished === 'number') return finished
  const comparison = comparisonOf(study, finished.outcomes)
  const command = ['anyplug compare', ...files, ...givenOptions(read, options)].join(' ')
  return finish({ comparison, command, interrupted: finished.stopped === 'aborted' }, read, terminal)
}
