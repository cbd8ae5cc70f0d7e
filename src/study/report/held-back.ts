import { barChart } from './bars.ts'
import type { Context } from './context.ts'
import { energyBars } from './energy-bars.ts'
import { type Html, html } from './html.ts'
import { heldBackSources, limitWords } from './limits.ts'
import { closedWhenLong, table } from './table.ts'
import type { Writer } from './writer.ts'

interface Row {
  readonly label: string
  readonly meaning: string
  readonly energy_kWh: number
}

function rowsOf({ result, writer }: Context): readonly Row[] {
  return heldBackSources(result.heldBack_kWh).map(([source, energy_kWh]) => ({
    ...limitWords(source, writer),
    energy_kWh,
  }))
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
        cell: ({ energy_kWh }) => writer.percent(energy_kWh / total_kWh),
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
  const chart = barChart({
    id: 'held-back-bars',
    title: writer.say('report.heldBack.title'),
    description: writer.say('report.heldBack.description', { top: `${top.label}, ${writer.energy(top.energy_kWh)}` }),
    bars: energyBars(rows, writer),
  })
  const values = limitsTable(rows, result.heldBackTotal_kWh, writer)
  return html`<section aria-labelledby="held-back">
${heading}
<p>${writer.say('report.heldBack.intro')}</p>
<figure class="pair"><div>${chart}</div><div>${closedWhenLong(writer.say('report.heldBack.title'), rows.length, values)}</div></figure>
</section>`
}
