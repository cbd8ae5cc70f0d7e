import { scaleLinear } from 'd3-scale'
import { area, curveStepAfter, line } from 'd3-shape'
import type { Code, Parameters } from '../../base/words/index.ts'
import { type Across, type Panel, panelOf, place, timeAxis, valueAxis } from './axis.ts'
import { type Columns, columnsOf, type TimeColumn } from './columns.ts'
import type { Context } from './context.ts'
import { type Fragment, type Html, html } from './html.ts'
import { closedTable, type TableColumn, table } from './table.ts'

const POWER_TOP = 26
const POWER_HEIGHT = 250
const VEHICLES_TOP = POWER_TOP + POWER_HEIGHT + 44
const VEHICLES_HEIGHT = 110
const LABELS_Y = VEHICLES_TOP + VEHICLES_HEIGHT + 20
/** Width of the drawing inside a panel, in its own units; the panel stretches it. */
const INNER_WIDTH = 1000
/** A limit more than this many times the peak would flatten the curve: it is told in words instead. */
const LIMIT_IN_SIGHT = 2.5

/** Power over time and, on the same axis, occupied EVSEs and waiting vehicles. */
export function timelineSection(context: Context): Html {
  const { result, writer } = context
  const folded = columnsOf(result.timeline, result.duration_s)
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">${writer.say('report.timeline')}</h2>
<p>${explanation(context, folded)}</p>
<figure data-columns="${folded.columns.length}" data-length="${result.duration_s / folded.step_s}">
${legend(context, folded)}
<div class="plot">${chart(context, folded.columns)}</div>
<p class="readout" aria-hidden="true"></p>
${valuesTable(context, folded)}
</figure>
</section>`
}

function explanation({ result, writer, calendar }: Context, folded: Columns): string {
  const code = folded.steps === 1 ? 'report.timeline.exact' : 'report.timeline.folded'
  const sentence = writer.say(code, { step: writer.duration(folded.step_s), timezone: calendar.zone.name })
  const { siteLimit_kW } = result
  if (siteLimit_kW === null || limitInSight(result.siteLimit_kW, folded.columns)) return sentence
  return `${sentence} ${writer.say('report.timeline.limitAbove', { limit: writer.power(siteLimit_kW) })}`
}

function highestOf(columns: readonly TimeColumn[]): TimeColumn | null {
  return columns.reduce<TimeColumn | null>((top, next) => (top && top.highest_kW >= next.highest_kW ? top : next), null)
}

function limitInSight(limit_kW: number | null, columns: readonly TimeColumn[]): limit_kW is number {
  const highest_kW = highestOf(columns)?.highest_kW ?? 0
  return limit_kW !== null && (highest_kW <= 0 || limit_kW <= LIMIT_IN_SIGHT * highest_kW)
}

function swatch(kind: string, label: string): Html {
  return html`<li><svg class="swatch ${kind}" width="22" height="12" aria-hidden="true">
<rect class="fill" width="22" height="12"/><line class="stroke" x1="0" x2="22" y1="6" y2="6"/></svg>${label}</li>
`
}

function legend({ result, writer }: Context, { steps, columns }: Columns): Html {
  const items: [string, Code][] = [
    ['mean', 'report.timeline.mean'],
    ...(steps > 1 ? [['range', 'report.timeline.range'] satisfies [string, Code]] : []),
    ['occupied', 'report.timeline.occupied'],
    ['waiting', 'report.timeline.waiting'],
  ]
  const { siteLimit_kW: limit_kW } = result
  const limit = limitInSight(limit_kW, columns)
    ? swatch('limit', writer.say('report.timeline.limit', { limit: writer.power(limit_kW) }))
    : null
  return html`<ul class="legend">${items.map(([kind, code]) => swatch(kind, writer.say(code)))}${limit}</ul>`
}

function chart(context: Context, columns: readonly TimeColumn[]): Html {
  const { result, writer, calendar } = context
  const across = scaleLinear().domain([calendar.from_ms, calendar.to_ms]).range([0, 100])
  const power = powerPanel(result.siteLimit_kW, columns)
  const vehicles = vehiclesPanel(result.byEvse.length, columns)
  return html`<svg role="img" aria-labelledby="timeline-title timeline-description" width="100%" height="${LABELS_Y + 8}">
<title id="timeline-title">${writer.say('report.timeline.title')}</title>
<desc id="timeline-description">${description(context, columns)}</desc>
${valueAxis(power, 5, writer)}${valueAxis(vehicles, 3, writer)}${timeAxis(calendar, across, [power, vehicles], LABELS_Y)}
<text class="panel-name" x="0" y="${POWER_TOP - 12}">${writer.say('report.timeline.power')}</text>
<text class="panel-name" x="0" y="${VEHICLES_TOP - 12}">${writer.say('report.timeline.vehicles')}</text>
${powerCurves(power, columns)}${limitLine(context, power, columns)}
${vehicleCurves(vehicles, columns)}${evsesLine(context, vehicles)}
<line class="cursor" x1="0" x2="0" y1="${POWER_TOP}" y2="${VEHICLES_TOP + VEHICLES_HEIGHT}" visibility="hidden"/>
</svg>`
}

function powerPanel(siteLimit_kW: number | null, columns: readonly TimeColumn[]): Panel {
  const highest_kW = highestOf(columns)?.highest_kW ?? 0
  const limit_kW = limitInSight(siteLimit_kW, columns) ? siteLimit_kW : 0
  return panelOf(POWER_TOP, POWER_HEIGHT, Math.max(highest_kW, limit_kW * 1.08))
}

function vehiclesPanel(evses: number, columns: readonly TimeColumn[]): Panel {
  const mostWaiting = Math.max(0, ...columns.map((column) => column.mostWaiting))
  const mostOccupied = Math.max(0, ...columns.map((column) => column.occupied))
  return panelOf(VEHICLES_TOP, VEHICLES_HEIGHT, Math.max(mostWaiting, evses <= 4 * mostOccupied ? evses : mostOccupied))
}

function description({ result, writer, calendar }: Context, columns: readonly TimeColumn[]): string {
  const top = highestOf(columns)
  const occupied = columns.reduce((sum, { occupied, from_s, to_s }) => sum + occupied * (to_s - from_s), 0)
  return writer.say('report.timeline.description', {
    from: calendar.full(calendar.from_ms),
    to: calendar.full(calendar.to_ms),
    peak: writer.power(top?.highest_kW ?? 0),
    peakAt: calendar.short(calendar.from_ms + (top?.from_s ?? 0) * 1000),
    occupied: writer.number(result.duration_s > 0 ? occupied / result.duration_s : 0, 1),
    evses: writer.number(result.byEvse.length),
    waiting: writer.number(Math.max(0, ...columns.map((column) => column.mostWaiting)), 1),
  })
}

/** A drawing that stretches with the panel; its lines keep their width. */
function drawing({ top, height }: Panel, paths: Fragment): Html {
  return html`<svg x="0" y="${top}" width="100%" height="${height}" viewBox="0 ${top} ${INNER_WIDTH} ${height}" preserveAspectRatio="none">${paths}</svg>
`
}

/** Corners of the steps: each column holds its value until the next begins; the last one is closed. */
function corners(columns: readonly TimeColumn[], valuesOf: (column: TimeColumn) => string): TimeColumn[] {
  const turns = columns.filter((column, index) => {
    const before = columns[index - 1]
    return before === undefined || valuesOf(before) !== valuesOf(column)
  })
  const last = columns.at(-1)
  return last === undefined ? [] : [...turns, { ...last, from_s: last.to_s }]
}

type Value = (column: TimeColumn) => number

function inner(columns: readonly TimeColumn[]): Across {
  return scaleLinear()
    .domain([0, columns.at(-1)?.to_s ?? 1])
    .range([0, INNER_WIDTH])
}

function stepLine(panel: Panel, columns: readonly TimeColumn[], value: Value): string {
  const across = inner(columns)
  const path = line<TimeColumn>()
    .x(({ from_s }) => across(from_s))
    .y((column) => panel.scale(value(column)))
  return path.curve(curveStepAfter).digits(1)(corners(columns, (column) => `${value(column)}`)) ?? ''
}

function stepArea(panel: Panel, columns: readonly TimeColumn[], low: Value, high: Value): string {
  const across = inner(columns)
  const path = area<TimeColumn>()
    .x(({ from_s }) => across(from_s))
    .y0((column) => panel.scale(low(column)))
    .y1((column) => panel.scale(high(column)))
  return path.curve(curveStepAfter).digits(1)(corners(columns, (column) => `${low(column)} ${high(column)}`)) ?? ''
}

function powerCurves(panel: Panel, columns: readonly TimeColumn[]): Html {
  const band = stepArea(
    panel,
    columns,
    ({ lowest_kW }) => lowest_kW,
    ({ highest_kW }) => highest_kW,
  )
  const mean = stepLine(panel, columns, ({ mean_kW }) => mean_kW)
  return drawing(panel, html`<path class="range fill" d="${band}"/><path class="mean stroke" d="${mean}"/>`)
}

function vehicleCurves(panel: Panel, columns: readonly TimeColumn[]): Html {
  const occupied = stepArea(
    panel,
    columns,
    () => 0,
    (column) => column.occupied,
  )
  const waiting = stepLine(panel, columns, ({ mostWaiting }) => mostWaiting)
  return drawing(
    panel,
    html`<path class="occupied fill" d="${occupied}"/><path class="waiting stroke" d="${waiting}"/>`,
  )
}

function limitLine({ result, writer }: Context, panel: Panel, columns: readonly TimeColumn[]): Html | null {
  const { siteLimit_kW: limit_kW } = result
  if (!limitInSight(limit_kW, columns)) return null
  return markedLine(panel, limit_kW, 'limit', writer.say('report.timeline.limit', { limit: writer.power(limit_kW) }))
}

function evsesLine({ result, writer }: Context, panel: Panel): Html | null {
  const count = result.byEvse.length
  if (count > (panel.scale.domain()[1] ?? 0)) return null
  return markedLine(panel, count, 'evses', writer.say('report.timeline.evses', { count: writer.number(count) }))
}

function markedLine(panel: Panel, value: number, kind: string, label: string): Html {
  const y = place(panel.scale(value))
  return html`<line class="${kind} stroke" x1="0" x2="100%" y1="${y}" y2="${y}"/>
<text class="${kind} mark" x="100%" y="${y - 5}" text-anchor="end">${label}</text>`
}

/** Columns of the table behind the chart; without folding lowest and highest are the mean. */
function valueColumns({ writer, calendar }: Context, { steps }: Columns): readonly TableColumn<TimeColumn>[] {
  const numeric = (code: Code, value: Value, params: Parameters = {}): TableColumn<TimeColumn> => ({
    head: writer.say(code, params),
    cell: (column) => writer.number(value(column), 1),
    numeric: true,
  })
  const range = [
    numeric('report.timeline.lowestColumn', ({ lowest_kW }) => lowest_kW),
    numeric('report.timeline.highestColumn', ({ highest_kW }) => highest_kW),
  ]
  return [
    {
      head: writer.say('report.timeline.from'),
      cell: ({ from_s }) => calendar.short(calendar.from_ms + from_s * 1000),
    },
    numeric('report.timeline.meanColumn', ({ mean_kW }) => mean_kW),
    ...(steps > 1 ? range : []),
    numeric('report.timeline.occupiedColumn', ({ occupied }) => occupied),
    numeric('report.timeline.waitingColumn', ({ mostWaiting }) => mostWaiting),
  ]
}

function valuesTable(context: Context, folded: Columns): Html {
  const { writer } = context
  const count = writer.number(folded.columns.length)
  const values = table(writer.say('report.timeline.title'), valueColumns(context, folded), folded.columns)
  return closedTable(writer.say('report.timeline.table', { count }), values)
}
