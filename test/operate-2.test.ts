import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
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

type Kind = 'Started' | 'Updated' | 'Ended'
const register = (value: number, context = 'Sample.Periodic') => {
  const sampledValue = [{ value, context, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'kWh' } }]
  return [{ timestamp: iso(0), sampledValue }]
}
const event = (eventType: Kind, seqNo: number, more: object = {}) => ({
  eventType,
  seqNo,
  timestamp: iso(seqNo * 60),
  triggerReason: 'MeterValuePeriodic',
  transactionInfo: { transactionId: 'tx-1' },
  ...more,
})
const withMeter = (seqNo: number, kWh: number, context?: string) => {
  return { meterValue: register(kWh, context).map((value) => ({ ...value, timestamp: iso(seqNo * 60) })) }
}
const card = { idToken: { idToken: 'CARD', type: 'ISO14443' } }
const whole = [
  event('Started', 0, { evse: { id: 2, connectorId: 1 }, ...card, ...withMeter(0, 10, 'Transaction.Begin') }),
  event('Updated', 1, withMeter(1, 11)),
  event('Updated', 2, withMeter(2, 12.5)),
  event('Updated', 3, withMeter(3, 14)),
  event('Ended', 4, {
    transactionInfo: { transactionId: 'tx-1', stoppedReason: 'EVDisconnected' },
    ...withMeter(4, 15, 'Transaction.End'),
  }),
]

