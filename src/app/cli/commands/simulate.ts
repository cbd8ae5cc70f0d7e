import type { Problem } from '../../../base/problems/index.ts'
import type { CommandInput, CommandRun } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

const siteOnly = [
  ...['--days', '--from', '--to', '--seed', '--runs', '--threads', '--coffee', '--csv', '--catalogue'],
  ...['--sessions', '--export', '--fault', '--weather'],
]
/** The sessions of a run go to one file: of many runs it is not said which. */
function exportOfMany(read: OptionReader): Problem[] {
  const name = ['--export', '--export-format'].find((option) => read.text(option) !== undefined)
  if (name === undefined || read.text('--runs') === undefined) return []
  return [usageProblem({ code: 'compare.oneRunOnly', params: { name } }, { code: 'compare.fix.oneRun', params: {} })]
}

function conflicts(read: OptionReader): Problem[] {
  const site = read.text('site')
  const workload = read.text('--workload')
  if (workload === undefined && site === undefined) {
    return [
      usageProblem(
        { code: 'cli.needsSite', params: {} },
        { code: 'cli.fix.help', params: { command: 'anyplug simulate' } },
      ),
    ]
  }
  if (workload !== undefined && site !== undefined) {
    return [usageProblem({ code: 'cli.notTogether', params: { first: 'SITE', second: '--workload' } })]
  }
  if (workload === undefined && read.text('--threads') !== undefined && read.text('--runs') === undefined) {
    return [usageProblem({ code: 'compare.onlyWithRuns', params: { name: '--threads' } })]
  }
  if (workload === undefined && read.flag('--optimum')) {
    return [usageProblem({ code: 'optimum.onlyWithWorkload', params: {} })]
  }
  const code = workload === undefined ? 'cli.onlyWithWorkload' : 'cli.onlyWithSite'
  const wrong = workload === undefined ? ['--site-limit'] : siteOnly
  const given = wrong.filter((name) => read.list(name).length > 0)
  return [...given.map((name) => usageProblem({ code, params: { name } })), ...exportOfMany(read)]
}

/** `anyplug simulate SITE`, once or with `--runs`, or `--workload FILE`: loads only what is asked for. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const problems = conflicts(new OptionReader(input))
  if (problems.length > 0) return refuse(problems, terminal)
  const { run: runCommand } = await commandFor(input)
  return runCommand(input, terminal)
}

function commandFor(input: CommandInput): Promise<{ readonly run: CommandRun }> {
  if (input['workload'] !== undefined) return import('./simulate-workload.ts')
  return input['runs'] === undefined ? import('./simulate-site.ts') : import('../simulation/many.ts')
}
