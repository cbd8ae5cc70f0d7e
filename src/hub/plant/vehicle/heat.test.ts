import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { type Draw, PACK_STATE, PackHeat, UPDATE_K } from './heat.ts'
import type { PackParameters } from './parameters.ts'
import { aPack } from './test-support.ts'

const amount = (min: number, max: number) => fc.double({ min, max, noNaN: true })

const draws: fc.Arbitrary<Draw> = fc.record({
  soc_frac: amount(0, 0.9),
  power_kW: fc.oneof(fc.constant(0), amount(1, 350)),
  growth: fc.oneof(fc.constant(0), amount(-3, 2)),
  capacity_kWh: amount(50, 120),
  ambient_degC: amount(-20, 45),
})

const even: Draw = { soc_frac: 0.3, power_kW: 150, growth: 0, capacity_kWh: 80, ambient_degC: 10 }

/** Cells of constant voltage: then heat is constant at constant power. */
const flat: Partial<PackParameters> = { openCircuit: [[0, 700]] }

function arrived(heat: PackHeat, temperature_degC: number): Float64Array {
  const state = new Float64Array(PACK_STATE)
  heat.start(state, 0, temperature_degC)
  return state
}

function later(draw: Draw, after_s: number): Draw {
  const hours_h = after_s / 3600
  const { power_kW, growth } = draw
  const x = growth * hours_h
  const drawn_kWh = power_kW * hours_h * (Math.abs(x) < 1e-12 ? 1 : Math.expm1(x) / x)
  return {
    ...draw,
    power_kW: power_kW * Math.exp(growth * hours_h),
    soc_frac: draw.soc_frac + drawn_kWh / draw.capacity_kWh,
  }
}

/** The same equation by the classical Runge-Kutta method in small steps, resistance held. */
function slowTemperature_degC(pack: PackParameters, start_degC: number, draw: Draw, duration_s: number): number {
  const held = new PackHeat(pack).acceptance.resistance_ohm(start_degC)
  const points = pack.conditioning
  const law = (t: number): number => {
    const at = points.findIndex(([x]) => x > t)
    if (at <= 0) return (at < 0 ? points.at(-1) : points[0])?.[1] ?? 0
    const [a, b] = [points[at - 1] ?? [0, 0], points[at] ?? [0, 0]]
    return a[1] + ((b[1] - a[1]) * (t - a[0])) / (b[0] - a[0])
  }
  const open = (soc: number): number => {
    const cells = pack.openCircuit
    const at = cells.findIndex(([x]) => x > soc)
    if (at <= 0) return (at < 0 ? cells.at(-1) : cells[0])?.[1] ?? 0
    const [a, b] = [cells[at - 1] ?? [0, 0], cells[at] ?? [0, 0]]
    return a[1] + ((b[1] - a[1]) * (soc - a[0])) / (b[0] - a[0])
  }
  const slope = (t_s: number, t: number): number => {
    const { soc_frac, power_kW } = later(draw, t_s)
    const u = open(soc_frac)
    const current = power_kW > 0 ? (Math.sqrt(u * u + 4000 * held * power_kW) - u) / (2 * held) : 0
    const watts = current ** 2 * held + 1000 * law(t) + pack.exchange_WperK * (draw.ambient_degC - t)
    return watts / pack.heatCapacity_JperK
  }
  const steps = 4000
  const h = duration_s / steps
  let t = start_degC
  for (let i = 0; i < steps; i++) {
    const at = i * h
    const k1 = slope(at, t)
    const k2 = slope(at + h / 2, t + (h * k1) / 2)
    const k3 = slope(at + h / 2, t + (h * k2) / 2)
    const k4 = slope(at + h, t + h * k3)
    t += (h * (k1 + 2 * k2 + 2 * k3 + k4)) / 6
  }
  return t
}

