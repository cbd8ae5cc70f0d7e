import { getConnInfo } from '@hono/node-server/conninfo'
import type { Context, MiddlewareHandler } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { z } from 'zod'
import type { AccessRecord } from '../../io/store/index.ts'
import type { ApiParts } from './parts.ts'
import { refusal } from './problem.ts'
import { ACCESS, type Route, route } from './route.ts'

const COOKIE = 'anyplug'
const SESSION_ms = 30 * 86_400_000
/** Failed attempts an address has, and how fast they come back. */
const ATTEMPTS = 10
const ATTEMPT_BACK_ms = 6000
const MOST_ADDRESSES = 10_000
const MAX_SECRET = 200

/** Counts failed attempts by address. Wall time: the clock of a hub may run fast. */
class Attempts {
  readonly #left = new Map<string, { count: number; at_ms: number }>()

  isTooMany(address: string): boolean {
    return this.#of(address) < 1
  }

  failed(address: string): void {
    if (this.#left.size >= MOST_ADDRESSES) this.#left.clear()
    this.#left.set(address, { count: this.#of(address) - 1, at_ms: Date.now() })
  }

  #of(address: string): number {
    const known = this.#left.get(address)
    if (!known) return ATTEMPTS
    return Math.min(ATTEMPTS, known.count + (Date.now() - known.at_ms) / ATTEMPT_BACK_ms)
  }
}

function addressOf(context: Context): string {
  try {
    return getConnInfo(context).remote.address ?? ''
  } catch {
    return ''
  }
}

function secretOf(context: Context): string | null {
  const bearer = /^Bearer (\S+)$/i.exec(context.req.header('authorization') ?? '')?.[1]
  return bearer ?? getCookie(context, COOKIE) ?? null
}

/** Lets in whoever has a session or a token; open routes let anybody in. Secrets expire by the clock of the wall. */
export function guard({ store }: ApiParts, isOpen: (method: string, path: string) => boolean): MiddlewareHandler {
  const attempts = new Attempts()
  return async (context, next) => {
    if (isOpen(context.req.method, context.req.path)) return next()
    const address = addressOf(context)
    const secret = secretOf(context)
    if (secret === null) throw refusal(401, 'api.signIn')
    if (attempts.isTooMany(address)) throw refusal(429, 'api.tooMany')
    const access = secret.length <= MAX_SECRET ? store.access.find(secret, Date.now()) : null
    if (access === null || access.kind === 'link') {
      attempts.failed(address)
      throw refusal(401, 'api.signIn')
    }
    context.set(ACCESS as never, access as never)
    return next()
  }
}

const who = z.object({ id: z.string(), name: z.string(), kind: z.enum(['link', 'session', 'token']) })

/** Signing in and out, and tokens of programs. */
export function accessRoutes(): Route[] {
  const attempts = new Attempts()
  return [
    route('post /login', {
      ...{ summary: 'Uses the one-time link up and opens a session', tag: 'access', isOpen: true },
      body: z.object({ token: z.string().min(1).max(MAX_SECRET) }),
      handle: ({ body, context }, { store }) => {
        const address = addressOf(context)
        if (attempts.isTooMany(address)) throw refusal(429, 'api.tooMany')
        const now_ms = Date.now()
        const access = store.access.find(body.token, now_ms)
        const isToken = access?.kind === 'token'
        if (!isToken && !store.access.use(body.token, now_ms)) {
          attempts.failed(address)
          throw refusal(401, 'api.linkUsed')
        }
        const secret = store.access.make('session', access?.name ?? 'admin', now_ms, now_ms + SESSION_ms)
        const secure = new URL(context.req.url).protocol === 'https:'
        setCookie(context, COOKIE, secret, {
          ...{ httpOnly: true, sameSite: 'Strict', path: '/', secure },
          maxAge: SESSION_ms / 1000,
        })
        return null
      },
    }),
    route('post /logout', {
      ...{ summary: 'Ends the session', tag: 'access' },
      handle: ({ context }, { store }) => {
        const secret = secretOf(context)
        if (secret !== null) store.access.removeSecret(secret)
        deleteCookie(context, COOKIE, { path: '/' })
        return null
      },
    }),
  ]
}

/** Who asks, and who else may. */
export const whoRoutes: readonly Route[] = [
  route('get /me', {
    ...{ summary: 'Who asks', tag: 'access', answer: who },
    handle: ({ context }) => {
      const { id, name, kind } = context.get(ACCESS as never) as AccessRecord
      return { id, name, kind }
    },
  }),
  route('get /access', {
    ...{ summary: 'Sessions, tokens and links that can be used', tag: 'access', answer: z.array(who.loose()) },
    handle: (_, { store }) => store.access.all(Date.now()),
  }),
  route('post /access', {
    ...{ summary: 'Makes a token for a program; it is shown once', tag: 'access' },
    body: z.object({
      name: z.string().min(1).max(80),
      days: z.number().int().positive().max(3650).nullable().default(null),
    }),
    answer: z.object({ token: z.string() }),
    handle: ({ body: { name, days } }, { store }) => {
      const now_ms = Date.now()
      return { token: store.access.make('token', name, now_ms, days === null ? null : now_ms + days * 86_400_000) }
    },
  }),
  route('delete /access/{id}', {
    ...{ summary: 'Takes a session or token away', tag: 'access', params: z.object({ id: z.string() }) },
    handle: ({ params }, { store }) => {
      if (!store.access.remove(params.id)) throw refusal(404, 'api.notFound')
      return null
    },
  }),
]
