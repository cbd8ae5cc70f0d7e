import Papa from 'papaparse'
import type { Field } from '../../formats/run-tables/index.ts'

/** RFC 4180: lines end with CR LF. A text that a spreadsheet would take for a formula gets an apostrophe. */
const form = { newline: '\r\n', escapeFormulae: true, header: false } as const

/** Rows as lines, each with its end. */
export function csvLines(rows: readonly (readonly Field[])[]): string {
  return rows.length === 0 ? '' : Papa.unparse(rows as Field[][], form) + form.newline
}
