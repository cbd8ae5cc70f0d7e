import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { airCable, ccsOil, liquidCables, mcs3000, v4Class } from '../../../../test/support/cable-parameters.ts'
import { runs } from '../../../../test/support/counts.ts'
import { Cable } from './cable.ts'
import { CABLE_SLOTS, CableSlot } from './cable-network.ts'
import type { CableParameters } from './parameters.ts'

const cables: readonly CableParameters[] = [...Object.values(liquidCables), airCable(50)]
const aCable = fc.constantFrom(...cables)
const anAmbient = fc.integer({ min: -25, max: 50 })
/** Currents of a cable in units of a density it may be asked for. */
const aDensity = fc.double({ min: 0, max: 1, noNaN: true })

function topCurrent_A({ area_mm2, cooling }: CableParameters): number {
  return area_mm2 * (cooling === null ? 8 : 40)
}

function startOf(cable: Cable, all_degC: number, ambient_degC: number): Float64Array {
  const state = new Float64Array(CABLE_SLOTS)
  cable.reset(state, 0, all_degC, ambient_degC)
  return state
}

test('C3: heat made is heat stored and heat given off', () => {
  const compare = (parameters: CableParameters, ambient_degC: number, density: number, flows: boolean) => {
    const cable = new Cable(parameters)
    const current_A = Math.round(topCurrent_A(parameters) * density * 0.7)
    const state = startOf(cable, ambient_degC + 10, ambient_degC)
    const form = cable.form(current_A, flows ? 1 : 0, true)
    const before_J = storedIn(parameters, state, flows)
    let net_J = 0
    const looks = 2000
    const dt_s = 0.1
    // Simpson's rule over the powers between two looks.
    for (let look = 0; look <= looks; look++) {
      const weight = look === 0 || look === looks ? 1 : look % 2 === 1 ? 4 : 2
      net_J += (weight * dt_s * netInto(parameters, state, current_A, flows)) / 3
      if (look < looks) form.step(state, 0, dt_s)
    }
    const stored_J = storedIn(parameters, state, flows) - before_J
    expect(Math.abs(stored_J - net_J)).toBeLessThan(1e-6 * (Math.abs(stored_J) + 1000))
  }
  fc.assert(fc.property(aCable, anAmbient, aDensity, fc.boolean(), compare), { numRuns: runs(30, 500) })
})

/** Capacities written down anew: conductor, contacts, inlets, tank. */
function storedIn(parameters: CableParameters, state: Float64Array, flows: boolean): number {
  const { area_mm2, layFactor, material, length_m, cooling, contact, inlet } = parameters
  const copper_JperKm = area_mm2 * 1e-6 * layFactor * material.density_kgperm3 * material.specificHeat_JperkgK
  const standing_JperKm = flows ? 0 : (cooling?.stagnantCapacity_JperKm ?? 0)
  const wire_JperK = 2 * length_m * (copper_JperKm + parameters.sheathCapacity_JperKm + standing_JperKm)
  const tank = cooling ? cooling.tank_JperK * (state[7] ?? 0) : 0
  const contacts = 2 * contact.capacity_JperK * (state[CableSlot.contact] ?? 0)
  const inlets = 2 * inlet.capacity_JperK * (state[CableSlot.inlet] ?? 0)
  return wire_JperK * (state[CableSlot.wire] ?? 0) + contacts + inlets + tank
}

/** Losses and pump less what air and pack take, W. */
function netInto(parameters: CableParameters, state: Float64Array, current_A: number, flows: boolean): number {
  const { cooling, contact, inlet, length_m, wireToAmbient_WperKm } = parameters
  const [ambient = 0, pack = 0, wire = 0, at = 0, terminal = 0] = state
  const made_W = 1000 * new Cable(parameters).loss_kW(current_A, state, 0) + (flows ? (cooling?.pump_W ?? 0) : 0)
  const radiator_W = cooling ? cooling.radiatorFanOn_WperK * ((state[7] ?? 0) - ambient) : 0
  const wire_W = 2 * length_m * wireToAmbient_WperKm * (wire - ambient)
  const ends_W = 2 * contact.toAmbient_WperK * (at - ambient) + 2 * inlet.toAmbient_WperK * (terminal - ambient)
  return made_W - radiator_W - wire_W - ends_W - 2 * inlet.toPackCoolant_WperK * (terminal - pack)
}

