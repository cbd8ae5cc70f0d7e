import { describe, expect, test } from 'vitest'
import { type Estimate, estimate, type Figure, figures } from '../../simulate/many/index.ts'
import { digitsFor } from './digits.ts'
import { FigureWriter, figureLabel, verdictWords } from './index.ts'

function figureOf(name: string): Figure {
  const found = figures.find((figure) => figure.name === name)
  if (!found) throw new Error(`no figure ${name}`)
  return found
}

const told = (...values: number[]): Estimate | null => estimate(values)

test.each([
  [29_182.4, 1593, 0],
  [99.59, 0.37, 2],
  [2.5, 2.3, 1],
  [0.08123, 0.0634, 3],
  [0.08, 1e-7, 3],
  [400, 1e-13, 0],
  [400, 0, 0],
  [25.683, 0, 2],
  [25.683, null, 2],
  [3, null, 0],
])('%d ± %d has %i decimals', (value, half, digits) => {
  expect(digitsFor(value, half)).toBe(digits)
})

describe('numbers of a figure', () => {
  test('are as fine as their interval, shares in percent', () => {
    const energy = new FigureWriter(figureOf('energyDelivered_kWh'), told(1000, 1100, 1260), 'en')
    expect([energy.number(1234.56), energy.signed(-1234.56), energy.signed(0)]).toEqual(['1,235', '−1,235', '0'])
    const served = new FigureWriter(figureOf('served_frac'), told(0.97, 0.971, 0.972), 'en')
    expect(served.number(0.9712)).toBe('97.12')
    expect(served.half(told(0.97, 0.971, 0.972))).toBe('0.25')
  })

  test('that are not there are a dash', () => {
    const writer = new FigureWriter(figureOf('meanWait_min'), null, 'en')
    expect([writer.number(null), writer.half(null), writer.half(told(1))]).toEqual(['–', '–', '–'])
  })

  test('carry their unit', () => {
    expect(figureLabel(figureOf('served_frac'), 'en')).toBe('Vehicles served, %')
    expect(figureLabel(figureOf('meanWait_min'), 'zh')).toBe('平均等待（分钟）')
    expect(figureLabel(figureOf('refused'), 'en')).toBe('Refused')
  })
})

test('a verdict names the runs that would tell', () => {
  const row = { figure: figureOf('refused'), base: null, other: null, difference: told(1, 2) } as const
  expect(verdictWords({ ...row, verdict: 'unseen', runsToTell: 23 }, 'en')).toContain('23 runs')
  expect(verdictWords({ ...row, verdict: 'unseen', runsToTell: null }, 'en')).toContain('10,000 runs')
  expect(verdictWords({ ...row, verdict: 'other', runsToTell: null }, 'en')).toBe('more')
  expect(verdictWords({ ...row, difference: told(-1, -2), verdict: 'other', runsToTell: null }, 'en')).toBe('less')
})
