import { formatNumber, type Language, say } from '../../../base/words/index.ts'
import {
  type Backtest,
  backtest,
  builtInMarket,
  calibrate,
  defaultStyle,
  type History,
  naiveMethods,
  overall,
  processNoise,
  type RegionFile,
} from '../../../study/market/index.ts'
import { unwritable, writeUserFile } from '../files.ts'
import type { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import { type Align, textTable } from '../simulation/text-table.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { historyOr } from './knowledge.ts'

const day = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

function readCut(read: OptionReader, what: string): string | null {
  const text = read.text('--cut')
  if (text !== undefined && day.test(text)) return text
  const reason =
    text === undefined
      ? ({ code: 'market.problem.needsCut', params: { what } } as const)
      : ({ code: 'market.problem.cut', params: { text } } as const)
  read.problems.push(usageProblem(reason, { code: 'market.fix.cut', params: {} }))
  return null
}

/** `anyplug market calibrate`: opens no file but the history. */
export async function runCalibrate(read: OptionReader, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const cut = readCut(read, 'calibrate')
  const out = read.text('--out')
  const history = await historyOr(read.text('--history'))
  const wrong = [...read.problems, ...(await unwritable([out])), ...(history.ok ? [] : history.problems)]
  if (wrong.length > 0 || cut === null || !history.ok) return refuse(wrong, terminal)
  const { regions } = builtInMarket()
  const calibration = calibrate(regions, history.value, cut)
  if (calibration.residuals === 0) {
    return refuse(
      [
        usageProblem({
          code: 'market.problem.cutEarly',
          params: { region: say('market.anyRegion', {}, language), cut },
        }),
      ],
      terminal,
    )
  }
  const noise = processNoise(regions, history.value, calibration, defaultStyle)
  const json = JSON.stringify({ cut, ...calibration, noise }, null, 2)
  const problem = out === undefined ? null : await writeUserFile(out, `${json}\n`)
  if (problem) return refuse([problem], terminal)
  await terminal.out(read.flag('--json') ? json : calibrationText(calibration, language))
  return 0
}

function calibrationText(calibration: ReturnType<typeof calibrate>, language: Language): string {
  const { parameters, fitted, covariance, until } = calibration
  const number = (value: number): string => formatNumber(value, language, 3)
  const rows = fitted.map((name, at) => [name, number(parameters[name]), number(Math.sqrt(covariance[at]?.[at] ?? 0))])
  const head = [
    say('market.column.parameter', {}, language),
    say('market.column.value', {}, language),
    say('market.column.logSd', {}, language),
  ]
  const levels = Object.entries(calibration.levels).map(([region, { open }]) => [`${region} ln a`, number(open), ''])
  return [
    say('market.dataUntil', { until }, language),
    say('market.fit', { series: calibration.residuals, loss: Number(calibration.loss.toFixed(1)) }, language),
    textTable(['left', 'right', 'right'], [head, ...rows, ...levels]),
  ].join('\n')
}

/** Regions a history tells of, as asked for; all of them where nothing was asked. */
function regionsAsked(read: OptionReader, history: History, cut: string): readonly RegionFile[] {
  const { regions } = builtInMarket()
  const known = regions.filter((region) =>
    history.series.some(
      ({ id, points }) => Object.hasOwn(region.observed, id) && points.some(({ date }) => date <= cut),
    ),
  )
  const text = read.text('--region')
  if (text === undefined) return known
  const found = regions.find(({ id }) => id === text)
  if (found && known.includes(found)) return [found]
  const reason = found
    ? ({ code: 'market.problem.cutEarly', params: { region: text, cut } } as const)
    : ({ code: 'market.problem.unknown.region', params: { name: text } } as const)
  read.problems.push(usageProblem(reason, { code: 'market.fix.oneOf', params: { names: known.map(({ id }) => id) } }))
  return []
}

function tablesText({ tables }: Backtest, language: Language): readonly string[] {
  if (tables.length === 0) return []
  const number = (value: number): string => formatNumber(value, language, 1)
  const head = [
    say('market.column.series', {}, language),
    '',
    say('market.column.points', {}, language),
    say('market.column.model', {}, language),
    say('market.method.persistence', {}, language),
    say('market.method.linearTrend', {}, language),
  ]
  const rows = tables.map(({ id, kind, known, later, model, persistence, trend }) => [
    ...[id, say(`market.backtest.kind.${kind}`, {}, language), `${known}/${later}`],
    ...[number(model), number(persistence), number(trend)],
  ])
  const align: readonly Align[] = ['left', 'left', 'right', 'right', 'right', 'right']
  return ['', say('market.backtest.tables', {}, language), textTable(align, [head, ...rows])]
}

function testText(test: Backtest, language: Language): string {
  const number = (value: number): string => formatNumber(value, language, 3)
  const methods = naiveMethods.map((method) => say(`market.method.${method}`, {}, language))
  const head = [
    say('market.column.series', {}, language),
    say('market.column.points', {}, language),
    say('market.column.model', {}, language),
    ...methods,
  ]
  const rows = test.scores.map((score) => [
    `${score.id}${score.modelled ? '' : ' *'}`,
    `${score.known}/${score.later}`,
    number(score.model),
    ...naiveMethods.map((method) => number(score.naive[method])),
  ])
  const mean = [
    say('market.column.mean', {}, language),
    '',
    number(test.mean.model),
    ...naiveMethods.map((method) => number(test.mean.naive[method])),
  ]
  const wins = test.scores.filter((score) => naiveMethods.every((method) => score.model <= score.naive[method])).length
  return [
    say('market.backtest.title', { region: test.region, cut: test.cut, until: test.until }, language),
    textTable(['left', ...head.slice(1).map((): Align => 'right')], [head, ...rows, mean]),
    say(
      'market.backtest.wins',
      { wins, all: test.scores.length, coverage: Math.round(test.coverage_frac * 100) },
      language,
    ),
    ...tablesText(test, language),
    ...test.unscored.map(({ id, why }) => say(`market.unscored.${why}`, { id }, language)),
  ].join('\n')
}

/** `anyplug market backtest`: opens no file but the history and the one to score against. */
export async function runBacktest(read: OptionReader, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  const cut = readCut(read, 'backtest')
  const history = await historyOr(read.text('--history'))
  const later = read.text('--score') === undefined ? history : await historyOr(read.text('--score'))
  const files = [history, ...(later === history ? [] : [later])]
  const regions = history.ok && cut !== null ? regionsAsked(read, history.value, cut) : []
  const wrong = [...read.problems, ...files.flatMap((file) => (file.ok ? [] : file.problems))]
  if (wrong.length > 0 || cut === null || !history.ok || !later.ok) return refuse(wrong, terminal)
  const tests = regions.map((region) => backtest(builtInMarket().regions, history.value, later.value, { region, cut }))
  const scored = tests.filter(({ scores }) => scores.length > 0)
  const all = overall(scored)
  const text = read.flag('--json')
    ? JSON.stringify({ cut, dataUntil: later.value.until, overall: all, regions: tests }, null, 2)
    : [
        ...tests.map((test) => testText(test, language)),
        say(
          'market.backtest.overall',
          {
            model: Number(all.model.toFixed(3)),
            method: say(`market.method.${all.best}`, {}, language),
            naive: Number(all.naive.toFixed(3)),
          },
          language,
        ),
        say('market.backtest.star', {}, language),
      ].join('\n\n')
  await terminal.out(text)
  return 0
}
