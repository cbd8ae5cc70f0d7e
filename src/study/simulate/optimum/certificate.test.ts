import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ceilingOf } from './certificate.ts'
import type { LinearProgram } from './ports.ts'

/** 3a + 2b, greatest with a − c = 0, a + b ≤ 4, a + 3b ≤ 7 and a ≤ 3: 11 at a = c = 3, b = 1. */
const program: LinearProgram = {
  worth: Float64Array.of(3, 2, 0),
  lower: Float64Array.of(0, 0, 0),
  upper: Float64Array.of(10, 10, 3),
  equalities: 1,
  bounds: Float64Array.of(0, 4, 7),
  starts: Int32Array.of(0, 2, 4, 6),
  columns: Int32Array.of(0, 2, 0, 1, 0, 1),
  values: Float64Array.of(1, -1, 1, 1, 1, 3),
}

test('right prices give the optimum', () => {
  expect(ceilingOf(program, Float64Array.of(1, 2, 0))).toBe(11)
})

test('no prices give less', () => {
  const price = fc.double({ min: -20, max: 20, noNaN: true })
  fc.assert(
    fc.property(fc.tuple(price, price, price), (prices) => {
      expect(ceilingOf(program, Float64Array.from(prices))).toBeGreaterThanOrEqual(11 - 1e-12)
    }),
  )
})
