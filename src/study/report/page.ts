import type { Language } from '../../base/words/index.ts'
import { arrivalsSection } from './arrivals.ts'
import { baselineSection } from './baseline.ts'
import { assumptionsSection, notModelledSection, reproduceSection } from './closing.ts'
import { connectorsSection } from './connectors.ts'
import { type Context, contextOf } from './context.ts'
import { heldBackSection } from './held-back.ts'
import { Html, html, nameOf } from './html.ts'
import type { ReportInput } from './input.ts'
import { evsesSection, vehiclesSection } from './inventory.ts'
import { policyWords, siteLimitWords } from './policies.ts'
import { refusalsSection } from './refusals.ts'
import { script, scriptHash } from './script.ts'
import { style } from './style.ts'
import { summarySection } from './summary.ts'
import { timelineSection } from './timeline.ts'

/** Forbids the page everything but its own style and its own script. */
const contentPolicy = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  `script-src '${scriptHash}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const sections: readonly ((context: Context) => Html | null)[] = [
  summarySection,
  baselineSection,
  timelineSection,
  arrivalsSection,
  refusalsSection,
  connectorsSection,
  heldBackSection,
  vehiclesSection,
  evsesSection,
  assumptionsSection,
  notModelledSection,
  reproduceSection,
]

function head({ result, writer }: Context): Html {
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="anyplug ${result.engineVersion}">
<title>${writer.say('report.documentTitle', { site: result.site })}</title>
<style>${new Html(style)}</style>
</head>`
}

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
  const page = html`<!doctype html>
<html lang="${writer.locale}">
${head(context)}
<body>
<a class="skip" href="#summary">${writer.say('report.skip')}</a>
${header(context)}
<main>
${sections.map(
  (section) => html`${section(context)}
`,
)}</main>
<footer><p>${writer.say('report.footer', { engine: result.engineVersion })}</p></footer>
<script>${new Html(script)}</script>
</body>
</html>
`
  return page.text
}
