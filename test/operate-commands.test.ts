import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createValidator } from 'ocpp-rpc'
import { describe, expect, test } from 'vitest'
import type { OcppVersion } from '../src/live/ocpp/index.ts'
import type { Command } from '../src/live/operate/index.ts'
import { booted, iso, openHub, START_ms, token } from '../src/live/operate/test-support.ts'
import { root } from './support/repository.ts'

/** Schemas of another package than the one our messages are checked with when they are sent. */
const schemasOf = (file: string) => {
  const text = readFileSync(join(root, 'node_modules/ocpp-rpc/lib/schemas', `${file}.json`), 'utf8')
  return createValidator(file, JSON.parse(text))
}
const validators = { '1.6': schemasOf('ocpp1_6'), '2.0.1': schemasOf('ocpp2_0_1'), '2.1': schemasOf('ocpp2_1') }

function expectValid(version: OcppVersion, action: string, payload: unknown): void {
  const id = version === '2.1' ? `urn:${action}Request` : `urn:${action}.req`
  expect(() => validators[version].validate(id, payload), `${version} ${action}`).not.toThrow()
}

const versions: readonly OcppVersion[] = ['1.6', '2.0.1', '2.1']
const stationId = 'S1'
const variable = { component: 'OCPPCommCtrlr', variable: 'HeartbeatInterval' }
const commands: readonly Command[] = [
  { name: 'start', stationId, evse: 2, idToken: 'CARD', tokenType: 'EVCCID' },
  { name: 'start', stationId, evse: null, idToken: 'CARD' },
  { name: 'reset', stationId, evse: null, when: 'idle' },
  { name: 'reset', stationId, evse: 2, when: 'now' },
  { name: 'unlock', stationId, evse: 2, connector: 1 },
  { name: 'availability', stationId, evse: null, operative: false },
  { name: 'availability', stationId, evse: 1, operative: true },
  { name: 'trigger', stationId, message: 'MeterValues', evse: 1 },
  { name: 'trigger', stationId, message: 'StatusNotification', evse: null },
  { name: 'reserve', stationId, evse: 1, idToken: 'CARD', expires_ms: START_ms + 900_000 },
  { name: 'reserve', stationId, evse: 0, idToken: 'CARD', expires_ms: START_ms + 900_000 },
  { name: 'getVariables', stationId, variables: [] },
  { name: 'getVariables', stationId, variables: [variable] },
  { name: 'setVariables', stationId, values: [{ ...variable, value: '300' }] },
  { name: 'sendLocalList', stationId },
  { name: 'localListVersion', stationId },
  { name: 'clearCache', stationId },
  { name: 'dataTransfer', stationId, vendor: 'acme', message: 'hello', data: 'x' },
  { name: 'dataTransfer', stationId, vendor: 'acme' },
  { name: 'diagnostics', stationId, location: 'ftp://example.org/logs' },
  { name: 'updateFirmware', stationId, location: 'https://example.org/fw.bin', at_ms: START_ms },
  { name: 'message', stationId, action: 'ClearCache', payload: {} },
]

