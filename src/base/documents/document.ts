import type { z } from 'zod'
import type { Position, Problem } from '../problems/index.ts'
import { type Draft, withoutFindings } from './draft.ts'
import { type Finding, translateIssues } from './issues.ts'
import { formatPath, type Path } from './path.ts'
import { decodeText, Lines } from './text.ts'
import { type Found, type Place, readYaml } from './yaml.ts'

/** So many problems of one document are told; the rest is counted. */
export const MAX_PROBLEMS = 200

/** A document that was read and checked against a schema, with the places of its values. */
export interface OpenedDocument<T, Input> {
  /** The checked value with defaults filled in; null when anything is wrong. */
  readonly value: T | null
  /** What could be read, as it was written and without what is wrong; null when nothing could. */
  readonly draft: Draft<Input> | null
  readonly problems: readonly Problem[]
  /** Position of a value or its key; of the nearest thing around it where the path leads nowhere. */
  locate(path: Path, what?: 'value' | 'key'): Position
}

/**
 * Reads YAML 1.2 or JSON and checks it: size, encoding, syntax, then the schema. All problems come at once, each with
 * line and column. Further checks may go on with `draft` and place their problems by `locate`. `prepare` turns the
 * plain value into the newest form before the schema sees it.
 */
export function openDocument<S extends z.ZodType>(
  schema: S,
  input: string | Uint8Array,
  file: string,
  prepare: (value: unknown) => unknown = (value) => value,
): OpenedDocument<z.output<S>, z.input<S>> {
  const decoded = decodeText(input, file)
  if ('problem' in decoded) return unreadable([decoded.problem], file)
  const lines = new Lines(decoded.text)
  const tree = readYaml(decoded.text)
  const textProblems = tree.found.slice(0, MAX_PROBLEMS).map((found) => textProblem(found, lines, file))
  const untold = tree.found.length - textProblems.length
  if (tree.found.some(({ reason }) => fatal.has(reason.code))) return unreadable(capped(textProblems, untold), file)
  const value = prepare(tree.value)
  const checked = schema.safeParse(value)
  const issues = checked.success ? [] : checked.error.issues
  const findings = translateIssues(schema, value, issues.slice(0, MAX_ISSUES))
  const locator = createLocator(tree.place, lines, file)
  const problems = [...textProblems, ...findings.flatMap((finding) => locator.problems(finding, textProblems))]
  return {
    value: checked.success && problems.length === 0 ? checked.data : null,
    draft: issues.length > MAX_ISSUES ? null : (withoutFindings(value, findings) as Draft<z.input<S>>),
    problems: capped(problems, untold + Math.max(0, issues.length - MAX_ISSUES)),
    locate: locator.locate,
  }
}

/** In a file with more wrong values nothing sensible can be said of the rest. */
const MAX_ISSUES = 2000

/** After these nothing sensible can be said about the values. */
const fatal = new Set(['document.syntax', 'document.tab', 'document.tooDeep', 'document.empty', 'document.aliasBomb'])

function unreadable<T, Input>(problems: readonly Problem[], file: string): OpenedDocument<T, Input> {
  return { value: null, draft: null, problems, locate: () => ({ file, line: 1, column: 1 }) }
}

function textProblem({ offset, reason, fix }: Found, lines: Lines, file: string): Problem {
  const at = { file, ...lines.position(offset) }
  return { severity: 'error', ...reason, at, ...(fix ? { fix } : {}) }
}

function createLocator(root: Place, lines: Lines, file: string) {
  const locate = (path: Path, what: 'value' | 'key' = 'value'): Position => {
    let [place, offset] = [root, root.offset]
    for (const [index, step] of path.entries()) {
      const child = place.children.get(step)
      if (!child) break
      const asKey = what === 'key' || index < path.length - 1
      offset = asKey && child.keyOffset !== null ? child.keyOffset : child.place.offset
      place = child.place
    }
    return { file, ...lines.position(offset) }
  }
  /** A value that could not be read at all is not also told as a wrong one. */
  const problems = (finding: Finding, told: readonly Problem[]): readonly Problem[] => {
    const { path, pointsAt, reason, fix } = finding
    const target = pointsAt === 'parent' ? path.slice(0, -1) : path
    const at = locate(target, pointsAt === 'value' ? 'value' : 'key')
    const echo = told.some((other) => other.at?.line === at.line && other.at.column === at.column)
    if (echo && pointsAt === 'value') return []
    return [{ severity: 'error', ...reason, at, path: formatPath(target), ...(fix ? { fix } : {}) }]
  }
  return { locate, problems }
}

/** Problems in the order of the file. */
export function sorted(problems: readonly Problem[]): readonly Problem[] {
  const rank = ({ at }: Problem): number => (at ? at.line * 1e6 + at.column : Number.MAX_VALUE)
  return [...problems].sort((a, b) => rank(a) - rank(b))
}

/** The first problems in the order of the file; the others, and those never looked at, are counted. */
function capped(problems: readonly Problem[], untold: number): readonly Problem[] {
  const shown = sorted(problems).slice(0, MAX_PROBLEMS)
  const count = untold + problems.length - shown.length
  return count === 0 ? shown : [...shown, { severity: 'error', code: 'document.more', params: { count } }]
}
