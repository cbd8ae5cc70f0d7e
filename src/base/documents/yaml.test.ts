import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_ALIASED_VALUES, MAX_DEPTH, readYaml } from './yaml.ts'

const codes = (text: string) => readYaml(text).found.map(({ reason, offset }) => `${reason.code}@${offset}`)

test('any JSON value comes back as it is', () => {
  const value = fc.jsonValue({ noUnicodeString: false }).filter((one) => !JSON.stringify(one).includes('__proto__'))
  fc.assert(
    fc.property(value, (json) => {
      const tree = readYaml(JSON.stringify(json))
      expect(tree.found).toEqual([])
      expect(JSON.stringify(tree.value)).toBe(JSON.stringify(json))
    }),
  )
})

test('no text makes it throw', () => {
  const yamlish = fc.string({ unit: fc.constantFrom(...'ab1: \n-[]{}&*!|>?\'"#%@`\t,<~') })
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), yamlish), (text) => void readYaml(text)))
})

test('every value and key has its place', () => {
  const tree = readYaml('a: 1\nlist:\n  - x\n  - { k: v }\n')
  const list = tree.place.children.get('list')
  expect(tree.place.children.get('a')).toMatchObject({ keyOffset: 0, place: { offset: 3 } })
  expect(list).toMatchObject({ keyOffset: 5, place: { offset: 13 } })
  expect(list?.place.children.get(1)?.place.children.get('k')).toMatchObject({ keyOffset: 23, place: { offset: 26 } })
})

test('aliases share the value of their anchor', () => {
  const { value, found } = readYaml('a: &x { n: 1 }\nb: [*x, *x]')
  expect(found).toEqual([])
  expect(value).toEqual({ a: { n: 1 }, b: [{ n: 1 }, { n: 1 }] })
})

test('an alias of a later or its own anchor is no alias', () => {
  expect(codes('a: *x\nb: &x 1')).toEqual(['document.unknownAlias@3'])
  expect(codes('a: &x [*x]')).toEqual(['document.unknownAlias@7'])
})

test('aliases that unfold to too much are told once, and nothing is unfolded', () => {
  const lines = ['a0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]']
  for (let level = 1; level < 30; level++) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`)
  }
  const bomb = readYaml(lines.join('\n'))
  expect(bomb.found.map(({ reason }) => reason)).toEqual([
    { code: 'document.aliasBomb', params: { max: MAX_ALIASED_VALUES } },
  ])
})

test.each([
  ['flow lists', '['],
  ['block lists', '- '],
  ['flow groups', '{a: '],
  ['explicit keys', '? '],
])('deep nesting of %s is refused before anything recurses', (_, opening) => {
  const found = readYaml(opening.repeat(100_000)).found
  expect(found.map(({ reason }) => reason)).toEqual([{ code: 'document.tooDeep', params: { max: MAX_DEPTH } }])
})

test('aliases cannot nest deeper than a file may', () => {
  const nested = `${'['.repeat(40)}1${']'.repeat(40)}`
  const twice = `a: &a ${nested}\nb: ${'['.repeat(40)}*a${']'.repeat(40)}`
  expect(readYaml(twice).found.map(({ reason }) => reason.code)).toEqual(['document.tooDeep'])
})

test.each([
  ['a: 1\na: 2', 'document.duplicateKey@5'],
  ['{"a": 1, "a": 2}', 'document.duplicateKey@9'],
  ['a: 1\n\tb: 2', 'document.tab@5'],
  ['a: 1\n---\nb: 2', 'document.multiple@9'],
  ['? [1]\n: 2', 'document.keyNotText@2'],
  ['__proto__: 1', 'document.unknownKey@0'],
  ['a: &x { k: 1 }\nb: { <<: *x }', 'document.unknownKey@20'],
  ['a: !js/function 1', 'document.syntax@3'],
  ['a: "x', 'document.syntax@5'],
])('%j', (text, expected) => {
  expect(codes(text)).toEqual([expected])
})

test('YAML 1.2: yes is a text, 012 is twelve, a date is a text, numbers as keys are texts', () => {
  expect(readYaml('a: yes\nb: 012\nc: 2026-01-01\n5: ~\n"q": .inf').value).toEqual({
    a: 'yes',
    b: 12,
    c: '2026-01-01',
    '5': null,
    q: Number.POSITIVE_INFINITY,
  })
})
