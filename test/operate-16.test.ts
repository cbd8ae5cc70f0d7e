import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  booted,
  codesOf,
  type Hub,
  iso,
  openHub,
  START_ms,
  StationDouble,
  token,
} from '../src/live/operate/test-support.ts'

const sample = (value: string, more: object = {}) => ({ value, ...more })
const meter = (at_s: number, ...values: readonly object[]) => ({ timestamp: iso(at_s), sampledValue: values })
const start = (more: object = {}) => ({ connectorId: 3, idTag: 'CARD', meterStart: 1000, timestamp: iso(0), ...more })
const stop = (transactionId: unknown, more: object = {}) => {
  return { transactionId, meterStop: 5000, timestamp: iso(600), reason: 'EVDisconnected', ...more }
}

async function charging(more: object = {}): Promise<{ hub: Hub; station: StationDouble; id: number }> {
  const hub = await openHub()
  const station = await booted(hub, '1.6')
  const { transactionId } = await station.say('StartTransaction', start(more))
  hub.clock.moveTo(START_ms + 1_000_000)
  return { hub, station, id: Number(transactionId) }
}

test('O10 a whole transaction: who, where, how much', async () => {
  const { hub, station, id } = await charging()
  await station.say('MeterValues', { connectorId: 3, transactionId: id, meterValue: [meter(300, sample('3000'))] })
  expect(await station.say('StopTransaction', stop(id, { idTag: 'card' }))).toEqual({
    idTagInfo: { status: 'Accepted' },
  })
  expect(hub.store.record(String(id))).toMatchObject({
    stationId: 'S1',
    evse: 2,
    connector: 1,
    idToken: 'CARD',
    state: 'ended',
    started_ms: START_ms,
    ended_ms: START_ms + 600_000,
    start_Wh: 1000,
    last_Wh: 5000,
    energy_Wh: 4000,
    stopReason: 'EVDisconnected',
    doubts: [],
  })
  expect(hub.events.map(({ kind }) => kind).filter((kind) => kind === 'started' || kind === 'ended')).toEqual([
    'started',
    'ended',
  ])
})

test('O11 what was answered is durable: the record stands in the journal before the number is given', async () => {
  const hub = await openHub()
  const station = await booted(hub, '1.6')
  const answer = station.say('StartTransaction', start())
  expect(hub.store.transactions()).toEqual([])
  const { transactionId } = await answer
  expect(hub.store.record(String(transactionId)).state).toBe('active')
})

test('O12 a store that fails is no answer; the start told again is one transaction', async () => {
  const hub = await openHub()
  const station = await booted(hub, '1.6')
  hub.store.failure = new Error('disk full')
  await expect(station.say('StartTransaction', start())).rejects.toThrow('disk full')
  expect(hub.operation.alarms().map(({ code }) => code)).toEqual(['alarm.store'])
  hub.store.failure = null
  const { transactionId } = await station.say('StartTransaction', start())
  expect(hub.store.record(String(transactionId)).start_Wh).toBe(1000)
  expect(hub.store.transactions()).toHaveLength(1)
  expect(hub.operation.alarms()).toEqual([])
})

