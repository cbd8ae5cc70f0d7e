import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Unreadable } from '../sessions/source.ts'
import { pieces } from '../sessions/test-support.ts'
import { type JsonRecord, jsonRecords } from './records.ts'

async function recordsOf(text: string, piece?: number): Promise<JsonRecord[]> {
  const records: JsonRecord[] = []
  for await (const batch of jsonRecords({ file: 'x', chunks: pieces(text, piece) }, ['data'])) records.push(...batch)
  return records
}

async function valuesOf(text: string, piece?: number): Promise<unknown[]> {
  return (await recordsOf(text, piece)).map(({ value }) => value)
}

async function faultOf(text: string): Promise<string> {
  try {
    await recordsOf(text)
    return 'none'
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return error.problems.map(({ code, at }) => `${at?.line}:${at?.column} ${code}`).join()
  }
}

const value = fc.jsonValue({ maxDepth: 3 })
const record = fc.dictionary(
  fc.string().filter((key) => key !== 'data'),
  value,
)
const piece = fc.integer({ min: 1, max: 9 })

describe('records of a JSON text, cut anywhere, are what a parser of the whole gives', () => {
  it('a list of anything', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value), piece, fc.constantFrom(undefined, 2), async (list, length, indent) => {
        expect(await valuesOf(JSON.stringify(list, null, indent), length)).toEqual(JSON.parse(JSON.stringify(list)))
      }),
    )
  })

  it('pages one behind the other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(record, fc.array(value), record)), piece, async (pages, length) => {
        const text = pages.map(([before, data, after]) => JSON.stringify({ ...before, data, zz: after })).join('\n')
        const expected = JSON.parse(JSON.stringify(pages.flatMap(([, data]) => data)))
        expect(await valuesOf(text, length)).toEqual(expected)
      }),
    )
  })

  it('records a line each', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record), piece, async (records, length) => {
        const text = records.map((one) => JSON.stringify(one)).join('\n')
        expect(await valuesOf(text, length)).toEqual(JSON.parse(JSON.stringify(records)))
      }),
    )
  })
})

describe('places', () => {
  it('are those of the record, with its number in the list', async () => {
    const places = async (text: string) => (await recordsOf(text, 3)).map(({ place }) => place)
    expect(await places('\uFEFF[ {"a": 1},\n   {"b": "]\\"}"} ]')).toEqual([
      { line: 1, column: 4, index: 0 },
      { line: 2, column: 4, index: 1 },
    ])
    expect(await places('{"a":1}\n\n  {"a":2}')).toEqual([
      { line: 1, column: 1 },
      { line: 3, column: 3 },
    ])
  })

  it.each([
    ['[{"a":1},', '1:10 workload.truncated'],
    ['{"data":[{"a":1}]', '1:18 workload.truncated'],
    ['[{"a":1},\n{"a":}]', '2:1 document.syntax'],
    ['[{"a":1},]', '1:10 document.syntax'],
    ['[1,,2]', '1:4 document.syntax'],
    ['[1 2]', '1:2 document.syntax'],
    ['{"data":[1] "x":2}', '1:18 document.syntax'],
    ['{"a":1,}', '1:1 document.syntax'],
    ['start,end\n1,2', '1:1 trace.noRecords'],
    [`["${'x'.repeat(1 << 24)}`, '1:2 trace.recordTooLong'],
  ])('%.20s', async (text, expected) => {
    expect(await faultOf(text)).toBe(expected)
  })
})
