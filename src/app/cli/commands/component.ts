import { closest } from '../../../base/words/index.ts'
import type { CommandInput, CommandRun } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

/** Types of parts there is something to tell about; only the one asked for is loaded. */
const types: Readonly<Record<string, () => Promise<{ readonly run: CommandRun }>>> = {
  cable: () => import('../component/cable.ts'),
}

/** `anyplug component TYPE ID`: what a part of a charging system stands. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const text = new OptionReader(input).text('type') ?? ''
  const load = Object.hasOwn(types, text) ? types[text] : undefined
  if (load) return (await load()).run(input, terminal)
  const names = Object.keys(types)
  const nearest = closest(text, names)
  const reason = { code: 'component.problem.unknownType', params: { text } } as const
  const fix =
    nearest === null
      ? ({ code: 'component.fix.types', params: { types: names } } as const)
      : ({ code: 'match.problem.suggest', params: { candidates: [nearest] } } as const)
  return refuse([usageProblem(reason, fix)], terminal)
}
