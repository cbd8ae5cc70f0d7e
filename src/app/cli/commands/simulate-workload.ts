import type { Problem } from '../../../base/problems/index.ts'
import { type Coded, isCode, type Language, say } from '../../../base/words/index.ts'
import { type PolicyName, policyNames } from '../../../hub/controller/index.ts'
import { readWorkload, type Workload } from '../../../io/formats/workload/index.ts'
import {
  outcomeOf,
  prepareReplay,
  type ReplayOptions,
  type Run,
  recordedName,
  type SimulationResult,
  unlimited_kWh,
} from '../../../study/simulate/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { readUserFile, unwritable, writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse } from '../print.ts'
import type { Hindsight } from '../simulation/optimum.ts'
import { physicsProblems, readSight, type Steering, sightProblems } from '../simulation/sight.ts'
import { cabinetLines, cableLines, controlLines } from '../simulation/summary.ts'
import { assumedLine, physicsOfWorkload, workloadAssumed, workloadAssumptions } from '../simulation/workload-physics.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

const MAX_BYTES = 256 * 1024 * 1024
/** Between two looks at the terminal. */
const SLICE_s = 14 * 86_400

interface Options {
  readonly policy: PolicyName
  readonly sight: Steering['sight']
  /** As typed, for the command shown in the report. */
  readonly isExact: boolean
  readonly physics: boolean
  readonly siteLimit_kW: number | undefined
  readonly report: string | undefined
  readonly json: boolean
  readonly optimum: boolean
}

function readOptions(read: OptionReader): Options {
  const physics = read.flag('--physics')
  const isExact = read.text('--sight') === 'exact'
  return {
    policy: read.oneOf('--policy', policyNames) ?? 'max-min',
    sight: readSight(read) ?? (physics && !isExact ? 'csms' : undefined),
    isExact,
    physics,
    siteLimit_kW: read.number('--site-limit', { min: 0.001 }),
    report: read.text('--report'),
    json: read.flag('--json'),
    optimum: read.flag('--optimum'),
  }
}

/** Reads the file the user named; problems of the file come with those of the options. */
async function load(path: string): Promise<{ workload: Workload; warnings: readonly Problem[] } | readonly Problem[]> {
  const file = await readUserFile(path, MAX_BYTES)
  if (!file.ok) return [file.problem]
  const text = new TextDecoder('utf-8').decode(file.bytes)
  const checked = readWorkload(text, path)
  return checked.ok ? { workload: checked.value, warnings: checked.warnings } : checked.problems
}

/** Runs to the end in slices; false when the user interrupted. */
async function runAll(run: Run, terminal: Terminal): Promise<boolean> {
  for (let until_s = SLICE_s; !run.finished; until_s += SLICE_s) {
    run.until(until_s)
    if (run.finished) break
    terminal.progress(run.now_s / run.input.duration_s, say('simulate.progress', {}, terminal.language))
    await new Promise((resume) => setImmediate(resume))
    if (terminal.signal.aborted) return false
  }
  return true
}

type Line = readonly [label: string, value: string]

/** What is printed beside the result: its line in the summary, its field in JSON. */
interface Extra {
  readonly line: Line
  readonly json: { readonly optimum: Hindsight }
}

/** A summary line: both halves are codes. */
function line(label: Coded['code'], value: Coded['code'], params: Coded['params'], language: Language): Line {
  return [say(label, {}, language), say(value, params, language)]
}

function lists(result: SimulationResult, language: Language): Line[] {
  const held = Object.entries(result.heldBack_kWh).sort((a, b) => b[1] - a[1])
  const heldBack = held.map(([source, energy]): Line => {
    const name = `${source}.name`
    const words = isCode(name) ? say(name, {}, language) : source
    return [`${say('simulate.heldBack', {}, language)}: ${words}`, say('simulate.kWh', { energy }, language)]
  })
  const connectors = Object.entries(result.byConnector).map(([name, { energy_kWh, sessions }]): Line => {
    const label = `${say('simulate.byConnector', {}, language)}: ${recordedName(name, language)}`
    return [label, say('simulate.atConnector', { energy: energy_kWh, sessions }, language)]
  })
  return [...heldBack, ...connectors]
}

function summary(result: SimulationResult, all_kWh: number, extra: Extra | null, language: Language): Line[] {
  const { wait, sessions, siteLimit_kW } = result
  const share = all_kWh === 0 ? 100 : (100 * result.energyDelivered_kWh) / all_kWh
  const limit: Line =
    siteLimit_kW === null
      ? line('simulate.siteLimit', 'simulate.noLimit', {}, language)
      : line('simulate.siteLimit', 'simulate.kW', { power: siteLimit_kW }, language)
  const peaks = { minute: result.peak1min_kW, quarter: result.peak15min_kW }
  const waits = { mean: wait.mean_min, p95: wait.p95_min, max: wait.max_min }
  const served = { served: sessions.served, arrived: sessions.arrived }
  return [
    line('simulate.energy', 'simulate.kWh', { energy: result.energyDelivered_kWh }, language),
    line('simulate.unlimited', 'simulate.share', { energy: all_kWh, share }, language),
    ...(extra ? [extra.line] : []),
    [say('simulate.policy', {}, language), result.policy],
    ...controlLines(result, language),
    ...cableLines(result, language),
    ...cabinetLines(result, language),
    ...(result.cables ? [assumedLine(language)] : []),
    limit,
    line('simulate.peak', 'simulate.peaks', peaks, language),
    line('simulate.sessions', 'simulate.served', served, language),
    line('simulate.wait', 'simulate.waits', waits, language),
    line('simulate.unserved', 'simulate.kWh', { energy: result.unserved_kWh }, language),
    ...lists(result, language),
  ]
}

