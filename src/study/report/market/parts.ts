import { type Html, html } from '../html.ts'
import { table } from '../table.ts'
import type { Writer } from '../writer.ts'
import { bandFigure } from './band-chart.ts'
import type { MarketReportInput } from './input.ts'

type Row = MarketReportInput['components'][number]

/** Cooled cable and modules with bands: what suppliers ask for. */
function bandFigures({ components, bands }: MarketReportInput, writer: Writer): Html | null {
  if (!bands) return null
  const figures = [
    ['cooledCable', ({ cooledCable_km }: Row) => cooledCable_km],
    ['modules', ({ modules }: Row) => modules],
  ] as const
  return html`<div class="figures">${figures.map(([part, of]) => {
    const name = writer.say(`market.part.${part}`)
    return bandFigure(
      {
        id: `part-${part}`,
        title: writer.say('web.market.aYear', { name }),
        description: writer.say('market.report.partsText'),
        years: components.map(({ year }) => year),
        bands: components.map((row) => ({
          p10: of(row) * (row.low ?? 1),
          p50: of(row),
          p90: of(row) * (row.high ?? 1),
        })),
        write: (value) => writer.number(value, value < 100 ? 1 : 0),
      },
      writer,
    )
  })}</div>`
}

export function partsSection(input: MarketReportInput, writer: Writer): Html {
  const number = (of: (row: Row) => number) => ({ cell: (row: Row) => writer.number(of(row)), numeric: true })
  const columns = [
    { head: writer.say('market.row.year'), cell: ({ year }: Row) => String(year) },
    ...input.powerClasses.map((name, at) => ({ head: name, ...number(({ ports }) => ports[at] ?? 0) })),
    { head: writer.say('market.part.cooledCable'), ...number((row) => row.cooledCable_km) },
    { head: writer.say('market.part.pumps'), ...number((row) => row.pumps) },
    { head: writer.say('market.part.copper'), ...number((row) => row.copper_t) },
    { head: writer.say('market.part.modules'), ...number((row) => row.modules) },
    { head: writer.say('market.part.sicModules'), ...number((row) => row.sicModules) },
    {
      head: writer.say('market.report.partBand'),
      cell: ({ low, high }: Row) =>
        low === null || high === null ? '' : `${writer.number(low, 2)}–${writer.number(high, 2)}`,
      numeric: true,
    },
  ]
  return html`<section aria-labelledby="parts">
<h2 id="parts">${writer.say('market.parts')}</h2>
<p>${writer.say('market.report.partsText')}</p>
${bandFigures(input, writer)}
${table(writer.say('market.parts'), columns, input.components)}
</section>`
}
