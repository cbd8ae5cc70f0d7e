import type { Problem } from '../../../base/problems/index.ts'
import { closest } from '../../../base/words/index.ts'
import type { CommandInput, CommandRun } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

/** A type of part there is something to tell about; only the one asked for is loaded. */
interface PartType {
  /** Options no other type has. */
  readonly options: readonly string[]
  load(): Promise<{ readonly run: CommandRun }>
}

const types: Readonly<Record<string, PartType>> = {
  cable: {
    options: ['--current', '--from', '--until', '--flow', '--pack-coolant', '--html'],
    load: () => import('../component/cable.ts'),
  },
  cabinet: {
    options: ['--cars', '--policy', '--altitude', '--failed'],
    load: () => import('../component/cabinet.ts'),
  },
}

/** Options of other types that were given. */
function foreignOptions(read: OptionReader, type: string): readonly Problem[] {
  const others = Object.entries(types).filter(([name]) => name !== type)
  const given = others.flatMap(([, { options }]) => options.filter((name) => read.text(name) !== undefined))
  return given.map((name) => usageProblem({ code: 'component.problem.foreignOption', params: { name, type } }))
}

/** `anyplug component TYPE ID`: what a part of a charging system stands. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const text = read.text('type') ?? ''
  const type = Object.hasOwn(types, text) ? types[text] : undefined
  const foreign = type ? foreignOptions(read, text) : []
  if (foreign.length > 0) return refuse(foreign, terminal)
  if (type) return (await type.load()).run(input, terminal)
  const names = Object.keys(types)
  const nearest = closest(text, names)
  const reason = { code: 'component.problem.unknownType', params: { text } } as const
  const fix =
    nearest === null
      ? ({ code: 'component.fix.types', params: { types: names } } as const)
      : ({ code: 'match.problem.suggest', params: { candidates: [nearest] } } as const)
  return refuse([usageProblem(reason, fix)], terminal)
}
