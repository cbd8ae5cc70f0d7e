import { scaleLinear } from 'd3-scale'
import { makersOf } from '../../market/index.ts'
import { place } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'

const ROW = 22
const TOP = 30
const LABEL = 24

/** Makers on a line of time by the day they committed, and what half-way would be without each. */
export function dominoSection(input: MarketReportInput, writer: Writer): Html | null {
  const { one, tipping } = input
  const makers = makersOf(one)
  if (makers.length === 0) return null
  const known = makers.flatMap(({ committed_yr }) => committed_yr ?? [])
  const from = Math.floor(Math.min(...known, one.state.from_yr - 1))
  const to = Math.ceil(Math.max(...known, one.state.from_yr))
  const across = scaleLinear().domain([from, to]).range([LABEL, 98])
  const rows = [...makers].sort((a, b) => (a.committed_yr ?? 9999) - (b.committed_yr ?? 9999))
  const height = TOP + rows.length * ROW + 8
  const ticks = across.ticks(6)
  const strip = html`<figure><div class="plot"><svg role="img" aria-labelledby="domino-title domino-description" width="100%" height="${height}">
<title id="domino-title">${writer.say('market.report.domino')}</title>
<desc id="domino-description">${writer.say('market.report.dominoText')}</desc>
<g class="axis">${ticks.map(
    (
      year,
    ) => html`<line class="grid" x1="${place(across(year))}%" x2="${place(across(year))}%" y1="${TOP - 8}" y2="${height - 8}"/>
<text x="${place(across(year))}%" y="14" text-anchor="middle">${Number(year.toFixed(2))}</text>
`,
  )}</g>
${rows.map(({ id, weight, committed_yr }, at) => {
  const y = TOP + at * ROW + ROW / 2
  const mark =
    committed_yr === null
      ? html`<text x="${LABEL}%" y="${y + 4}">${writer.say('market.report.notCommitted')}</text>`
      : html`<circle class="layer-1" cx="${place(across(committed_yr))}%" cy="${y}" r="${place(3 + 14 * Math.sqrt(weight))}"/>`
  return html`<text x="0" y="${y + 4}">${id}</text>${mark}
`
})}
</svg></div></figure>`
  const later = (value: number | null): string =>
    value === null ? writer.say('market.report.never') : writer.number(value * 12, 1)
  const columns = [
    { head: writer.say('market.report.maker'), cell: ({ maker }: (typeof tipping.movers)[number]) => maker },
    {
      head: writer.say('market.report.monthsLater'),
      cell: (row: (typeof tipping.movers)[number]) => later(row.later_yr),
      numeric: true,
    },
  ]
  return html`<section aria-labelledby="domino">
<h2 id="domino">${writer.say('market.report.domino')}</h2>
<p>${writer.say('market.report.dominoText')}</p>
${strip}
${tipping.movers.length > 0 ? table(writer.say('market.report.movers'), columns, tipping.movers) : null}
</section>`
}
