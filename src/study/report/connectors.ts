import { type ConnectorResult, type NetworkResult, recordedName } from '../simulate/index.ts'
import { barChart } from './bars.ts'
import type { Context } from './context.ts'
import { energyBars } from './energy-bars.ts'
import { type Html, html, nameOf } from './html.ts'
import { type TableColumn, table } from './table.ts'

type Row = readonly [connector: string, result: ConnectorResult]

function rowsOf({ result }: Context): readonly Row[] {
  return Object.entries(result.byConnector)
    .filter(([, { sessions, energy_kWh }]) => sessions > 0 || energy_kWh > 0)
    .sort(([a, x], [b, y]) => y.energy_kWh - x.energy_kWh || (a < b ? -1 : 1))
}

/** The name people use, of the catalogue or of a recording. */
function connectorWords(id: string, { input, writer }: Context): string {
  return input.site?.catalogue?.connectors.get(id)?.name ?? recordedName(id, writer.language)
}

function columnsOf(total_kWh: number, context: Context): readonly TableColumn<Row>[] {
  const { writer } = context
  return [
    { head: writer.say('report.connectors.connector'), cell: ([id]) => nameOf(connectorWords(id, context)) },
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
    {
      head: writer.say('report.connectors.available'),
      cell: ([, { available_frac }]) => writer.percent(available_frac),
      numeric: true,
    },
  ]
}

type NetworkRow = readonly [network: string, result: NetworkResult]

/** Energy of networks; nothing where there is only one. */
function networksTable({ result, writer }: Context): Html | null {
  const rows = Object.entries(result.byNetwork)
  if (rows.length < 2) return null
  const caption = writer.say('report.networks')
  const total_kWh = rows.reduce((sum, [, { energy_kWh }]) => sum + energy_kWh, 0)
  const name = (network: string): string => (network === 'own' ? writer.say('report.networks.own') : network)
  const numeric = (head: string, value: (row: NetworkResult) => string): TableColumn<NetworkRow> => ({
    head,
    cell: ([, row]) => value(row),
    numeric: true,
  })
  const columns: TableColumn<NetworkRow>[] = [
    { head: writer.say('report.networks.network'), cell: ([network]) => nameOf(name(network)) },
    numeric(writer.say('report.column.sessions'), ({ sessions }) => writer.number(sessions)),
    numeric(writer.say('report.column.energy'), ({ energy_kWh }) => writer.number(energy_kWh, 1)),
    numeric(writer.say('report.column.share'), ({ energy_kWh }) => writer.percent(energy_kWh / total_kWh)),
  ]
  return html`<h3>${caption}</h3>
${table(caption, columns, rows)}`
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
    description: writer.say('report.connectors.description', {
      top: `${connectorWords(top[0], context)}, ${writer.energy(top[1].energy_kWh)}`,
    }),
    bars: energyBars(
      rows.map(([id, { energy_kWh }]) => ({ label: connectorWords(id, context), energy_kWh })),
      writer,
    ),
  })
  const total_kWh = rows.reduce((sum, [, { energy_kWh }]) => sum + energy_kWh, 0)
  return html`<section aria-labelledby="connectors">
${heading}
<figure class="pair"><div>${chart}</div><div>${table(title, columnsOf(total_kWh, context), rows)}</div></figure>
${networksTable(context)}
</section>`
}
