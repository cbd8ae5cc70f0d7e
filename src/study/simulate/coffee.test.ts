import { expect, it } from 'vitest'
import { powerAtVoltage_kW, powerForRange_kW, rangeOf_km } from './coffee.ts'

const SECOND_min = 1 / 60

it('one kilometre a second needs 36 times the consumption in kWh/100 km', () => {
  for (const [per100km_kWh, power_kW] of [
    [15, 540],
    [18, 648],
    [20, 720],
  ] as const)
    expect(powerForRange_kW(1, SECOND_min, per100km_kWh / 100)).toBeCloseTo(power_kW, 9)
})

it('claims of makers: 500 km in 12 min at 15.9, 400 km in 5 min at 13.9 kWh/100 km', () => {
  expect(powerForRange_kW(500, 12, 0.159)).toBeCloseTo(397.5, 1)
  expect(powerForRange_kW(400, 5, 0.139)).toBeCloseTo(667.2, 1)
})

it('a post of 600 A and 600 kW reaches its power at 1000 V only', () => {
  const post = { maxCurrent_A: 600, maxPower_kW: 600 }
  expect(powerAtVoltage_kW(400, post)).toBe(240)
  expect(powerAtVoltage_kW(800, post)).toBe(480)
  expect(powerAtVoltage_kW(1000, post)).toBe(600)
  expect(powerAtVoltage_kW(1200, post)).toBe(600)
})

it('range and power agree', () => {
  const power_kW = powerForRange_kW(300, 15, 0.2)
  expect(rangeOf_km(power_kW / 4, 0.2)).toBeCloseTo(300, 9)
})
