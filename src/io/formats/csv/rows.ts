import Papa from 'papaparse'
import { type TextSource, unreadable } from '../sessions/source.ts'

/** A longer row is none: a quote was never closed. */
const MAX_ROW = 1 << 20
const delimiters = [',', ';', '\t', '|'] as const
const QUOTE = '"'

/** A row of a CSV file. */
export interface CsvRow {
  readonly cells: readonly string[]
  /** Line it begins in, from 1. */
  readonly line: number
  /** Quotes inside it are not closed, or stand in the middle of a value. */
  readonly broken: boolean
}

/** The part of Papa Parse's parser that is used: what it found, where it is broken, how far it came. */
interface Parsed {
  readonly data: readonly (readonly string[])[]
  readonly errors: readonly { readonly type: string; readonly row?: number }[]
  readonly meta: { readonly cursor: number }
}

/** The delimiter that cuts a header into most cells. */
function guessDelimiter(header: string): string {
  const unquoted = header.replace(/"[^"]*"/g, '')
  const counts = delimiters.map((delimiter) => unquoted.split(delimiter).length)
  return delimiters[counts.indexOf(Math.max(...counts))] ?? ','
}

/** Cuts text that comes in pieces into rows. */
class RowCutter {
  readonly #file: string
  #delimiter: string | undefined
  #parser: Papa.Parser | null = null
  #rest = ''
  #line = 1
  #isFirst = true

  constructor(file: string, delimiter: string | undefined) {
    this.#file = file
    this.#delimiter = delimiter
  }

  /** Rows that are complete with this piece. */
  push(piece: string): CsvRow[] {
    this.#rest += this.#isFirst ? piece.replace(/^\uFEFF/, '') : piece
    if (piece !== '') this.#isFirst = false
    // A carriage return at the end may be half of a line end.
    const cut = this.#rest.endsWith('\r') ? this.#rest.length - 1 : this.#rest.length
    if (!/[\r\n]/.test(this.#rest.slice(0, cut))) return this.#guard([])
    const held = this.#rest.slice(cut)
    return this.#guard(this.#parse(this.#rest.slice(0, cut), held))
  }

  /** The rest as the last rows. */
  end(): CsvRow[] {
    return this.#rest === '' ? [] : this.#parse(this.#rest, null)
  }

  /** `held`: what follows this text, null at the end of the file. */
  #parse(piece: string, held: string | null): CsvRow[] {
    const text = piece.replace(/\r\n?/g, '\n')
    const control = text.indexOf('\u0000')
    if (control >= 0)
      throw unreadable(this.#file, { code: 'document.binary', params: { byte: '0x00', offset: control } })
    const { data, errors, meta }: Parsed = this.#parserFor(text).parse(text, 0, held !== null)
    this.#rest = held === null ? '' : text.slice(meta.cursor) + held
    const broken = new Set(errors.filter(({ type }) => type === 'Quotes').map(({ row }) => row))
    const quoted = text.includes(QUOTE)
    return data.map((cells, index) => {
      const line = this.#line
      this.#line += 1 + (quoted ? lineEnds(cells) : 0)
      return { cells, line, broken: broken.has(index) }
    })
  }

  #parserFor(text: string): Papa.Parser {
    if (this.#parser) return this.#parser
    this.#delimiter ??= guessDelimiter(text.slice(0, text.search(/\n|$/)))
    this.#parser = new Papa.Parser({ delimiter: this.#delimiter, newline: '\n' })
    return this.#parser
  }

  #guard(rows: CsvRow[]): CsvRow[] {
    if (this.#rest.length <= MAX_ROW) return rows
    throw unreadable(
      this.#file,
      { code: 'trace.rowTooLong', params: { max: MAX_ROW } },
      { line: this.#line, column: 1 },
    )
  }
}

function lineEnds(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0)
}

/** Rows of a CSV text, in batches as it comes; blank lines are left out, any line end and a byte order mark are fine. */
export async function* csvRows({ file, chunks }: TextSource, delimiter?: string): AsyncGenerator<readonly CsvRow[]> {
  const cutter = new RowCutter(file, delimiter)
  const filled = (rows: readonly CsvRow[]): readonly CsvRow[] =>
    rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
  for await (const piece of chunks) yield filled(cutter.push(piece))
  yield filled(cutter.end())
}
