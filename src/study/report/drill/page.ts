import type { Language } from '../../../base/words/index.ts'
import {
  type CabinetDrill,
  type DrilledCabinet,
  type DrilledPlug,
  type WorstOf,
  worstByMode,
} from '../../simulate/drill/index.ts'
import { type Html, html, nameOf } from '../html.ts'
import { pageOf } from '../shell.ts'
import { type TableColumn, table } from '../table.ts'
import { type Writer, writerOf } from '../writer.ts'

/** Days without faults. */
export interface HealthyDays {
  readonly days: number
  readonly sessions: number
  /** Times a cable was switched off although nothing was wrong. */
  readonly falseTrips: number
}

/** What a drill found. */
export interface DrillPage {
  readonly site: string
  readonly engineVersion: string
  readonly plugs: readonly DrilledPlug[]
  readonly cabinets: readonly DrilledCabinet[]
  readonly broken: number
  readonly cases: number
  /** null: nobody is said to come. */
  readonly healthy: HealthyDays | null
  readonly command: string
}

function numeric<Row>(head: string, cell: (row: Row) => string): TableColumn<Row> {
  return { head, cell, numeric: true }
}

function plugTable({ rows, connectors }: DrilledPlug, writer: Writer): Html {
  const seconds = (value: number | null): string => writer.number(value ?? Number.NaN, 2)
  const columns: TableColumn<WorstOf>[] = [
    { head: writer.say('drill.fault'), cell: ({ mode }) => writer.say(`fault.mode.${mode}`) },
    numeric(writer.say('drill.cases'), ({ cases }) => writer.number(cases)),
    numeric(writer.say('drill.unseen'), ({ unseen }) => writer.number(unseen)),
    numeric(writer.say('drill.told'), ({ detected_s }) => seconds(detected_s)),
    { head: writer.say('drill.seenBy'), cell: ({ seenBy }) => writer.say(`fault.seenBy.${seenBy}`) },
    { head: writer.say('drill.reaction'), cell: ({ reaction }) => writer.say(`fault.reaction.${reaction}`) },
    numeric(writer.say('drill.rest'), ({ rest_s }) => seconds(rest_s)),
    numeric(writer.say('drill.within'), ({ restWithin_s }) => seconds(restWithin_s)),
    numeric(writer.say('drill.hottest'), ({ highest_degC }) => writer.number(highest_degC, 1)),
    numeric(writer.say('drill.excess'), ({ excess_K }) => writer.signed(excess_K, 1)),
    numeric(writer.say('drill.lost'), ({ energyLost_kWh }) => writer.number(energyLost_kWh, 1)),
    numeric(writer.say('drill.broken'), ({ broken }) => writer.number(broken)),
  ]
  return table(connectors[0] ?? '', columns, worstByMode(rows))
}

function plugSection(plug: DrilledPlug, at: number, writer: Writer): Html {
  const { connectors, cable, fullLoad_A } = plug
  const params = { cable, current: writer.number(fullLoad_A), connectors: [...connectors] }
  return html`<section aria-labelledby="plug-${at}">
<h2 id="plug-${at}">${nameOf(connectors[0] ?? '')}</h2>
<p>${writer.say('drill.plug', params)}</p>
${plugTable(plug, writer)}
</section>`
}

function cabinetSection({ cabinets, rows }: DrilledCabinet, at: number, writer: Writer): Html {
  const columns: TableColumn<CabinetDrill>[] = [
    { head: writer.say('drill.modules'), cell: ({ modules }) => writer.number(modules) },
    numeric(writer.say('drill.voltage'), ({ voltage_V }) => writer.number(voltage_V)),
    numeric(writer.say('drill.load'), ({ load_frac }) => writer.percent(load_frac)),
    numeric(writer.say('drill.before'), ({ before_kW }) => writer.number(before_kW, 1)),
    numeric(writer.say('drill.atOnce'), ({ atOnce_kW }) => writer.number(atOnce_kW, 1)),
    numeric(writer.say('drill.after'), ({ after_kW }) => writer.number(after_kW, 1)),
    numeric(writer.say('drill.could'), ({ could_kW }) => writer.number(could_kW, 1)),
    numeric(writer.say('drill.settled'), ({ settled_s }) => writer.number(settled_s, 1)),
  ]
  return html`<section aria-labelledby="cabinet-${at}">
<h2 id="cabinet-${at}">${nameOf(cabinets[0] ?? '')}</h2>
<p>${writer.say('drill.cabinet', { cabinets: [...cabinets] })}</p>
${table(cabinets[0] ?? '', columns, rows)}
</section>`
}

function headerOf({ site, broken, cases, healthy, command }: DrillPage, writer: Writer): Html {
  const verdict = writer.say(broken === 0 ? 'drill.held' : 'drill.failed', { broken, cases })
  return html`<header>
<p class="kicker">${writer.say('drill.title')}</p>
<h1>${nameOf(site)}</h1>
<p>${verdict}</p>
${healthy ? html`<p>${writer.say('drill.healthy', { ...healthy })}</p>` : null}
<p><code>${command}</code></p>
</header>`
}

/** A drill as a page that needs nothing else: the worst of each mode by kind of plug, and modules lost by cabinet. */
export function renderDrill(page: DrillPage, language: Language): string {
  const writer = writerOf(language)
  return pageOf({
    writer,
    title: page.site,
    engineVersion: page.engineVersion,
    start: page.plugs.length > 0 ? 'plug-0' : 'cabinet-0',
    header: headerOf(page, writer),
    sections: [
      ...page.plugs.map((plug, at) => plugSection(plug, at, writer)),
      ...page.cabinets.map((cabinet, at) => cabinetSection(cabinet, at, writer)),
    ],
  })
}
