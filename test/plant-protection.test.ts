import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { archetypeOf, insulationMonitorParameters } from '../src/hub/plant/parts/index.ts'
import {
  cableCheckVoltage_V,
  detectionWindow,
  gbtStops,
  insulationRules,
  insulationVerdict,
  OVER_VOLTAGE_s,
  observeSustained,
  overVoltageLevel_V,
  rampTime_s,
  resetSustained,
  STOP_RAMP_Apers,
  SUSTAINED_STATE,
  stopWithin_s,
  sustainedAt_s,
} from '../src/hub/plant/protection/index.ts'

interface Target {
  readonly id: string
  readonly expected: readonly (number | string)[]
  readonly got: readonly (number | string)[]
}

const file = join(import.meta.dirname, 'fixtures/plant/protection.json')
const { targets }: { targets: readonly Target[] } = JSON.parse(readFileSync(file, 'utf8'))

function target(id: string): Target {
  const found = targets.find((one) => one.id === id)
  if (!found) throw new Error(`no target ${id}`)
  return found
}

/** What the product gives is what is published, and what the list of targets says it gives. */
function holds(id: string, given: readonly (number | string | null)[]): void {
  const rounded = given.map((value) => (typeof value === 'number' ? Number(value.toPrecision(12)) : value))
  expect(rounded).toEqual(target(id).expected)
  expect(rounded).toEqual(target(id).got)
}

describe('published rules', () => {
  test.each([400, 750, 1000])('PRO-01 GB/T insulation at %d V', (voltage_V) => {
    const verdict = (ohmPerVolt: number) =>
      insulationVerdict(insulationRules.gbt2015, ohmPerVolt * voltage_V, voltage_V)
    holds('PRO-01', [90, 300, 600].map(verdict))
    expect([verdict(100), verdict(500)]).toEqual(['fault', 'warning'])
    expect([verdict(100.1), verdict(500.1)]).toEqual(['warning', 'ok'])
  })

  test('PRO-02 IEC 2023 insulation knows no warning', () => {
    const rule = insulationRules.iec2023
    holds(
      'PRO-02',
      [99_000, 101_000].map((ohm) => insulationVerdict(rule, ohm, 1000)),
    )
    expect(insulationVerdict(rule, 100_000, 1000)).toBe('ok')
    expect(insulationVerdict(insulationRules.iec2014, 100_000, 1000)).toBe('warning')
    expect(insulationVerdict(insulationRules.iec2014, 99_999, 1000)).toBe('fault')
  })

  test('PRO-03 voltage of the cable check', () => {
    holds(
      'PRO-03',
      [420, 480, 800, 950].map((vehicle_V) => cableCheckVoltage_V(vehicle_V, 1000)),
    )
    expect(cableCheckVoltage_V(420, 450)).toBe(450)
  })

  test('PRO-04 over-voltage: level and time', () => {
    holds('PRO-04', [400, 700, 800, 920, 1250].map(overVoltageLevel_V))
    expect(overVoltageLevel_V(1500)).toBeNull()
    const state = new Float64Array(SUSTAINED_STATE)
    resetSustained(state, 0)
    observeSustained(state, 0, true, 2)
    observeSustained(state, 0, true, 2.008)
    expect(sustainedAt_s(state, 0, OVER_VOLTAGE_s)).toBeCloseTo(2.009, 12)
  })

  test('PRO-05 stops', () => {
    holds('PRO-05', [
      stopWithin_s('normal', 600),
      stopWithin_s('latchOpen', 600),
      gbtStops.controlLineLost.contactors_s,
      gbtStops.earthLost.contactors_s,
    ])
    expect(rampTime_s(600, STOP_RAMP_Apers)).toBeCloseTo(5.95, 12)
  })

  test('PRO-06 insulation monitor', () => {
    const { parameters, confidence } = insulationMonitorParameters(archetypeOf('insulationMonitor', 'bender-isocha425'))
    const latest = (resistance_ohm: number, oneSided: boolean) =>
      detectionWindow(parameters, { resistance_ohm, oneSided }, parameters.maxLeakage_F).latest_s
    holds('PRO-06', [latest(100_000, true), latest(100_000, false)])
    expect(latest(100_001, true)).toBe(10)
    expect(confidence).toBe('uncertain')
  })
})
