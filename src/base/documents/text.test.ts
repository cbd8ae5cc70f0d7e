import { expect, test } from 'vitest'
import { decodeText, Lines, MAX_DOCUMENT_BYTES } from './text.ts'

const bytes = (...values: number[]) => new Uint8Array(values)
const codeOf = (input: string | Uint8Array) => {
  const decoded = decodeText(input, 'f')
  return 'problem' in decoded ? { ...decoded.problem.params, code: decoded.problem.code, at: decoded.problem.at } : null
}

test('a byte order mark is dropped', () => {
  expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0x61), 'f')).toEqual({ text: 'a' })
  expect(decodeText('\uFEFFa', 'f')).toEqual({ text: 'a' })
})

test('a replacement character that stands in the file is no broken UTF-8', () => {
  expect(decodeText(bytes(0xef, 0xbf, 0xbd, 0x61), 'f')).toEqual({ text: '\uFFFDa' })
})

test('broken UTF-8 is found behind a real replacement character, with byte offset and column', () => {
  expect(codeOf(bytes(0x0a, 0xef, 0xbf, 0xbd, 0xc3, 0x28))).toEqual({
    code: 'document.notUtf8',
    offset: 4,
    at: { file: 'f', line: 2, column: 2 },
  })
})

test('UTF-16 is told as another encoding', () => {
  expect(codeOf(bytes(0xff, 0xfe, 0x61, 0x00))).toMatchObject({ code: 'document.notUtf8', offset: 0 })
})

test('control characters are no text', () => {
  expect(codeOf('ä\u0000')).toEqual({
    code: 'document.binary',
    byte: '0x00',
    offset: 2,
    at: { file: 'f', line: 1, column: 2 },
  })
  expect(codeOf('a\r\n\tb')).toBeNull()
})

test.each(['', ' \n\t\n', '\uFEFF'])('%j is empty', (text) => {
  expect(codeOf(text)).toMatchObject({ code: 'document.empty' })
})

test('what is too large is not decoded', () => {
  expect(codeOf(new Uint8Array(MAX_DOCUMENT_BYTES + 1))).toMatchObject({ code: 'document.tooLarge' })
})

test('lines and columns count from 1, and a line end belongs to its line', () => {
  const lines = new Lines('ab\r\ncd\n')
  expect([0, 1, 3, 4, 6, 7].map((offset) => lines.position(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 1, column: 4 },
    { line: 2, column: 1 },
    { line: 2, column: 3 },
    { line: 3, column: 1 },
  ])
})
