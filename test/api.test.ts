/** The API with a real store and a real management system, over real requests; only the hub's figures are made up. */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Api, createApi, type HubFace, type SiteNow } from '../src/app/api/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { openStore, Store } from '../src/io/store/index.ts'
import { ManualClock } from '../src/live/clock/index.ts'
import { Operation } from '../src/live/operate/index.ts'

const NOW_ms = Date.parse('2026-06-01T12:00:00Z')
const folder = mkdtempSync(join(tmpdir(), 'anyplug-api-'))
const opened = openStore({ folder })
if (!(opened instanceof Store)) throw opened
const store = opened
const clock = new ManualClock(NOW_ms)
let limit_kW = 1000
const site = (): SiteNow => ({
  ...{
    name: 'Hub A',
    timezone: 'UTC',
    policy: 'max-min',
    text: 'version: 1',
    isChanged: false,
    import_kW: 1500,
    limit_kW,
  },
  ...{ now_ms: clock.now_ms(), speed: 1, isVirtual: true, engineVersion: 'x' },
})
const hub: HubFace = {
  site,
  now: () => ({ at_ms: clock.now_ms(), power_kW: { grid: 300 }, limit_kW: {}, evses: [], waiting: null }),
  faults: () => [],
  setFault: () => false,
  connectors: () => [],
  why: (stationId, evse) =>
    stationId === 'a' && evse === 1 ? [{ power_kW: 50, reason: { code: 'site.limit', params: {} } }] : null,
  setLimit: (next_kW) => {
    limit_kW = next_kW
    return Promise.resolve({ ok: true, warnings: [{ code: 'control.limit.atOnce', params: { validity: 300 } }] })
  },
}
const failures: unknown[] = []
let api: Api

beforeAll(async () => {
  const plans = [{ stationId: 'a', evses: [{ connectors: ['ccs2'], rating_kW: 150 }] }]
  const operation = await Operation.open({ plans, store, clock, catalogue: null })
  api = createApi({
    hub,
    operation,
    catalogue: builtInCatalogue(),
    store,
    clock,
    webFolder: null,
    failed: (error) => failures.push(error),
  })
})

afterAll(() => {
  api.close()
  store.close()
  rmSync(folder, { recursive: true })
})

const JSON_TYPE = { 'content-type': 'application/json' }
const token = (): string => store.access.make('token', 'test', Date.now())
const bearer = () => ({ authorization: `Bearer ${token()}` })
const ask = (path: string, init?: RequestInit) => Promise.resolve(api.app.request(`/api${path}`, init))
const sent = (body: unknown, headers: Record<string, string> = bearer()): RequestInit => ({
  ...{ method: 'POST', body: JSON.stringify(body), headers: { ...JSON_TYPE, ...headers } },
})

describe('who may ask', () => {
  test('nobody without a session or token, on any route but those that say so', async () => {
    const closed = api.routes.filter(({ isOpen }) => !isOpen)
    expect(closed.length).toBeGreaterThan(20)
    for (const { method, path } of closed) {
      const response = await ask(path.replace(/\{\w+\}/g, 'x'), { method: method.toUpperCase() })
      expect([path, response.status]).toEqual([path, 401])
    }
    expect(api.routes.filter(({ isOpen }) => isOpen).map(({ path }) => path)).toEqual(['/login', '/health'])
  })

  test('the one-time link opens one session, once', async () => {
    const link = store.access.make('link', 'admin', Date.now(), Date.now() + 60_000)
    const first = await ask('/login', sent({ token: link }, {}))
    expect(first.status).toBe(204)
    const cookie = (first.headers.get('set-cookie') ?? '').split(';')[0] ?? ''
    expect(first.headers.get('set-cookie')).toMatch(/HttpOnly.*SameSite=Strict/i)
    expect(await (await ask('/me', { headers: { cookie } })).json()).toMatchObject({ name: 'admin', kind: 'session' })
    expect((await ask('/login', sent({ token: link }, {}))).status).toBe(401)
    expect((await ask('/logout', { method: 'POST', headers: { cookie } })).status).toBe(204)
    expect((await ask('/me', { headers: { cookie } })).status).toBe(401)
  })

  test('a link is no key, and one that has expired opens nothing', async () => {
    const link = store.access.make('link', 'admin', Date.now(), Date.now() + 60_000)
    expect((await ask('/me', { headers: { authorization: `Bearer ${link}` } })).status).toBe(401)
    const old = store.access.make('link', 'admin', Date.now() - 2000, Date.now() - 1000)
    const response = await ask('/login', sent({ token: old }, {}))
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ code: 'api.linkUsed', status: 401 })
  })

  test('guessing is slowed down', async () => {
    const tries = await Promise.all(Array.from({ length: 15 }, () => ask('/login', sent({ token: 'guess' }, {}))))
    expect(tries.map(({ status }) => status)).toContain(429)
  })
})

