import { describe, expect, test } from 'vitest'
import { probeMessage, readComposite, readProbe } from './ask.ts'
import { keptCapabilities, unknownCapabilities } from './capabilities.ts'
import { quirks } from './quirks.generated.ts'
import { quirkFileSchema, quirkOf } from './quirks.ts'

const row16 = (key: string, value: string) => ({ key, value, readonly: true })
const row2 = (name: string, attributeValue: string, attributeStatus = 'Accepted') => {
  return { attributeStatus, attributeValue, component: { name: 'SmartChargingCtrlr' }, variable: { name } }
}

describe('what a station says of its smart charging', () => {
  test('1.6', () => {
    const configurationKey = [
      row16('ChargeProfileMaxStackLevel', '6'),
      row16('ChargingScheduleAllowedChargingRateUnit', 'Current, Power'),
      row16('SupportedFeatureProfiles', 'Core,SmartCharging'),
    ]
    expect(readProbe('1.6', { configurationKey })).toEqual({ smartCharging: true, units: ['W', 'A'], maxStackLevel: 6 })
    const core = [row16('SupportedFeatureProfiles', 'Core,Reservation')]
    expect(readProbe('1.6', { configurationKey: core }).smartCharging).toBe(false)
    expect(readProbe('1.6', { unknownKey: ['X'] })).toEqual({ smartCharging: true, units: [] })
  })

  test('2.x', () => {
    const getVariableResult = [
      row2('Enabled', 'true'),
      row2('RateUnit', 'A'),
      row2('ProfileStackLevel', '3'),
      row2('SupportsDynamicProfiles', 'true'),
    ]
    const told = { smartCharging: true, units: ['A'], maxStackLevel: 3, dynamic: true }
    expect(readProbe('2.1', { getVariableResult })).toEqual(told)
    expect(readProbe('2.1', { getVariableResult: [row2('Available', 'false')] }).smartCharging).toBe(false)
    expect(readProbe('2.1', { getVariableResult: [row2('RateUnit', 'A', 'UnknownVariable')] }).units).toEqual([])
    expect(JSON.stringify(probeMessage('2.0.1'))).not.toContain('Dynamic')
  })
})

test('of a composite schedule its highest period counts', () => {
  const schedule = {
    chargingRateUnit: 'A',
    chargingSchedulePeriod: [
      { startPeriod: 0, limit: 16 },
      { startPeriod: 60, limit: 32 },
    ],
  }
  const electrics = { voltage_V: 230, phases: 3 }
  expect(readComposite('2.0.1', { status: 'Accepted', schedule }, electrics)).toBeCloseTo(22.08)
  expect(readComposite('1.6', { status: 'Accepted', chargingSchedule: schedule }, electrics)).toBeCloseTo(22.08)
  expect(readComposite('1.6', { status: 'Rejected' }, electrics)).toBeNull()
  const empty = { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0 }] }
  expect(readComposite('1.6', { status: 'Accepted', chargingSchedule: empty }, electrics)).toBeNull()
})

test('capabilities that were kept in another form are probed anew', () => {
  expect(keptCapabilities(null)).toBeNull()
  expect(keptCapabilities({ units: ['W'] })).toBeNull()
  expect(keptCapabilities({ ...unknownCapabilities, maxStackLevel: 4 })?.maxStackLevel).toBe(4)
})

describe('quirks of makes', () => {
  const given = quirkFileSchema.parse({
    quirks: [
      { vendor: 'Acme', units: ['A'], note: '-', source: 'https://example.org/1', confidence: 'low' },
      {
        vendor: 'acme',
        model: 'two*',
        maxStackLevel: 0,
        note: '-',
        source: 'https://example.org/2',
        confidence: 'low',
      },
    ],
  }).quirks

  test('hold for vendor and model', () => {
    expect(quirkOf(given, { vendor: 'ACME', model: 'One' })).toEqual({ units: ['A'] })
    expect(quirkOf(given, { vendor: 'Acme', model: 'Two+ (x)' })).toEqual({ units: ['A'], maxStackLevel: 0 })
    expect(quirkOf(given, { vendor: 'Acme Inc', model: 'One' })).toEqual({})
    expect(quirkOf(given, { vendor: null, model: null })).toEqual({})
  })

  test('those that are shipped keep to the schema', () => {
    expect(quirkFileSchema.parse({ quirks }).quirks.length).toBeGreaterThan(0)
  })
})
