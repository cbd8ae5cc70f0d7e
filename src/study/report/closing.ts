import type { Code } from '../../base/words/index.ts'
import type { Confidence } from '../../hub/standards/schema/index.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import type { Assumption } from './input.ts'
import { closedWhenLong, table } from './table.ts'
import type { Writer } from './writer.ts'

const confidenceCodes: Readonly<Record<Confidence, Code>> = {
  confirmed: 'report.confidence.confirmed',
  reported: 'report.confidence.reported',
  uncertain: 'report.confidence.uncertain',
}

function confidenceWords({ confidence }: Assumption, writer: Writer): string {
  return writer.say(confidence === null ? 'report.unknown' : confidenceCodes[confidence])
}

/** What the run took for granted, from where, and how sure it is. */
export function assumptionsSection({ input, writer }: Context): Html {
  const { assumptions } = input
  const caption = writer.say('report.assumptions')
  const values = table<Assumption>(
    caption,
    [
      { head: writer.say('report.assumptions.what'), cell: ({ label }) => writer.say(label.code, label.params) },
      { head: writer.say('report.assumptions.value'), cell: ({ value }) => value },
      { head: writer.say('report.assumptions.source'), cell: ({ source }) => source ?? writer.say('report.unknown') },
      { head: writer.say('report.assumptions.confidence'), cell: (assumption) => confidenceWords(assumption, writer) },
    ],
    assumptions,
  )
  const none = html`<p class="none">${writer.say('report.assumptions.none')}</p>`
  return html`<section aria-labelledby="assumptions">
<h2 id="assumptions">${caption}</h2>
${assumptions.length === 0 ? none : closedWhenLong(caption, assumptions.length, values)}
</section>`
}

const notModelled: readonly Code[] = [
  'report.notModelled.control',
  'report.notModelled.modules',
  'report.notModelled.heat',
  'report.notModelled.faults',
  'report.notModelled.storage',
  'report.notModelled.money',
]

/** What the engine leaves out, so that nobody reads more into the figures. */
export function notModelledSection({ writer }: Context): Html {
  return html`<section aria-labelledby="not-modelled">
<h2 id="not-modelled">${writer.say('report.notModelled')}</h2>
<ul>${notModelled.map(
    (code) => html`<li>${writer.say(code)}</li>
`,
  )}</ul>
</section>`
}

/** How somebody else gets the same figures. */
export function reproduceSection({ input, result, writer }: Context): Html {
  const { engineVersion: engine, seed } = result
  const sentence =
    seed === null
      ? writer.say('report.reproduce.recorded', { engine })
      : writer.say('report.reproduce.run', { engine, seed: String(seed) })
  const command =
    input.command === undefined
      ? null
      : html`<p>${writer.say('report.reproduce.command')}</p>
<pre tabindex="0"><code>${input.command}</code></pre>`
  return html`<section aria-labelledby="reproduce">
<h2 id="reproduce">${writer.say('report.reproduce')}</h2>
${command}
<p>${sentence}</p>
</section>`
}
