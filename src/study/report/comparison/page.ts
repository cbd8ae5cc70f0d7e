import type { Language } from '../../../base/words/index.ts'
import { type Html, html } from '../html.ts'
import { pageOf } from '../shell.ts'
import { type ComparisonContext, comparisonContext } from './context.ts'
import { hubsSection, spreadSection } from './hubs.ts'
import type { ComparisonInput } from './input.ts'
import { resultSections } from './results.ts'
import { timelinesSection } from './timelines.ts'

function titleOf({ input, writer }: ComparisonContext): string {
  const names = [...new Set(input.hubs.map(({ hub }) => hub.name))]
  return writer.say('compare.report.title', { names })
}

function header(context: ComparisonContext): Html {
  const { input, writer, firstRuns } = context
  const runs = input.hubs[0]?.outcomes.length ?? 0
  const facts = firstRuns.slice(0, 1).flatMap(({ context: { calendar, result } }): [string, string][] => [
    [
      writer.say('report.period'),
      writer.say('report.periodValue', {
        ...{ from: calendar.full(calendar.from_ms), to: calendar.full(calendar.to_ms) },
        timezone: calendar.zone.name,
      }),
    ],
    [writer.say('report.duration'), writer.duration(result.duration_s)],
    [writer.say('compare.runs'), writer.number(runs)],
    [writer.say('report.seed'), `${input.seed}`],
    [writer.say('report.engine'), result.engineVersion],
  ])
  return html`<header>
<p class="kicker">${writer.say('compare.report.kicker')}</p>
<h1>${titleOf(context)}</h1>
<dl class="facts">${facts.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>
</header>`
}

function reproduceSection({ input, writer }: ComparisonContext): Html {
  return html`<section aria-labelledby="reproduce">
<h2 id="reproduce">${writer.say('report.reproduce')}</h2>
<p>${writer.say('report.reproduce.command')}</p>
<pre tabindex="0"><code>${input.command}</code></pre>
<p>${writer.say('compare.report.howSure')}</p>
</section>`
}

/** A comparison of hubs as one HTML page like that of a run: needs nothing else, the same input gives the same text. */
export function renderComparison(input: ComparisonInput, language: Language): string {
  const context = comparisonContext(input, language)
  const { writer, firstRuns } = context
  return pageOf({
    writer,
    title: titleOf(context),
    engineVersion: firstRuns[0]?.context.result.engineVersion ?? '',
    start: 'contrast-1',
    header: header(context),
    sections: [
      ...resultSections(context),
      hubsSection(context),
      timelinesSection(context),
      spreadSection(context),
      reproduceSection(context),
    ],
  })
}
