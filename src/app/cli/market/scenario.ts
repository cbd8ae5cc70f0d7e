import { MAX_DOCUMENT_BYTES } from '../../../base/documents/index.ts'
import type { Checked, Problem } from '../../../base/problems/index.ts'
import { closest, say } from '../../../base/words/index.ts'
import {
  builtInMarket,
  loadScenario,
  type MarketCase,
  type MarketKnowledge,
  type MarketStudy,
  type PhaseMap,
  phaseMap,
  studyOf,
  turned,
} from '../../../study/market/index.ts'
import { readUserFile, unwritable, writeUserFile } from '../files.ts'
import type { OptionReader } from '../options.ts'
import { printable, refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { type Asked, readAsked } from './asked.ts'
import { knowledgeOr } from './knowledge.ts'
import { studyTables } from './study-csv.ts'
import { studyObject } from './study-json.ts'
import { studyText } from './study-text.ts'

/** Scenarios by name or file; names win, paths are told by a dot or a slash. */
async function textOf(name: string): Promise<Checked<string | Uint8Array>> {
  const known = builtInMarket().scenarios.get(name)
  if (known) return { ok: true, value: JSON.stringify(known), warnings: [] }
  if (/[./\\]/.test(name)) {
    const file = await readUserFile(name, MAX_DOCUMENT_BYTES)
    return file.ok ? { ok: true, value: file.bytes, warnings: [] } : { ok: false, problems: [file.problem] }
  }
  const names = [...builtInMarket().scenarios.keys()]
  const near = closest(name, names)
  const fix =
    near === null
      ? ({ code: 'market.fix.oneOf', params: { names } } as const)
      : ({ code: 'market.fix.didYouMean', params: { name: near } } as const)
  return { ok: false, problems: [usageProblem({ code: 'market.problem.unknown.scenario', params: { name } }, fix)] }
}

/** A scenario with levers turned, or everything wrong with it. */
export async function caseOf(name: string, asked: Asked, knowledge: MarketKnowledge): Promise<Checked<MarketCase>> {
  const text = await textOf(name)
  if (!text.ok) return text
  const loaded = loadScenario(text.value, name, knowledge, asked.to_yr)
  return loaded.ok ? turned(loaded.value, asked.levers) : loaded
}

async function reportOf({ study, phase }: Told, command: string, { language }: Terminal): Promise<string> {
  const { renderMarket } = await import('../../../study/report/market/index.ts')
  const { marketReportInput } = await import('./report-input.ts')
  return renderMarket(marketReportInput(study, command, phase), language)
}

/** A study, and its phase map where that was asked for. */
interface Told {
  readonly study: MarketStudy
  readonly phase: PhaseMap | null | undefined
}

async function writeFiles(told: Told, read: OptionReader, command: string, terminal: Terminal): Promise<Problem[]> {
  const [report, folder] = [read.text('--report'), read.text('--csv')]
  const problems: (Problem | null)[] = []
  if (report !== undefined) problems.push(await writeUserFile(report, await reportOf(told, command, terminal)))
  if (folder !== undefined) {
    for (const [name, text] of studyTables(told.study, told.phase ?? null, terminal.language)) {
      problems.push(await writeUserFile(`${folder}/${name}.csv`, text))
    }
  }
  return problems.filter((problem) => problem !== null)
}

/** `anyplug market SCENARIO|FILE`. */
export async function runScenario(names: readonly string[], read: OptionReader, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const asked = readAsked(read)
  const [name = ''] = names
  if (names.length > 1)
    read.problems.push(usageProblem({ code: 'market.problem.oneScenario', params: { count: names.length } }))
  const knowledge = await knowledgeOr(asked.assimilate)
  const early = [
    ...read.problems,
    ...(await unwritable([read.text('--report')])),
    ...(knowledge.ok ? [] : knowledge.problems),
  ]
  const found = knowledge.ok ? await caseOf(name, asked, knowledge.value) : null
  const wrong = [...early, ...(found && !found.ok ? found.problems : [])]
  if (wrong.length > 0 || !found?.ok) return refuse(wrong, terminal)
  const study = studyOf(found.value, asked.draws, asked.seed)
  const phase = read.flag('--phase') ? phaseMap(found.value, [...study.past, ...study.years]) : undefined
  const json = read.flag('--json')
  await terminal.out(
    json ? JSON.stringify(studyObject(study, language, phase), null, 2) : printable(studyText(study, language)),
  )
  const problems = await writeFiles({ study, phase }, read, `anyplug market ${name}`, terminal)
  if (problems.length > 0) return refuse(problems, terminal)
  const report = read.text('--report')
  if (report !== undefined && !json) await terminal.out(printable(say('cli.reportWritten', { path: report }, language)))
  return 0
}
