import type { Language } from '../../../base/words/index.ts'
import type { Band, MarketYear } from '../../market/index.ts'
import { barChart } from '../bars.ts'
import { type Html, html } from '../html.ts'
import { pageOf } from '../shell.ts'
import { closedTable, table } from '../table.ts'
import { type Writer, writerOf } from '../writer.ts'
import { bandFigure } from './band-chart.ts'
import { cableCurve } from './cable-curve.ts'
import { dominoSection } from './domino-strip.ts'
import type { MarketReportInput } from './input.ts'
import { plannersSection } from './planners.ts'
import { stackedFigure } from './stacked.ts'

function sharesOf(values: readonly number[]): readonly number[] {
  const sum = values.reduce((a, b) => a + b, 0) || 1
  return values.map((value) => value / sum)
}

function ranged(share: number, band: Band | undefined, writer: Writer): string {
  const value = writer.percent(share)
  return band ? `${value} (${writer.percent(band.p10)}–${writer.percent(band.p90)})` : value
}

function header({ one, score, draws }: MarketReportInput, writer: Writer): Html {
  const facts = [
    [writer.say('market.report.region'), one.region.name],
    [writer.say('market.report.dataUntil'), one.state.until],
    [writer.say('market.report.lawsFrozen'), score.date],
    [writer.say('market.report.draws'), writer.number(draws)],
  ]
  return html`<header>
<p class="kicker">${writer.say('market.report.kicker')}</p>
<h1>${one.scenario.title}</h1>
<dl class="facts">${facts.map(
    ([name = '', value = '']) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>
</header>`
}

function answerSection({ verdict, one, score }: MarketReportInput, writer: Writer): Html {
  const led = verdict.market_frac
  return html`<section aria-labelledby="answer">
<h2 id="answer">${writer.say('market.report.answer')}</h2>
${one.scenario.text ? html`<p>${one.scenario.text}</p>` : null}
<ul>${verdict.sentences.map(({ code, params }) => html`<li>${writer.say(code, params)}</li>`)}</ul>
${led === null ? null : html`<p>${writer.say('market.report.dial', { market: writer.percent(led, 0), rules: writer.percent(1 - led, 0) })}</p>`}
<p class="notice">${writer.say('market.report.until', { until: one.state.until, model: score.model, naive: score.naive, method: score.method })}</p>
</section>`
}

type Layer = { readonly label: string; readonly share_frac: readonly number[] }

function carsFigure({ one, years, bands }: MarketReportInput, writer: Writer): Html {
  const layers = one.region.groups.map(
    ({ name }, g): Layer => ({
      label: name,
      share_frac: years.map(({ fleet }) => sharesOf(fleet)[g] ?? 0),
    }),
  )
  return stackedFigure(
    {
      id: 'cars-stacked',
      title: writer.say('market.report.cars'),
      description: writer.say('market.report.carsText'),
      years: years.map(({ year }) => year),
      layers,
      cells: years.map(({ fleet }, at) =>
        sharesOf(fleet).map((share, g) => ranged(share, bands?.[at]?.fleetShare_frac[g], writer)),
      ),
    },
    writer,
  )
}

function cablesFigure({ one, years }: MarketReportInput, writer: Writer): Html {
  const layers = one.region.connectors.map(
    ({ name }, c): Layer => ({
      label: name,
      share_frac: years.map(({ cables }) => sharesOf(cables)[c] ?? 0),
    }),
  )
  return stackedFigure(
    {
      id: 'cables-stacked',
      title: writer.say('market.report.cables'),
      description: writer.say('market.report.cablesText'),
      years: years.map(({ year }) => year),
      layers,
      cells: years.map(({ cables }) => cables.map((count) => writer.number(count))),
    },
    writer,
  )
}

/** Share of each group with the limits of the middle 80 of 100 draws, for the groups that move most. */
function bandsFigure({ one, bands }: MarketReportInput, writer: Writer): Html | null {
  if (!bands) return null
  const end = bands[bands.length - 1]
  const widest = one.region.groups
    .map(({ name }, g) => ({
      name,
      g,
      width: (end?.fleetShare_frac[g]?.p90 ?? 0) - (end?.fleetShare_frac[g]?.p10 ?? 0),
    }))
    .sort((a, b) => b.width - a.width)[0]
  if (!widest) return null
  return bandFigure(
    {
      title: writer.say('market.report.bandsOf', { name: widest.name }),
      description: writer.say('market.report.bandsText'),
      years: bands.map(({ year }) => year),
      bands: bands.flatMap(({ fleetShare_frac }) => fleetShare_frac[widest.g] ?? []),
    },
    writer,
  )
}

function sharesSection(input: MarketReportInput, writer: Writer): Html {
  return html`<section aria-labelledby="shares">
<h2 id="shares">${writer.say('market.report.shares')}</h2>
<p>${writer.say('market.report.sharesText')}</p>
<div class="pair">${carsFigure(input, writer)}
${cablesFigure(input, writer)}</div>
${bandsFigure(input, writer)}
</section>`
}

function curveSection(input: MarketReportInput, writer: Writer): Html {
  const { threshold_frac } = input.one.calibration.parameters
  return html`<section aria-labelledby="curve">
<h2 id="curve">${writer.say('market.report.curve')}</h2>
<p>${writer.say('market.report.curveText', { threshold: writer.percent(threshold_frac) })}</p>
${cableCurve(input, writer)}
</section>`
}

interface UseRow {
  readonly name: string
  readonly year: number
  readonly native: number
  readonly adapter: number
  readonly share: number
}

