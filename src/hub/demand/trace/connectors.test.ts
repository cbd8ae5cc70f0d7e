import { expect, it } from 'vitest'
import { builtInCatalogue } from '../../standards/index.ts'
import { connectorsNamed } from './connectors.ts'

it.each([
  ['ccs1', ['ccs1']],
  ['IEC_62196_T2_COMBO', ['ccs2']],
  ['cCCS1', ['ccs1']],
  ['J1772 Combo', ['ccs1']],
  ['J1772', ['type1']],
  ['CHAdeMO', ['chademo']],
  ['CCS', ['ccs1', 'ccs2']],
  ['GB/T', ['gbt_ac', 'gbt_dc_2015', 'gbt_dc_2023']],
  ['Tesla', ['nacs', 'tesla_s', 'type2_tesla_dc']],
  ['a socket', []],
  ['', []],
])('%s', (name, expected) => {
  const found = [...connectorsNamed(name, builtInCatalogue())].sort()
  expect(found).toEqual(expect.arrayContaining(expected))
  if (expected.length < 2) expect(found).toEqual(expected)
})
