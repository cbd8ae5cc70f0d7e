import type { TokenRecord } from './ports.ts'
import { tokenKey } from './recognition.ts'

/** Answers to who wants to charge; each version has its own spelling of them. */
export type TokenStatus = 'accepted' | 'blocked' | 'expired' | 'unknown' | 'concurrent'

/** What is known of a token that was shown. */
export interface Judgement {
  readonly status: TokenStatus
  readonly group: string | null
  readonly expires_ms: number | null
  readonly vehicle: string | null
}

/** Whether tokens nobody has entered may charge. */
export type UnknownTokens = 'refuse' | 'accept'

/** A further source of tokens, asked when nobody has entered one: null when it does not know it either. */
export type TokenSource = (idToken: string, type: string | null) => TokenRecord | null

/** Who may charge. */
export class Tokens {
  readonly #byKey = new Map<string, TokenRecord>()
  readonly #source: TokenSource
  unknown: UnknownTokens

  constructor(tokens: readonly TokenRecord[], unknown: UnknownTokens, source: TokenSource = () => null) {
    this.unknown = unknown
    this.#source = source
    for (const token of tokens) this.put(token)
  }

  all(): readonly TokenRecord[] {
    return [...this.#byKey.values()]
  }

  find(idToken: string, type: string | null = null): TokenRecord | null {
    return this.#byKey.get(tokenKey(idToken, type)) ?? this.#source(idToken, type)
  }

  put(token: TokenRecord): void {
    this.#byKey.set(tokenKey(token.idToken, token.type), token)
  }

  /** False: there was none. */
  remove(idToken: string, type: string | null = null): boolean {
    return this.#byKey.delete(tokenKey(idToken, type))
  }

  judge(idToken: string, type: string | null, now_ms: number): Judgement {
    const token = this.find(idToken, type)
    if (!token) {
      const status = this.unknown === 'accept' ? 'accepted' : 'unknown'
      return { status, group: null, expires_ms: null, vehicle: null }
    }
    const isOver = token.expires_ms !== null && token.expires_ms <= now_ms
    const status = token.status === 'accepted' && isOver ? 'expired' : token.status
    return { status, group: token.group, expires_ms: token.expires_ms, vehicle: token.vehicle }
  }
}
