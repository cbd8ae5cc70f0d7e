import type { Problem } from '../../../base/problems/index.ts'
import {
  type EnergyUnit,
  energyUnits,
  isTimezone,
  type TraceFormat,
  traceFormats,
} from '../../../io/formats/sessions/index.ts'
import type { OptionReader } from '../options.ts'
import { usageProblem } from '../print.ts'

export const COLUMNS = '--columns'

/** A recording the user named, and what its file does not say. */
export interface SessionOptions {
  readonly file: string
  readonly format: TraceFormat
  readonly timezone: string | undefined
  readonly energyUnit: EnergyUnit | undefined
  readonly columns: string | undefined
  /** Draw from a process fitted to the recording instead of replaying it. */
  readonly fit: boolean
  /** File the fit is written to. */
  readonly fitOut: string | undefined
}

/** Options that say something of a recording, and the formats they are for. */
const forFormats: Readonly<Record<string, readonly TraceFormat[]>> = {
  [COLUMNS]: ['csv'],
  '--timezone': ['csv', 'acn-data', 'spiceev', 'spiceev-trips'],
  '--energy-unit': ['csv', 'acn-data', 'ocpi-cdr'],
}

function conflicts(read: OptionReader, format: TraceFormat | undefined): Problem[] {
  return Object.entries(forFormats).flatMap(([name, formats]) => {
    if (read.text(name) === undefined || format === undefined || formats.includes(format)) return []
    return [usageProblem({ code: 'trace.optionFormat', params: { name, format, formats: [...formats] } })]
  })
}

function withoutSessions(read: OptionReader): Problem[] {
  const given = [...Object.keys(forFormats), '--format', '--fit-out'].filter((name) => read.text(name) !== undefined)
  const all = read.flag('--fit') ? [...given, '--fit'] : given
  return all.map((name) => usageProblem({ code: 'trace.onlyWithSessions', params: { name } }))
}

/** The options of a recording; null without one. What is wrong with them goes into `read.problems`. */
export function readSessionOptions(read: OptionReader): SessionOptions | null {
  const file = read.text('--sessions')
  const format = read.oneOf('--format', traceFormats)
  const energyUnit = read.oneOf('--energy-unit', energyUnits)
  const timezone = read.text('--timezone')
  if (timezone !== undefined && !isTimezone(timezone)) {
    read.problems.push(usageProblem({ code: 'trace.notATimezone', params: { found: timezone } }))
  }
  if (file === undefined) {
    read.problems.push(...withoutSessions(read))
    return null
  }
  read.problems.push(...conflicts(read, format))
  if (read.text('--format') === undefined) {
    read.problems.push(usageProblem({ code: 'trace.noFormat', params: { formats: [...traceFormats] } }))
  }
  const fitOut = read.text('--fit-out')
  const fit = read.flag('--fit') || fitOut !== undefined
  return { file, format: format ?? 'csv', timezone, energyUnit, columns: read.text(COLUMNS), fit, fitOut }
}

/** The options of a recording as they were given, to repeat the command. */
export function sessionArguments(read: OptionReader): string[] {
  const named = ['--sessions', '--format', ...Object.keys(forFormats)].flatMap((name) => {
    const text = read.text(name)
    return text === undefined ? [] : [`${name} ${/[\s"'$;]/.test(text) ? JSON.stringify(text) : text}`]
  })
  return read.flag('--fit') || read.text('--fit-out') !== undefined ? [...named, '--fit'] : named
}