describe('O13 starts', () => {
  test('told twice: the same number', async () => {
    const { hub, station, id } = await charging()
    expect((await station.say('StartTransaction', start()))['transactionId']).toBe(id)
    expect(hub.store.transactions()).toHaveLength(1)
  })

  test('while another is under way at the EVSE: that one is over', async () => {
    const { hub, station, id } = await charging()
    const { transactionId } = await station.say('StartTransaction', start({ timestamp: iso(900), idTag: 'OTHER' }))
    expect(hub.store.record(String(id))).toMatchObject({ state: 'ended', ended_ms: START_ms + 900_000 })
    expect(hub.store.record(String(id)).doubts).toContain('doubt.endMissing')
    expect(hub.operation.transactions().map((one) => one.transactionId)).toEqual([String(transactionId)])
  })

  test.each([999, -1, 0])('at connector %i: kept, answered, doubted', async (connectorId) => {
    const { hub, id } = await charging({ connectorId })
    expect(id).toBeGreaterThan(0)
    expect(hub.store.record(String(id))).toMatchObject({ evse: connectorId, doubts: ['doubt.evse'] })
    expect(hub.operation.station('S1')?.evses).toHaveLength(2)
  })

  test.each([
    ['1970', '1970-01-01T00:00:00Z'],
    ['a year ahead', '2027-06-01T10:00:00Z'],
    ['no time', 'yesterday'],
  ])('of %s: counts from when it came', async (_, timestamp) => {
    const { hub, id } = await charging({ timestamp })
    expect(hub.store.record(String(id))).toMatchObject({ started_ms: START_ms, doubts: ['doubt.time'] })
  })

  test('without zone or with microseconds: read as meant', async () => {
    const { hub, station, id } = await charging({ timestamp: '2026-06-01T09:59:00' })
    expect(hub.store.record(String(id)).started_ms).toBe(START_ms - 60_000)
    await station.say('StopTransaction', stop(id, { timestamp: '2026-06-01T10:00:00.123456+00:00' }))
    expect(hub.store.record(String(id)).ended_ms).toBe(START_ms + 123)
  })

  test('of a token nobody has entered: kept, refused, doubted', async () => {
    const hub = await openHub()
    const station = await booted(hub, '1.6')
    const answer = await station.say('StartTransaction', start({ idTag: 'STRANGER' }))
    expect(answer).toMatchObject({ idTagInfo: { status: 'Invalid' } })
    expect(hub.store.record(String(answer['transactionId'])).doubts).toEqual(['doubt.tokenRefused'])
  })

  test('of a token that runs one elsewhere: ConcurrentTx', async () => {
    const { station } = await charging()
    const second = await station.say('StartTransaction', start({ connectorId: 1, timestamp: iso(5) }))
    expect(second).toMatchObject({ idTagInfo: { status: 'ConcurrentTx' } })
  })
})

describe('O14 stops are always acknowledged', () => {
  test('twice the same: one end', async () => {
    const { hub, station, id } = await charging()
    for (let time = 0; time < 2; time++) expect(await station.say('StopTransaction', stop(id))).toEqual({})
    expect(hub.store.record(String(id)).doubts).toEqual([])
  })

  test('twice, differently: the first counts', async () => {
    const { hub, station, id } = await charging()
    await station.say('StopTransaction', stop(id))
    await station.say('StopTransaction', stop(id, { timestamp: iso(700), meterStop: 6000 }))
    expect(hub.store.record(String(id))).toMatchObject({ ended_ms: START_ms + 600_000, doubts: ['doubt.endedTwice'] })
  })

  test('of a number nobody gave: a record of its own', async () => {
    const { hub, station, id } = await charging()
    expect(await station.say('StopTransaction', stop(4711))).toEqual({})
    expect(await station.say('StopTransaction', stop(4711))).toEqual({})
    const others = hub.store.transactions().filter(({ transactionId }) => transactionId !== String(id))
    expect(others).toHaveLength(1)
    expect(others[0]).toMatchObject({ state: 'ended', last_Wh: 5000, energy_Wh: 0 })
    expect(others[0]?.doubts).toContain('doubt.stopUnknown')
    expect(hub.store.record(String(id)).state).toBe('active')
  })

  test.each([-1, 0])('of %i: the only one under way is meant', async (transactionId) => {
    const { hub, station, id } = await charging()
    for (let time = 0; time < 2; time++) expect(await station.say('StopTransaction', stop(transactionId))).toEqual({})
    expect(hub.store.transactions()).toHaveLength(1)
    expect(hub.store.record(String(id))).toMatchObject({ energy_Wh: 4000, doubts: ['doubt.stopWithoutNumber'] })
  })

  test('before its start: both make one transaction', async () => {
    const hub = await openHub()
    const station = await booted(hub, '1.6')
    hub.clock.moveTo(START_ms + 1_000_000)
    await station.say('StopTransaction', stop(-1))
    const first = await station.say('StartTransaction', start())
    const again = await station.say('StartTransaction', start())
    expect(again['transactionId']).toBe(first['transactionId'])
    expect(hub.store.transactions()).toHaveLength(1)
    expect(hub.store.record(String(first['transactionId']))).toMatchObject({ state: 'ended', energy_Wh: 4000 })
    expect(hub.operation.station('S1')?.evses[1]?.transaction).toBeNull()
  })

  test('after a restart, long after its end', async () => {
    const { hub, station, id } = await charging()
    await station.say('StopTransaction', stop(id))
    const again = await openHub({ clock: hub.clock }, hub.store)
    const line = new StationDouble('S1', '1.6').connect(again.operation)
    expect(await line.say('StopTransaction', stop(id))).toEqual({})
    expect(hub.store.transactions()).toHaveLength(1)
  })
})

