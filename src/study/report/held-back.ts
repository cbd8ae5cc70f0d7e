import { barChart } from './bars.ts'
import type { Context } from './context.ts'
import { energyBars } from './energy-bars.ts'
import { type Html, html } from './html.ts'
import { limitWords } from './limits.ts'
import { closedWhenLong, table } from './table.ts'
import type { Writer } from './writer.ts'

interface Row {
  readonly label: string
  readonly meaning: string
  readonly energy_kWh: number
  readonly unserved_kWh: number
}

function rowsOf({ result, writer }: Context): readonly Row[] {
  const { heldBack_kWh, unservedBy_kWh } = result
  const nothing = Object.fromEntries(Object.keys(unservedBy_kWh).map((source) => [source, 0]))
  return Object.entries({ ...nothing, ...heldBack_kWh })
    .map(([source, energy_kWh]) => ({
      ...limitWords(source, writer),
      energy_kWh,
      unserved_kWh: unservedBy_kWh[source] ?? 0,
    }))
    .sort((a, b) => b.energy_kWh - a.energy_kWh || b.unserved_kWh - a.unserved_kWh || (a.label < b.label ? -1 : 1))
}

function limitsTable(rows: readonly Row[], total_kWh: number, writer: Writer): Html {
  return table<Row>(
    writer.say('report.heldBack.title'),
    [
      { head: writer.say('report.heldBack.limit'), cell: ({ label }) => label },
      {
        head: writer.say('report.heldBack.energy'),
        cell: ({ energy_kWh }) => writer.number(energy_kWh, 1),
        numeric: true,
      },
      {
        head: writer.say('report.column.share'),
        cell: ({ energy_kWh }) => writer.percent(total_kWh > 0 ? energy_kWh / total_kWh : Number.NaN),
        numeric: true,
      },
      {
        head: writer.say('report.heldBack.unserved'),
        cell: ({ unserved_kWh }) => writer.number(unserved_kWh, 1),
        numeric: true,
      },
      { head: writer.say('report.heldBack.meaning'), cell: ({ meaning }) => meaning },
    ],
    rows,
  )
}

/** Which limits kept vehicles from what they could take. */
export function heldBackSection(context: Context): Html {
  const { result, writer } = context
  const rows = rowsOf(context)
  const heading = html`<h2 id="held-back">${writer.say('report.heldBack')}</h2>`
  const top = rows[0]
  if (top === undefined) {
    return html`<section aria-labelledby="held-back">${heading}
<p class="none">${writer.say('report.heldBack.none')}</p></section>`
  }
  const held = rows.filter(({ energy_kWh }) => energy_kWh > 0)
  const chart = barChart({
    id: 'held-back-bars',
    title: writer.say('report.heldBack.title'),
    description: writer.say('report.heldBack.description', { top: `${top.label}, ${writer.energy(top.energy_kWh)}` }),
    bars: energyBars(held, writer),
  })
  const values = limitsTable(rows, result.heldBackTotal_kWh, writer)
  return html`<section aria-labelledby="held-back">
${heading}
<p>${writer.say('report.heldBack.intro')}</p>
<figure class="pair"><div>${held.length === 0 ? null : chart}</div><div>${closedWhenLong(writer.say('report.heldBack.title'), rows.length, values)}</div></figure>
</section>`
}
