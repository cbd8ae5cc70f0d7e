import type { Problem } from '../../../base/problems/index.ts'
import type { CommandInput, CommandRun } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

const siteOnly = [
  ...['--days', '--from', '--to', '--seed', '--runs', '--threads', '--coffee', '--csv', '--catalogue'],
  ...['--sessions', '--export'],
]
/** One run has them; many have none. */
const singleOnly = ['--csv', '--export', '--export-format']

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
  const single = singleOnly.filter((name) => read.text(name) !== undefined || read.flag(name))
  if (single.length > 0 && read.text('--runs') !== undefined) {
    return single.map((first) => usageProblem({ code: 'cli.notTogether', params: { first, second: '--runs' } }))
  }
  if (workload === undefined && read.text('--threads') !== undefined && read.text('--runs') === undefined) {
    return [usageProblem({ code: 'compare.onlyWithRuns', params: { name: '--threads' } })]
  }
  const code = workload === undefined ? 'cli.onlyWithWorkload' : 'cli.onlyWithSite'
  const wrong = workload === undefined ? ['--site-limit'] : siteOnly
  return wrong.filter((name) => read.text(name) !== undefined).map((name) => usageProblem({ code, params: { name } }))
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
