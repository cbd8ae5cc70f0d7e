import type { Checked, Problem } from '../../../base/problems/index.ts'
import { eachSession, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'
import { readTrace, type TraceFormat } from './formats.ts'
import type { TraceOptions } from './source.ts'

/** A text in pieces of a length, to cut it anywhere. */
export function* pieces(text: string, length = text.length): Generator<string> {
  for (let at = 0; at < text.length; at += length) yield text.slice(at, at + length)
}

export function read(
  format: TraceFormat,
  text: string,
  options: TraceOptions = {},
  piece?: number,
): Promise<Checked<Trace>> {
  return readTrace(format, { file: 'trace', chunks: pieces(text, piece) }, options)
}

/** Problems as `line:column code`, or `code` where they are about the whole file. */
export function told(problems: readonly Problem[]): string[] {
  return problems.map(({ at, code }) => (at && at.line > 0 ? `${at.line}:${at.column} ${code}` : code))
}

/** What is said of a text. */
export async function says(format: TraceFormat, text: string, options: TraceOptions = {}): Promise<string[]> {
  const checked = await read(format, text, options)
  return checked.ok ? ['ok', ...told(checked.warnings)] : told(checked.problems)
}

/** Sessions of a text that must be sound. */
export async function sessionsOf(
  format: TraceFormat,
  text: string,
  options: TraceOptions = {},
): Promise<TraceSession[]> {
  const checked = await read(format, text, options)
  if (!checked.ok) throw new Error(told(checked.problems).join('; '))
  return [...eachSession(checked.value.sessions)]
}
