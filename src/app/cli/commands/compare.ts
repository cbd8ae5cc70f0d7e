import { type Checked, invariant, type Problem } from '../../../base/problems/index.ts'
import { type Language, say } from '../../../base/words/index.ts'
import { summarise } from '../../../hub/site/index.ts'
import {
  byVariant,
  type ComparedHub,
  contrastOf,
  crowdChanges,
  type Outcome,
  type Replaced,
  type SiteChange,
  siteChanges,
} from '../../../study/simulate/many/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { unwritable, writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { readPeriod } from '../period.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import { type BatchOptions, givenOptions, readBatchOptions, runBatch, variantOf } from '../simulation/batch.ts'
import { comparisonJson } from '../simulation/compare-json.ts'
import { type Comparison, comparisonText } from '../simulation/compare-text.ts'
import { type DemandSource, readDemandSource, recordedWords, recordingLoader } from '../simulation/demand-source.ts'
import { type LoadedSite, loadSimulatedSite } from '../simulation/load-site.ts'
import { readSessionOptions, type SessionOptions } from '../simulation/sessions.ts'
import { type RunSteering, steeredRun, steeringProblems } from '../simulation/sight.ts'
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

/** A site that is compared, and who comes to it. */
interface Entry {
  readonly loaded: LoadedSite
  readonly source: DemandSource
  /** What its file states differently from that of the first site, and what of that brings other vehicles. */
  readonly changes: readonly SiteChange[]
  readonly crowd: readonly SiteChange[]
  readonly run: RunSteering
}

function replacedBy({ input }: DemandSource): Replaced {
  if (input.trace) return 'replayed'
  return input.process ? 'fitted' : null
}

/** Sites with who comes to them and what differs; `sites` and `sources` belong together. */
function entriesOf(
  sites: readonly LoadedSite[],
  sources: readonly DemandSource[],
  runs: readonly RunSteering[],
): readonly Entry[] {
  const differences = [[], ...changesOf(sites)]
  return sites.flatMap((loaded, at) => {
    const [source, changes, run] = [sources[at], differences[at], runs[at]]
    invariant(source && changes && run, 'every site has its demand')
    return { loaded, source, run, changes, crowd: crowdChanges(changes, replacedBy(source)) }
  })
}

/** Sites that do not meet the same vehicles as the first: their numbers compare two crowds. */
function crowdWarnings(entries: readonly Entry[]): Problem[] {
  return entries.flatMap(({ loaded, crowd }): Problem[] => {
    const paths = crowd.map(({ path }) => path)
    const at = { file: loaded.source.file, line: 0, column: 0 }
    return paths.length === 0 ? [] : [{ severity: 'warning', code: 'compare.otherCrowd', params: { paths }, at }]
  })
}

/** Everything the comparison is made of, once the options are sound. */
interface Study {
  readonly entries: readonly Entry[]
  readonly options: BatchOptions
}

function hubsOf({ entries, options }: Study, outcomes: readonly Outcome[], language: Language): ComparedHub[] {
  const runs = byVariant(outcomes, entries.length)
  return entries.map(({ loaded: { site, source: file }, source }, at) => {
    const recorded = recordedWords(source, language)
    return {
      label: labels[at] ?? '',
      file: file.file,
      hub: summarise(site),
      ...(recorded === null ? {} : { recorded }),
      policy: options.policy ?? site.policy,
      outcomes: runs[at] ?? [],
    }
  })
}

function comparisonOf(study: Study, outcomes: readonly Outcome[], language: Language): Comparison {
  const { entries, options } = study
  const hubs = hubsOf(study, outcomes, language)
  const [base, ...others] = hubs
  const [first, ...further] = entries
  invariant(base && first, 'a comparison has a first hub')
  const { from_ms, duration_s } = first.source.period
  return {
    hubs,
    contrasts: others.map((other, at) => contrastOf(base, other, further[at]?.changes ?? [], further[at]?.crowd)),
    source: first.source,
    options,
    from: new Date(from_ms).toISOString(),
    to: new Date(from_ms + duration_s * 1000).toISOString(),
    timezone: first.loaded.site.timezone,
  }
}

