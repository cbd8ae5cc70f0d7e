import { scaleLinear, scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { fitProbability } from '../../market/index.ts'
import { place, valueAxis } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { drawing } from '../steps.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'
import { timeFrame } from './time-frame.ts'

const INNER_WIDTH = 1000
const TOP = 26
const HEIGHT = 260
const LOW_FRAC = 0.01
const POINTS = 60
const TICKS_FRAC = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

/** The law by which operators fit a cable, and the way of each connector along it, year by year. */
export function cableCurve(input: MarketReportInput, writer: Writer): Html {
  const { one } = input
  const { years, cut_yr } = timeFrame(input)
  const law = one.calibration.parameters
  const across = scaleLog().domain([LOW_FRAC, 1]).range([0, 100])
  const panel = {
    top: TOP,
    height: HEIGHT,
    scale: scaleLinear()
      .domain([0, 100])
      .range([TOP + HEIGHT, TOP]),
  }
  const curve = line<number>()
    .x((share) => (across(share) / 100) * INNER_WIDTH)
    .y((share) => panel.scale(100 * fitProbability(share, law)))
    .digits(1)
  const shares = Array.from({ length: POINTS + 1 }, (_, at) => LOW_FRAC ** (1 - at / POINTS))
  const dots = one.region.connectors.map((_, c) =>
    years.map(({ year, demand_frac, fitted_frac }, at) => {
      const share = Math.min(1, Math.max(LOW_FRAC, demand_frac[c] ?? 0))
      const isEnd = at === years.length - 1 || at === 0
      const [x, y] = [`${place(across(share))}%`, place(panel.scale(100 * (fitted_frac[c] ?? 0)))]
      if ((demand_frac[c] ?? 0) < LOW_FRAC) return null
      return html`<circle class="layer-${c + 1} dot${year + 1 <= cut_yr ? ' past' : ''}" cx="${x}" cy="${y}" r="${isEnd ? 5 : 3}"/>${
        isEnd ? html`<text x="${x}" y="${y - 9}" text-anchor="${share > 0.7 ? 'end' : 'start'}">${year}</text>` : null
      }
`
    }),
  )
  return html`<figure>
<ul class="legend">${one.region.connectors.map(
    ({ name }, c) =>
      html`<li><svg class="swatch" width="14" height="12" aria-hidden="true"><circle class="layer-${c + 1}" cx="7" cy="6" r="5"/></svg>${name}</li>
`,
  )}</ul>
<div class="plot"><svg role="img" aria-labelledby="cable-curve-title cable-curve-description" width="100%" height="${TOP + HEIGHT + 48}">
<title id="cable-curve-title">${writer.say('market.report.curve')}</title>
<desc id="cable-curve-description">${writer.say('market.report.curveText', { threshold: writer.percent(law.threshold_frac) })}</desc>
${valueAxis(panel, 5, writer)}
<g class="axis">${TICKS_FRAC.map(
    (
      share,
    ) => html`<text x="${place(across(share))}%" y="${TOP + HEIGHT + 20}" text-anchor="middle">${writer.percent(share, 0)}</text>
`,
  )}</g>
${drawing(panel, html`<path class="series-1 line" d="${curve(shares) ?? ''}"/>`)}
${dots}
<text class="panel-name" x="0" y="${TOP - 12}">${writer.say('market.report.curveY')}</text>
<text class="panel-name" x="100%" y="${TOP + HEIGHT + 42}" text-anchor="end">${writer.say('market.report.curveX')}</text>
</svg></div>
</figure>`
}
