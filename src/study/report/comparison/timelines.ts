import { scaleLinear } from 'd3-scale'
import { type Panel, panelOf, timeAxis, valueAxis } from '../axis.ts'
import { columnsOf, type TimeColumn } from '../columns.ts'
import { type Html, html } from '../html.ts'
import { swatch } from '../timeline.ts'
import { powerCurves, vehicleCurves } from '../timeline-chart.ts'
import type { Writer } from '../writer.ts'
import type { ComparisonContext, FirstRun } from './context.ts'

const POWER_TOP = 26
const POWER_HEIGHT = 150
const VEHICLES_TOP = POWER_TOP + POWER_HEIGHT + 34
const VEHICLES_HEIGHT = 80
const LABELS_Y = VEHICLES_TOP + VEHICLES_HEIGHT + 20

/** Panels of every hub: the same scales, so that heights can be compared. */
interface Panels {
  readonly power: Panel
  readonly vehicles: Panel
}

interface Strip extends FirstRun {
  readonly columns: readonly TimeColumn[]
}

function stripsOf({ firstRuns }: ComparisonContext): readonly Strip[] {
  return firstRuns.map(({ hub, context }) => {
    const { timeline, duration_s } = context.result
    return { hub, context, columns: columnsOf(timeline, duration_s).columns }
  })
}

function panelsOf(strips: readonly Strip[]): Panels {
  const highest = (value: (column: TimeColumn) => number): number =>
    strips.flatMap(({ columns }) => columns).reduce((most, column) => Math.max(most, value(column)), 0)
  const most = highest(({ occupied, waiting }) => occupied + waiting)
  return {
    power: panelOf(
      POWER_TOP,
      POWER_HEIGHT,
      highest(({ highest_kW }) => highest_kW),
    ),
    vehicles: panelOf(VEHICLES_TOP, VEHICLES_HEIGHT, most),
  }
}

function stripMarkup({ hub, context, columns }: Strip, { power, vehicles }: Panels): Html {
  const { writer, calendar, result } = context
  const id = `timeline-${hub.label}`
  const across = scaleLinear().domain([calendar.from_ms, calendar.to_ms]).range([0, 100])
  const peak = writer.power(result.peak15min_kW)
  return html`<div class="plot"><svg role="img" aria-labelledby="${id}-title ${id}-description" width="100%" height="${LABELS_Y + 16}">
<title id="${id}-title">${hub.label}: ${writer.say('report.timeline.title')}</title>
<desc id="${id}-description">${writer.say('compare.report.timelineDescription', { peak })}</desc>
${valueAxis(power, 4, writer)}${valueAxis(vehicles, 3, writer)}${timeAxis(calendar, across, [power, vehicles], LABELS_Y)}
<text class="panel-name" x="0" y="${POWER_TOP - 10}">${hub.label}: ${writer.say('report.timeline.power')}</text>
<text class="panel-name" x="0" y="${VEHICLES_TOP - 10}">${hub.label}: ${writer.say('report.timeline.vehicles')}</text>
${powerCurves(power, columns)}${vehicleCurves(vehicles, columns)}
</svg></div>
`
}

function legend(writer: Writer): Html {
  const items = ['mean', 'range', 'occupied', 'waiting'] as const
  return html`<ul class="legend">${items.map((kind) => swatch(kind, writer.say(`report.timeline.${kind}`)))}</ul>`
}

/** Power and vehicles of the first run of every hub, above each other, with the same scales. */
export function timelinesSection(context: ComparisonContext): Html {
  const { writer, input } = context
  const strips = stripsOf(context)
  const panels = panelsOf(strips)
  return html`<section aria-labelledby="timelines">
<h2 id="timelines">${writer.say('report.timeline')}</h2>
<p>${writer.say('compare.report.timelines', { seed: `${input.seed}`, timezone: input.timezone })}</p>
<figure>${legend(writer)}
${strips.map((strip) => stripMarkup(strip, panels))}</figure>
</section>`
}
