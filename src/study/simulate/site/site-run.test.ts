import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadSite, type Site, type SiteDemand } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import type { SimulationResult } from '../result.ts'
import { prepareSiteRun, type SiteRunInput } from './index.ts'

const DAY_s = 86_400
const monday = { from_ms: Date.parse('2026-06-01T00:00:00Z'), date: '2026-06-01' }

type Complete = Site & { readonly demand: SiteDemand }

function siteOf(text: string): Complete {
  const checked = loadSite(text, 'hub.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  return { ...checked.value, demand: checked.value.demand }
}

const example = (name: string): string =>
  readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8')

function simulate(site: Complete, more: Partial<SiteRunInput> = {}): SimulationResult {
  const siteRun = prepareSiteRun({ site, ...monday, duration_s: 2 * DAY_s, seed: 1, policy: 'max-min', ...more })
  siteRun.run.finish()
  return siteRun.result()
}

/** One 150 kW CCS2 post with two plugs of which one is live, and cars that come at a steady rate. */
function smallHub(demand: string, fleet: string, import_kW = 100): string {
  return `version: 1
name: small
timezone: UTC
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: ${import_kW} }
stations:
  - id: post
    evses:
      - { live: 1, connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 150 }, { connector: chademo, maxVoltage_V: 500, maxCurrent_A: 125, maxPower_kW: 50 }] }
demand:
  profile: { weekday: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] }
  arrival: { mean_frac: 0.2 }
  target: { mean_frac: 0.8 }
${demand}
  fleet:
${fleet}
`
}

const id4 = '    - { vehicle: vw-id4-77-2021, share_frac: 1 }'

describe('a run of a site', () => {
  it.each(['us-highway', 'cn-expressway', 'eu-truck-stop', 'town-chademo'])(
    'accounts for every vehicle and kWh (%s)',
    (name) => {
      const site = siteOf(example(name))
      const result = simulate(site)
      const { arrived, ...ended } = result.sessions
      expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(arrived)
      const { power_kW, step_s } = result.timeline
      const hours_h = (at: number): number => Math.min(step_s, result.duration_s - at * step_s) / 3600
      const metered_kWh = power_kW.reduce((sum, mean_kW, at) => sum + mean_kW * hours_h(at), 0)
      expect(metered_kWh / result.energyDelivered_kWh).toBeCloseTo(1, 9)
      const total = (rows: readonly { energy_kWh: number }[]): number =>
        rows.reduce((sum, row) => sum + row.energy_kWh, 0)
      expect(total(Object.values(result.byConnector))).toBeCloseTo(result.energyDelivered_kWh, 6)
      expect(total(Object.values(result.byVehicle))).toBeCloseTo(result.energyDelivered_kWh, 6)
      expect(total(result.byEvse)).toBeCloseTo(result.energyDelivered_kWh, 6)
      expect(result.peak1min_kW).toBeLessThanOrEqual(site.grid.import_kW + 1e-9)
      expect(Object.values(result.refusedBecause).reduce((sum, count) => sum + count, 0)).toBe(result.sessions.refused)
      for (const { occupied_frac } of result.byEvse) expect(occupied_frac).toBeLessThanOrEqual(2 + 1e-12)
    },
  )

  it('gives the same bytes for the same seed, others for another', () => {
    const site = siteOf(example('us-highway'))
    const bytes = JSON.stringify(simulate(site))
    expect(JSON.stringify(simulate(site))).toBe(bytes)
    expect(JSON.stringify(simulate(site, { seed: 2 }))).not.toBe(bytes)
  })

  it('goes on from a snapshot as if nothing had happened', () => {
    const site = siteOf(example('us-highway'))
    const input = { site, ...monday, duration_s: 2 * DAY_s, seed: 5, policy: 'max-min' } as const
    const whole = prepareSiteRun(input)
    whole.run.finish()
    const first = prepareSiteRun(input)
    first.run.until(1.37 * DAY_s)
    const snapshot = first.run.snapshot()
    const second = prepareSiteRun(input)
    second.run.until(0.4 * DAY_s)
    second.run.restore(snapshot)
    second.run.finish()
    expect(JSON.stringify(second.result())).toBe(JSON.stringify(whole.result()))
  })

  it('brings the same vehicles to variants of a hub with the same seed', () => {
    const site = siteOf(example('us-highway'))
    const narrow = { ...site, grid: { import_kW: 400 } }
    const [wide, tight] = [simulate(site), simulate(narrow)]
    expect(tight.sessions.arrived).toBe(wide.sessions.arrived)
    expect(tight.energyDelivered_kWh).toBeLessThan(wide.energyDelivered_kWh)
    expect(tight.heldBack_kWh['site.limit'] ?? 0).toBeGreaterThan(wide.heldBack_kWh['site.limit'] ?? 0)
    for (const [name, { arrived }] of Object.entries(wide.byVehicle))
      expect(tight.byVehicle[name]?.arrived).toBe(arrived)
  })

  it('holds one of two connectors of an EVSE, and waits first come, first served', () => {
    const text = smallHub('  sessions_perDay: 40\n  queue: { places: 100 }', id4)
    const result = simulate(siteOf(text))
    expect(result.byEvse).toHaveLength(1)
    expect(result.byEvse[0]?.occupied_frac).toBeLessThanOrEqual(1 + 1e-12)
    expect(result.peak1min_kW).toBeLessThanOrEqual(100 + 1e-9)
    expect(result.wait.max_min).toBeGreaterThan(0)
    expect(result.sessions.balked + result.sessions.reneged).toBe(0)
  })

  it('lets drivers drive on where no place to wait is free, and give up when their patience ends', () => {
    const balking = simulate(siteOf(smallHub('  sessions_perDay: 60\n  queue: { places: 0 }', id4)))
    expect(balking.sessions.balked).toBeGreaterThan(0)
    expect(balking.wait.max_min).toBe(0)
    const impatient = simulate(
      siteOf(
        smallHub(
          '  sessions_perDay: 60\n  queue: { places: 50, patience: { mean_min: 5, distribution: exponential } }',
          id4,
        ),
      ),
    )
    expect(impatient.sessions.reneged).toBeGreaterThan(0)
  })

  it('refuses who cannot charge here, with the reason and what would help', () => {
    const fleet = `    - { vehicle: vw-id4-77-2021, share_frac: 0.5 }
    - { vehicle: xpeng-g6-2025, share_frac: 0.5, usable_kWh: 78 }`
    const text = smallHub('  sessions_perDay: 30\n  queue: { places: 9 }', fleet).replace(
      'maxVoltage_V: 920',
      'maxVoltage_V: 500',
    )
    const result = simulate(siteOf(text))
    expect(result.refusedBecause).toEqual({
      'charger.maxVoltage': result.byVehicle['Xpeng G6 Long Range / Performance']?.arrived,
    })
    expect(result.refusals).toHaveLength(1)
  })

  it('keeps two rows of one vehicle apart', () => {
    const fleet = `    - { vehicle: vw-id4-77-2021, share_frac: 0.5 }
    - { vehicle: vw-id4-77-2021, share_frac: 0.5, arrival: { mean_frac: 0.6 } }`
    const rows = Object.values(
      simulate(siteOf(smallHub('  sessions_perDay: 30\n  queue: { places: 9 }', fleet))).byVehicle,
    )
    expect(rows).toHaveLength(2)
    expect(rows[0]?.energy_kWh).toBeGreaterThan((rows[1]?.energy_kWh ?? 0) * 1.5)
  })

  it('delivers the charge that was wanted when nobody has to leave early', () => {
    const { energyDelivered_kWh, sessions, unserved_kWh } = simulate(
      siteOf(smallHub('  sessions_perDay: 5\n  queue: { places: 9 }', id4, 500)),
      { seed: 4 },
    )
    expect(sessions.charging).toBe(0)
    expect(energyDelivered_kWh).toBeCloseTo(sessions.served * 0.6 * 77, 6)
    expect(unserved_kWh).toBeLessThan(1e-6)
  })

  it('stops vehicles at their longest stay', () => {
    const text = smallHub('  sessions_perDay: 5\n  queue: { places: 9 }\n  maxStay_min: 3', id4, 500)
    const { energyDelivered_kWh, sessions, unserved_kWh } = simulate(siteOf(text))
    expect(energyDelivered_kWh).toBeCloseTo(sessions.served * 6.25, 6)
    expect(unserved_kWh).toBeCloseTo(sessions.served * (0.6 * 77 - 6.25), 6)
  })

  it('never exceeds a limit, whatever the hub', () => {
    const site = siteOf(example('eu-truck-stop'))
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 50, max: 4000 }), (seed, import_kW) => {
        const result = simulate({ ...site, grid: { import_kW } }, { seed, duration_s: DAY_s / 2 })
        expect(result.peak1min_kW).toBeLessThanOrEqual(import_kW + 1e-9)
      }),
      { numRuns: 25 },
    )
  })
})
