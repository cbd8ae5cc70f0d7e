import { scaleLinear } from 'd3-scale'
import { type Panel, panelOf, timeAxis, valueAxis } from '../axis.ts'
import { columnsOf, type TimeColumn } from '../columns.ts'
import { type Html, html } from '../html.ts'
import { swatch } from '../timeline.ts'
import { powerCurves, vehicleCurves } from '../timeline-chart.ts'
import type { Writer } from '../writer.ts'
import type { ComparisonContext, FirstRun } from './context.ts'

const TITLE_HEIGHT = 26
const POWER_HEIGHT = 150
const VEHICLES_HEIGHT = 80
const GAP = 34
const HUB_HEIGHT = TITLE_HEIGHT + POWER_HEIGHT + GAP + VEHICLES_HEIGHT + GAP

/** A hub's part of the chart. */
interface Strip {
  readonly run: FirstRun
  readonly columns: readonly TimeColumn[]
  readonly power: Panel
  readonly vehicles: Panel
}

/** Strips under each other; all have the same scales, so that heights can be compared. */
function stripsOf({ firstRuns }: ComparisonContext): readonly Strip[] {
  const folded = firstRuns.map(({ context }) => columnsOf(context.result.timeline, context.result.duration_s).columns)
  const highest = (value: (column: TimeColumn) => number): number => Math.max(0, ...folded.flat().map(value))
  const highest_kW = highest((column) => column.highest_kW)
  const most = highest(({ occupied, waiting }) => occupied + waiting)
  return firstRuns.map((run, index) => {
    const top = index * HUB_HEIGHT + TITLE_HEIGHT
    return {
      run,
      columns: folded[index] ?? [],
      power: panelOf(top, POWER_HEIGHT, highest_kW),
      vehicles: panelOf(top + POWER_HEIGHT + GAP, VEHICLES_HEIGHT, most),
    }
  })
}

function stripMarkup({ run, columns, power, vehicles }: Strip): Html {
  const { writer } = run.context
  const name = (code: 'report.timeline.power' | 'report.timeline.vehicles'): string =>
    `${run.hub.label}: ${writer.say(code)}`
  return html`${valueAxis(power, 4, writer)}${valueAxis(vehicles, 3, writer)}
<text class="panel-name" x="0" y="${power.top - 10}">${name('report.timeline.power')}</text>
<text class="panel-name" x="0" y="${vehicles.top - 10}">${name('report.timeline.vehicles')}</text>
${powerCurves(power, columns)}${vehicleCurves(vehicles, columns)}
`
}

function legend(writer: Writer): Html {
  const items = ['mean', 'range', 'occupied', 'waiting'] as const
  return html`<ul class="legend">${items.map((kind) => swatch(kind, writer.say(`report.timeline.${kind}`)))}</ul>`
}

function description({ firstRuns, writer }: ComparisonContext): string {
  const peaks = firstRuns.map(({ hub, context }) => `${hub.label} ${writer.power(context.result.peak15min_kW)}`)
  return writer.say('compare.report.timelinesDescription', { peaks })
}

/** Power and vehicles of the first run of every hub, under each other on one time axis and with the same scales. */
export function timelinesSection(context: ComparisonContext): Html {
  const { writer, firstRuns, input } = context
  const strips = stripsOf(context)
  const calendar = firstRuns[0]?.context.calendar
  const height = strips.length * HUB_HEIGHT
  const panels = strips.flatMap(({ power, vehicles }) => [power, vehicles])
  const axis = calendar
    ? timeAxis(calendar, scaleLinear().domain([calendar.from_ms, calendar.to_ms]).range([0, 100]), panels, height - 12)
    : null
  return html`<section aria-labelledby="timelines">
<h2 id="timelines">${writer.say('report.timeline')}</h2>
<p>${writer.say('compare.report.timelines', { seed: `${input.seed}`, timezone: input.timezone })}</p>
<figure>${legend(writer)}<div class="plot"><svg role="img" aria-labelledby="timelines-title timelines-description" width="100%" height="${height}">
<title id="timelines-title">${writer.say('report.timeline.title')}</title>
<desc id="timelines-description">${description(context)}</desc>
${axis}${strips.map(stripMarkup)}</svg></div></figure>
</section>`
}
