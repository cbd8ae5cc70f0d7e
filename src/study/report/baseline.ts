import type { Code } from '../../base/words/index.ts'
import type { SimulationResult } from '../simulate/index.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import { policyWords, siteLimitWords } from './policies.ts'
import { table } from './table.ts'

interface Figure {
  readonly code: Code
  readonly unit: 'kWh' | 'kW' | 'min' | ''
  readonly value: (result: SimulationResult) => number
}

const figures: readonly Figure[] = [
  { code: 'report.card.energy', unit: 'kWh', value: (result) => result.energyDelivered_kWh },
  { code: 'report.card.served', unit: '', value: (result) => result.sessions.served },
  { code: 'report.wait.mean', unit: 'min', value: (result) => result.wait.mean_min },
  { code: 'report.card.wait', unit: 'min', value: (result) => result.wait.p95_min },
  { code: 'report.card.peak', unit: 'kW', value: (result) => result.peak15min_kW },
  { code: 'report.card.heldBack', unit: 'kWh', value: (result) => result.heldBackTotal_kWh },
  { code: 'report.card.unserved', unit: 'kWh', value: (result) => result.unserved_kWh },
]

/** The main figures beside those of another run; nothing when there is none. */
export function baselineSection({ input, result, writer }: Context): Html | null {
  const { baseline } = input
  if (baseline === undefined) return null
  const intro = writer.say('report.baseline.intro', {
    site: baseline.site,
    policy: policyWords(baseline.policy, writer),
    limit: siteLimitWords(baseline.siteLimit_kW, writer),
  })
  const unitOf = ({ unit }: Figure) => (unit === 'min' ? writer.say('report.unit.min') : unit)
  const digitsOf = ({ unit }: Figure) => (unit === '' ? 0 : 1)
  const caption = writer.say('report.baseline')
  const rows = table<Figure>(
    caption,
    [
      {
        head: writer.say('report.baseline.figure'),
        cell: (figure) => [writer.say(figure.code), ' ', html`<span class="unit">${unitOf(figure)}</span>`],
      },
      {
        head: writer.say('report.baseline.run'),
        cell: (figure) => writer.number(figure.value(result), digitsOf(figure)),
        numeric: true,
      },
      {
        head: writer.say('report.baseline.other'),
        cell: (figure) => writer.number(figure.value(baseline), digitsOf(figure)),
        numeric: true,
      },
      {
        head: writer.say('report.baseline.difference'),
        cell: (figure) => writer.signed(figure.value(result) - figure.value(baseline), digitsOf(figure)),
        numeric: true,
      },
    ],
    figures,
  )
  return html`<section aria-labelledby="baseline">
<h2 id="baseline">${caption}</h2>
<p>${intro}</p>
${rows}
</section>`
}
