import type { ConnectorResult } from '../simulate/index.ts'
import { barChart } from './bars.ts'
import type { Context } from './context.ts'
import { energyBars } from './energy-bars.ts'
import { type Html, html, nameOf } from './html.ts'
import { type TableColumn, table } from './table.ts'
import type { Writer } from './writer.ts'

type Row = readonly [connector: string, result: ConnectorResult]

function rowsOf({ result }: Context): readonly Row[] {
  return Object.entries(result.byConnector)
    .filter(([, { sessions, energy_kWh }]) => sessions > 0 || energy_kWh > 0)
    .sort(([a, x], [b, y]) => y.energy_kWh - x.energy_kWh || (a < b ? -1 : 1))
}

function columnsOf(total_kWh: number, writer: Writer): readonly TableColumn<Row>[] {
  return [
    { head: writer.say('report.connectors.connector'), cell: ([connector]) => nameOf(connector) },
    {
      head: writer.say('report.column.sessions'),
      cell: ([, { sessions }]) => writer.number(sessions),
      numeric: true,
    },
    {
      head: writer.say('report.column.energy'),
      cell: ([, { energy_kWh }]) => writer.number(energy_kWh, 1),
      numeric: true,
    },
    {
      head: writer.say('report.column.share'),
      cell: ([, { energy_kWh }]) => writer.percent(energy_kWh / total_kWh),
      numeric: true,
    },
    {
      head: writer.say('report.column.perSession'),
      cell: ([, { energy_kWh, sessions }]) => writer.number(energy_kWh / sessions, 1),
      numeric: true,
    },
  ]
}

/** Energy and sessions of each kind of connector. */
export function connectorsSection(context: Context): Html {
  const { writer } = context
  const rows = rowsOf(context)
  const heading = html`<h2 id="connectors">${writer.say('report.connectors')}</h2>`
  const top = rows[0]
  if (top === undefined) {
    return html`<section aria-labelledby="connectors">${heading}
<p class="none">${writer.say('report.connectors.none')}</p></section>`
  }
  const title = writer.say('report.connectors.title')
  const chart = barChart({
    id: 'connector-bars',
    title,
    description: writer.say('report.connectors.description', { top: `${top[0]}, ${writer.energy(top[1].energy_kWh)}` }),
    bars: energyBars(
      rows.map(([label, { energy_kWh }]) => ({ label, energy_kWh })),
      writer,
    ),
  })
  const total_kWh = rows.reduce((sum, [, { energy_kWh }]) => sum + energy_kWh, 0)
  return html`<section aria-labelledby="connectors">
${heading}
<figure class="pair"><div>${chart}</div><div>${table(title, columnsOf(total_kWh, writer), rows)}</div></figure>
</section>`
}