describe('temperature between updates (V9, V10)', () => {
  it('is the exponential of textbooks at constant heat', () => {
    const pack = aPack({ ...flat, conditioning: [[0, 0]], exchange_WperK: 100 })
    const heat = new PackHeat(pack)
    const state = arrived(heat, 25)
    heat.advance(state, 0, even, 3600)
    const current_A = (Math.sqrt(700 ** 2 + 4 * 0.085 * 150_000) - 700) / (2 * 0.085)
    const balance_degC = 10 + (current_A ** 2 * 0.085) / 100
    const expected_degC = balance_degC + (25 - balance_degC) * Math.exp((-100 * 3600) / 420_000)
    expect(heat.temperature_degC(state, 0)).toBeCloseTo(expected_degC, 9)
    expect(heat.heat_kWh(state, 0)).toBeCloseTo(((current_A ** 2 * 0.085) / 1e6) * 1000, 9)
  })

  it('a standing pack comes to the temperature of the air', () => {
    const heat = new PackHeat(aPack({ conditioning: [[0, 0]] }))
    const state = arrived(heat, 25)
    heat.advance(state, 0, { ...even, power_kW: 0 }, 8 * 3600)
    expect(heat.temperature_degC(state, 0)).toBeCloseTo(10 + 15 * Math.exp((-10 * 8 * 3600) / 420_000), 9)
    heat.advance(state, 0, { ...even, power_kW: 0 }, 1e7)
    expect(heat.temperature_degC(state, 0)).toBeCloseTo(10, 6)
  })

  it('heat that neither cooling nor air take stays in the pack', () => {
    fc.assert(
      fc.property(draws, amount(-10, 50), amount(1, 1800), (draw, start_degC, duration_s) => {
        const heat = new PackHeat(aPack({ conditioning: [[0, 0]], exchange_WperK: 0 }))
        const state = arrived(heat, start_degC)
        heat.advance(state, 0, draw, duration_s)
        const stored_kWh = ((heat.temperature_degC(state, 0) - start_degC) * 420_000) / 3.6e6
        expect(heat.heat_kWh(state, 0)).toBeCloseTo(stored_kWh, 10)
      }),
    )
  })

  it('agrees with a Runge-Kutta integration, bends of the law of conditioning included', () => {
    fc.assert(
      fc.property(draws, amount(-10, 50), amount(10, 1200), (draw, start_degC, duration_s) => {
        const pack = aPack({})
        const heat = new PackHeat(pack)
        const state = arrived(heat, start_degC)
        heat.advance(state, 0, draw, duration_s)
        expect(heat.temperature_degC(state, 0)).toBeCloseTo(slowTemperature_degC(pack, start_degC, draw, duration_s), 4)
      }),
      { numRuns: runs(60, 600) },
    )
  })

  it('does not depend on where an advance is split', () => {
    fc.assert(
      fc.property(draws, amount(-10, 50), amount(10, 1800), amount(0, 1), (draw, start_degC, duration_s, part) => {
        const heat = new PackHeat(aPack({}))
        const whole = arrived(heat, start_degC)
        const split = arrived(heat, start_degC)
        heat.advance(whole, 0, draw, duration_s)
        heat.advance(split, 0, draw, part * duration_s)
        heat.advance(split, 0, later(draw, part * duration_s), (1 - part) * duration_s)
        expect(Math.abs(heat.temperature_degC(split, 0) - heat.temperature_degC(whole, 0))).toBeLessThan(1e-5)
        expect(heat.heat_kWh(split, 0)).toBeCloseTo(heat.heat_kWh(whole, 0), 7)
        expect(heat.wear(split, 0)).toBeCloseTo(heat.wear(whole, 0), 4)
      }),
      { numRuns: runs(300, 3000) },
    )
  })

  it('keeps the packs of one array apart', () => {
    const heat = new PackHeat(aPack({}))
    const state = new Float64Array(2 * PACK_STATE)
    heat.start(state, 0, 5)
    heat.start(state, PACK_STATE, 40)
    heat.advance(state, PACK_STATE, even, 600)
    expect(heat.temperature_degC(state, 0)).toBe(5)
    expect(heat.temperature_degC(state, PACK_STATE)).not.toBe(40)
  })
})

