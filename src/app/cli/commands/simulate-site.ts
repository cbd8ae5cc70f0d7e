import type { Problem } from '../../../base/problems/index.ts'
import { say } from '../../../base/words/index.ts'
import { type PolicyName, policyNames } from '../../../hub/controller/index.ts'
import type { SimulationResult } from '../../../study/simulate/index.ts'
import { prepareSiteRun, type SiteRun } from '../../../study/simulate/site/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { type Period, readPeriod } from '../period.ts'
import { printable, problemLine, refuse } from '../print.ts'
import { loadSimulatedSite, type SimulatedSite } from '../simulation/load-site.ts'
import { runAll } from '../simulation/run-all.ts'
import { siteSummary } from '../simulation/site-summary.ts'
import { summaryTable } from '../simulation/summary.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue } from '../user-catalogue.ts'

const MAX_SEED = 2 ** 53 - 1

interface Options {
  readonly seed: number
  readonly policy: PolicyName | undefined
  readonly report: string | undefined
  readonly json: boolean
}

function readOptions(read: OptionReader): Options {
  return {
    seed: read.integer('--seed', { min: 0, max: MAX_SEED }) ?? 1,
    policy: read.oneOf('--policy', policyNames),
    report: read.text('--report'),
    json: read.flag('--json'),
  }
}

/** The command that repeats a run, with every choice spelled out. */
function commandLine(file: string, read: OptionReader, { seed, policy }: Options): string {
  const given = ['--days', '--from', '--to', '--catalogue'].flatMap((name) => {
    const text = read.text(name)
    return text === undefined ? [] : [`${name} ${text}`]
  })
  return ['anyplug simulate', file, ...given, `--seed ${seed}`, ...(policy ? [`--policy ${policy}`] : [])].join(' ')
}

interface Finished {
  readonly result: SimulationResult
  readonly site: SimulatedSite
  readonly siteRun: SiteRun
  readonly command: string
}

async function writeReport(path: string, finished: Finished, terminal: Terminal): Promise<Problem | null> {
  const { renderReport, siteAssumptions } = await import('../../../study/report/index.ts')
  const { result, site, siteRun, command } = finished
  const assumptions = siteAssumptions(site, siteRun.fleet, terminal.language)
  return writeUserFile(path, renderReport({ result, site, assumptions, command }, terminal.language))
}

async function print({ result }: Finished, { json, report }: Options, terminal: Terminal): Promise<void> {
  if (json) return terminal.out(JSON.stringify(result, null, 2))
  await terminal.out(printable(summaryTable(siteSummary(result, terminal.language))))
  if (report !== undefined) {
    await terminal.out(printable(say('cli.reportWritten', { path: report }, terminal.language)))
  }
}

function prepare(site: SimulatedSite, period: Period, { seed, policy }: Options): SiteRun {
  return prepareSiteRun({ site, ...period, seed, policy: policy ?? site.policy })
}

/** `anyplug simulate SITE`: drivers come by chance, charge, wait or leave. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readOptions(read)
  const file = read.text('site') ?? ''
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...read.problems, ...catalogue.problems], terminal)
  const loaded = await loadSimulatedSite(file, catalogue.value)
  if (!loaded.ok) return refuse([...read.problems, ...loaded.problems], terminal)
  const { site } = loaded.value
  const period = readPeriod(read, site.timezone)
  if (read.problems.length > 0) return refuse(read.problems, terminal)
  for (const warning of loaded.warnings) terminal.err(problemLine(warning, terminal.language))
  const siteRun = prepare(site, period, options)
  if (!(await runAll(siteRun.run, terminal))) return 130
  const finished = { result: siteRun.result(), site, siteRun, command: commandLine(file, read, options) }
  const problem = options.report === undefined ? null : await writeReport(options.report, finished, terminal)
  if (problem !== null) return refuse([problem], terminal)
  await print(finished, options, terminal)
  return 0
}
