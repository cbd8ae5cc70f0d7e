import type { Problem } from '../../../base/problems/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

const siteOnly = ['--days', '--from', '--to', '--seed', '--catalogue']

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
  const code = workload === undefined ? 'cli.onlyWithWorkload' : 'cli.onlyWithSite'
  const wrong = workload === undefined ? ['--site-limit'] : siteOnly
  return wrong.filter((name) => read.text(name) !== undefined).map((name) => usageProblem({ code, params: { name } }))
}

/** `anyplug simulate SITE` or `anyplug simulate --workload FILE`: loads only the half that is asked for. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const problems = conflicts(new OptionReader(input))
  if (problems.length > 0) return refuse(problems, terminal)
  const command =
    input['workload'] === undefined ? await import('./simulate-site.ts') : await import('./simulate-workload.ts')
  return command.run(input, terminal)
}