describe('O20 meters', () => {
  const values = async (...sampledValue: readonly object[]) => {
    const { hub, station, id } = await charging()
    await station.say('MeterValues', { connectorId: 3, transactionId: id, meterValue: [meter(10, ...sampledValue)] })
    await station.say('StopTransaction', stop(id))
    return { reading: hub.operation.station('S1')?.evses[1]?.reading, record: hub.store.record(String(id)), hub }
  }

  test('units, phases and defaults', async () => {
    const phase = (name: string, value: string, measurand: string) => sample(value, { phase: name, measurand })
    const { reading } = await values(
      sample('2.5', { unit: 'kWh' }),
      sample('120.5', { measurand: 'Power.Active.Import', unit: 'kW' }),
      ...['L1-N', 'L2-N', 'L3-N'].map((name) => phase(name, '230', 'Voltage')),
      ...['L1', 'L2', 'L3'].map((name, index) => phase(name, String(10 + index), 'Current.Import')),
      sample('55', { measurand: 'SoC', unit: 'Percent', location: 'EV' }),
      sample('313.15', { measurand: 'Temperature', unit: 'K', location: 'Cable' }),
      sample('80', { measurand: 'Temperature', unit: 'Celsius', location: 'Body' }),
      sample('99', { measurand: 'RPM' }),
    )
    expect(reading).toMatchObject({ energy_Wh: 2500, power_W: 120_500, voltage_V: 230, current_A: 12, soc_frac: 0.55 })
    expect(reading?.cable_degC).toBeCloseTo(40)
  })

  test.each(['NaN', '', '1e308', 'abc', '-5', 'Infinity', '0x10', '12,5'])(
    'register of "%s" is left out',
    async (text) => {
      const { record, hub, reading } = await values(sample(text))
      expect(record).toMatchObject({ energy_Wh: 4000, doubts: [] })
      expect(reading?.energy_Wh ?? null).toBeNull()
      expect(codesOf(hub.events)).toContain('doubt.meterValue')
    },
  )

  test('a register in kWh that stands as Wh, and one that goes back: doubts, no energy', async () => {
    expect((await values(sample('1001000'))).record).toMatchObject({ energy_Wh: 4000, doubts: ['doubt.registerJump'] })
    expect((await values(sample('4000'), sample('x'))).record.doubts).toEqual([])
    expect((await values(sample('2000'), sample('1900'))).record.doubts).toEqual([])
    expect((await values(sample('900'))).record).toMatchObject({ energy_Wh: 4100, doubts: ['doubt.registerReset'] })
  })

  test('power beyond twice the rating, and a unit that is none of it', async () => {
    const { reading, hub } = await values(
      sample('700000', { measurand: 'Power.Active.Import' }),
      sample('20', { measurand: 'Voltage', unit: 'A' }),
    )
    expect([reading?.power_W ?? null, reading?.voltage_V ?? null]).toEqual([null, null])
    expect(codesOf(hub.events)).toEqual(['doubt.meterUnit', 'doubt.powerBeyondRating'])
  })

  test('of the supply, of no connector, of no transaction', async () => {
    const hub = await openHub()
    const station = await booted(hub, '1.6')
    const power = meter(10, sample('50', { measurand: 'Power.Active.Import', unit: 'kW' }))
    await station.say('MeterValues', { connectorId: 0, meterValue: [power] })
    await station.say('MeterValues', { connectorId: 77, meterValue: [power] })
    await station.say('MeterValues', { connectorId: 1, transactionId: 9, meterValue: [power] })
    expect(hub.operation.station('S1')?.supply?.power_W).toBe(50_000)
    expect(codesOf(hub.events)).toEqual(['doubt.connector', 'doubt.transactionUnknown'])
    expect(hub.store.rows.map(({ evse, transaction }) => [evse, transaction])).toEqual([
      [0, null],
      [1, null],
    ])
  })

  test('O22 old samples do not take the place of new ones', async () => {
    const { hub, station, id } = await charging()
    const power = (at_s: number, value: string) =>
      station.say('MeterValues', {
        connectorId: 3,
        transactionId: id,
        meterValue: [meter(at_s, sample(value, { measurand: 'Power.Active.Import' }))],
      })
    await power(20, '2000')
    await power(10, '1000')
    expect(hub.operation.station('S1')?.evses[1]?.reading?.power_W).toBe(2000)
    expect(hub.store.rows).toHaveLength(2)
  })
})

