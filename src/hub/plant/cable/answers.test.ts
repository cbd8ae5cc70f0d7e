import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { airCable, ccsOil, liquidCables, mcs3000, v3Class, v4Class } from '../../../../test/support/cable-parameters.ts'
import { DistributedCable } from '../../../../test/support/cable-reference.ts'
import { runs } from '../../../../test/support/counts.ts'
import { adiabaticBound_s, adiabaticTime_s, leastRamp_Apers } from './adiabatic.ts'
import {
  continuous,
  coolDown_s,
  currentFor_A,
  headroom,
  lossOfCooling,
  type Surroundings,
  stateAt,
  steadyState,
  timeToLimit_s,
} from './answers.ts'
import { Cable } from './cable.ts'
import { CableSlot } from './cable-network.ts'

const mild: Surroundings = { ambient_degC: 25, packCoolant_degC: null, flow_frac: 1, fanOn: true }
const oilCable = new Cable(ccsOil)
const airOnly = new Cable(airCable(50))

describe('continuous current', () => {
  test('settles exactly at a limit, which is named', () => {
    for (const cable of [oilCable, airOnly]) {
      const { current_A, boundBy } = continuous(cable, mild)
      const state = steadyState(cable, current_A, mild)
      expect(state).not.toBeNull()
      if (state === null) return
      const { room_K, part } = headroom(cable, state)
      expect(room_K).toBeGreaterThanOrEqual(0)
      expect(room_K).toBeLessThan(0.02)
      expect(part).toBe(boundBy)
    }
  })

  test('is none where the air is warmer than a limit', () => {
    expect(continuous(airOnly, { ...mild, ambient_degC: 95 }).current_A).toBe(0)
  })

  test('names the inlet where only that is left uncooled', () => {
    const bare = { ...mcs3000, inlet: { ...mcs3000.inlet, toPackCoolant_WperK: 0, packCoolant_degC: null } }
    expect(continuous(new Cable(bare), mild).boundBy).toBe('inlet')
  })

  test('follows the coolant of the pack when it is told', () => {
    const at = (packCoolant_degC: number) => continuous(new Cable(mcs3000), { ...mild, packCoolant_degC }).current_A
    expect(at(60)).toBeLessThan(at(40) - 10)
  })

  test('C4: falls with ambient and rises with flow', () => {
    const ambients = fc.tuple(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 1, max: 20 }))
    const compare = ([ambient_degC, warmer_K]: [number, number], flow: number) => {
      const base = { ...mild, ambient_degC, flow_frac: flow }
      const now_A = continuous(oilCable, base).current_A
      expect(continuous(oilCable, { ...base, ambient_degC: ambient_degC + warmer_K }).current_A).toBeLessThan(now_A)
      expect(continuous(oilCable, { ...base, flow_frac: flow + 0.1 }).current_A).toBeGreaterThan(now_A)
    }
    const flows = fc.double({ min: 0.1, max: 1, noNaN: true })
    fc.assert(fc.property(ambients, flows, compare), { numRuns: runs(15, 200) })
  })
})

describe('times', () => {
  test('a current for a time is just reached after that time', () => {
    const cold = stateAt(oilCable, 25, mild)
    for (const horizon_s of [30, 300, 1800]) {
      const current_A = currentFor_A(oilCable, horizon_s, cold, mild)
      expect(timeToLimit_s(oilCable, current_A, cold, mild)).toBeGreaterThanOrEqual(horizon_s)
      expect(timeToLimit_s(oilCable, current_A + 0.02, cold, mild)).toBeLessThan(horizon_s)
    }
    expect(currentFor_A(oilCable, 30, cold, mild)).toBeGreaterThan(currentFor_A(oilCable, 300, cold, mild))
  })

  test('below the continuous current there is no end', () => {
    const { current_A } = continuous(oilCable, mild)
    expect(timeToLimit_s(oilCable, current_A - 1, stateAt(oilCable, 25, mild), mild)).toBe(Number.POSITIVE_INFINITY)
  })

  test('cooled down is when nothing is warmer any more, also in small steps', () => {
    for (const cable of [oilCable, new Cable(v4Class), airOnly]) {
      const hot = stateAt(cable, 85, mild)
      const found_s = coolDown_s(cable, hot, 45, mild)
      const form = cable.exactForm(0, 1, true)
      const state = hot.slice()
      form.step(state, 0, found_s + 0.01)
      for (const { slot } of cable.limits) expect(state[slot]).toBeLessThanOrEqual(45 + 1e-6)
      const early = hot.slice()
      form.step(early, 0, found_s * 0.999)
      expect(Math.max(...cable.limits.map(({ slot }) => early[slot] ?? 0))).toBeGreaterThan(45)
    }
    expect(coolDown_s(oilCable, stateAt(oilCable, 20, mild), 45, mild)).toBe(0)
    expect(coolDown_s(oilCable, stateAt(oilCable, 85, mild), 20, mild)).toBe(Number.POSITIVE_INFINITY)
  })

  test('cooling down is not done while a part that was cold is warmed by its neighbour', () => {
    const state = stateAt(oilCable, 30, mild)
    state[CableSlot.contact] = 85
    const alone_s = coolDown_s(oilCable, state, 31, mild)
    const form = oilCable.exactForm(0, 1, true)
    form.step(state, 0, alone_s + 0.01)
    expect(state[CableSlot.inlet]).toBeLessThanOrEqual(31 + 1e-6)
  })
})

