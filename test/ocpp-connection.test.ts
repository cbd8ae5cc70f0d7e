import { request } from 'node:http'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../src/live/clock/index.ts'
import { type Answer, type Connection, type ConnectOptions, connectOcpp, type RpcPeer } from '../src/live/ocpp/index.ts'
import { type Desk, emptyAnswer, openDesk, RawClient, settle, type Taken } from './support/ocpp.ts'

/** Rules: src/live/ocpp/SPEC.md. */
const start_ms = Date.parse('2026-11-24T12:00:00Z')
const desks: Desk[] = []
const openFor = async (...given: Parameters<typeof openDesk>): Promise<Desk> => {
  const desk = await openDesk(...given)
  desks.push(desk)
  return desk
}
afterEach(async () => {
  await Promise.all(desks.splice(0).map((desk) => desk.stop()))
})

type Station = Partial<ConnectOptions> & Pick<ConnectOptions, 'versions'>

const nothing: ConnectOptions['handler'] = { call: () => ({ payload: {} }) }

const connectTo = (desk: Desk, given: Station): Promise<Connection> =>
  connectOcpp({ url: desk.url, stationId: 'CP1', handler: nothing, clock: new ManualClock(start_ms), ...given })

const peerOf = (connection: Connection): RpcPeer => {
  if (!connection.ok) throw new Error(`not connected: ${JSON.stringify(connection)}`)
  return connection.peer
}

const stationAt = (desk: Desk, id = 'CP1'): RpcPeer => {
  const peer = desk.gate.peers.get(id)
  if (!peer) throw new Error(`${id} is not connected`)
  return peer
}

/** Status of the answer to an upgrade that is turned away. */
function statusOf(desk: Desk, path: string, headers: Record<string, string> = {}): Promise<number> {
  const { port } = new URL(desk.url)
  const upgrade = { Connection: 'Upgrade', Upgrade: 'websocket', 'Sec-WebSocket-Version': '13' }
  return new Promise((resolve, reject) => {
    const call = request({
      host: '127.0.0.1',
      port,
      path,
      headers: {
        ...upgrade,
        'Sec-WebSocket-Key': 'AQIDBAUGBwgJCgsMDQ4PEA==',
        'Sec-WebSocket-Protocol': 'ocpp1.6',
        ...headers,
      },
    })
    call.on('response', (response) => resolve(response.statusCode ?? 0))
    call.on('upgrade', (_, socket) => {
      socket.destroy()
      resolve(101)
    })
    call.on('error', reject)
    call.end()
  })
}

