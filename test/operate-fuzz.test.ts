import fc from 'fast-check'
import { expect, test } from 'vitest'
import { booted, type Hub, iso, openHub, START_ms } from '../src/live/operate/test-support.ts'

/** Sequences of messages that are valid by their schema and otherwise as odd as stations get. */
const runs = process.env['ANYPLUG_FULL'] === '1' ? 5000 : 60

const moment = fc.oneof(
  fc.integer({ min: -3000, max: 900 }).map(iso),
  fc.constantFrom('1970-01-01T00:00:00Z', '2093-01-01T00:00:00Z', '2026-06-01T10:00:00', '2026-06-01T09:00:00.123456Z'),
)
const place = fc.constantFrom(-1, 0, 1, 2, 3, 999)
const tag = fc.constantFrom('CARD', 'card', 'STRANGER', 'VID:001A2B3C4D5E', '')
const number = fc.oneof(
  fc.integer({ min: 0, max: 200_000 }),
  fc.constantFrom(-1, 0, 1e15, -1e15, 1e12, 0.1, 2 ** 31, Number.MIN_VALUE),
)
const measurand = fc.constantFrom(
  'Energy.Active.Import.Register',
  'Power.Active.Import',
  'Current.Import',
  'Voltage',
  'SoC',
  'Temperature',
  'Frequency',
)
const one = (value: fc.Arbitrary<unknown>, unit: object) =>
  fc.record(
    {
      value,
      measurand,
      phase: fc.constantFrom('L1', 'L2', 'L3-N', 'L1-L2', 'N'),
      context: fc.constantFrom('Transaction.Begin', 'Transaction.End', 'Sample.Periodic'),
      location: fc.constantFrom('Outlet', 'Inlet', 'EV', 'Cable', 'Body'),
      ...unit,
    },
    { requiredKeys: ['value'] },
  )
const meters = (value: fc.Arbitrary<object>) =>
  fc.array(fc.record({ timestamp: moment, sampledValue: fc.array(value, { maxLength: 4 }) }), { maxLength: 3 })
const texts = fc.oneof(number.map(String), fc.constantFrom('NaN', '', '1e308', ' 7 ', '0x1', 'Infinity'))
const meters16 = meters(
  one(texts, { unit: fc.constantFrom('Wh', 'kWh', 'W', 'kW', 'A', 'V', 'Percent', 'Fahrenheit') }),
)
const unitOfMeasure = fc.record({
  unit: fc.constantFrom('Wh', 'kWh', 'W', 'A', 'V'),
  multiplier: fc.constantFrom(-3, 0, 3, 300),
})
const meters2 = meters(one(number, { unitOfMeasure }))

type Message = readonly [action: string, payload: object]
const message = (action: string, payload: fc.Arbitrary<object>): fc.Arbitrary<Message> =>
  payload.map((given) => [action, given] as const)

const messages16 = fc.oneof(
  message('StartTransaction', fc.record({ connectorId: place, idTag: tag, meterStart: number, timestamp: moment })),
  message(
    'StopTransaction',
    fc.record(
      {
        transactionId: fc.constantFrom(-1, 0, 1, 2, 3, 4711),
        meterStop: number,
        timestamp: moment,
        idTag: tag,
        transactionData: meters16,
      },
      { requiredKeys: ['transactionId', 'meterStop', 'timestamp'] },
    ),
  ),
  message(
    'MeterValues',
    fc.record({ connectorId: place, transactionId: fc.constantFrom(1, 2, 99), meterValue: meters16 }),
  ),
  message(
    'StatusNotification',
    fc.record({
      connectorId: place,
      errorCode: fc.constantFrom('NoError', 'OtherError'),
      status: fc.constantFrom('Available', 'Preparing', 'Charging', 'Faulted', 'Finishing', 'Unavailable'),
      timestamp: moment,
    }),
  ),
  message('Authorize', fc.record({ idTag: tag })),
  message('BootNotification', fc.constant({ chargePointVendor: 'a', chargePointModel: 'b' })),
)

const messages2 = fc.oneof(
  message(
    'TransactionEvent',
    fc.record(
      {
        eventType: fc.constantFrom('Started', 'Updated', 'Ended'),
        seqNo: fc.constantFrom(0, 1, 2, 3, 7, 2 ** 31 - 1),
        timestamp: moment,
        triggerReason: fc.constant('Trigger'),
        offline: fc.boolean(),
        transactionInfo: fc.record(
          { transactionId: fc.constantFrom('a', 'b', 'c'), chargingState: fc.constantFrom('Charging', 'Idle') },
          { requiredKeys: ['transactionId'] },
        ),
        evse: fc.record({ id: place, connectorId: place }, { requiredKeys: ['id'] }),
        idToken: fc.record({ idToken: tag, type: fc.constantFrom('ISO14443', 'NoAuthorization', 'MacAddress') }),
        meterValue: meters2,
      },
      { requiredKeys: ['eventType', 'seqNo', 'timestamp', 'triggerReason', 'transactionInfo'] },
    ),
  ),
  message('MeterValues', fc.record({ evseId: place, meterValue: meters2 })),
  message(
    'StatusNotification',
    fc.record({
      evseId: place,
      connectorId: place,
      connectorStatus: fc.constantFrom('Available', 'Occupied', 'Faulted', 'Reserved'),
      timestamp: moment,
    }),
  ),
  message('BootNotification', fc.constant({ reason: 'PowerUp', chargingStation: { vendorName: 'a', model: 'b' } })),
)

/** What holds whatever came. */
async function expectSound(hub: Hub): Promise<void> {
  for (const record of hub.store.transactions()) {
    expect(record.energy_Wh).toBeGreaterThanOrEqual(0)
    expect(record.energy_Wh).toBeLessThanOrEqual(1e12)
    expect(record.state === 'ended').toBe(record.ended_ms !== null)
    expect(record.started_ms).toBeGreaterThan(START_ms - 86_400_000)
    expect(record.started_ms).toBeLessThan(START_ms + 86_400_000)
  }
  for (const { evse, reading, transaction } of hub.operation.station('S1')?.evses ?? []) {
    expect(reading === null || reading.at_ms <= hub.clock.now_ms()).toBe(true)
    expect(reading?.power_W ?? 0).toBeLessThanOrEqual(600_000)
    expect(transaction === null || transaction.evse === evse).toBe(true)
  }
  const numbers = hub.store.transactions().map(({ id }) => id)
  expect(new Set(numbers).size).toBe(numbers.length)
  const again = await openHub({ clock: hub.clock }, hub.store)
  const byId = (records: readonly { readonly id: string }[]) => records.map(({ id }) => id).sort()
  expect(byId(again.operation.transactions())).toEqual(byId(hub.operation.transactions()))
}

test.each([
  ['1.6', messages16],
  ['2.0.1', messages2],
  ['2.1', messages2],
] as const)('O15 whatever a station of %s says is answered, and what is kept is sound', async (version, messages) => {
  await fc.assert(
    fc.asyncProperty(fc.array(messages, { minLength: 1, maxLength: 25 }), async (list) => {
      const hub = await openHub()
      const station = await booted(hub, version)
      for (const [action, payload] of list) expect(await station.say(action, payload)).not.toHaveProperty('error')
      await expectSound(hub)
    }),
    { numRuns: runs },
  )
})