describe('requests that are not as they should be', () => {
  test.each([
    ['no JSON', { method: 'POST', body: '{"limit_kW":', headers: JSON_TYPE }, 400, 'api.notJson'],
    [
      'a form',
      { method: 'POST', body: 'limit_kW=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      415,
      'api.json',
    ],
    ['text for a number', sent({ limit_kW: '500kW' }, {}), 422, 'api.fields'],
    ['a negative limit', sent({ limit_kW: -1 }, {}), 422, 'api.fields'],
    ['above the grid', sent({ limit_kW: 1501 }, {}), 422, 'api.limit.aboveGrid'],
    ['lower without the name', sent({ limit_kW: 100 }, {}), 422, 'api.limit.confirm'],
    ['another limit was seen', sent({ limit_kW: 1200, was_kW: 1 }, {}), 409, 'api.limit.changed'],
  ] as const)('%s', async (_, init, status, code) => {
    const response = await ask('/site/limit', { ...init, headers: { ...init.headers, ...bearer() } })
    expect([response.status, await response.json()]).toMatchObject([status, { code, status }])
    expect(limit_kW).toBe(1000)
  })

  test('too large a body, an unknown path, an unknown thing', async () => {
    const large = await ask('/check', sent({ text: 'x'.repeat(2_100_000) }))
    expect([large.status, (await large.json()) as object]).toMatchObject([413, { code: 'api.tooLarge' }])
    expect((await ask('/nothing', { headers: bearer() })).status).toBe(404)
    expect((await ask('/stations/zz', { headers: bearer() })).status).toBe(404)
    expect((await ask('/evses/a/2/why', { headers: bearer() })).status).toBe(404)
    expect((await ask('/history?from_ms=0&to_ms=1e15&step_s=1', { headers: bearer() })).status).toBe(422)
  })

  test('the sentence is in the language asked for', async () => {
    const response = await ask('/me', { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } })
    expect(((await response.json()) as { title: string }).title).toMatch(/请先登录/)
  })
})

test('a limit is set, lower ones with the name of the site', async () => {
  const lowered = await ask('/site/limit', sent({ limit_kW: 400, was_kW: 1000, confirm: 'Hub A' }))
  expect(await lowered.json()).toMatchObject({ limit_kW: 400, warnings: [{ code: 'control.limit.atOnce' }] })
  const raised = await ask('/site/limit', sent({ limit_kW: 1000 }))
  expect(await raised.json()).toMatchObject({ limit_kW: 1000 })
})

test('every list answers, and the description describes every route', async () => {
  const headers = bearer()
  for (const path of [
    '/stations',
    '/transactions',
    '/commands',
    '/alarms',
    '/reservations',
    '/tokens',
    '/journal',
    '/access',
  ]) {
    const response = await ask(path, { headers })
    expect([path, response.status, Array.isArray(await response.json())]).toEqual([path, 200, true])
  }
  const described = (await (await ask('/openapi.json', { headers })).json()) as { paths: Record<string, object> }
  const listed = Object.entries(described.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((m) => `${m} ${path}`),
  )
  expect(listed.sort()).toEqual(api.routes.map(({ method, path }) => `${method} ${path}`).sort())
})

test('a command to a station that is not there is answered and written down', async () => {
  const command = { name: 'reset', stationId: 'a', evse: null, when: 'now' }
  const response = await ask('/commands', sent({ command }))
  expect(await response.json()).toEqual({ outcome: { kind: 'offline' } })
  const [last] = (await (await ask('/commands', { headers: bearer() })).json()) as object[]
  expect(last).toMatchObject({ by: 'test', name: 'reset', stationId: 'a', outcome: { kind: 'offline' } })
  expect((await ask('/commands', sent({ command: { name: 'explode' } }))).status).toBe(422)
})

test('the hash of a password stays in the store', async () => {
  const made = await ask('/stations/a/password', { method: 'POST', headers: bearer() })
  expect(((await made.json()) as { password: string }).password.length).toBeGreaterThan(10)
  const text = await (await ask('/stations', { headers: bearer() })).text()
  expect(text).toContain('"hasPassword":true')
  expect(text).not.toContain('passwordHash')
})

test('tokens are entered, listed and removed', async () => {
  expect((await ask('/tokens', sent({ idToken: 'T-1' }))).status).toBe(204)
  const tokens = (await (await ask('/tokens', { headers: bearer() })).json()) as { idToken: string }[]
  expect(tokens.map(({ idToken }) => idToken)).toContain('T-1')
  expect((await ask('/tokens/T-1', { method: 'DELETE', headers: bearer() })).status).toBe(204)
  expect((await ask('/tokens/T-1', { method: 'DELETE', headers: bearer() })).status).toBe(404)
})

test('the stream begins with the state of the hub', async () => {
  const response = await ask('/events', { headers: bearer() })
  const reader = response.body?.getReader()
  const { value } = (await reader?.read()) ?? {}
  await reader?.cancel()
  expect(new TextDecoder().decode(value)).toMatch(/event: hub\ndata: \{"at_ms":\d+,"power_kW":\{"grid":300\}/)
})

test('figures for Prometheus', async () => {
  const figures = await (await ask('/metrics', { headers: bearer() })).text()
  expect(figures).toMatch(/^anyplug_power_kw\{node="grid"\} 300$/m)
  expect(figures).toMatch(/^anyplug_site_limit_kw 1000$/m)
})

test('match and check answer other programs', async () => {
  const match = await ask('/match', sent({ vehicle: 'hyundai-ioniq5-2025', post: 'tesla_sc_v3_na' }))
  expect(await match.json()).toMatchObject({ fits: true })
  const check = await ask('/check', sent({ text: 'version: 1' }))
  expect(await check.json()).toMatchObject({ ok: false })
})

test('nothing of this was a failure of ours', () => {
  expect(failures).toEqual([])
})
