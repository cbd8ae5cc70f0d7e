import type { Language } from '../../base/words/index.ts'
import { arrivalsSection } from './arrivals.ts'
import { baselineSection } from './baseline.ts'
import { assumptionsSection, notModelledSection, reproduceSection } from './closing.ts'
import { runsSection } from './comparison/runs.ts'
import { connectorsSection } from './connectors.ts'
import { type Context, contextOf } from './context.ts'
import { devicesSection } from './devices.ts'
import { heldBackSection } from './held-back.ts'
import { type Html, html, nameOf } from './html.ts'
import type { ReportInput } from './input.ts'
import { evsesSection, vehiclesSection } from './inventory.ts'
import { loadSection } from './load.ts'
import { policyWords, siteLimitWords } from './policies.ts'
import { refusalsSection } from './refusals.ts'
import { pageOf } from './shell.ts'
import { speedSection } from './speed.ts'
import { summarySection } from './summary.ts'
import { timelineSection } from './timeline.ts'

const sections: readonly ((context: Context) => Html | null)[] = [
  summarySection,
  runsSection,
  baselineSection,
  timelineSection,
  arrivalsSection,
  speedSection,
  refusalsSection,
  connectorsSection,
  heldBackSection,
  loadSection,
  devicesSection,
  vehiclesSection,
  evsesSection,
  assumptionsSection,
  notModelledSection,
  reproduceSection,
]

function header({ result, writer, calendar }: Context): Html {
  const facts: readonly [string, string][] = [
    [writer.say('report.period'), periodWords()],
    [writer.say('report.duration'), writer.duration(result.duration_s)],
    [writer.say('report.evses'), writer.number(result.byEvse.length)],
    [writer.say('report.siteLimit'), siteLimitWords(result.siteLimit_kW, writer)],
    [writer.say('report.policy'), policyWords(result.policy, writer)],
    [writer.say('report.seed'), result.seed === null ? writer.say('report.noSeed') : String(result.seed)],
    [writer.say('report.engine'), result.engineVersion],
  ]
  function periodWords(): string {
    const { from_ms, to_ms, zone } = calendar
    const params = { from: calendar.full(from_ms), to: calendar.full(to_ms), timezone: zone.name }
    return writer.say('report.periodValue', params)
  }
  return html`<header>
<p class="kicker">${writer.say('report.kicker')}</p>
<h1>${nameOf(result.site)}</h1>
<dl class="facts">${facts.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>
</header>`
}

/**
 * The report of a run as one HTML page that needs nothing else: it loads no font, script or image, works offline and
 * on paper, in light and dark. Same input and language give the same text. Every text of the input is escaped.
 */
export function renderReport(input: ReportInput, language: Language): string {
  const context = contextOf(input, language)
  const { result, writer } = context
  const title = writer.say('report.documentTitle', { site: result.site })
  return pageOf({
    ...{ writer, title, engineVersion: result.engineVersion, start: 'summary' },
    header: header(context),
    sections: sections.map((section) => section(context)),
  })
}
