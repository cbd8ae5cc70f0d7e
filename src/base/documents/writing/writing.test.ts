import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readYaml } from '../yaml.ts'
import { writeYaml } from './index.ts'

it('comes back as it was, whatever it is', () => {
  const text = fc
    .string({ unit: 'grapheme' })
    .filter((one) => one !== '__proto__' && !/[\p{Cc}\u2028\u2029\ufeff]/u.test(one))
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(text, fc.constantFrom('yes', 'null', '1.5', '2026-01-01', '~', 'a: b', '- c', '#d'), fc.boolean()),
      fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constant(null)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    ),
  }))
  fc.assert(
    fc.property(fc.record({ one: value, two: value }), fc.nat(5), (given, inlineFrom) => {
      const { value: back, found } = readYaml(writeYaml(given, { comment: 'made by a test\nof two lines', inlineFrom }))
      expect(found).toEqual([])
      expect(JSON.stringify(back)).toBe(JSON.stringify(given))
    }),
  )
})

it('is short where it is deep, repeats what is the same, and begins with the comment', () => {
  const sources = ['a', 'b']
  const value = {
    list: [
      { id: 'x', years: '2024', points: [[0, 1]], sources },
      { id: 'y', sources },
    ],
  }
  const lines = ['# made', '', 'list:', '  - id: x', "    years: '2024'", '    points: [ [ 0, 1 ] ]']
  const more = ['    sources: [ a, b ]', '  - id: y', '    sources: [ a, b ]', '']
  expect(writeYaml(value, { comment: 'made', inlineFrom: 3 })).toBe([...lines, ...more].join('\n'))
})
