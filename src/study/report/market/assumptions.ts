import { type Html, html } from '../html.ts'
import { closedTable, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'

/** Rules and adapters of the run, in words, and where the region's facts are from. */
function lines({ one: { region } }: MarketReportInput, writer: Writer): readonly string[] {
  const name = (id: string): string =>
    [...region.connectors, ...region.groups].find((each) => each.id === id)?.name ?? id
  const rules = region.open.rules.map((rule) =>
    writer.say(`market.report.rule.${rule.kind}`, {
      connector: name(rule.connector),
      from: rule.from,
      share: 'share_frac' in rule ? writer.percent(rule.share_frac, 0) : '',
    }),
  )
  const adapters = region.adapters.map(({ group, connector, from, cover_frac }) =>
    writer.say('market.report.adapterLine', {
      ...{ group: name(group), connector: name(connector) },
      ...{ from, cover: writer.percent(cover_frac, 0) },
    }),
  )
  return [...rules, ...adapters, ...region.sources]
}

function parametersTable({ assumptions, one }: MarketReportInput, writer: Writer): Html {
  type Row = (typeof assumptions)[number]
  const columns = [
    { head: writer.say('market.column.parameter'), cell: ({ name }: Row) => name },
    { head: writer.say('market.column.value'), cell: ({ value }: Row) => writer.number(value, 3), numeric: true },
    {
      head: writer.say('market.report.basis'),
      cell: ({ sd }: Row) =>
        sd === null
          ? writer.say('market.report.assumed')
          : writer.say('market.report.fitted', { sd, until: one.calibration.until }),
    },
  ]
  const title = writer.say('market.report.parameters')
  return closedTable(title, table(title, columns, assumptions))
}

/** Every count that was known of the region, with its source and how sure it is. */
function countsTable({ history, sources }: MarketReportInput, writer: Writer): Html | null {
  const rows = history.flatMap(({ id, of, unit, used, points }) =>
    points.map((point) => ({ ...point, series: of === null ? id : `${id} (${of})`, unit, used })),
  )
  if (rows.length === 0) return null
  type Row = (typeof rows)[number]
  const columns = [
    { head: writer.say('market.column.series'), cell: ({ series }: Row) => series },
    { head: writer.say('web.market.date'), cell: ({ date }: Row) => date },
    {
      head: writer.say('market.column.value'),
      cell: ({ value }: Row) => writer.number(value, value < 1 ? 2 : 0),
      numeric: true,
    },
    { head: writer.say('web.market.unit'), cell: ({ unit }: Row) => unit },
    {
      head: writer.say('web.match.confidence'),
      cell: ({ confidence }: Row) => writer.say(`web.market.confidence.${confidence}`),
    },
    {
      head: writer.say('web.market.used'),
      cell: ({ used }: Row) => writer.say(used ? 'web.market.used.yes' : 'web.market.used.no'),
    },
    { head: writer.say('web.market.source'), cell: ({ source }: Row) => sources[source]?.title ?? source },
  ]
  const title = writer.say('web.market.counts', { series: history.length })
  return closedTable(title, table(title, columns, rows))
}

export function assumptionsSection(input: MarketReportInput, writer: Writer): Html {
  return html`<section aria-labelledby="assumptions">
<h2 id="assumptions">${writer.say('market.report.assumptions')}</h2>
<p>${writer.say('market.report.assumptionsText')}</p>
<ul>${lines(input, writer).map((item) => html`<li>${item}</li>`)}</ul>
${parametersTable(input, writer)}
${countsTable(input, writer)}
<pre tabindex="0"><code>${input.command}</code></pre>
</section>`
}
