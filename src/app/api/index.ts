import { relative } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { matchedRoutes } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import { z } from 'zod'
import { invariant } from '../../base/problems/index.ts'
import type { AccessRecord } from '../../io/store/index.ts'
import { accessRoutes, guard, whoRoutes } from './access.ts'
import { EventStream } from './events.ts'
import { Metrics } from './metrics.ts'
import { openApi } from './open-api.ts'
import type { ApiParts } from './parts.ts'
import { problemJson, Refusal, refusal } from './problem.ts'
import { ACCESS, mount, type Route, route } from './route.ts'
import { hubRoutes } from './routes/hub.ts'
import { keepRoutes } from './routes/keep.ts'
import { knowRoutes } from './routes/know.ts'
import { operateRoutes, stationRoutes } from './routes/operate.ts'

export type {
  ConnectorName,
  ConnectorNames,
  EvseMode,
  EvseNow,
  FaultNow,
  History,
  HubNow,
  SiteNow,
  Why,
} from './hub-view.ts'
export type { ApiParts, AskedRequest, HubFace } from './parts.ts'

const MAX_BODY = 2_000_000

/** The API of a hub that is run. */
export interface Api {
  readonly app: Hono
  readonly routes: readonly Route[]
  close(): void
}

const text = (body: string, type: string): Response => new Response(body, { headers: { 'content-type': type } })

/** What the server has besides what it is asked about. */
interface Own {
  readonly events: EventStream
  readonly metrics: Metrics
}

function ownRoutes(own: () => Own, described: () => object): Route[] {
  return [
    route('get /health', {
      ...{ summary: 'Whether it lives', tag: 'server', isOpen: true, answer: z.object({ ok: z.boolean() }) },
      handle: () => ({ ok: true }),
    }),
    route('get /events', {
      ...{ summary: 'What happens, as server-sent events', tag: 'hub', contentType: 'text/event-stream' },
      handle: ({ context }) => own().events.serve(context),
    }),
    route('get /metrics', {
      ...{ summary: 'Figures for Prometheus', tag: 'server', contentType: 'text/plain' },
      handle: async () => text(await own().metrics.text(), 'text/plain; version=0.0.4; charset=utf-8'),
    }),
    route('get /openapi.json', {
      ...{ summary: 'This description', tag: 'server', answer: z.looseObject({}) },
      handle: () => described(),
    }),
  ]
}

/** Every answer: no frames, nothing from elsewhere. Styles are set in place by the dashboard's components. */
const headers = secureHeaders({
  contentSecurityPolicy: {
    ...{ defaultSrc: ["'self'"], imgSrc: ["'self'", 'data:'], styleSrc: ["'self'", "'unsafe-inline'"] },
    ...{
      connectSrc: ["'self'"],
      workerSrc: ["'self'"],
      objectSrc: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
})

/** The pattern of a path, since the path itself may name somebody. */
function routeOf(context: Context): string {
  return matchedRoutes(context).find(({ path }) => !path.includes('*'))?.path ?? '*'
}

/** Tells of every request once it is answered. */
function telling({ asked }: ApiParts): MiddlewareHandler {
  return async (context, next) => {
    const begun_ms = performance.now()
    await next()
    if (!asked) return
    const access = context.get(ACCESS as never) as AccessRecord | undefined
    const { method } = context.req
    const took_ms = Math.round(performance.now() - begun_ms)
    asked({ method, route: routeOf(context), status: context.res.status, took_ms, by: access?.name ?? '' })
  }
}

function serveWeb(app: Hono, folder: string): void {
  const root = relative(process.cwd(), folder) || '.'
  app.use('/assets/*', async (context, next) => {
    await next()
    context.header('cache-control', 'public, max-age=31536000, immutable')
  })
  app.use('/*', serveStatic({ root }))
}

function routesOf(own: () => Own): readonly Route[] {
  const routes: Route[] = [
    ...accessRoutes(),
    ...whoRoutes,
    ...hubRoutes,
    ...stationRoutes,
    ...operateRoutes,
    ...keepRoutes,
    ...knowRoutes,
    ...ownRoutes(own, () => openApi(routes)),
  ]
  return routes
}

/** The API in OpenAPI 3.1, without a server. */
export function describedApi(): object {
  return openApi(routesOf(() => invariant(false, 'a description answers nothing') as never))
}

/** Makes the API and, where there is one, serves the dashboard beside it. */
export function createApi(parts: ApiParts): Api {
  const app = new Hono()
  const events = new EventStream(parts)
  const metrics = new Metrics(parts)
  const routes = routesOf(() => ({ events, metrics }))
  const open = new Set(
    routes.filter(({ isOpen }) => isOpen).map(({ method, path }) => `${method.toUpperCase()} /api${path}`),
  )
  app.onError((error, context) => {
    if (error instanceof Refusal) return problemJson(context, error)
    parts.failed(error, `${context.req.method} ${context.req.path}`)
    return problemJson(context, refusal(500, 'api.failed'))
  })
  app.use(headers)
  app.use('/api/*', telling(parts))
  app.use(
    '/api/*',
    bodyLimit({ maxSize: MAX_BODY, onError: (context) => problemJson(context, refusal(413, 'api.tooLarge')) }),
  )
  app.use(
    '/api/*',
    guard(parts, (method, path) => open.has(`${method} ${path}`)),
  )
  for (const each of routes) mount(app, parts, each)
  app.all('/api/*', (context) => problemJson(context, refusal(404, 'api.noRoute')))
  if (parts.webFolder !== null) serveWeb(app, parts.webFolder)
  const close = (): void => {
    events.close()
    metrics.close()
  }
  return { app, routes, close }
}
