import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, cpSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ConnectorNames } from '../src/app/api/index.ts'
import { run as ctl } from '../src/app/cli/commands/ctl.ts'
import { run as replay } from '../src/app/cli/commands/replay.ts'
import { run as serve } from '../src/app/cli/commands/serve.ts'
import { type Told, told } from '../src/app/cli/test-support.ts'
import { holderOf } from '../src/io/store/index.ts'
import { isBuilt, root } from './support/repository.ts'
import { storeFolder } from './support/store-records.ts'

const example = join(root, 'examples/us-highway.yaml')
let folder = ''
let remove = (): void => {}

beforeEach(() => {
  const made = storeFolder()
  folder = made.folder
  remove = made.remove
})

afterEach(() => remove())

async function until<T>(look: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = look()
    if (found) return found
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

describe('a hub that is served, by the commands of its operator', () => {
  const made = storeFolder()
  const site = join(made.folder, 'site.yaml')
  const data = join(made.folder, 'data')
  const stop = new AbortController()
  let serving: Promise<Told>
  const operate = (action: string, words: readonly string[] = [], more = {}) =>
    told(ctl, { action, words, data, ...more })
  const json = async (action: string, words: readonly string[] = [], more = {}) =>
    JSON.parse((await operate(action, words, { json: true, ...more })).out)

  beforeAll(async () => {
    cpSync(example, site)
    const input = { site, port: '0', data, virtual: true, speed: '50', log: join(made.folder, 'hub.log') }
    serving = told(serve, input, { signal: stop.signal })
    await until(() => holderOf(data)?.url)
  })

  afterAll(async () => {
    stop.abort()
    const { exitCode, out } = await serving
    expect(exitCode).toBe(0)
    expect(out).toMatch(/Sign in once with {2}http:\/\/127\.0\.0\.1:\d+\/#\/hub\?token=\S{40,}/)
    made.remove()
  })

  test('cars come, are recognised and charge', async () => {
    for (;;) {
      const { evses } = await json('evses')
      if (evses.some((evse: { power_kW: number; vehicle: string | null }) => evse.power_kW > 1 && evse.vehicle)) break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const { exitCode, out } = await operate('status')
    expect(exitCode).toBe(0)
    expect(out).toMatch(/^Desert Junction: .* limit 1,500 kW, grid connection 1,500 kW\n20 EVSEs: [1-9]/)
    const [transaction] = await json('transactions')
    const why = await json('explain', [transaction.stationId, String(transaction.evse)])
    expect(why.length).toBeGreaterThan(0)
  })

  test('the limit is set, above the connection it is refused', async () => {
    const set = await operate('limit', ['800'])
    expect(set).toMatchObject({ exitCode: 0, out: '800 kW of 1,500 kW', codes: ['control.limit.atOnce'] })
    expect((await json('limit')).limit_kW).toBe(800)
    expect(await operate('limit', ['1600'])).toMatchObject({ exitCode: 1 })
    expect((await operate('limit', ['1500'])).exitCode).toBe(0)
  })

  test('commands reach stations and come back with what came of them', async () => {
    const stations: { stationId: string }[] = await json('stations')
    const stationId = stations[0]?.stationId ?? ''
    expect((await operate('trigger', [stationId, 'StatusNotification'])).exitCode).toBe(0)
    expect(await operate('reset', ['nowhere'])).toMatchObject({ exitCode: 1 })
  })

  test('tokens are entered, blocked and removed', async () => {
    expect((await operate('allow', ['CARD-1'], { until: '2099-01-01T00:00Z' })).exitCode).toBe(0)
    expect(await json('tokens')).toMatchObject([{ idToken: 'CARD-1', status: 'accepted', expires_ms: 4070908800000 }])
    await operate('block', ['CARD-1'])
    expect(await json('tokens')).toMatchObject([{ idToken: 'CARD-1', status: 'blocked' }])
    expect((await operate('remove', ['CARD-1'])).exitCode).toBe(0)
    expect((await operate('remove', ['CARD-1'])).exitCode).toBe(1)
  })

  test('a backup and the decisions can be taken away', async () => {
    const { file } = await json('backup')
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3')
    const [run] = await json('decisions')
    const log = (await operate('decisions', [run.id])).out
    expect(log).toMatch(/^run \{.*\}\nd \d/)
    const text = join(made.folder, 'decisions.log')
    writeFileSync(text, log)
    const replayed = await told(replay, { log: text, json: true })
    expect(replayed.exitCode).toBe(0)
    expect(JSON.parse(replayed.out)).toMatchObject({ same: true, runs: 1, decisions: log.split('\n').length - 1 })
  })

  test('connectors are named as OCPP and OCPI name them, with what is lost', async () => {
    const token = readFileSync(join(data, 'ctl.token'), 'utf8').trim()
    const answer = await fetch(`${holderOf(data)?.url}/api/connectors`, {
      headers: { authorization: `Bearer ${token}` },
    })
    const all = (await answer.json()) as ConnectorNames[]
    expect(all).toHaveLength(26)
    const chademo = all.find(({ standard }) => standard === 'chademo')
    expect(chademo?.names.ocpi_2_3_0.value).toBe('CHADEMO')
    const nacs = all.find(({ standard }) => standard === 'nacs')
    expect(nacs?.names).toMatchObject({ ocpp_2_1: { value: 'cNACS' }, ocpi_2_2_1: { value: 'TESLA_S' } })
    expect(nacs?.names.ocpi_2_2_1.warnings.map(({ code }) => code)).toContain('crosswalk.substitute')
  })

  test('a second server on the same store, or at the same port, is told so', async () => {
    const second = await told(serve, { site, port: '0', data })
    expect(second).toMatchObject({ exitCode: 2, codes: ['site.archetype', 'store.taken'] })
    expect(second.err[1]).toContain(holderOf(data)?.url)
    const port = new URL(holderOf(data)?.url ?? '').port
    const other = await told(serve, { site, port, data: join(folder, 'other') })
    expect(other).toMatchObject({ exitCode: 2, codes: ['site.archetype', 'serve.portInUse'] })
    expect(holderOf(join(folder, 'other'))).toBeNull()
  })

  test("the log has what happened, and nobody's token", async () => {
    const text = readFileSync(join(made.folder, 'hub.log'), 'utf8')
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const events = new Set(lines.map(({ event }) => event))
    for (const event of ['serves', 'connected', 'booted', 'started', 'siteLimit', 'request', 'command']) {
      expect(events, event).toContain(event)
    }
    const requests = lines.filter(({ event }) => event === 'request')
    expect(requests).toContainEqual(
      expect.objectContaining({ method: 'DELETE', route: '/api/tokens/:idToken', by: 'local' }),
    )
    expect(text).not.toMatch(/VIRT-|CARD-1/)
    expect(text).not.toContain(readFileSync(join(data, 'ctl.token'), 'utf8').trim())
  })

  test('secrets are for their owner only', () => {
    const modes = ['ctl.token', 'server.json'].map((name) => statSync(join(data, name)).mode & 0o777)
    expect(modes).toEqual([0o600, 0o600])
  })

  test('a site file that changes is told of; the hub goes on with the old one', async () => {
    appendFileSync(site, '\n# changed\n')
    for (;;) {
      if ((await operate('status')).out.includes('the site file has changed')) break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  })

  test('bad words are all told at once', async () => {
    const started = await operate('start', ['a', 'x'], { until: 'tomorrow' })
    expect(started).toMatchObject({ exitCode: 2, codes: ['ctl.notANumber', 'ctl.missingWord', 'ctl.notAMoment'] })
    expect(await operate('statsu')).toMatchObject({ exitCode: 2, codes: ['ctl.unknownAction'] })
    expect(await operate('stop', ['a', 'b'])).toMatchObject({ exitCode: 2, codes: ['ctl.extraWord'] })
  })
})

describe('what keeps a server from starting', () => {
  test('ctl without a server, and with one that is gone', async () => {
    expect(await told(ctl, { action: 'status', data: folder })).toMatchObject({ exitCode: 2, codes: ['ctl.noServer'] })
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await new Promise((resolve) => server.close(resolve))
    writeFileSync(join(folder, 'ctl.token'), 'x')
    expect(await told(ctl, { action: 'status', data: folder, url })).toMatchObject({
      ...{ exitCode: 2, codes: ['ctl.unreachable'] },
    })
  })

  test('a folder that cannot be made, bad options, a damaged store', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    const below = await told(serve, { site: example, data: join(file, 'below'), port: '0' })
    expect(below.codes).toContain('store.folder')
    const bad = await told(serve, { site: example, data: folder, port: '99999', speed: 'x' })
    expect(bad).toMatchObject({ exitCode: 2, codes: ['cli.outOfRange', 'cli.notANumber'] })
    writeFileSync(join(folder, 'anyplug.db'), 'no store '.repeat(1000))
    expect((await told(serve, { site: example, data: folder, port: '0' })).codes).toContain('store.corrupt')
  })
})

describe.skipIf(!isBuilt)('as a process', () => {
  test('it ends by itself when the port is in use', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const port = String((server.address() as AddressInfo).port)
    const args = [join(root, 'bin/anyplug.js'), 'serve', example, '--port', port, '--data', folder]
    const [code] = await once(spawn(process.execPath, args, { stdio: 'ignore' }), 'close')
    server.close()
    expect(code).toBe(2)
  })

  test('SIGTERM ends it in order', async () => {
    const args = [join(root, 'bin/anyplug.js'), 'serve', example, '--port', '0', '--data', folder]
    const child = spawn(process.execPath, args, { stdio: 'ignore' })
    await until(() => holderOf(folder)?.url)
    await new Promise((resolve) => setTimeout(resolve, 300))
    child.kill('SIGTERM')
    const [code] = await once(child, 'close')
    expect(code).toBe(0)
    expect(holderOf(folder)).toBeNull()
  })
})