describe.each(['2.0.1', '2.1'] as const)('%s', (version) => {
  const open = async () => {
    const hub = await openHub()
    const station = await booted(hub, version)
    hub.clock.moveTo(START_ms + 400_000)
    return { hub, station }
  }

  test('O10 a whole transaction', async () => {
    const { hub, station } = await open()
    const answers = []
    for (const message of whole) answers.push(await station.say('TransactionEvent', message))
    expect(answers).toEqual([{ idTokenInfo: { status: 'Accepted' } }, {}, {}, {}, {}])
    expect(hub.store.record('tx-1')).toMatchObject({
      evse: 2,
      connector: 1,
      idToken: 'CARD',
      tokenType: 'ISO14443',
      state: 'ended',
      started_ms: START_ms,
      ended_ms: START_ms + 240_000,
      energy_Wh: 5000,
      stopReason: 'EVDisconnected',
      lastSeqNo: 4,
      doubts: [],
    })
  })

  test('O15 events kept offline, in any order, again and again, with a restart: the same record', async () => {
    const { hub, station } = await open()
    for (const message of whole) await station.say('TransactionEvent', message)
    const expected = withoutIds(hub)
    const cases = fc.tuple(
      fc.shuffledSubarray(whole, { minLength: whole.length }),
      fc.array(fc.constantFrom(...whole), { maxLength: 4 }),
      fc.nat(whole.length),
    )
    await fc.assert(
      fc.asyncProperty(cases, async ([mixed, again, at]) => {
        let other = await openHub({ clock: hub.clock })
        let line = await booted(other, version)
        const messages = [...mixed, ...again].map((message) => ({ ...message, offline: true }))
        for (const [index, message] of messages.entries()) {
          if (index === at) {
            other = await openHub({ clock: hub.clock }, other.store)
            line = new StationDouble('S1', version).connect(other.operation)
          }
          await line.say('TransactionEvent', message)
        }
        expect(withoutIds(other)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })

  test('O16 gaps are told, and are gone once the events come', async () => {
    const { hub, station } = await open()
    const [first, second, third, fourth, last] = whole
    for (const message of [first, fourth, last]) await station.say('TransactionEvent', message ?? {})
    expect(hub.store.record('tx-1').doubts).toEqual(['doubt.eventsMissing'])
    for (const message of [third, second]) await station.say('TransactionEvent', { ...message, offline: true })
    expect(hub.store.record('tx-1').doubts).toEqual([])
  })

  test('an old transaction that comes after a newer one does not take its place', async () => {
    const { hub, station } = await open()
    const newer = { ...whole[0], timestamp: iso(300), transactionInfo: { transactionId: 'tx-2' } }
    await station.say('TransactionEvent', newer)
    await station.say('TransactionEvent', { ...whole[0], offline: true })
    expect(hub.operation.station('S1')?.evses[1]?.transaction?.transactionId).toBe('tx-2')
    expect(hub.store.record('tx-1')).toMatchObject({ state: 'ended', doubts: ['doubt.endMissing'] })
    await station.say('TransactionEvent', { ...whole[4], offline: true })
    expect(hub.store.record('tx-1')).toMatchObject({ ended_ms: START_ms + 240_000 })
    expect(hub.operation.station('S1')?.evses[1]?.transaction?.transactionId).toBe('tx-2')
  })

  test('O19 an id used again for another transaction does not touch the one that was', async () => {
    const { hub, station } = await open()
    for (const message of whole) await station.say('TransactionEvent', message)
    await station.say('TransactionEvent', { ...whole[0], timestamp: iso(390) })
    const [first, second] = hub.store.transactions()
    expect(first).toMatchObject({ state: 'ended', energy_Wh: 5000, doubts: [] })
    expect(second).toMatchObject({ state: 'active', started_ms: START_ms + 390_000, doubts: ['doubt.idReused'] })
  })

  test('O20 multipliers, strange units, values that cannot be', async () => {
    const { hub, station } = await open()
    await station.say('TransactionEvent', whole[0] ?? {})
    const value = (measurand: string, number: number, unitOfMeasure = {}) => ({
      value: number,
      measurand,
      unitOfMeasure,
    })
    const sampledValue = [
      value('Power.Active.Import', 120, { unit: 'W', multiplier: 3 }),
      value('Voltage', 812.4, { unit: 'V' }),
      value('Current.Import', 1e15),
      value('SoC', 140, { unit: 'Percent' }),
      value('Energy.Active.Import.Register', 3, { unit: 'BTU' }),
    ]
    await station.say('MeterValues', { evseId: 2, meterValue: [{ timestamp: iso(30), sampledValue }] })
    await station.say('MeterValues', { evseId: 9, meterValue: [{ timestamp: iso(30), sampledValue }] })
    expect(hub.operation.station('S1')?.evses[1]?.reading).toMatchObject({
      power_W: 120_000,
      voltage_V: 812.4,
      current_A: null,
      soc_frac: null,
    })
    expect(codesOf(hub.events)).toEqual(['doubt.meterValue', 'doubt.meterValue', 'doubt.meterUnit', 'doubt.connector'])
  })

  test('O30 connectors are occupied, the transaction tells more', async () => {
    const { hub, station } = await open()
    const say = (connectorStatus: string, evseId = 2) =>
      station.say('StatusNotification', { evseId, connectorId: 1, connectorStatus, timestamp: iso(0) })
    const connector = () => hub.operation.station('S1')?.evses[1]?.connectors[0]?.status
    await say('Occupied')
    const charging = { transactionInfo: { transactionId: 'tx-1', chargingState: 'Charging' } }
    await station.say('TransactionEvent', { ...whole[0], ...charging })
    await say('Occupied')
    expect(connector()).toBe('charging')
    await station.say('TransactionEvent', whole[4] ?? {})
    expect(connector()).toBe('finishing')
    await say('Available')
    expect(connector()).toBe('available')
    await say('Available', 99)
    await say('Available', 0)
    expect(codesOf(hub.events)).toEqual(['doubt.eventsMissing', 'doubt.connector', 'doubt.connector'].slice(1))
  })

  test('O32 what a vehicle needs', async () => {
    const { hub, station } = await open()
    const dc = { evMaxCurrent: 300, evMaxVoltage: 800, energyAmount: 40_000, stateOfCharge: 35 }
    const chargingNeeds = { requestedEnergyTransfer: 'DC', departureTime: iso(7200), dcChargingParameters: dc }
    const needs = { departure_ms: START_ms + 7_200_000, energy_Wh: 40_000, max_W: 240_000, soc_frac: 0.35 }
    expect(await station.say('NotifyEVChargingNeeds', { evseId: 2, chargingNeeds })).toEqual({ status: 'Accepted' })
    expect(hub.operation.station('S1')?.evses[1]?.needs).toEqual(needs)
    expect(await station.say('NotifyEVChargingNeeds', { evseId: 7, chargingNeeds })).toEqual({ status: 'Rejected' })
  })

  test('O33 monitored variables: states of connectors, and alarms until they are cleared', async () => {
    const { hub, station } = await open()
    const notice = { eventId: 1, timestamp: iso(0), eventNotificationType: 'HardWiredMonitor', actualValue: 'true' }
    const standing = () => hub.operation.alarms().filter(({ code }) => code !== 'alarm.clock')
    const tell = (more: object) =>
      station.say('NotifyEvent', { generatedAt: iso(0), seqNo: 0, eventData: [{ ...notice, ...more }] })
    await tell({
      trigger: 'Delta',
      actualValue: 'Occupied',
      component: { name: 'Connector', evse: { id: 1, connectorId: 2 } },
      variable: { name: 'AvailabilityState' },
    })
    expect(hub.operation.station('S1')?.evses[0]?.connectors[1]?.status).toBe('occupied')
    const hot = { trigger: 'Alerting', component: { name: 'CoolingPump' }, variable: { name: 'Problem' } }
    for (let time = 0; time < 2; time++) await tell(hot)
    expect(standing()).toMatchObject([{ code: 'alarm.variable', params: { variable: 'CoolingPump.Problem' } }])
    await tell({ ...hot, cleared: true })
    expect(standing()).toEqual([])
  })

  test('O17 contracts of Plug & Charge are refused in its own words', async () => {
    const { station } = await open()
    const answer = await station.say('Authorize', { idToken: { idToken: 'DE*ABC', type: 'eMAID' }, certificate: 'x' })
    expect(answer).toEqual({ idTokenInfo: { status: 'Invalid' }, certificateStatus: 'NoCertificateAvailable' })
  })
})

function withoutIds(hub: Hub): object {
  const { id: _, detail, ...record } = hub.store.record('tx-1')
  const { session: __, ...facts } = detail.facts
  return { ...record, detail: { ...detail, facts } }
}

test('O34 the types of connectors are asked for and held against the site', async () => {
  const hub = await openHub({ catalogue: builtInCatalogue() })
  const station = new StationDouble('S1', '2.1').connect(hub.operation)
  const result = (evse: number, connector: number, value: string) => ({
    attributeStatus: 'Accepted',
    attributeValue: value,
    component: { name: 'Connector', evse: { id: evse, connectorId: connector } },
    variable: { name: 'ConnectorType' },
  })
  const getVariableResult = [result(1, 1, 'cCCS2'), result(1, 2, 'cGBT-DC'), result(2, 1, 'cWhat')]
  station.answers['GetVariables'] = { getVariableResult }
  await station.say('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'Two' } })
  hub.clock.moveTo(START_ms + 5000)
  await new Promise(setImmediate)
  expect(station.lastAsked('GetVariables')?.['getVariableData']).toHaveLength(3)
  expect(hub.operation.alarms()).toMatchObject([
    { code: 'alarm.connectorType', evse: 1, params: { told: 'cGBT-DC', planned: 'chademo' } },
  ])
  expect(codesOf(hub.events)).toContain('crosswalk.unknownValue')
})

test('O31 EVCCID and MacAddress are one vehicle', async () => {
  const hub = await openHub()
  await hub.operation.putToken(token('001A2B3C4D5E', { type: 'EVCCID', vehicle: 'ioniq5', group: 'FLEET' }))
  const station = await booted(hub, '2.0.1')
  const idToken = { idToken: '00:1a:2b:3c:4d:5e', type: 'MacAddress' }
  const answer = await station.say('TransactionEvent', { ...whole[0], idToken })
  expect(answer).toEqual({
    idTokenInfo: { status: 'Accepted', groupIdToken: { idToken: 'FLEET', type: 'Central' } },
  })
  expect(hub.operation.station('S1')?.evses[1]?.vehicle).toBe('ioniq5')
})
