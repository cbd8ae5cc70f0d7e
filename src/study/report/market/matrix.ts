import type { UseCell, UseRow } from '../../market/index.ts'
import { type Html, html } from '../html.ts'
import { table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'

function cellText({ how, cover_frac }: UseCell, writer: Writer): string {
  const cover = writer.percent(cover_frac, 0)
  if (how === 'native' && cover_frac < 1) return writer.say('web.market.use.further', { cover })
  return writer.say(`web.market.use.${how}`, { cover })
}

/** Which cars can use which plugs, at the beginning, in the middle and at the end. */
export function matrixSection({ one, uses }: MarketReportInput, writer: Writer): Html {
  const shown = [uses[0], uses[Math.floor(uses.length / 2)], uses[uses.length - 1]].filter((year) => year !== undefined)
  const rows = (uses[0]?.rows ?? []).flatMap(({ group }) =>
    shown.flatMap(({ year, rows: all }) => {
      const row = all.find((each) => each.group === group)
      return row ? [{ ...row, year }] : []
    }),
  )
  type Row = UseRow & { readonly year: number }
  const closed = {
    head: writer.say('web.market.closed'),
    cell: ({ closed_frac }: Row) => writer.percent(closed_frac ?? 0, 0),
    numeric: true,
  }
  const columns = [
    { head: writer.say('market.report.group'), cell: ({ name }: Row) => name },
    { head: writer.say('market.row.year'), cell: ({ year }: Row) => String(year), numeric: true },
    ...one.region.connectors.map(({ name }, c) => ({
      head: name,
      cell: ({ cells }: Row) => {
        const cell = cells[c]
        return cell ? cellText(cell, writer) : ''
      },
    })),
    ...(one.region.closed ? [closed] : []),
    { head: writer.say('market.report.native'), cell: ({ native }: Row) => writer.number(native), numeric: true },
    {
      head: writer.say('market.report.adapter'),
      cell: ({ byAdapter }: Row) => writer.number(byAdapter),
      numeric: true,
    },
    {
      head: writer.say('market.report.ofAll'),
      cell: ({ ofAll_frac }: Row) => writer.percent(ofAll_frac, 0),
      numeric: true,
    },
  ]
  return html`<section aria-labelledby="use">
<h2 id="use">${writer.say('market.report.use')}</h2>
${table(writer.say('market.report.use'), columns, rows)}
</section>`
}
