import { createRequire } from 'node:module'
import { afterEach, describe, expect, test } from 'vitest'
import { ManualClock } from '../src/live/clock/index.ts'
import { type Answer, connectOcpp, type JsonObject, type OcppVersion } from '../src/live/ocpp/index.ts'
import { type Desk, openDesk, type Taken } from './support/ocpp.ts'

/**
 * Our side of OCPP against a client and a server written by others, with their own copies of the schemas: neither takes a
 * message of ours that is not valid by theirs.
 */
interface Schema {
  readonly $id: string
}
interface Validator {
  readonly subprotocol: string
}
type Handler = (call: { readonly params: JsonObject }) => object
interface TheirClient {
  connect(): Promise<unknown>
  call(action: string, payload: object, options?: { noReply?: boolean }): Promise<JsonObject>
  handle(action: string, handler: Handler): void
  close(): Promise<unknown>
  readonly protocol: string
}
interface TheirServer {
  on(event: 'client', told: (client: TheirClient & { readonly identity: string }) => void): void
  listen(port: number): Promise<{ address(): { port: number } }>
  close(): Promise<unknown>
}
interface Theirs {
  readonly RPCClient: new (options: object) => TheirClient
  readonly RPCServer: new (options: object) => TheirServer
  createValidator(subprotocol: string, schemas: readonly Schema[]): Validator
}
const require = createRequire(import.meta.url)
const theirs: Theirs = require('ocpp-rpc')

/** Their schemas of 2.1 bear other names than their own validator asks for, and a keyword at texts that Ajv warns of. */
function theirValidatorOf21(): Validator {
  const file = JSON.stringify(require('ocpp-rpc/lib/schemas/ocpp2_1.json'))
  const schemas: readonly Schema[] = JSON.parse(file, (_, value) => {
    if (value?.type === 'string') delete value.additionalProperties
    return value
  })
  const named = schemas.map((schema) => ({
    ...schema,
    $id: schema.$id.replace(/Request$/, '.req').replace(/Response$/, '.conf'),
  }))
  return theirs.createValidator('ocpp2.1', named)
}
const strict = { strictMode: true, strictModeValidators: [theirValidatorOf21()] }

const now = '2026-11-24T12:00:00Z'
const meterValue = [{ timestamp: now, sampledValue: [{ value: 12.5, measurand: 'Energy.Active.Import.Register' }] }]
const meterValue16 = [{ timestamp: now, sampledValue: [{ value: '12.5', unit: 'kWh' }] }]
const station = { model: 'DC400', vendorName: 'anyplug' }
const token = { idToken: 'CAFE01', type: 'ISO14443' }
const transaction = (eventType: string, seqNo: number) => ({
  eventType,
  seqNo,
  timestamp: now,
  triggerReason: 'Authorized',
  transactionInfo: { transactionId: 't1' },
  evse: { id: 1, connectorId: 1 },
  idToken: token,
  meterValue,
})

type Message = readonly [action: string, request: object, answer: object]
const boot = { currentTime: now, interval: 300, status: 'Accepted' }
const session20: readonly Message[] = [
  ['BootNotification', { chargingStation: station, reason: 'PowerUp' }, boot],
  ['StatusNotification', { timestamp: now, connectorStatus: 'Occupied', evseId: 1, connectorId: 1 }, {}],
  ['Authorize', { idToken: token }, { idTokenInfo: { status: 'Accepted' } }],
  ['TransactionEvent', transaction('Started', 0), { idTokenInfo: { status: 'Accepted' } }],
  ['TransactionEvent', transaction('Updated', 1), {}],
  ['MeterValues', { evseId: 1, meterValue }, {}],
  ['TransactionEvent', transaction('Ended', 2), { totalCost: 12.5 }],
  ['Heartbeat', {}, { currentTime: now }],
]

/** What a station says in the course of a session, and what it is answered. */
const sessions: Readonly<Record<OcppVersion, readonly Message[]>> = {
  '1.6': [
    ['BootNotification', { chargePointVendor: 'anyplug', chargePointModel: 'DC400' }, boot],
    ['StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing', timestamp: now }, {}],
    ['Authorize', { idTag: 'CAFE01' }, { idTagInfo: { status: 'Accepted' } }],
    [
      'StartTransaction',
      { connectorId: 1, idTag: 'CAFE01', meterStart: 0, timestamp: now },
      { transactionId: 7, idTagInfo: { status: 'Accepted' } },
    ],
    ['MeterValues', { connectorId: 1, transactionId: 7, meterValue: meterValue16 }, {}],
    [
      'StopTransaction',
      { transactionId: 7, meterStop: 12500, timestamp: now, transactionData: meterValue16 },
      { idTagInfo: { status: 'Accepted' } },
    ],
    ['SecurityEventNotification', { type: 'SettingSystemTime', timestamp: now }, {}],
    ['Heartbeat', {}, { currentTime: now }],
  ],
  '2.0.1': session20,
  '2.1': [
    ...session20,
    [
      'BatterySwap',
      {
        eventType: 'BatteryIn',
        requestId: 1,
        idToken: token,
        batteryData: [{ evseId: 1, serialNumber: 'b1', soC: 20, soH: 95 }],
      },
      {},
    ],
    ['PullDynamicScheduleUpdate', { chargingProfileId: 5 }, { status: 'Accepted', scheduleUpdate: { limit: 11000 } }],
  ],
}

