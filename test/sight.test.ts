/** The site controller inside the simulator: what it reaches on what it sees, and that limits hold all the same. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { sightNames } from '../src/app/cli/simulation/sight.ts'
import { sights } from '../src/hub/controller/site/sight/index.ts'
import { readWorkload } from '../src/io/formats/workload/index.ts'
import { controlled, type SightName } from '../src/study/simulate/control/index.ts'
import { outcomeOf, prepareReplay, type Run } from '../src/study/simulate/index.ts'

const file = new URL('./fixtures/workloads/workload-day.json', import.meta.url)
const workload = readWorkload(readFileSync(file, 'utf8'), 'workload-day.json')
if (!workload.ok) throw new Error(JSON.stringify(workload.problems))
const day = workload.value
const replay = prepareReplay(day)
const LIMIT_kW = 1600

function runOf(name: SightName, siteLimit_kW: number | null, seed = 1): Run {
  const governor: Parameters<typeof replay.run>[0]['governor'] = (hub) =>
    controlled({ ...hub, sight: name, policy: 'max-min', floor_kW: 0, seed })
  return replay.run({ policy: 'max-min', siteLimit_kW, governor })
}

function resultOf(run: Run, siteLimit_kW: number | null) {
  return outcomeOf(run.finish(), { site: '', seed: 1, from: day.start, siteLimit_kW }, replay.visits)
}

it('every sight can be asked for', () => {
  expect(sightNames).toEqual(Object.keys(sights))
})

describe('the common day under the site controller', () => {
  it('delivers the same as without one where nothing binds', () => {
    const free = resultOf(replay.run({ policy: 'max-min', siteLimit_kW: null }), null)
    for (const name of ['csms', 'perfect'] as const) {
      const seen = resultOf(runOf(name, null), null)
      expect(Math.abs(seen.energyDelivered_kWh / free.energyDelivered_kWh - 1)).toBeLessThan(1e-9)
    }
  })

  it('under 1600 kW what it sees costs less than 1 % of the energy, and the limit holds', () => {
    const exact = resultOf(replay.run({ policy: 'max-min', siteLimit_kW: LIMIT_kW }), LIMIT_kW)
    const perfect = resultOf(runOf('perfect', LIMIT_kW), LIMIT_kW)
    const csms = resultOf(runOf('csms', LIMIT_kW), LIMIT_kW)
    expect(perfect.energyDelivered_kWh).toBeLessThan(exact.energyDelivered_kWh)
    expect(perfect.energyDelivered_kWh / exact.energyDelivered_kWh).toBeGreaterThan(0.985)
    expect(csms.energyDelivered_kWh / perfect.energyDelivered_kWh).toBeGreaterThan(0.99)
    for (const { peak1min_kW } of [perfect, csms]) expect(peak1min_kW).toBeLessThanOrEqual(LIMIT_kW + 1e-9)
    expect(csms.control?.commands).toBeGreaterThan(100)
    expect(perfect.control?.decisions).toBeGreaterThan(csms.control?.decisions ?? Number.POSITIVE_INFINITY)
  }, 60_000)

  it('never draws more than the limit at any moment it is looked at', () => {
    const run = runOf('csms', LIMIT_kW, 3)
    for (let now_s = 6 * 3600; now_s < 22 * 3600; now_s += 37) {
      run.until(now_s)
      run.settle()
      const drawn_kW = run.plant.power_kW.reduce((sum, power_kW) => sum + power_kW, 0)
      expect(drawn_kW).toBeLessThanOrEqual(LIMIT_kW + 1e-6)
    }
  }, 60_000)

  it('goes on from a snapshot to the same result, lost messages included', () => {
    const whole = resultOf(runOf('csms', LIMIT_kW, 5), LIMIT_kW)
    const first = runOf('csms', LIMIT_kW, 5).until(13 * 3600)
    const second = runOf('csms', LIMIT_kW, 5)
    second.restore(first.snapshot())
    expect(resultOf(second, LIMIT_kW)).toEqual(whole)
  }, 60_000)
})
