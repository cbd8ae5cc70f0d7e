import { attachShare, type PlannerRow, siteSizes } from '../../market/index.ts'
import { type Html, html } from '../html.ts'
import { table } from '../table.ts'
import { none, type Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'

/** What a planner takes from it: cables to fit by size of site, and the years each pays. */
export function plannersSection(input: MarketReportInput, writer: Writer): Html {
  const { one, switches, planners } = input
  const columns = [
    { head: writer.say('market.report.connector'), cell: ({ name }: PlannerRow) => name },
    { head: writer.say('market.row.year'), cell: ({ year }: PlannerRow) => String(year), numeric: true },
    {
      head: writer.say('market.report.demand'),
      cell: (row: PlannerRow) => writer.percent(row.demand_frac),
      numeric: true,
    },
    {
      head: writer.say('market.report.pays'),
      cell: (row: PlannerRow) => writer.percent(row.pays_frac, 0),
      numeric: true,
    },
    ...siteSizes.map((n, at) => ({
      head: writer.say('market.report.cablesOf', { n }),
      cell: (row: PlannerRow) => writer.number(row.cables[at] ?? 0),
      numeric: true,
    })),
  ]
  const name = (id: string): string => one.region.connectors.find((each) => each.id === id)?.name ?? id
  const year = (at_yr: number | null): string => (at_yr === null ? none : at_yr.toFixed(1))
  const usual = [
    { head: writer.say('market.report.connector'), cell: (row: (typeof switches)[number]) => name(row.connector) },
    {
      head: writer.say('market.report.paysFrom'),
      cell: (row: (typeof switches)[number]) => year(row.starts_yr),
      numeric: true,
    },
    {
      head: writer.say('market.report.paysUntil'),
      cell: (row: (typeof switches)[number]) => year(row.stops_yr),
      numeric: true,
    },
  ]
  return html`<section aria-labelledby="planners">
<h2 id="planners">${writer.say('market.report.planners')}</h2>
<p>${writer.say('market.report.plannersText', { mean: one.region.open.portsPerSite, share: writer.percent(attachShare(0.1, one.region.open.portsPerSite, one.calibration.parameters)) })}</p>
${table(writer.say('market.report.plannersTable'), columns, planners)}
${table(writer.say('market.report.switchYears'), usual, switches)}
</section>`
}
