import { expect, test } from 'vitest'
import { closest, editDistance } from './closest.ts'

test.each([
  ['', '', 0],
  ['abc', '', 3],
  ['kitten', 'sitting', 3],
  ['ab', 'ba', 1],
  ['chademo', 'chadmeo', 1],
  ['ca', 'abc', 3],
])('%s to %s takes %i steps', (a, b, steps) => {
  expect(editDistance(a, b)).toBe(steps)
  expect(editDistance(b, a)).toBe(steps)
})

test.each([
  ['max_kw', ['min_kW', 'max_kW'], 'max_kW'],
  ['power', ['price', 'power_kW'], 'power_kW'],
  ['CCS2', ['ccs1', 'ccs2'], 'ccs2'],
  ['css2', ['ccs1', 'ccs2'], 'ccs2'],
  ['alp_hyc_4000', ['alp_hyc_350', 'alp_hyc_400'], 'alp_hyc_400'],
  ['elephant', ['ccs1', 'ccs2'], null],
  ['x', [], null],
])('%s means %s', (word, candidates, expected) => {
  expect(closest(word, candidates)).toBe(expected)
})

test('very long words are not compared', () => {
  expect(closest('a'.repeat(1e6), ['a'.repeat(1e6 + 1)])).toBeNull()
})
