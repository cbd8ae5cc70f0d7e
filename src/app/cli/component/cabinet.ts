import type { CommandInput } from '../command-specs.ts'
import { OptionReader } from '../options.ts'
import { problemLine, refuse } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { loadUserCatalogue } from '../user-catalogue.ts'
import { cabinetAnswer } from './cabinet-answer.ts'
import { checkQuestion, readQuestion } from './cabinet-input.ts'
import { asText } from './cabinet-text.ts'
import { findCabinet } from './find-cabinet.ts'

/** `anyplug component cabinet ID --cars LIST`: who gets which modules and why, and what is lost. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const opened = await loadUserCatalogue(read.text('--catalogue'))
  if (!opened.ok) return refuse(opened.problems, terminal)
  for (const warning of opened.warnings) terminal.err(problemLine(warning, terminal.language))
  const catalogue = opened.value
  const found = findCabinet(read, catalogue)
  const question = readQuestion(read)
  if (found !== null) checkQuestion(read, found.parameters, question)
  if (read.problems.length > 0 || found === null) return refuse(read.problems, terminal)
  const answer = cabinetAnswer(found, question)
  await terminal.out(
    read.flag('--json') ? JSON.stringify(answer, null, 2) : asText(answer, catalogue, terminal.language),
  )
  return 0
}
