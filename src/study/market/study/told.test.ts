import { expect, test } from 'vitest'
import {
  builtInMarket,
  frozenSnapshot,
  loadScenario,
  type MarketCase,
  noLevers,
  plannerRows,
  siteSizes,
  studyOf,
  turned,
  whoCanUse,
} from '../index.ts'

function caseOf(scenario: object | string): MarketCase {
  const { regions, history, scenarios } = builtInMarket()
  const text = JSON.stringify(typeof scenario === 'string' ? scenarios.get(scenario) : scenario)
  const loaded = loadScenario(text, 'scenario', { regions, history, calibration: frozenSnapshot().calibration })
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.value
}

test('who can use what: inlets, adapters on their way, the closed network', () => {
  const one = caseOf('us-nacs-domino')
  const { years } = studyOf(one, 0, 1)
  const [first, last] = [years[0], years.at(-1)]
  if (!first || !last) throw new Error('no years')
  const rows = whoCanUse(one, first)
  expect(rows.map(({ group }) => group)).toEqual(['tesla', 'ccs', 'nacs-new', 'chademo'])
  const ccs = rows[1]
  // From 2024-02-29 towards 0.6 with two years: (2024.875 - 2024.1597) / 2, in the middle of the last quarter.
  expect(ccs?.cells[0]).toMatchObject({ connector: 'nacs', how: 'adapter' })
  expect(ccs?.cells[0]?.cover_frac).toBeCloseTo(0.6 * (1 - Math.exp(-(2024.875 - (2024 + 1 / 12 + 28 / 365)) / 2)), 6)
  expect(ccs?.cells[1]).toMatchObject({ how: 'native', cover_frac: 1 })
  expect(ccs?.cells[2]).toMatchObject({ how: 'none', cover_frac: 0 })
  expect(rows[0]?.closed_frac).toBe(1)
  expect(ccs?.closed_frac).toBeCloseTo((0.85 * (2024.875 - 2024.1)) / 1.9, 6)
  for (const { native, byAdapter, ofAll_frac } of whoCanUse(one, last)) {
    expect(ofAll_frac).toBeCloseTo((native + byAdapter) / (last.ports + last.closedPorts), 9)
    expect(Math.min(native, byAdapter)).toBeGreaterThanOrEqual(0)
  }
})

test('planners: no cable where fewer than half of the sites would, never more than ports', () => {
  const one = caseOf('us-nacs-domino')
  const rows = plannerRows(one, studyOf(one, 0, 1).years)
  expect(new Set(rows.map(({ connector }) => connector)).size).toBe(3)
  for (const { pays_frac, demand_frac, cables } of rows) {
    siteSizes.forEach((n, at) => {
      const asked = Math.ceil(Math.min(n, Math.max(1, n * one.calibration.parameters.headroom * demand_frac)))
      expect(cables[at]).toBe(pays_frac < 0.5 ? 0 : asked)
    })
  }
  expect(rows.some(({ cables }) => cables[0] === 0)).toBe(true)
})

test('levers a region does not know are all told at once', () => {
  const rules = [{ kind: 'mandate', connector: 'gbt', from: '2026-01-01', share_frac: 1 }] as const
  const answer = turned(caseOf('us-nacs-domino'), { ...noLevers, never: ['frod'], access: { nobody: 1 }, rules })
  expect(answer.ok ? [] : answer.problems.map(({ params }) => params['name'])).toEqual(['frod', 'gbt', 'nobody'])
})

test('a factor on sales holds for a region that states its own sales too', () => {
  const sold = (one: MarketCase): number => studyOf(one, 0, 1).years[0]?.sales.reduce((a, b) => a + b, 0) ?? 0
  const half = turned(caseOf('trucks-mcs'), { ...noLevers, salesFactor: 0.5 })
  if (!half.ok) throw new Error('levers')
  expect(sold(half.value)).toBeCloseTo(sold(caseOf('trucks-mcs')) / 2, 6)
})
