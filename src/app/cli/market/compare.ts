import { formatNumber, type Language, say } from '../../../base/words/index.ts'
import { type MarketStudy, type MarketYear, studyOf } from '../../../study/market/index.ts'
import type { OptionReader } from '../options.ts'
import { printable, refuse, usageProblem } from '../print.ts'
import { textTable } from '../simulation/text-table.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { readAsked } from './asked.ts'
import { knowledgeOr } from './knowledge.ts'
import { caseOf } from './scenario.ts'
import { studyObject } from './study-json.ts'
import { percentOf } from './study-text.ts'

const FEWEST = 2

function figures(
  { one }: MarketStudy,
  language: Language,
): readonly (readonly [string, (year: MarketYear) => string])[] {
  const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) || 1
  const percent = (value: number): string => percentOf(value, language)
  const number = (value: number): string => formatNumber(Number(value.toPrecision(3)), language, 0)
  return [
    ...one.region.groups.map(
      ({ name }, g) =>
        [
          say('market.row.fleet', { name }, language),
          (year: MarketYear) => percent((year.fleet[g] ?? 0) / sum(year.fleet)),
        ] as const,
    ),
    ...one.region.connectors.map(
      ({ name }, c) =>
        [
          say('market.row.cables', { name }, language),
          (year: MarketYear) => percent((year.cables[c] ?? 0) / Math.max(1, year.ports)),
        ] as const,
    ),
    [say('market.row.ports', {}, language), ({ ports }) => number(ports)],
    [say('market.row.adapterSessions', {}, language), (year) => percent(year.adapterSessions_frac)],
    [say('market.row.unusable', {}, language), (year) => percent(year.unusablePorts_frac)],
    [say('market.row.redundant', {}, language), (year) => number(year.redundantCables)],
  ]
}

/** What each scenario comes to at the ends of the same years, under each other. */
function compareText(studies: readonly MarketStudy[], language: Language): string {
  const blocks = studies.map((study) => {
    const last = study.years[study.years.length - 1]
    const middle = study.years[Math.floor(study.years.length / 2)]
    const years = [middle, last].filter((year) => year !== undefined)
    const rows = figures(study, language).map(([name, of]) => [name, ...years.map(of)])
    const head = [say('market.row.year', {}, language), ...years.map(({ year }) => String(year))]
    const verdict = study.verdict.sentences.map(({ code, params }) => say(code, params, language))
    const until = say('market.dataUntil', { until: study.one.state.until }, language)
    return [study.one.scenario.title, until, ...verdict, textTable(['left', 'right', 'right'], [head, ...rows])].join(
      '\n',
    )
  })
  return blocks.join('\n\n')
}

/** `anyplug market compare A B ...`. */
export async function runCompare(names: readonly string[], read: OptionReader, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const asked = readAsked(read)
  if (names.length < FEWEST) {
    read.problems.push(usageProblem({ code: 'market.problem.needsScenarios', params: { count: names.length } }))
  }
  const knowledge = await knowledgeOr(asked.assimilate)
  if (!knowledge.ok || read.problems.length > 0)
    return refuse([...read.problems, ...(knowledge.ok ? [] : knowledge.problems)], terminal)
  const cases = await Promise.all(names.map((name) => caseOf(name, asked, knowledge.value)))
  const wrong = cases.flatMap((one) => (one.ok ? [] : one.problems))
  if (wrong.length > 0) return refuse(wrong, terminal)
  const studies = cases.flatMap((one) => (one.ok ? [studyOf(one.value, asked.draws, asked.seed)] : []))
  const text = read.flag('--json')
    ? JSON.stringify(
        studies.map((study) => studyObject(study, language)),
        null,
        2,
      )
    : printable(compareText(studies, language))
  await terminal.out(text)
  return 0
}
