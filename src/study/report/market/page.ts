import type { Language } from '../../../base/words/index.ts'
import { naiveMethods } from '../../market/index.ts'
import { barChart } from '../bars.ts'
import { type Html, html } from '../html.ts'
import { pageOf } from '../shell.ts'
import { type Writer, writerOf } from '../writer.ts'
import { assumptionsSection } from './assumptions.ts'
import { cableCurve } from './cable-curve.ts'
import { dominoSection } from './domino-strip.ts'
import type { MarketReportInput } from './input.ts'
import { matrixSection } from './matrix.ts'
import { partsSection } from './parts.ts'
import { plannersSection } from './planners.ts'
import { sharesSection } from './shares.ts'
import { tippingSection } from './tipping.ts'

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

function methodName(name: string, writer: Writer): string {
  const method = naiveMethods.find((one) => one === name)
  return method ? writer.say(`market.method.${method}`) : name
}

function answerSection({ verdict, one, score }: MarketReportInput, writer: Writer): Html {
  const led = verdict.market_frac
  return html`<section aria-labelledby="answer">
<h2 id="answer">${writer.say('market.report.answer')}</h2>
${one.scenario.text ? html`<p>${one.scenario.text}</p>` : null}
<ul>${verdict.sentences.map(({ code, params }) => html`<li>${writer.say(code, params)}</li>`)}</ul>
${led === null ? null : html`<p>${writer.say('market.report.dial', { market: writer.percent(led, 0), rules: writer.percent(1 - led, 0) })}</p>`}
<p class="notice">${writer.say('market.report.until', { until: one.state.until, model: score.model, naive: score.naive, method: methodName(score.method, writer) })}</p>
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
      tippingSection(input, writer),
      curveSection(input, writer),
      matrixSection(input, writer),
      costSection(input, writer),
      partsSection(input, writer),
      plannersSection(input, writer),
      assumptionsSection(input, writer),
    ],
  })
}
