import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RPCClient } from 'ocpp-rpc'
import type { RPC_ClientOptions } from 'ocpp-rpc/lib/client.js'
import { afterEach, expect, test } from 'vitest'
import { MachineClock } from '../src/live/clock/index.ts'
import { attachOcpp } from '../src/live/ocpp/index.ts'
import { Operation, type OperationOptions } from '../src/live/operate/index.ts'
import { MemoryStore, token } from '../src/live/operate/test-support.ts'
import { RawClient } from './support/ocpp.ts'

const plans = [{ stationId: 'S1', evses: [{ connectors: ['ccs2'], rating_kW: 150 }] }]
const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

/** The management system behind a real socket. */
async function serve(options: Partial<OperationOptions> = {}) {
  const store = new MemoryStore()
  const clock = new MachineClock()
  const operation = await Operation.open({ plans, store, clock, catalogue: null, ...options })
  await operation.putToken(token('CARD'))
  const server = createServer()
  const gate = attachOcpp(server, {
    clock,
    authenticate: (admission) => operation.admit(admission),
    connected: (peer) => operation.connected(peer),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(async () => {
    await gate.stop()
    await new Promise((resolve) => server.close(resolve))
  })
  return { store, operation, url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ocpp` }
}

/** A client of others that checks every message, ours too, against schemas of its own. */
async function client(url: string, protocol: string, password?: string): Promise<RPCClient> {
  const identity = { endpoint: url, identity: 'S1', protocols: [protocol], strictMode: true, reconnect: false }
  // Its types ask for every option, its code for two of them.
  const options: Partial<RPC_ClientOptions> = password === undefined ? identity : { ...identity, password }
  const rpc = new RPCClient(options as RPC_ClientOptions)
  rpc.handle(async () => ({ status: 'Accepted' }))
  closers.unshift(async () => {
    await rpc.close({ force: true })
  })
  await rpc.connect()
  return rpc
}

/** A socket that knows nothing of OCPP. Others' messages that come in between are passed over. */
async function bare(url: string, protocol: string) {
  const raw = new RawClient(`${url}/S1`, [protocol])
  closers.unshift(async () => raw.socket.terminate())
  await new Promise((resolve, reject) => {
    raw.socket.once('open', resolve)
    raw.socket.once('error', reject)
  })
  return async (id: string, action: string, payload: object): Promise<readonly unknown[]> => {
    raw.socket.send(JSON.stringify([2, id, action, payload]))
    for (;;) {
      const answer = JSON.parse(await raw.next())
      if (answer[1] === id) return answer
    }
  }
}

const now = () => new Date().toISOString()

test('O10 a session over 1.6 with a client of others', async () => {
  const { store, operation, url } = await serve()
  const rpc = await client(url, 'ocpp1.6')
  expect(await rpc.call('BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'One' })).toMatchObject({
    status: 'Accepted',
  })
  const status = (word: string) =>
    rpc.call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: word })
  await status('Preparing')
  expect(await rpc.call('Authorize', { idTag: 'CARD' })).toEqual({ idTagInfo: { status: 'Accepted' } })
  const start = await rpc.call('StartTransaction', { connectorId: 1, idTag: 'CARD', meterStart: 100, timestamp: now() })
  const { transactionId } = start as { transactionId: number }
  await status('Charging')
  const sampledValue = [
    { value: '1100', measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
    { value: '90', measurand: 'Power.Active.Import', unit: 'kW' },
  ]
  const meterValue = [{ timestamp: now(), sampledValue }]
  await rpc.call('MeterValues', { connectorId: 1, transactionId, meterValue })
  expect(operation.station('S1')?.evses[0]).toMatchObject({
    reading: { power_W: 90_000 },
    transaction: { state: 'active' },
  })
  const [transaction] = operation.transactions()
  const outcome = await operation.command('alice', { name: 'stop', transaction: transaction?.id ?? '' })
  expect(outcome).toMatchObject({ kind: 'accepted' })
  const stop = { transactionId, meterStop: 2100, timestamp: now(), reason: 'Remote' }
  expect(await rpc.call('StopTransaction', stop)).toEqual({})
  await status('Available')
  expect(store.record(String(transactionId))).toMatchObject({
    state: 'ended',
    energy_Wh: 2000,
    stopReason: 'Remote',
    doubts: [],
  })
  expect(operation.station('S1')?.evses[0]?.session).toBe(0)
})

const tx = (eventType: string, seqNo: number, energy_Wh: number, more: object = {}) => ({
  eventType,
  seqNo,
  timestamp: now(),
  triggerReason: eventType === 'Updated' ? 'MeterValuePeriodic' : 'CablePluggedIn',
  transactionInfo: { transactionId: 'tx-1' },
  meterValue: [{ timestamp: now(), sampledValue: [{ value: energy_Wh, measurand: 'Energy.Active.Import.Register' }] }],
  ...more,
})
const session2 = (): readonly (readonly [string, object])[] => [
  ['BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'Two' } }],
  ['StatusNotification', { evseId: 1, connectorId: 1, connectorStatus: 'Occupied', timestamp: now() }],
  ['Authorize', { idToken: { idToken: 'CARD', type: 'ISO14443' } }],
  [
    'TransactionEvent',
    tx('Started', 0, 100, { evse: { id: 1, connectorId: 1 }, idToken: { idToken: 'CARD', type: 'ISO14443' } }),
  ],
  ['TransactionEvent', tx('Updated', 1, 600)],
  [
    'TransactionEvent',
    tx('Ended', 2, 1100, { transactionInfo: { transactionId: 'tx-1', stoppedReason: 'EVDisconnected' } }),
  ],
  ['StatusNotification', { evseId: 1, connectorId: 1, connectorStatus: 'Available', timestamp: now() }],
  ['Heartbeat', {}],
]

test('O10 a session over 2.0.1 with a client of others', async () => {
  const { store, operation, url } = await serve()
  const password = (await operation.renewPassword('S1')) ?? ''
  await expect(client(url, 'ocpp2.0.1', 'wrong')).rejects.toThrow()
  const rpc = await client(url, 'ocpp2.0.1', password)
  for (const [action, payload] of session2()) expect(await rpc.call(action, payload)).toBeTypeOf('object')
  expect(store.record('tx-1')).toMatchObject({ state: 'ended', energy_Wh: 1000, doubts: [] })
  const reset = await operation.command('alice', { name: 'reset', stationId: 'S1', evse: 1, when: 'idle' })
  expect(reset).toMatchObject({ kind: 'accepted' })
})

test('O10 a session over 2.1 with a bare socket', async () => {
  const { store, url } = await serve()
  const ask = await bare(url, 'ocpp2.1')
  for (const [index, [action, payload]] of session2().entries()) {
    const [type] = await ask(`m${index}`, action, payload)
    expect(type, action).toBe(3)
  }
  expect(store.record('tx-1')).toMatchObject({ state: 'ended', energy_Wh: 1000, doubts: [] })
})

test('O12 a store that fails answers InternalError, and the same call told again is taken', async () => {
  const { store, url } = await serve()
  const ask = await bare(url, 'ocpp2.0.1')
  const [boot, , , start] = session2()
  if (!boot || !start) throw new Error('no messages')
  await ask('b', ...boot)
  store.failure = new Error('database is locked')
  expect((await ask('same', ...start)).slice(0, 3)).toEqual([4, 'same', 'InternalError'])
  store.failure = null
  for (let time = 0; time < 2; time++) {
    expect(await ask('same', ...start)).toMatchObject([3, 'same', { idTokenInfo: { status: 'Accepted' } }])
  }
  expect(store.transactions()).toHaveLength(1)
})
