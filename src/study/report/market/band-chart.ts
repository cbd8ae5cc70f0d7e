import { area, line } from 'd3-shape'
import type { Band } from '../../market/index.ts'
import { panelOf } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { drawing } from '../steps.ts'
import { closedTable, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import { HEIGHT, INNER_WIDTH, TOP, yearAxis } from './stacked.ts'

/** A share over the years with the limits of the middle 80 of 100 draws. */
export interface BandChart {
  readonly title: string
  readonly description: string
  readonly years: readonly number[]
  readonly bands: readonly Band[]
}

export function bandFigure({ title, description, years, bands }: BandChart, writer: Writer): Html {
  const panel = panelOf(TOP, HEIGHT, 100 * Math.max(...bands.map(({ p90 }) => p90)))
  const x = (_: Band, at: number): number => (at / Math.max(1, years.length - 1)) * INNER_WIDTH
  const range = area<Band>()
    .x(x)
    .y0(({ p10 }) => panel.scale(100 * p10))
    .y1(({ p90 }) => panel.scale(100 * p90))
    .digits(1)
  const middle = line<Band>()
    .x(x)
    .y(({ p50 }) => panel.scale(100 * p50))
    .digits(1)
  const ticks = panel.scale.ticks(5).filter(Number.isInteger)
  const columns = [writer.say('market.row.year'), '10 %', '50 %', '90 %'].map((head, at) => ({
    head,
    cell: (row: readonly string[]) => row[at] ?? '',
    numeric: at > 0,
  }))
  const rows = years.map((year, at) => [
    String(year),
    ...[bands[at]?.p10, bands[at]?.p50, bands[at]?.p90].map((share) => writer.percent(share ?? 0)),
  ])
  return html`<figure>
<div class="plot"><svg role="img" aria-labelledby="bands-title bands-description" width="100%" height="${TOP + HEIGHT + 28}">
<title id="bands-title">${title}</title>
<desc id="bands-description">${description}</desc>
<g class="axis">${ticks.map(
    (value) => html`<line class="grid" x1="0" x2="100%" y1="${panel.scale(value)}" y2="${panel.scale(value)}"/>
<text x="-8" y="${panel.scale(value)}" dy=".32em" text-anchor="end">${writer.number(value)}</text>
`,
  )}</g>${yearAxis(years)}
${drawing(panel, html`<path class="range fill" d="${range([...bands]) ?? ''}"/><path class="series-1 line" d="${middle([...bands]) ?? ''}"/>`)}
<text class="panel-name" x="0" y="${TOP - 12}">${title}</text>
</svg></div>
${closedTable(writer.say('market.report.values'), table(title, columns, rows))}
</figure>`
}
