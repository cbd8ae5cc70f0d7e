import fc from 'fast-check'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { describe, expect, it } from 'vitest'
import { estimate, MAX_RUNS, runsToTell } from './statistics.ts'
import { studentQuantile } from './student.ts'

/** Normal numbers by Box and Muller (1958). */
function normalNumbers(seed: number): (mean: number, sd: number) => number {
  const generator = xoroshiro128plus(seed)
  return (mean, sd) => {
    const radius = Math.sqrt(-2 * Math.log1p(-uniformFloat64(generator)))
    return mean + sd * radius * Math.cos(2 * Math.PI * uniformFloat64(generator))
  }
}

describe('quantiles of Student t', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.2.
  it.each([
    [1, 6.314, 12.706],
    [2, 2.92, 4.303],
    [3, 2.353, 3.182],
    [4, 2.132, 2.776],
    [5, 2.015, 2.571],
    [9, 1.833, 2.262],
    [10, 1.812, 2.228],
    [19, 1.729, 2.093],
    [29, 1.699, 2.045],
    [60, 1.671, 2.0],
    [100, 1.66, 1.984],
  ])('with %i degrees of freedom', (degrees, at95, at975) => {
    expect(studentQuantile(0.95, degrees)).toBeCloseTo(at95, 3)
    expect(studentQuantile(0.975, degrees)).toBeCloseTo(at975, 3)
  })

  it('are those of Cauchy with one and of the algebraic form with two degrees', () => {
    for (const probability of [0.5, 0.6, 0.9, 0.99, 0.9995]) {
      const within = 2 * probability - 1
      expect(studentQuantile(probability, 1)).toBeCloseTo(Math.tan((Math.PI / 2) * within), 6)
      expect(studentQuantile(probability, 2)).toBeCloseTo(within * Math.sqrt(2 / (1 - within ** 2)), 9)
    }
  })

  it('become those of the normal distribution', () => {
    expect(studentQuantile(0.975, 9999)).toBeCloseTo(1.960201, 5)
  })

  it('refuse what is no probability or degree', () => {
    expect(() => studentQuantile(0.4, 5)).toThrow('probability')
    expect(() => studentQuantile(1, 5)).toThrow('probability')
    expect(() => studentQuantile(0.9, 0)).toThrow('degrees')
  })
})

describe('an estimate', () => {
  it('is the one of the textbook', () => {
    // Student's sleep data (Biometrika 6, 1908): extra hours of sleep with the second drug over the first, ten patients.
    const extra = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]
    const { mean, sd, low, high, min, max, runs } = estimate(extra) ?? {}
    expect(mean).toBeCloseTo(1.58, 12)
    expect(sd).toBeCloseTo(1.229995, 6)
    expect(low).toBeCloseTo(0.7001142, 6)
    expect(high).toBeCloseTo(2.4598858, 6)
    expect([min, max, runs]).toEqual([0, 4.6, 10])
  })

  it('of one run has no spread, of none is nothing, and leaves out runs without the figure', () => {
    expect(estimate([7])).toEqual({ runs: 1, mean: 7, sd: null, low: null, high: null, min: 7, max: 7 })
    expect(estimate([null, null])).toBeNull()
    expect(estimate([null, 1, 3])).toMatchObject({ runs: 2, mean: 2 })
  })

  it('of equal runs is exactly their value', () => {
    const values = fc.double({ noNaN: true, min: -1e9, max: 1e9 }).map((value) => value + 0)
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 50 }), (value, runs) => {
        const told = estimate(Array.from({ length: runs }, () => value))
        expect(told).toMatchObject({ mean: value, sd: 0, low: value, high: value })
      }),
    )
  })

  it('holds the true mean in 95 of 100 studies', () => {
    const normal = normalNumbers(7)
    for (const runs of [2, 5, 20]) {
      const studies = 4000
      let held = 0
      for (let study = 0; study < studies; study++) {
        const told = estimate(Array.from({ length: runs }, () => normal(10, 3)))
        if (told?.low != null && told.high != null && told.low <= 10 && told.high >= 10) held += 1
      }
      // Standard error of a share of 0.95 in 4000: 0.0034.
      expect(Math.abs(held / studies - 0.95)).toBeLessThan(0.011)
    }
  })
})

describe('runs that would tell', () => {
  it('are those of power analysis', () => {
    // Paired t test, effect 0.5 standard deviations, power 0.8, two-sided 5 %: n = 34 (Cohen 1988); 0.8: 15; 0.2: 199.
    expect(runsToTell(0.8, 1)).toBeGreaterThanOrEqual(15)
    expect(runsToTell(0.8, 1)).toBeLessThanOrEqual(16)
    expect(Math.abs((runsToTell(-0.5, 1) ?? 0) - 34)).toBeLessThanOrEqual(1)
    expect(Math.abs((runsToTell(0.2, 1) ?? 0) - 199)).toBeLessThanOrEqual(1)
  })

  it('see such a difference in about 80 of 100 studies', () => {
    const normal = normalNumbers(3)
    const runs = runsToTell(0.6, 1) ?? 0
    const studies = 3000
    let seen = 0
    for (let study = 0; study < studies; study++) {
      const told = estimate(Array.from({ length: runs }, () => normal(0.6, 1)))
      if ((told?.low ?? 0) > 0) seen += 1
    }
    expect(seen / studies).toBeGreaterThan(0.77)
    expect(seen / studies).toBeLessThan(0.84)
  })

  it('are not proposed beyond what can be asked for', () => {
    expect(runsToTell(0, 1)).toBeNull()
    expect(runsToTell(1e-6, 1)).toBeNull()
    expect(runsToTell(1e9, 1)).toBe(2)
    expect(runsToTell(2.81 / Math.sqrt(MAX_RUNS), 1)).toBeLessThanOrEqual(MAX_RUNS)
  })
})
