import { describe, expect, test } from 'vitest'
import { languages } from '../src/base/words/index.ts'
import { renderComparison } from '../src/study/report/comparison/index.ts'
import { renderReport } from '../src/study/report/index.ts'
import { type ComparisonShape, comparisonOf } from './comparison-fixture.ts'
import { emptyResult, inputOf, resultOf } from './report-fixture.ts'
import { attribute, checkPage, elements, parsed, rowsOf, section, textOf, withClass } from './support/page.ts'

const states: readonly (readonly [string, ComparisonShape])[] = [
  ['two hubs', {}],
  ['nine hubs', { gains_frac: [0.01, -0.02, 0, 0.3, -0.5, 3, 0.001, -0.001] }],
  ['a hub beside itself', { gains_frac: [0], changes: [] }],
  ['one run', { runs: 1 }],
  ['hubs nobody came to', { result: emptyResult() }],
  ['a year', { result: resultOf({ days: 365, step_s: 900 }) }],
  ['names that try to get out', { result: resultOf({}, { site: '<script>alert(1)</script>"\'&\u202e' }) }],
]

describe.each(states)('a comparison of %s', (_, shape) => {
  test.each(languages)('is a sound page in %s', (language) => {
    const input = comparisonOf(shape)
    const page = renderComparison(input, language)
    checkPage(page)
    expect(renderComparison(comparisonOf(shape), language)).toBe(page)
    expect(elements(parsed(page), 'script')).toHaveLength(1)
  })
})

const input = comparisonOf()
const tree = parsed(renderComparison(input, 'en'))

test('the table tells both means, the difference, its interval and what it says', () => {
  const rows = rowsOf(section(tree, 'contrast-1'))
  const energy = rows.find(([name]) => name === 'Energy delivered, kWh')
  const told = input.contrasts[0]?.differences.find(({ figure }) => figure.name === 'energyDelivered_kWh')
  const { mean = 0, high } = told?.difference ?? {}
  const number = (text = '') => Number(text.replace(/[,+]/g, '').replace('−', '-'))
  expect(number(energy?.[1])).toBeCloseTo(told?.base?.mean ?? 0, -1)
  expect(number(energy?.[2]) - number(energy?.[1])).toBeCloseTo(mean, -1)
  expect(number(energy?.[3])).toBeCloseTo(mean, -1)
  expect(number(energy?.[4])).toBeCloseTo((high ?? 0) - mean, -1)
  expect(energy?.[5]).toBe('better')
  expect(rows.find(([name]) => name === 'Refused')?.[5]).toBe('the same in every run')
})

test('intervals are drawn where the values are, with no difference in the middle', () => {
  const chart = withClass(section(tree, 'contrast-1'), 'intervals')[0]
  if (chart === undefined) throw new Error('no chart')
  const [energy] = elements(chart, 'g').filter((row) => textOf(row).includes('Energy delivered'))
  if (energy === undefined) throw new Error('no row of energy')
  const most = Number(/\+(\d+(?:\.\d+)?) %$/.exec(textOf(withClass(chart, 'axis')[0] ?? chart).trim())?.[1])
  const [line] = withClass(energy, 'interval-line')
  const at = (name: string) => Number(attribute(line ?? energy, name)?.replace('%', ''))
  const told = input.contrasts[0]?.differences.find(({ figure }) => figure.name === 'energyDelivered_kWh')
  const percent = (value = 0) => (100 * value) / (told?.base?.mean ?? 1)
  expect(at('x1')).toBeCloseTo(50 + (50 * percent(told?.difference?.low ?? 0)) / most, 1)
  expect(at('x2')).toBeCloseTo(50 + (50 * percent(told?.difference?.high ?? 0)) / most, 1)
})

test('differences of the files are listed, and another crowd is told', () => {
  expect(rowsOf(section(tree, 'hubs')).at(-1)).toEqual(['grid.import_kW', '1600', '2000'])
  expect(withClass(tree, 'notice')).toHaveLength(0)
  const other = comparisonOf({ changes: [{ path: 'demand.sessions_perDay', from: '300', to: '400' }] })
  expect(withClass(parsed(renderComparison(other, 'en')), 'notice').map(textOf)).toEqual([
    expect.stringContaining('two crowds'),
  ])
})

test('the timelines of all hubs have the same scale', () => {
  const chart = section(tree, 'timelines')
  const means = withClass(chart, 'mean').filter(({ tagName }) => tagName === 'path')
  expect(means).toHaveLength(2)
  const scales = elements(chart, 'svg').filter((svg) => attribute(svg, 'preserveAspectRatio') === 'none')
  expect(scales.map((svg) => attribute(svg, 'height'))).toEqual(['150', '80', '150', '80'])
})

test('the report of a run has the intervals of many beside its figures', () => {
  const runs = (input.hubs[0]?.outcomes ?? []).map(({ figures }) => figures)
  const page = renderReport({ ...inputOf(), runs }, 'en')
  checkPage(page)
  const notes = withClass(parsed(page), 'interval').map(textOf)
  expect(notes[0]).toMatch(/^Mean of 8 runs: [\d,]+ ± [\d,]+ kWh$/)
  expect(rowsOf(section(parsed(page), 'runs')).length).toBeGreaterThan(9)
  expect(withClass(parsed(renderReport(inputOf(), 'en')), 'interval')).toHaveLength(0)
})

test('a week of two hubs takes less than 300 kB', () => {
  for (const language of languages) expect(Buffer.byteLength(renderComparison(input, language))).toBeLessThan(300_000)
})
