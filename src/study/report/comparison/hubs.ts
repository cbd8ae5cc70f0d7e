import { invariant } from '../../../base/problems/index.ts'
import { type ComparedHub, type Contrast, estimates, type SiteChange } from '../../simulate/many/index.ts'
import { type Html, html, nameOf } from '../html.ts'
import { policyWords } from '../policies.ts'
import { closedTable, type TableColumn, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { ComparisonContext } from './context.ts'
import { estimateColumns } from './runs.ts'

/** A fact of the hubs: one row of the table, one column a hub. */
interface Fact {
  readonly label: string
  readonly of: (hub: ComparedHub) => string | Html
}

function demandFact(hubs: readonly ComparedHub[], writer: Writer): Fact {
  const [label, ...none] = new Set(hubs.map(({ recorded }) => recorded?.[0] ?? writer.say('report.assume.demand')))
  invariant(label !== undefined && none.length === 0, 'who comes is of one kind for all hubs')
  return { label, of: ({ hub, recorded }) => recorded?.[1] ?? writer.number(hub.sessions_perWeek ?? Number.NaN) }
}

function facts(hubs: readonly ComparedHub[], writer: Writer): readonly Fact[] {
  return [
    { label: writer.say('compare.report.name'), of: ({ hub }) => nameOf(hub.name) },
    { label: writer.say('compare.report.file'), of: ({ file }) => nameOf(file) },
    { label: writer.say('report.assume.grid'), of: ({ hub }) => writer.power(hub.import_kW) },
    { label: writer.say('compare.report.cabinets'), of: ({ hub }) => writer.power(hub.cabinets_kW) },
    { label: writer.say('report.evses'), of: ({ hub }) => writer.number(hub.evses) },
    {
      label: writer.say('compare.report.plugs'),
      of: ({ hub }) =>
        hub.connectors.map(({ connector, count }) => `${writer.number(count)} × ${connector}`).join(', '),
    },
    demandFact(hubs, writer),
    { label: writer.say('report.policy'), of: ({ policy }) => policyWords(policy, writer) },
  ]
}

function factColumns({ input, writer }: ComparisonContext): readonly TableColumn<Fact>[] {
  const hubs = input.hubs.map((hub): TableColumn<Fact> => ({ head: hub.label, cell: ({ of }) => of(hub) }))
  return [{ head: writer.say('compare.report.fact'), cell: ({ label }) => label }, ...hubs]
}

function changesTable({ base, other, changes }: Contrast, writer: Writer): Html {
  const caption = writer.say('compare.report.changes', { other: other.label, base: base.label })
  const value = (text: string | null): string => text ?? writer.say('compare.notStated')
  const columns: readonly TableColumn<SiteChange>[] = [
    { head: writer.say('compare.report.path'), cell: ({ path }) => nameOf(path) },
    { head: base.label, cell: ({ from }) => nameOf(value(from)) },
    { head: other.label, cell: ({ to }) => nameOf(value(to)) },
  ]
  if (changes.length === 0) return html`<h3>${caption}</h3><p class="none">${writer.say('compare.noChanges')}</p>`
  return html`<h3>${caption}</h3>${table(caption, columns, changes)}
`
}

/** The hubs beside each other and what their files state differently. */
export function hubsSection(context: ComparisonContext): Html {
  const { input, writer } = context
  const caption = writer.say('compare.report.hubs')
  return html`<section aria-labelledby="hubs">
<h2 id="hubs">${caption}</h2>
${table(caption, factColumns(context), facts(input.hubs, writer))}
${input.contrasts.map((contrast) => changesTable(contrast, writer))}
</section>`
}

/** Every hub by itself: means and how runs spread. */
export function spreadSection({ input, writer }: ComparisonContext): Html {
  const tables = input.hubs.map(({ label, outcomes }) => {
    const title = writer.say('compare.report.spreadOf', { hub: label })
    const rows = estimates(outcomes.map(({ figures }) => figures))
    return closedTable(title, table(title, estimateColumns(writer), rows))
  })
  return html`<section aria-labelledby="spread">
<h2 id="spread">${writer.say('compare.report.spread')}</h2>
<p>${writer.say('compare.report.spreadIntro')}</p>
${tables}
</section>`
}
