import { MAX_DOCUMENT_BYTES } from '../../../base/documents/index.ts'
import type { Checked } from '../../../base/problems/index.ts'
import { engineVersion } from '../../../base/version/index.ts'
import { say } from '../../../base/words/index.ts'
import type { Weather } from '../../../hub/plant/air/index.ts'
import { loadSite, missingForSimulation, type Site } from '../../../hub/site/index.ts'
import type { DrillPage, HealthyDays } from '../../../study/report/drill/index.ts'
import { deviceProblems } from '../../../study/simulate/devices/index.ts'
import { brokenRows, type DrillPlan, planDrill } from '../../../study/simulate/drill/index.ts'
import { prepareSiteRun } from '../../../study/simulate/site/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { drillText } from '../drill/text.ts'
import { readUserFile, unwritable, writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { readPeriod } from '../period.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import { withMarketDemand } from '../simulation/market-demand.ts'
import { runAll } from '../simulation/run-all.ts'
import { loadWeather } from '../simulation/weather.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readUserCatalogue, type UserCatalogue } from '../user-catalogue.ts'

const MAX_SEED = 2 ** 53 - 1
/** Cases between two looks at the terminal. */
const SLICE = 4
const DEFAULT_DAYS = 1

async function load(path: string, { catalogue }: UserCatalogue): Promise<Checked<Site>> {
  const file = await readUserFile(path, MAX_DOCUMENT_BYTES)
  if (!file.ok) return { ok: false, problems: [file.problem] }
  const resolved = await withMarketDemand(file.bytes, path)
  if (!resolved.ok) return resolved
  const checked = loadSite(resolved.value, path, catalogue)
  if (!checked.ok) return checked
  const problems = deviceProblems(checked.value)
  return problems.length > 0 ? { ok: false, problems } : checked
}

/** Tries every case, showing how far it is; false when the user says stop. */
async function drillAll(plan: DrillPlan, terminal: Terminal): Promise<boolean> {
  let done = 0
  while (plan.step()) {
    done += 1
    if (done % SLICE !== 0) continue
    terminal.progress(done / plan.cases, say('drill.progress', { done, cases: plan.cases }, terminal.language))
    await new Promise((resume) => setImmediate(resume))
    if (terminal.signal.aborted) return false
  }
  return true
}

interface Asked {
  readonly seed: number
  readonly days: ReturnType<typeof readPeriod>
  readonly weather: Weather | null
}

/** Days without faults: a cable that is switched off then is a false trip. null: nobody comes; false: interrupted. */
async function healthyDays(
  site: Site,
  { seed, days, weather }: Asked,
  terminal: Terminal,
): Promise<HealthyDays | null | false> {
  if (site.demand === null || missingForSimulation(site).length > 0 || site.policy === 'equal-rating') return null
  if (days === null) return null
  const air = weather === null ? {} : { weather }
  const how = { policy: site.policy, sight: 'csms', physics: true, ...air } as const
  const { run, result } = prepareSiteRun({ site: { ...site, demand: site.demand }, ...days, ...how, seed })
  if (!(await runAll(run, terminal))) return false
  const { cables = {}, sessions } = result()
  const falseTrips = Object.values(cables).reduce((sum, { trips }) => sum + trips, 0)
  return { days: days.duration_s / 86_400, sessions: sessions.served, falseTrips }
}

async function finish(page: DrillPage, read: OptionReader, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const report = read.text('--report')
  if (report !== undefined) {
    const { renderDrill } = await import('../../../study/report/drill/index.ts')
    const problem = await writeUserFile(report, renderDrill(page, language))
    if (problem !== null) return refuse([problem], terminal)
  }
  const json = read.flag('--json')
  await terminal.out(json ? JSON.stringify(page, null, 2) : printable(drillText(page, language)))
  if (report !== undefined && !json) await terminal.out(printable(say('cli.reportWritten', { path: report }, language)))
  return page.broken > 0 || (page.healthy?.falseTrips ?? 0) > 0 ? 1 : 0
}

/** `anyplug drill SITE`: every fault at every kind of plug and cabinet of a site, at several onsets, severities and loads. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const file = read.text('site') ?? ''
  const seed = read.integer('--seed', { min: 0, max: MAX_SEED }) ?? 1
  read.problems.push(...(await unwritable([read.text('--report')])))
  const catalogue = await readUserCatalogue(read.text('--catalogue'))
  if (!catalogue.ok) return refuse([...read.problems, ...catalogue.problems], terminal)
  const loaded = await load(file, catalogue.value)
  if (!loaded.ok) return refuse([...read.problems, ...loaded.problems], terminal)
  const site = loaded.value
  const days = readPeriod(read, site.timezone, { from: '2026-06-01', days: DEFAULT_DAYS })
  if (read.problems.length > 0) return refuse(read.problems, terminal)
  const air = days === null ? null : await loadWeather(undefined, { site, file }, days)
  if (air?.ok === false) return refuse(air.problems, terminal)
  for (const warning of loaded.warnings) terminal.err(problemLine(warning, terminal.language))
  const plan = planDrill(site)
  if (plan.cases === 0) return refuse([usageProblem({ code: 'drill.nothing', params: {} })], terminal)
  if (!(await drillAll(plan, terminal))) return 130
  const healthy = await healthyDays(site, { seed, days, weather: air?.value ?? null }, terminal)
  if (healthy === false) return 130
  const { plugs, cabinets, cases } = plan
  const command = ['anyplug drill', file, `--seed ${seed}`].join(' ')
  const found = { plugs, cabinets, cases, broken: brokenRows(plan), healthy }
  return finish({ site: site.name, engineVersion, ...found, command }, read, terminal)
}
