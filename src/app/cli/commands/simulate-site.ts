import type { Problem } from '../../../base/problems/index.ts'
import { say } from '../../../base/words/index.ts'
import { type PolicyName, policyNames } from '../../../hub/controller/index.ts'
import type { SimulationResult } from '../../../study/simulate/index.ts'
import { prepareSiteRun, type SiteRun, type Watch } from '../../../study/simulate/site/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { unwritable, writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { readPeriod } from '../period.ts'
import { printable, problemLine, refuse } from '../print.ts'
import {
  type DemandSource,
  demandAsJson,
  demandLines,
  readDemandSource,
  recordingLoader,
  withRecording,
  writeFit,
} from '../simulation/demand-source.ts'
import { type Exported, exportSessions, readExport } from '../simulation/export-sessions.ts'
import { loadSimulatedSite, type SimulatedSite } from '../simulation/load-site.ts'
import { runAll } from '../simulation/run-all.ts'
import { readSessionOptions, type SessionOptions, sessionArguments } from '../simulation/sessions.ts'
import {
  airOfRun,
  type RunSteering,
  readSteering,
  type Steering,
  steeredRun,
  steeringArguments,
  steeringProblems,
} from '../simulation/sight.ts'
import { siteSummary } from '../simulation/site-summary.ts'
import { summaryTable } from '../simulation/summary.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue } from '../user-catalogue.ts'

const MAX_SEED = 2 ** 53 - 1

interface Options {
  readonly seed: number
  readonly policy: PolicyName | undefined
  readonly steering: Steering
  readonly coffee_min: number | undefined
  readonly csv: string | undefined
  readonly sessions: SessionOptions | null
  readonly exported: Exported | null
  readonly report: string | undefined
  readonly json: boolean
}

function readOptions(read: OptionReader): Options {
  return {
    seed: read.integer('--seed', { min: 0, max: MAX_SEED }) ?? 1,
    policy: read.oneOf('--policy', policyNames),
    steering: readSteering(read),
    coffee_min: read.number('--coffee', { min: 1, max: 1440 }),
    csv: read.text('--csv'),
    sessions: readSessionOptions(read),
    exported: readExport(read),
    report: read.text('--report'),
    json: read.flag('--json'),
  }
}

/** The command that repeats a run, with every choice spelled out. */
function commandLine(file: string, read: OptionReader, { seed, policy, steering }: Options): string {
  const given = ['--days', '--from', '--to', '--coffee', '--catalogue'].flatMap((name) => {
    const text = read.text(name)
    return text === undefined ? [] : [`${name} ${text}`]
  })
  return [
    'anyplug simulate',
    file,
    ...given,
    ...sessionArguments(read),
    `--seed ${seed}`,
    ...(policy ? [`--policy ${policy}`] : []),
    ...steeringArguments(steering, read),
  ].join(' ')
}

interface Finished {
  readonly result: SimulationResult
  readonly site: SimulatedSite
  readonly siteRun: SiteRun
  readonly source: DemandSource
  readonly options: Options
  readonly command: string
}

async function writeReport(path: string, finished: Finished, terminal: Terminal): Promise<Problem | null> {
  const { bestPair, renderReport, siteAssumptions } = await import('../../../study/report/index.ts')
  const { result, site, siteRun, source, command, options } = finished
  const air = airOfRun(result, site, options.steering)
  const assumed = siteAssumptions(site, siteRun.fleet, terminal.language, air)
  const assumptions = withRecording(assumed, source, terminal.language)
  const pair = bestPair(siteRun.fleet, siteRun.hub, result.coffee.coffee_min)
  return writeUserFile(path, renderReport({ result, site, pair, assumptions, command }, terminal.language))
}

async function print(finished: Finished, { json, report, csv }: Options, terminal: Terminal): Promise<void> {
  const { result, site, siteRun, source } = finished
  const replayed = siteRun.replayed()
  if (json) return terminal.out(JSON.stringify({ ...result, ...demandAsJson(source, replayed) }, null, 2))
  const summary = siteSummary(result, site.timezone, terminal.language)
  const lines = [...summary, ...demandLines(source, replayed, terminal.language)]
  await terminal.out(printable(summaryTable(lines)))
  if (report !== undefined) {
    await terminal.out(printable(say('cli.reportWritten', { path: report }, terminal.language)))
  }
  if (csv !== undefined) await terminal.out(printable(say('simulate.csvWritten', { path: csv }, terminal.language)))
}

