import { expect, it } from 'vitest'
import { orderShown } from './moments.ts'

it.each([
  ['1/2/2026 10:00', 'either'],
  ['13/2/2026', 'dmy'],
  ['2/13/2026', 'mdy'],
  ['13/14/2026 13:00', null],
  ['2/32/2026', null],
  ['2026-02-13', null],
])('reads the order of day and month from %s', (text, order) => {
  expect(orderShown(text)).toBe(order)
})
