import { describe, expect, it } from 'vitest'
import { builtInMarket } from '../built-in.ts'
import type { History, HistorySeries } from '../history/index.ts'
import type { Outlook } from './forecast.ts'
import { attachScore, mixScores } from './tables.ts'

const us = builtInMarket().regions.find(({ id }) => id === 'us')
if (!us) throw new Error('no region us')

const base = { region: 'US', measure: '', standard: '', unit: '', points: [], rows: [] }
const confidence = 'high' as const
const row = (year: number, ports: number, CCS1: number) => ({
  ...{ date: `${year}-07-01`, at_yr: year + 0.5, values: { ports, CCS1 }, confidence, source: 's' },
})
const point = (year: number, value: number) => ({
  ...{ date: `${year}-12-31`, at_yr: year + 1, value, lo: value, hi: value, confidence, source: 's' },
})

describe('shares of new ports', () => {
  const rows = [row(2018, 100, 50), row(2019, 100, 60), row(2020, 100, 70), row(2021, 100, 90)]
  const table: HistorySeries = { ...base, id: 'us-ny.newports.by_connector', rows }
  const known = { ...table, rows: rows.slice(0, 3) }
  const cut = '2020-12-31'
  const outlook = (fitted: number): Outlook => ({ levels: new Map(), fitted: () => fitted })

  it('are scored in points: persistence, the line, and the law moved to the last known share', () => {
    const score = attachScore(us, known, table, { cut, outlook: outlook(0.3) })
    expect(score).toMatchObject({ kind: 'attach', of: ['ccs1'], known: 3, later: 1 })
    if (typeof score === 'string') return
    expect(score.persistence).toBeCloseTo(20)
    expect(score.trend).toBeCloseTo(10)
    // A law that stays where it is says the last known share again, wherever it is.
    expect(score.model).toBeCloseTo(20)
    const rising: Outlook = { levels: new Map(), fitted: (_, at_yr) => (at_yr > 2021 ? 0.6 : 0.3) }
    const moved = attachScore(us, known, table, { cut, outlook: rising })
    // logit(0.7) + logit(0.6) - logit(0.3) = logit(0.8909)
    expect(typeof moved === 'string' ? moved : moved.model).toBeCloseTo(0.91, 1)
  })

  it('tell why they cannot be scored', () => {
    const why = (before: HistorySeries | null, series: HistorySeries) =>
      attachScore(us, before, series, { cut, outlook: outlook(0.3) })
    expect(why(known, { ...table, id: 'us.stations.by_standard' })).toBe('notModelled')
    expect(why(null, table)).toBe('nothingBefore')
    expect(why(known, known)).toBe('nothingAfter')
    expect(why(known, { ...table, rows: [row(2021, 11, 10)] })).toBe('fewPorts')
  })
})

describe('mix', () => {
  const series = (id: string, values: readonly number[]): HistorySeries => ({
    ...{ ...base, id },
    points: values.map((value, at) => point(2018 + at, value)),
  })
  const later: History = {
    series: [series('us.sales.nacs', [50, 60, 70, 80]), series('us.sales.ccs1', [50, 40, 30, 20])],
    ...{ events: [], sources: {}, until: '2021-12-31' },
  }
  const known: History = {
    ...later,
    series: later.series.map((one) => ({ ...one, points: one.points.slice(0, 3) })),
    until: '2020-12-31',
  }

  it('is scored by total variation, on the days all parts are counted', () => {
    const right = new Map([
      ['us.sales.nacs', () => 8],
      ['us.sales.ccs1', () => 2],
    ])
    const [score, ...more] = mixScores(us, known, later, { levels: right, fitted: () => 0 })
    expect(more).toEqual([])
    expect(score).toMatchObject({ id: 'us: sales', kind: 'mix', of: ['tesla', 'ccs'], known: 3, later: 1 })
    expect(score?.model).toBeCloseTo(0)
    expect(score?.persistence).toBeCloseTo(10)
    expect(score?.trend).toBeLessThan(5)
    const even = new Map([
      ['us.sales.nacs', () => 1],
      ['us.sales.ccs1', () => 1],
    ])
    expect(mixScores(us, known, later, { levels: even, fitted: () => 0 })[0]?.model).toBeCloseTo(30)
  })
})