describe('the next update (V11)', () => {
  it('is where the pack is half a kelvin from the last one, and not earlier', () => {
    fc.assert(
      fc.property(draws, fc.oneof(amount(-10, 23.4), amount(46, 55)), (draw, start_degC) => {
        const heat = new PackHeat(aPack({}))
        const horizon_s = 3000
        const until_s = heat.untilUpdate_s(arrived(heat, start_degC), 0, draw, horizon_s)
        const away_K = (after_s: number): number => {
          const state = arrived(heat, start_degC)
          heat.advance(state, 0, draw, after_s)
          return Math.abs(heat.temperature_degC(state, 0) - start_degC)
        }
        const end_s = Math.min(until_s, horizon_s)
        for (let i = 0; i < 40; i++) expect(away_K((end_s * i) / 40)).toBeLessThan(UPDATE_K + 1e-5)
        if (until_s < horizon_s) expect(Math.abs(away_K(until_s) - UPDATE_K)).toBeLessThan(1e-5)
      }),
      { numRuns: runs(300, 3000) },
    )
  })

  it('is farther away where acceptance stays the same, and at its next bend', () => {
    const heat = new PackHeat(aPack({ conditioning: [[0, 0]] }))
    const nextAt = (start_degC: number): number => {
      const state = arrived(heat, start_degC)
      heat.advance(state, 0, even, heat.untilUpdate_s(state, 0, even, 1e5))
      return heat.temperature_degC(state, 0)
    }
    expect(nextAt(30)).toBeCloseTo(32.5, 6)
    expect(nextAt(43.6)).toBeCloseTo(45, 6)
    expect(nextAt(44.9)).toBeCloseTo(45.4, 6)
    expect(nextAt(10)).toBeCloseTo(10.5, 6)
  })

  it('is due at once when it was missed', () => {
    const heat = new PackHeat(aPack({}))
    const state = arrived(heat, 20)
    heat.advance(state, 0, even, 600)
    expect(heat.untilUpdate_s(state, 0, even, 100)).toBe(0)
    heat.update(state, 0)
    expect(heat.untilUpdate_s(state, 0, even, 1000)).toBeGreaterThan(1)
  })

  it('a hot pack that throttles itself comes to a balance with a few updates an hour', () => {
    const heat = new PackHeat(aPack({ conditioning: [[0, -3]] }))
    const state = arrived(heat, 44)
    let time_s = 0
    let updates = 0
    let level = heat.level(state, 0)
    while (time_s < 3600) {
      const draw = { ...even, power_kW: (250 * level) / 64, capacity_kWh: 1e6, ambient_degC: 30 }
      const step_s = Math.min(3600 - time_s, heat.untilUpdate_s(state, 0, draw, 3600 - time_s))
      heat.advance(state, 0, draw, step_s)
      if (time_s + step_s < 3600) updates++
      level = heat.update(state, 0)
      time_s += step_s
    }
    expect(updates).toBeLessThan(60)
    expect(heat.temperature_degC(state, 0)).toBeGreaterThan(45)
    expect(heat.temperature_degC(state, 0)).toBeLessThan(52)
  })
})

it('known figures: 40 kW in 500 kJ/K for five minutes are 24 K', () => {
  const pack = aPack({ ...flat, conditioning: [[0, 40]], exchange_WperK: 0, heatCapacity_JperK: 500_000 })
  const heat = new PackHeat(pack)
  const state = arrived(heat, 25)
  heat.advance(state, 0, { ...even, power_kW: 0 }, 300)
  expect(heat.temperature_degC(state, 0)).toBeCloseTo(49, 9)
})
