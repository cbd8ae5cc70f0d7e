import { cableParameters } from '../../../hub/plant/parts/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { unwritable, writeUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { problemLine, refuse } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import { loadUserCatalogue } from '../user-catalogue.ts'
import { CableStudy } from './cable-answer.ts'
import { checkOptions, findCable, readQuestion } from './cable-input.ts'
import { asText } from './cable-text.ts'

/** `anyplug component cable ID`: what a cable stands, for how long, and what is left when its cooling fails. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const opened = await loadUserCatalogue(read.text('--catalogue'))
  if (!opened.ok) return refuse(opened.problems, terminal)
  for (const warning of opened.warnings) terminal.err(problemLine(warning, terminal.language))
  const catalogue = opened.value
  const question = readQuestion(read)
  const page = read.text('--html')
  read.problems.push(...(await unwritable([page])))
  const cable = findCable(read, catalogue)
  if (cable === null) return refuse(read.problems, terminal)
  const compiled = cableParameters(cable, catalogue)
  const { inlet, limits } = compiled.parameters
  checkOptions(read, cable, inlet.toPackCoolant_WperK > 0 || inlet.line !== undefined)
  if (read.problems.length > 0) return refuse(read.problems, terminal)
  const study = new CableStudy(cable, compiled, question)
  const answer = study.answer()
  if (page !== undefined) {
    const { asPage } = await import('./cable-html.ts')
    const drawn = { answer, course: study.course(), limits_degC: Object.values<number>({ ...limits }), catalogue }
    const problem = await writeUserFile(page, asPage(drawn, terminal.language))
    if (problem !== null) return refuse([problem], terminal)
  }
  await terminal.out(
    read.flag('--json') ? JSON.stringify(answer, null, 2) : asText(answer, catalogue, terminal.language),
  )
  return 0
}
