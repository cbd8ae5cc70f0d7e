import { expect, test } from 'vitest'
import { z } from 'zod'
import { describeSchema, toJsonSchema } from './describe.ts'
import { quantity } from './quantity.ts'

const schema = z.strictObject({
  kind: z.enum(['a', 'b']).default('a').meta({ description: 'kind' }),
  power_kW: quantity('kW', 'power').nullable().optional(),
  count: z.int().meta({ description: 'count' }),
  rows: z.array(z.strictObject({ at_s: quantity('s', 'when') })).default([]),
  byPlug: z.record(z.string(), z.strictObject({ maxCurrent_A: quantity('A', 'cable') })).optional(),
  points: z.array(z.tuple([z.number().meta({ unit: 'frac' }), z.number()])).optional(),
})

test('every attribute is listed with what wrappers say of it', () => {
  const rows = describeSchema(schema)
  expect(rows.map(({ path, kind, unit, required }) => [path, kind, unit, required])).toEqual([
    ['kind', 'choice', null, false],
    ['power_kW', 'number', 'kW', false],
    ['count', 'number', null, true],
    ['rows', 'list', null, false],
    ['rows[].at_s', 'number', 's', true],
    ['byPlug', 'table', null, false],
    ['byPlug.*.maxCurrent_A', 'number', 'A', true],
    ['points', 'list', null, false],
    ['points[]', 'list', null, true],
    ['points[][0]', 'number', 'frac', true],
    ['points[][1]', 'number', null, true],
  ])
  expect(rows[0]).toMatchObject({ allowed: ['a', 'b'], default: 'a', description: 'kind' })
  expect(rows[1]).toMatchObject({ nullable: true, description: 'power' })
  expect(rows[2]).toMatchObject({ wholeNumber: true })
})

test('units reach the JSON Schema', () => {
  expect(toJsonSchema(schema)).toMatchObject({
    properties: { power_kW: { anyOf: [{ type: 'number', unit: 'kW', minimum: 0 }, { type: 'null' }] } },
    required: ['count'],
  })
})
