import { describe, expect, it } from 'vitest'
import { byVariant, type Difference, estimates } from './comparison.ts'
import { type FigureValues, figures } from './figures.ts'
import { type ComparedHub, contrastOf, type Outcome } from './index.ts'

const hub = { name: 'hub', stations: 1, evses: 2, connectors: [], cabinets: 0, cabinets_kW: 0 }

function hubOf(label: string, runs: readonly FigureValues[]): ComparedHub {
  const outcomes = runs.map((values, at) => ({
    job: { variant: 0, seed: at + 1, whole: false },
    figures: values,
    result: null,
    replayed: null,
  }))
  const summary = { ...hub, import_kW: 1, sessions_perWeek: 1, vehicles: 1 }
  return { label, file: `${label}.yaml`, hub: summary, policy: 'max-min', outcomes }
}

function differenceOf(name: string, base: readonly (number | null)[], other: readonly (number | null)[]): Difference {
  const runsOf = (values: readonly (number | null)[]) => values.map((value) => ({ [name]: value }))
  const { differences } = contrastOf(hubOf('A', runsOf(base)), hubOf('B', runsOf(other)), [])
  const found = differences.find(({ figure }) => figure.name === name)
  if (!found) throw new Error(`no figure ${name}`)
  return found
}

describe('a paired difference', () => {
  it('is that of the pairs: what both share cancels out', () => {
    // Student's sleep data: hours with two drugs, the same ten patients.
    const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]
    const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    const { difference, verdict, runsToTell } = differenceOf('energyDelivered_kWh', first, second)
    expect(difference?.mean).toBeCloseTo(1.58, 12)
    expect(difference?.low).toBeCloseTo(0.7001142, 6)
    expect([verdict, runsToTell]).toEqual(['better', null])
  })

  it.each([
    ['energyDelivered_kWh', [10, 11, 12], [12, 13.1, 14], 'better'],
    ['energyDelivered_kWh', [12, 13.1, 14], [10, 11, 12], 'worse'],
    ['meanWait_min', [12, 13.1, 14], [10, 11, 12], 'better'],
    ['arrived', [10, 11, 12], [12, 13.1, 14], 'other'],
    ['refused', [0, 0, 0], [5, 5, 5], 'worse'],
    ['refused', [0, 3, 1], [0, 3, 1], 'same'],
    ['peak15min_kW', [400, 0.1 + 0.2, 1], [400.00000000000006, 0.3, 1], 'same'],
    ['refused', [0, 3, 1], [3, 0, 1], 'unseen'],
    ['refused', [1], [0], 'untold'],
    ['meanWait_min', [null, null, 1], [1, null, null], 'untold'],
  ] as const)('%s from %j to %j: %s', (name, base, other, verdict) => {
    expect(differenceOf(name, base, other).verdict).toBe(verdict)
  })

  it('that was not seen says how many runs would tell', () => {
    expect(differenceOf('refused', [0, 2, 4, 6], [1, 2, 4, 6]).runsToTell).toBeGreaterThan(4)
    expect(differenceOf('refused', [0, 2, 4, 6], [2, 0, 4, 6]).runsToTell).toBeNull()
  })

  it('leaves out pairs of which one has no value', () => {
    const { difference } = differenceOf('meanWait_min', [1, null, 3, 4], [2, 2, null, 7])
    expect(difference).toMatchObject({ runs: 2, mean: 2, min: 1, max: 3 })
  })
})

it('every figure has an estimate, in the order of the list', () => {
  const rows = estimates([{ refused: 1 }, { refused: 3 }])
  expect(rows.map(({ figure }) => figure)).toEqual(figures)
  expect(rows.find(({ figure }) => figure.name === 'refused')?.estimate?.mean).toBe(2)
})

it('only seeds that every hub has are compared', () => {
  const outcome = (variant: number, seed: number): Outcome => ({
    job: { variant, seed, whole: false },
    figures: {},
    result: null,
    replayed: null,
  })
  const runs = byVariant([outcome(0, 1), outcome(1, 1), outcome(0, 2), outcome(1, 3), outcome(0, 4), outcome(1, 4)], 2)
  expect(runs.map((one) => one.map(({ job }) => job.seed))).toEqual([
    [1, 4],
    [1, 4],
  ])
})
