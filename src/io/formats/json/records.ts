import type { Coded } from '../../../base/words/index.ts'
import { type Place, type TextSource, type Unreadable, unreadable } from '../sessions/source.ts'

/** A longer record is none: a bracket was never closed. */
const MAX_RECORD = 1 << 24

/** A record of a JSON text: its value and where it begins. */
export interface JsonRecord {
  readonly value: unknown
  readonly place: Place
}

/** A byte order mark counts as space: it stands before the first value only. */
function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\r' || character === '\t' || character === '\uFEFF'
}

/** Where the cutter is: between values, in a record on its own, in a list of records, behind the list of a page. */
type Mode = 'top' | 'object' | 'list' | 'tail'

/**
 * Cuts records out of a JSON text that comes in pieces, so that a file of any size can be read: a list of records, an
 * object that holds the list under one of some keys (a page), records one behind the other (JSON lines), or any of
 * these one behind the other. It looks at brackets and quotes only; what it cuts out is parsed strictly.
 */
class RecordCutter {
  readonly #file: string
  readonly #listKeys: readonly string[]
  #records: JsonRecord[] = []
  #mode: Mode = 'top'
  /** Text that is not done with, how far it was looked at, and where what is being cut out begins in it. */
  #text = ''
  #at = 0
  #start = 0
  #place: Place | null = null
  #depth = 0
  #inString = false
  #escaped = false
  /** Last string at the top of an object, and the key whose value is next. */
  #string: readonly [from: number, to: number] = [0, 0]
  #key = ''
  /** Text of a page up to its list; null: the list stands alone. */
  #head: string | null = null
  #index = 0
  #isAfterComma = false
  #line = 1
  #lineStart = 0

  constructor(file: string, listKeys: readonly string[]) {
    this.#file = file
    this.#listKeys = listKeys
  }

  /** Records that are complete with this piece. */
  push(piece: string): JsonRecord[] {
    this.#records = []
    this.#text += piece
    for (; this.#at < this.#text.length; this.#at++) this.#step(this.#text[this.#at] as string)
    if (this.#mode === 'top') this.#start = this.#at
    this.#forget(this.#start)
    if (this.#text.length <= MAX_RECORD) return this.#records
    throw this.#fault({ code: 'trace.recordTooLong', params: { max: MAX_RECORD } }, this.#place ?? this.#here)
  }

  end(): void {
    if (this.#mode !== 'top') throw this.#fault({ code: 'workload.truncated', params: {} }, this.#here)
  }

  get #here(): Place {
    return { line: this.#line, column: this.#at - this.#lineStart + 1 }
  }

  #fault(reason: Coded, place: Place): Unreadable {
    return unreadable(this.#file, reason, place)
  }

  /** Drops the text before an offset. */
  #forget(offset: number): void {
    this.#text = this.#text.slice(offset)
    this.#at -= offset
    this.#start -= offset
    this.#lineStart -= offset
    this.#string = [this.#string[0] - offset, this.#string[1] - offset]
  }

  #step(character: string): void {
    if (character === '\n') {
      this.#line += 1
      this.#lineStart = this.#at + 1
    }
    if (this.#inString) this.#inText(character)
    else if (!isSpace(character)) this.#outside(character)
  }

  #inText(character: string): void {
    if (this.#escaped) this.#escaped = false
    else if (character === '\\') this.#escaped = true
    else if (character === '"') {
      this.#inString = false
      if (this.#depth === 1) this.#string = [this.#string[0], this.#at + 1]
    }
  }

  #outside(character: string): void {
    const ends = this.#mode === 'list' && this.#depth === 0 && (character === ',' || character === ']')
    if (this.#mode === 'top') this.#open(character)
    else if (ends) this.#endElement(character)
    else this.#inside(character)
  }

  #inside(character: string): void {
    this.#place ??= this.#here
    if (this.#mode === 'object' && this.#depth === 1 && this.#enterList(character)) return
    if (character === '"') {
      this.#inString = true
      if (this.#depth === 1) this.#string = [this.#at, this.#at]
    } else if (character === '{' || character === '[') this.#depth += 1
    else if (character === '}' || character === ']') this.#close()
  }

  /** A value at the top begins. */
  #open(character: string): void {
    this.#place = this.#here
    this.#key = ''
    if (character === '{') {
      this.#mode = 'object'
      this.#start = this.#at
      this.#depth = 1
    } else if (character === '[') this.#beginList(null)
    else throw this.#fault({ code: 'trace.noRecords', params: { found: character } }, this.#here)
  }

  #beginList(head: string | null): void {
    this.#mode = 'list'
    this.#head = head
    this.#start = this.#at + 1
    this.#depth = 0
    this.#place = null
  }

  /** At the top of an object: follows its keys; true when the list of records begins here. */
  #enterList(character: string): boolean {
    if (character === ':') this.#key = this.#text.slice(this.#string[0] + 1, this.#string[1] - 1)
    else if (character === ',') this.#key = ''
    const begins = character === '[' && this.#listKeys.includes(this.#key)
    if (begins) this.#beginList(this.#text.slice(this.#start, this.#at + 1))
    return begins
  }

  #endElement(character: string): void {
    const text = this.#text.slice(this.#start, this.#at)
    const isEmptyList = character === ']' && this.#place === null && !this.#isAfterComma
    if (!isEmptyList) this.#emit(text, this.#index++)
    this.#start = this.#at + 1
    this.#place = null
    this.#isAfterComma = character === ','
    if (this.#isAfterComma) return
    this.#mode = this.#head === null ? 'top' : 'tail'
    this.#depth = 1
  }

  /** A bracket closes: maybe the record or the page. */
  #close(): void {
    this.#depth -= 1
    if (this.#depth > 0 || this.#mode === 'list') return
    const text = this.#text.slice(this.#start, this.#at + 1)
    if (this.#mode === 'tail') this.#parse(`${this.#head}]${text}`, this.#here)
    else this.#emit(text, null)
    this.#mode = 'top'
    this.#place = null
  }

  #emit(text: string, index: number | null): void {
    const place = this.#place ?? this.#here
    const value = this.#parse(text, place)
    this.#records.push({ value, place: index === null ? place : { ...place, index } })
  }

  #parse(text: string, place: Place): unknown {
    try {
      return JSON.parse(text)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      const detail = message.replace(/ (in JSON )?at position .*$/s, '').slice(0, 80)
      throw this.#fault({ code: 'document.syntax', params: { detail } }, place)
    }
  }
}

/** Records of a JSON text, in batches as it comes. */
export async function* jsonRecords(
  { file, chunks }: TextSource,
  listKeys: readonly string[],
): AsyncGenerator<readonly JsonRecord[]> {
  const cutter = new RecordCutter(file, listKeys)
  for await (const piece of chunks) yield cutter.push(piece)
  cutter.end()
}
