import { expect, test } from 'vitest'
import { loadSite } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import { supplyLosses } from './supply.ts'

function siteOf(import_kW: number) {
  const text = `version: 1
name: a
timezone: UTC
location: { latitude_deg: 42, longitude_deg: 9, country: DE }
currency: EUR
grid: { import_kW: ${import_kW} }
stations: [{ id: post, product: alp_hyc_400 }]
`
  const checked = loadSite(text, 'a.yaml', builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked))
  return checked.value
}

test('a transformer of 1000 kVA at half load: losses of its record, and half a percent squared in the lines', () => {
  // Ten hours of nothing, then ten hours in the class around 500 kW.
  const loads = { step_kW: 200, atLeast_h: [20, 10, 10] }
  const { transformer_kWh, lines_kWh } = supplyLosses(siteOf(1000), loads, 1)
  expect(transformer_kWh).toBeCloseTo((20 * 693) / 1000 + 10 * 7.6 * 0.5 ** 2, 9)
  expect(lines_kWh).toBeCloseTo(10 * 5 * 0.5 ** 2, 9)
})

test('losses behind it make the load larger; a larger connection has a larger transformer that loses less for its size', () => {
  const loads = { step_kW: 200, atLeast_h: [10, 10, 10] }
  const one = supplyLosses(siteOf(1000), loads, 1)
  expect(supplyLosses(siteOf(1000), loads, 1.1).lines_kWh).toBeCloseTo(1.21 * one.lines_kWh, 9)
  const idle = { step_kW: 200, atLeast_h: [10] }
  const ratio =
    supplyLosses(siteOf(16_000), idle, 1).transformer_kWh / supplyLosses(siteOf(1000), idle, 1).transformer_kWh
  expect(ratio).toBeCloseTo(8, 9)
})
