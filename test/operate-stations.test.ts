import { describe, expect, test } from 'vitest'
import { isPassword } from '../src/live/operate/passwords.ts'
import {
  boot2,
  boot16,
  booted,
  type Hub,
  iso,
  openHub,
  START_ms,
  StationDouble,
} from '../src/live/operate/test-support.ts'

const admission = (stationId: string, password: string | null = null) => {
  return {
    stationId,
    password: password === null ? null : Buffer.from(password),
    remote: '10.0.0.1',
    version: '2.1',
  } as const
}
const codes = (hub: Hub) => hub.operation.alarms().map(({ code }) => code)

describe('O1 boot', () => {
  test('of a station of the site: accepted, with interval and time, durable before it is told', async () => {
    const hub = await openHub()
    const station = new StationDouble('S1', '1.6').connect(hub.operation)
    const answer = station.say('BootNotification', { ...boot16, firmwareVersion: '1.2' })
    expect(hub.store.journal.filter(({ kind }) => kind === 'station')).toEqual([])
    expect(await answer).toEqual({ status: 'Accepted', interval: 300, currentTime: iso(0) })
    expect(hub.store.journal.at(-1)).toMatchObject({
      station: { vendor: 'Acme', firmware: '1.2', booted_ms: START_ms },
    })
  })

  test('of a stranger: waits in the lobby until it is let in', async () => {
    const hub = await openHub()
    const station = new StationDouble('X1', '2.0.1').connect(hub.operation)
    expect(await station.say('BootNotification', boot2)).toMatchObject({ status: 'Pending', interval: 60 })
    expect(await station.say('Heartbeat')).toEqual({ error: 'SecurityError' })
    expect(codes(hub)).toEqual(['alarm.lobby'])
    expect(await hub.operation.decide('X1', 'accepted')).toBe(true)
    expect(station.lastAsked('TriggerMessage')).toEqual({ requestedMessage: 'BootNotification' })
    expect(await station.say('BootNotification', boot2)).toMatchObject({ status: 'Accepted', interval: 300 })
    expect(await station.say('Heartbeat')).toEqual({ currentTime: iso(0) })
    expect(codes(hub)).toEqual([])
  })

  test('of one that was rejected', async () => {
    const hub = await openHub()
    const station = new StationDouble('X1', '2.0.1').connect(hub.operation)
    await station.say('BootNotification', boot2)
    await hub.operation.decide('X1', 'rejected')
    expect(await station.say('BootNotification', boot2)).toMatchObject({ status: 'Rejected', interval: 3600 })
    expect(await hub.operation.decide('NOBODY', 'accepted')).toBe(false)
  })
})

describe.each(['1.6', '2.0.1', '2.1'] as const)('O2 before its boot, %s', (version) => {
  test('a station may say nothing else, and is asked to boot once', async () => {
    const hub = await openHub()
    const station = new StationDouble('S1', version).connect(hub.operation)
    for (let time = 0; time < 2; time++) expect(await station.say('Heartbeat')).toEqual({ error: 'SecurityError' })
    expect(station.asked).toEqual([{ action: 'TriggerMessage', payload: { requestedMessage: 'BootNotification' } }])
  })

  test('a station that booted before we were restarted may go on', async () => {
    const hub = await openHub()
    await booted(hub, version)
    const again = await openHub({ clock: hub.clock }, hub.store)
    const station = new StationDouble('S1', version).connect(again.operation)
    expect(await station.say('Heartbeat')).toEqual({ currentTime: iso(0) })
    hub.clock.moveTo(START_ms + 3000)
    expect(station.asked.map(({ action }) => action)).toContain('TriggerMessage')
  })

  test('what a version does not have, or nobody carries out, is NotSupported', async () => {
    const hub = await openHub()
    const station = await booted(hub, version)
    expect(await station.say('Get15118EVCertificate')).toEqual({ error: 'NotSupported' })
    expect(await station.say('__proto__')).toEqual({ error: 'NotSupported' })
  })
})

