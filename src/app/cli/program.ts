import { Command, Option } from 'commander'
import { type Language, languages, say } from '../../base/words/index.ts'
import { type CommandInput, type CommandSpec, commandSpecs } from './command-specs.ts'
import type { ExitCode, Terminal } from './terminal.ts'

/** Name of an argument without its brackets and dots: `<files...>` is `files`. */
export function argumentName(flags: string): string {
  return flags.replace(/[<>[\].]/g, '')
}

function addOption(command: Command, option: CommandSpec['options'][number], language: Language): void {
  const built = new Option(option.flags, say(option.words, {}, language))
  if (option.many) built.argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value])
  command.addOption(built)
}

function localise(command: Command, language: Language): void {
  command.helpOption('-h, --help', say('cli.option.help', {}, language))
  command.configureHelp({
    styleTitle: (title) => headings[title]?.(language) ?? title,
    showGlobalOptions: true,
  })
}

const headings: Readonly<Record<string, (language: Language) => string>> = {
  'Usage:': (language) => say('cli.heading.usage', {}, language),
  'Arguments:': (language) => say('cli.heading.arguments', {}, language),
  'Options:': (language) => say('cli.heading.options', {}, language),
  'Global Options:': (language) => say('cli.heading.globalOptions', {}, language),
  'Commands:': (language) => say('cli.heading.commands', {}, language),
}

/** Runs a command with what the user typed. */
export type Dispatch = (spec: CommandSpec, input: CommandInput) => Promise<void>

function addCommand(program: Command, spec: CommandSpec, language: Language, dispatch: Dispatch): void {
  const command = program.command(spec.name).description(say(spec.words, {}, language))
  for (const argument of spec.arguments) command.argument(argument.flags, say(argument.words, {}, language))
  for (const option of spec.options) addOption(command, option, language)
  localise(command, language)
  command.action(async (...given: unknown[]) => {
    const values: Record<string, string | readonly string[] | undefined> = {}
    spec.arguments.forEach((argument, index) => {
      values[argumentName(argument.flags)] = given[index] as string | readonly string[] | undefined
    })
    await dispatch(spec, { ...command.opts<Record<string, string | boolean>>(), ...values })
  })
}

/** The whole command line, with help in a language; `dispatch` runs the command that was asked for. */
export function createProgram(language: Language, version: string, dispatch: Dispatch): Command {
  const program = new Command('anyplug').description(say('cli.description', {}, language))
  program.version(version, '-V, --version', say('cli.option.version', {}, language))
  program.addOption(new Option('--lang <language>', say('cli.option.lang', {}, language)).choices([...languages]))
  program.helpCommand(false)
  localise(program, language)
  for (const spec of commandSpecs) addCommand(program, spec, language, dispatch)
  return program
}

/** Loads a command and runs it. */
export async function runCommand(spec: CommandSpec, input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const { run } = await spec.load()
  return run(input, terminal)
}
