import { expect, test } from 'vitest'
import { z } from 'zod'
import { MAX_PROBLEMS, openDocument } from './document.ts'
import { fraction, positiveQuantity, quantity, signedQuantity } from './quantity.ts'

const schema = z.strictObject({
  grid: z.strictObject({ import_kW: positiveQuantity('kW', 'limit').meta({ examples: [1000] }) }),
  market: z.enum(['EU', 'CN']).optional(),
  share_frac: fraction('share').optional(),
  ambient_degC: signedQuantity('degC', 'ambient').default(20),
  count: z.int().min(1).max(9).optional(),
  on: z.boolean().optional(),
  from: z
    .string()
    .regex(/^\d{4}$/)
    .meta({ problem: 'document.notADate' })
    .optional(),
  circuits: z
    .array(z.strictObject({ id: z.string().min(1), max_kW: quantity('kW', 'limit') }))
    .max(3)
    .optional(),
  byPlug: z.record(z.string().regex(/^[a-z]+$/), z.strictObject({ maxCurrent_A: quantity('A', 'cable') })).optional(),
  pair: z.tuple([quantity('kW', 'a'), quantity('kW', 'b')]).optional(),
  either: z.union([z.strictObject({ product: z.string() }), z.array(quantity('kW', 'x'))]).optional(),
})

const sound = 'grid: { import_kW: 10 }\n'

function told(text: string): readonly string[] {
  return openDocument(schema, text, 'f').problems.map(({ code, at, path, fix }) => {
    const params = Object.values(fix?.params ?? {}).join()
    return `${at?.line}:${at?.column} ${code} ${path ?? ''}${fix ? ` > ${fix.code} ${params}` : ''}`
  })
}

test.each([
  ['market: EUU', '2:9 document.notOneOf market > document.fix.didYouMean EU'],
  ['market: X', '2:9 document.notOneOf market > document.fix.oneOf EU,CN'],
  ['marked: EU', '2:1 document.unknownKey marked > document.fix.didYouMean market'],
  ['share: 1', '2:1 document.unknownKey share > document.fix.didYouMean share_frac'],
  ['zzzzzz: 1', `2:1 document.unknownKey zzzzzz > document.fix.keys ${Object.keys(schema.shape).join()}`],
  ['share_frac: 0,5', '2:13 document.decimalComma share_frac > document.fix.number 0.5'],
  ['share_frac: 85 %', '2:13 document.numberAsText share_frac > document.fix.number 0.85'],
  ['share_frac: 1.5', '2:13 document.tooBig share_frac'],
  ['share_frac: .nan', '2:13 document.notFinite share_frac'],
  ['ambient_degC: 1e999', '2:15 document.notFinite ambient_degC'],
  ['ambient_degC: "-5 °C"', '2:15 document.numberAsText ambient_degC > document.fix.number -5'],
  ['ambient_degC: cold', '2:15 document.numberAsText ambient_degC'],
  ['ambient_degC: null', '2:15 document.notQuantity ambient_degC'],
  ['count: 1.5', '2:8 document.notWhole count'],
  ['count: two', '2:8 document.notNumber count'],
  ['count: "2"', '2:8 document.notNumber count > document.fix.number 2'],
  ['on: yes', '2:5 document.notTruth on'],
  ['from: 2025', '2:7 document.notText from > document.fix.quote 2025'],
  ['from: "25"', '2:7 document.notADate from'],
  ['circuits: { a: 1 }', '2:11 document.notList circuits'],
  ['circuits: [5]', '2:12 document.notGroup circuits[0]'],
  ['circuits: [{ id: a, max_kW: -1 }]', '2:29 document.tooSmall circuits[0].max_kW'],
  ['circuits: [{ id: "", max_kW: 1 }]', '2:18 document.textTooShort circuits[0].id'],
  ['circuits:\n  - id: a', '3:5 document.missingKey circuits[0] > document.fix.addKey max_kW'],
  ['byPlug: { CCS: { maxCurrent_A: 1 } }', '2:11 document.notAnId byPlug.CCS'],
  [
    'byPlug: { ccs: { maxCurrent: 1 } }',
    '2:18 document.unknownKey byPlug.ccs.maxCurrent > document.fix.didYouMean maxCurrent_A',
  ],
  ['pair: [1]', '2:7 document.tooFew pair'],
  ['pair: [1, 2kW]', '2:11 document.numberAsText pair[1] > document.fix.number 2'],
  ['either: { prodct: a }', '2:11 document.unknownKey either.prodct > document.fix.didYouMean product'],
  ['either: [1, x]', '2:13 document.numberAsText either[1]'],
])('%s', (text, expected) => {
  expect(told(sound + text)).toEqual([expected])
})

test('what is missing points at the key that lacks it', () => {
  expect(told('market: EU\ngrid: {}')).toEqual(['2:1 document.missingKey grid > document.fix.add import_kW,1000'])
  expect(told('market: EU')).toEqual(['1:1 document.missingKey  > document.fix.addKey grid'])
})

test('a limit of zero is told as not above zero', () => {
  expect(told('grid: { import_kW: 0 }')).toEqual(['1:20 document.notAbove grid.import_kW'])
})

test('all problems come at once, in the order of the file', () => {
  const text = 'grid:\n  import_kw: 350kW\nmarket: EE\ncircuits:\n  - { id: 7, max_kW: 1 }\nmarket: CN'
  expect(told(text)).toEqual([
    '2:3 document.unknownKey grid.import_kw > document.fix.didYouMean import_kW',
    '3:9 document.notOneOf market > document.fix.didYouMean EU',
    '5:11 document.notText circuits[0].id > document.fix.quote 7',
    '6:1 document.duplicateKey ',
  ])
})

test('the draft keeps what is right', () => {
  const { value, draft } = openDocument(schema, `${sound}market: EE\ncircuits: [{ id: 7, max_kW: 1 }, 5]`, 'f')
  expect(value).toBeNull()
  expect(draft).toEqual({ grid: { import_kW: 10 }, circuits: [{ max_kW: 1 }, undefined] })
})

test('values and keys are found again, or the nearest thing around', () => {
  const { locate } = openDocument(schema, 'grid:\n  import_kW: 10\n', 'f')
  expect(locate(['grid', 'import_kW'])).toEqual({ file: 'f', line: 2, column: 14 })
  expect(locate(['grid', 'import_kW'], 'key')).toEqual({ file: 'f', line: 2, column: 3 })
  expect(locate(['grid', 'export_kW'])).toEqual({ file: 'f', line: 1, column: 1 })
})

test('a sound document gives its value with defaults', () => {
  expect(openDocument(schema, sound, 'f')).toMatchObject({
    value: { grid: { import_kW: 10 }, ambient_degC: 20 },
    problems: [],
  })
})

test('of very many problems the first are told and the rest is counted', () => {
  const many = Array.from({ length: MAX_PROBLEMS + 50 }, (_, index) => `bad${index}: 1`).join('\n')
  const { problems } = openDocument(schema, `${sound}${many}`, 'f')
  expect(problems).toHaveLength(MAX_PROBLEMS + 1)
  expect(problems.at(-1)).toMatchObject({ code: 'document.more', params: { count: 50 } })
})

test('the value can be brought to a newer form first', () => {
  const { value } = openDocument(schema, 'grid_kW: 5', 'f', (old) => ({ grid: { import_kW: Object(old).grid_kW } }))
  expect(value).toMatchObject({ grid: { import_kW: 5 } })
})
