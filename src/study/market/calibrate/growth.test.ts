import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { drifted, extended, growths, paceOf, partsOf, pooledPace } from './growth.ts'

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

describe('sales beyond those counted', () => {
  it('follow the logistic where the pace does not fade', () => {
    const market = 1000
    const all = extended(new Map([[2020, 100]]), 2025, { pace_perYear: 0.4, fade_frac: 1, market })
    for (const [year, value] of all) {
      expect(value).toBeCloseTo(market / (1 + 9 * Math.exp(-0.4 * (year - 2020))), 9)
    }
  })

  it('rise by the sum of a fading pace, and never pass the market', () => {
    const trend = { pace_perYear: 0.4, fade_frac: 0.5, market: 1e12 }
    const all = extended(new Map([[2020, 100]]), 2060, trend)
    expect(Math.log((all.get(2060) ?? 0) / 100)).toBeCloseTo(0.4, 6)
    const small = extended(new Map([[2020, 100]]), 2100, { pace_perYear: 3, fade_frac: 1, market: 150 })
    expect(Math.max(...small.values())).toBeLessThanOrEqual(150)
  })
})

describe('pace', () => {
  it('is the growth on the logit after the launch', () => {
    const rising = new Map(
      [2010, 2011, 2012, 2013, 2014].map((year) => [year, 1000 / (1 + 99 * Math.exp(-0.5 * (year - 2010)))]),
    )
    const found = growths(rising, 1000)
    expect(found).toHaveLength(2)
    for (const growth of found) expect(growth).toBeCloseTo(0.5, 9)
  })

  it('of a region lies between its own and that of all, nearer its own the longer it is known', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 20 }),
        (own, pooled, years) => {
          const pace = paceOf(Array(years).fill(own), pooled)
          const longer = paceOf(Array(years + 1).fill(own), pooled)
          expect(pace).toBeGreaterThanOrEqual(Math.min(own, pooled) - 1e-12)
          expect(pace).toBeLessThanOrEqual(Math.max(own, pooled) + 1e-12)
          expect(Math.abs(longer - own)).toBeLessThanOrEqual(Math.abs(pace - own) + 1e-12)
        },
      ),
    )
    expect(pooledPace([])).toBeCloseTo(0.3)
  })
})

describe('parts of a whole', () => {
  it('add up to it, whatever drifts', () => {
    const sold = fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(fc.array(sold, { minLength: 2, maxLength: 4 }), (parts) => {
        const annual = parts.map((values) => new Map(values.map((value, at) => [2018 + at, value])))
        const whole = new Map([2021, 2022, 2023].map((year) => [year, 1e6 * (year - 2020)]))
        const on = partsOf(annual, whole, 2023, 0.7)
        for (const [year, value] of whole) {
          expect(sum(on.map((part) => part.get(year) ?? 0)) / value).toBeCloseTo(1, 9)
          for (const part of on) expect(part.get(year)).toBeGreaterThan(0)
        }
      }),
    )
  })

  it('keep their shares where none drifted, and drift by the sum of a fading step', () => {
    const even = [100, 200].map((value) => new Map([2018, 2019, 2020].map((year) => [year, value])))
    const [first] = partsOf(even, new Map([[2021, 900]]), 2021, 0.7)
    expect(first?.get(2021)).toBeCloseTo(300, 9)
    expect(drifted(0.2, 2, 0.7)).toBeCloseTo(0.2 * 0.7 + 0.2 * 0.49, 12)
    expect(drifted(0.2, -1, 0.7)).toBe(0)
  })
})
