import { scaleLinear } from 'd3-scale'
import { area, line } from 'd3-shape'
import type { Band } from '../../market/index.ts'
import { panelOf, place, valueAxis } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { drawing } from '../steps.ts'
import { closedTable, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import { FIGURE_HEIGHT, HEIGHT, INNER_WIDTH, TOP } from './time-frame.ts'

/** A figure over the years with the limits of the middle 80 of 100 draws. */
export interface BandChart {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly years: readonly number[]
  readonly bands: readonly Band[]
  /** How the table writes a value; the axis has it in these units. */
  readonly write: (value: number) => string
}

function yearLabels(years: readonly number[]): Html {
  const across = scaleLinear()
    .domain([years[0] ?? 0, years[years.length - 1] ?? 1])
    .range([0, 100])
  const ticks = across.ticks(6).filter(Number.isInteger)
  return html`<g class="axis">${ticks.map(
    (year, at) => html`<text x="${place(across(year))}%" y="${TOP + HEIGHT + 20}" text-anchor="middle"${
      at % 2 === 1 ? html` class="every-other"` : null
    }>${year}</text>
`,
  )}</g>`
}

export function bandFigure({ id, title, description, years, bands, write }: BandChart, writer: Writer): Html {
  const panel = panelOf(TOP, HEIGHT, Math.max(...bands.map(({ p90 }) => p90)))
  const x = (_: Band, at: number): number => (at / Math.max(1, years.length - 1)) * INNER_WIDTH
  const range = area<Band>()
    .x(x)
    .y0(({ p10 }) => panel.scale(p10))
    .y1(({ p90 }) => panel.scale(p90))
    .digits(1)
  const middle = line<Band>()
    .x(x)
    .y(({ p50 }) => panel.scale(p50))
    .digits(1)
  const columns = [writer.say('market.row.year'), '10 %', '50 %', '90 %'].map((head, at) => ({
    head,
    cell: (row: readonly string[]) => row[at] ?? '',
    numeric: at > 0,
  }))
  const rows = years.map((year, at) => {
    const band = bands[at]
    return [String(year), ...(band ? [band.p10, band.p50, band.p90].map(write) : [])]
  })
  return html`<figure>
<div class="plot"><svg role="img" aria-labelledby="${id}-title ${id}-description" width="100%" height="${FIGURE_HEIGHT}">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${valueAxis(panel, 5, writer)}${yearLabels(years)}
${drawing(panel, html`<path class="range fill" d="${range([...bands]) ?? ''}"/><path class="series-1 line" d="${middle([...bands]) ?? ''}"/>`)}
<text class="panel-name" x="0" y="${TOP - 14}">${title}</text>
</svg></div>
${closedTable(writer.say('market.report.values'), table(title, columns, rows))}
</figure>`
}
