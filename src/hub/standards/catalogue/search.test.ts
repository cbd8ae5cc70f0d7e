import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { builtInCatalogue, kinds, resolve, search, suggest } from './index.ts'

const catalogue = builtInCatalogue()
const found = (text: string, kind: 'vehicles' | 'chargers' | 'connectors') =>
  search(catalogue, text, [kind]).map(({ record }) => record.id)

describe('search', () => {
  test('C22 a year narrows vehicles to those sold in it', () => {
    expect(found('ioniq 5', 'vehicles')).toEqual(['hyundai-ioniq5-2021', 'hyundai-ioniq5-2025'])
    expect(found('ioniq 5 2024', 'vehicles')).toEqual(['hyundai-ioniq5-2021'])
    expect(found('ioniq 5 2026', 'vehicles')).toEqual(['hyundai-ioniq5-2025'])
    expect(found('leaf 2010', 'vehicles')).toEqual([])
  })

  test('C22 a record that is still made answers to later years', () => {
    expect(found('gravity 2030', 'vehicles')).toEqual(['lucid-gravity-2025'])
  })

  test('C20 C21 words may be cut short, numbers may not', () => {
    expect(found('hyc', 'chargers')).toEqual(['alp_hyc_1000', 'alp_hyc_350', 'alp_hyc_400', 'alp_hyc_50'])
    expect(found('hyc 10', 'chargers')).toEqual([])
    expect(found('hyperch', 'chargers')).toEqual(['alp_hyc_350'])
  })

  test('C20 separators and case do not matter', () => {
    expect(found('GB/T 2015', 'connectors')).toContain('gbt_dc_2015')
    expect(found('Máçan', 'vehicles')).toEqual(['porsche-macan-2024'])
    expect(found('MODEL3', 'vehicles')).toEqual(['tesla-model-3-lr-2021'])
  })

  test('nothing is found for nothing', () => {
    expect(search(catalogue, '')).toEqual([])
    expect(search(catalogue, ' -/ ')).toEqual([])
  })

  test('C20 a further word never adds a hit', () => {
    const word = fc.constantFrom('ioniq', '5', '2024', 'tesla', 'gb', 'post', 'supercharger', 'v3', 'ccs', 'x')
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 3 }), word, (words, further) => {
        const all = new Set(search(catalogue, words.join(' ')).map(({ kind, record }) => `${kind} ${record.id}`))
        const fewer = search(catalogue, [...words, further].join(' '))
        expect(fewer.every(({ kind, record }) => all.has(`${kind} ${record.id}`))).toBe(true)
      }),
    )
  })
})

describe('resolve', () => {
  test('C24 every id is its record, also in other letters and separators', () => {
    for (const kind of kinds) {
      for (const [id, record] of catalogue[kind]) {
        expect(resolve(catalogue, kind, id)).toEqual({ kind: 'one', record })
        expect(resolve(catalogue, kind, id.toUpperCase().replace(/[-_.]/g, ' '))).toEqual({ kind: 'one', record })
      }
    }
  })

  test('C24 whole words outrank parts of words', () => {
    expect(resolve(catalogue, 'vehicles', 'macan')).toMatchObject({ kind: 'one', record: { id: 'porsche-macan-2024' } })
    expect(resolve(catalogue, 'chargers', 'terra 54')).toMatchObject({ kind: 'one', record: { id: 'abb_terra_54' } })
  })

  test('C23 C24 an ambiguous name gives its candidates', () => {
    const resolved = resolve(catalogue, 'chargers', 'supercharger v3')
    const ids = resolved.kind === 'many' ? resolved.candidates.map(({ id }) => id) : []
    expect(ids).toEqual(['tesla_sc_v3_eu', 'tesla_sc_v3_na', 'tesla_sc_v4post_v3cab'])
  })

  test('C25 a mistyped name gives what it may have meant', () => {
    expect(resolve(catalogue, 'vehicles', 'ionik 5')).toEqual({
      kind: 'none',
      suggestions: ['hyundai-ioniq5-2021', 'hyundai-ioniq5-2025'],
    })
    expect(suggest(catalogue, 'porshe taycan', ['vehicles'])).toEqual(['porsche-taycan-2020', 'porsche-taycan-2025'])
    expect(suggest(catalogue, 'magc_dock', ['adapters'])).toEqual(['magic_dock'])
    expect(resolve(catalogue, 'vehicles', 'zzzzzzzz')).toEqual({ kind: 'none', suggestions: [] })
  })

  test('no text breaks it', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(['one', 'many', 'none']).toContain(resolve(catalogue, 'vehicles', text).kind)
      }),
    )
  })
})
