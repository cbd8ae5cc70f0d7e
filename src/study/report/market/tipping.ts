import type { TippingReport } from '../../market/index.ts'
import { type Html, html } from '../html.ts'
import { table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'
import { phaseFigure } from './phase-map.ts'

type Plug = TippingReport['plugs'][number]

function stateOf({ fading, demand_frac }: Plug, threshold_frac: number): 'fading' | 'pays' | 'below' {
  if (fading) return 'fading'
  return demand_frac >= threshold_frac ? 'pays' : 'below'
}

/** Whether the region has tipped, where each plug stands at the end, and the map of cars against cables. */
export function tippingSection(input: MarketReportInput, writer: Writer): Html {
  const { one, tipping, years } = input
  const { threshold_frac } = one.calibration.parameters
  const columns = [
    {
      head: writer.say('market.report.connector'),
      cell: ({ connector }: Plug) => one.region.connectors.find(({ id }) => id === connector)?.name ?? connector,
    },
    {
      head: writer.say('market.report.demand'),
      cell: ({ demand_frac }: Plug) => writer.percent(demand_frac),
      numeric: true,
    },
    { head: writer.say('web.market.slope'), cell: ({ slope }: Plug) => writer.number(slope, 2), numeric: true },
    {
      head: writer.say('web.market.state'),
      cell: (plug: Plug) => writer.say(`web.market.state.${stateOf(plug, threshold_frac)}`),
    },
  ]
  const share = writer.percent(years[years.length - 1]?.committed_frac ?? 0, 0)
  const said = one.region.switch
    ? writer.say(tipping.tipped ? 'web.market.tipped' : 'web.market.notTipped', { share })
    : writer.say('web.market.noSwitch', { region: one.region.name })
  return html`<section aria-labelledby="tipping">
<h2 id="tipping">${writer.say('web.market.tipping')}</h2>
<p>${said} ${writer.say('web.market.tippingText')}</p>
${table(writer.say('web.market.tipping'), columns, tipping.plugs)}
${phaseFigure(input, writer)}
</section>`
}
