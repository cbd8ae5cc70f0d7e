import type { Language } from '../../base/words/index.ts'
import type { CommandInput, CommandRun } from './command-specs.ts'

/** What a command said: lines of standard error with the codes of their problems. */
export interface Told {
  readonly exitCode: number
  readonly out: string
  readonly err: readonly string[]
  readonly codes: readonly (string | undefined)[]
}

interface Around {
  readonly language?: Language
  readonly signal?: AbortSignal
}

/** Runs a command as the command line would, at a terminal that keeps what is said. */
export async function told(run: CommandRun, input: CommandInput, around: Around = {}): Promise<Told> {
  const { language = 'en', signal = new AbortController().signal } = around
  const [out, err]: [string[], string[]] = [[], []]
  const exitCode = await run(input, {
    ...{ language, isTerminal: false, colour: false, signal, progress: () => {} },
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
  })
  return { exitCode, out: out.join('\n'), err, codes: err.map((line) => /(?:error|warning) ([\w.]+):/.exec(line)?.[1]) }
}
