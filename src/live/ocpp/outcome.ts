import type { Coded } from '../../base/words/index.ts'
import type { RpcErrorCode } from './error-codes.ts'
import type { Json, JsonObject } from './json.ts'
import type { SchemaProblem } from './schemas.ts'

/** How a CALL of ours ended. */
export type CallOutcome =
  | { readonly kind: 'result'; readonly payload: JsonObject }
  /** `code` as the peer spelled it; `error` the same in our list, null when it is in none. */
  | {
      readonly kind: 'error'
      readonly code: string
      readonly error: RpcErrorCode | null
      readonly description: string
      readonly details: Json
    }
  /** No answer in time. The peer may have done it all the same. */
  | { readonly kind: 'timeout'; readonly after_ms: number }
  /** The connection went before an answer came. The peer may have done it all the same. */
  | { readonly kind: 'closed' }
  /** Too many calls wait for this peer already; this one was not sent. */
  | { readonly kind: 'busy'; readonly most: number }
  /** The request broke its schema and was not sent (`ours`), or the answer broke its own (`theirs`). */
  | {
      readonly kind: 'invalid'
      readonly whose: 'ours' | 'theirs'
      readonly problems: readonly (Coded | SchemaProblem)[]
    }

/** What a handler answers to a CALL: a payload, or an error that is spelled per version on the wire. */
export type Answer =
  | { readonly payload: object }
  | { readonly error: RpcErrorCode; readonly description: string; readonly details?: object }
