import { expect, test } from 'vitest'
import { heldBackSources, limitWords } from './limits.ts'
import { writerOf } from './writer.ts'

const writer = writerOf('en')

test('a source that names a part of the site is called by its name, whatever dots are in it', () => {
  expect(limitWords('circuit.row.b', writer).label).toBe('circuit row.b')
  expect(limitWords('cabinet.c1', writer).label).toBe('cabinet c1')
  expect(limitWords('cabinet.share', writer).label).toBe('cabinet')
})

test.each(['weather.snow', 'constructor', '__proto__.x', ''])('an unknown source keeps its code: "%s"', (source) => {
  expect(limitWords(source, writer).label).toBe(source)
})

test('sources come by energy, equal ones by name, none without energy', () => {
  expect(heldBackSources({ b: 1, c: 5, a: 1, d: 0 })).toEqual([
    ['c', 5],
    ['a', 1],
    ['b', 1],
  ])
})
