import { type Coded, say } from '../../base/words/index.ts'
import { type RpcErrorCode, spell } from './error-codes.ts'
import { inspectJson, isJsonObject, type Json, type JsonObject, parseJson } from './json.ts'
import type { OcppVersion } from './version.ts'

/** OCPP-J, part 4, table "Message types"; 5 and 6 are new in 2.1. */
export const messageType = { call: 2, result: 3, error: 4, resultError: 5, send: 6 } as const

/** Id of an answer to a message whose own cannot be read (part 4, 4.2.3). */
export const UNREADABLE_ID = '-1'
const LONGEST_ID = 36
/** An id beyond what is allowed is given back all the same, so that its sender finds the call; not without end. */
const LONGEST_ECHO = 255
const LONGEST_DESCRIPTION = 255

interface Request {
  readonly id: string
  readonly action: string
  readonly payload: JsonObject
}

interface Failure {
  readonly id: string
  readonly code: string
  readonly description: string
  readonly details: Json
}

export type Frame =
  | ({ readonly kind: 'call' } & Request)
  | ({ readonly kind: 'send' } & Request)
  | { readonly kind: 'result'; readonly id: string; readonly payload: JsonObject }
  | ({ readonly kind: 'error' } & Failure)
  | ({ readonly kind: 'resultError' } & Failure)
  | BadFrame

/** A message that is none. `id` is what to answer under; null: it is not answered, because it is itself an answer. */
export interface BadFrame {
  readonly kind: 'bad'
  readonly id: string | null
  readonly error: RpcErrorCode
  readonly because: Coded
}

const bad = (id: string | null, error: RpcErrorCode, because: Coded): BadFrame => ({ kind: 'bad', id, error, because })

/** Id to answer under when the message around it is wrong. */
function echo(id: Json | undefined): string {
  return typeof id === 'string' && id.length > 0 && id.length <= LONGEST_ECHO ? id : UNREADABLE_ID
}

function idProblem(id: Json | undefined): Coded | null {
  if (typeof id !== 'string' || id === '') return { code: 'ocpp.frame.id', params: {} }
  return id.length > LONGEST_ID ? { code: 'ocpp.frame.idLong', params: { most: LONGEST_ID, found: id.length } } : null
}

const isType = (type: Json | undefined, version: OcppVersion): boolean =>
  type === 2 || type === 3 || type === 4 || (version === '2.1' && (type === 5 || type === 6))

/** An object; `null` counts as an empty one (part 4, 4.1.5). */
const payloadOf = (value: Json | undefined): JsonObject | null =>
  value === null ? {} : isJsonObject(value) ? value : null

function readCall(parts: readonly Json[], kind: 'call' | 'send'): Frame {
  const [, id, action, given] = parts
  const answerTo = kind === 'send' ? null : echo(id)
  const wrongId = idProblem(id)
  if (wrongId || typeof id !== 'string') return bad(answerTo, 'RpcFrameworkError', wrongId ?? notArray)
  if (parts.length !== 4) return bad(answerTo, 'RpcFrameworkError', size(4, parts))
  if (typeof action !== 'string') return bad(answerTo, 'RpcFrameworkError', { code: 'ocpp.frame.action', params: {} })
  const payload = payloadOf(given)
  if (!payload) return bad(answerTo, 'FormatViolation', { code: 'ocpp.frame.payload', params: {} })
  return { kind, id, action, payload }
}

const notArray: Coded = { code: 'ocpp.frame.notArray', params: {} }
const size = (expected: number, parts: readonly Json[]): Coded => ({
  code: 'ocpp.frame.size',
  params: { expected, found: parts.length },
})

function readResult(parts: readonly Json[]): Frame {
  const [, id, given] = parts
  const payload = payloadOf(given)
  if (typeof id !== 'string') return bad(null, 'RpcFrameworkError', { code: 'ocpp.frame.id', params: {} })
  if (parts.length !== 3) return bad(null, 'RpcFrameworkError', size(3, parts))
  if (!payload) return bad(null, 'FormatViolation', { code: 'ocpp.frame.payload', params: {} })
  return { kind: 'result', id, payload }
}

/** Lenient in what stands after the code: descriptions and details are for people, and many leave them out. */
function readError(parts: readonly Json[], kind: 'error' | 'resultError'): Frame {
  const [, id, code, description, details] = parts
  if (typeof id !== 'string') return bad(null, 'RpcFrameworkError', { code: 'ocpp.frame.id', params: {} })
  if (typeof code !== 'string') return bad(null, 'RpcFrameworkError', size(5, parts))
  return { kind, id, code, description: typeof description === 'string' ? description : '', details: details ?? {} }
}

function readParts(parts: readonly Json[], version: OcppVersion): Frame {
  const type = parts[0]
  if (typeof type !== 'number') return bad(echo(parts[1]), 'RpcFrameworkError', { code: 'ocpp.frame.type', params: {} })
  // 1.6 says to ignore types it does not know; later versions have an error code for them.
  const because: Coded = { code: 'ocpp.frame.unknownType', params: { type } }
  if (!isType(type, version)) return bad(version === '1.6' ? null : echo(parts[1]), 'MessageTypeNotSupported', because)
  if (type === messageType.call) return readCall(parts, 'call')
  if (type === messageType.send) return readCall(parts, 'send')
  if (type === messageType.result) return readResult(parts)
  return readError(parts, type === messageType.error ? 'error' : 'resultError')
}

/** Reads one text frame. Never throws; what is wrong comes back as a `bad` frame with what to answer. */
export function readFrame(text: string, version: OcppVersion): Frame {
  const value = parseJson(text)
  if (value === undefined) return bad(UNREADABLE_ID, 'RpcFrameworkError', { code: 'ocpp.frame.notJson', params: {} })
  if (!Array.isArray(value)) return bad(UNREADABLE_ID, 'RpcFrameworkError', notArray)
  const frame = readParts(value, version)
  if (frame.kind === 'bad') return frame
  const indecent = inspectJson(value, text)
  if (!indecent) return frame
  return bad(frame.kind === 'call' ? safeId(frame.id) : null, 'FormatViolation', indecent)
}

/** An id that itself holds what is refused is not sent back. */
const safeId = (id: string): string => (inspectJson(id, '\\u') ? UNREADABLE_ID : id)

/** Text of an answer to a call that went well. */
export function resultText(id: string, payload: object): string {
  return `[3,${JSON.stringify(id)},${JSON.stringify(payload)}]`
}

/** Text of a CALL or a SEND. */
export function requestText(type: 2 | 6, id: string, action: string, payload: object): string {
  return `[${type},"${id}","${action}",${JSON.stringify(payload)}]`
}

export interface RpcError {
  readonly error: RpcErrorCode
  readonly description: string
  readonly details?: object
}

/** An error of ours out of a coded reason; what travels is English, and the code for machines. */
export function errorOf(error: RpcErrorCode, because: Coded): RpcError {
  return {
    error,
    description: say(because.code, because.params, 'en'),
    details: { reason: because.code, ...because.params },
  }
}

/** Text of a CALLERROR (4) or, in 2.1, a CALLRESULTERROR (5). */
export function errorText(type: 4 | 5, id: string, given: RpcError, version: OcppVersion): string {
  const description = given.description.slice(0, LONGEST_DESCRIPTION).replace(/[\uD800-\uDBFF]$/, '')
  return JSON.stringify([type, id, spell(given.error, version), description, given.details ?? {}])
}
