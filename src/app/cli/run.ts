import { CommanderError } from 'commander'
import type { Problem } from '../../base/problems/index.ts'
import { engineVersion } from '../../base/version/index.ts'
import { type Coded, say } from '../../base/words/index.ts'
import { printable, problemLine, refuse, usageProblem } from './print.ts'
import { chooseLanguage, processTerminal } from './process-terminal.ts'
import { createProgram, runCommand } from './program.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** First text in quotes of what the parser says: the option or argument it means. */
function quoted(message: string): string {
  return /'([^']*)'/.exec(message)?.[1] ?? ''
}

function suggestion(message: string): Coded | null {
  const candidate = /Did you mean (?:one of )?([^?,]+)[?,]/.exec(message)?.[1]
  return candidate ? { code: 'cli.fix.didYouMean', params: { candidate: candidate.trim() } } : null
}

const usageCodes: Readonly<Record<string, (message: string) => Coded>> = {
  'commander.unknownCommand': (message) => ({ code: 'cli.unknownCommand', params: { name: quoted(message) } }),
  'commander.unknownOption': (message) => ({ code: 'cli.unknownOption', params: { name: quoted(message) } }),
  'commander.missingArgument': (message) => ({ code: 'cli.missingArgument', params: { name: quoted(message) } }),
  'commander.optionMissingArgument': (message) => ({
    code: 'cli.missingOptionValue',
    params: { name: quoted(message).split(' ')[0] ?? '' },
  }),
  'commander.excessArguments': (message) => ({ code: 'cli.excessArguments', params: { command: quoted(message) } }),
  'commander.invalidArgument': (message) => ({
    code: 'cli.usage',
    params: { detail: message.replace(/^error: /, '') },
  }),
}

function usageError(error: CommanderError): Problem {
  const reason = usageCodes[error.code]?.(error.message) ?? { code: 'cli.usage', params: { detail: error.message } }
  return usageProblem(reason, suggestion(error.message) ?? { code: 'cli.fix.help', params: { command: 'anyplug' } })
}

function reportFault(error: unknown, terminal: Terminal): void {
  const detail = error instanceof Error ? error.message : String(error)
  const fix: Coded = { code: 'cli.fix.internal', params: {} }
  terminal.err(problemLine(usageProblem({ code: 'cli.internal', params: { detail } }, fix), terminal.language))
  if (process.env['ANYPLUG_DEBUG'] && error instanceof Error) terminal.err(printable(error.stack ?? ''))
}

function exitCodeOf(error: unknown, terminal: Terminal): number {
  if (!(error instanceof CommanderError)) {
    reportFault(error, terminal)
    return 70
  }
  return error.exitCode === 0 ? 0 : refuse([usageError(error)], terminal)
}

/**
 * Runs the command line and sets the exit code of the process: that of the command, 2 for wrong use, 70 for a fault of
 * our own. Never prints a stack trace unless ANYPLUG_DEBUG is set.
 */
export async function runCli(args: readonly string[]): Promise<void> {
  const terminal = processTerminal(chooseLanguage(args, process.env))
  const ended: { exitCode: ExitCode } = { exitCode: 0 }
  const program = createProgram(terminal.language, engineVersion, async (spec, input) => {
    ended.exitCode = await runCommand(spec, input, terminal)
  })
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} })
  }
  if (args.length === 0) return terminal.out(program.helpInformation().trimEnd())
  try {
    await program.parseAsync([...args], { from: 'user' })
    process.exitCode = ended.exitCode
  } catch (error) {
    process.exitCode = exitCodeOf(error, terminal)
  }
  if (ended.exitCode === 130) terminal.err(say('cli.interrupted', {}, terminal.language))
}