/** Columns a text takes on a screen: Chinese characters take two. */
function width(text: string): number {
  return [...text].reduce((sum, character) => sum + (/[\u2e80-\uffef]/.test(character) ? 2 : 1), 0)
}

function table(lines: readonly Line[]): string {
  const widest = Math.max(...lines.map(([label]) => width(label)))
  return lines.map(([label, value]) => `${label}${' '.repeat(widest - width(label))}  ${value}`).join('\n')
}

function commandLine(file: string, options: Options): string {
  const limit = options.siteLimit_kW === undefined ? '' : ` --site-limit ${options.siteLimit_kW}`
  const seen = options.sight ?? (options.isExact ? 'exact' : undefined)
  const sight = seen === undefined ? '' : ` --sight ${seen}`
  const physics = options.physics ? ' --physics' : ''
  return `anyplug simulate --workload ${file}${limit} --policy ${options.policy}${sight}${physics}`
}

async function writeReport(
  path: string,
  result: SimulationResult,
  command: string,
  terminal: Terminal,
): Promise<Problem | null> {
  const { renderReport } = await import('../../../study/report/index.ts')
  return writeUserFile(
    path,
    renderReport(
      { result, assumptions: result.cables ? workloadAssumed(terminal.language) : [], command },
      terminal.language,
    ),
  )
}

function limitOf(workload: Workload, options: Options): number | null {
  return options.siteLimit_kW ?? workload.siteLimit_kW
}

/** The site controller, loaded where it is asked for. */
async function controllerOf({ policy, sight }: Options, seed: number): Promise<ReplayOptions['governor'] | null> {
  if (sight === undefined || policy === 'equal-rating') return null
  const { controlled } = await import('../../../study/simulate/control/index.ts')
  return (hub) => controlled({ ...hub, sight, policy, floor_kW: 0, seed })
}

async function simulate(workload: Workload, options: Options) {
  const siteLimit_kW = limitOf(workload, options)
  const replay = prepareReplay(workload)
  const { policy } = options
  const governor = await controllerOf(options, workload.seed ?? 1)
  const physics = options.physics ? await physicsOfWorkload(workload, governor ?? null) : null
  const run = replay.run({ policy, siteLimit_kW, ...(physics?.steered ?? (governor ? { governor } : {})) })
  const about = { site: workload.name, seed: workload.seed, from: workload.start, siteLimit_kW }
  const result = (): SimulationResult => {
    const outcome = outcomeOf(run, about, replay.visits)
    return physics ? { ...outcome, ...physics.resultOf(outcome.energyDelivered_kWh) } : outcome
  }
  return { run, result }
}

async function findExtra(
  workload: Workload,
  options: Options,
  result: SimulationResult,
  terminal: Terminal,
): Promise<Extra | ExitCode> {
  const { findHindsight, hindsightLine } = await import('../simulation/optimum.ts')
  const limit_kW = limitOf(workload, options)
  const optimum = await findHindsight(workload, limit_kW, result.energyDelivered_kWh, terminal)
  return typeof optimum === 'number' ? optimum : { line: hindsightLine(optimum, terminal.language), json: { optimum } }
}

async function print(
  result: SimulationResult,
  workload: Workload,
  extra: Extra | null,
  { json, language, out }: Pick<Options, 'json'> & Pick<Terminal, 'language' | 'out'>,
): Promise<void> {
  const all_kWh = unlimited_kWh(workload)
  const assumed = result.cables ? { assumed: workloadAssumptions } : {}
  if (json) await out(JSON.stringify({ ...result, unlimited_kWh: all_kWh, ...assumed, ...extra?.json }, null, 2))
  else await out(printable(table(summary(result, all_kWh, extra, language))))
}

/** `anyplug simulate --workload FILE`: builds the hub the file describes and replays its sessions. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const options = readOptions(read)
  const file = read.text('--workload') ?? ''
  if (options.physics) read.problems.push(...physicsProblems(options.sight, options.policy))
  read.problems.push(...sightProblems(options.sight, options.policy), ...(await unwritable([options.report])))
  const loaded = await load(file)
  if (!('workload' in loaded)) return refuse([...read.problems, ...loaded], terminal)
  if (read.problems.length > 0) return refuse(read.problems, terminal)
  for (const warning of loaded.warnings) terminal.err(problemLine(warning, terminal.language))
  const simulation = await simulate(loaded.workload, options)
  if (!(await runAll(simulation.run, terminal))) return 130
  const result = simulation.result()
  const extra = options.optimum ? await findExtra(loaded.workload, options, result, terminal) : null
  if (typeof extra === 'number') return extra
  if (options.report !== undefined) {
    const problem = await writeReport(options.report, result, commandLine(file, options), terminal)
    if (problem !== null) return refuse([problem], terminal)
  }
  await print(result, loaded.workload, extra, { ...terminal, json: options.json })
  if (options.report !== undefined && !options.json) {
    await terminal.out(`${say('simulate.reportAt', {}, terminal.language)}: ${printable(options.report)}`)
  }
  return 0
}
