import fc from 'fast-check'
import { expect, test } from 'vitest'
import { airCable, ccsOil, liquidCables, v4Class } from '../../../../test/support/cable-parameters.ts'
import { runs } from '../../../../test/support/counts.ts'
import type { Surroundings } from './answers.ts'
import { Cable } from './cable.ts'
import { CABLE_SLOTS, CableSlot } from './cable-network.ts'
import { type Derated, derate, Ladder } from './derating.ts'
import type { CableParameters } from './parameters.ts'

const hot: Surroundings = { ambient_degC: 45, packCoolant_degC: null, flow_frac: 1, fanOn: true }

function run(parameters: CableParameters, current_A: number, watch: 'parts' | 'sensor' = 'parts'): Derated {
  return derate(new Cable(parameters), { current_A, start_degC: 45, duration_s: 1800, around: hot, watch })
}

test('C10: steps down at the drop threshold, never past it, and stays where the cable bears it', () => {
  const { mean_A, highest_degC, events } = run(ccsOil, 600)
  expect(events.map(({ kind, current_A }) => [kind, Math.round(current_A)])).toEqual([
    ['drop', 570],
    ['drop', 540],
    ['drop', 510],
    ['drop', 480],
  ])
  expect(highest_degC).toBeLessThan(88.001)
  expect(mean_A).toBeGreaterThan(480)
})

test('C10: recovers at its threshold and comes back to where it dropped', () => {
  const eager = { ...v4Class, derating: { ...v4Class.derating, recover_degC: 84 } }
  const { events, highest_degC } = run(eager, 1000)
  const recovered = events.filter(({ kind }) => kind === 'recover')
  expect(recovered.length).toBeGreaterThan(2)
  expect(highest_degC).toBeLessThan(88.001)
})

test('C10: asked for what it bears it does nothing', () => {
  expect(run(ccsOil, 400)).toMatchObject({ mean_A: 400, events: [] })
})

test('C10: asked for so much that no step is small enough it trips', () => {
  const steep = { ...ccsOil, derating: { ...ccsOil.derating, trip_degC: 88 } }
  const { events, mean_A } = run(steep, 900)
  expect(events.at(-1)).toMatchObject({ kind: 'trip', current_A: 0 })
  expect(mean_A).toBeLessThan(200)
})

test('a lagged sensor in the contact lets the conductor pass the threshold, and steps no faster than its lag', () => {
  const { events, highest_degC } = run(ccsOil, 600, 'sensor')
  expect(highest_degC).toBeGreaterThan(95)
  const gaps_s = events.slice(1).map(({ time_s }, index) => time_s - (events[index]?.time_s ?? 0))
  expect(Math.min(...gaps_s)).toBeGreaterThanOrEqual(ccsOil.sensorLag_s - 1e-6)
})

test('the sensor of a dense cable never sees its hot conductor', () => {
  const { events, highest_degC } = run(v4Class, 1000, 'sensor')
  expect(events).toEqual([])
  expect(highest_degC).toBeGreaterThan(100)
})

test('a sensor at the conductor sees it: the less it lags the less the conductor overshoots', () => {
  const highest_degC = [1, 2, 5].map((conductorSensorLag_s) => {
    const { events, highest_degC } = run({ ...v4Class, conductorSensorLag_s }, 1000, 'sensor')
    expect(events.map(({ kind }) => kind)).toEqual(['drop', 'drop', 'drop', 'drop'])
    return highest_degC
  })
  expect(highest_degC).toEqual([...highest_degC].sort((a, b) => a - b))
  expect(highest_degC[0]).toBeLessThan(88.6)
  expect(highest_degC[2]).toBeGreaterThan(90)
})

test('C10: whatever is asked, nothing passes the drop threshold, and a run in one-second steps has the same mean', () => {
  const cases = fc.record({
    parameters: fc.constantFrom(...Object.values(liquidCables), airCable(50)),
    density: fc.double({ min: 0.3, max: 1, noNaN: true }),
    ambient_degC: fc.integer({ min: -10, max: 50 }),
  })
  interface Case {
    readonly parameters: CableParameters
    readonly density: number
    readonly ambient_degC: number
  }
  const compare = ({ parameters, density, ambient_degC }: Case) => {
    const cable = new Cable(parameters)
    const current_A = Math.round(parameters.area_mm2 * (parameters.cooling ? 38 : 9) * density)
    const around = { ...hot, ambient_degC }
    const exact = derate(cable, { current_A, start_degC: ambient_degC, duration_s: 1200, around, watch: 'parts' })
    expect(exact.highest_degC).toBeLessThan(88.001)
    const stepped_A = steppedMean_A(cable, current_A, ambient_degC)
    expect(Math.abs(exact.mean_A - stepped_A)).toBeLessThan(0.03 * current_A)
  }
  fc.assert(fc.property(cases, compare), { numRuns: runs(40, 1000) })
}, 60_000)

/** The same rule looked at four times a second. */
function steppedMean_A(cable: Cable, asked_A: number, ambient_degC: number): number {
  const { drop_degC, recover_degC, step_frac } = cable.parameters.derating
  const state = new Float64Array(CABLE_SLOTS)
  cable.reset(state, 0, ambient_degC, ambient_degC)
  const hottest = () => Math.max(...cable.limits.map(({ slot }) => state[slot] ?? 0))
  const dt_s = 0.25
  let steps = 0
  let charge_As = 0
  let before_degC = ambient_degC
  for (let time_s = 0; time_s < 1200; time_s += dt_s) {
    const current_A = asked_A * Math.max(0, 1 - steps * step_frac)
    cable.form(current_A, 1, true).step(state, 0, dt_s)
    charge_As += current_A * dt_s
    const now_degC = hottest()
    if (now_degC >= drop_degC && now_degC > before_degC) steps++
    else if (now_degC <= recover_degC && now_degC < before_degC && steps > 0) steps--
    before_degC = now_degC
  }
  return charge_As / 1200
}

test('C12: the ladder says when to be asked again, and is right then', () => {
  const cable = new Cable(ccsOil)
  const ladder = new Ladder(cable, 'parts')
  const state = new Float64Array(CABLE_SLOTS)
  cable.reset(state, 0, 45, 45)
  const form = cable.form(600, 1, true)
  expect(ladder.verdict(form, state, 0, 0)).toBe(0)
  form.step(state, 0, ladder.untilVerdict_s(form, state, 0, 0))
  expect(state[CableSlot.hotEnd]).toBeCloseTo(88, 5)
  expect(ladder.verdict(form, state, 0, 0)).toBe(1)
  expect(ladder.untilTrip_s(form, state, 0)).toBeGreaterThan(0)
  expect(ladder.left_frac(3)).toBeCloseTo(0.85, 12)
  expect(ladder.left_frac(30)).toBe(0)
})
