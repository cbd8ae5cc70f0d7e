// Draws docs/images/growth.svg, cost against sessions and active EVSEs, from docs/benchmarks/growth.json. With --measure it
// first measures again, half a minute on a quiet machine, and writes our figures there; those of others stay.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scaleLog } from 'd3-scale'
import { line } from 'd3-shape'
import { readWorkload } from '../src/io/formats/workload/index.ts'
import { place } from '../src/study/report/axis.ts'
import { type Html, html } from '../src/study/report/html.ts'
import { palette } from '../src/study/report/style.ts'
import { prepareReplay } from '../src/study/simulate/index.ts'
import { root } from './house.mjs'
import { cpu_s, measureYears } from './year-of-a-site.ts'

const figuresFile = join(root, 'docs/benchmarks/growth.json')
export const pictureFile = join(root, 'docs/images/growth.svg')
const dayFile = join(root, 'test/fixtures/workloads/workload-day.json')

const EVSES = [8, 16, 32, 64, 128]
const LIMIT_kW = 1600
const DAYS = 200

interface Cost {
  readonly sessions: number
  readonly activeEvses: number
  readonly cpu_s: number
}

interface Figures {
  readonly about: string
  readonly measured: string
  readonly node: string
  readonly years: readonly (Cost & { readonly evses: number })[]
  readonly day: Cost
  readonly peers: readonly (Cost & { readonly name: string })[]
}

/** CPU of one day of the common workload, mean of many after as many to warm up. */
function measureDay_s(): number {
  const checked = readWorkload(readFileSync(dayFile, 'utf8'), dayFile)
  if (!checked.ok) throw new Error(`${dayFile} cannot be read`)
  const replay = prepareReplay(checked.value)
  const simulate = (): void => {
    for (let day = 0; day < DAYS; day++) replay.run({ policy: 'max-min', siteLimit_kW: LIMIT_kW }).finish()
  }
  simulate()
  const start_s = cpu_s()
  simulate()
  return Number(((cpu_s() - start_s) / DAYS).toPrecision(3))
}

function measured(before: Figures): Figures {
  measureYears(8, 0.2)
  const years = EVSES.map((evses) => {
    const { sessions, activeEvses, cpu_s } = measureYears(evses, 1)
    console.log(`${evses} EVSEs: ${cpu_s} s of CPU a year`)
    return { evses, sessions, activeEvses, cpu_s }
  })
  const date = new Date().toISOString().slice(0, 10)
  const day = { ...before.day, cpu_s: measureDay_s() }
  return { ...before, measured: date, node: process.version, years, day }
}

const [WIDTH, HEIGHT] = [760, 470]
const area = { left: 64, right: WIDTH - 28, top: 40, bottom: HEIGHT - 56 }
const across = scaleLog().domain([1e3, 1e8]).range([area.left, area.right])
const up = scaleLog().domain([1e-3, 1e2]).range([area.bottom, area.top])

/** What a run has to do. */
export function work({ sessions, activeEvses }: Cost): number {
  return sessions * activeEvses
}

function x(cost: Cost): number {
  return place(across(work(cost)))
}

function y(cost: Cost): number {
  return place(up(cost.cpu_s))
}

function powersOf(ten: readonly number[]): readonly number[] {
  const [low = 0, high = 0] = ten.map((value) => Math.round(Math.log10(value)))
  return Array.from({ length: high - low + 1 }, (_, at) => low + at)
}