describe('loss of cooling', () => {
  test.each([
    [4, 308.7],
    [14, 25.2],
    [28.6, 6],
    [35, 4],
  ])('C9: copper at %d A/mm2 from 60 to 90 degC', (density, expected_s) => {
    expect(Math.abs(adiabaticTime_s(ccsOil.material, density, 60, 90) / expected_s - 1)).toBeLessThan(0.01)
  })

  test('a resistance that does not rise takes a straight line; at the limit there is no time', () => {
    const material = { ...ccsOil.material, temperatureCoefficient_perK: 0 }
    const speed_Kpers =
      (14e6 ** 2 * material.resistivity_ohmm) / (material.density_kgperm3 * material.specificHeat_JperkgK)
    expect(adiabaticTime_s(material, 14, 60, 90)).toBeCloseTo(30 / speed_Kpers, 9)
    expect(adiabaticTime_s(material, 14, 90, 90)).toBe(0)
  })

  test('C9: the bound lies below the lumped model, and below the cable in space whose coolant takes nothing', () => {
    const cases = [
      [ccsOil, 500],
      [v3Class, 640],
      [v4Class, 1000],
      [mcs3000, 3000],
    ] as const
    for (const [parameters, current_A] of cases) {
      const cable = new Cable(parameters)
      const state = steadyState(cable, current_A, mild)
      const left = state && lossOfCooling(cable, current_A, state, mild)
      expect(left).not.toBeNull()
      if (!left) return
      expect(left.adiabatic_s).toBeGreaterThan(0)
      expect(left.adiabatic_s).toBeLessThan(left.pump_s)
      expect(left.pump_s).toBeLessThan(left.fan_s)
      const space = new DistributedCable(parameters, 25, 0)
      const conditions = { current_A, flow_frac: 1, fanOn: true, ambient_degC: 25 }
      space.run(900, conditions)
      expect(left.adiabatic_s).toBeLessThan(space.until_s(90, 200, { ...conditions, flow_frac: 0 }) + 0.05)
    }
  })

  test('C9: the bound is that of the part that is soonest', () => {
    const state = stateAt(oilCable, 60, mild)
    state[CableSlot.contact] = 89.9
    const alone_s = adiabaticTime_s(ccsOil.material, 500 / 35, 60, 90)
    expect(adiabaticBound_s(ccsOil, 500, state, 0)).toBeLessThan(alone_s)
    expect(adiabaticBound_s(ccsOil, 500, stateAt(oilCable, 60, mild), 0)).toBeCloseTo(alone_s, 9)
  })

  test('an uncooled cable has no cooling to lose', () => {
    expect(lossOfCooling(airOnly, 200, stateAt(airOnly, 25, mild), mild)).toBeNull()
  })

  test('a linear ramp makes as much heat as a third of its length at full current', () => {
    const ramp_Apers = leastRamp_Apers(1000, 0.5, 4)
    const length_s = 1000 / ramp_Apers
    let square_A2s = 0
    const steps = 100_000
    for (let step = 0; step < steps; step++) square_A2s += (1000 * (1 - (step + 0.5) / steps)) ** 2 * (length_s / steps)
    expect(0.5 + square_A2s / 1000 ** 2).toBeCloseTo(4, 6)
    expect(leastRamp_Apers(1000, 4, 4)).toBe(Number.POSITIVE_INFINITY)
  })
})

test('every liquid cable of the fixtures carries most at full flow with the fan on', () => {
  for (const parameters of Object.values(liquidCables)) {
    const cable = new Cable(parameters)
    const full_A = continuous(cable, mild).current_A
    expect(continuous(cable, { ...mild, flow_frac: 0 }).current_A).toBeLessThan(0.4 * full_A)
    expect(continuous(cable, { ...mild, fanOn: false }).current_A).toBeLessThan(0.7 * full_A)
  }
})
