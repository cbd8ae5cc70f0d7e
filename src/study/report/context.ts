import { invariant } from '../../base/problems/index.ts'
import type { Language } from '../../base/words/index.ts'
import type { SimulationResult } from '../simulate/index.ts'
import { type Calendar, calendarOf } from './calendar.ts'
import type { ReportInput } from './input.ts'
import { type Writer, writerOf } from './writer.ts'

/** What every part of the report is made from. */
export interface Context {
  readonly input: ReportInput
  readonly result: SimulationResult
  readonly writer: Writer
  readonly calendar: Calendar
}

export function contextOf(input: ReportInput, language: Language): Context {
  const { result, site } = input
  const from_ms = Date.parse(result.from)
  invariant(Number.isFinite(from_ms), `a result starts at "${result.from}", which is no date`)
  const writer = writerOf(language)
  return { input, result, writer, calendar: calendarOf(writer, site?.timezone ?? 'UTC', from_ms, result.duration_s) }
}