test('O1 five hundred stations come back at once: all are answered, all are written down', async () => {
  const ids = Array.from({ length: 500 }, (_, index) => `N${index}`)
  const plans = ids.map((stationId) => ({ stationId, evses: [{ connectors: ['ccs2'], rating_kW: 150 }] }))
  const hub = await openHub({ plans })
  const come = async (stationId: string) => {
    const station = new StationDouble(stationId, '2.0.1').connect(hub.operation)
    const boot = station.say('BootNotification', boot2)
    const status = { evseId: 1, connectorId: 1, connectorStatus: 'Occupied', timestamp: iso(0) }
    return [(await boot)['status'], await station.say('StatusNotification', status)]
  }
  expect(await Promise.all(ids.map(come))).toEqual(ids.map(() => ['Accepted', {}]))
  expect(hub.operation.stations().every(({ evses, online }) => online && evses[0]?.session)).toBe(true)
  expect(hub.store.journal.filter(({ kind }) => kind === 'station')).toHaveLength(500)
})

describe('O3 admission', () => {
  test('passwords', async () => {
    const hub = await openHub()
    expect(await hub.operation.admit(admission('S1'))).toEqual({ accept: true })
    const password = (await hub.operation.renewPassword('S1')) ?? ''
    expect(password).toHaveLength(32)
    expect(await hub.operation.admit(admission('S1', password))).toEqual({ accept: true })
    for (const wrong of [null, '', 'x', `${password}x`]) {
      expect(await hub.operation.admit(admission('S1', wrong))).toEqual({ accept: false, status: 401 })
    }
    expect(JSON.stringify(hub.store.journal)).not.toContain(password)
    await hub.operation.dropPassword('S1')
    expect(await hub.operation.admit(admission('S1'))).toEqual({ accept: true })
    expect(await hub.operation.renewPassword('NOBODY')).toBeNull()
    expect(isPassword('garbage', Buffer.from('x'))).toBe(false)
  })

  test('strangers', async () => {
    const strict = await openHub({ settings: { strangers: 'refuse' } })
    expect(await strict.operation.admit(admission('X1'))).toEqual({ accept: false, status: 404 })
    const full = await openHub({ settings: { mostPending: 2 } })
    for (const id of ['X1', 'X2']) {
      expect(await full.operation.admit(admission(id))).toEqual({ accept: true })
      new StationDouble(id, '2.1').connect(full.operation)
    }
    expect(await full.operation.admit(admission('X3'))).toEqual({ accept: false, status: 503 })
    expect(await full.operation.admit(admission('X2'))).toEqual({ accept: true })
    expect(await full.operation.forget('X1')).toBe(true)
    expect(await full.operation.admit(admission('X3'))).toEqual({ accept: true })
    expect(await full.operation.forget('S1')).toBe(false)
  })
})

describe('O4 connections', () => {
  test('of two with one id the newest counts', async () => {
    const hub = await openHub()
    const first = await booted(hub, '1.6')
    const second = new StationDouble('S1', '1.6').connect(hub.operation)
    first.close()
    expect(hub.operation.line('S1')).toBe(second)
    expect(hub.operation.station('S1')?.online).toBe(true)
    second.close()
    expect(hub.operation.line('S1')).toBeNull()
    expect(hub.events.filter(({ kind }) => kind === 'disconnected')).toHaveLength(1)
  })

  test('one that is gone for long is an alarm until it is back', async () => {
    const hub = await openHub()
    const station = await booted(hub, '1.6')
    station.close()
    hub.clock.moveTo(START_ms + 119_000)
    expect(codes(hub)).toEqual([])
    hub.clock.moveTo(START_ms + 121_000)
    expect(codes(hub)).toEqual(['alarm.offline'])
    new StationDouble('S1', '1.6').connect(hub.operation)
    expect(codes(hub)).toEqual([])
  })

  test('one that does not come back after a restart of ours is an alarm too', async () => {
    const hub = await openHub()
    await booted(hub, '1.6')
    hub.operation.close()
    const again = await openHub({ clock: hub.clock }, hub.store)
    hub.clock.moveTo(START_ms + 121_000)
    expect(codes(again)).toEqual(['alarm.offline'])
  })

  test('a station that told its connectors at its start is not asked again', async () => {
    const hub = await openHub()
    const [quiet, talking] = [await booted(hub, '1.6'), new StationDouble('S1', '1.6')]
    hub.clock.moveTo(START_ms + 3000)
    expect(quiet.asked).toHaveLength(1)
    talking.connect(hub.operation)
    await talking.say('BootNotification', boot16)
    await talking.say('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError' })
    hub.clock.moveTo(START_ms + 4900)
    expect(talking.asked).toEqual([])
  })
})

