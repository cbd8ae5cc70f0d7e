import type { Checked, Problem } from '../../../base/problems/index.ts'
import { SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import type { Coded } from '../../../base/words/index.ts'
import { type JsonPath, offsetOf, positionAt } from './positions.ts'
import { readSessions } from './sessions.ts'
import { faultOffset } from './syntax.ts'
import type { Workload } from './types.ts'

/** More problems than this help nobody; the rest is counted. */
const MAX_PROBLEMS = 100

/** A problem with the place it was found at. */
export type Report = (path: JsonPath, problem: Coded, fix?: Coded, severity?: Problem['severity']) => void

type Fields = Readonly<Record<string, unknown>>

/** Bounds of a number; `above`: the lower one is not allowed itself. */
export interface Bounds {
  readonly min?: number
  readonly above?: number
  readonly max?: number
}

/** Whether a number is finite and within bounds. */
export function within(value: number, bounds: Bounds): boolean {
  const { min = Number.NEGATIVE_INFINITY, above = Number.NEGATIVE_INFINITY, max = Number.MAX_VALUE } = bounds
  return value >= min && value > above && value <= max
}

/** A number within bounds, or null with a report. */
export function readNumber(value: unknown, bounds: Bounds, path: JsonPath, report: Report): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    report(path, { code: 'workload.notNumber', params: { found: shown(value) } })
    return null
  }
  if (within(value, bounds)) return value
  const { min = null, above = null, max = null } = bounds
  if (above !== null && value <= above) report(path, { code: 'workload.notAbove', params: { value, above } })
  else if (min !== null && value < min) report(path, { code: 'document.tooSmall', params: { value, min } })
  else report(path, { code: 'document.tooBig', params: { value, max } })
  return null
}

/** A found value, short enough for a sentence. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'undefined'
  return text.length > 40 ? `${text.slice(0, 37)}...` : text
}

function fieldReader(fields: Fields, report: Report) {
  return {
    number(key: string, bounds: Bounds): number | null {
      if (fields[key] === undefined) {
        report([], { code: 'document.missingKey', params: { key } })
        return null
      }
      return readNumber(fields[key], bounds, [key], report)
    },
    optionalNumber(key: string, bounds: Bounds): number | null {
      const value = fields[key]
      return value === undefined || value === null ? null : readNumber(value, bounds, [key], report)
    },
    text(key: string): string {
      const value = fields[key]
      if (typeof value === 'string') return value
      const code = value === undefined ? 'document.missingKey' : 'workload.notText'
      report(value === undefined ? [] : [key], { code, params: { key, found: shown(value) } })
      return ''
    },
  }
}

function readOutlets(fields: Fields, report: Report): number[] {
  const outlets = fields['outletsKw']
  if (!Array.isArray(outlets) || outlets.length === 0) {
    report(outlets === undefined ? [] : ['outletsKw'], { code: 'workload.noOutlets', params: {} })
    return []
  }
  return outlets.map((value, at) => readNumber(value, { above: 0 }, ['outletsKw', at], report) ?? Number.NaN)
}

function readStart(fields: Fields, report: Report): string {
  const start = fieldReader(fields, report).text('start')
  const dated = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(start)
  if (start !== '' && !(dated && Number.isFinite(Date.parse(start)))) {
    report(['start'], { code: 'workload.badStart', params: { text: start } })
  }
  return start
}

function readFields(fields: Fields, report: Report): Workload {
  const read = fieldReader(fields, report)
  const version = read.optionalNumber('version', {})
  if (version !== null && version !== 1) report(['version'], { code: 'workload.version', params: { version } })
  const outlets_kW = readOutlets(fields, report)
  const horizon_min = read.number('horizonMin', { above: 0 }) ?? Number.POSITIVE_INFINITY
  return {
    name: read.text('name'),
    seed: read.optionalNumber('seed', {}),
    start: readStart(fields, report),
    duration_s: horizon_min * SECONDS_PER_MINUTE,
    outlets_kW,
    transition_frac: read.number('transitionSoc', { min: 0, max: 1 }) ?? 0,
    efficiency_frac: read.number('efficiency', { above: 0, max: 1 }) ?? 1,
    siteLimit_kW: read.optionalNumber('siteLimitKw', { above: 0 }),
    sessions: readSessions(fields, { outlets: outlets_kW.length, horizon_min }, report),
  }
}

/** A text that stops being JSON, at its end or before. */
export function syntaxProblem(text: string, file: string): Problem {
  const offset = faultOffset(text)
  // A text or key that never ends is a fault at its opening quote; nothing but its end is missing.
  const cut = offset >= text.trimEnd().length || /^"(?:[^"\\]|\\.)*$/s.test(text.slice(offset))
  const detail = shown(text.slice(offset, offset + 20))
  const reason: Coded = cut
    ? { code: 'workload.truncated', params: {} }
    : { code: 'document.syntax', params: { detail } }
  return { severity: 'error', ...reason, at: positionAt(file, text, offset) }
}

/** Collects problems; positions are looked up only for those that are shown. */
class Collector {
  readonly problems: Problem[] = []
  readonly #text: string
  readonly #file: string
  #more = 0

  constructor(text: string, file: string) {
    this.#text = text
    this.#file = file
  }

  readonly report: Report = (path, problem, fix, severity = 'error') => {
    if (this.problems.length >= MAX_PROBLEMS) {
      this.#more++
      return
    }
    const at = positionAt(this.#file, this.#text, offsetOf(this.#text, path))
    const where = path.length === 0 ? {} : { path: pathText(path) }
    this.problems.push({ severity, ...problem, at, ...where, ...(fix === undefined ? {} : { fix }) })
  }

  all(): Problem[] {
    const { problems } = this
    problems.sort((a, b) => (a.at?.line ?? 0) - (b.at?.line ?? 0) || (a.at?.column ?? 0) - (b.at?.column ?? 0))
    if (this.#more === 0) return problems
    const count: Problem = { severity: 'error', code: 'workload.more', params: { count: this.#more } }
    return [...problems, { ...count, at: { file: this.#file, line: 0, column: 0 } }]
  }
}

function pathText(path: JsonPath): string {
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
}

/** Reads and checks the text of a workload file: the workload, or everything that is wrong with it. */
export function readWorkload(text: string, file: string): Checked<Workload> {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch {
    return { ok: false, problems: [syntaxProblem(text, file)] }
  }
  const collector = new Collector(text, file)
  if (typeof document !== 'object' || document === null || Array.isArray(document)) {
    collector.report([], { code: 'workload.notObject', params: { found: shown(document) } })
    return { ok: false, problems: collector.all() }
  }
  const value = readFields(document as Fields, collector.report)
  const problems = collector.all()
  const bad = problems.some(({ severity }) => severity === 'error')
  return bad ? { ok: false, problems } : { ok: true, value, warnings: problems }
}
