/** Packs in a run: the cold slows them down, warming on the way helps, and time may be cut anywhere. */
import { expect, test } from 'vitest'
import { loadSite } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { prepareSiteRun, type SiteRun } from '../src/study/simulate/site/index.ts'

const DAY_s = 86_400

interface Weather {
  readonly ambient_degC: number
  readonly preconditioned_frac?: number
}

function runOf({ ambient_degC, preconditioned_frac = 0 }: Weather): SiteRun {
  const text = `version: 1
name: cold
timezone: UTC
location: { latitude_deg: 64, longitude_deg: 26, country: FI }
currency: EUR
ambient_degC: ${ambient_degC}
grid: { import_kW: 2000 }
stations:
  - { id: post, product: alp_hyc_400, count: 4 }
demand:
  sessions_perDay: 40
  preconditioned_frac: ${preconditioned_frac}
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  arrival: { mean_frac: 0.15 }
  target: { mean_frac: 0.8 }
  queue: { places: 20 }
  fleet: [{ vehicle: hyundai-ioniq5-2021, share_frac: 1 }]
`
  const checked = loadSite(text, 'cold.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  const site = { ...checked.value, demand: checked.value.demand }
  const when = { from_ms: Date.parse('2026-01-12T00:00:00Z'), duration_s: DAY_s, date: '2026-01-12' }
  return prepareSiteRun({ site, ...when, seed: 2, policy: 'max-min', sight: 'perfect', physics: true })
}

function resultOf(run: SiteRun) {
  run.run.finish()
  return run.result()
}

const minutes = (weather: Weather) => resultOf(runOf(weather)).to80.mean_min ?? Number.NaN

test('the colder, the longer it takes; warmed on the way it takes about as long as in summer', () => {
  const [summer, frost, hard, warmed] = [
    minutes({ ambient_degC: 20 }),
    minutes({ ambient_degC: -2.5 }),
    minutes({ ambient_degC: -15 }),
    minutes({ ambient_degC: -2.5, preconditioned_frac: 1 }),
  ]
  // Published tests of this car from 10 to 80 %: 18 minutes warm, half an hour with a pack of 7 degC.
  expect(frost / summer).toBeGreaterThan(1.4)
  expect(frost / summer).toBeLessThan(1.9)
  expect(hard).toBeGreaterThan(frost)
  expect(warmed / summer).toBeLessThan(1.1)
})

test('what the cold withholds is booked to it, and packs leave warmer than they came', () => {
  const frost = resultOf(runOf({ ambient_degC: -5 }))
  expect(frost.heldBack_kWh['vehicle.temperature']).toBeGreaterThan(50)
  expect(frost.packs?.sessions).toBe(frost.sessions.served + frost.sessions.charging)
  expect(frost.packs?.coldest_degC).toBeCloseTo(4.5, 9)
  expect(frost.packs?.leaving_degC).toBeGreaterThan((frost.packs?.arrival_degC ?? 0) + 5)
  const summer = resultOf(runOf({ ambient_degC: 20 }))
  expect(summer.heldBack_kWh['vehicle.temperature'] ?? 0).toBe(0)
})

test('a run that is cut and put back goes on as if nothing had been', () => {
  const whole = resultOf(runOf({ ambient_degC: -5 }))
  const first = runOf({ ambient_degC: -5 })
  first.run.until(40_000)
  const snapshot = first.run.snapshot()
  const second = runOf({ ambient_degC: -5 })
  second.run.restore(snapshot)
  expect(JSON.stringify(resultOf(second))).toBe(JSON.stringify(whole))
})
