import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { formAt } from './form.ts'
import { type HeatForm, HeatSystem, type Threshold } from './heat-form.ts'
import { ModalForm } from './modal-form.ts'
import { assemble, type HeatNetwork } from './network.ts'
import { conduct } from './pack-line.ts'
import { SquaringForm } from './squaring-form.ts'

/** One lump in air, as the closed form of a single node knows it. */
function oneNode(resistance_ohm: number, rise_perK: number, toAir_WperK: number, capacity_JperK: number): HeatNetwork {
  return {
    boundaries: ['air'],
    nodes: [{ name: 'lump', capacity_JperK }],
    links: [conduct('lump', 'air', toAir_WperK, true)],
    resistors: [{ node: 'lump', resistance_ohm, temperatureCoefficient_perK: rise_perK }],
    heaters: [],
    outputs: [],
  }
}

const above = (value_degC: number, output = 0): Threshold => ({ output, value_degC, direction: 1 })

describe('one node against its closed form', () => {
  const node = { resistance_ohm: 2e-3, rise_perK: 0.004, toAir_WperK: 2, capacity_JperK: 4000 }
  const form = (current_A: number) => {
    return formAt(
      assemble(oneNode(node.resistance_ohm, node.rise_perK, node.toAir_WperK, node.capacity_JperK)),
      current_A,
    )
  }
  /** T(t) = Tinf + (T0 - Tinf) exp(-a t). */
  const closed = (current_A: number, ambient_degC: number) => {
    const heat = current_A ** 2 * node.resistance_ohm
    const a = (node.toAir_WperK - heat * node.rise_perK) / node.capacity_JperK
    const end_degC = (node.toAir_WperK * ambient_degC + heat * (1 - 20 * node.rise_perK)) / (a * node.capacity_JperK)
    return { a, end_degC }
  }

  test.each([100, 300, 499, 501, 700])('C2, C5: %d A, beyond 500 A it runs away', (current_A) => {
    const { a, end_degC } = closed(current_A, 35)
    const state = Float64Array.from([35, 25])
    const heated = form(current_A)
    expect(heated.isStable).toBe(current_A < 500)
    const limit_s = Math.log((25 - end_degC) / (90 - end_degC)) / a
    const found_s = heated.until_s(above(90), state, 0, Number.POSITIVE_INFINITY)
    if (limit_s > 0) expect(found_s / limit_s).toBeCloseTo(1, 9)
    else expect(found_s).toBe(Number.POSITIVE_INFINITY)
    heated.step(state, 0, 600)
    expect(state[1]).toBeCloseTo(end_degC + (25 - end_degC) * Math.exp(-a * 600), 9)
  })

  test('C5: at the current of runaway itself the rise is a straight line', () => {
    const state = Float64Array.from([35, 25])
    const heated = form(500)
    const speed_Kpers = (2 * 35 + 500 * (1 - 0.08)) / 4000
    expect(heated.until_s(above(90), state, 0, 1e9)).toBeCloseTo(65 / speed_Kpers, 6)
    heated.step(state, 0, 100)
    expect(state[1]).toBeCloseTo(25 + 100 * speed_Kpers, 9)
  })

  test.each([
    [35, 0.3844, 439],
    [50, 0.4185, 548],
    [70, 0.4561, 676],
    [95, 0.4953, 821],
  ])('published currents of runaway: %d mm2', (area_mm2, toAir_WperK, expected_A) => {
    const resistance_ohm = (1.724e-8 * 1.03) / (area_mm2 * 1e-6)
    const linear = assemble(oneNode(resistance_ohm, 0.00393, toAir_WperK, 1000))
    expect(formAt(linear, expected_A - 1).isStable).toBe(true)
    expect(formAt(linear, expected_A + 1).isStable).toBe(false)
  })
})

interface RandomNetwork {
  readonly network: HeatNetwork
  readonly start: Float64Array
  readonly current_A: number
}

const logarithmic = (from: number, to: number) =>
  fc.integer({ min: 0, max: 1000 }).map((share) => from * (to / from) ** (share / 1000))

