/** A vehicle that charges through two cables heats both, and who comes next finds either of them warm. */
import { expect, test } from 'vitest'
import { loadSite } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { prepareSiteRun } from '../src/study/simulate/site/index.ts'

function resultOf(product: string) {
  const text = `version: 1
name: pair
timezone: UTC
location: { latitude_deg: 30, longitude_deg: 110, country: CN }
currency: CNY
ambient_degC: 30
grid: { import_kW: 2000 }
cabinets: [{ id: cab, power_kW: 1200, modules: { module: sic-air-40, count: 30 } }]
stations: [{ id: post, product: ${product}, cabinet: cab }]
demand:
  sessions_perDay: 60
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  arrival: { mean_frac: 0.1 }
  target: { mean_frac: 0.8 }
  queue: { places: 3 }
  fleet: [{ vehicle: byd-han-l-2025, share_frac: 1, usable_kWh: 80 }]
`
  const checked = loadSite(text, 'pair.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  const site = { ...checked.value, demand: checked.value.demand }
  const when = { from_ms: Date.parse('2026-06-01T00:00Z'), duration_s: 43_200, date: '2026-06-01' }
  const run = prepareSiteRun({ site, ...when, seed: 2, policy: 'max-min', physics: true })
  run.run.finish()
  return run.result()
}

test('two cables carry half each, both are counted, and both are warm', () => {
  const { cables = {}, sessions, energyDelivered_kWh } = resultOf('huawei_mw')
  const [first, second, ...others] = Object.values(cables)
  expect(others).toEqual([])
  expect(sessions.served).toBeGreaterThan(10)
  expect(second?.loss_kWh).toBeCloseTo(first?.loss_kWh ?? Number.NaN, 9)
  expect(second?.highest_degC).toBeCloseTo(first?.highest_degC ?? Number.NaN, 9)
  expect(first?.highest_degC).toBeGreaterThan(32)
  // Copper of 35 to 200 mm2 and 3 to 7 m at 150 to 600 A a gun loses 0.05 to 1 % of 140 to 550 kW.
  const share = (2 * (first?.loss_kWh ?? 0)) / energyDelivered_kWh
  expect(share).toBeGreaterThan(0.0005)
  expect(share).toBeLessThan(0.01)
})
