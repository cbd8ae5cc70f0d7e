/** Cables in a run: what they reach, what dispensers do about it, and that stretches at their mean current are right. */
import { describe, expect, it } from 'vitest'
import { CABLE_SLOTS, Cable, CableSlot } from '../src/hub/plant/cable/index.ts'
import { cableParameters } from '../src/hub/plant/parts/index.ts'
import { loadSite, type Site, type SiteDemand } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { renderReport } from '../src/study/report/index.ts'
import { deviceProblems } from '../src/study/simulate/devices/index.ts'
import { prepareSiteRun, type SiteRun } from '../src/study/simulate/site/index.ts'
import { DistributedCable } from './support/cable-reference.ts'

const DAY_s = 86_400

/** Posts with a cable for the current it is sold for. */
const current_A = (cable: string): number => (cable.startsWith('air') ? 320 : 500)

function siteOf(cable: string, ambient_degC: number): Site & { readonly demand: SiteDemand } {
  const text = `version: 1
name: hot
timezone: UTC
location: { latitude_deg: 42, longitude_deg: 90, country: DE }
currency: EUR
ambient_degC: ${ambient_degC}
grid: { import_kW: 900 }
stations:
  - id: post
    count: 2
    power_kW: 250
    evses:
      - connectors:
          - { connector: ccs2, minVoltage_V: 200, maxVoltage_V: 1000, maxCurrent_A: ${current_A(cable)}, maxPower_kW: 400, cable: ${cable} }
demand:
  sessions_perDay: 60
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  arrival: { mean_frac: 0.1, sd_frac: 0.03 }
  target: { mean_frac: 0.8 }
  queue: { places: 4 }
  fleet:
    - { vehicle: hyundai-ioniq5-2021, share_frac: 0.5 }
    - { vehicle: tesla-model-y-lr-2020, share_frac: 0.5 }
`
  const checked = loadSite(text, 'hot.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  return { ...checked.value, demand: checked.value.demand }
}

function runOf(cable: string, ambient_degC: number, physics = true): SiteRun {
  const site = siteOf(cable, ambient_degC)
  const from_ms = Date.parse('2026-06-01T00:00:00Z')
  const when = { from_ms, duration_s: DAY_s, date: '2026-06-01' }
  return prepareSiteRun({ site, ...when, seed: 4, policy: 'max-min', sight: 'csms', physics })
}

function resultOf(siteRun: SiteRun) {
  siteRun.run.finish()
  return siteRun.result()
}

const rows = (siteRun: SiteRun) => Object.values(resultOf(siteRun).cables ?? {})

it('a matrix that does not fit its cabinet is told with its place, not left out', () => {
  const text = `version: 1
name: odd
timezone: UTC
location: { latitude_deg: 42, longitude_deg: 9, country: DE }
currency: EUR
grid: { import_kW: 900 }
cabinets:
  - { id: cab, power_kW: 200, modules: { module: sic-air-40, count: 5 }, matrix: odd }
stations:
  - { id: post, cabinet: cab, evses: [{ count: 3, connectors: [{ connector: ccs2, maxVoltage_V: 1000, maxPower_kW: 150 }] }] }
catalogue:
  components:
    - { type: matrix, id: odd, name: Odd, status: archetype, topology: partial, reach: [[1], [1], [2], [2], [1]], sources: [unverified], confidence: uncertain }
`
  const checked = loadSite(text, 'odd.yaml', builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  const [problem] = deviceProblems(checked.value)
  expect(problem?.code).toMatch(/^catalogue\.component\./)
  expect(problem?.at).toMatchObject({ file: 'odd.yaml', line: 8 })
})

describe('cables in a run of a site', () => {
  it('cooled ones in mild air hold nobody back', () => {
    const cool = resultOf(runOf('oil-ccs-500', 15))
    const without = resultOf(runOf('oil-ccs-500', 15, false))
    expect(cool.heldBack_kWh['cable.temperature'] ?? 0).toBe(0)
    expect(Math.abs(cool.energyDelivered_kWh / without.energyDelivered_kWh - 1)).toBeLessThan(0.01)
    for (const { highest_degC, drops, loss_kWh } of Object.values(cool.cables ?? {})) {
      expect(highest_degC).toBeGreaterThan(20)
      expect(drops).toBe(0)
      expect(loss_kWh / cool.energyDelivered_kWh).toBeLessThan(0.02)
    }
  })

  it('uncooled ones in hot air are derated, and none passes its limit by more than its sensor is late', () => {
    const hot = runOf('air-70', 40)
    const result = resultOf(hot)
    expect(result.heldBack_kWh['cable.temperature']).toBeGreaterThan(1)
    const cool = resultOf(runOf('air-70', 15))
    expect(result.energyDelivered_kWh).toBeLessThan(cool.energyDelivered_kWh + 1e-9)
    for (const { drops, derated_min, highest_degC, trips } of rows(hot)) {
      expect(drops).toBeGreaterThan(0)
      expect(derated_min).toBeGreaterThan(1)
      expect(trips).toBe(0)
      expect(highest_degC).toBeLessThan(91)
    }
  })

  it('cabinets give modules, and what the grid gives is what arrives and what is lost', () => {
    const result = resultOf(runOf('oil-ccs-500', 20))
    expect(result.energyIn_kWh).toBeCloseTo(result.energyDelivered_kWh + result.losses_kWh, 6)
    expect(result.losses_kWh / result.energyIn_kWh).toBeGreaterThan(0.03)
    expect(result.losses_kWh / result.energyIn_kWh).toBeLessThan(0.1)
    const cabinets = Object.values(result.cabinets ?? {})
    expect(cabinets.length).toBe(2)
    for (const { moduleUse_frac, loss_kWh, loss } of cabinets) {
      expect(moduleUse_frac).toBeGreaterThan(0.05)
      expect(moduleUse_frac).toBeLessThan(1)
      const { modules_kWh, bus_kWh, fans_kWh, standby_kWh } = loss
      expect(modules_kWh + bus_kWh + fans_kWh + standby_kWh).toBeCloseTo(loss_kWh, 9)
    }
  })

  it('the report tells of them, the hottest cable first', () => {
    const hot = resultOf(runOf('air-70', 40))
    const pages = (['en', 'zh'] as const).map((language) =>
      renderReport({ result: hot, assumptions: [], command: 'anyplug simulate' }, language),
    )
    const [hottest] = Object.values(hot.cables ?? {}).toSorted((a, b) => b.highest_degC - a.highest_degC)
    for (const page of pages) {
      const section = page.split('<section aria-labelledby="devices">')[1]?.split('</section>')[0] ?? ''
      expect(section.split('<tbody>')[1]?.split('</tr>')[0]).toContain((hottest?.highest_degC ?? 0).toFixed(1))
      expect(section.match(/<tbody>/g)?.length).toBe(2)
    }
    const cold = resultOf(runOf('air-70', 40, false))
    expect(renderReport({ result: cold, assumptions: [], command: '' }, 'en')).not.toContain('id="devices"')
  })

  it('a cabinet never gives more than it has, whoever asks', () => {
    const { run } = runOf('oil-ccs-500', 20)
    const { plant } = run
    for (let now_s = 0; now_s < DAY_s; now_s += 53) {
      run.until(now_s)
      run.settle()
      for (const power_kW of plant.power_kW) expect(power_kW).toBeLessThanOrEqual(250 + 1e-6)
    }
  })

  // The second one never comes near a threshold: it is brought up a few times a session.
  it.each([
    ['air-70', 0.5],
    ['oil-ccs-500', 1],
  ] as const)(
    '%s agrees with steps of a second along the power the run had',
    (id, within_K) => {
      const { parameters } = cableParameters(
        builtInCatalogue().components.get(id) as Parameters<typeof cableParameters>[0],
        builtInCatalogue(),
      )
      const cable = new Cable(parameters)
      const slow = parameters.cooling === null ? null : new DistributedCable(parameters, 25)
      const siteRun = runOf(id, 25)
      const { run, plugs } = siteRun
      const { plant } = run
      const state = new Float64Array(CABLE_SLOTS)
      cable.reset(state, 0, 25, 25)
      const slot = plant.network.slotOfPlace[0] as number
      if (!plugs) throw new Error('a run with physics knows its plugs')
      let [highest_degC, slowHighest_degC] = [25, 25]
      for (let now_s = 0; now_s < 4 * 3600; now_s++) {
        run.until(now_s + 0.5)
        run.settle()
        const power_kW = plant.power_kW[slot] as number
        const profile = plant.profile[slot] as number
        const drawn_A = power_kW > 0 ? plugs.current_A(profile, power_kW, plant.soc_frac[slot] as number) : 0
        cable.form(drawn_A, 1, true).step(state, 0, 1)
        slow?.run(1, { current_A: drawn_A, flow_frac: 1, fanOn: true, ambient_degC: 25 })
        highest_degC = Math.max(highest_degC, state[CableSlot.contact] as number, state[CableSlot.hotEnd] as number)
        slowHighest_degC = Math.max(slowHighest_degC, slow?.hottest_degC ?? 0)
      }
      run.until(4 * 3600)
      const found_degC = Object.values(siteRun.result().cables ?? {})[0]?.highest_degC ?? 0
      expect(highest_degC).toBeGreaterThan(35)
      expect(Math.abs(found_degC - highest_degC)).toBeLessThan(within_K)
      if (slow) expect(Math.abs(found_degC - slowHighest_degC)).toBeLessThan(2)
    },
    60_000,
  )

  it('goes on from a snapshot to the same result', () => {
    const whole = resultOf(runOf('air-70', 40))
    const first = runOf('air-70', 40)
    first.run.until(9 * 3600)
    const second = runOf('air-70', 40)
    second.run.restore(first.run.snapshot())
    expect(resultOf(second)).toEqual(whole)
  })
})
