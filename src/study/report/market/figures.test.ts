import { expect, test } from 'vitest'
import { frozenSnapshot, phaseMap, plannerRows, scenarioNamed, studyOf, whoCanUse } from '../../market/index.ts'
import type { MarketReportInput } from './input.ts'
import { renderMarket } from './page.ts'
import { acrossOf, flagsOf, timeFrame } from './time-frame.ts'

function inputOf(id: string, draws: number): MarketReportInput {
  const one = scenarioNamed(id)
  if (!one?.ok) throw new Error(id)
  const { track: _, seed: __, ...study } = studyOf(one.value, draws, 1)
  const { past, years } = study
  return {
    ...study,
    phase: phaseMap(one.value, [...past, ...years]),
    uses: years.map((year) => ({ year: year.year, rows: whoCanUse(one.value, year) })),
    planners: plannerRows(one.value, years),
    score: { date: frozenSnapshot().date, model: 0.1, naive: 0.2, method: 'logTrend' },
    ...{ secondCable_cost: 5500, powerClasses: ['a', 'b', 'c', 'd'], engineVersion: '0', command: 'anyplug' },
  }
}

const us = inputOf('us-nacs-domino', 20)
const pathsOf = (page: string, look: string): number[][][] =>
  [...page.matchAll(new RegExp(`<path class="${look}" d="M([^"]*)"`, 'g'))].map(([, path = '']) =>
    path.split(/[LZ]/).flatMap((point) => (point === '' ? [] : [point.split(',').map(Number)])),
  )

test('past and forecast join at the cut, each year at its end', () => {
  const frame = timeFrame(us)
  expect(frame.cut_yr).toBe(2024)
  expect(frame.years.map(({ year }) => year)).toEqual(Array.from({ length: 26 }, (_, at) => 2014 + at))
  expect([acrossOf(frame)(2015), acrossOf(frame)(2040)]).toEqual([0, 100])
})

test('flags tell every event of the span once, and stand apart', () => {
  const frame = timeFrame(us)
  const flags = flagsOf(us.events, frame)
  const told = flags.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
  const inSpan = us.events.flatMap(({ at_yr }, at) => (at_yr >= frame.from_yr && at_yr <= frame.to_yr ? [at + 1] : []))
  expect(told).toEqual(inSpan)
  const places = flags.map(({ at_yr }) => acrossOf(frame)(at_yr))
  for (const [at, place] of places.slice(1).entries()) expect(place - (places[at] ?? 0)).toBeGreaterThanOrEqual(9)
})

test('stacked shares fill the panel, bands hold the middle of their layer and begin at the forecast', () => {
  const page = renderMarket(us, 'en')
  const top = Math.min(...pathsOf(page, 'layer-5').flatMap((path) => path.map(([, y = Number.NaN]) => y)))
  expect(top).toBe(46)
  const bands = pathsOf(page, 'edge')
  // Cars and sales, one for each layer but the last.
  expect(bands).toHaveLength(2 * (us.one.region.groups.length - 1))
  for (const path of bands) for (const [x = Number.NaN] of path) expect(x).toBeGreaterThanOrEqual(400)
})

test('a page without history, draws or makers that change leaves out what it does not know', () => {
  const page = renderMarket(inputOf('trucks-mcs', 0), 'zh')
  expect(page).not.toMatch(/NaN|undefined|class="edge"|phase-title|id="bands"/)
  expect(renderMarket(us, 'en')).toContain('phase-title')
})
