import { type ScaleLinear, scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { type Panel, place, valueAxis } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { drawing, markedLine } from '../steps.ts'
import { closedTable, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { Curve, CurveChart } from './input.ts'

const TOP = 26
const HEIGHT = 260
const LABELS_Y = TOP + HEIGHT + 20
const NAME_Y = LABELS_Y + 20
const INNER_WIDTH = 1000
const X_TICKS = 8
const Y_TICKS = 6
const SERIES = 5

function extent(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)]
}

function panelOf({ curves, levels }: CurveChart): Panel {
  const values = [...curves.flatMap(({ points }) => points.map(([, y]) => y)), ...levels.map(({ value }) => value)]
  const [low, high] = extent(values)
  const scale = scaleLinear()
    .domain([Math.min(0, low), Math.max(high * 1.06, low + 1)])
    .nice(Y_TICKS)
    .range([TOP + HEIGHT, TOP])
  return { top: TOP, height: HEIGHT, scale }
}

function acrossOf({ curves }: CurveChart): ScaleLinear<number, number> {
  const [from, to] = extent(curves.flatMap(({ points }) => points.map(([x]) => x)))
  return scaleLinear().domain([from, to]).range([0, 100])
}

function xAxis(across: ScaleLinear<number, number>, writer: Writer): Html {
  return html`<g class="axis">${across.ticks(X_TICKS).map((value, index) => {
    const x = `${place(across(value))}%`
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${TOP + HEIGHT}"/>
<text x="${x}" y="${LABELS_Y}" text-anchor="middle"${index % 2 === 1 ? html` class="every-other"` : null}>${writer.number(value)}</text>
`
  })}</g>`
}

function pathOf({ points }: Curve, panel: Panel, across: ScaleLinear<number, number>): string {
  const path = line<readonly [number, number]>()
    .x(([x]) => (across(x) / 100) * INNER_WIDTH)
    .y(([, y]) => panel.scale(y))
    .digits(1)
  return path(points.slice()) ?? ''
}

const seriesOf = (index: number): string => `series-${(index % SERIES) + 1}`

function legend(curves: readonly Curve[]): Html | null {
  if (curves.length < 2) return null
  return html`<ul class="legend">${curves.map(
    (
      { label },
      index,
    ) => html`<li><svg class="swatch" width="28" height="12" aria-hidden="true"><line class="${seriesOf(index)} line" x1="0" x2="28" y1="6" y2="6"/></svg>${label}</li>
`,
  )}</ul>`
}

function valuesOf({ title, table: { summary, heads, rows } }: CurveChart): Html {
  const columns = heads.map((head, at) => ({
    head,
    cell: (row: readonly string[]) => row[at] ?? '',
    numeric: at > 0,
  }))
  return closedTable(summary, table(title, columns, rows))
}

/** Lines over an axis, their levels, and a table of their values behind it. */
export function curveFigure(chart: CurveChart, writer: Writer): Html {
  const panel = panelOf(chart)
  const across = acrossOf(chart)
  const paths = chart.curves.map(
    (curve, index) => html`<path class="${seriesOf(index)} line" d="${pathOf(curve, panel, across)}"/>`,
  )
  return html`<figure>
${legend(chart.curves)}
<div class="plot"><svg role="img" aria-labelledby="${chart.id}-title ${chart.id}-description" width="100%" height="${NAME_Y + 8}">
<title id="${chart.id}-title">${chart.title}</title>
<desc id="${chart.id}-description">${chart.description}</desc>
${valueAxis(panel, Y_TICKS, writer)}${xAxis(across, writer)}
<text class="panel-name" x="0" y="${TOP - 12}">${chart.yLabel}</text>
<text class="panel-name" x="100%" y="${NAME_Y}" text-anchor="end">${chart.xLabel}</text>
${drawing(panel, paths)}
${chart.levels.map(({ value, label }) => markedLine(panel, value, 'limit', label))}
</svg></div>
${valuesOf(chart)}
</figure>`
}
