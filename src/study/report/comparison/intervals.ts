import { scaleLinear } from 'd3-scale'
import type { Contrast, Difference } from '../../simulate/many/index.ts'
import { type Across, place } from '../axis.ts'
import { verdictWords } from '../figures/index.ts'
import { type Html, html } from '../html.ts'
import type { Writer } from '../writer.ts'

const ROW_HEIGHT = 46
const AXIS_HEIGHT = 20
/** A difference of more than the whole figure is drawn at the edge, so that it does not flatten the others. */
const WIDEST_frac = 1
const NARROWEST_frac = 0.01

/** A difference in shares of the figure of the base. */
interface Relative {
  readonly row: Difference
  readonly mean_frac: number
  readonly low_frac: number
  readonly high_frac: number
}

function relative(row: Difference): Relative[] {
  const { base, difference } = row
  if (!base || base.mean === 0 || difference === null || row.verdict === 'same') return []
  const share = (value: number): number => value / Math.abs(base.mean)
  const { mean, low, high } = difference
  return [{ row, mean_frac: share(mean), low_frac: share(low ?? mean), high_frac: share(high ?? mean) }]
}

function reach({ low_frac, high_frac }: Relative): number {
  return Math.max(Math.abs(low_frac), Math.abs(high_frac))
}

/** The same far to both sides, so that no difference is the middle. */
function acrossOf(rows: readonly Relative[]): Across {
  const widest = Math.min(WIDEST_frac, Math.max(NARROWEST_frac, ...rows.map(reach)))
  const [, round = widest] = scaleLinear().domain([0, widest]).nice(4).domain()
  return scaleLinear().domain([-round, round]).range([0, 100]).clamp(true)
}

function percentWords({ mean_frac, low_frac, high_frac }: Relative, writer: Writer): string {
  const digits = Math.abs(high_frac - low_frac) < 0.02 ? 2 : 1
  const [mean, low, high] = [mean_frac, low_frac, high_frac].map((share) => writer.signed(100 * share, digits))
  return writer.say('compare.report.relative', { mean: mean ?? '', low: low ?? '', high: high ?? '' })
}

function rowMarkup(one: Relative, index: number, across: Across, writer: Writer): Html {
  const top = index * ROW_HEIGHT
  const y = top + 28
  const at = (share_frac: number): string => `${place(across(share_frac))}%`
  const inside = Math.abs(one.mean_frac) <= (across.domain()[1] ?? 0)
  return html`<g class="${one.row.verdict}"><text x="0" y="${top + 14}">${writer.say(one.row.figure.code)}</text>
<text x="100%" y="${top + 14}" text-anchor="end" class="value">${percentWords(one, writer)}</text>
<rect class="track" x="0" y="${y - 6}" width="100%" height="12"/>
<line class="base" x1="50%" x2="50%" y1="${y - 9}" y2="${y + 9}"/>
<line class="interval-line" x1="${at(one.low_frac)}" x2="${at(one.high_frac)}" y1="${y}" y2="${y}"/>
${inside ? html`<circle class="interval-mean" cx="${at(one.mean_frac)}" cy="${y}" r="4.5" data-verdict="${one.row.verdict}"/>` : null}</g>
`
}

/** What the ends and the middle of the chart stand for. */
function axis(across: Across, rows: number, writer: Writer): Html {
  const y = rows * ROW_HEIGHT + 14
  const [least = 0, most = 0] = across.domain()
  const ends = [
    [least, 'start', '0'],
    [0, 'middle', '50%'],
    [most, 'end', '100%'],
  ] as const
  return html`<g class="axis">${ends.map(
    ([
      value,
      anchor,
      x,
    ]) => html`<text x="${x}" y="${y}" text-anchor="${anchor}">${writer.signed(100 * value, most < 0.05 ? 1 : 0)} %</text>
`,
  )}</g>`
}

function description(rows: readonly Relative[], writer: Writer): string {
  const told = rows.map(({ row }) => `${writer.say(row.figure.code)}: ${verdictWords(row, writer.language)}`)
  return writer.say('compare.report.chartDescription', { figures: told })
}

/** Differences in percent of the base with their intervals, no difference in the middle. */
export function intervalChart({ base, other, differences }: Contrast, id: string, writer: Writer): Html | null {
  const rows = differences.flatMap(relative)
  if (rows.length === 0) return null
  const across = acrossOf(rows)
  const title = writer.say('compare.report.chart', { other: other.label, base: base.label })
  return html`<svg class="bars intervals" role="img" aria-labelledby="${id}-title ${id}-description" width="100%" height="${rows.length * ROW_HEIGHT + AXIS_HEIGHT}">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description(rows, writer)}</desc>
${rows.map((row, index) => rowMarkup(row, index, across, writer))}${axis(across, rows.length, writer)}
</svg>`
}