test('O30 connectors: plugged, charging, gone; sessions count up', async () => {
  const hub = await openHub()
  const station = await booted(hub, '1.6')
  const say = (connectorId: number, status: string, errorCode = 'NoError') =>
    station.say('StatusNotification', { connectorId, status, errorCode, timestamp: iso(0) })
  for (const status of ['Available', 'Preparing', 'Charging', 'Finishing', 'Available', 'Preparing'])
    await say(2, status)
  const kinds = hub.events.filter(({ kind }) => kind === 'plugged' || kind === 'unplugged')
  expect(kinds.map(({ kind }) => kind)).toEqual(['plugged', 'unplugged', 'plugged'])
  const sessions = kinds.flatMap((event) => (event.kind === 'plugged' ? [event.session] : []))
  expect(sessions[1]).toBeGreaterThan(sessions[0] ?? 0)
  await say(3, 'Faulted', 'GroundFailure')
  await say(0, 'Available')
  await say(999, 'Available')
  expect(hub.operation.alarms()).toMatchObject([
    { code: 'alarm.connectorFaulted', evse: 2, params: { error: 'GroundFailure' } },
  ])
  await say(3, 'Available')
  expect(hub.operation.alarms()).toEqual([])
  const [first] = hub.operation.station('S1')?.evses ?? []
  expect(first?.connectors.map(({ wire, standard, status }) => [wire, standard, status])).toEqual([
    [1, 'ccs2', 'unknown'],
    [2, 'chademo', 'preparing'],
  ])
})

test('O18 a vehicle that went without an end: ten minutes later the transaction is over', async () => {
  const { hub, station, id } = await charging()
  const say = (status: string) => station.say('StatusNotification', { connectorId: 3, status, errorCode: 'NoError' })
  await say('Charging')
  await say('Available')
  hub.clock.moveTo(START_ms + 1_599_000)
  expect(hub.operation.transactions()).toHaveLength(1)
  hub.clock.moveTo(START_ms + 1_601_000)
  await new Promise(setImmediate)
  expect(hub.store.record(String(id))).toMatchObject({ state: 'ended', ended_ms: START_ms + 1_000_000 })
  expect(hub.store.record(String(id)).doubts).toContain('doubt.endMissing')
  await station.say('StopTransaction', stop(id))
  expect(hub.store.record(String(id))).toMatchObject({ ended_ms: START_ms + 600_000, energy_Wh: 4000, doubts: [] })
})

test('O31 a vehicle known by its address brings what it is', async () => {
  const hub = await openHub()
  await hub.operation.putToken(token('00:1A:2B:3C:4D:5E', { type: 'MacAddress', vehicle: 'ioniq5' }))
  const station = await booted(hub, '1.6')
  await station.say('StartTransaction', start({ idTag: 'VID:001a2b3c4d5e' }))
  expect(hub.operation.station('S1')?.evses[1]?.vehicle).toBe('ioniq5')
})

test('O22 a clock that is off is an alarm, and readings are told in our time', async () => {
  const hub = await openHub()
  const station = await booted(hub, '1.6')
  await station.say('StatusNotification', {
    connectorId: 1,
    status: 'Available',
    errorCode: 'NoError',
    timestamp: iso(120),
  })
  expect(hub.operation.alarms()).toMatchObject([{ code: 'alarm.clock', params: { off: 120 } }])
  await station.say('MeterValues', { connectorId: 1, meterValue: [meter(125, sample('1'))] })
  expect(hub.operation.station('S1')?.evses[0]?.reading?.at_ms).toBeLessThanOrEqual(START_ms)
  await station.say('BootNotification', { chargePointVendor: 'Acme', chargePointModel: 'One' })
  await station.say('StatusNotification', {
    connectorId: 1,
    status: 'Available',
    errorCode: 'NoError',
    timestamp: iso(1),
  })
  expect(hub.operation.alarms()).toEqual([])
})

test('O15 any order and repetition of start, meters and stop by number ends in the same record', async () => {
  const { hub, station, id } = await charging()
  await station.say('StopTransaction', stop(id))
  const expected = hub.store.record(String(id))
  const messages = [
    ['StartTransaction', start()],
    ['StopTransaction', stop(id)],
    ['MeterValues', { connectorId: 3, transactionId: id, meterValue: [meter(600, sample('5000'))] }],
  ] as const
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...messages), { maxLength: 6 }), async (list) => {
      for (const [action, payload] of list) await station.say(action, payload)
      const { detail: _, ...record } = hub.store.record(String(id))
      const { detail: __, ...first } = expected
      expect(record).toEqual(first)
    }),
    { numRuns: 50 },
  )
})
