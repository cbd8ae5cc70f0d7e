import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import { type Panel, panelOf, place, valueAxis } from './axis.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import { drawing, markedLine } from './steps.ts'
import { closedTable, table } from './table.ts'
import { isInSight } from './timeline-chart.ts'

const TOP = 26
const HEIGHT = 200
const LABELS_Y = TOP + HEIGHT + 20
const INNER_WIDTH = 1000
const SHARES = [0, 0.25, 0.5, 0.75, 1]
/** Rows of the table: every level would be too many to read. */
const MOST_ROWS = 20

/** A power and the share of the time during which the hub drew at least it. */
interface Point {
  readonly power_kW: number
  readonly hours_h: number
  readonly share_frac: number
}

function pointsOf({ result }: Context): readonly Point[] {
  const { step_kW, atLeast_h } = result.loadDuration
  const all_h = atLeast_h[0] ?? 0
  const levels = atLeast_h.map((hours_h, level) => ({
    power_kW: level * step_kW,
    hours_h,
    share_frac: hours_h / all_h,
  }))
  return [...levels, { power_kW: result.peak1min_kW, hours_h: 0, share_frac: 0 }]
}

function curve(panel: Panel, points: readonly Point[]): Html {
  const path = line<Point>()
    .x(({ share_frac }) => share_frac * INNER_WIDTH)
    .y(({ power_kW }) => panel.scale(power_kW))
    .digits(1)
  return drawing(panel, html`<path class="mean stroke" d="${path([...points]) ?? ''}"/>`)
}

function shareAxis({ writer }: Context): Html {
  const across = scaleLinear().domain([0, 1]).range([0, 100])
  return html`<g class="axis">${SHARES.map((share_frac) => {
    const x = `${place(across(share_frac))}%`
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${TOP + HEIGHT}"/>
<text x="${x}" y="${LABELS_Y}" text-anchor="middle">${writer.percent(share_frac, 0)}</text>
`
  })}</g>`
}

function half_kW(points: readonly Point[]): number {
  return points.findLast(({ share_frac }) => share_frac >= 0.5)?.power_kW ?? 0
}

/** Power against the share of time during which the hub drew at least that much. */
export function durationFigure(context: Context): Html {
  const { result, writer } = context
  const { siteLimit_kW: limit_kW, peak1min_kW } = result
  const points = pointsOf(context)
  const seen = isInSight(limit_kW, peak1min_kW)
  const panel = panelOf(TOP, HEIGHT, Math.max(peak1min_kW, seen ? limit_kW * 1.08 : 0))
  const limit = seen
    ? markedLine(panel, limit_kW, 'limit', writer.say('report.timeline.limit', { limit: writer.power(limit_kW) }))
    : null
  const description = writer.say('report.duration.description', {
    peak: writer.power(peak1min_kW),
    half: writer.power(half_kW(points)),
  })
  return html`<figure>
<div class="plot"><svg role="img" aria-labelledby="duration-title duration-description" width="100%" height="${LABELS_Y + 8}">
<title id="duration-title">${writer.say('report.duration.title')}</title>
<desc id="duration-description">${description}</desc>
${valueAxis(panel, 4, writer)}${shareAxis(context)}
<text class="panel-name" x="0" y="${TOP - 12}">${writer.say('report.timeline.power')}</text>
${curve(panel, points)}${limit}
</svg></div>
${valuesOf(context, points)}
</figure>`
}

function valuesOf({ writer }: Context, points: readonly Point[]): Html {
  const every = Math.ceil(points.length / MOST_ROWS)
  const rows = points.filter((_, at) => at % every === 0)
  const values = table<Point>(
    writer.say('report.duration.title'),
    [
      { head: writer.say('report.duration.level'), cell: ({ power_kW }) => writer.number(power_kW, 0), numeric: true },
      { head: writer.say('report.duration.hours'), cell: ({ hours_h }) => writer.number(hours_h, 1), numeric: true },
      { head: writer.say('report.column.share'), cell: ({ share_frac }) => writer.percent(share_frac), numeric: true },
    ],
    rows,
  )
  return closedTable(writer.say('report.duration.table'), values)
}
