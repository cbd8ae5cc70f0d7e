import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { ExponentialSum } from './exponentials.ts'

const HORIZON_s = 4000

function sumOf(coefficients: readonly number[], rates: readonly number[]): ExponentialSum {
  const sum = new ExponentialSum(coefficients.length)
  sum.set(Float64Array.from(coefficients), Float64Array.from(rates))
  return sum
}

function valueAt(coefficients: readonly number[], rates: readonly number[], time_s: number): number {
  return coefficients.reduce((value, coefficient, i) => value + coefficient * Math.exp((rates[i] ?? 0) * time_s), 0)
}

/** First of many looks, close together early and far apart late, at which the sum is above zero by more than rounding. */
function firstSeen_s(value: (time_s: number) => number): number {
  const looks = 3000
  for (let look = 1; look <= looks; look++) {
    const time_s = HORIZON_s * (look / looks) ** 3
    if (value(time_s) > 1e-9) return time_s
  }
  return Number.POSITIVE_INFINITY
}

const terms = fc
  .integer({ min: 2, max: 7 })
  .chain((count) =>
    fc.tuple(
      fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: count, maxLength: count }),
      fc.uniqueArray(fc.integer({ min: -4000, max: 500 }), { minLength: count, maxLength: count }),
    ),
  )

test('C6: what dense looking finds is never missed and nothing else is found', () => {
  const compare = ([numbers, exponents]: [number[], number[]]) => {
    const rates = exponents.map((exponent) => -(10 ** (exponent / 1000)) * 0.05 + 1e-4).sort((a, b) => b - a)
    const unshifted = numbers.reduce((sum, number) => sum + number, 0)
    const coefficients = numbers.map((number, i) => (i === 0 ? number - unshifted - 5 : number))
    const value = (time_s: number) => valueAt(coefficients, rates, time_s)
    const found_s = sumOf(coefficients, rates).firstRise_s(HORIZON_s)
    const seen_s = firstSeen_s(value)
    expect(found_s).toBeLessThanOrEqual(seen_s)
    if (found_s === Number.POSITIVE_INFINITY) return
    expect(value(found_s)).toBeLessThan(1e-6)
    expect(value(found_s + 1e-5 + found_s * 1e-9)).toBeGreaterThan(-1e-6)
  }
  fc.assert(fc.property(terms, compare), { numRuns: runs(3000, 40_000) })
}, 120_000)

test('a bump that just reaches zero, and one that just does not', () => {
  const bump = (limit: number) => [-limit, 4, -4] as const
  const rates = [0, -0.01, -0.02]
  const found_s = sumOf(bump(1 - 1e-10), rates).firstRise_s(1e4)
  expect(found_s).toBeCloseTo(Math.log(2) / 0.01, 2)
  expect(sumOf(bump(1 + 1e-10), rates).firstRise_s(1e4)).toBe(Number.POSITIVE_INFINITY)
})

test('without a horizon a root however late is found, in a sum that grows too', () => {
  expect(sumOf([-1e-9, -3], [0, -1e-4]).firstRise_s(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY)
  expect(sumOf([1e-6, -3], [0, -1e-4]).firstRise_s(Number.POSITIVE_INFINITY)).toBeCloseTo(1e4 * Math.log(3e6), 4)
  expect(sumOf([2, -50], [0.5, 0]).firstRise_s(Number.POSITIVE_INFINITY)).toBeCloseTo(2 * Math.log(25), 9)
  expect(sumOf([2, -50], [0.5, 0]).firstRise_s(6)).toBe(Number.POSITIVE_INFINITY)
})

test('equal rates are one term, terms of zero none', () => {
  expect(sumOf([1, 1, -8, 0], [0, 0, -1, -2]).firstRise_s(100)).toBeCloseTo(Math.log(4), 9)
  expect(sumOf([0, 0], [0, -1]).firstRise_s(100)).toBe(Number.POSITIVE_INFINITY)
})
