import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeSchema, formsOf } from './describe.ts'
import { openDocument } from './document.ts'
import { positiveQuantity, quantity } from './quantity.ts'

const cable = z.strictObject({
  type: z.literal('cable').meta({ description: 'kind of part' }),
  length_m: positiveQuantity('m', 'one way').max(50),
  size: quantity('A', 'rating').nullable().default(null),
})
const pump = z.strictObject({
  type: z.literal('pump').meta({ description: 'kind of part' }),
  power_W: quantity('W', 'power'),
  size: z.enum(['small', 'large']).default('small'),
})
const schema = z.strictObject({ parts: z.array(z.lazy(() => z.discriminatedUnion('type', [cable, pump]))) })

function told(part: string): readonly string[] {
  return openDocument(schema, `parts:\n  - ${part}\n`, 'f').problems.map(({ code, at, path, fix }) => {
    const params = Object.values(fix?.params ?? {}).join()
    return `${at?.line}:${at?.column} ${code} ${path}${fix ? ` > ${params}` : ''}`
  })
}

test.each([
  ['{ type: cable, length_m: 4 }', []],
  ['{ type: cabel, length_m: 4 }', ['2:13 document.notOneOf parts[0].type > cable']],
  ['{ type: hose }', ['2:13 document.notOneOf parts[0].type > cable,pump']],
  ['{ type: [cable] }', ['2:13 document.notOneOf parts[0].type > cable']],
  ['{ length_m: 4 }', ['2:5 document.missingKey parts[0] > cable,pump']],
  ['{ type: cable }', ['2:5 document.missingKey parts[0] > length_m']],
  ['{ type: cable, length_m: -4 }', ['2:30 document.notAbove parts[0].length_m']],
  ['{ type: cable, length_m: 400 }', ['2:30 document.tooBig parts[0].length_m']],
  ['{ type: cable, length_m: 4, power_W: 3 }', ['2:33 document.unknownKey parts[0].power_W > type,length_m,size']],
  ['{ type: pump, power_W: 3, size: big }', ['2:37 document.notOneOf parts[0].size > small,large']],
  ['{ type: cable, length_m: 4, size: 4A }', ['2:39 document.numberAsText parts[0].size > 4']],
  [
    '{ type: pump, power_W: 3, length: 2, size: huge }',
    [
      '2:31 document.unknownKey parts[0].length > type,power_W,size',
      '2:48 document.notOneOf parts[0].size > small,large',
    ],
  ],
  ['7', ['2:5 document.notGroup parts[0]']],
])('%s', (part, problems) => {
  expect(told(part)).toEqual(problems)
})

test('forms are found by what tells them apart', () => {
  const union = z.lazy(() => z.discriminatedUnion('type', [cable, pump]))
  expect([...formsOf(union).keys()]).toEqual(['cable', 'pump'])
  expect(formsOf(cable).size).toBe(0)
  expect(formsOf(z.union([cable, pump])).size).toBe(0)
})

test('a list of forms shows the attributes of each', () => {
  expect(describeSchema(schema).map(({ path, kind }) => `${path} ${kind}`)).toEqual([
    'parts list',
    'parts[].type choice',
    'parts[].length_m number',
    'parts[].size number',
    'parts[].type choice',
    'parts[].power_W number',
    'parts[].size choice',
  ])
})
