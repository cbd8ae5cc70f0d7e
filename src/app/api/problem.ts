import type { Context } from 'hono'
import { type Code, type Coded, type Language, languages, type Parameters, say } from '../../base/words/index.ts'

export type RefusalStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503

/** A request that is not answered as asked; becomes problem+json (RFC 9457). */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: RefusalStatus
  readonly reason: Coded
  /** Parts of the request that are wrong. */
  readonly fields: readonly Field[]

  constructor(status: RefusalStatus, reason: Coded, fields: readonly Field[] = []) {
    super(reason.code)
    this.status = status
    this.reason = reason
    this.fields = fields
  }
}

export interface Field {
  readonly path: string
  readonly says: string
}

export function refusal(status: RefusalStatus, code: Code, params: Parameters = {}): Refusal {
  return new Refusal(status, { code, params })
}

/** Language of the answer's sentence, from `Accept-Language`. */
function languageOf(context: Context): Language {
  const wanted = (context.req.header('accept-language') ?? '').toLowerCase()
  return languages.find((language) => wanted.startsWith(language)) ?? 'en'
}

/** The answer to a refused request. */
export function problemJson(context: Context, { status, reason, fields }: Refusal): Response {
  const { code, params } = reason
  const body = {
    type: 'about:blank',
    status,
    code,
    params,
    title: say(code, params, languageOf(context)),
    ...(fields.length > 0 ? { fields } : {}),
  }
  return context.body(JSON.stringify(body), status, { 'content-type': 'application/problem+json' })
}
