import type { z } from 'zod'
import { type Coded, closest } from '../words/index.ts'
import { allowedValues, formOf, inside, keysOf, schemaAt, unwrap } from './describe.ts'
import { wrongNumber } from './numbers.ts'
import { formatPath, type Path } from './path.ts'
import { clip, snippet } from './snippet.ts'

/** What is wrong with one value of a document. */
export interface Finding {
  readonly reason: Coded
  readonly fix?: Coded
  readonly path: Path
  /** What the place points at: the value, its key, or the group that lacks it. */
  readonly pointsAt: 'value' | 'key' | 'parent'
}

type Issue = z.core.$ZodIssue

/** Names of allowed things shown at most in a fix. */
const MAX_SHOWN = 16

/** Findings of a failed check, in our codes. `value` is the whole document that was checked. */
export function translateIssues(schema: z.ZodType, value: unknown, issues: readonly Issue[]): readonly Finding[] {
  return withoutEchoes(issues.flatMap((issue) => translate(issue, { schema, value })))
}

/** A key that was mistyped is not also told as missing. */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const meant = new Set<string>()
  for (const { reason, fix, path } of findings) {
    if (reason.code !== 'document.unknownKey' || fix?.code !== 'document.fix.didYouMean') continue
    meant.add(formatPath([...path.slice(0, -1), String(fix.params['candidate'])]))
  }
  return findings.filter(({ reason, path }) => reason.code !== 'document.missingKey' || !meant.has(formatPath(path)))
}

interface Context {
  readonly schema: z.ZodType
  readonly value: unknown
}

/** A place in the document that was checked. */
interface Place extends Context {
  readonly path: Path
}

function schemaOf({ schema, path, value }: Place): z.core.$ZodType | null {
  return schemaAt(schema, path, value)
}

function translate(issue: Issue, context: Context): readonly Finding[] {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(key, path, context))
    case 'invalid_union':
      if (issue.errors.length === 0) return [wrongForm(issue, path, context)]
      return bestBranch(issue).flatMap((inner) => translate(prefixed(inner, issue.path), context))
    case 'invalid_key':
      return [{ ...badKey(issue, path, context), path, pointsAt: 'key' }]
    default:
      return [single(issue, path, context)]
  }
}

function single(issue: Issue, path: Path, context: Context): Finding {
  const given = valueAt(context.value, path)
  if (given === undefined && issue.code !== 'custom') return missingKey(path, context)
  return { ...explain(issue, given, { ...context, path }), path, pointsAt: 'value' }
}

type Explained = Pick<Finding, 'reason' | 'fix'>

/** The key that tells forms apart is missing, or says none of them. */
function wrongForm(issue: z.core.$ZodIssueInvalidUnion, path: Path, { value }: Context): Finding {
  const allowed = 'options' in issue && Array.isArray(issue.options) ? issue.options.map(String) : []
  const given = valueAt(value, path)
  if (given === undefined) {
    const reason: Coded = { code: 'document.missingKey', params: { key: String(path.at(-1) ?? '') } }
    return { reason, fix: { code: 'document.fix.oneOf', params: { allowed } }, path, pointsAt: 'parent' }
  }
  const reason: Coded = { code: 'document.notOneOf', params: { found: snippet(given) } }
  return { reason, fix: suggestion(String(given), allowed), path, pointsAt: 'value' }
}

function explain(issue: Issue, given: unknown, context: Place): Explained {
  switch (issue.code) {
    case 'invalid_type':
      return wrongType(issue.expected, given, schemaOf(context))
    case 'invalid_value':
      return notOneOf(given, schemaOf(context))
    case 'too_small':
      return tooSmall(issue, given)
    case 'too_big':
      return tooBig(issue, given)
    case 'invalid_format':
      return { reason: codeOfSchema(context, given) ?? invalid(issue.message) }
    case 'custom':
      return customReason(issue) ?? { reason: invalid(issue.message) }
    default:
      return { reason: invalid(issue.message) }
  }
}

function invalid(detail: string): Coded {
  return { code: 'document.invalid', params: { detail } }
}

function wrongType(expected: string, given: unknown, schema: z.core.$ZodType | null): Explained {
  const params = { found: snippet(given) }
  switch (expected) {
    case 'number':
    case 'int':
      return wrongNumber(given, schema, expected === 'int')
    case 'string': {
      const reason: Coded = { code: 'document.notText', params }
      const plain = typeof given === 'number' || typeof given === 'boolean'
      return plain ? { reason, fix: { code: 'document.fix.quote', params: { text: String(given) } } } : { reason }
    }
    case 'boolean':
      return { reason: { code: 'document.notTruth', params } }
    case 'array':
    case 'tuple':
      return { reason: { code: 'document.notList', params } }
    default:
      return { reason: { code: 'document.notGroup', params } }
  }
}

