import type { Code } from '../../base/words/index.ts'
import type { SessionCounts } from '../simulate/index.ts'
import { barChart } from './bars.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import { closedTable, table } from './table.ts'

interface Outcome {
  readonly label: string
  readonly count: number
}

const outcomeCodes: Readonly<Record<Exclude<keyof SessionCounts, 'arrived'>, Code>> = {
  served: 'report.outcome.served',
  refused: 'report.outcome.refused',
  balked: 'report.outcome.balked',
  reneged: 'report.outcome.reneged',
  charging: 'report.outcome.charging',
  waiting: 'report.outcome.waiting',
}

const outcomes = ['served', 'refused', 'balked', 'reneged', 'charging', 'waiting'] as const

function outcomesOf({ result, writer }: Context): readonly Outcome[] {
  return outcomes
    .map((outcome) => ({ label: writer.say(outcomeCodes[outcome]), count: result.sessions[outcome] }))
    .filter(({ count }, index) => count > 0 || index === 0)
}

function outcomeFigure(context: Context): Html {
  const { result, writer } = context
  const { arrived } = result.sessions
  const rows = outcomesOf(context)
  const top = rows.reduce((most, next) => (next.count > most.count ? next : most))
  const title = writer.say('report.arrivals.title', { arrived: writer.number(arrived) })
  const chart = barChart({
    id: 'outcomes',
    title,
    description: writer.say('report.arrivals.description', { top: `${top.label}, ${writer.number(top.count)}` }),
    bars: rows.map(({ label, count }) => ({
      label,
      value: count,
      text: `${writer.number(count)} (${writer.percent(count / arrived)})`,
    })),
  })
  const columns = [
    { head: writer.say('report.arrivals.outcome'), cell: ({ label }: Outcome) => label },
    { head: writer.say('report.arrivals.vehicles'), cell: ({ count }: Outcome) => writer.number(count), numeric: true },
    {
      head: writer.say('report.arrivals.share'),
      cell: ({ count }: Outcome) => writer.percent(count / arrived),
      numeric: true,
    },
  ]
  const values = closedTable(writer.say('report.arrivals.table'), table(title, columns, rows))
  return html`<figure>${chart}${values}</figure>`
}

type Fact = readonly [code: Code, value: string]

function factList(title: Code, facts: readonly Fact[], { writer }: Context): Html {
  return html`<h3>${writer.say(title)}</h3>
<dl class="facts">${facts.map(
    ([code, value]) => html`<div><dt>${writer.say(code)}</dt><dd>${value}</dd></div>
`,
  )}</dl>`
}

function waitFigures(context: Context): Html {
  const { result, writer } = context
  const { mean_min, p50_min, p95_min, max_min } = result.wait
  const facts: Fact[] = [
    ['report.wait.mean', writer.minutes(mean_min)],
    ['report.wait.p50', writer.minutes(p50_min)],
    ['report.wait.p95', writer.minutes(p95_min)],
    ['report.wait.max', writer.minutes(max_min)],
  ]
  return factList('report.wait', facts, context)
}

/** Null where nobody was out of the ordinary. */
function driverFigures(context: Context): Html | null {
  const { result, writer } = context
  const { announced = 0, driverless = 0, waitedForBetter = 0, moved = 0 } = result.drivers ?? {}
  if (announced + driverless + waitedForBetter + moved === 0) return null
  const facts: Fact[] = [
    ['report.drivers.announced', writer.number(announced)],
    ['report.drivers.driverless', writer.number(driverless)],
    ['report.drivers.waitedForBetter', writer.number(waitedForBetter)],
    ['report.drivers.moved', writer.number(moved)],
  ]
  return factList('report.drivers', facts, context)
}

/** What became of those who came, and how long they waited. */
export function arrivalsSection(context: Context): Html {
  const { result, writer } = context
  const pluggedIn = result.sessions.served + result.sessions.charging
  const empty = html`<p class="none">${writer.say('report.vehicles.none')}</p>`
  return html`<section aria-labelledby="arrivals">
<h2 id="arrivals">${writer.say('report.arrivals')}</h2>
<div class="pair">${result.sessions.arrived === 0 ? empty : outcomeFigure(context)}<div>${pluggedIn === 0 ? null : waitFigures(context)}${driverFigures(context)}</div></div>
</section>`
}
