import { scaleLinear } from 'd3-scale'
import { area, curveStepAfter, line } from 'd3-shape'
import { type Across, type Panel, place } from './axis.ts'
import type { TimeColumn } from './columns.ts'
import { type Fragment, type Html, html } from './html.ts'

/** Width of the drawing inside a panel, in its own units; the panel stretches it. */
const INNER_WIDTH = 1000

/** A drawing that stretches with the panel; its lines keep their width. */
export function drawing({ top, height }: Panel, paths: Fragment): Html {
  return html`<svg x="0" y="${top}" width="100%" height="${height}" viewBox="0 ${top} ${INNER_WIDTH} ${height}" preserveAspectRatio="none">${paths}</svg>
`
}

/** Corners of the steps: each column holds its value until the next begins; the last one is closed. */
function corners(columns: readonly TimeColumn[], valuesOf: (column: TimeColumn) => string): TimeColumn[] {
  const turns = columns.filter((column, index) => {
    const before = columns[index - 1]
    return before === undefined || valuesOf(before) !== valuesOf(column)
  })
  const last = columns.at(-1)
  return last === undefined ? [] : [...turns, { ...last, from_s: last.to_s }]
}

export type Value = (column: TimeColumn) => number

function inner(columns: readonly TimeColumn[]): Across {
  return scaleLinear()
    .domain([0, columns.at(-1)?.to_s ?? 1])
    .range([0, INNER_WIDTH])
}

/** Line of a value that stays through each column. */
export function stepLine(panel: Panel, columns: readonly TimeColumn[], value: Value): string {
  const across = inner(columns)
  const path = line<TimeColumn>()
    .x(({ from_s }) => across(from_s))
    .y((column) => panel.scale(value(column)))
  return path.curve(curveStepAfter).digits(1)(corners(columns, (column) => `${value(column)}`)) ?? ''
}

/** Area between two values that stay through each column. */
export function stepArea(panel: Panel, columns: readonly TimeColumn[], low: Value, high: Value): string {
  const across = inner(columns)
  const path = area<TimeColumn>()
    .x(({ from_s }) => across(from_s))
    .y0((column) => panel.scale(low(column)))
    .y1((column) => panel.scale(high(column)))
  return path.curve(curveStepAfter).digits(1)(corners(columns, (column) => `${low(column)} ${high(column)}`)) ?? ''
}

/** Level line across a panel with its meaning written on it. */
export function markedLine(panel: Panel, value: number, kind: string, label: string): Html {
  const y = place(panel.scale(value))
  return html`<line class="${kind} stroke" x1="0" x2="100%" y1="${y}" y2="${y}"/>
<text class="${kind} mark" x="100%" y="${y - 5}" text-anchor="end">${label}</text>`
}
