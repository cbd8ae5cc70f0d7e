import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { EvenHeat, type Flow } from './even-heat.ts'
import { type Draw, PACK_STATE, PackHeat } from './heat.ts'
import type { PackParameters } from './parameters.ts'
import { aPack } from './test-support.ts'

const amount = (min: number, max: number) => fc.double({ min, max, noNaN: true })

interface Charge {
  readonly soc_frac: number
  readonly power_kW: number
  readonly ambient_degC: number
  readonly start_degC: number
}

/** Charging at temperatures at which a usual pack accepts its whole curve. */
const charges: fc.Arbitrary<Charge> = fc.record({
  soc_frac: amount(0, 0.85),
  power_kW: fc.oneof(fc.constant(0), amount(5, 320)),
  ambient_degC: amount(-25, 45),
  start_degC: amount(24, 45),
})

const CAPACITY_kWh = 80
const SPAN_frac = 0.05

function drawOf({ soc_frac, power_kW, ambient_degC }: Charge): Draw {
  return { soc_frac, power_kW, growth: 0, capacity_kWh: CAPACITY_kWh, ambient_degC }
}

function flowOf({ soc_frac, power_kW, ambient_degC }: Charge, duration_s: number): Flow {
  const hours_h = duration_s / 3600
  return {
    duration_s,
    square_kW2h: power_kW * power_kW * hours_h,
    from_frac: soc_frac,
    to_frac: soc_frac + (power_kW * hours_h) / CAPACITY_kWh,
    capacity_kWh: CAPACITY_kWh,
    ambient_degC,
  }
}

/** As long as a step of a run is at the most. */
function duration_s({ power_kW }: Charge): number {
  return Math.min(1800, (SPAN_frac * CAPACITY_kWh * 3600) / Math.max(power_kW, 1))
}

/** The same pack followed closely: resistance taken anew every second or so. */
function followed(pack: PackParameters, charge: Charge, until_s: number): Float64Array {
  const heat = new PackHeat(pack)
  const state = new Float64Array(PACK_STATE)
  heat.start(state, 0, charge.start_degC)
  const steps = Math.ceil(until_s / 2)
  const draw = drawOf(charge)
  for (let step = 0; step < steps; step++) {
    heat.advance(state, 0, draw, until_s / steps)
    draw.soc_frac += (charge.power_kW * until_s) / steps / 3600 / CAPACITY_kWh
    state[1] = state[0] as number
  }
  return state
}

function brought(pack: PackParameters, charge: Charge, until_s: number): Float64Array {
  const state = new Float64Array(PACK_STATE)
  new PackHeat(pack).start(state, 0, charge.start_degC)
  new EvenHeat(pack).advance(state, 0, flowOf(charge, until_s))
  return state
}

describe('a pack whose acceptance does not change', () => {
  it('is brought up as if it had been followed closely, bends of the law of conditioning included', () => {
    fc.assert(
      fc.property(charges, (charge) => {
        const pack = aPack({})
        const until_s = duration_s(charge)
        const [slow, fast] = [followed(pack, charge, until_s), brought(pack, charge, until_s)]
        const error_frac = (at: number): number => Math.abs((fast[at] as number) / (slow[at] as number) - 1)
        expect(Math.abs((fast[0] as number) - (slow[0] as number))).toBeLessThan(0.05)
        if (charge.power_kW === 0) return
        expect(error_frac(3)).toBeLessThan(0.03)
        expect(error_frac(4)).toBeLessThan(0.03)
      }),
      { numRuns: runs(100, 1500) },
    )
  })

  it('stays even while no more heat comes than it has to spare, for as long as it stays warm', () => {
    fc.assert(
      fc.property(charges, amount(0, 1), (charge, part) => {
        const pack = aPack({})
        const [even, heat] = [new EvenHeat(pack), new PackHeat(pack)]
        const state = new Float64Array(PACK_STATE)
        heat.start(state, 0, charge.start_degC)
        const before_frac = heat.acceptance.at_frac(charge.start_degC)
        const spare_kJ = even.spare_kJ(state, 0, charge.ambient_degC)
        const most_s = Math.min(even.warmFor_s(state, 0, charge.ambient_degC), 36_000)
        const draw = { ...drawOf(charge), soc_frac: 0.5, capacity_kWh: 1e9 }
        const steps = 200
        for (let step = 0; step < steps && heat.heat_kWh(state, 0) * 3600 <= spare_kJ; step++) {
          expect(heat.acceptance.at_frac(state[0] as number)).toBeCloseTo(before_frac, 9)
          heat.advance(state, 0, { ...draw, power_kW: part * draw.power_kW }, most_s / steps)
          state[1] = state[0] as number
        }
      }),
      { numRuns: runs(150, 1500) },
    )
  })

  it('takes no more heat on a part of a charge than is told before', () => {
    fc.assert(
      fc.property(charges, amount(0.1, 1), (charge, part) => {
        const pack = aPack({})
        const even = new EvenHeat(pack)
        const power_kW = Math.max(1, charge.power_kW)
        const to_frac = charge.soc_frac + SPAN_frac
        const most = { most_kW: power_kW, from_frac: charge.soc_frac, to_frac }
        const most_kJ = even.mostHeat_kJperkWh(most, charge.start_degC) * CAPACITY_kWh
        const slower = { ...charge, power_kW: part * power_kW }
        const until_s = (SPAN_frac * CAPACITY_kWh * 3600) / slower.power_kW
        const heat_kJ = (brought(pack, slower, until_s)[3] as number) * 3600
        if ((brought(pack, slower, until_s)[0] as number) >= 24) expect(heat_kJ).toBeLessThan(most_kJ)
      }),
      { numRuns: runs(200, 2000) },
    )
  })

  it('has nothing to spare where its acceptance changes with every kelvin, and ever so much where it never does', () => {
    const even = new EvenHeat(aPack({}))
    const state = new Float64Array(PACK_STATE)
    const spareAt_kJ = (degC: number): number => {
      new PackHeat(aPack({})).start(state, 0, degC)
      return even.spare_kJ(state, 0, 20)
    }
    expect(spareAt_kJ(20)).toBe(0)
    expect(spareAt_kJ(50)).toBe(0)
    expect(spareAt_kJ(-30)).toBe(0)
    expect(spareAt_kJ(30)).toBeCloseTo(15 * 420, 6)
  })
})
