import { MAX_DOCUMENT_BYTES, sorted } from '../../../base/documents/index.ts'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import { say } from '../../../base/words/index.ts'
import { loadSite, missingForSimulation, type Site, type SiteSummary, summarise } from '../../../hub/site/index.ts'
import type { Catalogue } from '../../../hub/standards/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { readUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse } from '../print.ts'
import { faultsOfSite } from '../simulation/faults.ts'
import { withMarketDemand } from '../simulation/market-demand.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { loadUserCatalogue } from '../user-catalogue.ts'

/** What was found in one file. */
interface FileReport {
  readonly file: string
  readonly hub: SiteSummary | null
  readonly problems: readonly Problem[]
}

/** `anyplug check FILE...`: every problem of every file; for a sound file, what the hub is. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const options = new OptionReader(input)
  const catalogue = await loadUserCatalogue(options.text('--catalogue'))
  if (!catalogue.ok) return refuse(catalogue.problems, terminal)
  const reports: FileReport[] = []
  for (const file of options.list('files')) {
    const report = await checkFile(file, catalogue.value)
    reports.push(report)
    if (!options.flag('--json')) await print(report, terminal)
  }
  if (options.flag('--json'))
    await terminal.out(
      JSON.stringify(
        reports.map((one) => toJson(one, terminal)),
        null,
        2,
      ),
    )
  return reports.every(({ hub }) => hub !== null) ? 0 : 2
}

async function checkFile(file: string, catalogue: Catalogue): Promise<FileReport> {
  const read = await readUserFile(file, MAX_DOCUMENT_BYTES)
  if (!read.ok) return { file, hub: null, problems: [read.problem] }
  const resolved = await withMarketDemand(read.bytes, file)
  if (!resolved.ok) return { file, hub: null, problems: resolved.problems }
  const checked = loadSite(resolved.value, file, catalogue)
  const faulty = checked.ok ? (await faultsOfSite([], checked.value)).problems : []
  const isSound = checked.ok && faulty.length === 0
  return {
    file,
    hub: isSound ? summarise(checked.value) : null,
    problems: sorted([...allProblems(checked), ...faulty]),
  }
}

/** What only a simulation would miss is no fault of the file, but worth a warning. */
function allProblems(checked: Checked<Site>): readonly Problem[] {
  if (!checked.ok) return checked.problems
  const missing = checked.value.demand ? missingForSimulation(checked.value) : []
  return sorted([...checked.warnings, ...missing.map((problem) => ({ ...problem, severity: 'warning' as const }))])
}

async function print({ file, hub, problems }: FileReport, terminal: Terminal): Promise<void> {
  const { language } = terminal
  for (const problem of problems) terminal.err(problemLine(problem, language))
  const errors = problems.filter(({ severity }) => severity === 'error').length
  const params = { file, errors, warnings: problems.length - errors }
  if (problems.length > 0) terminal.err(printable(say('site.check.count', params, language)))
  if (hub) for (const line of describe(file, hub, terminal)) await terminal.out(printable(line))
}

function describe(file: string, hub: SiteSummary, { language }: Terminal): readonly string[] {
  const plugs = hub.connectors.map(({ connector, count }) => `${count} × ${connector}`)
  const { stations, evses, cabinets, cabinets_kW, import_kW, name } = hub
  return [
    say('site.check.hub', { file, name, stations, evses, plugs }, language),
    say('site.check.power', { import_kW, cabinets, cabinets_kW }, language),
    hub.sessions_perWeek === null
      ? say('site.check.noDemand', {}, language)
      : say('site.check.demand', { sessions: Math.round(hub.sessions_perWeek), vehicles: hub.vehicles }, language),
  ]
}

function toJson({ file, hub, problems }: FileReport, { language }: Terminal): Record<string, unknown> {
  return {
    file,
    ok: hub !== null,
    problems: problems.map(({ severity, code, params, at, path, fix }) => ({
      ...{ severity, code, params },
      ...{ line: at?.line ?? null, column: at?.column ?? null, path: path ?? null },
      says: say(code, params, language),
      fix: fix ? say(fix.code, fix.params, language) : null,
    })),
    hub,
  }
}
