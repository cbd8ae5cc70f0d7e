import type { Code } from '../../base/words/index.ts'
import { powerForRange_kW, rangeOf_km } from '../simulate/index.ts'
import { COFFEE_FROM_frac } from './coffee-pair.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import type { CoffeePair } from './input.ts'
import { limitWords } from './limits.ts'
import { none, type Writer } from './writer.ts'

/** Round figures of motorway driving: no catalogue holds a consumption, for it depends on speed and weather. */
const driving = {
  car: { consumption_kWhPerkm: 0.18, distance_km: 400 },
  large: { consumption_kWhPerkm: 0.28, distance_km: 400 },
  heavy: { consumption_kWhPerkm: 1.2, distance_km: 300 },
} as const

function drivingOf({ class: kind }: CoffeePair): (typeof driving)[keyof typeof driving] {
  if (kind === 'truck' || kind === 'bus') return driving.heavy
  return kind === 'pickup' || kind === 'van' ? driving.large : driving.car
}

function pairSentence(pair: CoffeePair, coffee_min: number, writer: Writer): string {
  const params = {
    vehicle: pair.vehicle,
    post: pair.post,
    energy: writer.energy(pair.energy_kWh),
    coffee: writer.duration(coffee_min * 60),
    from: writer.percent(COFFEE_FROM_frac, 0),
    mean: writer.power((pair.energy_kWh * 60) / coffee_min),
    peak: writer.power(pair.peak_kW),
  }
  if (pair.boundBy === null) return writer.say('report.coffee.pair', params)
  return writer.say('report.coffee.boundPair', { ...params, limit: limitWords(pair.boundBy, writer).label })
}

function rangeSentence(pair: CoffeePair, coffee_min: number, writer: Writer): string {
  const { consumption_kWhPerkm, distance_km } = drivingOf(pair)
  return writer.say('report.coffee.range', {
    consumption: writer.number(100 * consumption_kWhPerkm),
    range: writer.number(rangeOf_km(pair.energy_kWh, consumption_kWhPerkm)),
    distance: writer.number(distance_km),
    coffee: writer.duration(coffee_min * 60),
    needed: writer.power(powerForRange_kW(distance_km, coffee_min, consumption_kWhPerkm)),
  })
}

function coffeeWords({ input, result, writer }: Context): Html | null {
  const { pair } = input
  if (!pair) return null
  const { coffee_min } = result.coffee
  return html`<p>${pairSentence(pair, coffee_min, writer)} ${rangeSentence(pair, coffee_min, writer)}</p>`
}

function facts({ result, writer }: Context): readonly (readonly [string, string])[] {
  const { to80, coffee, meanChargingPower_kW } = result
  const minutes = (value_min: number | null): string => (value_min === null ? none : writer.minutes(value_min))
  const share = (value_frac: number | null): string => (value_frac === null ? none : writer.percent(value_frac))
  const coffeeParams = { coffee: writer.duration(coffee.coffee_min * 60) }
  const rows: readonly (readonly [Code, string])[] = [
    ['report.speed.mean80', minutes(to80.mean_min)],
    ['report.speed.p50', minutes(to80.p50_min)],
    ['report.speed.p95', minutes(to80.p95_min)],
    ['report.speed.reached', share(to80.reached_frac)],
    ['report.speed.coffee', share(coffee.done_frac)],
    ['report.speed.power', meanChargingPower_kW === null ? none : writer.power(meanChargingPower_kW)],
  ]
  return rows.map(([code, value]) => [writer.say(code, coffeeParams), value])
}

/** How fast vehicles got on, and what a coffee is worth here. */
export function speedSection(context: Context): Html {
  const { result, writer } = context
  const empty = html`<p class="none">${writer.say('report.card.energyNone')}</p>`
  const rows = html`<p>${writer.say('report.speed.intro')}</p>
<dl class="facts wide">${facts(context).map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>
`,
  )}</dl>
${coffeeWords(context)}`
  return html`<section aria-labelledby="speed">
<h2 id="speed">${writer.say('report.speed')}</h2>
${result.sessions.served === 0 ? empty : rows}
</section>`
}
