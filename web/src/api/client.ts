import type { Code, Parameters } from '../../../src/base/words/index.ts'

/** The server says no, or says nothing. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  /** 0: it cannot be reached. */
  readonly status: number
  readonly code: string
  readonly params: Parameters

  constructor(status: number, code: string, params: Parameters = {}) {
    super(code)
    this.status = status
    this.code = code
    this.params = params
  }
}

/** Whether the server says that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.status === 401
}

interface ProblemJson {
  readonly code?: string
  readonly params?: Parameters
}

async function problemOf(response: Response): Promise<ApiError> {
  const body: ProblemJson = await response.json().catch(() => ({}))
  return new ApiError(
    response.status,
    body.code ?? ('web.api.status' satisfies Code),
    body.params ?? { status: response.status },
  )
}

const LONGEST_ms = 15_000

async function ask(method: string, path: string, body?: unknown): Promise<Response> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
  let response: Response
  try {
    response = await fetch(`api/${path}`, { method, ...sent, signal: AbortSignal.timeout(LONGEST_ms) })
  } catch {
    throw new ApiError(0, 'web.api.gone' satisfies Code)
  }
  if (!response.ok) throw await problemOf(response)
  return response
}

/** Reads a resource. Errors are `ApiError`. */
export async function get<T>(path: string): Promise<T> {
  const response = await ask('GET', path)
  return (await response.json()) as T
}

/** Sends what is to be done; an answer without content is null. */
export async function post<T>(path: string, body: unknown = {}): Promise<T | null> {
  const response = await ask('POST', path, body)
  return response.status === 204 ? null : ((await response.json()) as T)
}
