import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textAt } from './session-columns.ts'
import { TextTable } from './text-table.ts'

describe('a table of texts', () => {
  it('numbers distinct texts as a map does, however many there are', () => {
    const words = fc.array(fc.string({ maxLength: 6, unit: 'grapheme' }), { maxLength: 600 })
    fc.assert(
      fc.property(words, (texts) => {
        const table = new TextTable()
        const known = new Map<string, number>()
        for (const text of texts) {
          if (!known.has(text)) known.set(text, known.size)
          expect(table.add(text)).toBe(known.get(text))
        }
        expect(table.length).toBe(known.size)
        const columns = table.texts()
        for (const [text, number] of known) expect(textAt(columns, number)).toBe(text)
      }),
    )
  })

  it('holds long texts and many', () => {
    const table = new TextTable()
    const long = 'Ladesäule '.repeat(5000)
    expect(table.add(long)).toBe(0)
    for (let number = 1; number < 50_000; number++) expect(table.add(`id ${number}`)).toBe(number)
    expect(table.add(long)).toBe(0)
    const texts = table.texts()
    expect(textAt(texts, 0)).toBe(long)
    expect(textAt(texts, 49_999)).toBe('id 49999')
  })
})