/** Vehicles of a recording are those that could charge at the first hub, and come to all; unless the files differ in who comes. */
function simulate({ entries, options }: Study, csv: string | undefined, terminal: Terminal) {
  const [first] = entries
  const tables = csv === undefined ? null : { folder: csv, sites: entries.map((_, at) => labels[at] ?? '') }
  const variants = entries.map(({ loaded, source, crowd, run }) => {
    const castAt = source.input.trace && crowd.length === 0 ? first?.loaded : undefined
    return variantOf(loaded, source, { ...options, run }, castAt)
  })
  return runBatch(variants, options, tables, terminal)
}

/** Who comes to each site, with what is to be said about the recording; the exit code where that cannot be told. */
async function readSources(
  sites: readonly LoadedSite[],
  input: CommandInput,
  options: SessionOptions | null,
  terminal: Terminal,
): Promise<Checked<readonly DemandSource[]> | null> {
  const load = recordingLoader(options, terminal)
  const [value, warnings]: [DemandSource[], Problem[]] = [[], []]
  for (const { site } of sites) {
    // What is wrong with the options is wrong at every site, and told once.
    const sourced = await readDemandSource({ read: new OptionReader(input), options, load }, site)
    if (sourced === null || !sourced.ok) return sourced
    value.push(sourced.value)
    warnings.push(...sourced.warnings)
  }
  return { ok: true, value, warnings }
}

/** What of the sites stands against running them as asked; what is wrong with the options is told once. */
async function unfitOf(sites: readonly LoadedSite[], { steering, policy }: BatchOptions): Promise<Problem[]> {
  const found = await Promise.all(sites.map(({ site }) => steeringProblems(steering, policy ?? site.policy, site)))
  const ofOptions = found.flat().filter(({ at }) => at === undefined)
  return [...ofOptions.slice(0, 1), ...found.flat().filter(({ at }) => at !== undefined)]
}

/** `anyplug compare SITE_A SITE_B [...]`: the same vehicles at every hub, and how sure the differences are. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const read = new OptionReader(input)
  const options = readBatchOptions(read)
  const sessions = readSessionOptions(read)
  const files = read.list('sites')
  const { sites, problems, warnings } = await loadAll(files, read.text('--catalogue'))
  const unfit = await unfitOf(sites, options)
  const wrong = [...countProblems(files), ...(await unwritable([read.text('--report')])), ...problems, ...unfit]
  if (wrong.length + read.problems.length > 0) {
    if (sites[0]) readPeriod(read, sites[0].site.timezone)
    return refuse([...wrong, ...read.problems], terminal)
  }
  const sourced = await readSources(sites, input, sessions, terminal)
  if (sourced === null) return 130
  if (!sourced.ok) return refuse(sourced.problems, terminal)
  const steered = await Promise.all(
    sourced.value.flatMap(({ period }, at) => {
      const loaded = sites[at]
      return loaded ? [steeredRun(options.steering, loaded, period)] : []
    }),
  )
  const late = steered.flatMap(({ problems: found }) => found)
  if (late.length > 0) return refuse(late, terminal)
  const runs = steered.map(({ run: how }) => how)
  const study = { entries: entriesOf(sites, sourced.value, runs), options }
  const spoken = [...warnings, ...sourced.warnings, ...crowdWarnings(study.entries)]
  for (const line of new Set(spoken.map((one) => problemLine(one, language)))) terminal.err(line)
  const finished = await simulate(study, read.text('--csv'), terminal)
  if (typeof finished === 'number') return finished
  const comparison = comparisonOf(study, finished.outcomes, language)
  const command = ['anyplug compare', ...files, ...givenOptions(read, options)].join(' ')
  return finish({ comparison, command, interrupted: finished.stopped === 'aborted' }, read, terminal)
}
