import { say } from '../../../base/words/index.ts'
import { builtInMarket } from '../../../study/market/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import { textTable } from '../simulation/text-table.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

const training = ['--history', '--cut', '--score', '--region', '--out']
const scenario = [
  '--to',
  '--draws',
  '--seed',
  '--assimilate',
  '--never',
  '--native-cap',
  '--opened',
  '--sales',
  '--adapter-cover',
]
const levers = [...scenario, '--threshold', '--mandate', '--ban', '--access', '--report', '--csv', '--phase']

/** Options that do not belong to what was asked are told, not passed over. */
function refuseForeign(read: OptionReader, what: string, foreign: readonly string[]): void {
  for (const name of foreign) {
    if (read.text(name) === undefined && read.list(name).length === 0 && !read.flag(name)) continue
    read.problems.push(usageProblem({ code: 'market.problem.lever', params: { name, what } }))
  }
}

async function list({ out }: Terminal, language: Terminal['language']): Promise<ExitCode> {
  const rows = [...builtInMarket().scenarios.values()].map(({ id, title }) => [id, title])
  await out(`${say('market.list', {}, language)}\n${textTable(['left', 'left'], rows)}`)
  return 0
}

/** `anyplug market SCENARIO|FILE`, and `list`, `compare`, `calibrate`, `backtest`. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const what = read.text('what') ?? 'list'
  const more = read.list('more')
  if (what === 'list')
    return read.problems.length > 0 ? refuse(read.problems, terminal) : list(terminal, terminal.language)
  if (what === 'calibrate' || what === 'backtest') {
    refuseForeign(read, what, [...levers, ...(what === 'calibrate' ? ['--score', '--region'] : ['--out'])])
    const { runBacktest, runCalibrate } = await import('../market/training.ts')
    return what === 'calibrate' ? runCalibrate(read, terminal) : runBacktest(read, terminal)
  }
  refuseForeign(read, what, training)
  if (what === 'compare') {
    refuseForeign(read, what, ['--report', '--csv', '--phase'])
    return (await import('../market/compare.ts')).runCompare(more, read, terminal)
  }
  return (await import('../market/scenario.ts')).runScenario([what, ...more], read, terminal)
}
