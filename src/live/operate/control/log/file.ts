import type { z } from 'zod'
import type { DecisionEntry, DecisionRun } from '../../ports.ts'
import { runSchema } from './run-record.ts'

/** First word of a line. */
const RUN = 'run'
const ENTRY = 'd'

/** Lines of a decision log: a run as JSON, then its entries as time and bytes (base64). */
export function* logLines(run: DecisionRun, entries: Iterable<DecisionEntry>): Generator<string> {
  const { snapshot, ...rest } = run
  const plain = { ...rest, snapshot: snapshot === null ? null : Buffer.from(snapshot).toString('base64') }
  yield `${RUN} ${JSON.stringify(plain)}\n`
  for (const { at_ms, bytes } of entries) yield `${ENTRY} ${at_ms} ${Buffer.from(bytes).toString('base64')}\n`
}

export type LogLine =
  | { readonly kind: 'run'; readonly run: z.infer<typeof runSchema> }
  | { readonly kind: 'entry'; readonly entry: DecisionEntry }
  | { readonly kind: 'blank' }
  | { readonly kind: 'bad'; readonly expected: 'run' | 'entry' | 'line' }

const entryPattern = /^d (\d+(?:\.\d+)?) ([A-Za-z0-9+/]+={0,2})$/

/** Reads a line of a decision log. */
export function readLogLine(line: string): LogLine {
  if (line.trim() === '') return { kind: 'blank' }
  if (line.startsWith(`${RUN} `)) return readRun(line.slice(RUN.length + 1))
  if (!line.startsWith(`${ENTRY} `)) return { kind: 'bad', expected: 'line' }
  const [, time, text] = entryPattern.exec(line.trimEnd()) ?? []
  if (time === undefined || text === undefined) return { kind: 'bad', expected: 'entry' }
  return { kind: 'entry', entry: { at_ms: Number(time), bytes: Buffer.from(text, 'base64') } }
}

function readRun(text: string): LogLine {
  const parsed = runSchema.safeParse(jsonOf(text))
  return parsed.success ? { kind: 'run', run: parsed.data } : { kind: 'bad', expected: 'run' }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
