import { scaleLinear } from 'd3-scale'
import { place } from './axis.ts'
import { type Html, html } from './html.ts'

/** One bar: a name, a value not below zero and the value as text. */
export interface Bar {
  readonly label: string
  readonly value: number
  readonly text: string
}

export interface BarChart {
  /** Unique in the page. */
  readonly id: string
  readonly title: string
  readonly description: string
  readonly bars: readonly Bar[]
}

const ROW_HEIGHT = 42
const BAR_HEIGHT = 12
const LABEL_WIDTH = 34

/** Characters of Chinese, Japanese and Korean are twice as wide as letters. */
function shortened(label: string): string {
  let width = 0
  for (const [index, character] of [...label].entries()) {
    width += /[\u1100-\uffdc]|\p{Extended_Pictographic}/u.test(character) ? 2 : 1
    if (width > LABEL_WIDTH) return `${[...label].slice(0, index).join('').trimEnd()}…`
  }
  return label
}

function barRow({ label, value, text }: Bar, index: number, width_percent: number): Html {
  const top = index * ROW_HEIGHT
  return html`<g><text x="0" y="${top + 14}">\u2068${shortened(label)}\u2069</text>
<text x="100%" y="${top + 14}" text-anchor="end" class="value">${text}</text>
<rect class="track" x="0" y="${top + 21}" width="100%" height="${BAR_HEIGHT}"/>
<rect class="bar" x="0" y="${top + 21}" width="${width_percent}%" height="${BAR_HEIGHT}" data-value="${value}"/></g>
`
}

/** Lying bars with name and value above each, the largest filling the width. */
export function barChart({ id, title, description, bars }: BarChart): Html {
  const across = scaleLinear()
    .domain([0, Math.max(...bars.map(({ value }) => value), Number.MIN_VALUE)])
    .range([0, 100])
  return html`<svg class="bars" role="img" aria-labelledby="${id}-title ${id}-description" width="100%" height="${bars.length * ROW_HEIGHT}">
<title id="${id}-title">${title}</title>
<desc id="${id}-description">${description}</desc>
${bars.map((bar, index) => barRow(bar, index, place(across(bar.value))))}</svg>`
}

/** The largest bars; those beyond `most` are summed up in a last one. */
export function largestBars(bars: readonly Bar[], most: number, others: (rest: readonly Bar[]) => Bar): readonly Bar[] {
  if (bars.length <= most) return bars
  return [...bars.slice(0, most - 1), others(bars.slice(most - 1))]
}
