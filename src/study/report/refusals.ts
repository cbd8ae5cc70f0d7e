import { type Code, type Coded, isCode } from '../../base/words/index.ts'
import type { RefusalExample } from '../simulate/index.ts'
import type { Context } from './context.ts'
import { type Fragment, type Html, html, nameOf } from './html.ts'
import { table } from './table.ts'
import type { Writer } from './writer.ts'

interface Reason {
  readonly code: string
  readonly count: number
  /** Examples of this reason, most frequent first. */
  readonly examples: readonly RefusalExample[]
}

const VEHICLES_NAMED = 3

/** What the vehicles of a remedy need, in a sentence of its own. */
const needs: Readonly<Record<string, Code>> = {
  'remedy.adapter': 'report.need.adapter',
  'remedy.adapter.greyMarket': 'report.need.adapter',
  'remedy.adapter.pilot': 'report.need.adapter',
  'remedy.adapter.discontinued': 'report.need.adapter',
  'remedy.adapterVoltage': 'report.need.adapter',
  'remedy.option': 'report.need.option',
  'remedy.laterDate': 'report.need.access',
  'remedy.otherNetwork': 'report.need.access',
  'remedy.newerGeneration': 'report.need.access',
  'remedy.postVoltage': 'report.need.voltage',
  'remedy.postVoltageAbove': 'report.need.voltage',
  'remedy.postMinVoltage': 'report.need.voltage',
  'remedy.postConnector': 'report.need.connector',
  'remedy.postProtocol': 'report.need.protocol',
  'remedy.handsFree': 'report.need.handsFree',
}

/** One sentence for each kind of need, the most frequent first: what share of all who came has it. */
function needSentences({ result, writer }: Context): readonly string[] {
  const counts = new Map<Code, number>()
  for (const { remedy, count } of result.refusals) {
    const need = (remedy ? needs[remedy.code] : undefined) ?? 'report.need.other'
    counts.set(need, (counts.get(need) ?? 0) + count)
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([need, count]) => writer.say(need, { share: writer.percent(count / result.sessions.arrived) }))
}

/** Examples of one name as one: rows of the fleet may share it. */
function merged(examples: readonly RefusalExample[]): readonly RefusalExample[] {
  const byName = new Map<string, RefusalExample>()
  for (const example of examples) {
    const before = byName.get(example.vehicle)
    byName.set(example.vehicle, before ? { ...before, count: before.count + example.count } : example)
  }
  return [...byName.values()]
}

function reasonsOf({ result }: Context): readonly Reason[] {
  return Object.entries(result.refusedBecause)
    .map(([code, count]) => ({
      code,
      count,
      examples: result.refusals
        .filter((example) => example.code === code)
        .sort((a, b) => b.count - a.count || (a.vehicle < b.vehicle ? -1 : 1)),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

/** The sentence of a reason with the values of its most frequent example; a code without a sentence stands for itself. */
function sentenceOf({ code, examples }: Reason, writer: Writer): string {
  return isCode(code) ? writer.say(code, examples[0]?.params) : code
}

function vehiclesOf({ examples }: Reason, writer: Writer): Fragment {
  const vehicles = merged(examples).toSorted((a, b) => b.count - a.count)
  const rest = vehicles.length - VEHICLES_NAMED
  const named = vehicles
    .slice(0, VEHICLES_NAMED)
    .map(({ vehicle, count }) => html`<li>${nameOf(vehicle)} (${writer.number(count)})</li>`)
  const more = rest > 0 ? html`<li>${writer.say('report.refusals.more', { count: writer.number(rest) })}</li>` : null
  return html`<ul class="plain">${named}${more}</ul>`
}

/** Different remedies of the examples, each once. */
function remediesOf({ examples }: Reason, writer: Writer): Fragment {
  const say = ({ code, params }: Coded) => writer.say(code, params)
  const remedies = new Set(examples.flatMap(({ remedy }) => (remedy ? [say(remedy)] : [])))
  if (remedies.size === 0) return writer.say('report.refusals.noRemedy')
  return html`<ul class="plain">${[...remedies].slice(0, VEHICLES_NAMED).map((remedy) => html`<li>${remedy}</li>`)}</ul>`
}

function reasonsTable({ writer }: Context, reasons: readonly Reason[]): Html {
  return table<Reason>(
    writer.say('report.refusals'),
    [
      { head: writer.say('report.refusals.reason'), cell: (reason) => sentenceOf(reason, writer) },
      { head: writer.say('report.refusals.count'), cell: ({ count }) => writer.number(count), numeric: true },
      { head: writer.say('report.refusals.vehicles'), cell: (reason) => vehiclesOf(reason, writer) },
      { head: writer.say('report.refusals.remedy'), cell: (reason) => remediesOf(reason, writer) },
    ],
    reasons,
  )
}

/** Why vehicles were refused, how many, which ones and what would help. */
export function refusalsSection(context: Context): Html {
  const { result, writer } = context
  const { arrived, refused } = result.sessions
  const reasons = reasonsOf(context)
  const intro = writer.say('report.refusals.intro', {
    refused: writer.number(refused),
    arrived: writer.number(arrived),
    share: writer.percent(refused / arrived),
  })
  return html`<section aria-labelledby="refusals">
<h2 id="refusals">${writer.say('report.refusals')}</h2>
${reasons.length === 0 ? html`<p class="none">${writer.say('report.refusals.none')}</p>` : html`<p>${intro} ${needSentences(context).join(' ')}</p>${reasonsTable(context, reasons)}`}
</section>`
}
