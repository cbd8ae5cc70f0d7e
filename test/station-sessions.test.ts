import { afterEach, describe, expect, it } from 'vitest'
import { ManualClock } from '../src/live/clock/index.ts'
import type { JsonObject, OcppVersion } from '../src/live/ocpp/index.ts'
import { type Faults, type StationEvent, type StationHabits, VirtualStation } from '../src/live/station/index.ts'
import { Management } from './support/management.ts'
import { SmallWorld } from './support/small-world.ts'

const START_ms = Date.parse('2026-05-04T08:00:00Z')
const versions: readonly OcppVersion[] = ['1.6', '2.0.1', '2.1']
const open: { close(): Promise<void> }[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

interface Options {
  readonly faults?: Faults
  readonly habits?: Partial<StationHabits>
  readonly chance?: () => number
}

async function bench(version: OcppVersion, { faults = {}, habits = {}, chance = () => 0.25 }: Options = {}) {
  const clock = new ManualClock(START_ms)
  const management = await new Management(clock).open()
  const world = new SmallWorld(clock)
  const events: StationEvent[] = []
  const station = new VirtualStation({
    ...{ stationId: 'north', url: management.url, versions: [version], world, clock, chance, faults, habits },
    evses: [
      { connectors: ['ccs2', 'chademo'], rating_kW: 150 },
      { connectors: ['ccs2'], rating_kW: 350 },
    ],
    listen: (event) => events.push(event),
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
  return { clock, management, world, station, events }
}

const visitor = { idToken: 'CARD-1', tokenType: 'rfid', departure_ms: null } as const

function at(payload: JsonObject | undefined, ...path: (string | number)[]): unknown {
  let value: unknown = payload
  for (const part of path) value = (value as Record<string | number, unknown> | undefined)?.[part]
  return value
}

describe.each(versions)('a station of OCPP %s', (version) => {
  it('boots, tells its plugs, charges, and says how much', async () => {
    const { management, world, station } = await bench(version)
    expect(management.heard[0]?.action).toBe('BootNotification')
    expect(management.of('StatusNotification')).toHaveLength(3)
    world.want(2, 90)
    expect(world.power_kW(2)).toBe(0)
    station.plugIn(2, 1, visitor)
    await management.settle()
    expect(world.allowed_kW[2]).toBe(350)
    await management.pass(1800)
    station.unplug(2)
    await management.settle()
    expect(station.waiting).toBe(0)
    const energy_Wh = world.energy_kWh(2) * 1000
    expect(energy_Wh).toBeCloseTo(45_000, 6)
    const told = version === '1.6' ? management.of('MeterValues') : management.of('TransactionEvent')
    expect(told.length).toBeGreaterThanOrEqual(179)
    if (version === '1.6') {
      expect(management.of('StopTransaction')).toMatchObject([
        { transactionId: 1, meterStop: 45_000, reason: 'EVDisconnected' },
      ])
      const statuses = management.of('StatusNotification').map(({ connectorId, status }) => `${connectorId} ${status}`)
      expect(statuses.slice(3)).toEqual(['3 Preparing', '3 Charging', '3 Finishing', '3 Available'])
    } else {
      expect(told[0]).toMatchObject({ eventType: 'Started', seqNo: 0, evse: { id: 2, connectorId: 1 } })
      expect(told.map(({ seqNo }) => seqNo)).toEqual(told.map((_, seqNo) => seqNo))
      expect(told.at(-1)).toMatchObject({ eventType: 'Ended', transactionInfo: { stoppedReason: 'EVDisconnected' } })
      expect(at(told.at(-1), 'meterValue', 0, 'sampledValue', 0)).toMatchObject({ value: 45_000 })
    }
  })

  it('keeps what it could not send, and sends it in order', async () => {
    const { management, world, station } = await bench(version)
    world.want(1, 60)
    station.plugIn(1, 1, visitor)
    await management.pass(60)
    station.disconnect(600)
    await management.settle()
    expect(station.isOnline).toBe(false)
    await management.pass(120)
    station.unplug(1)
    station.plugIn(1, 2, { ...visitor, idToken: 'CARD-2' })
    await management.pass(300)
    expect(world.energy_kWh(1)).toBeCloseTo(8, 1)
    while (!station.isOnline || station.waiting > 0) await management.pass(10)
    if (version === '1.6') {
      const told = management.heard.filter(({ action }) => action.endsWith('Transaction')).map(({ action }) => action)
      expect(told).toEqual(['StartTransaction', 'StopTransaction', 'StartTransaction'])
      expect(
        management.of('MeterValues').every(({ transactionId }) => transactionId === 1 || transactionId === 2),
      ).toBe(true)
    } else {
      const told = management.of('TransactionEvent')
      const ids = [...new Set(told.map((event) => at(event, 'transactionInfo', 'transactionId')))]
      for (const id of ids) {
        const mine = told.filter((event) => at(event, 'transactionInfo', 'transactionId') === id)
        expect(mine.map(({ seqNo }) => seqNo)).toEqual(mine.map((_, seqNo) => seqNo))
      }
      expect(ids).toHaveLength(2)
      expect(told.filter(({ offline }) => offline === true).length).toBeGreaterThan(40)
      expect(told.filter(({ eventType, offline }) => eventType === 'Started' && offline === true)).toHaveLength(1)
    }
    const times = management.heard.flatMap(({ payload }) => at(payload, 'meterValue', 0, 'timestamp') ?? []).map(String)
    expect(times).toEqual([...times].sort())
  })

  it('lets nobody charge whom the management system does not want', async () => {
    const { management, world, station, events } = await bench(version)
    const invalid = { status: 'Invalid' }
    management.reply = ({ action }) =>
      action === 'Authorize'
        ? { payload: version === '1.6' ? { idTagInfo: invalid } : { idTokenInfo: invalid } }
        : undefined
    world.want(1, 60)
    station.plugIn(1, 1, visitor)
    await management.pass(60)
    expect(world.energy_kWh(1)).toBe(0)
    expect(world.over_).toEqual([1])
    expect(events.filter(({ kind }) => kind === 'refused')).toHaveLength(1)
  })

  it('ends a transaction whose token is refused afterwards', async () => {
    const { management, world, station } = await bench(version)
    const blocked = { status: 'Blocked' }
    management.reply = ({ action, payload }) => {
      if (action === 'StartTransaction') return { payload: { transactionId: 7, idTagInfo: blocked } }
      return payload['eventType'] === 'Started' ? { payload: { idTokenInfo: blocked } } : undefined
    }
    station.plugIn(1, 1, visitor)
    await management.settle()
    expect([world.over_, world.allowed_kW[1]]).toEqual([[1], 0])
    const end = version === '1.6' ? management.of('StopTransaction').at(-1) : management.of('TransactionEvent').at(-1)
    const reason = version === '1.6' ? end?.['reason'] : at(end, 'transactionInfo', 'stoppedReason')
    expect(reason).toBe('DeAuthorized')
  })

  it('obeys its charging profiles to the second, and falls back to the default', async () => {
    const { management, world, station } = await bench(version)
    const profile = (id: number, purpose: string, limit: number, more: object, duration?: number) => {
      const schedule = {
        ...{ chargingRateUnit: 'W', startSchedule: new Date(START_ms).toISOString() },
        ...(duration ? { duration } : {}),
        chargingSchedulePeriod: [{ startPeriod: 0, limit }],
      }
      const about = { stackLevel: 1, chargingProfilePurpose: purpose, chargingProfileKind: 'Absolute', ...more }
      return version === '1.6'
        ? { connectorId: 3, csChargingProfiles: { ...about, chargingProfileId: id, chargingSchedule: schedule } }
        : { evseId: 2, chargingProfile: { ...about, id, chargingSchedule: [{ id, ...schedule }] } }
    }
    const set = (...given: Parameters<typeof profile>) =>
      management.ask('north', 'SetChargingProfile', profile(...given))
    expect(await set(1, 'TxDefaultProfile', 11_000, {})).toMatchObject({ status: 'Accepted' })
    world.want(2, 300)
    station.plugIn(2, 1, visitor)
    await management.settle()
    expect(world.allowed_kW[2]).toBe(11)
    const named = version === '1.6' ? { transactionId: 1 } : { transactionId: station.evses[1]?.transaction?.id }
    expect(await set(2, 'TxProfile', 120_000, named, 100)).toMatchObject({ status: 'Accepted' })
    expect(world.allowed_kW[2]).toBe(120)
    await management.pass(99)
    expect(world.allowed_kW[2]).toBe(120)
    await management.pass(2)
    expect(world.allowed_kW[2]).toBe(11)
    const wrong = await set(3, 'TxProfile', 50_000, { transactionId: version === '1.6' ? 99 : 'nobody' })
    expect(wrong['status']).toBe('Rejected')
    if (version !== '1.6') expect(at(wrong, 'statusInfo', 'reasonCode')).toBe('TxNotFound')
    station.unplug(2)
    expect(station.limits.shelf.all.map(({ id }) => id)).toEqual([1])
  })

  it('starts and stops from afar', async () => {
    const { management, world, station } = await bench(version)
    station.setFaulted(2, true)
    const start =
      version === '1.6'
        ? await management.ask('north', 'RemoteStartTransaction', { connectorId: 1, idTag: 'APP' })
        : await management.ask('north', 'RequestStartTransaction', {
            ...{ evseId: 1, remoteStartId: 5, idToken: { idToken: 'APP', type: 'Central' } },
          })
    expect(start['status']).toBe('Accepted')
    world.want(1, 50)
    station.plugIn(1, 1, visitor)
    await management.pass(30)
    expect(world.power_kW(1)).toBe(50)
    const id = station.evses[0]?.transaction
    const stop =
      version === '1.6'
        ? await management.ask('north', 'RemoteStopTransaction', { transactionId: 1 })
        : await management.ask('north', 'RequestStopTransaction', { transactionId: id?.id })
    expect(stop['status']).toBe('Accepted')
    expect([world.power_kW(1), world.over_]).toEqual([0, [1]])
    expect(id?.token.idToken).toBe('APP')
  })

  it('starts anew when it is told to, and ends what was running', async () => {
    const { management, world, station } = await bench(version)
    station.plugIn(1, 1, visitor)
    await management.settle()
    const type = version === '1.6' ? 'Hard' : 'Immediate'
    expect(await management.ask('north', 'Reset', { type })).toEqual({ status: 'Accepted' })
    await management.pass(5)
    expect([station.isOnline, world.allowed_kW[1]]).toEqual([false, 0])
    while (!station.isOnline) await management.pass(1)
    await management.pass(1)
    expect(management.of('BootNotification')).toHaveLength(2)
    expect(station.waiting).toBe(0)
    expect(
      management.heard.filter(
        ({ action, payload }) => action === 'StopTransaction' || payload['eventType'] === 'Ended',
      ),
    ).toHaveLength(1)
    expect(management.of(version === '1.6' ? 'StartTransaction' : 'TransactionEvent').length).toBeGreaterThan(0)
  })

  it('what goes wrong on request', async () => {
    const mute = await bench(version, { faults: { profiles: 'mute' } })
    const set =
      version === '1.6'
        ? { connectorId: 0, csChargingProfiles: { chargingProfileId: 1, ...standing, chargingSchedule: schedule } }
        : { evseId: 0, chargingProfile: { id: 1, ...standing, chargingSchedule: [{ id: 1, ...schedule }] } }
    const silence = mute.management.call('north', 'SetChargingProfile', set)
    await mute.management.pass(40)
    expect((await silence).kind).toBe('timeout')
    const refuse = await bench(version, { faults: { profiles: 'refuse' } })
    expect(await refuse.management.ask('north', 'SetChargingProfile', set)).toEqual({ status: 'Rejected' })
    const ignore = await bench(version, { faults: { profiles: 'ignore', clockOff_s: 90 } })
    expect(await ignore.management.ask('north', 'SetChargingProfile', set)).toEqual({ status: 'Accepted' })
    ignore.station.plugIn(1, 1, visitor)
    await ignore.management.settle()
    expect(ignore.world.allowed_kW[1]).toBe(150)
    expect(ignore.station.now_ms() - ignore.clock.now_ms()).toBe(90_000)
    const dark = await bench(version)
    dark.station.plugIn(1, 1, visitor)
    dark.world.want(1, 20)
    await dark.management.pass(30)
    dark.station.losePower(60)
    expect(dark.world.power_kW(1)).toBe(0)
    await dark.management.pass(100)
    const end = dark.management.of(version === '1.6' ? 'StopTransaction' : 'TransactionEvent').at(-1)
    expect(JSON.stringify(end)).toContain('PowerLoss')
  })
})

const schedule = {
  ...{ chargingRateUnit: 'W', startSchedule: new Date(START_ms).toISOString() },
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 11_000 }],
}
const standing = { stackLevel: 0, chargingProfilePurpose: 'TxDefaultProfile', chargingProfileKind: 'Absolute' }