function whoCanUseSection({ one, years }: MarketReportInput, writer: Writer): Html {
  const chosen = [years[0], years[Math.floor(years.length / 2)], years[years.length - 1]].filter(
    (year) => year !== undefined,
  )
  const rows = one.region.groups.flatMap(({ name, inlets }, g) =>
    inlets.length === 0 ? [] : chosen.map((year) => whoCanUseRow(name, year, g)),
  )
  const columns = [
    { head: writer.say('market.report.group'), cell: ({ name }: UseRow) => name },
    { head: writer.say('market.row.year'), cell: ({ year }: UseRow) => String(year), numeric: true },
    { head: writer.say('market.report.native'), cell: ({ native }: UseRow) => writer.number(native), numeric: true },
    { head: writer.say('market.report.adapter'), cell: ({ adapter }: UseRow) => writer.number(adapter), numeric: true },
    { head: writer.say('market.report.ofAll'), cell: ({ share }: UseRow) => writer.percent(share, 0), numeric: true },
  ]
  return html`<section aria-labelledby="use">
<h2 id="use">${writer.say('market.report.use')}</h2>
${table(writer.say('market.report.use'), columns, rows)}
</section>`
}

function whoCanUseRow(name: string, year: MarketYear, g: number): UseRow {
  const [usable, adapter] = [year.usable[g] ?? 0, year.usableByAdapter[g] ?? 0]
  return {
    name,
    year: year.year,
    native: usable - adapter,
    adapter,
    share: usable / Math.max(1, year.ports + year.closedPorts),
  }
}

function costSection({ years, secondCable_cost }: MarketReportInput, writer: Writer): Html | null {
  const end = years[years.length - 1]
  if (!end) return null
  const bar = (label: string, count: number) => ({
    label,
    value: (count * secondCable_cost) / 1e6,
    text: writer.say('market.report.costBar', {
      cables: writer.number(count),
      cost: writer.number((count * secondCable_cost) / 1e6),
    }),
  })
  return html`<section aria-labelledby="cost">
<h2 id="cost">${writer.say('market.report.cost', { year: String(end.year) })}</h2>
<p>${writer.say('market.report.costText', { cost: secondCable_cost, adapter: writer.percent(end.adapterSessions_frac), unusable: writer.percent(end.unusablePorts_frac) })}</p>
${barChart({
  id: 'cost-bars',
  title: writer.say('market.report.cost', { year: String(end.year) }),
  description: writer.say('market.report.costText', {
    cost: secondCable_cost,
    adapter: writer.percent(end.adapterSessions_frac),
    unusable: writer.percent(end.unusablePorts_frac),
  }),
  bars: [
    bar(writer.say('market.row.redundant'), end.redundantCables),
    bar(writer.say('market.row.stranded'), end.strandedCables),
  ],
})}
</section>`
}

function partsSection({ components, powerClasses }: MarketReportInput, writer: Writer): Html {
  type Row = MarketReportInput['components'][number]
  const number = (of: (row: Row) => number) => ({ cell: (row: Row) => writer.number(of(row)), numeric: true })
  const columns = [
    { head: writer.say('market.row.year'), cell: ({ year }: Row) => String(year) },
    ...powerClasses.map((name, at) => ({ head: name, ...number(({ ports }) => ports[at] ?? 0) })),
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
${table(writer.say('market.parts'), columns, components)}
</section>`
}

function assumptionsSection({ one, command }: MarketReportInput, writer: Writer): Html {
  const { parameters, fitted, covariance, until } = one.calibration
  const names = Object.keys(parameters) as (keyof typeof parameters)[]
  const sd = (name: keyof typeof parameters): string => {
    const at = fitted.indexOf(name)
    return at < 0
      ? writer.say('market.report.assumed')
      : writer.say('market.report.fitted', { sd: Math.sqrt(covariance[at]?.[at] ?? 0), until })
  }
  const columns = [
    { head: writer.say('market.column.parameter'), cell: (name: keyof typeof parameters) => name },
    {
      head: writer.say('market.column.value'),
      cell: (name: keyof typeof parameters) => writer.number(parameters[name], 3),
      numeric: true,
    },
    { head: writer.say('market.report.basis'), cell: sd },
  ]
  const adapters = one.region.adapters.map(({ group, connector, from, cover_frac }) =>
    writer.say('market.report.adapterLine', { group, connector, from, cover: writer.percent(cover_frac, 0) }),
  )
  const rules = one.region.open.rules.map((rule) =>
    writer.say(`market.report.rule.${rule.kind}`, {
      connector: rule.connector,
      from: rule.from,
      share: 'share_frac' in rule ? writer.percent(rule.share_frac, 0) : '',
    }),
  )
  return html`<section aria-labelledby="assumptions">
<h2 id="assumptions">${writer.say('market.report.assumptions')}</h2>
<p>${writer.say('market.report.assumptionsText')}</p>
<ul>${[...rules, ...adapters].map((item) => html`<li>${item}</li>`)}</ul>
${closedTable(writer.say('market.report.parameters'), table(writer.say('market.report.parameters'), columns, names))}
<pre tabindex="0"><code>${command}</code></pre>
</section>`
}

/** A scenario as one HTML page like that of a run: it loads nothing, the same input gives the same text. */
export function renderMarket(input: MarketReportInput, language: Language): string {
  const writer = writerOf(language)
  return pageOf({
    writer,
    title: input.one.scenario.title,
    engineVersion: input.engineVersion,
    start: 'answer',
    header: header(input, writer),
    sections: [
      answerSection(input, writer),
      sharesSection(input, writer),
      dominoSection(input, writer),
      curveSection(input, writer),
      whoCanUseSection(input, writer),
      costSection(input, writer),
      partsSection(input, writer),
      plannersSection(input, writer),
      assumptionsSection(input, writer),
    ],
  })
}