/** Three to six nodes in a row, each in air, with some coolant that flows round and takes heat with it. */
const randomNetworks: fc.Arbitrary<RandomNetwork> = fc.integer({ min: 3, max: 6 }).chain((count) => {
  const each = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: count, maxLength: count })
  return fc
    .record({
      capacities: each(logarithmic(50, 50_000)),
      along: each(logarithmic(0.05, 50)),
      toAir: each(logarithmic(0.02, 20)),
      carried: each(fc.oneof(fc.constant(0), logarithmic(1, 300))),
      resistances: each(logarithmic(1e-5, 2e-3)),
      starts: each(fc.integer({ min: -20, max: 120 })),
      air_degC: fc.integer({ min: -30, max: 50 }),
      current_A: fc.integer({ min: 0, max: 600 }),
    })
    .map(({ capacities, along, toAir, carried, resistances, starts, air_degC, current_A }) => {
      const name = (index: number) => `n${index % count}`
      const network: HeatNetwork = {
        boundaries: ['air'],
        nodes: capacities.map((capacity_JperK, index) => ({ name: name(index), capacity_JperK })),
        links: capacities.flatMap((_, index) => [
          conduct(name(index), name(index + 1), along[index] ?? 0),
          conduct(name(index), 'air', toAir[index] ?? 0, true),
          // What flows in from the node before replaces what has the temperature of this one.
          { from: name(index + 1), to: { [name(index)]: 1 }, into: null, conductance_WperK: carried[index] ?? 0 },
        ]),
        resistors: resistances.map((resistance_ohm, index) => {
          return { node: name(index), resistance_ohm, temperatureCoefficient_perK: 0.004 }
        }),
        heaters: [{ node: 'n0', power_W: 30 }],
        outputs: [{ n0: 1, n1: -0.5 }],
      }
      return { network, start: Float64Array.from([air_degC, ...starts]), current_A }
    })
})

/** Classic Runge-Kutta, in steps a twentieth of the fastest time constant. */
function rungeKutta(system: HeatSystem, start: Float64Array, duration_s: number): Float64Array {
  const { size, boundaries, matrix } = system
  const speed = (state: Float64Array): Float64Array => {
    return Float64Array.from(state, (_, slot) => {
      if (slot < boundaries) return 0
      const row = slot - boundaries
      let rate = system.drive_Kpers(row, state, 0)
      for (let k = 0; k < size; k++) rate += (matrix[row * size + k] ?? 0) * (state[boundaries + k] ?? 0)
      return rate
    })
  }
  const moved = (state: Float64Array, by: Float64Array, dt_s: number) =>
    state.map((value, slot) => value + (by[slot] ?? 0) * dt_s)
  const fastest = Math.max(...matrix.map(Math.abs), 1e-3)
  const steps = Math.ceil(duration_s * fastest * 20)
  const dt_s = duration_s / steps
  let state = start.slice()
  for (let step = 0; step < steps; step++) {
    const k1 = speed(state)
    const k2 = speed(moved(state, k1, dt_s / 2))
    const k3 = speed(moved(state, k2, dt_s / 2))
    const k4 = speed(moved(state, k3, dt_s))
    state = state.map((value, slot) => {
      const mean = ((k1[slot] ?? 0) + 2 * (k2[slot] ?? 0) + 2 * (k3[slot] ?? 0) + (k4[slot] ?? 0)) / 6
      return value + mean * dt_s
    })
  }
  return state
}

function farthest_K(a: Float64Array, b: Float64Array): number {
  return a.reduce((most, value, slot) => Math.max(most, Math.abs(value - (b[slot] ?? 0))), 0)
}

function size_K(state: Float64Array): number {
  return state.reduce((most, value) => Math.max(most, Math.abs(value)), 100)
}

function systemOf({ network, current_A }: RandomNetwork): HeatSystem {
  return new HeatSystem(assemble(network), current_A)
}

function formsOf(system: HeatSystem): readonly HeatForm[] {
  const modal = ModalForm.of(system)
  return modal ? [modal, new SquaringForm(system)] : [new SquaringForm(system)]
}

const durations = logarithmic(0.5, 5000)

test('C2: both forms agree with short steps, and modes are the usual case', () => {
  let modal = 0
  let all = 0
  const compare = (random: RandomNetwork, duration_s: number) => {
    const system = systemOf(random)
    const forms = formsOf(system)
    all++
    modal += forms.length - 1
    const expected = rungeKutta(system, random.start, Math.min(duration_s, 200))
    for (const form of forms) {
      const state = random.start.slice()
      form.step(state, 0, Math.min(duration_s, 200))
      expect(farthest_K(state, expected) / size_K(expected)).toBeLessThan(1e-6)
    }
  }
  fc.assert(fc.property(randomNetworks, durations, compare), { numRuns: runs(60, 2000) })
  expect(modal / all).toBeGreaterThan(0.5)
}, 120_000)

test('C2: a step in one or in two', () => {
  const compare = (random: RandomNetwork, first_s: number, second_s: number) => {
    for (const form of formsOf(systemOf(random))) {
      const once = random.start.slice()
      const twice = random.start.slice()
      form.step(once, 0, first_s + second_s)
      form.step(twice, 0, first_s)
      form.step(twice, 0, second_s)
      expect(farthest_K(once, twice) / size_K(once)).toBeLessThan(1e-9)
    }
  }
  fc.assert(fc.property(randomNetworks, durations, durations, compare), { numRuns: runs(300, 10_000) })
}, 120_000)

