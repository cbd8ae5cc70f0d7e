import { scaleLinear } from 'd3-scale'
import { line } from 'd3-shape'
import type { PhaseMap } from '../../market/index.ts'
import { place, valueAxis } from '../axis.ts'
import { type Html, html } from '../html.ts'
import { drawing } from '../steps.ts'
import { closedTable, table } from '../table.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'

const INNER_WIDTH = 1000
const TOP = 30
const HEIGHT = 380
const TICKS = [0, 0.25, 0.5, 0.75, 1]
/** A way is drawn no longer than this part of a cell. */
const LONGEST = 0.85

type Cell = PhaseMap['cells'][number]

const panel = {
  top: TOP,
  height: HEIGHT,
  scale: scaleLinear()
    .domain([0, 100])
    .range([TOP + HEIGHT, TOP]),
}
const across = (share: number): number => share * INNER_WIDTH
const up = (share: number): number => panel.scale(100 * Math.min(1, share))

function basins({ cells, fleet_frac }: PhaseMap): Html {
  const half = 0.5 / Math.max(1, fleet_frac.length - 1)
  const clipped = (value: number): number => Math.min(1, Math.max(0, value))
  return html`${cells.map(({ fleet_frac: cars, cable_frac: cables, tips }) => {
    const [left, right] = [across(clipped(cars - half)), across(clipped(cars + half))]
    const [top, bottom] = [up(clipped(cables + half)), up(clipped(cables - half))]
    return html`<rect class="${tips ? 'basin-new' : 'basin-old'}" x="${place(left)}" y="${place(top)}" width="${place(right - left)}" height="${place(bottom - top)}"/>`
  })}`
}

/** From a mix to where a year takes it; long ways are cut short within their cell. */
function hair({ fleet_frac, cable_frac, toFleet_frac, toCable_frac }: Cell, cell_frac: number): string {
  const [dx, dy] = [toFleet_frac - fleet_frac, toCable_frac - cable_frac]
  const part = Math.min(1, (LONGEST * cell_frac) / Math.max(Math.hypot(dx, dy), Number.MIN_VALUE))
  const [x, y] = [across(fleet_frac + dx * part), up(cable_frac + dy * part)]
  return `M${place(across(fleet_frac))},${place(up(cable_frac))}L${place(x)},${place(y)}`
}

/** Heads of arrows would be bent by the stretching, so a dot tells where each way begins. */
function origins({ cells }: PhaseMap): Html {
  return html`${cells.map(
    ({ fleet_frac, cable_frac }) =>
      html`<circle class="origin" cx="${place(100 * fleet_frac)}%" cy="${place(up(cable_frac))}" r="2"/>`,
  )}`
}

function pathOf(points: readonly { readonly fleet_frac: number; readonly cable_frac: number }[]): string {
  const path = line<{ readonly fleet_frac: number; readonly cable_frac: number }>()
    .x(({ fleet_frac }) => across(fleet_frac))
    .y(({ cable_frac }) => up(cable_frac))
    .digits(1)
  return path([...points]) ?? ''
}

function ends({ path }: PhaseMap, cut_yr: number): Html {
  const shown = [path.findLast(({ year }) => year + 1 <= cut_yr), path[path.length - 1]].filter(
    (one) => one !== undefined,
  )
  return html`${shown.map(({ year, fleet_frac, cable_frac }) => {
    const [x, y] = [`${place(100 * fleet_frac)}%`, place(up(cable_frac))]
    const isRight = fleet_frac > 0.8
    return html`<circle class="layer-1 dot" cx="${x}" cy="${y}" r="6"/>
<text class="mark" x="${x}" y="${y - 10}" dx="${isRight ? -6 : 6}" text-anchor="${isRight ? 'end' : 'start'}">${year}</text>
`
  })}`
}

function valuesOf({ cells }: PhaseMap, writer: Writer): Html {
  const columns = [
    { head: writer.say('web.market.phase.cars'), cell: ({ fleet_frac }: Cell) => writer.percent(fleet_frac, 0) },
    ...(
      [
        ['cables', ({ cable_frac }: Cell) => cable_frac],
        ['carsLater', ({ toFleet_frac }: Cell) => toFleet_frac],
        ['cablesLater', ({ toCable_frac }: Cell) => toCable_frac],
        ['carsEnd', ({ endFleet_frac }: Cell) => endFleet_frac],
      ] as const
    ).map(([word, of]) => ({
      head: writer.say(`web.market.phase.${word}`),
      cell: (cell: Cell) => writer.percent(of(cell), 0),
      numeric: true,
    })),
  ]
  return closedTable(writer.say('market.report.values'), table(writer.say('web.market.phase'), columns, cells))
}

function legend(phase: PhaseMap, name: (id: string) => string, writer: Writer): Html {
  const items = [
    ['basin-new', writer.say('web.market.phaseTips', { to: name(phase.to) })],
    ['basin-old', writer.say('web.market.phaseStays', { from: name(phase.from) })],
  ] as const
  return html`<ul class="legend">${items.map(
    ([kind, label]) =>
      html`<li><svg class="swatch" width="14" height="12" aria-hidden="true"><rect class="${kind}" width="14" height="12"/></svg>${label}</li>
`,
  )}</ul>`
}

/** Cars against cables: where a year takes each mix, on which side it ends, and the region's own way. Null where nobody changes inlet. */
export function phaseFigure({ phase, one }: MarketReportInput, writer: Writer): Html | null {
  if (!phase) return null
  const name = (id: string): string =>
    [...one.region.groups, ...one.region.connectors].find((each) => each.id === id)?.name ?? id
  return html`<h3>${writer.say('web.market.phase')}</h3>
<figure>
${legend(phase, name, writer)}
<div class="plot"><svg role="img" aria-labelledby="phase-title phase-description" width="100%" height="${TOP + HEIGHT + 48}">
<title id="phase-title">${writer.say('web.market.phase')}</title>
<desc id="phase-description">${writer.say('market.report.phaseText')}</desc>
${drawing(panel, basins(phase))}${valueAxis(panel, 5, writer)}
<g class="axis">${TICKS.map(
    (
      share,
    ) => html`<text x="${100 * share}%" y="${TOP + HEIGHT + 20}" text-anchor="middle">${writer.number(100 * share)}</text>
`,
  )}</g>
${drawing(panel, html`<path class="hair" d="${phase.cells.map((cell) => hair(cell, 1 / Math.max(1, phase.fleet_frac.length - 1))).join('')}"/><path class="limit stroke" d="${pathOf(phase.border)}"/><path class="series-1 line" d="${pathOf(phase.path)}"/>`)}
${origins(phase)}${ends(phase, one.state.from_yr)}
<text class="panel-name" x="0" y="${TOP - 14}">${writer.say('web.market.phaseY', { connector: name(phase.connector) })}, %</text>
<text class="panel-name" x="100%" y="${TOP + HEIGHT + 42}" text-anchor="end">${writer.say('web.market.phaseX', { to: name(phase.to) })}, %</text>
</svg></div>
<figcaption>${writer.say('market.report.phaseText')}</figcaption>
${valuesOf(phase, writer)}
</figure>`
}