describe('connecting', () => {
  test('H1 ids and paths', async () => {
    const desk = await openFor()
    for (const id of ['CP1', 'a*b-c_d=e:f+g|h@i.j', 'x'.repeat(48)]) {
      expect(await statusOf(desk, `/ocpp/${encodeURIComponent(id)}`)).toBe(101)
    }
    expect(desk.admissions.map(({ stationId }) => stationId.length)).toEqual([3, 19, 48])
    const wrong = ['', 'a/b', 'a%2fb', '%00', '%zz', 'a%20b', 'x'.repeat(49), '..%2f', '%e4', '<script>']
    for (const id of wrong) expect([id, await statusOf(desk, `/ocpp/${id}`)]).toEqual([id, 404])
    for (const path of ['/', '/ocp', '/live', '/ocpp']) expect(await statusOf(desk, path)).toBe(404)
  })

  test('H1 other paths are left to others', async () => {
    const desk = await openFor()
    desk.server.on('upgrade', (call, socket) => {
      if (call.url === '/live') socket.end('HTTP/1.1 418 Mine\r\nContent-Length: 0\r\n\r\n')
    })
    expect(await statusOf(desk, '/live')).toBe(418)
    expect(await statusOf(desk, '/ocpp/')).toBe(404)
  })

  test.each([
    [['ocpp1.6', 'ocpp2.1', 'ocpp2.0.1'], 'ocpp2.1'],
    [['ocpp1.6', 'ocpp2.0.1'], 'ocpp2.0.1'],
    [['ocpp1.5', 'mqtt', 'ocpp1.6'], 'ocpp1.6'],
  ])('H2 of %j the newest', async (offered, chosen) => {
    const desk = await openFor()
    const client = new RawClient(`${desk.url}/CP1`, offered)
    await settle(() => client.socket.readyState === client.socket.OPEN)
    expect(client.socket.protocol).toBe(chosen)
    expect(stationAt(desk).version).toBe(chosen.slice(4))
  })

  test.each([{ offered: '' }, { offered: 'ocpp1.5' }, { offered: 'OCPP1.6' }])(
    'H2 none in common: $offered',
    async ({ offered }) => {
      const desk = await openFor()
      const { port } = new URL(desk.url)
      const head = `GET /ocpp/CP1 HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n`
      const protocol = offered ? `Sec-WebSocket-Protocol: ${offered}\r\n` : ''
      const bytes = await new Promise<Buffer>((resolve) => {
        const parts: Buffer[] = []
        const socket = connect(Number(port), '127.0.0.1', () => {
          socket.write(`${head}Sec-WebSocket-Key: AQIDBAUGBwgJCgsMDQ4PEA==\r\n${protocol}\r\n`)
        })
        socket.on('data', (part) => {
          parts.push(part)
          if (Buffer.concat(parts).includes('no common version')) {
            socket.destroy()
            resolve(Buffer.concat(parts))
          }
        })
      })
      const at = bytes.indexOf('\r\n\r\n') + 4
      expect(bytes.subarray(0, at).toString()).toMatch(/^HTTP\/1.1 101 /)
      expect(bytes.subarray(0, at).toString().toLowerCase()).not.toContain('sec-websocket-protocol')
      expect([bytes[at], bytes.readUInt16BE(at + 2)]).toEqual([0x88, 1002])
      expect([desk.admissions.length, desk.gate.peers.size]).toEqual([0, 0])
      expect(desk.refused).toEqual([['CP1', 1002, 'ocpp.gate.version']])
    },
  )

  test('H3 passwords, bytes too; ids with colons', async () => {
    const desk = await openFor()
    const bytes = Buffer.from([0, 255, 58, 10])
    peerOf(await connectTo(desk, { versions: ['1.6'], stationId: 'a:b', password: bytes }))
    peerOf(await connectTo(desk, { versions: ['1.6'], stationId: 'c', password: 'p:q' }))
    peerOf(await connectTo(desk, { versions: ['1.6'], stationId: 'd' }))
    expect(desk.admissions.map(({ password }) => password)).toEqual([bytes, Buffer.from('p:q'), null])
    const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` })
    expect(await statusOf(desk, '/ocpp/CP1', basic('CP1:x'))).toBe(101)
    const wrong = [basic('CP2:x'), basic('CP1'), { Authorization: 'Basic !!' }, { Authorization: 'Bearer abc' }]
    for (const headers of wrong) expect(await statusOf(desk, '/ocpp/CP1', headers)).toBe(401)
  })

  test.each([401, 403, 404, 503] as const)('H3 turned away with %i', async (status) => {
    const desk = await openFor(emptyAnswer, { authenticate: async () => ({ accept: false, status }) })
    const refused = await connectTo(desk, { versions: ['2.1'] })
    expect(refused).toEqual({ ok: false, status, because: { code: 'ocpp.connect.refused', params: { status } } })
    expect([desk.gate.stats.refused, desk.gate.peers.size]).toEqual([1, 0])
  })

  test('H3 who throws or does not answer says 503', async () => {
    const clock = new ManualClock(start_ms)
    const throws = await openFor(emptyAnswer, { authenticate: () => Promise.reject(new Error('no database')) })
    expect(await statusOf(throws, '/ocpp/CP1')).toBe(503)
    const hangs = await openFor(emptyAnswer, { clock, authenticate: () => new Promise(() => {}) })
    const status = statusOf(hangs, '/ocpp/CP1')
    await settle(() => clock.next_ms === start_ms + 10_000)
    clock.moveTo(start_ms + 10_000)
    expect(await status).toBe(503)
  })

  test('H4 the newest connection wins', async () => {
    const desk = await openFor()
    const older = await RawClient.open(desk, '1.6')
    const newer = await RawClient.open(desk, '2.0.1')
    expect((await older.closed).code).toBe(1008)
    expect(desk.closed).toEqual([1008])
    expect(stationAt(desk).version).toBe('2.0.1')
    expect(JSON.parse(await newer.ask('[2,"1","Heartbeat",{}]'))[0]).toBe(3)
    expect(desk.gate.stats).toEqual({ connected: 1, accepted: 2, refused: 0, replaced: 1 })
  })

  test('H5 a gate that stops says so', async () => {
    const desk = await openFor()
    const clients = await Promise.all(['a', 'b', 'c'].map((id) => RawClient.open(desk, '2.1', id)))
    await desk.gate.stop()
    expect(await Promise.all(clients.map(async ({ closed }) => (await closed).code))).toEqual([1001, 1001, 1001])
    expect(desk.gate.peers.size).toBe(0)
  })

  test('what a station is told when nobody is there, or no version fits', async () => {
    const clock = new ManualClock(start_ms)
    const nobody = await connectOcpp({
      url: 'ws://127.0.0.1:9',
      stationId: 'a',
      versions: ['1.6'],
      handler: nothing,
      clock,
    })
    expect(nobody).toMatchObject({ ok: false, status: null, because: { code: 'ocpp.connect.unreachable' } })
    const nonsense = await connectOcpp({ url: 'http://[', stationId: 'a', versions: ['1.6'], handler: nothing, clock })
    expect(nonsense).toMatchObject({ ok: false, because: { code: 'ocpp.connect.unreachable' } })
    const desk = await openFor(emptyAnswer, { versions: ['2.1'] })
    const old = await connectTo(desk, { versions: ['1.6'] })
    expect(old).toMatchObject({ ok: false, because: { code: 'ocpp.connect.unreachable' } })
    expect(clock.next_ms).toBe(Number.POSITIVE_INFINITY)
  })
})

/** Answers calls when told to. */
class Slow {
  readonly waiting: (Taken & { readonly done: (answer?: Answer) => void })[] = []

  readonly respond = (taken: Taken): Promise<Answer> =>
    new Promise((resolve) => {
      this.waiting.push({ ...taken, done: (answer) => resolve(answer ?? { payload: {} }) })
    })

  async finish(answer?: Answer): Promise<string> {
    await settle(() => this.waiting.length > 0)
    const next = this.waiting.shift()
    next?.done(answer)
    return next?.frameId ?? ''
  }
}

const meter = (id: string, value = '1') =>
  JSON.stringify([
    2,
    id,
    'MeterValues',
    { connectorId: 1, meterValue: [{ timestamp: '2026-11-24T12:00:00Z', sampledValue: [{ value }] }] },
  ])
const stopTransaction = (id: string, meterStop = 5) =>
  JSON.stringify([2, id, 'StopTransaction', { transactionId: 1, meterStop, timestamp: '2026-11-24T12:00:00Z' }])

describe('requests', () => {
  test('Q1 one after the other, in order, though all came at once', async () => {
    const slow = new Slow()
    const desk = await openFor(slow.respond)
    const client = await RawClient.open(desk, '1.6')
    for (let id = 0; id < 10; id++) client.socket.send(meter(`${id}`))
    const done: string[] = []
    for (let id = 0; id < 10; id++) {
      await settle(() => slow.waiting.length > 0)
      expect(desk.calls.length).toBe(id + 1)
      done.push(await slow.finish())
      expect(JSON.parse(await client.next())[1]).toBe(`${id}`)
    }
    expect(done).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
  })

  test('Q1 a queue of thousands is read as fast as it is worked on, and whole', async () => {
    const many = 3000
    const late = async (): Promise<Answer> => {
      await new Promise((resolve) => setImmediate(resolve))
      return { payload: {} }
    }
    const desk = await openFor(late, { limits: { inboundQueue: 8, burst: 1e6 } })
    const client = await RawClient.open(desk, '1.6')
    for (let id = 0; id < many; id++) client.socket.send(meter(`${id}`))
    for (let id = 0; id < many; id++) expect(JSON.parse(await client.next())[1]).toBe(`${id}`)
    expect(desk.codes()).toContain('ocpp.link.full')
    expect([desk.calls.length, desk.closed.length]).toEqual([many, 0])
  })

  test('Q1 above its rate a station is read later, not less', async () => {
    const clock = new ManualClock(start_ms)
    const desk = await openFor(emptyAnswer, { clock, limits: { rate_perSecond: 10, burst: 5, ping_ms: 1e9 } })
    const client = await RawClient.open(desk, '1.6')
    for (let id = 0; id < 5; id++) expect(JSON.parse(await client.ask(meter(`a${id}`)))[0]).toBe(3)
    for (let id = 0; id < 20; id++) client.socket.send(meter(`b${id}`))
    await settle(() => desk.codes().includes('ocpp.link.rate'))
    const served = async (count: number): Promise<void> => {
      while (desk.calls.length < count) {
        clock.moveTo(clock.now_ms() + 100)
        await new Promise((resolve) => setImmediate(resolve))
      }
    }
    await served(25)
    expect(desk.calls.map(({ frameId }) => frameId)).toEqual([
      ...Array.from({ length: 5 }, (_, id) => `a${id}`),
      ...Array.from({ length: 20 }, (_, id) => `b${id}`),
    ])
  })

  test('Q6 a handler that takes too long', async () => {
    const slow = new Slow()
    const clock = new ManualClock(start_ms)
    const desk = await openFor(slow.respond, { clock, limits: { answerTimeout_ms: 1000 } })
    const client = await RawClient.open(desk, '1.6')
    client.socket.send(meter('1'))
    client.socket.send(meter('2'))
    await settle(() => slow.waiting.length === 1)
    clock.moveTo(start_ms + 1000)
    expect(JSON.parse(await client.next()).slice(0, 3)).toEqual([4, '1', 'InternalError'])
    expect(await slow.finish()).toBe('1')
    expect(await slow.finish()).toBe('2')
    expect(JSON.parse(await client.next())).toEqual([3, '2', {}])
    expect(desk.codes()).toEqual(['ocpp.handler.slow', 'ocpp.handler.late'])
  })

  test('Q7 twice the same: one effect, the same answer', async () => {
    let effects = 0
    const desk = await openFor(() => ({ payload: { currentTime: `2026-11-24T12:00:0${effects++}Z` } }))
    const client = await RawClient.open(desk, '2.0.1')
    const first = await client.ask('[2,"x","Heartbeat",{}]')
    expect(await client.ask('[2,"x","Heartbeat",{}]')).toBe(first)
    expect(await client.ask('[2,"y","Heartbeat",{}]')).not.toBe(first)
    expect([effects, desk.codes()]).toEqual([2, ['ocpp.call.repeated']])
  })

  test('Q7 also while the first is worked on', async () => {
    const slow = new Slow()
    const desk = await openFor(slow.respond)
    const client = await RawClient.open(desk, '1.6')
    client.socket.send(stopTransaction('x'))
    client.socket.send(stopTransaction('x'))
    await settle(() => desk.codes().includes('ocpp.call.repeated'))
    await slow.finish()
    expect([await client.next(), await client.next()]).toEqual(['[3,"x",{}]', '[3,"x",{}]'])
    expect(desk.calls.length).toBe(1)
  })

  test('Q7 Q9 over a reconnect: done, being done, and behind it', async () => {
    const slow = new Slow()
    const desk = await openFor(slow.respond)
    const before = await RawClient.open(desk, '1.6')
    before.socket.send(stopTransaction('a'))
    await slow.finish({ payload: { idTagInfo: { status: 'Blocked' } } })
    await before.next()
    before.socket.send(stopTransaction('b'))
    before.socket.send(meter('c'))
    await settle(() => slow.waiting.length === 1)
    before.socket.terminate()
    await settle(() => desk.closed.length === 1)

    const after = await RawClient.open(desk, '1.6')
    expect(await after.ask(stopTransaction('a'))).toBe('[3,"a",{"idTagInfo":{"status":"Blocked"}}]')
    for (const text of [stopTransaction('b'), meter('c'), meter('d')]) after.socket.send(text)
    await settle(() => desk.codes().filter((code) => code === 'ocpp.call.repeated').length === 3)
    expect(desk.calls.map(({ frameId }) => frameId)).toEqual(['a', 'b'])
    expect(await slow.finish()).toBe('b')
    expect(await slow.finish()).toBe('c')
    expect(await slow.finish()).toBe('d')
    expect([await after.next(), await after.next(), await after.next()]).toEqual([
      '[3,"b",{}]',
      '[3,"c",{}]',
      '[3,"d",{}]',
    ])
    expect(desk.calls.map(({ frameId }) => frameId)).toEqual(['a', 'b', 'c', 'd'])
  })

  test('Q7 what only names the present is asked anew after a reconnect', async () => {
    const desk = await openFor()
    const before = await RawClient.open(desk, '1.6')
    await before.ask('[2,"1","Heartbeat",{}]')
    before.socket.close()
    const after = await RawClient.open(desk, '1.6')
    await after.ask('[2,"1","Heartbeat",{}]')
    expect(desk.calls.length).toBe(2)
  })

  test('Q7 what failed for now is tried again, what was refused is not', async () => {
    const answers: Answer[] = [{ error: 'InternalError', description: 'locked' }, { payload: {} }]
    const desk = await openFor(() => answers.shift() ?? { error: 'SecurityError', description: 'no' })
    const client = await RawClient.open(desk, '1.6')
    expect(JSON.parse(await client.ask(meter('1')))).toEqual([4, '1', 'InternalError', 'locked', {}])
    expect(await client.ask(meter('1'))).toBe('[3,"1",{}]')
    expect(await client.ask(meter('2'))).toBe(await client.ask(meter('2')))
    expect(desk.calls.length).toBe(3)
  })

  test('Q7 bounded in number and in time', async () => {
    const clock = new ManualClock(start_ms)
    const desk = await openFor(emptyAnswer, { clock, limits: { remembered: 3, rememberFor_ms: 1000 } })
    const client = await RawClient.open(desk, '1.6')
    for (const id of ['1', '2', '3', '4', '1', '4']) await client.ask(meter(id))
    expect(desk.calls.map(({ frameId }) => frameId)).toEqual(['1', '2', '3', '4', '1'])
    clock.moveTo(start_ms + 1001)
    await client.ask(meter('4'))
    expect(desk.calls.length).toBe(6)
  })

  test('Q8 an old id with new content is a new call', async () => {
    const desk = await openFor()
    const client = await RawClient.open(desk, '1.6')
    await client.ask(stopTransaction('1', 5))
    await client.ask(stopTransaction('1', 6))
    expect([desk.calls.length, desk.codes()]).toEqual([2, ['ocpp.call.idReused']])
  })

  test('H4 a handler that hangs does not hold the next connection for each request behind it', async () => {
    const clock = new ManualClock(start_ms)
    const hung: (() => void)[] = []
    const hang = (): Promise<Answer> => new Promise((resolve) => hung.push(() => resolve({ payload: {} })))
    const desk = await openFor((taken) => (taken.frameId === 'new' ? { payload: {} } : hang()), { clock })
    const before = await RawClient.open(desk, '1.6')
    for (let id = 0; id < 5; id++) before.socket.send(meter(`${id}`))
    await settle(() => desk.calls.length === 1)
    const after = await RawClient.open(desk, '1.6')
    after.socket.send(meter('new'))
    clock.moveTo(start_ms + 59_999)
    expect(desk.calls.length).toBe(1)
    clock.moveTo(start_ms + 60_000)
    expect(await after.next()).toBe('[3,"new",{}]')
    expect(desk.calls.map(({ frameId }) => frameId)).toEqual(['0', 'new'])
  })
})

describe('calls of ours', () => {
  const twoSides = async (version: '1.6' | '2.0.1' | '2.1', given = {}) => {
    const clock = new ManualClock(start_ms)
    const desk = await openFor(emptyAnswer, { clock, ...given })
    const client = await RawClient.open(desk, version)
    return { clock, desk, client, peer: stationAt(desk) }
  }
  const idOf = async (client: RawClient): Promise<string> => JSON.parse(await client.next())[1]

  test('C1 one under way, the others behind it, one too many is told', async () => {
    const { client, peer } = await twoSides('1.6', { limits: { outboundQueue: 2 } })
    const outcomes = [1, 2, 3, 4].map(() => peer.call('ClearCache', {}))
    expect(await outcomes[3]).toEqual({ kind: 'busy', most: 2 })
    for (let round = 0; round < 3; round++) {
      const id = await idOf(client)
      expect(client.texts).toEqual([])
      client.socket.send(`[3,"${id}",{"status":"Accepted"}]`)
      expect(await outcomes[round]).toEqual({ kind: 'result', payload: { status: 'Accepted' } })
    }
  })

  test('C2 errors, in either spelling, with nothing after the code, of no list', async () => {
    const { client, peer } = await twoSides('1.6')
    const ask = async (rest: string) => {
      const outcome = peer.call('ClearCache', {})
      client.socket.send(`[4,"${await idOf(client)}",${rest}]`)
      return outcome
    }
    const error = { kind: 'error', description: '', details: {} }
    const wrong = 'OccurenceConstraintViolation'
    expect(await ask(`"${wrong}"`)).toEqual({ ...error, code: wrong, error: 'OccurrenceConstraintViolation' })
    expect(await ask('"Nope","why",null')).toEqual({ ...error, code: 'Nope', error: null, description: 'why' })
    expect(await ask('"NotSupported","",{"a":1}')).toEqual({
      ...error,
      code: 'NotSupported',
      error: 'NotSupported',
      details: { a: 1 },
    })
  })

  test('C2 what breaks its schema is not sent', async () => {
    const { client, peer } = await twoSides('2.0.1')
    const wrong = await peer.call('Reset', { type: 'Hard' })
    expect(wrong).toMatchObject({
      kind: 'invalid',
      whose: 'ours',
      problems: [{ code: 'ocpp.field.enum', path: 'type' }],
    })
    expect(await peer.call('SelfDestruct', {})).toMatchObject({
      kind: 'invalid',
      problems: [{ code: 'ocpp.action.unknown' }],
    })
    expect(await client.isSilentOn('[3,"x",{}]')).toBe(true)
  })

  test.each(['1.6', '2.0.1', '2.1'] as const)('C2 an answer that breaks its schema, %s', async (version) => {
    const { client, peer, desk } = await twoSides(version)
    const outcome = peer.call('ClearCache', {})
    const id = await idOf(client)
    client.socket.send(`[3,"${id}",{"status":"Perhaps"}]`)
    expect(await outcome).toMatchObject({ kind: 'invalid', whose: 'theirs', problems: [{ path: 'status' }] })
    if (version === '2.1')
      expect(JSON.parse(await client.next()).slice(0, 3)).toEqual([5, id, 'PropertyConstraintViolation'])
    expect(await client.isSilentOn('[3,"x",{}]')).toBe(true)
    expect(desk.codes()[0]).toBe('ocpp.field.enum')
  })

  test('C2 2.1: the station could not read our answer', async () => {
    const { client, desk } = await twoSides('2.1')
    expect(await client.isSilentOn('[5,"x","FormatViolation","what?",{}]')).toBe(true)
    expect(desk.events).toEqual([
      { level: 'error', code: 'ocpp.answer.refused', params: { error: 'FormatViolation', description: 'what?' } },
    ])
  })

  test('C3 no answer in time; then the next, and a late answer is known as one', async () => {
    const { client, clock, peer, desk } = await twoSides('1.6')
    const outcomes = [peer.call('ClearCache', {}, { timeout_ms: 5000 }), peer.call('ClearCache', {})]
    const late = await idOf(client)
    clock.moveTo(start_ms + 5000)
    expect(await outcomes[0]).toEqual({ kind: 'timeout', after_ms: 5000 })
    const id = await idOf(client)
    client.socket.send(`[3,"${late}",{"status":"Accepted"}]`)
    client.socket.send(`[3,"${id}",{"status":"Rejected"}]`)
    expect(await outcomes[1]).toEqual({ kind: 'result', payload: { status: 'Rejected' } })
    expect(desk.codes()).toEqual(['ocpp.call.timeout', 'ocpp.answer.late'])
  })

  test('C2 all that waits ends when the connection does', async () => {
    const { client, peer } = await twoSides('1.6')
    const outcomes = [peer.call('ClearCache', {}), peer.call('ClearCache', {})]
    await client.next()
    client.socket.terminate()
    expect(await Promise.all(outcomes)).toEqual([{ kind: 'closed' }, { kind: 'closed' }])
    expect(await peer.call('ClearCache', {})).toEqual({ kind: 'closed' })
    expect([peer.isOpen, peer.notify('NotifyPeriodicEventStream', {})]).toEqual([false, false])
  })

  test('a handler may call the station back before it answers', async () => {
    const back: RpcPeer[] = []
    const desk = await openFor(async (_, peer) => {
      back.push(peer)
      const outcome = await peer.call('ClearCache', {})
      return { payload: { currentTime: outcome.kind === 'result' ? '2026-01-01T00:00:00Z' : 'never' } }
    })
    const station = peerOf(
      await connectTo(desk, { versions: ['2.1'], handler: { call: () => ({ payload: { status: 'Accepted' } }) } }),
    )
    expect(await station.call('Heartbeat', {})).toMatchObject({
      kind: 'result',
      payload: { currentTime: '2026-01-01T00:00:00Z' },
    })
    expect(back).toEqual([stationAt(desk)])
  })

  test('SEND from the station, 2.1 only', async () => {
    const desk = await openFor()
    const stream = { id: 1, pending: 0, basetime: '2026-11-24T12:00:00Z', data: [{ t: 1, v: '2' }] }
    const station = peerOf(await connectTo(desk, { versions: ['2.1'] }))
    expect(station.notify('NotifyPeriodicEventStream', stream)).toBe(true)
    await settle(() => desk.sends.length === 1)
    expect(station.notify('NotifyPeriodicEventStream', { ...stream, id: 'one' })).toBe(false)
    expect(station.notify('Heartbeat', {})).toBe(false)
    const older = peerOf(await connectTo(desk, { versions: ['2.0.1'] }))
    expect(older.notify('NotifyPeriodicEventStream', stream)).toBe(false)
  })
})

describe('health', () => {
  test('L1 a peer that answers no ping is cut off, one that does is not', async () => {
    const clock = new ManualClock(start_ms)
    const desk = await openFor(emptyAnswer, { clock })
    const well = await RawClient.open(desk, '1.6', 'well')
    const pinged = new Promise((resolve) => well.socket.once('ping', resolve))
    const dead = await RawClient.open(desk, '1.6', 'dead')
    // Its process hangs: the socket lives on, nobody reads.
    dead.socket.pause()
    clock.moveTo(start_ms + 60_000)
    await pinged
    await well.ask('[2,"1","Heartbeat",{}]')
    expect([...desk.gate.peers.keys()]).toEqual(['well', 'dead'])
    clock.moveTo(start_ms + 120_000)
    expect([...desk.gate.peers.keys()]).toEqual(['well'])
    expect([desk.codes(), desk.closed]).toEqual([['ocpp.link.silent'], [1006]])
    dead.socket.terminate()
  })

  test('L2 a peer that does not read is cut off', async () => {
    const desk = await openFor(emptyAnswer, { limits: { maxBuffered_bytes: 10_000, burst: 1e6 } })
    const client = await RawClient.open(desk, '2.1')
    client.socket.pause()
    const data = 'x'.repeat(2500)
    const peer = stationAt(desk)
    for (let calls = 0; calls < 20_000 && peer.isOpen; calls++) {
      peer.notify('NotifyPeriodicEventStream', {
        id: 1,
        pending: 0,
        basetime: '2026-11-24T12:00:00Z',
        data: [{ t: 1, v: data }],
      })
    }
    expect([desk.codes(), desk.closed]).toEqual([['ocpp.link.slow'], [1006]])
    client.socket.terminate()
  })

  test('L3 a peer that says no farewell is cut off', async () => {
    const clock = new ManualClock(start_ms)
    const desk = await openFor(emptyAnswer, { clock })
    const client = await RawClient.open(desk, '1.6')
    client.socket.pause()
    const peer = stationAt(desk)
    peer.close(1000, 'done')
    expect([peer.isOpen, desk.closed, desk.gate.peers.size]).toEqual([false, [1000], 0])
    clock.moveTo(start_ms + 5000)
    await peer.finished
    client.socket.terminate()
  })

  test('nothing is left to ring when all is over', async () => {
    const clock = new ManualClock(start_ms)
    const desk = await openFor(emptyAnswer, { clock })
    const client = await RawClient.open(desk, '1.6')
    await client.ask('[2,"1","Heartbeat",{}]')
    void stationAt(desk).call('ClearCache', {})
    await desk.gate.stop()
    await client.closed
    expect(clock.next_ms).toBe(Number.POSITIVE_INFINITY)
  })

  test('the trace sees every frame of both directions', async () => {
    const seen: string[] = []
    const desk = await openFor(emptyAnswer, { trace: (id, direction, text) => seen.push(`${id} ${direction} ${text}`) })
    const client = await RawClient.open(desk, '1.6')
    await client.ask(meter('1'))
    expect(seen).toEqual([`CP1 in ${meter('1')}`, 'CP1 out [3,"1",{}]'])
  })
})
