import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import type { Problem } from '../../../base/problems/index.ts'
import { engineVersion } from '../../../base/version/index.ts'
import { type Coded, say } from '../../../base/words/index.ts'
import { type LogLine, readLogLine, replayRun } from '../../../live/operate/control/index.ts'
import type { DecisionEntry } from '../../../live/operate/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { type OpenFile, openUserFile } from '../files.ts'
import { OptionReader } from '../options.ts'
import { printable, problemLine, refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'

type Run = Extract<LogLine, { kind: 'run' }>['run']

/** What came of a log so far. */
interface Tally {
  runs: number
  decisions: number
  /** The first decision that comes out differently. */
  differs: { readonly run: string; readonly decision: number; readonly at: string } | null
  readonly problems: Problem[]
}

const at = (file: string, line: number) => ({ file, line, column: 1 })

function problemAt(file: string, line: number, reason: Coded): Problem {
  return { ...usageProblem(reason), at: at(file, line) }
}

/** Decides again on what was read of a run. */
function finish(
  tally: Tally,
  run: Run,
  entries: readonly DecisionEntry[],
  place: { file: string; line: number },
): void {
  const replayed = replayRun(run, entries)
  tally.runs++
  if (replayed.kind === 'same') tally.decisions += replayed.decisions
  else if (replayed.kind === 'differs') {
    const { decision, at_ms } = replayed
    tally.differs = { run: run.id, decision, at: new Date(at_ms).toISOString() }
  } else {
    const params = { run: run.id, detail: replayed.detail }
    tally.problems.push(problemAt(place.file, place.line, { code: `replay.problem.${replayed.what}`, params }))
  }
}

/** Reads a log line by line; runs are decided again one after the other, each as a whole. */
async function replayFile(file: string, { pieces }: OpenFile, tally: Tally, terminal: Terminal): Promise<void> {
  const lines = createInterface({ input: Readable.from(pieces), crlfDelay: Number.POSITIVE_INFINITY })
  let run: Run | null = null
  let entries: DecisionEntry[] = []
  let begin = 0
  let number = 0
  const close = (): void => {
    if (run && tally.differs === null) finish(tally, run, entries, { file, line: begin })
    entries = []
  }
  for await (const text of lines) {
    number++
    const line = readLogLine(text)
    if (line.kind === 'run') {
      close()
      run = line.run
      begin = number
      if (run.engineVersion !== engineVersion) warnOfVersion(run.id, run.engineVersion, terminal)
    } else if (line.kind === 'entry' && run) entries.push(line.entry)
    else if (line.kind !== 'blank') {
      const expected = line.kind === 'bad' ? line.expected : 'run'
      tally.problems.push(problemAt(file, number, { code: 'replay.problem.line', params: { line: number, expected } }))
    }
    if (terminal.signal.aborted || tally.problems.length > 0 || tally.differs !== null) return lines.close()
  }
  close()
}

function warnOfVersion(run: string, version: string, terminal: Terminal): void {
  const params = { run, version, own: engineVersion }
  const warning: Problem = { severity: 'warning', code: 'replay.warning.version', params }
  terminal.err(problemLine(warning, terminal.language))
}

/** `anyplug replay LOG`: decides again on a decision log; 0: the same to the bit, 1: something comes out differently. */
export async function run(input: CommandInput, terminal: Terminal): Promise<ExitCode> {
  const read = new OptionReader(input)
  const file = read.text('log') ?? ''
  const opened = await openUserFile(file)
  if (!('pieces' in opened)) return refuse([opened], terminal)
  const tally: Tally = { runs: 0, decisions: 0, differs: null, problems: [] }
  await replayFile(file, opened, tally, terminal)
  if (terminal.signal.aborted) return 130
  if (tally.problems.length > 0) return refuse(tally.problems, terminal)
  return tell(tally, read.flag('--json'), terminal)
}

async function tell({ runs, decisions, differs }: Tally, json: boolean, terminal: Terminal): Promise<ExitCode> {
  const { language } = terminal
  if (runs === 0) return refuse([usageProblem({ code: 'replay.problem.empty', params: {} })], terminal)
  const same = differs === null
  const sentence = same
    ? say('replay.same', { decisions, runs }, language)
    : say('replay.differs', { ...differs }, language)
  await terminal.out(json ? JSON.stringify({ same, runs, decisions, differs }, null, 2) : printable(sentence))
  return same ? 0 : 1
}
