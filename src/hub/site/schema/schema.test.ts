import { expect, test } from 'vitest'
import { describeSchema } from '../../../base/documents/index.ts'
import { unitOfName } from '../../../base/units/index.ts'
import { siteFileSchema } from './index.ts'

const own = describeSchema(siteFileSchema).filter(({ path }) => !path.startsWith('catalogue.'))
const isWeight = (path: string) => /^demand\.(profile\.week(day|end)\[\]|season\[\]|fleet\[\]\.weight)$/.test(path)
const name = (path: string) => (path.split('.').at(-1) ?? path).replace(/\[\]$/, '')

test('S1: every number is a quantity whose name ends in its unit, a count, or a weight', () => {
  const numbers = own.filter(({ kind }) => kind === 'number')
  expect(numbers.length).toBeGreaterThan(30)
  const wrong = numbers.filter(({ path, unit, wholeNumber }) => {
    if (wholeNumber || isWeight(path)) return unit !== null
    return unit === null || unitOfName(name(path)) !== unit
  })
  expect(wrong).toEqual([])
})

test('S1: a name that ends in a unit is a number of that unit', () => {
  expect(own.filter(({ path, unit }) => unitOfName(name(path)) !== unit)).toEqual([])
})

test('S1: every key has a description', () => {
  expect(own.filter(({ path, description }) => description === '' && !/[\]*]$/.test(path))).toEqual([])
})
