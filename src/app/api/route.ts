import type { Context, Hono } from 'hono'
import { z } from 'zod'
import type { AccessRecord } from '../../io/store/index.ts'
import type { ApiParts } from './parts.ts'
import { Refusal, refusal } from './problem.ts'

/** What a handler gets of a request; everything checked. */
export interface Request<Params, Query, Body> {
  readonly params: Params
  readonly query: Query
  readonly body: Body
  /** Who asks, e.g. for the log of commands. */
  readonly by: string
  readonly context: Context
}

/** A route as data: mounted, described in OpenAPI and walked by the tests. */
export interface Route {
  readonly method: 'get' | 'post' | 'delete'
  /** In the form of OpenAPI, below `/api`: `/stations/{stationId}`. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  /** Anybody may ask; else a session or token is needed. */
  readonly isOpen: boolean
  readonly params: z.ZodObject
  readonly query: z.ZodObject
  readonly body: z.ZodType | null
  /** null: no content. */
  readonly answer: z.ZodType | null
  /** Another type than JSON: the handler answers a Response. */
  readonly contentType: string | null
  readonly handle: (request: Request<never, never, never>, parts: ApiParts) => unknown
}

interface Described<P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> {
  readonly summary: string
  readonly tag: string
  readonly isOpen?: boolean
  readonly params?: P
  readonly query?: Q
  readonly body?: B
  readonly answer?: z.ZodType
  readonly contentType?: string
  readonly handle: (request: Request<z.output<P>, z.output<Q>, z.output<B>>, parts: ApiParts) => unknown
}

const nothing = z.object({})

/** Declares a route: `route('get /stations/{stationId}', {...})`. */
export function route<
  P extends z.ZodObject = typeof nothing,
  Q extends z.ZodObject = typeof nothing,
  B extends z.ZodType = z.ZodUndefined,
>(
  name: `${Route['method']} /${string}`,
  { isOpen = false, params, query, body, answer, contentType, handle, ...told }: Described<P, Q, B>,
): Route {
  const [method, path] = name.split(' ') as [Route['method'], string]
  return {
    ...{ method, path, isOpen, ...told },
    params: params ?? nothing,
    query: query ?? nothing,
    body: body ?? null,
    answer: answer ?? null,
    contentType: contentType ?? null,
    handle,
  }
}

type Where = 'path' | 'query' | 'body'

function checked<T extends z.ZodType>(schema: T, value: unknown, where: Where): z.output<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const fields = result.error.issues.map(({ path, message }) => ({ path: [where, ...path].join('.'), says: message }))
  throw new Refusal(
    where === 'path' ? 404 : 422,
    { code: 'api.fields', params: { fields: fields.map(({ path }) => path) } },
    fields,
  )
}

/** JSON only: a form of another page cannot send that without being asked first. */
async function bodyOf(context: Context, schema: z.ZodType): Promise<unknown> {
  const type = context.req.header('content-type') ?? ''
  if (!/^application\/json\b/i.test(type)) throw refusal(415, 'api.json')
  let value: unknown
  try {
    value = await context.req.json()
  } catch {
    throw refusal(400, 'api.notJson')
  }
  return checked(schema, value, 'body')
}

/** Who asks; the check of access leaves it here. */
export const ACCESS = 'access'

/** Mounts a route. */
export function mount(app: Hono, parts: ApiParts, { method, path, params, query, body, handle }: Route): void {
  app.on(method.toUpperCase(), `/api${path.replace(/\{(\w+)\}/g, ':$1')}`, async (context) => {
    const access = context.get(ACCESS as never) as AccessRecord | undefined
    const request = {
      params: checked(params, context.req.param(), 'path'),
      query: checked(query, context.req.query(), 'query'),
      body: body ? await bodyOf(context, body) : undefined,
      by: access?.name ?? '',
      context,
    }
    const answer = await handle(request as Request<never, never, never>, parts)
    if (answer instanceof Response) return answer
    return answer === undefined || answer === null ? context.body(null, 204) : context.json(answer)
  })
}
