import { SECONDS_PER_DAY } from '../../base/units/index.ts'
import type { SimulationResult } from '../simulate/index.ts'
import { intervalNote } from './comparison/runs.ts'
import type { Context } from './context.ts'
import { type Html, html } from './html.ts'
import { heldBackSources, limitWords } from './limits.ts'
import { digitsOf } from './writer.ts'

interface Card {
  /** Figure of the list whose interval belongs to the card. */
  readonly figure: string
  readonly label: string
  readonly value: string
  readonly unit: string
  readonly sentence: string
}

type CardMaker = (context: Context) => Card

const energyCard: CardMaker = ({ result, writer }) => {
  const { energyDelivered_kWh, duration_s, sessions } = result
  const perDay = writer.energy(duration_s > 0 ? (energyDelivered_kWh * SECONDS_PER_DAY) / duration_s : 0)
  const perSession = writer.energy(energyDelivered_kWh / (sessions.served + sessions.charging))
  return {
    figure: 'energyDelivered_kWh',
    label: writer.say('report.card.energy'),
    value: writer.number(energyDelivered_kWh, digitsOf(energyDelivered_kWh)),
    unit: 'kWh',
    sentence:
      energyDelivered_kWh > 0
        ? writer.say('report.card.energySentence', { perDay, perSession })
        : writer.say('report.card.energyNone'),
  }
}

const servedCard: CardMaker = ({ result, writer }) => {
  const { arrived, served, refused, balked, reneged, charging, waiting } = result.sessions
  const params = {
    refused: writer.number(refused),
    left: writer.number(balked + reneged),
    present: writer.number(charging + waiting),
  }
  return {
    figure: 'served_frac',
    label: writer.say('report.card.served'),
    value: writer.number(served),
    unit: writer.say('report.card.servedOf', { arrived: writer.number(arrived) }),
    sentence: servedSentence(),
  }
  function servedSentence(): string {
    if (arrived === 0) return writer.say('report.vehicles.none')
    return served === arrived ? writer.say('report.card.servedAll') : writer.say('report.card.servedSome', params)
  }
}

/** Whether any vehicle was plugged in. */
function pluggedIn({ sessions }: SimulationResult): boolean {
  return sessions.served + sessions.charging > 0
}

const waitCard: CardMaker = ({ result, writer }) => {
  const { p50_min, p95_min, max_min } = result.wait
  return {
    figure: 'p95Wait_min',
    label: writer.say('report.card.wait'),
    value: pluggedIn(result) ? writer.number(p95_min, digitsOf(p95_min)) : writer.number(Number.NaN),
    unit: writer.say('report.unit.min'),
    sentence: waitSentence(),
  }
  function waitSentence(): string {
    if (!pluggedIn(result)) return writer.say('report.card.waitUnknown')
    if (max_min === 0) return writer.say('report.card.waitNone')
    if (p50_min === 0) return writer.say('report.card.waitHalf', { max: writer.minutes(max_min) })
    return writer.say('report.card.waitSentence', { p50: writer.minutes(p50_min), max: writer.minutes(max_min) })
  }
}

const peakCard: CardMaker = ({ result, writer }) => {
  const { peak1min_kW, peak15min_kW, siteLimit_kW } = result
  const peak1min = writer.power(peak1min_kW)
  return {
    figure: 'peak15min_kW',
    label: writer.say('report.card.peak'),
    value: writer.number(peak15min_kW, digitsOf(peak15min_kW)),
    unit: 'kW',
    sentence:
      siteLimit_kW === null
        ? writer.say('report.card.peakUnlimited', { peak1min })
        : writer.say('report.card.peakLimited', {
            share: writer.percent(peak15min_kW / siteLimit_kW, 0),
            limit: writer.power(siteLimit_kW),
            peak1min,
          }),
  }
}

const heldBackCard: CardMaker = ({ result, writer }) => {
  const { heldBackTotal_kWh, energyDelivered_kWh, heldBack_kWh } = result
  const source = heldBackSources(heldBack_kWh)[0]?.[0]
  return {
    figure: 'heldBackTotal_kWh',
    label: writer.say('report.card.heldBack'),
    value: writer.number(heldBackTotal_kWh, digitsOf(heldBackTotal_kWh)),
    unit: 'kWh',
    sentence:
      source === undefined
        ? writer.say(pluggedIn(result) ? 'report.card.heldBackNone' : 'report.card.energyNone')
        : writer.say('report.card.heldBackSentence', {
            share: writer.percent(heldBackTotal_kWh / (heldBackTotal_kWh + energyDelivered_kWh)),
            source: limitWords(source, writer).label,
          }),
  }
}

const unservedCard: CardMaker = ({ result, writer }) => {
  const { unserved_kWh, sessions } = result
  const perSession = writer.energy(unserved_kWh / sessions.served)
  return {
    figure: 'unserved_kWh',
    label: writer.say('report.card.unserved'),
    value: writer.number(unserved_kWh, digitsOf(unserved_kWh)),
    unit: 'kWh',
    sentence:
      unserved_kWh > 0
        ? writer.say('report.card.unservedSentence', { perSession })
        : writer.say(pluggedIn(result) ? 'report.card.unservedNone' : 'report.card.energyNone'),
  }
}

const cards: readonly CardMaker[] = [energyCard, servedCard, waitCard, peakCard, heldBackCard, unservedCard]

function cardMarkup({ figure, label, value, unit, sentence }: Card, context: Context): Html {
  return html`<div><dt>${label}</dt><dd><span class="figure"><b>${value}</b> ${unit}</span>${intervalNote(context, figure)}${sentence}</dd></div>
`
}

/** A sentence above everything when the run has hardly anything to tell. */
function notice({ result, writer }: Context): Html | null {
  const { arrived, refused } = result.sessions
  if (arrived === 0) return html`<p class="notice">${writer.say('report.noArrivals')}</p>`
  return refused === arrived ? html`<p class="notice">${writer.say('report.allRefused')}</p>` : null
}

/** The six figures a reader looks for first, each with one sentence. */
export function summarySection(context: Context): Html {
  return html`<section aria-labelledby="summary">
<h2 id="summary">${context.writer.say('report.summary')}</h2>
${notice(context)}
<dl class="cards">${cards.map((card) => cardMarkup(card(context), context))}</dl>
</section>`
}
