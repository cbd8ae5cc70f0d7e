import type { Problem } from '../problems/index.ts'
import type { Coded } from '../words/index.ts'

/** The largest document that is read, a few seconds of work. A thousand stations written out in full take a third of it. */
export const MAX_DOCUMENT_BYTES = 1024 * 1024

const encoder = new TextEncoder()

/** Text of a document, or what keeps it from being one. A byte order mark at the start is dropped. */
export type Decoded = { readonly text: string } | { readonly problem: Problem }

/** Decodes bytes as UTF-8 and refuses what is no text: too large, another encoding, control characters, nothing. */
export function decodeText(input: string | Uint8Array, file: string): Decoded {
  const size = input.length
  if (size > MAX_DOCUMENT_BYTES)
    return refuse(file, { code: 'document.tooLarge', params: { size, max: MAX_DOCUMENT_BYTES } })
  const decoded = typeof input === 'string' ? input : new TextDecoder('utf-8', { ignoreBOM: true }).decode(input)
  const text = decoded.replace(/^\uFEFF/, '')
  if (input instanceof Uint8Array) {
    const broken = brokenAt(decoded, input)
    if (broken !== null) return refuse(file, broken.reason, decoded, broken.index)
  }
  const control = text.search(controlCharacter)
  if (control >= 0) return refuse(file, binary(text, control), text, control)
  if (/^\s*$/.test(text)) return refuse(file, { code: 'document.empty', params: {} })
  return { text }
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const controlCharacter = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

function binary(text: string, index: number): Coded {
  const byte = `0x${text.charCodeAt(index).toString(16).padStart(2, '0')}`
  return { code: 'document.binary', params: { byte, offset: encoder.encode(text.slice(0, index)).length } }
}

/** Where bytes are no UTF-8: the decoder put a replacement character there that the bytes do not hold. */
function brokenAt(text: string, bytes: Uint8Array): { readonly reason: Coded; readonly index: number } | null {
  let [index, offset] = [0, 0]
  for (;;) {
    const next = text.indexOf('\uFFFD', index)
    if (next < 0) return null
    offset += encoder.encode(text.slice(index, next)).length
    const real = bytes[offset] === 0xef && bytes[offset + 1] === 0xbf && bytes[offset + 2] === 0xbd
    if (!real) return { reason: { code: 'document.notUtf8', params: { offset } }, index: next }
    ;[index, offset] = [next + 1, offset + 3]
  }
}

function refuse(file: string, coded: Coded, text = '', index = 0): Decoded {
  const at = { file, ...new Lines(text).position(index) }
  return { problem: { severity: 'error', ...coded, at } }
}

/** Line and column of offsets in a text, both from 1; columns count UTF-16 units as editors do. */
export class Lines {
  readonly #starts: readonly number[]

  constructor(text: string) {
    const starts = [0]
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#starts = starts
  }

  position(offset: number): { readonly line: number; readonly column: number } {
    let [low, high] = [0, this.#starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 }
  }
}