function notOneOf(given: unknown, schema: z.core.$ZodType | null): Explained {
  const allowed = schema ? allowedValues(schema).map(String) : []
  const reason: Coded = { code: 'document.notOneOf', params: { found: snippet(given) } }
  return { reason, fix: suggestion(String(given), allowed) }
}

/** What to write instead of a word that is none of the allowed ones. */
export function suggestion(word: string, allowed: readonly string[]): Coded {
  const candidate = closest(word, allowed)
  if (candidate !== null) return { code: 'document.fix.didYouMean', params: { candidate } }
  return { code: 'document.fix.oneOf', params: { allowed: shown(allowed) } }
}

function shown(names: readonly string[]): readonly string[] {
  return names.length > MAX_SHOWN ? [...names.slice(0, MAX_SHOWN), '...'] : names
}

function tooSmall(issue: z.core.$ZodIssueTooSmall, given: unknown): Explained {
  const min = Number(issue.minimum)
  if (Array.isArray(given)) return { reason: { code: 'document.tooFew', params: { count: given.length, min } } }
  if (typeof given === 'string') return { reason: { code: 'document.textTooShort', params: { min } } }
  const code = issue.inclusive === false ? 'document.notAbove' : 'document.tooSmall'
  return { reason: { code, params: { value: Number(given), min } } }
}

function tooBig(issue: z.core.$ZodIssueTooBig, given: unknown): Explained {
  const max = Number(issue.maximum)
  if (Array.isArray(given)) return { reason: { code: 'document.tooMany', params: { count: given.length, max } } }
  if (typeof given === 'string') {
    return { reason: { code: 'document.textTooLong', params: { count: given.length, max } } }
  }
  return { reason: { code: 'document.tooBig', params: { value: Number(given), max } } }
}

/** A text schema says in its meta (`problem`) which code stands for a text of the wrong form. */
function codeOfSchema(place: Place, given: unknown): Coded | null {
  const at = schemaOf(place)
  const code = at ? unwrap(at).meta['problem'] : undefined
  return typeof code === 'string' && isFormCode(code) ? { code, params: { found: snippet(given) } } : null
}

const formCodes = ['document.notAnId', 'document.notADate', 'document.notOneLine'] as const
type FormCode = (typeof formCodes)[number]

function isFormCode(code: string): code is FormCode {
  return formCodes.some((known) => known === code)
}

/** A refinement hands its reason over in `params`: `{reason, fix?}`. */
function customReason(issue: z.core.$ZodIssueCustom): Explained | null {
  const { reason, fix } = (issue.params ?? {}) as Partial<Explained>
  return reason ? { reason, ...(fix ? { fix } : {}) } : null
}

function badKey(issue: z.core.$ZodIssueInvalidKey, path: Path, context: Context): Explained {
  const key = String(path.at(-1) ?? '')
  const [inner] = issue.issues
  if (inner?.code === 'invalid_format') return { reason: { code: 'document.notAnId', params: { found: snippet(key) } } }
  const parent = schemaOf({ ...context, path: path.slice(0, -1) })
  return unknown(key, parent ? keysOf(parent) : [])
}

function unknownKey(key: string, path: Path, context: Context): Finding {
  const schema = schemaOf({ ...context, path })
  const parent = schema && formOf(schema, valueAt(context.value, path))
  return { ...unknown(key, parent ? keysOf(parent) : []), path: [...path, key], pointsAt: 'key' }
}

function unknown(key: string, allowed: readonly string[]): Explained {
  const candidate = closest(key, allowed)
  const fix: Coded =
    candidate === null
      ? { code: 'document.fix.keys', params: { keys: shown(allowed) } }
      : { code: 'document.fix.didYouMean', params: { candidate } }
  return { reason: { code: 'document.unknownKey', params: { key: clip(key) } }, fix }
}

function missingKey(path: Path, context: Context): Finding {
  const key = String(path.at(-1) ?? '')
  const at = schemaOf({ ...context, path })
  const examples = at ? unwrap(at).meta['examples'] : undefined
  const example = Array.isArray(examples) ? String(examples[0]) : null
  const fix: Coded =
    example === null
      ? { code: 'document.fix.addKey', params: { key } }
      : { code: 'document.fix.add', params: { key, example } }
  return { reason: { code: 'document.missingKey', params: { key } }, fix, path, pointsAt: 'parent' }
}

/** Of several allowed forms the one that was most likely meant: its root fits and the least is wrong. */
function bestBranch(issue: z.core.$ZodIssueInvalidUnion): readonly Issue[] {
  const weight = (branch: readonly Issue[]): number =>
    branch.length + (branch.some(({ path, code }) => path.length === 0 && code === 'invalid_type') ? 1000 : 0)
  return [...issue.errors].sort((a, b) => weight(a) - weight(b))[0] ?? []
}

function prefixed(issue: Issue, path: readonly PropertyKey[]): Issue {
  return { ...issue, path: [...path, ...issue.path] }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(inside, value)
}
