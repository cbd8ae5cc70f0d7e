import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { realModes } from './eigen.ts'

function product(a: Float64Array, b: Float64Array, n: number): Float64Array {
  const c = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let k = 0; k < n; k++) c[i * n + j] = (c[i * n + j] ?? 0) + (a[i * n + k] ?? 0) * (b[k * n + j] ?? 0)
    }
  }
  return c
}

function scaledColumns(a: Float64Array, factors: Float64Array, n: number): Float64Array {
  return a.map((value, at) => value * (factors[at % n] ?? 0))
}

function farthest(a: Float64Array, b: Float64Array): number {
  return a.reduce((top, value, at) => Math.max(top, Math.abs(value - (b[at] ?? 0))), 0)
}

const identity = (n: number) => Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : 0))

/** A symmetric matrix with its rows scaled, as heat conduction between unlike capacities is. */
function conduction(n: number, values: readonly number[], scales: readonly number[]): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => {
    const row = Math.floor(at / n)
    const column = at % n
    return (values[Math.min(row, column) * n + Math.max(row, column)] ?? 0) * 10 ** (scales[row] ?? 0)
  })
}

test('the modes of a conducting network put it together again', () => {
  const cases = fc.integer({ min: 1, max: 7 }).chain((n) => {
    const values = fc.integer({ min: -1000, max: 1000 }).map((thousandths) => thousandths / 1000)
    const scales = fc.double({ min: -2, max: 0, noNaN: true })
    return fc.tuple(
      fc.constant(n),
      fc.array(values, { minLength: n * n, maxLength: n * n }),
      fc.array(scales, { minLength: n, maxLength: n }),
    )
  })
  const compare = ([n, values, scales]: [number, number[], number[]]) => {
    const matrix = conduction(n, values, scales)
    const modes = realModes(matrix, n)
    if (modes === null) throw new Error('no modes')
    const { right, left, rates } = modes
    expect(farthest(product(right, left, n), identity(n))).toBeLessThan(1e-12)
    expect(farthest(product(scaledColumns(right, rates, n), left, n), matrix)).toBeLessThan(1e-12)
    expect(rates).toEqual(rates.toSorted().reverse())
  }
  fc.assert(fc.property(cases, compare), { numRuns: runs(300, 20_000) })
})

test('equal rates that do not share a vector are no hindrance', () => {
  const modes = realModes(Float64Array.from([-2, 0, 0, 0, -2, 0, 1, 0, -1]), 3)
  expect([...(modes?.rates ?? [])].map((rate) => Number(rate.toFixed(14)))).toEqual([-1, -2, -2])
})

test('a double rate with one vector, and complex rates, are told', () => {
  expect(realModes(Float64Array.from([-2, 1, 0, -2]), 2)).toBeNull()
  expect(realModes(Float64Array.from([-2, 1, 0, -2 + 1e-9]), 2)).toBeNull()
  expect(realModes(Float64Array.from([0, 1, -1, 0]), 2)).toBeNull()
  expect(realModes(Float64Array.from([-1, 1, 0, 0, -1, 1, 1, 0, -1]), 3)).toBeNull()
})

test('rates of very different size keep their digits', () => {
  const modes = realModes(Float64Array.from([-5, 5, 0, 1e-3, -2e-3, 1e-3, 0, 1e-6, -3e-6]), 3)
  const product_ = modes?.rates.reduce((all, rate) => all * rate, 1)
  const determinant = -5 * (2e-3 * 3e-6 - 1e-3 * 1e-6) + 5 * (1e-3 * 3e-6)
  expect((product_ ?? 0) / determinant).toBeCloseTo(1, 9)
})
