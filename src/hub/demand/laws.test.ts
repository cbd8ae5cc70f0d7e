import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { amountAt, cutNormalAt, normalAt, normalShare } from './laws.ts'

/** Mean of a function over [0, 1) by the midpoint rule. */
function mean(value: (share: number) => number, points = 200_000): number {
  let sum = 0
  for (let at = 0; at < points; at++) sum += value((at + 0.5) / points)
  return sum / points
}

function moments(value: (share: number) => number): readonly [mean: number, sd: number] {
  const first = mean(value)
  return [first, Math.sqrt(mean((share) => (value(share) - first) ** 2))]
}

describe('normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [-1.959963984540054, 0.025],
    [-6, 9.865876450376946e-10],
    [-8, 6.220960574271785e-16],
    [40, 1],
    [-40, 0],
  ])('has its tabled share below %f', (x, share) => {
    expect(Math.abs(normalShare(x) - share)).toBeLessThan(1e-12 * Math.max(share, 1e-3))
  })

  it('gives the value back whose share it is', () => {
    fc.assert(
      fc.property(fc.double({ min: -6, max: 6, noNaN: true }), (x) => {
        expect(Math.abs(normalAt(normalShare(x)) - x)).toBeLessThan(2e-6)
      }),
    )
  })
})

describe('cut normal distribution', () => {
  it('has the mean of the truncated distribution', () => {
    // Half normal above its mean: mean + sd sqrt(2/pi).
    const half = mean((share) => cutNormalAt({ mean: 3, sd: 2, min: 3, max: 100 }, share))
    expect(half).toBeCloseTo(3 + 2 * Math.sqrt(2 / Math.PI), 3)
  })

  it('stays in its range, however far out, and rises with the share', () => {
    const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
    fc.assert(
      fc.property(unit, unit, unit, fc.constantFrom(0, 0.01, 0.1), unit, (a, b, centre, sd, share) => {
        const cut = { mean: centre, sd, min: Math.min(a, b), max: Math.max(a, b) }
        const value = cutNormalAt(cut, share)
        expect(value).toBeGreaterThanOrEqual(cut.min)
        expect(value).toBeLessThanOrEqual(cut.max)
        expect(cutNormalAt(cut, share / 2)).toBeLessThanOrEqual(value)
      }),
    )
  })
})

describe('D5: an amount', () => {
  it.each([
    ['exponential', 12, 12],
    ['constant', 12, 0],
    ['uniform', 12, 5],
    ['lognormal', 12, 5],
  ] as const)('of %s law has its mean and standard deviation', (law, expected, sd) => {
    const found = moments((share) => amountAt({ law, mean: expected, sd: law === 'exponential' ? 0 : sd }, share))
    expect(found[0] / expected).toBeCloseTo(1, 3)
    expect(Math.abs(found[1] - sd)).toBeLessThan(0.003 * expected)
  })

  it('is never below nothing', () => {
    expect(amountAt({ law: 'uniform', mean: 3, sd: Math.sqrt(3) }, 0)).toBeCloseTo(0, 12)
    expect(amountAt({ law: 'lognormal', mean: 3, sd: 9 }, 0)).toBe(0)
  })
})