test('C2: where it settles it stays', () => {
  const compare = (random: RandomNetwork, duration_s: number) => {
    for (const form of formsOf(systemOf(random))) {
      if (!form.isStable) continue
      const state = random.start.slice()
      form.settle(state, 0)
      const later = state.slice()
      form.step(later, 0, duration_s)
      expect(farthest_K(later, state) / size_K(state)).toBeLessThan(1e-8)
    }
  }
  fc.assert(fc.property(randomNetworks, durations, compare), { numRuns: runs(200, 5000) })
})

/** First of many looks at which an output is beyond a threshold by more than rounding. */
function firstSeen_s(system: HeatSystem, form: HeatForm, threshold: Threshold, start: Float64Array): number {
  const looks = 400
  const state = start.slice()
  let before_s = 0
  for (let look = 0; look <= looks; look++) {
    const time_s = 5000 * (look / looks) ** 3
    form.step(state, 0, time_s - before_s)
    before_s = time_s
    const beyond_K = threshold.direction * (system.output_degC(threshold.output, state, 0) - threshold.value_degC)
    if (beyond_K > 2e-6) return time_s
  }
  return Number.POSITIVE_INFINITY
}

const thresholds = fc.record({
  output: fc.integer({ min: 0, max: 3 }),
  value_degC: fc.integer({ min: -200, max: 1400 }).map((tenths) => tenths / 10),
  direction: fc.constantFrom<1 | -1>(1, -1),
})

test('C6: a crossing is never late, and at it the output is at the threshold', () => {
  const compare = (random: RandomNetwork, chosen: Threshold) => {
    const output = chosen.output === 3 ? random.network.nodes.length : chosen.output
    const threshold = { ...chosen, output }
    const system = systemOf(random)
    const [form, other] = formsOf(system)
    if (!form) return
    const found_s = form.until_s(threshold, random.start, 0, 5000)
    expect(found_s).toBeLessThanOrEqual(firstSeen_s(system, form, threshold, random.start))
    if (other)
      expect(other.until_s(threshold, random.start, 0, 5000)).toSatisfy((also_s: number) => isSame(also_s, found_s))
    if (found_s === Number.POSITIVE_INFINITY || found_s === 0) return
    const state = random.start.slice()
    form.step(state, 0, found_s)
    expect(Math.abs(system.output_degC(output, state, 0) - threshold.value_degC)).toBeLessThan(2e-6)
  }
  fc.assert(fc.property(randomNetworks, thresholds, compare), { numRuns: runs(600, 20_000) })
}, 240_000)

/** The second search stops within 1e-6 K of a threshold, which a slow output may take a while to cover. */
function isSame(also_s: number, found_s: number): boolean {
  return also_s === found_s || Math.abs(also_s - found_s) <= 1e-3 + 1e-4 * found_s
}

test('C6: an output moves one way until its turn', () => {
  const compare = (random: RandomNetwork, threshold: Threshold) => {
    const system = systemOf(random)
    for (const form of formsOf(system)) {
      const turn_s = form.untilTurn_s({ ...threshold, output: 0 }, random.start, 0)
      if (turn_s === 0 || turn_s > 1e6) continue
      const value = (time_s: number) => {
        const state = random.start.slice()
        form.step(state, 0, time_s)
        return threshold.direction * (state[1] ?? 0)
      }
      const lowest = value(turn_s)
      expect(lowest).toBeLessThanOrEqual(value(0) + 1e-7)
      expect(lowest).toBeLessThanOrEqual(value(turn_s * 0.98) + 1e-7)
      // The form for every system may give up early, and is then asked again.
      if (form instanceof ModalForm) expect(lowest).toBeLessThanOrEqual(value(turn_s * 1.02 + 1e-3) + 1e-7)
    }
  }
  fc.assert(fc.property(randomNetworks, thresholds, compare), { numRuns: runs(200, 3000) })
}, 120_000)

test('C6: at a threshold a rising output is there, a falling one is not until it is back', () => {
  const linear = assemble(oneNode(2e-3, 0.004, 2, 4000))
  const rising = formAt(linear, 300)
  expect(rising.until_s(above(40), Float64Array.from([20, 40]), 0, 1e9)).toBe(0)
  const falling = formAt(linear, 0)
  expect(falling.until_s(above(40), Float64Array.from([20, 40]), 0, 1e9)).toBe(Number.POSITIVE_INFINITY)
  expect(falling.until_s(above(40), Float64Array.from([20, 41]), 0, 1e9)).toBe(0)
  expect(falling.untilTurn_s(above(40), Float64Array.from([20, 41]), 0)).toBe(Number.POSITIVE_INFINITY)
  expect(rising.untilTurn_s(above(40), Float64Array.from([20, 41]), 0)).toBe(0)
})
