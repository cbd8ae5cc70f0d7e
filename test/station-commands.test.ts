import { afterEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../src/live/clock/index.ts'
import type { JsonObject, OcppVersion } from '../src/live/ocpp/index.ts'
import { VirtualStation } from '../src/live/station/index.ts'
import { Management } from './support/management.ts'
import { SmallWorld } from './support/small-world.ts'

const START_ms = Date.parse('2026-05-04T08:00:00Z')
const start = new Date(START_ms).toISOString()
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function bench(version: OcppVersion) {
  const clock = new ManualClock(START_ms)
  const management = await new Management(clock).open()
  const world = new SmallWorld(clock)
  const station = new VirtualStation({
    ...{ stationId: 'north', url: management.url, versions: [version], world, clock, chance: () => 0.25 },
    evses: [
      { connectors: ['ccs2', 'chademo'], rating_kW: 150 },
      { connectors: ['ccs2'], rating_kW: 350 },
    ],
  })
  open.push({
    close: async () => {
      station.stop()
      await management.close()
    },
  })
  station.start()
  while (!station.isOnline) await management.pass(0.1)
  await management.settle()
  const ask = (action: string, payload: object): Promise<JsonObject> => management.ask('north', action, payload)
  return { clock, management, world, station, ask }
}

const visitor = { idToken: 'CARD-1', tokenType: 'rfid', departure_ms: null } as const
const statusOf = (management: Management): unknown => {
  const last = management.of('StatusNotification').at(-1)
  return last?.['status'] ?? last?.['connectorStatus']
}

describe.each<OcppVersion>(['1.6', '2.0.1', '2.1'])('a station of OCPP %s, asked', (version) => {
  const is16 = version === '1.6'

  it('is reserved for a token until the reservation ends', async () => {
    const { management, world, station, ask } = await bench(version)
    const expires = new Date(START_ms + 600_000).toISOString()
    const reserve = (id: number) =>
      is16
        ? ask('ReserveNow', { connectorId: 3, expiryDate: expires, idTag: 'CARD-9', reservationId: id })
        : ask('ReserveNow', {
            id,
            evseId: 2,
            expiryDateTime: expires,
            idToken: { idToken: 'CARD-9', type: 'ISO14443' },
          })
    expect(await reserve(4)).toEqual({ status: 'Accepted' })
    expect(statusOf(management)).toBe('Reserved')
    expect(await reserve(5)).toEqual({ status: 'Occupied' })
    station.plugIn(2, 1, visitor)
    await management.settle()
    expect([station.evses[1]?.transaction, world.over_]).toEqual([null, [2]])
    station.unplug(2)
    station.plugIn(2, 1, { ...visitor, idToken: 'CARD-9' })
    await management.settle()
    expect(station.evses[1]?.transaction?.reservationId).toBe(4)
    station.unplug(2)
    expect(await reserve(6)).toEqual({ status: 'Accepted' })
    expect(await ask('CancelReservation', { reservationId: 6 })).toEqual({ status: 'Accepted' })
    expect(await ask('CancelReservation', { reservationId: 6 })).toEqual({ status: 'Rejected' })
    await reserve(7)
    await management.pass(601)
    expect(statusOf(management)).toBe('Available')
  })

  it('becomes inoperative at the end of what is running', async () => {
    const { management, station, ask } = await bench(version)
    const change = (isOperative: boolean) =>
      is16
        ? ask('ChangeAvailability', { connectorId: 3, type: isOperative ? 'Operative' : 'Inoperative' })
        : ask('ChangeAvailability', { evse: { id: 2 }, operationalStatus: isOperative ? 'Operative' : 'Inoperative' })
    station.plugIn(2, 1, visitor)
    await management.settle()
    expect(await change(false)).toEqual({ status: 'Scheduled' })
    station.unplug(2)
    await management.settle()
    expect(statusOf(management)).toBe('Unavailable')
    station.plugIn(2, 1, visitor)
    await management.settle()
    expect(station.evses[1]?.transaction).toBeNull()
    station.unplug(2)
    expect(await change(true)).toEqual({ status: 'Accepted' })
    await management.settle()
    expect(statusOf(management)).toBe('Available')
  })

  it('keeps a list of tokens', async () => {
    const { management, station, ask } = await bench(version)
    const entry = (token: string, status: string) =>
      is16
        ? { idTag: token, idTagInfo: { status } }
        : { idToken: { idToken: token, type: 'ISO14443' }, idTokenInfo: { status } }
    const send = (number: number, updateType: string, ...entries: object[]) =>
      ask('SendLocalList', {
        ...(is16 ? { listVersion: number } : { versionNumber: number }),
        ...{ updateType, localAuthorizationList: entries },
      })
    expect(await send(3, 'Full', entry('CARD-1', 'Accepted'), entry('CARD-2', 'Blocked'))).toEqual({
      status: 'Accepted',
    })
    expect(await send(2, 'Differential', entry('CARD-3', 'Accepted'))).toEqual({ status: 'VersionMismatch' })
    expect(Object.values(await ask('GetLocalListVersion', {}))).toEqual([3])
    station.plugIn(1, 1, visitor)
    station.plugIn(2, 1, { ...visitor, idToken: 'CARD-2' })
    await management.settle()
    expect(station.evses.map(({ transaction }) => transaction?.token.idToken)).toEqual(['CARD-1', undefined])
    expect(management.of('Authorize')).toEqual([])
  })

  it('sends what is triggered', async () => {
    const { management, station, ask } = await bench(version)
    const before = management.heard.length
    const trigger = (requestedMessage: string) =>
      ask('TriggerMessage', { requestedMessage, ...(is16 ? { connectorId: 3 } : { evse: { id: 2 } }) })
    expect(await trigger('StatusNotification')).toEqual({ status: 'Accepted' })
    await trigger('MeterValues')
    await trigger('Heartbeat')
    await trigger('BootNotification')
    expect(await trigger('FirmwareStatusNotification')).toEqual({ status: 'NotImplemented' })
    await management.settle()
    const told = management.heard.slice(before).map(({ action }) => action)
    expect(told.slice(0, 4)).toEqual(['StatusNotification', 'MeterValues', 'Heartbeat', 'BootNotification'])
    station.plugIn(2, 1, visitor)
    await management.settle()
    await trigger('MeterValues')
    await management.settle()
    expect(JSON.stringify(management.heard.at(-1))).toContain('"Trigger"')
  })

  it('does not do what it does not do', async () => {
    const { management } = await bench(version)
    const update = is16
      ? { location: 'ftp://x', retrieveDate: start }
      : { requestId: 1, firmware: { location: 'ftp://x', retrieveDateTime: start } }
    expect(await management.call('north', 'UpdateFirmware', update)).toMatchObject({
      kind: 'error',
      error: 'NotSupported',
    })
  })
})

it('1.6: answers for its configuration, and lets what can be changed be changed', async () => {
  const { management, station, ask } = await bench('1.6')
  const all = await ask('GetConfiguration', {})
  expect(JSON.stringify(all)).toContain('ChargeProfileMaxStackLevel')
  const some = await ask('GetConfiguration', { key: ['NumberOfConnectors', 'Nonsense'] })
  expect(some).toEqual({
    configurationKey: [{ key: 'NumberOfConnectors', readonly: true, value: '3' }],
    unknownKey: ['Nonsense'],
  })
  const change = (key: string, value: string) => ask('ChangeConfiguration', { key, value })
  expect(await change('MeterValueSampleInterval', '60')).toEqual({ status: 'Accepted' })
  expect(await change('MeterValueSampleInterval', '-1')).toEqual({ status: 'Rejected' })
  expect(await change('NumberOfConnectors', '9')).toEqual({ status: 'Rejected' })
  expect(await change('Nonsense', '1')).toEqual({ status: 'NotSupported' })
  expect(await change('MeterValuesSampledData', 'Voltage,Power.Active.Import')).toEqual({ status: 'Accepted' })
  station.plugIn(2, 1, visitor)
  await management.pass(600)
  expect(management.of('MeterValues')).toHaveLength(10)
})

it('2.x: answers for its variables', async () => {
  const { management, ask } = await bench('2.0.1')
  const of = (component: string, variable: string) => ({ component: { name: component }, variable: { name: variable } })
  const got = await ask('GetVariables', {
    getVariableData: [of('SampledDataCtrlr', 'TxUpdatedInterval'), of('SampledDataCtrlr', 'X'), of('X', 'Y')],
  })
  expect(got['getVariableResult']).toMatchObject([
    { attributeStatus: 'Accepted', attributeValue: '10' },
    { attributeStatus: 'UnknownVariable' },
    { attributeStatus: 'UnknownComponent' },
  ])
  const set = await ask('SetVariables', {
    setVariableData: [
      { ...of('SampledDataCtrlr', 'TxUpdatedInterval'), attributeValue: '30' },
      { ...of('SmartChargingCtrlr', 'Entries'), attributeValue: '30' },
    ],
  })
  expect(set['setVariableResult']).toMatchObject([{ attributeStatus: 'Accepted' }, { attributeStatus: 'Rejected' }])
  expect(await ask('GetBaseReport', { requestId: 5, reportBase: 'FullInventory' })).toEqual({ status: 'Accepted' })
  await management.settle()
  expect(management.of('NotifyReport')).toMatchObject([{ requestId: 5, seqNo: 0, tbc: false }])
})

describe('charging profiles', () => {
  const profile = (id: number, more: object, periods: object[] = [{ startPeriod: 0, limit: 50_000 }]) => ({
    ...{ id, stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute', ...more },
    chargingSchedule: [{ id, chargingRateUnit: 'W', startSchedule: start, chargingSchedulePeriod: periods }],
  })

  it('a maximum of the station is shared', async () => {
    const { management, world, station, ask } = await bench('2.1')
    const maximum = profile(1, { chargingProfilePurpose: 'ChargingStationMaxProfile' }, [
      { startPeriod: 0, limit: 240_000 },
    ])
    await ask('SetChargingProfile', { evseId: 0, chargingProfile: maximum })
    station.plugIn(2, 1, visitor)
    await management.settle()
    expect(world.allowed_kW[2]).toBe(240)
    await ask('SetChargingProfile', { evseId: 1, chargingProfile: profile(2, {}) })
    station.plugIn(1, 1, { ...visitor, idToken: 'CARD-2' })
    await management.settle()
    expect([world.allowed_kW[1], world.allowed_kW[2]]).toEqual([50, 190])
  })

  it('are reported, with the schedule they make together', async () => {
    const { management, ask } = await bench('2.0.1')
    const steps = [
      { startPeriod: 0, limit: 50_000 },
      { startPeriod: 600, limit: 20_000 },
    ]
    await ask('SetChargingProfile', { evseId: 1, chargingProfile: profile(1, {}, steps) })
    const { status, schedule } = await ask('GetCompositeSchedule', { evseId: 1, duration: 3600 })
    expect([status, schedule]).toMatchObject([
      'Accepted',
      { chargingRateUnit: 'W', chargingSchedulePeriod: steps, duration: 3600 },
    ])
    expect(await ask('GetCompositeSchedule', { evseId: 9, duration: 60 })).toMatchObject({ status: 'Rejected' })
    expect(await ask('GetChargingProfiles', { requestId: 3, evseId: 2, chargingProfile: {} })).toEqual({
      status: 'NoProfiles',
    })
    expect(await ask('GetChargingProfiles', { requestId: 3, chargingProfile: { chargingProfileId: [1] } })).toEqual({
      status: 'Accepted',
    })
    await management.settle()
    expect(management.of('ReportChargingProfiles')).toMatchObject([
      { requestId: 3, evseId: 1, chargingProfile: [{ id: 1 }] },
    ])
    expect(await ask('ClearChargingProfile', { chargingProfileId: 1 })).toEqual({ status: 'Accepted' })
    expect(await ask('ClearChargingProfile', { chargingProfileId: 1 })).toEqual({ status: 'Unknown' })
  })

  it('2.1: dynamic ones take their limit from updates, which they also ask for', async () => {
    const { management, world, station, ask } = await bench('2.1')
    station.plugIn(2, 1, visitor)
    await management.settle()
    const dynamic = {
      ...profile(7, { chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Dynamic' }, [
        { startPeriod: 0, limit: 90_000 },
      ]),
      ...{ transactionId: station.evses[1]?.transaction?.id, dynUpdateInterval: 60 },
    }
    expect(await ask('SetChargingProfile', { evseId: 2, chargingProfile: dynamic })).toEqual({ status: 'Accepted' })
    expect(world.allowed_kW[2]).toBe(90)
    await ask('UpdateDynamicSchedule', { chargingProfileId: 7, scheduleUpdate: { limit: 70_000 } })
    expect(world.allowed_kW[2]).toBe(70)
    expect(await ask('UpdateDynamicSchedule', { chargingProfileId: 8, scheduleUpdate: { limit: 1 } })).toMatchObject({
      statusInfo: { reasonCode: 'NotFound' },
    })
    management.reply = ({ action }) =>
      action === 'PullDynamicScheduleUpdate'
        ? { payload: { status: 'Accepted', scheduleUpdate: { limit: 33_000 } } }
        : undefined
    await management.pass(130)
    expect(world.allowed_kW[2]).toBe(33)
    expect(management.of('PullDynamicScheduleUpdate')).toHaveLength(2)
  })

  it('1.6: a profile can come with a start from afar', async () => {
    const { management, world, station, ask } = await bench('1.6')
    const chargingProfile = {
      ...{ chargingProfileId: 4, stackLevel: 0, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' },
      chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 100 }] },
    }
    await ask('RemoteStartTransaction', { connectorId: 3, idTag: 'APP', chargingProfile })
    station.plugIn(2, 1, visitor)
    await management.settle()
    expect(world.allowed_kW[2]).toBe(40)
  })
})
