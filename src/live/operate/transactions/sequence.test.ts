import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addNumber, missing, type Ranges } from './sequence.ts'

test('ranges hold what a set holds, in whatever order it came', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 60 })), (numbers) => {
      const ranges: Ranges = []
      const set = new Set<number>()
      for (const number of numbers) {
        expect(addNumber(ranges, number)).toBe(!set.has(number))
        set.add(number)
      }
      expect(ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i))).toEqual(
        [...set].sort((a, b) => a - b),
      )
    }),
  )
})

test('gaps are counted from the first number', () => {
  const ranges: Ranges = []
  for (const number of [2, 3, 6]) addNumber(ranges, number)
  expect([missing(ranges, null), missing(ranges, 0), missing([], 0)]).toEqual([2, 4, 0])
})

test('only even numbers do not fill the memory', () => {
  const ranges: Ranges = []
  for (let number = 0; number < 1000; number += 2) addNumber(ranges, number)
  expect(ranges).toHaveLength(64)
  expect(ranges.at(-1)).toEqual([998, 998])
})
