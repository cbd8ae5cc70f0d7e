import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type PolicyName, policyNames } from '../../hub/controller/index.ts'
import { readWorkload, type Workload } from '../../io/formats/workload/index.ts'
import { outcomeOf } from './outcome.ts'
import { prepareReplay, unlimited_kWh } from './replay.ts'
import type { SimulationResult } from './result.ts'
import type { EndedSession } from './sessions.ts'

function fixture(name: string): { workload: Workload; closed_kWh: number[] } {
  const url = new URL(`../../../test/fixtures/workloads/${name}.json`, import.meta.url)
  const text = readFileSync(url, 'utf8')
  const checked = readWorkload(text, name)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  const file = JSON.parse(text) as { sessions: number[][] }
  return { workload: checked.value, closed_kWh: file.sessions.map((row) => row[10] ?? 0) }
}

function simulate(
  workload: Workload,
  policy: PolicyName,
  siteLimit_kW: number | null,
  onSession: (session: EndedSession) => void = () => {},
): SimulationResult {
  const replay = prepareReplay(workload)
  const run = replay.run({ policy, siteLimit_kW, onSession }).finish()
  return outcomeOf(run, { site: workload.name, seed: 1, from: workload.start, siteLimit_kW }, replay.visits)
}

const day = fixture('workload-day')
const week = fixture('workload-week')

describe('without a site limit (E1, R1)', () => {
  it.each([
    ['day', day, 19_284.230647, 2532.8812],
    ['week', week, 134_698.30576, 2752.7011],
  ] as const)('the %s has its closed-form energy and its highest minute', (_, { workload }, published_kWh, peak_kW) => {
    const result = simulate(workload, 'max-min', null)
    const exact_kWh = unlimited_kWh(workload)
    expect(Math.abs(result.energyDelivered_kWh - exact_kWh)).toBeLessThan(1e-9 * exact_kWh)
    expect(Math.abs(exact_kWh - published_kWh)).toBeLessThan(5e-6)
    expect(Math.abs(result.peak1min_kW - peak_kW)).toBeLessThan(1e-4)
    expect(result.heldBack_kWh['site.limit']).toBeUndefined()
  })

  it.each([
    ['day', day],
    ['week', week],
  ] as const)('every session of the %s has its energy of the file', (_, { workload, closed_kWh }) => {
    const found = new Map<string, number>()
    simulate(workload, 'fifo', null, ({ place, plugged_s, energy_kWh }) =>
      found.set(`${place} ${plugged_s}`, energy_kWh),
    )
    for (const [i, { outlet, plug_s }] of workload.sessions.entries()) {
      // The file rounds to a thousandth of a watt-hour.
      expect(Math.abs((found.get(`${outlet} ${plug_s}`) ?? 0) - (closed_kWh[i] ?? 0))).toBeLessThan(5.1e-7)
    }
  })

  it('counts waits and sessions as the file does', () => {
    const { wait, sessions } = simulate(day.workload, 'max-min', null)
    expect(sessions).toMatchObject({ arrived: 405, served: 405, refused: 0, charging: 0, waiting: 0 })
    expect(wait.mean_min).toBeCloseTo(0.069, 3)
    expect(wait.max_min).toBe(5)
  })
})

describe('below 1600 kW (P1 to P5)', () => {
  const energy_kWh = (policy: PolicyName): number => simulate(day.workload, policy, 1600).energyDelivered_kWh

  it('max-min delivers what a converged time-stepping computation does', () => {
    expect(Math.abs(energy_kWh('max-min') - 18_789.6)).toBeLessThan(0.5)
  })

  it('earliest departure first comes within 0.3 % of the offline optimum 19,184', () => {
    const delivered_kWh = energy_kWh('earliest-departure')
    expect(delivered_kWh).toBeGreaterThan(19_130)
    expect(delivered_kWh / 19_184).toBeGreaterThan(0.997)
    expect(delivered_kWh).toBeLessThan(19_184)
  })

  it('sharing by rating, blind to draw, loses a tenth', () => {
    expect(energy_kWh('equal-rating') / unlimited_kWh(day.workload)).toBeLessThan(0.91)
  })

  it.each(policyNames)('%s: no minute above the limit, and the held-back energy is booked to it', (policy) => {
    const result = simulate(day.workload, policy, 1600)
    expect(result.peak1min_kW).toBeLessThan(1600 + 1e-9)
    expect(result.heldBack_kWh['site.limit']).toBeGreaterThan(1000)
    const byEvse_kWh = result.byEvse.reduce((sum, evse) => sum + evse.energy_kWh, 0)
    expect(byEvse_kWh).toBeCloseTo(result.energyDelivered_kWh, 8)
  })
})

describe('a run is a pure function (R3)', () => {
  it('same file, same bytes', () => {
    const once = JSON.stringify(simulate(day.workload, 'max-min', 1600))
    expect(JSON.stringify(simulate(day.workload, 'max-min', 1600))).toBe(once)
  })

  it('efficiency raises the power at the plug and the energy with it', () => {
    const lossy: Workload = { ...day.workload, efficiency_frac: 0.9 }
    const exact_kWh = unlimited_kWh(lossy)
    expect(simulate(lossy, 'max-min', null).energyDelivered_kWh).toBeCloseTo(exact_kWh, 6)
    expect(exact_kWh).toBeGreaterThan(unlimited_kWh(day.workload))
  })
})
