import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../../test/support/counts.ts'
import type { Timeline } from '../simulate/index.ts'
import { columnsOf, MAX_COLUMNS } from './columns.ts'

/** A timeline whose minutes stray from the mean of their step by one per cent and are the same else. */
function timelineOf(step_s: number, values: readonly number[]): Timeline {
  const scaled = (factor: number) => values.map((value) => value * factor)
  const range = { lowestMinute_kW: scaled(0.99), highestMinute_kW: scaled(1.01) }
  return { step_s, power_kW: values, ...range, occupied: values, waiting: values }
}

const steps = fc.record({
  step_s: fc.constantFrom(30, 60, 300, 420, 900, 3600, 100_000),
  power_kW: fc.array(fc.double({ min: 0, max: 5000, noNaN: true }), { minLength: 1, maxLength: 6000 }),
  last_frac: fc.double({ min: 0.01, max: 1, noNaN: true }),
})

test('folding keeps the energy, the extremes and the order of time', () => {
  fc.assert(
    fc.property(steps, ({ step_s, power_kW, last_frac }) => {
      const duration_s = (power_kW.length - 1 + last_frac) * step_s
      const timeline = timelineOf(step_s, power_kW)
      const { columns } = columnsOf(timeline, duration_s)
      const direct = power_kW.reduce(
        (sum, value, index) => sum + value * (index === power_kW.length - 1 ? last_frac : 1) * step_s,
        0,
      )
      const folded = columns.reduce((sum, { mean_kW, from_s, to_s }) => sum + mean_kW * (to_s - from_s), 0)
      expect(folded).toBeCloseTo(direct, -Math.log10(Math.max(direct, 1) * 1e-9))
      expect(columns.length).toBeLessThanOrEqual(MAX_COLUMNS)
      expect(Math.max(...columns.map(({ highest_kW }) => highest_kW))).toBe(Math.max(...power_kW) * 1.01)
      expect(Math.min(...columns.map(({ lowest_kW }) => lowest_kW))).toBe(Math.min(...power_kW) * 0.99)
      expect(columns.at(-1)?.to_s).toBe(duration_s)
      for (const [index, { from_s }] of columns.entries()) expect(from_s).toBe(columns[index - 1]?.to_s ?? 0)
    }),
    { numRuns: runs(60, 2000) },
  )
})

test.each([
  [1, 60, 120],
  [1, 900, 900],
  [7, 60, 600],
  [7, 300, 600],
  [30, 60, 3600],
  [60, 900, 7200],
  [61, 900, 86_400],
  [365, 900, 86_400],
  [3650, 3600, 4 * 86_400],
])('%d days in steps of %d s are told in columns of %d s', (days, step_s, expected_s) => {
  const values = new Array<number>((days * 86_400) / step_s).fill(1)
  expect(columnsOf(timelineOf(step_s, values), days * 86_400).step_s).toBe(expected_s)
})

test('a column of seven steps of two minutes does not exist: columns are round', () => {
  const values = new Array<number>(1300).fill(1)
  const { step_s, columns } = columnsOf(timelineOf(120, values), 156_000)
  expect([step_s, columns.length]).toEqual([600, 260])
})

test('a timeline without steps has no columns', () => {
  expect(columnsOf(timelineOf(60, []), 0).columns).toEqual([])
})