describe.each(versions)('%s', (version) => {
  const open = async () => {
    const hub = await openHub()
    await hub.operation.putToken(token('GONE', { status: 'blocked', group: 'FLEET', expires_ms: START_ms }))
    const station = await booted(hub, version)
    station.answers['GetVariables'] = { getVariableResult: [{ attributeStatus: 'Accepted', attributeValue: '300' }] }
    station.answers['SetVariables'] = { setVariableResult: [{ attributeStatus: 'RebootRequired' }] }
    return { hub, station }
  }

  test.each(commands)(
    'O40 $name is valid by the schemas of others, and what came of it is written down',
    async (command) => {
      const { hub, station } = await open()
      const outcome = await hub.operation.command('alice', command)
      for (const { action, payload } of station.asked) expectValid(version, action, payload)
      const isPartReset = command.name === 'reset' && command.evse !== null && version === '1.6'
      expect(outcome.kind).toBe(isPartReset ? 'notSupported' : 'accepted')
      expect(station.asked.length > 0).toBe(!isPartReset)
      const written = hub.store.journal.filter(({ kind }) => kind === 'command')
      expect(written).toMatchObject([
        { command: { by: 'alice', name: command.name, stationId, outcome: { kind: outcome.kind } } },
      ])
    },
  )

  test('O41 a transaction is stopped by its record', async () => {
    const { hub, station } = await open()
    if (version === '1.6') {
      await station.say('StartTransaction', { connectorId: 1, idTag: 'CARD', meterStart: 0, timestamp: iso(0) })
    } else {
      const start = { eventType: 'Started', seqNo: 0, timestamp: iso(0), triggerReason: 'Authorized' }
      await station.say('TransactionEvent', { ...start, transactionInfo: { transactionId: 'abc' }, evse: { id: 1 } })
    }
    const [transaction] = hub.operation.transactions()
    const outcome = await hub.operation.command('alice', { name: 'stop', transaction: transaction?.id ?? '' })
    expect(outcome.kind).toBe('accepted')
    const { action, payload } = station.asked.at(-1) ?? { action: '', payload: {} }
    expectValid(version, action, payload)
    expect(String(payload['transactionId'])).toBe(transaction?.transactionId)
  })

  test('O42 every end of a call has its outcome', async () => {
    const { hub, station } = await open()
    const clear: Command = { name: 'clearCache', stationId }
    const outcomes = []
    for (const answer of [
      { status: 'Rejected', statusInfo: { reasonCode: 'NotEnabled' } },
      { kind: 'timeout', after_ms: 30_000 },
      { kind: 'closed' },
      { kind: 'busy', most: 64 },
      { kind: 'error', code: 'NotImplemented', error: 'NotImplemented', description: '', details: {} },
      { kind: 'error', code: 'InternalError', error: 'InternalError', description: 'oops', details: {} },
      { kind: 'invalid', whose: 'theirs', problems: [{ code: 'ocpp.field.missing', params: {} }] },
    ] as const) {
      station.answers['ClearCache'] = answer
      outcomes.push(await hub.operation.command('alice', clear))
    }
    expect(outcomes).toMatchObject([
      { kind: 'rejected', reason: 'operate.command.rejected', params: { status: 'Rejected', info: 'NotEnabled' } },
      { kind: 'timeout', after_s: 30 },
      { kind: 'offline' },
      { kind: 'rejected', reason: 'operate.command.busy' },
      { kind: 'notSupported' },
      { kind: 'rejected', reason: 'operate.command.error' },
      { kind: 'rejected', reason: 'operate.command.invalid' },
    ])
    station.close()
    expect(await hub.operation.command('alice', clear)).toEqual({ kind: 'offline' })
  })
})

test('O43 what cannot be asked is not asked', async () => {
  const hub = await openHub()
  const station = await booted(hub, '2.1')
  const reasons = []
  for (const command of [
    { name: 'clearCache', stationId: 'NOBODY' },
    { name: 'reset', stationId, evse: 7, when: 'now' },
    { name: 'stop', transaction: 'none' },
    { name: 'cancelReservation', reservation: 5 },
  ] as const satisfies readonly Command[]) {
    const outcome = await hub.operation.command('alice', command)
    reasons.push(outcome.kind === 'rejected' ? outcome.reason : outcome.kind)
  }
  expect(station.asked).toEqual([])
  expect(reasons).toEqual([
    'operate.command.noStation',
    'operate.command.noEvse',
    'operate.command.noTransaction',
    'operate.command.noReservation',
  ])
})

describe('O44 reservations', () => {
  const reserve: Command = { name: 'reserve', stationId, evse: 1, idToken: 'CARD', expires_ms: START_ms + 900_000 }
  const states = (hub: Awaited<ReturnType<typeof openHub>>) =>
    hub.store.journal.flatMap((event) => (event.kind === 'reservation' ? [event.reservation.state] : []))

  test('held, then used', async () => {
    const hub = await openHub()
    const station = await booted(hub, '1.6')
    const outcome = await hub.operation.command('alice', reserve)
    expect(outcome).toMatchObject({ kind: 'accepted', details: { reservation: 1 } })
    const start = { connectorId: 1, idTag: 'CARD', meterStart: 0, timestamp: iso(0), reservationId: 1 }
    await station.say('StartTransaction', start)
    expect(states(hub)).toEqual(['asked', 'held', 'used'])
    expect(hub.operation.reservations()).toEqual([])
  })

  test('refused, cancelled, expired, also over a restart', async () => {
    const hub = await openHub()
    const station = await booted(hub, '2.0.1')
    station.answers['ReserveNow'] = { status: 'Occupied' }
    await hub.operation.command('alice', reserve)
    station.answers['ReserveNow'] = { status: 'Accepted' }
    await hub.operation.command('alice', reserve)
    await hub.operation.command('alice', { name: 'cancelReservation', reservation: 2 })
    await hub.operation.command('alice', reserve)
    const again = await openHub({ clock: hub.clock }, hub.store)
    expect(again.operation.reservations()).toMatchObject([{ id: 3, state: 'held' }])
    hub.clock.moveTo(START_ms + 900_000)
    await new Promise(setImmediate)
    expect(again.operation.reservations()).toEqual([])
    expect(states(hub).slice(0, 6)).toEqual(['asked', 'refused', 'asked', 'held', 'cancelled', 'asked'])
    expect(states(hub).at(-1)).toBe('expired')
  })
})
