import { area } from 'd3-shape'
import type { Band } from '../../market/index.ts'
import { panelOf, valueAxis } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { drawing } from '../steps.ts'
import { closedTable, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'
import { acrossOf, FIGURE_HEIGHT, HEIGHT, INNER_WIDTH, TOP, timeFrame, timeMarks, yearAxis } from './time-frame.ts'

/** Shares over the years, one over the other up to 100 %. */
export interface StackedChart {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly layers: readonly StackedLayer[]
  /** Cells of the table behind: one row a year, one cell a layer. */
  readonly cells: readonly (readonly string[])[]
}

/** One share, year by year; bands are null before the forecast and without draws. */
export interface StackedLayer {
  readonly label: string
  /** Class of its colour: that of its connector. */
  readonly look: string
  readonly share_frac: readonly number[]
  readonly bands?: readonly (Band | null)[]
}

interface Edge {
  readonly x: number
  readonly low: number
  readonly high: number
}

/** Shares in percent on those below them. */
function below(layers: readonly StackedLayer[], layer: number, at: number): number {
  return layers.slice(0, layer).reduce((sum, { share_frac }) => sum + 100 * (share_frac[at] ?? 0), 0)
}

/** The chart with its legend and, behind it, the table of its values. */
export function stackedFigure(chart: StackedChart, input: MarketReportInput, writer: Writer): Html {
  const frame = timeFrame(input)
  const panel = panelOf(TOP, HEIGHT, 100)
  const across = acrossOf(frame)
  const { layers } = chart
  const shape = area<Edge>()
    .x(({ x }) => x)
    .y0(({ low }) => panel.scale(low))
    .y1(({ high }) => panel.scale(Math.min(100, high)))
    .digits(1)
  const xAt = (at: number): number => (across((frame.years[at]?.year ?? 0) + 1) / 100) * INNER_WIDTH
  const paths = layers.map(({ share_frac, look }, layer) => {
    const edges = share_frac.map((share, at) => {
      const low = below(layers, layer, at)
      return { x: xAt(at), low, high: low + 100 * share }
    })
    return html`<path class="${look}" d="${shape(edges) ?? ''}"/>`
  })
  const bands = layers.slice(0, -1).flatMap(({ bands: known = [] }, layer) => {
    const edges = known.flatMap((band, at): Edge[] => {
      const low = below(layers, layer, at)
      return band ? [{ x: xAt(at), low: low + 100 * band.p10, high: low + 100 * band.p90 }] : []
    })
    return edges.length > 1 ? [html`<path class="edge" d="${shape(edges) ?? ''}"/>`] : []
  })
  const rows = frame.years.map(({ year }, at) => [String(year), ...(chart.cells[at] ?? [])])
  const columns = ['', ...layers.map(({ label }) => label)].map((head, at) => ({
    head: at === 0 ? writer.say('market.row.year') : head,
    cell: (row: readonly string[]) => row[at] ?? '',
    numeric: at > 0,
  }))
  return html`<figure>
${legend(layers)}
<div class="plot"><svg role="img" aria-labelledby="${chart.id}-title ${chart.id}-description" width="100%" height="${FIGURE_HEIGHT}">
<title id="${chart.id}-title">${chart.title}</title>
<desc id="${chart.id}-description">${chart.description}</desc>
${drawing(panel, [...paths, ...bands])}${valueAxis(panel, 5, writer)}${yearAxis(frame)}${timeMarks(input, frame, writer)}
<text class="panel-name" x="0" y="12">${chart.title}, %</text>
</svg></div>
${closedTable(writer.say('market.report.values'), table(chart.title, columns, rows))}
</figure>`
}

function legend(layers: readonly StackedLayer[]): Html {
  return html`<ul class="legend">${layers.map(
    ({ label, look }) =>
      html`<li><svg class="swatch" width="14" height="12" aria-hidden="true"><rect class="${look}" width="14" height="12"/></svg>${label}</li>
`,
  )}</ul>`
}
