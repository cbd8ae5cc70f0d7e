import { type ScaleLinear, scaleLinear } from 'd3-scale'
import type { Calendar } from './calendar.ts'
import { type Html, html } from './html.ts'
import type { Writer } from './writer.ts'
import { timeTicks } from './zone.ts'

/** Places across a chart are percent of its width, so that it follows the window and its letters keep their size. */
export type Across = ScaleLinear<number, number>

/** One panel of a chart: where it stands in pixels, and its scale of values. */
export interface Panel {
  readonly top: number
  readonly height: number
  readonly scale: ScaleLinear<number, number>
}

/** A panel from zero to a round number not below `highest`. */
export function panelOf(top: number, height: number, highest: number): Panel {
  const scale = scaleLinear()
    .domain([0, Math.max(highest, 1)])
    .nice(4)
    .range([top + height, top])
  return { top, height, scale }
}

/** Two decimals of a pixel or percent: finer is not seen. */
export function place(value: number): number {
  return Math.round(value * 100) / 100
}

/** Lines and numbers of the value axis. */
export function valueAxis(panel: Panel, ticks: number, writer: Writer): Html {
  const values = panel.scale.ticks(ticks).filter(Number.isInteger)
  return html`<g class="axis">${values.map((value) => {
    const y = place(panel.scale(value))
    return html`<line class="${value === 0 ? 'base' : 'grid'}" x1="0" x2="100%" y1="${y}" y2="${y}"/>
<text x="-8" y="${y}" dy=".32em" text-anchor="end">${writer.number(value)}</text>
`
  })}</g>`
}

/** Upright lines through all panels and the labels of time below them; every second label hides on a narrow screen. */
export function timeAxis(calendar: Calendar, across: Across, panels: readonly Panel[], labels_y: number): Html {
  const ticks = timeTicks(calendar.from_ms, calendar.to_ms, calendar.zone)
  return html`<g class="axis">${ticks.map(({ at_ms, kind }, index) => {
    const x = `${place(across(at_ms))}%`
    const lines = panels.map(
      ({ top, height }) => html`<line class="grid" x1="${x}" x2="${x}" y1="${top}" y2="${top + height}"/>`,
    )
    return html`${lines}
<text x="${x}" y="${labels_y}" text-anchor="middle"${index % 2 === 1 ? html` class="every-other"` : null}>${calendar.tick(kind, at_ms)}</text>
`
  })}</g>`
}
