import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ccsOil, glycol, oil } from '../../../../test/support/cable-parameters.ts'
import { flowShare, radiator_WperK, viscosity_Pas, volumeFlow } from './coolant.ts'
import type { CoolantLoop } from './parameters.ts'
import { pt1000_degC, pt1000_ohm } from './sensor.ts'

const loop: CoolantLoop = {
  shutOff_Pa: 300_000,
  pumpCurve_Pas2perm6: 1e13,
  channelLength_m: 14,
  channelDiameter_m: 0.006,
}

test('viscosity falls by its exponent', () => {
  expect(viscosity_Pas(oil, 40)).toBe(7e-3)
  expect(viscosity_Pas(oil, 20)).toBeCloseTo(7e-3 * Math.exp(0.7), 12)
  expect(viscosity_Pas(glycol, 80)).toBeCloseTo(2.2e-3 * Math.exp(-1), 12)
})

describe('flow of pump against loop', () => {
  const flows = fc.tuple(
    fc.constantFrom(oil, glycol),
    fc.integer({ min: -40, max: 90 }),
    fc.double({ min: 0.05, max: 1, noNaN: true }),
  )

  test('the pressures balance, and the larger of the two losses counts', () => {
    const check = ([coolant, at_degC, speed]: [typeof oil, number, number]) => {
      const flow = volumeFlow(loop, coolant, at_degC, speed)
      const { channelLength_m: length_m, channelDiameter_m: diameter_m } = loop
      const viscosity = viscosity_Pas(coolant, at_degC)
      const speed_mpers = (4 * flow) / (Math.PI * diameter_m ** 2)
      const reynolds = (coolant.density_kgperm3 * speed_mpers * diameter_m) / viscosity
      // Darcy-Weisbach with the friction factor of Poiseuille, or of Blasius.
      const friction = Math.max(64 / reynolds, 0.3164 / reynolds ** 0.25)
      const loss_Pa = (friction * (length_m / diameter_m) * coolant.density_kgperm3 * speed_mpers ** 2) / 2
      const pump_Pa = loop.shutOff_Pa * speed ** 2 - loop.pumpCurve_Pas2perm6 * flow ** 2
      expect(loss_Pa / pump_Pa).toBeCloseTo(1, 2)
    }
    fc.assert(fc.property(flows, check))
  })

  test('colder coolant flows more slowly, oil in the frost several times', () => {
    let before = 0
    for (let at_degC = -30; at_degC <= 80; at_degC += 5) {
      const flow = volumeFlow(loop, oil, at_degC)
      expect(flow).toBeGreaterThan(before)
      before = flow
    }
    const cooling = { ...ccsOil.cooling, loop } as NonNullable<typeof ccsOil.cooling>
    expect(flowShare(cooling, -10)).toBeLessThan(0.35)
    expect(flowShare(cooling, 40)).toBe(1)
    expect(flowShare(cooling, 40, 0)).toBe(0)
  })

  test('a pump of constant pressure, and a loop not known', () => {
    const steep = volumeFlow({ ...loop, pumpCurve_Pas2perm6: 0 }, oil, 0)
    const loss = (128 * viscosity_Pas(oil, 0) * 14) / (Math.PI * 0.006 ** 4)
    expect(steep).toBeCloseTo(300_000 / loss, 12)
    const cooling = { ...ccsOil.cooling, loop: null } as NonNullable<typeof ccsOil.cooling>
    expect(flowShare(cooling, -20, 0.7)).toBe(0.7)
  })
})

test('a radiator carries what its air can, less the larger it is', () => {
  expect(radiator_WperK(200, 0)).toBeCloseTo(0, 12)
  expect(radiator_WperK(200, 1)).toBeCloseTo(200 * (1 - Math.exp(-1)), 9)
  expect(radiator_WperK(200, 30)).toBeCloseTo(200, 9)
})

test.each([
  [0, 1000],
  [60, 1232.42],
  [90, 1347.07],
  [100, 1385.06],
])('a Pt1000 at %d degC', (at_degC, expected_ohm) => {
  expect(Math.abs(pt1000_ohm(at_degC) - expected_ohm)).toBeLessThan(0.05)
  expect(pt1000_degC(pt1000_ohm(at_degC))).toBeCloseTo(at_degC, 9)
})
