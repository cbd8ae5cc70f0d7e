import { type Fragment, type Html, html } from './html.ts'

/** One column of a table; the first column names the row. */
export interface TableColumn<Row> {
  readonly head: string
  readonly cell: (row: Row) => Fragment
  readonly numeric?: boolean
}

/** Rows beyond which a table is closed until asked for. */
const OPEN_ROWS = 30

function classOf<Row>(column: TableColumn<Row>): Html | null {
  return column.numeric ? html` class="n"` : null
}

function rowOf<Row>(row: Row, columns: readonly TableColumn<Row>[]): Html {
  const cells = columns.map((column, index) =>
    index === 0 ? html`<th scope="row">${column.cell(row)}</th>` : html`<td${classOf(column)}>${column.cell(row)}</td>`,
  )
  return html`<tr>${cells}</tr>
`
}

/** A table that scrolls inside its own frame, also by keyboard. */
export function table<Row>(caption: string, columns: readonly TableColumn<Row>[], rows: readonly Row[]): Html {
  const heads = columns.map((column) => html`<th scope="col"${classOf(column)}>${column.head}</th>`)
  return html`<div class="scroll" role="group" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${heads}</tr></thead>
<tbody>
${rows.map((row) => rowOf(row, columns))}</tbody>
</table></div>`
}

/** A table that is closed until asked for. */
export function closedTable(summary: string, content: Html): Html {
  return html`<details><summary>${summary}</summary>${content}</details>`
}

/** Long tables are closed until asked for, short ones stand open. */
export function closedWhenLong(summary: string, rows: number, content: Html): Html {
  return rows > OPEN_ROWS ? closedTable(summary, content) : content
}