const period = { startPeriod: 0, limit: 16.1, numberPhases: 3 }
const accepted = { status: 'Accepted' }
const profile = { chargingProfilePurpose: 'TxDefaultProfile', stackLevel: 0, chargingProfileKind: 'Absolute' }
const schedule = { chargingRateUnit: 'A', startSchedule: now, chargingSchedulePeriod: [period] }
const profile20 = { ...profile, id: 1, chargingSchedule: [{ ...schedule, id: 1 }] }
const commands20: readonly Message[] = [
  ['SetChargingProfile', { evseId: 1, chargingProfile: profile20 }, accepted],
  ['RequestStartTransaction', { remoteStartId: 1, idToken: token, evseId: 1 }, { ...accepted, transactionId: 't1' }],
  [
    'GetVariables',
    { getVariableData: [{ component: { name: 'a' }, variable: { name: 'b' } }] },
    {
      getVariableResult: [
        { attributeStatus: 'Accepted', component: { name: 'a' }, variable: { name: 'b' }, attributeValue: '1' },
      ],
    },
  ],
  ['Reset', { type: 'Immediate' }, accepted],
]

/** What a management system asks a station. */
const commands: Readonly<Record<OcppVersion, readonly Message[]>> = {
  '1.6': [
    [
      'SetChargingProfile',
      { connectorId: 1, csChargingProfiles: { ...profile, chargingProfileId: 1, chargingSchedule: schedule } },
      accepted,
    ],
    ['RemoteStartTransaction', { connectorId: 1, idTag: 'CAFE01' }, accepted],
    ['GetConfiguration', { key: ['a'] }, { configurationKey: [{ key: 'a', readonly: true, value: '1' }] }],
    ['Reset', { type: 'Soft' }, accepted],
  ],
  '2.0.1': commands20,
  '2.1': [
    ...commands20,
    ['UpdateDynamicSchedule', { chargingProfileId: 5, scheduleUpdate: { limit: 22000 } }, accepted],
  ],
}

const ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** Answers each action in the order of the list. */
function script(messages: readonly Message[]): (action: string) => Answer {
  const left = [...messages]
  return (action) => {
    const next = left.shift()
    if (next?.[0] !== action) return { error: 'NotSupported', description: `expected ${next?.[0]}, not ${action}` }
    return { payload: next[2] }
  }
}

const inHand = (calls: readonly Taken[]) => calls.map(({ action, payload }) => [action, payload])
const asked = (messages: readonly Message[]) => messages.map(([action, request]) => [action, request])

describe.each(['1.6', '2.0.1', '2.1'] as const)('OCPP %s', (version) => {
  const openTheirClient = async (desk: Desk): Promise<TheirClient> => {
    const options = { endpoint: desk.url, identity: 'CP:1', password: 'geheim', protocols: [`ocpp${version}`] }
    const client = new theirs.RPCClient({ ...options, ...strict, reconnect: false })
    ends.push(() => client.close())
    await client.connect()
    return client
  }

  test('their station holds a session with our management system', async () => {
    const answer = script(sessions[version])
    const desk = await openDesk(({ action }) => answer(action))
    ends.push(desk.stop)
    const client = await openTheirClient(desk)
    expect(client.protocol).toBe(`ocpp${version}`)
    for (const [action, request, given] of sessions[version]) expect(await client.call(action, request)).toEqual(given)
    expect(inHand(desk.calls)).toEqual(asked(sessions[version]))
    expect(desk.admissions.map(({ stationId, password }) => [stationId, password?.toString()])).toEqual([
      ['CP:1', 'geheim'],
    ])

    for (const [action, request, given] of commands[version]) {
      client.handle(action, ({ params }) => {
        expect(params).toEqual(request)
        return given
      })
      expect(await desk.gate.peers.get('CP:1')?.call(action, request)).toEqual({ kind: 'result', payload: given })
    }
    expect(desk.events).toEqual([])
  })

  test('what their station does not take or know comes back as such', async () => {
    const desk = await openDesk(() => ({ error: 'OccurrenceConstraintViolation', description: 'once is enough' }))
    ends.push(desk.stop)
    const client = await openTheirClient(desk)
    const spelled = version === '1.6' ? 'OccurenceConstraintViolation' : 'OccurrenceConstraintViolation'
    await expect(client.call('Heartbeat', {})).rejects.toMatchObject({
      rpcErrorCode: spelled,
      message: 'once is enough',
    })
    const refused = await desk.gate.peers.get('CP:1')?.call('ClearCache', {})
    expect(refused).toMatchObject({ kind: 'error', error: 'NotImplemented' })
  })

  test('our station holds a session with their management system', async () => {
    const taken: (readonly [string, JsonObject])[] = []
    const server = new theirs.RPCServer({ protocols: [`ocpp${version}`], ...strict })
    ends.push(() => server.close())
    const joined = new Promise<TheirClient & { readonly identity: string }>((resolve) => server.on('client', resolve))
    const answer = script(sessions[version])
    void joined.then((client) => {
      for (const action of new Set(sessions[version].map(([name]) => name))) {
        client.handle(action, ({ params }) => {
          taken.push([action, params])
          const given = answer(action)
          return 'payload' in given ? given.payload : {}
        })
      }
    })
    const { port } = (await server.listen(0)).address()
    const obey = script(commands[version])
    const connection = await connectOcpp({
      url: `ws://127.0.0.1:${port}/any/path/`,
      stationId: 'CP:1',
      versions: ['1.6', '2.0.1', '2.1'],
      password: 'geheim',
      handler: { call: (_, action) => obey(action) },
      clock: new ManualClock(0),
    })
    if (!connection.ok) throw new Error(connection.because.code)
    const { peer } = connection
    const client = await joined
    expect([peer.version, client.identity]).toEqual([version, 'CP:1'])
    for (const [action, request, given] of sessions[version]) {
      expect(await peer.call(action, request)).toEqual({ kind: 'result', payload: given })
    }
    expect(taken).toEqual(asked(sessions[version]))
    for (const [action, request, given] of commands[version]) expect(await client.call(action, request)).toEqual(given)
  })
})