test('C4: nothing gets colder by more current, a warmer day or a warmer start', () => {
  const raise = fc.record({
    current_A: fc.integer({ min: 0, max: 200 }),
    ambient_K: fc.integer({ min: 0, max: 20 }),
    start_K: fc.integer({ min: 0, max: 40 }),
  })
  const duration = fc.integer({ min: 1, max: 7200 })
  const compare = (
    parameters: CableParameters,
    ambient_degC: number,
    { current_A, ambient_K, start_K }: { current_A: number; ambient_K: number; start_K: number },
    duration_s: number,
  ) => {
    const cable = new Cable(parameters)
    const base_A = topCurrent_A(parameters) * 0.4
    const cold = startOf(cable, ambient_degC, ambient_degC)
    const warm = startOf(cable, ambient_degC + start_K, ambient_degC + ambient_K)
    if (start_K < ambient_K) return
    cable.form(base_A, 1, true).step(cold, 0, duration_s)
    cable.form(base_A + current_A, 1, true).step(warm, 0, duration_s)
    cold.forEach((value, slot) => {
      expect(value).toBeLessThanOrEqual((warm[slot] ?? 0) + 1e-8)
    })
  }
  fc.assert(fc.property(aCable, anAmbient, raise, duration, compare), { numRuns: runs(300, 10_000) })
})

describe('what a cable may be left alone with', () => {
  interface Use {
    readonly parameters: CableParameters
    readonly ambient_degC: number
    readonly start_degC: number
    readonly density: number
    readonly pieces: readonly { readonly share: number; readonly duration_s: number }[]
  }
  const pieces = fc.array(
    fc.record({ share: fc.double({ min: 0, max: 1, noNaN: true }), duration_s: fc.integer({ min: 1, max: 3000 }) }),
    { minLength: 1, maxLength: 12 },
  )
  const uses: fc.Arbitrary<Use> = fc.record({
    parameters: aCable,
    ambient_degC: anAmbient,
    start_degC: fc.integer({ min: -25, max: 85 }),
    density: aDensity,
    pieces,
  })
  const margin_K = 10

  test('C7: no course of currents up to the largest comes near a threshold, and often there is an answer', () => {
    let proved = 0
    let refused = 0
    const compare = ({ parameters, ambient_degC, start_degC, density, pieces: course }: Use) => {
      const cable = new Cable(parameters)
      const largest_A = Math.floor(topCurrent_A(parameters) * density)
      const state = startOf(cable, start_degC, ambient_degC)
      if (!cable.staysBelow(cable.form(largest_A, 1, true), margin_K, state, 0)) {
        refused++
        return
      }
      proved++
      for (const { share, duration_s } of course) {
        const form = cable.form(Math.floor(largest_A * share), 1, true)
        for (let look = 0; look < 8; look++) {
          form.step(state, 0, duration_s / 8)
          for (const warning of cable.warnings) {
            expect(state[warning.slot]).toBeLessThan(warning.value_degC - margin_K)
          }
        }
      }
    }
    fc.assert(fc.property(uses, compare), { numRuns: runs(500, 20_000) })
    expect(proved).toBeGreaterThan(100)
    expect(refused).toBeGreaterThan(30)
  })

  test('C7: the largest current itself gets there where the answer is no', () => {
    const cable = new Cable(ccsOil)
    const state = startOf(cable, 25, 25)
    for (let current_A = 0; current_A <= 900; current_A += 10) {
      const form = cable.form(current_A, 1, true)
      const guards = cable.warnings.map((warning) => ({ ...warning, value_degC: warning.value_degC - margin_K }))
      const reached = guards.some((guard) => form.until_s(guard, state, 0, 1e9) < 1e9)
      expect(cable.staysBelow(form, margin_K, state, 0)).toBe(!reached)
    }
  })

  test('C7: a hot start, another margin, and a flow at which a warm neighbour can cool', () => {
    const cable = new Cable(ccsOil)
    const form = cable.form(300, 1, true)
    expect(cable.staysBelow(form, 10, startOf(cable, 25, 25), 0)).toBe(true)
    expect(cable.staysBelow(form, 10, startOf(cable, 79, 25), 0)).toBe(false)
    expect(cable.staysBelow(form, 5, startOf(cable, 79, 25), 0)).toBe(true)
    expect(cable.staysBelow(cable.form(10, 1 / 64, true), 10, startOf(cable, 25, 25), 0)).toBe(false)
  })
})

