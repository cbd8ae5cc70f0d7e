import type { Code } from '../../base/words/index.ts'
import { type Columns, columnsOf, type TimeColumn } from './columns.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import type { Value } from './steps.ts'
import { closedTable, type TableColumn, table } from './table.ts'
import { limitInSight, timelineChart } from './timeline-chart.ts'

/** Power over time and, on the same axis, occupied EVSEs and waiting vehicles. */
export function timelineSection(context: Context): Html {
  const { result, writer } = context
  const folded = columnsOf(result.timeline, result.duration_s)
  return html`<section aria-labelledby="timeline">
<h2 id="timeline">${writer.say('report.timeline')}</h2>
<p>${explanation(context, folded)}</p>
<figure data-columns="${folded.columns.length}" data-length="${result.duration_s / folded.step_s}">
${legend(context, folded)}
<div class="plot">${timelineChart(context, folded.columns)}</div>
<p class="readout" aria-hidden="true"></p>
${valuesTable(context, folded)}
</figure>
</section>`
}

function explanation({ result, writer, calendar }: Context, folded: Columns): string {
  const sentence = writer.say('report.timeline.covers', {
    step: writer.duration(folded.step_s),
    timezone: calendar.zone.name,
  })
  const { siteLimit_kW } = result
  if (siteLimit_kW === null || limitInSight(result.siteLimit_kW, folded.columns)) return sentence
  return `${sentence} ${writer.say('report.timeline.limitAbove', { limit: writer.power(siteLimit_kW) })}`
}

/** An entry of a legend. */
export function swatch(kind: string, label: string): Html {
  return html`<li><svg class="swatch ${kind}" width="22" height="12" aria-hidden="true">
<rect class="fill" width="22" height="12"/><line class="stroke" x1="0" x2="22" y1="6" y2="6"/></svg>${label}</li>
`
}

function legend({ result, writer }: Context, { columns }: Columns): Html {
  const items: [string, Code][] = [
    ['mean', 'report.timeline.mean'],
    ['range', 'report.timeline.range'],
    ['occupied', 'report.timeline.occupied'],
    ['waiting', 'report.timeline.waiting'],
  ]
  const { siteLimit_kW: limit_kW } = result
  const limit = limitInSight(limit_kW, columns)
    ? swatch('limit', writer.say('report.timeline.limit', { limit: writer.power(limit_kW) }))
    : null
  return html`<ul class="legend">${items.map(([kind, code]) => swatch(kind, writer.say(code)))}${limit}</ul>`
}

/** Columns of the table behind the chart. */
function valueColumns({ writer, calendar }: Context, { steps }: Columns): readonly TableColumn<TimeColumn>[] {
  const numeric = (code: Code, value: Value): TableColumn<TimeColumn> => ({
    head: writer.say(code),
    cell: (column) => writer.number(value(column), 1),
    numeric: true,
  })
  return [
    {
      head: writer.say('report.timeline.from'),
      cell: ({ from_s }) => calendar.short(calendar.from_ms + from_s * 1000),
    },
    numeric('report.timeline.meanColumn', ({ mean_kW }) => mean_kW),
    numeric('report.timeline.lowestColumn', ({ lowest_kW }) => lowest_kW),
    numeric('report.timeline.highestColumn', ({ highest_kW }) => highest_kW),
    numeric('report.timeline.occupiedColumn', ({ occupied }) => occupied),
    numeric('report.timeline.waitingColumn', ({ waiting }) => waiting),
    ...(steps > 1 ? [numeric('report.timeline.mostWaitingColumn', ({ mostWaiting }) => mostWaiting)] : []),
  ]
}

function valuesTable(context: Context, folded: Columns): Html {
  const { writer } = context
  const count = writer.number(folded.columns.length)
  const values = table(writer.say('report.timeline.title'), valueColumns(context, folded), folded.columns)
  return closedTable(writer.say('report.timeline.table', { count }), values)
}