interface Setting {
  readonly site: SimulatedSite
  readonly source: DemandSource
  readonly steering: RunSteering
  readonly options: Options
}

function prepare({ site, source, steering, options }: Setting, watch?: Watch): SiteRun {
  const { seed, policy, coffee_min, exported } = options
  return prepareSiteRun({
    ...{ site, ...source.period, ...source.input, seed, policy: policy ?? site.policy },
    ...(exported === null ? {} : { onSession: (session) => void exported.sessions.add(session) }),
    ...(coffee_min === undefined ? {} : { coffee_min }),
    ...steering,
    ...(watch ? { watch } : {}),
  })
}

interface Simulated {
  readonly siteRun: SiteRun
  readonly result: SimulationResult
}

/** Runs to the end; the exit code where that is not reached. */
async function simulate(setting: Setting, terminal: Terminal): Promise<Simulated | ExitCode> {
  const siteRun = prepare(setting)
  return (await runAll(siteRun.run, terminal)) ? { siteRun, result: siteRun.result() } : 130
}

/** The same, writing tables on the way; what is done when the user interrupts is kept. */
async function simulateWithTables(folder: string, setting: Setting, terminal: Terminal): Promise<Simulated | ExitCode> {
  const { withTables } = await import('../../../io/workers/tables/index.ts')
  const written = await withTables({
    ...{ where: { folder }, timezone: setting.site.timezone, from_ms: setting.source.period.from_ms },
    prepare: (watch) => prepare(setting, watch),
    drive: (run, between) => runAll(run, terminal, between),
  })
  if (!('siteRun' in written)) return refuse([written], terminal)
  return written.finished ? written : 130
}

/** Writes what was asked for beside the printed answer; the problems met. */
async function writeFiles(finished: Finished, options: Options, terminal: Terminal): Promise<Problem[]> {
  const { site, source } = finished
  const { report, exported, sessions } = options
  const written = [
    report === undefined ? null : await writeReport(report, finished, terminal),
    exported === null ? null : await exportSessions(exported, site, source.period),
    sessions === null ? null : await writeFit(sessions.fitOut, source.fit, terminal.language),
  ]
  return written.filter((problem) => problem !== null)
}

/** `anyplug simulate SITE`: drivers come by chance, charge, wait or leave. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readOptions(read)
  const file = read.text('site') ?? ''
  const { problems } = read
  problems.push(...(await unwritable([options.report, read.text('--export'), read.text('--fit-out')])))
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...problems, ...catalogue.problems], terminal)
  const loaded = await loadSimulatedSite(file, catalogue.value)
  if (!loaded.ok) return refuse([...problems, ...loaded.problems], terminal)
  const { site } = loaded.value
  problems.push(...(await steeringProblems(options.steering, options.policy ?? site.policy, site)))
  if (problems.length > 0) {
    readPeriod(read, site.timezone)
    return refuse(problems, terminal)
  }
  const load = recordingLoader(options.sessions, terminal)
  const sourced = await readDemandSource({ read, options: options.sessions, load }, site)
  if (sourced === null) return 130
  if (!sourced.ok) return refuse(sourced.problems, terminal)
  const source = sourced.value
  const steered = await steeredRun(options.steering, loaded.value, source.period)
  if (steered.problems.length > 0) return refuse(steered.problems, terminal)
  for (const warning of [...loaded.warnings, ...sourced.warnings]) terminal.err(problemLine(warning, terminal.language))
  const setting = { site, source, steering: steered.run, options }
  const { csv } = options
  const simulated = await (csv === undefined ? simulate(setting, terminal) : simulateWithTables(csv, setting, terminal))
  if (typeof simulated === 'number') return simulated
  const finished = { ...simulated, ...setting, command: commandLine(file, read, options) }
  const failed = await writeFiles(finished, options, terminal)
  if (failed.length > 0) return refuse(failed, terminal)
  await print(finished, options, terminal)
  return 0
}