function seconds(power: number): string {
  return power < 0 ? `${10 ** (power + 3)} ms` : `${10 ** power} s`
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹'

function axes(): Html {
  const rows = powersOf(up.domain()).map((power) => {
    const at = place(up(10 ** power))
    return html`<line class="grid" x1="${area.left}" x2="${area.right}" y1="${at}" y2="${at}"/>
<text x="${area.left - 8}" y="${at}" dy=".32em" text-anchor="end">${seconds(power)}</text>
`
  })
  const columns = powersOf(across.domain()).map((power) => {
    const at = place(across(10 ** power))
    return html`<line class="grid" x1="${at}" x2="${at}" y1="${area.top}" y2="${area.bottom}"/>
<text x="${at}" y="${area.bottom + 20}" text-anchor="middle">10${superscripts[power] ?? ''}</text>
`
  })
  return html`${rows}${columns}
<text class="name" x="${area.left}" y="${area.top - 16}">CPU time of a run</text>
<text class="name" x="${area.right}" y="${area.bottom + 42}" text-anchor="end">sessions × EVSEs with a vehicle plugged in</text>`
}

/** Where cost would be in proportion to the work of the smallest hub. */
function proportion({ years }: Figures): Html {
  const [first] = years
  const last = years.at(-1)
  if (!first || !last) throw new Error('no figures: run with --measure')
  const there = { ...last, cpu_s: (first.cpu_s * work(last)) / work(first) }
  return html`<line class="proportion" x1="${x(first)}" y1="${y(first)}" x2="${x(there)}" y2="${y(there)}"/>
<text x="${x(there) - 22}" y="${y(there) + 8}" text-anchor="end">in proportion to the work</text>`
}

function ours({ years, day }: Figures): Html {
  const path = line<Cost>().x(x).y(y).digits(1)
  const points = years.map(
    (year) => html`<circle class="ours" cx="${x(year)}" cy="${y(year)}" r="4.5"/>
<text class="mark" x="${x(year) + 2}" y="${y(year) + 20}">${year.evses === 128 ? '128 EVSEs' : year.evses}</text>
`,
  )
  return html`<path class="ours" d="${path([...years]) ?? ''}"/>
${points}<text class="mark ours" x="${x(years[2] ?? day) + 2}" y="${y(years[2] ?? day) + 44}">anyplug, a year of a site</text>
<circle class="ours" cx="${x(day)}" cy="${y(day)}" r="4.5"/>
<text class="mark ours" x="${x(day) + 12}" y="${y(day)}" dy=".32em">anyplug</text>`
}

function peers({ peers }: Figures): Html {
  const [first] = peers.toSorted((a, b) => b.cpu_s - a.cpu_s)
  const title =
    first && html`<text x="${x(first) - 4}" y="${y(first) - 18}">one day, 405 sessions, 1600 kW shared</text>`
  return html`${title ?? null}${peers.map(
    (peer) => html`<rect class="peer" x="${x(peer) - 4}" y="${y(peer) - 4}" width="8" height="8"/>
<text class="mark" x="${x(peer) + 12}" y="${y(peer)}" dy=".32em">${peer.name}</text>
`,
  )}`
}

/** What the picture says, for those who do not see it. */
function description({ years, day, peers, measured, node }: Figures): string {
  const all = years.map(({ evses, sessions, cpu_s }) => `${evses} EVSEs, ${sessions} sessions: ${cpu_s} s`)
  const others = peers.map(({ name, cpu_s }) => `${name} ${cpu_s} s`)
  return `A year of a site, measured ${measured} with Node ${node}: ${all.join('; ')}. A day of 405 sessions: anyplug ${day.cpu_s} s; ${others.join('; ')}.`
}

/** Colours follow those of the reader's screen; the ground is drawn, so that it is right on any page. */
const look = `${palette}
text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; fill: var(--quiet); paint-order: stroke; stroke: var(--ground);
  stroke-width: 3px; }
.name { fill: var(--ink); font-weight: 600; font-size: 13px; }
.mark { fill: var(--ink); }
text.ours { fill: var(--power); font-weight: 600; }
.ground { fill: var(--ground); }
.grid { stroke: var(--hair); }
.proportion { stroke: var(--quiet); stroke-dasharray: 5 4; }
path.ours { fill: none; stroke: var(--power); stroke-width: 1.5; }
circle.ours { fill: var(--power); stroke: var(--ground); stroke-width: 1.5; }
.peer { fill: var(--strong); stroke: var(--ground); stroke-width: 1.5; }`

export function growthPicture(figures: Figures): string {
  return `${html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title description">
<title id="title">CPU time of a run, by sessions times active EVSEs</title>
<desc id="description">${description(figures)}</desc>
<style>STYLE</style>
<rect class="ground" width="${WIDTH}" height="${HEIGHT}"/>
${axes()}
${proportion(figures)}
${peers(figures)}
${ours(figures)}
</svg>
`.text.replace('STYLE', () => look)}`
}

/** The figures as they stand in the file. */
export function committedFigures(): Figures {
  return JSON.parse(readFileSync(figuresFile, 'utf8'))
}

if (process.argv[1]?.endsWith('plot-growth.ts')) {
  const before = committedFigures()
  const figures = process.argv.includes('--measure') ? measured(before) : before
  if (figures !== before) writeFileSync(figuresFile, `${JSON.stringify(figures, null, 2)}\n`)
  writeFileSync(pictureFile, growthPicture(figures))
  console.log(`wrote ${pictureFile}`)
}
