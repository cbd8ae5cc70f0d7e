import { scaleLinear } from 'd3-scale'
import type { MarketMark, MarketYear } from '../../market/index.ts'
import { place } from '../axis.ts'
import { type Html, html } from '../html.ts'
import type { Writer } from '../writer.ts'
import type { MarketReportInput } from './input.ts'

/** Width of a drawing in its own units; it is stretched to the window. */
export const INNER_WIDTH = 1000
export const TOP = 46
export const HEIGHT = 240
/** Room of a figure with its years below. */
export const FIGURE_HEIGHT = TOP + HEIGHT + 28
const X_TICKS = 6
/** Of the past no more is worth its room. */
const PAST_YEARS = 10
/** Flags nearer than this share of the width are one, in percent. */
const FLAG_percent = 9
const FLAG_Y = TOP - 18

/** Years a figure shows; the value of a year stands at its end. */
export interface TimeFrame {
  readonly years: readonly MarketYear[]
  readonly cut_yr: number
  readonly from_yr: number
  readonly to_yr: number
}

export function timeFrame({ past, years, one }: MarketReportInput): TimeFrame {
  const shown = [...past.slice(-PAST_YEARS), ...years]
  const [first, last] = [shown[0]?.year ?? 0, shown[shown.length - 1]?.year ?? 1]
  return { years: shown, cut_yr: one.state.from_yr, from_yr: first + 1, to_yr: Math.max(last, first + 1) + 1 }
}

/** Place of a day across the figure, in percent. */
export function acrossOf({ from_yr, to_yr }: TimeFrame): (at_yr: number) => number {
  return scaleLinear().domain([from_yr, to_yr]).range([0, 100])
}

/** Upright lines and the years below them. */
export function yearAxis(frame: TimeFrame): Html {
  const across = acrossOf(frame)
  const ticks = scaleLinear().domain([frame.from_yr, frame.to_yr]).ticks(X_TICKS).filter(Number.isInteger)
  return html`<g class="axis">${ticks.map((year, at) => {
    const x = `${place(across(year))}%`
    return html`<line class="grid" x1="${x}" x2="${x}" y1="${TOP}" y2="${TOP + HEIGHT}"/>
<text x="${x}" y="${TOP + HEIGHT + 20}" text-anchor="middle"${at % 2 === 1 ? html` class="every-other"` : null}>${year}</text>
`
  })}</g>`
}

interface Flag {
  readonly at_yr: number
  readonly first: number
  readonly last: number
}

/** Numbers of the events in the list, those too near to each other as one. */
export function flagsOf(events: readonly MarketMark[], frame: TimeFrame): readonly Flag[] {
  const across = acrossOf(frame)
  const flags: Flag[] = []
  events.forEach(({ at_yr }, at) => {
    if (at_yr < frame.from_yr || at_yr > frame.to_yr) return
    const last = flags[flags.length - 1]
    if (last && across(at_yr) - across(last.at_yr) < FLAG_percent) flags[flags.length - 1] = { ...last, last: at + 1 }
    else flags.push({ at_yr, first: at + 1, last: at + 1 })
  })
  return flags
}

/** Where data end and what happened when. */
export function timeMarks({ events }: MarketReportInput, frame: TimeFrame, writer: Writer): Html {
  const across = acrossOf(frame)
  const flags = flagsOf(events, frame).map(({ at_yr, first, last }) => {
    const x = `${place(across(at_yr))}%`
    const text = first === last ? String(first) : `${first}–${last}`
    return html`<line class="evses stroke" x1="${x}" x2="${x}" y1="${FLAG_Y + 4}" y2="${TOP + HEIGHT}"/>
<text class="mark" x="${x}" y="${FLAG_Y}" text-anchor="middle">${text}</text>
`
  })
  const cut = `${place(across(frame.cut_yr))}%`
  if (frame.cut_yr <= frame.from_yr) return html`<g>${flags}</g>`
  return html`<g>${flags}<line class="limit stroke" x1="${cut}" x2="${cut}" y1="${TOP}" y2="${TOP + HEIGHT}"/>
<text class="mark" x="${cut}" dx="5" y="${TOP + HEIGHT - 8}">${writer.say('web.market.forecast')}</text></g>`
}
