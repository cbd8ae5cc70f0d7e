import { attachShare } from '../../market/index.ts'
import { type Html, html } from '../html.ts'
import { table } from '../table.ts'
import { none, type Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'

const SITES = [4, 8, 16]

interface PlannerRow {
  readonly connector: string
  readonly year: number
  readonly demand_frac: number
  readonly pays_frac: number
  readonly ports: readonly number[]
}

function rowsOf({ one, years }: MarketReportInput): readonly PlannerRow[] {
  const law = one.calibration.parameters
  const chosen = [0, 3, 6, 11].flatMap((at) => years[at] ?? [])
  return one.region.connectors.flatMap(({ name }, c) =>
    chosen.map(({ year, demand_frac, fitted_frac }) => {
      const share = demand_frac[c] ?? 0
      const pays_frac = fitted_frac[c] ?? 0
      const ports = SITES.map((n) =>
        pays_frac < 0.5 ? 0 : Math.ceil(n * Math.min(1, Math.max(1 / n, law.headroom * share))),
      )
      return { connector: name, year, demand_frac: share, pays_frac, ports }
    }),
  )
}

/** What a planner takes from it: cables to fit by size of site, and the years each pays. */
export function plannersSection(input: MarketReportInput, writer: Writer): Html {
  const { one, switches } = input
  const columns = [
    { head: writer.say('market.report.connector'), cell: ({ connector }: PlannerRow) => connector },
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
    ...SITES.map((n, at) => ({
      head: writer.say('market.report.cablesOf', { n }),
      cell: (row: PlannerRow) => writer.number(row.ports[at] ?? 0),
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
${table(writer.say('market.report.plannersTable'), columns, rowsOf(input))}
${table(writer.say('market.report.switchYears'), usual, switches)}
</section>`
}
