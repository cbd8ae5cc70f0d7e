import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitExponent, highest_kW, minutesBetween, powerAt_kW, scaleShape } from './curve.ts'
import type { CurvePoints } from './result.ts'

const STEPS = 20_000

/** Independent and slow: midpoint rule over equal steps of state of charge. */
function slowMinutes(points: CurvePoints, cap_kW: number, energy_kWh: number, from: number, to: number): number {
  const step = (to - from) / STEPS
  let hours = 0
  for (let index = 0; index < STEPS; index++) {
    hours += (step * energy_kWh) / Math.min(cap_kW, powerAt_kW(points, from + (index + 0.5) * step))
  }
  return hours * 60
}

const curves = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 8 }),
    fc.array(fc.double({ min: 5, max: 500, noNaN: true }), { minLength: 10, maxLength: 10 }),
  )
  .map(([inner, powers]): CurvePoints => {
    const socs = [0, ...inner.sort((a, b) => a - b), 100]
    return socs.map((soc, index) => [soc / 100, powers[index] ?? 5] as const)
  })

describe('M16 charging time', () => {
  it('of constant power is energy over power', () => {
    expect(
      minutesBetween(
        [
          [0, 70],
          [1, 70],
        ],
        1000,
        100,
        [0.1, 0.8],
      ),
    ).toBeCloseTo(60, 12)
    expect(
      minutesBetween(
        [
          [0, 70],
          [1, 70],
        ],
        35,
        100,
        [0.1, 0.8],
      ),
    ).toBeCloseTo(120, 12)
  })

  it('of falling power is the logarithm', () => {
    const minutes = minutesBetween(
      [
        [0, 200],
        [1, 100],
      ],
      1000,
      100,
      [0, 1],
    )
    expect(minutes).toBeCloseTo(60 * Math.log(2), 10)
  })

  it('splits where the curve crosses the ceiling', () => {
    const minutes = minutesBetween(
      [
        [0, 200],
        [1, 100],
      ],
      150,
      60,
      [0, 1],
    )
    expect(minutes).toBeCloseTo(60 * (0.5 * (60 / 150)) + (60 * 60 * Math.log(1.5)) / 100, 10)
  })

  it('goes on level beyond the ends of a curve', () => {
    const minutes = minutesBetween(
      [
        [0.4, 100],
        [0.6, 100],
      ],
      1000,
      100,
      [0, 1],
    )
    expect(minutes).toBeCloseTo(60, 10)
  })

  it('is unknown where the power falls to nothing', () => {
    expect(
      minutesBetween(
        [
          [0, 50],
          [0.5, 0],
          [1, 0],
        ],
        1000,
        60,
        [0.1, 0.8],
      ),
    ).toBeNull()
  })

  it('equals a slow numeric integration', () => {
    fc.assert(
      fc.property(curves, fc.double({ min: 5, max: 600, noNaN: true }), (points, cap_kW) => {
        const exact = minutesBetween(points, cap_kW, 75, [0.1, 0.8]) ?? Number.NaN
        const slow = slowMinutes(points, cap_kW, 75, 0.1, 0.8)
        expect(Math.abs(exact - slow) / slow).toBeLessThan(1e-3)
      }),
      { numRuns: 60 },
    )
  })

  it('grows with no ceiling raised', () => {
    fc.assert(
      fc.property(curves, fc.double({ min: 5, max: 300, noNaN: true }), (points, cap_kW) => {
        const low = minutesBetween(points, cap_kW, 75, [0.1, 0.8]) ?? 0
        const high = minutesBetween(points, cap_kW * 1.5, 75, [0.1, 0.8]) ?? 0
        expect(high).toBeLessThanOrEqual(low * (1 + 1e-12))
      }),
    )
  })
})

describe('M15 curves', () => {
  it('are linear between points and level beyond', () => {
    const points: CurvePoints = [
      [0.2, 100],
      [0.6, 60],
    ]
    expect(powerAt_kW(points, 0)).toBe(100)
    expect(powerAt_kW(points, 0.4)).toBeCloseTo(80, 12)
    expect(powerAt_kW(points, 1)).toBe(60)
    expect(highest_kW(points)).toBe(100)
  })

  it('of a class take the published time after the fit, with the same peak', () => {
    const shape: CurvePoints = [
      [0, 0.7],
      [0.1, 1],
      [0.35, 1],
      [0.8, 0.45],
      [1, 0.04],
    ]
    const exponent = fitExponent(shape, 500, 122, 35)
    const fitted = scaleShape(shape, 500, exponent)
    expect(minutesBetween(fitted, 500, 122, [0.1, 0.8])).toBeCloseTo(35, 6)
    expect(highest_kW(fitted)).toBe(500)
  })
})