test('O4 once the operation is closed nothing rings any more', async () => {
  const hub = await openHub()
  const [first, second] = [await booted(hub, '1.6'), await booted(hub, '1.6', 'S2')]
  first.close()
  hub.operation.close()
  second.close()
  expect(hub.clock.next_ms).toBe(Number.POSITIVE_INFINITY)
})

test('O4 a station that boots again and again is asked once what it is', async () => {
  const hub = await openHub()
  const station = await booted(hub, '2.0.1')
  for (let time = 0; time < 5; time++) await station.say('BootNotification', boot2)
  hub.clock.moveTo(START_ms + 3000)
  expect(station.asked.filter(({ action }) => action === 'GetVariables')).toHaveLength(1)
})

test('who listens and fails does not touch the station or others who listen', async () => {
  const failures: string[] = []
  const hub = await openHub({ failed: (_, where) => failures.push(where) })
  hub.operation.subscribe(() => {
    throw new Error('broken')
  })
  const kinds: string[] = []
  hub.operation.subscribe(({ kind }) => kinds.push(kind))
  await booted(hub, '1.6')
  expect(kinds).toEqual(['connected', 'booted'])
  expect(failures).toEqual(['listener of connected', 'listener of booted'])
})

test('O5 alarms: standing ones outlive a restart, are acknowledged, and those of one moment end with that', async () => {
  const hub = await openHub()
  const station = await booted(hub, '2.0.1')
  for (const type of ['TamperDetectionActivated', 'StartupOfTheDevice', 'TamperDetectionActivated']) {
    await station.say('SecurityEventNotification', { type, timestamp: iso(0) })
  }
  await station.say('FirmwareStatusNotification', { status: 'InstallationFailed' })
  const again = await openHub({ clock: hub.clock }, hub.store)
  expect(codes(again)).toEqual(['alarm.security', 'alarm.firmware'])
  const [security, firmware] = again.operation.alarms()
  expect(await again.operation.acknowledge(security?.id ?? '', 'alice')).toMatchObject({ acknowledgedBy: 'alice' })
  expect(await again.operation.acknowledge(firmware?.id ?? '', 'alice')).toMatchObject({ acknowledgedBy: 'alice' })
  expect(await again.operation.acknowledge('none', 'alice')).toBeNull()
  expect(codes(again)).toEqual(['alarm.firmware'])
})

test('O6 tokens: entered, blocked, expired, removed, from elsewhere', async () => {
  const elsewhere = {
    idToken: 'GUEST',
    type: 'Central',
    group: null,
    status: 'accepted',
    expires_ms: null,
    vehicle: 'ioniq5',
  } as const
  const hub = await openHub({ tokens: (idToken) => (idToken === 'GUEST' ? elsewhere : null) })
  const station = await booted(hub, '1.6')
  const ask = async (idTag: string) => (await station.say('Authorize', { idTag }))['idTagInfo']
  await hub.operation.putToken({ ...elsewhere, idToken: 'OLD', expires_ms: START_ms, group: 'G' })
  await hub.operation.putToken({ ...elsewhere, idToken: 'BAD', status: 'blocked' })
  expect(await ask('card')).toEqual({ status: 'Accepted' })
  expect(await ask('OLD')).toEqual({ status: 'Expired', expiryDate: iso(0), parentIdTag: 'G' })
  expect(await ask('BAD')).toEqual({ status: 'Blocked' })
  expect(await ask('GUEST')).toEqual({ status: 'Accepted' })
  expect(await ask('NOBODY')).toEqual({ status: 'Invalid' })
  expect(hub.events.at(-1)).toMatchObject({ kind: 'doubt', doubt: { params: { token: 'NOBODY', status: 'unknown' } } })
  expect(await hub.operation.removeToken('BAD')).toBe(true)
  expect(await hub.operation.removeToken('BAD')).toBe(false)
  expect(await ask('BAD')).toEqual({ status: 'Invalid' })
  const again = await openHub({ settings: { unknownTokens: 'accept' } }, hub.store)
  expect(again.operation.tokens().map(({ idToken }) => idToken)).toEqual(['CARD', 'OLD'])
  const line = new StationDouble('S1', '1.6').connect(again.operation)
  expect(await line.say('Authorize', { idTag: 'NOBODY' })).toEqual({ idTagInfo: { status: 'Accepted' } })
})
