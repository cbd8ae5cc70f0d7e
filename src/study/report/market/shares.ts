import type { Band, MarketYear } from '../../market/index.ts'
import { type Html, html } from '../html.ts'
import { table } from '../table.ts'
import type { Writer } from '../writer.ts'
import { bandFigure } from './band-chart.ts'
import type { MarketReportInput } from './input.ts'
import { type StackedLayer, stackedFigure } from './stacked.ts'
import { timeFrame } from './time-frame.ts'

function sharesOf(values: readonly number[]): readonly number[] {
  const sum = values.reduce((a, b) => a + b, 0) || 1
  return values.map((value) => value / sum)
}

function ranged(share: number, band: Band | null, writer: Writer): string {
  const value = writer.percent(share)
  return band ? `${value} (${writer.percent(band.p10)}–${writer.percent(band.p90)})` : value
}

/** Cars look like their first inlet, a further group with the same inlet paler, cars without one grey. */
function lookOf({ groups, connectors }: MarketReportInput['one']['region'], g: number): string {
  const inlet = groups[g]?.inlets[0]
  if (inlet === undefined) return 'layer-5'
  const isFurther = groups.slice(0, g).some(({ inlets }) => inlets[0] === inlet)
  return `layer-${connectors.findIndex(({ id }) => id === inlet) + 1}${isFurther ? ' pale' : ''}`
}

type BandYear = NonNullable<MarketReportInput['bands']>[number]

/** Bands of each shown year by group; null before the forecast. */
function bandsAt({ bands }: MarketReportInput, years: readonly MarketYear[], of: (year: BandYear) => readonly Band[]) {
  const known = new Map(bands?.map((year) => [year.year, of(year)]))
  return years.map(({ year }) => known.get(year) ?? null)
}

/** Cars on the road, or sold, by inlet. */
function carsFigure(input: MarketReportInput, of: 'fleet' | 'sales', writer: Writer): Html {
  const { years } = timeFrame(input)
  const bands = bandsAt(input, years, (year) => (of === 'fleet' ? year.fleetShare_frac : year.salesShare_frac))
  const layers = input.one.region.groups.map(
    ({ name }, g): StackedLayer => ({
      label: name,
      look: lookOf(input.one.region, g),
      share_frac: years.map((year) => sharesOf(year[of])[g] ?? 0),
      bands: bands.map((year) => year?.[g] ?? null),
    }),
  )
  return stackedFigure(
    {
      id: `${of}-stacked`,
      title: writer.say(of === 'fleet' ? 'market.report.cars' : 'web.market.sales'),
      description: writer.say(of === 'fleet' ? 'market.report.carsText' : 'market.report.salesText'),
      layers,
      cells: years.map((year, at) =>
        sharesOf(year[of]).map((share, g) => ranged(share, bands[at]?.[g] ?? null, writer)),
      ),
    },
    input,
    writer,
  )
}

function cablesFigure(input: MarketReportInput, writer: Writer): Html {
  const { years } = timeFrame(input)
  const layers = input.one.region.connectors.map(
    ({ name }, c): StackedLayer => ({
      label: name,
      look: `layer-${c + 1}`,
      share_frac: years.map(({ cables }) => sharesOf(cables)[c] ?? 0),
    }),
  )
  return stackedFigure(
    {
      id: 'cables-stacked',
      title: writer.say('market.report.cables'),
      description: writer.say('market.report.cablesText'),
      layers,
      cells: years.map(({ cables }) => cables.map((count) => writer.number(count))),
    },
    input,
    writer,
  )
}

function inPercent(band: Band | undefined): Band {
  return { p10: 100 * (band?.p10 ?? 0), p50: 100 * (band?.p50 ?? 0), p90: 100 * (band?.p90 ?? 0) }
}

/** The share that is least sure: its middle, and the limits of the middle 80 of 100 draws. */
function widestFigure({ one, bands }: MarketReportInput, writer: Writer): Html | null {
  const end = bands?.[bands.length - 1]
  if (!bands || !end) return null
  const widths = end.fleetShare_frac.map(({ p10, p90 }) => p90 - p10)
  const g = widths.indexOf(Math.max(...widths))
  const name = one.region.groups[g]?.name ?? ''
  return bandFigure(
    {
      id: 'bands',
      title: writer.say('market.report.bandsOf', { name }),
      description: writer.say('market.report.bandsText'),
      years: bands.map(({ year }) => year),
      bands: bands.map(({ fleetShare_frac }) => inPercent(fleetShare_frac[g])),
      write: (value) => writer.percent(value / 100),
    },
    writer,
  )
}

/** What the numbers in the figures stand for. */
function eventsTable({ events }: MarketReportInput, writer: Writer): Html | null {
  if (events.length === 0) return null
  const rows = events.map((event, at) => ({ ...event, number: at + 1 }))
  type Row = (typeof rows)[number]
  const columns = [
    { head: '№', cell: ({ number }: Row) => String(number) },
    { head: writer.say('web.market.date'), cell: ({ date }: Row) => date },
    {
      head: writer.say('web.market.kind'),
      cell: ({ kind, isForecast }: Row) =>
        writer.say(isForecast ? 'web.market.mark.assumed' : `web.market.mark.${kind}`),
    },
    { head: writer.say('web.market.what'), cell: ({ what }: Row) => writer.say(what.code, what.params) },
  ]
  return html`<h3>${writer.say('web.market.events')}</h3>
${table(writer.say('web.market.eventsText'), columns, rows)}`
}

export function sharesSection(input: MarketReportInput, writer: Writer): Html {
  return html`<section aria-labelledby="shares">
<h2 id="shares">${writer.say('market.report.shares')}</h2>
<p>${writer.say('market.report.sharesText')}</p>
<div class="figures">${carsFigure(input, 'fleet', writer)}
${cablesFigure(input, writer)}
${carsFigure(input, 'sales', writer)}
${widestFigure(input, writer)}</div>
${eventsTable(input, writer)}
</section>`
}
