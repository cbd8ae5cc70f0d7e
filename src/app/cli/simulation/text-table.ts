import { columnsOf, padded } from '../match/answer.ts'

export type Align = 'left' | 'right'

/** Rows of cells under each other, each column as wide as its widest cell; the first row is the head. */
export function textTable(aligns: readonly Align[], rows: readonly (readonly string[])[]): string {
  const widths = aligns.map((_, column) => Math.max(...rows.map((row) => columnsOf(row[column] ?? ''))))
  const cell = (text: string, column: number): string => {
    const width = widths[column] ?? 0
    return aligns[column] === 'left' ? padded(text, width) : ' '.repeat(width - columnsOf(text)) + text
  }
  return rows.map((row) => row.map(cell).join('  ').trimEnd()).join('\n')
}