test('C2, C12: forms are kept by whole amperes and steps of flow, and by no more than a bounded number', () => {
  const cable = new Cable(v4Class)
  const form = cable.form(500.2, 1, true)
  expect(cable.form(499.8, 1, true)).toBe(form)
  expect(cable.form(501, 1, true)).not.toBe(form)
  expect(cable.form(500, 0.75, true)).not.toBe(form)
  expect(cable.form(500, 1, false)).not.toBe(form)
  expect(cable.form(500, 1e-6, true)).not.toBe(cable.form(500, 0, true))
  for (let current_A = 1000; current_A < 2100; current_A++) cable.form(current_A, 1, true)
  expect(cable.form(500, 1, true)).not.toBe(form)
})

test('C8: the conductor keeps its heat when the flow stops', () => {
  const cable = new Cable(v4Class)
  const state = startOf(cable, 25, 25)
  cable.form(1000, 1, true).settle(state, 0)
  const hot_degC = state[CableSlot.hotEnd] ?? 0
  cable.form(1000, 0, true).step(state, 0, 0.01)
  expect(state[CableSlot.hotEnd]).toBeGreaterThan(hot_degC)
})

test('a sensor at the conductor follows it', () => {
  const cable = new Cable({ ...v4Class, conductorSensorLag_s: 4 })
  expect(cable.slots.conductorSensor).toBe(8)
  const state = startOf(cable, 25, 25)
  cable.form(800, 1, true).step(state, 0, 10)
  expect(state[8]).toBeGreaterThan(26)
  expect(state[8]).toBeLessThan((state[CableSlot.hotEnd] ?? 0) - 1)
  cable.form(800, 1, true).settle(state, 0)
  expect(state[8]).toBeCloseTo(state[CableSlot.hotEnd] ?? 0, 9)
})

test('an uncooled cable has no coolant, a sensor without lag still follows', () => {
  const cable = new Cable({ ...airCable(70), sensorLag_s: 0 })
  expect(cable.slots).toEqual({ coolant: -1, line: -1, joint: -1, conductorSensor: -1 })
  const state = startOf(cable, 30, 30)
  cable.form(200, 1, true).step(state, 0, 600)
  expect(state[CableSlot.sensor]).toBeCloseTo(state[CableSlot.contact] ?? 0, 2)
})

describe('a hollow line from inlet to pack with its joint', () => {
  const line = {
    material: mcs3000.material,
    area_mm2: 120,
    length_m: 2,
    toPackCoolant_WperKm: 20,
    toAmbient_WperKm: 0.5,
    max_degC: 90,
    joint: {
      resistance_ohm: 6e-6,
      temperatureCoefficient_perK: 0.003,
      capacity_JperK: 400,
      toAmbient_WperK: 0.3,
      max_degC: 85,
    },
  }
  const cable = new Cable({ ...mcs3000, inlet: { ...mcs3000.inlet, line } })

  test('C1: fits the same builder, and both are held to their limits', () => {
    expect(cable.slots).toEqual({ coolant: 7, line: 8, joint: 9, conductorSensor: -1 })
    expect(cable.limits.map(({ part }) => part)).toEqual(['contact', 'conductor', 'inlet', 'line', 'joint'])
    const state = startOf(cable, 25, 25)
    cable.form(2000, 1, true).settle(state, 0)
    const [line_degC = 0, joint_degC = 0] = state.slice(8)
    expect(line_degC).toBeGreaterThan(40)
    expect(joint_degC).toBeGreaterThan(line_degC + 1)
  })

  test('a line cools the inlet the better it is cooled itself', () => {
    const inlet_degC = (toPackCoolant_WperKm: number) => {
      const other = new Cable({ ...mcs3000, inlet: { ...mcs3000.inlet, line: { ...line, toPackCoolant_WperKm } } })
      const state = startOf(other, 25, 25)
      other.form(2000, 1, true).settle(state, 0)
      return state[CableSlot.inlet] ?? 0
    }
    expect(inlet_degC(40)).toBeLessThan(inlet_degC(20))
    expect(inlet_degC(8)).toBeGreaterThan(inlet_degC(20) + 0.3)
  })
})
