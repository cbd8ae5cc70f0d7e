import type { Coded } from '../../../base/words/index.ts'
import type {
  AlarmRecord,
  Command,
  CommandOutcome,
  ReservationRecord,
  StationView,
  TokenRecord,
  TransactionRecord,
} from '../../../live/operate/index.ts'
import type { HubNow, SiteLimited, SiteNow, Why } from '../hub-view.ts'

export type { EvseNow, HubNow, SiteNow, Why } from '../hub-view.ts'

/** What came of a request. */
export type Reply<T> =
  | { readonly ok: true; readonly value: T }
  /** The server said no; `code` and `params` as it told them. */
  | { readonly ok: false; readonly status: number; readonly code: string; readonly params: Coded['params'] }
  /** No server answered. */
  | { readonly ok: false; readonly status: 0; readonly detail: string }

export type ShownStation = Omit<StationView, 'passwordHash'> & { readonly hasPassword: boolean }

/** One event of the stream. */
export interface StreamEvent {
  readonly event: string
  readonly data: unknown
}

export interface ClientOptions {
  /** Where the server listens, e.g. `http://localhost:8180`. */
  readonly url: string
  readonly token: string
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** A typed client of the API; runs wherever there is `fetch`. Nothing of it throws. */
export class Client {
  readonly #url: string
  readonly #headers: Record<string, string>

  constructor({ url, token }: ClientOptions) {
    this.#url = `${url.replace(/\/+$/, '')}/api`
    this.#headers = { authorization: `Bearer ${token}` }
  }

  site = (): Promise<Reply<SiteNow>> => this.#get('/site')
  hub = (): Promise<Reply<HubNow>> => this.#get('/hub')
  stations = (): Promise<Reply<readonly ShownStation[]>> => this.#get('/stations')
  transactions = (query: Query = {}): Promise<Reply<readonly TransactionRecord[]>> => this.#get('/transactions', query)
  reservations = (): Promise<Reply<readonly ReservationRecord[]>> => this.#get('/reservations')
  alarms = (query: Query = {}): Promise<Reply<readonly AlarmRecord[]>> => this.#get('/alarms', query)
  tokens = (): Promise<Reply<readonly TokenRecord[]>> => this.#get('/tokens')
  decisionRuns = (): Promise<Reply<readonly { readonly id: string; readonly started_ms: number }[]>> =>
    this.#get('/decisions')
  backup = (): Promise<Reply<{ readonly file: string }>> => this.#send('POST', '/backup')

  why(stationId: string, evse: number): Promise<Reply<readonly Why[]>> {
    return this.#get(`/evses/${encodeURIComponent(stationId)}/${evse}/why`)
  }

  setLimit(wish: { limit_kW: number; from_ms: number | null; confirm: string }): Promise<Reply<SiteLimited>> {
    return this.#send('POST', '/site/limit', wish)
  }

  command(command: Command): Promise<Reply<{ readonly outcome: CommandOutcome }>> {
    return this.#send('POST', '/commands', { command })
  }

  decide(stationId: string, verdict: 'accept' | 'reject'): Promise<Reply<null>> {
    return this.#send('POST', `/stations/${encodeURIComponent(stationId)}/${verdict}`)
  }

  forget(stationId: string): Promise<Reply<null>> {
    return this.#send('DELETE', `/stations/${encodeURIComponent(stationId)}`)
  }

  password(stationId: string): Promise<Reply<{ readonly password: string }>> {
    return this.#send('POST', `/stations/${encodeURIComponent(stationId)}/password`)
  }

  putToken(token: Partial<TokenRecord> & { readonly idToken: string }): Promise<Reply<null>> {
    return this.#send('POST', '/tokens', token)
  }

  removeToken(idToken: string): Promise<Reply<null>> {
    return this.#send('DELETE', `/tokens/${encodeURIComponent(idToken)}`)
  }

  acknowledge(id: string): Promise<Reply<AlarmRecord>> {
    return this.#send('POST', `/alarms/${encodeURIComponent(id)}/acknowledge`)
  }

  /** The decision log of a run as text. */
  decisions(run: string): Promise<Reply<string>> {
    return this.#ask(`/decisions/${encodeURIComponent(run)}`, {}, (response) => response.text())
  }

  /** Hears what happens until `signal` ends it or the line breaks; the answer is why. */
  async listen(signal: AbortSignal, hear: (event: StreamEvent) => void): Promise<Reply<null>> {
    return this.#ask('/events', { signal }, async ({ body }) => {
      let text = ''
      const decoder = new TextDecoder()
      for await (const piece of body ?? []) {
        text += decoder.decode(piece as Uint8Array, { stream: true })
        const blocks = text.split('\n\n')
        text = blocks.pop() ?? ''
        for (const block of blocks) hear(eventOf(block))
      }
      return null
    })
  }

  #get<T>(path: string, query: Query = {}): Promise<Reply<T>> {
    const search = new URLSearchParams()
    for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value))
    return this.#ask(`${path}?${search}`, {}, (response) => response.json() as Promise<T>)
  }

  #send<T>(method: 'POST' | 'DELETE', path: string, body?: unknown): Promise<Reply<T>> {
    const headers = { 'content-type': 'application/json' }
    const init = { method, ...(body === undefined ? {} : { headers, body: JSON.stringify(body) }) }
    return this.#ask(path, init, async (response) => (response.status === 204 ? null : await response.json()) as T)
  }

  async #ask<T>(path: string, init: RequestInit, read: (response: Response) => Promise<T>): Promise<Reply<T>> {
    try {
      const headers = { ...this.#headers, ...(init.headers as Record<string, string> | undefined) }
      const response = await fetch(`${this.#url}${path}`, { ...init, headers })
      if (response.ok) return { ok: true, value: await read(response) }
      const { code = 'api.failed', params = {} } = (await response.json().catch(() => ({}))) as Partial<Coded>
      return { ok: false, status: response.status, code, params }
    } catch (error) {
      return { ok: false, status: 0, detail: detailOf(error) }
    }
  }
}

/** `fetch` hides what happened in the cause. */
function detailOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  return code || (cause instanceof Error ? cause.message : String(cause))
}

function eventOf(block: string): StreamEvent {
  const lines = block.split('\n')
  const field = (name: string): string =>
    lines
      .filter((line) => line.startsWith(`${name}:`))
      .map((line) => line.slice(name.length + 1).trimStart())
      .join('\n')
  const data = field('data')
  return { event: field('event') || 'message', data: data === '' ? null : (JSON.parse(data) as unknown) }
}
