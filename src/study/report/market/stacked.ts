import { scaleLinear } from 'd3-scale'
import { area } from 'd3-shape'
import { panelOf, place, valueAxis } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { drawing } from '../steps.ts'
import { closedTable, table } from '../table.ts'
import type { Writer } from '../writer.ts'

export const INNER_WIDTH = 1000
export const TOP = 26
export const HEIGHT = 240
const X_TICKS = 6

/** Shares over the years, one over the other up to 100 %. */
export interface StackedChart {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly years: readonly number[]
  readonly layers: readonly { readonly label: string; readonly share_frac: readonly number[] }[]
  /** Cells of the table behind: one row a year, one cell a layer. */
  readonly cells: readonly (readonly string[])[]
}

/** Upright lines and the years below them. */
export function yearAxis(years: readonly number[]): Html {
  const across = scaleLinear()
    .domain([years[0] ?? 0, years[years.length - 1] ?? 1])
    .range([0, 100])
  return html`<g class="axis">${across
    .ticks(X_TICKS)
    .filter(Number.isInteger)
    .map((year, at) => {
      const x = `${place(across(year))}%`
      return html`<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${TOP + HEIGHT}"/>
<text x="${x}" y="${TOP + HEIGHT + 20}" text-anchor="middle"${at % 2 === 1 ? html` class="every-other"` : null}>${year}</text>
`
    })}</g>`
}

interface Edge {
  readonly at: number
  readonly low: number
  readonly high: number
}

function edges({ years, layers }: StackedChart, layer: number): readonly Edge[] {
  return years.map((_, at) => {
    const low = layers.slice(0, layer).reduce((sum, { share_frac }) => sum + (share_frac[at] ?? 0), 0)
    return { at, low: 100 * low, high: 100 * (low + (layers[layer]?.share_frac[at] ?? 0)) }
  })
}

/** The chart with its legend and, behind it, the table of its values. */
export function stackedFigure(chart: StackedChart, writer: Writer): Html {
  const panel = panelOf(TOP, HEIGHT, 100)
  const shape = area<Edge>()
    .x(({ at }) => (at / Math.max(1, chart.years.length - 1)) * INNER_WIDTH)
    .y0(({ low }) => panel.scale(low))
    .y1(({ high }) => panel.scale(high))
    .digits(1)
  const paths = chart.layers.map(
    (_, layer) => html`<path class="layer-${layer + 1}" d="${shape([...edges(chart, layer)]) ?? ''}"/>`,
  )
  const rows = chart.years.map((year, at) => [String(year), ...(chart.cells[at] ?? [])])
  const columns = ['', ...chart.layers.map(({ label }) => label)].map((head, at) => ({
    head: at === 0 ? writer.say('market.row.year') : head,
    cell: (row: readonly string[]) => row[at] ?? '',
    numeric: at > 0,
  }))
  return html`<figure>
<ul class="legend">${chart.layers.map(
    ({ label }, layer) =>
      html`<li><svg class="swatch" width="14" height="12" aria-hidden="true"><rect class="layer-${layer + 1}" width="14" height="12"/></svg>${label}</li>
`,
  )}</ul>
<div class="plot"><svg role="img" aria-labelledby="${chart.id}-title ${chart.id}-description" width="100%" height="${TOP + HEIGHT + 28}">
<title id="${chart.id}-title">${chart.title}</title>
<desc id="${chart.id}-description">${chart.description}</desc>
${drawing(panel, paths)}${valueAxis(panel, 5, writer)}${yearAxis(chart.years)}
<text class="panel-name" x="0" y="${TOP - 12}">${chart.title}, %</text>
</svg></div>
${closedTable(writer.say('market.report.values'), table(chart.title, columns, rows))}
</figure>`
}
