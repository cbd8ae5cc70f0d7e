import { describe, expect, test } from 'vitest'
import { describeSchema } from '../../../base/documents/index.ts'
import { unitOfName } from '../../../base/units/index.ts'
import { recordSchemas } from '../records/index.ts'

const attributes = Object.entries(recordSchemas).flatMap(([kind, schema]) =>
  describeSchema(schema).map((attribute) => ({ ...attribute, at: `${kind}.${attribute.path}` })),
)
const numbers = attributes.filter(({ kind }) => kind === 'number')
/** Name of an attribute; items of a list have that of the list. */
const nameOf = (path: string) =>
  path
    .replace(/(\[\d*\])+$/, '')
    .split('.')
    .at(-1) ?? ''

describe('every attribute', () => {
  test('is seen', () => {
    expect(attributes.length).toBeGreaterThan(200)
    expect(numbers.length).toBeGreaterThan(60)
  })

  test('is described, the items of a list with the list', () => {
    const silent = attributes.filter(({ description, path }) => description === '' && !path.endsWith('[]'))
    expect(silent.map(({ at }) => at)).toEqual([])
  })

  test('C13 that is a number has a unit or is a count', () => {
    expect(numbers.filter(({ unit, wholeNumber }) => unit === null && !wholeNumber).map(({ at }) => at)).toEqual([])
  })

  test('C13 has the unit its name ends in', () => {
    const points = /^curves\.points/
    const wrong = attributes.filter(({ at, path, unit }) => !points.test(at) && unitOfName(nameOf(path)) !== unit)
    expect(wrong.map(({ at, unit }) => `${at}: ${unit}`)).toEqual([])
  })

  test('C12 is required or stands for nothing when left out', () => {
    const empty = (value: unknown) =>
      value === null ||
      value === '' ||
      value === false ||
      (typeof value === 'object' && Object.keys(value).length === 0)
    // one of a thing is the plain case of counts; a record is a product unless it says otherwise
    const plain = new Set(['usedTogether', 'live', 'gunsPerVehicle', 'status'])
    const filled = attributes.filter(
      ({ required, default: value, path }) => !required && !empty(value) && !plain.has(nameOf(path)),
    )
    expect(filled.map(({ at }) => at)).toEqual([])
  })
})
