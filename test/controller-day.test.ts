import { describe, expect, it } from 'vitest'
import { csms, perfect, type SightParameters } from '../src/hub/controller/site/sight/index.ts'
import { RandomStream } from '../src/hub/demand/random.ts'
import { hubOf, runSiteDay, workloadDay } from './support/site-plant.ts'

const LIMIT_kW = 1600
/** What ideal sharing delivers on that day: perfect sight at every moment, no defaults to keep free. */
const IDEAL_kWh = 18_789.7
const DEFAULT_kW = 3

const recording = workloadDay()
const hub = hubOf(recording, LIMIT_kW, DEFAULT_kW)

function run(sight: SightParameters, seed = 1) {
  const chance = new RandomStream(seed, 'sight')
  return runSiteDay({ recording, hub, sight, uniform: () => chance.uniform() })
}

describe('a day of twenty EVSEs under 1600 kW (C21)', () => {
  const best = run(perfect)

  it('with perfect sight: nearly what ideal sharing delivers', () => {
    expect(best.energy_kWh).toBeGreaterThan(0.994 * IDEAL_kWh)
    expect(best.energy_kWh).toBeLessThan(IDEAL_kWh)
    expect(best.peak_kW).toBeLessThanOrEqual(LIMIT_kW)
  })

  it.each([1, 2, 3])(
    'as a management system sees it: within one hundredth, and the limit holds at the meter (seed %i)',
    (seed) => {
      const found = run(csms, seed)
      expect(found.energy_kWh).toBeGreaterThan(0.99 * best.energy_kWh)
      expect(found.peak_kW).toBeLessThanOrEqual(LIMIT_kW)
      expect(found.messages / recording.sessions.length).toBeLessThan(30)
    },
  )

  it('with one message in twenty lost: within 1.5 %, and the limit holds', () => {
    const found = run({ ...csms, lost_frac: 0.05 })
    expect(found.energy_kWh).toBeGreaterThan(0.985 * best.energy_kWh)
    expect(found.peak_kW).toBeLessThanOrEqual(LIMIT_kW)
  })

  it('is repeatable', () => {
    expect(run(csms)).toEqual(run(csms))
  })
})
