import { scaleLinear } from 'd3-scale'
import { type Panel, panelOf, timeAxis, valueAxis } from './axis.ts'
import type { TimeColumn } from './columns.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import { drawing, markedLine, stepArea, stepLine } from './steps.ts'

const POWER_TOP = 26
const POWER_HEIGHT = 250
const VEHICLES_TOP = POWER_TOP + POWER_HEIGHT + 44
const VEHICLES_HEIGHT = 110
const LABELS_Y = VEHICLES_TOP + VEHICLES_HEIGHT + 20
/** A limit more than this many times the peak would flatten the curve: it is told in words instead. */
const LIMIT_IN_SIGHT = 2.5
/** The same for the number of EVSEs, which is left out then. */
const EVSES_IN_SIGHT = 4

function highestOf(columns: readonly TimeColumn[]): TimeColumn | null {
  return columns.reduce<TimeColumn | null>((top, next) => (top && top.highest_kW >= next.highest_kW ? top : next), null)
}

/** Whether a limit is drawn: it is set and not far above all power. */
export function isInSight(limit_kW: number | null, highest_kW: number): limit_kW is number {
  return limit_kW !== null && (highest_kW <= 0 || limit_kW <= LIMIT_IN_SIGHT * highest_kW)
}

/** The same for the site limit above the columns of a chart. */
export function limitInSight(limit_kW: number | null, columns: readonly TimeColumn[]): limit_kW is number {
  return isInSight(limit_kW, highestOf(columns)?.highest_kW ?? 0)
}

/** Power above, vehicles below, one time axis. */
export function timelineChart(context: Context, columns: readonly TimeColumn[]): Html {
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
  const most = Math.max(0, ...columns.map(({ occupied, waiting }) => occupied + waiting))
  return panelOf(
    VEHICLES_TOP,
    VEHICLES_HEIGHT,
    most === 0 || evses <= EVSES_IN_SIGHT * most ? Math.max(evses, most) : most,
  )
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

export function powerCurves(panel: Panel, columns: readonly TimeColumn[]): Html {
  const band = stepArea(
    panel,
    columns,
    ({ lowest_kW }) => lowest_kW,
    ({ highest_kW }) => highest_kW,
  )
  const mean = stepLine(panel, columns, ({ mean_kW }) => mean_kW)
  return drawing(panel, html`<path class="range fill" d="${band}"/><path class="mean stroke" d="${mean}"/>`)
}

/** Those waiting stand on top of those plugged in: together, everybody at the hub. */
export function vehicleCurves(panel: Panel, columns: readonly TimeColumn[]): Html {
  const occupied = stepArea(
    panel,
    columns,
    () => 0,
    (column) => column.occupied,
  )
  const waiting = stepArea(
    panel,
    columns,
    (column) => (column.waiting > 0 ? column.occupied : 0),
    (column) => (column.waiting > 0 ? column.occupied + column.waiting : 0),
  )
  return drawing(panel, html`<path class="occupied fill" d="${occupied}"/><path class="waiting fill" d="${waiting}"/>`)
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
