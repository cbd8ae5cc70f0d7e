import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backtest,
  builtInMarket,
  calibrate,
  type History,
  loadScenario,
  type MarketCase,
  type MarketYear,
  noLevers,
  overall,
  playScenario,
  scenarioBands,
  tippingReport,
  verdictOf,
  withLevers,
  yearsOf,
} from './index.ts'
import { cableDemand } from './model/need.ts'
import { runMarket } from './model/run.ts'
import { scenarioSetup } from './scenarios/plan.ts'

const market = builtInMarket()
const calibration = market.snapshot?.calibration
if (!calibration) throw new Error('no snapshot: npx tsx scripts/build-market.ts --freeze DATE')
const knowledge = { regions: market.regions, history: market.history, calibration }

function caseOf(id: string): MarketCase {
  const loaded = loadScenario(JSON.stringify(market.scenarios.get(id)), id, knowledge)
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems))
  return loaded.value
}

const played = new Map<string, readonly MarketYear[]>()
function play(id: string): readonly MarketYear[] {
  const years = played.get(id) ?? yearsOf(playScenario(caseOf(id)))
  played.set(id, years)
  return years
}
function at(id: string, year: number): MarketYear {
  const found = play(id).find((one) => one.year === year)
  if (!found) throw new Error(`${id} has no ${year}`)
  return found
}
const share = (values: readonly number[], k: number): number => (values[k] ?? 0) / values.reduce((a, b) => a + b, 0)
const cablesAPort = (year: MarketYear, c: number): number => (year.cables[c] ?? 0) / year.ports

describe('every scenario', () => {
  it.each([...market.scenarios.keys()])('%s: shares are shares, no stock is negative, nothing jumps', (id) => {
    const track = playScenario(caseOf(id))
    for (const values of [track.fleet, track.sales, track.cables, track.ports, track.closedPorts, track.newPorts]) {
      expect(values.every((value) => Number.isFinite(value) && value >= 0)).toBe(true)
    }
    const { quarters, connectors } = track.setup
    for (let quarter = 1; quarter < quarters; quarter += 1) {
      let cables = 0
      for (let c = 0; c < connectors; c += 1) {
        const aPort = (q: number): number => (track.cables[q * connectors + c] ?? 0) / (track.ports[q] ?? 1)
        cables += aPort(quarter)
        expect(aPort(quarter)).toBeLessThanOrEqual(1 + 1e-9)
        expect(Math.abs(aPort(quarter) - aPort(quarter - 1))).toBeLessThan(0.25)
      }
      expect(cables).toBeGreaterThanOrEqual(1 - 1e-9)
    }
  })

  it('makers that change inlet move sales, they do not make any', () => {
    const one = caseOf('us-nacs-domino')
    const with0 = yearsOf(runMarket(scenarioSetup(one)))
    const without = yearsOf(runMarket({ ...scenarioSetup(one), switch: null }))
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
    with0.forEach((year, k) => {
      expect(sum(year.sales)).toBeCloseTo(sum(without[k]?.sales ?? []), 3)
    })
  })
})

describe('signs', () => {
  const [nacs, ccs1, chademo] = [0, 1, 2]

  it('us-nacs-domino: NACS cars rise, CCS falls, two cables for a decade, CHAdeMO fades', () => {
    const [start, end] = [at('us-nacs-domino', 2024), at('us-nacs-domino', 2035)]
    expect(share(end.fleet, 2)).toBeGreaterThan(share(start.fleet, 2) + 0.2)
    expect(share(end.fleet, 1)).toBeLessThan(share(start.fleet, 1) - 0.2)
    for (const year of [2027, 2030, 2034]) {
      expect(
        cablesAPort(at('us-nacs-domino', year), nacs) + cablesAPort(at('us-nacs-domino', year), ccs1),
      ).toBeGreaterThan(1.2)
    }
    expect(at('us-nacs-domino', 2029).fitted_frac[ccs1]).toBeGreaterThan(0.5)
    expect(cablesAPort(end, chademo)).toBeLessThan(cablesAPort(start, chademo) / 3)
  })

  it('us-ccs1-mandate-holds: least redundant cables, most unusable ports', () => {
    const others = ['us-nacs-domino', 'us-adapter-plateau', 'us-never-opened']
    const holds = at('us-ccs1-mandate-holds', 2035)
    for (const id of others) expect(at(id, 2035).redundantCables).toBeGreaterThan(holds.redundantCables)
    for (const id of ['us-nacs-domino', 'us-adapter-plateau'])
      expect(at(id, 2035).unusablePorts_frac).toBeLessThan(holds.unusablePorts_frac / 3)
    // A plug that is never opened leaves the same island, rule or no rule.
    expect(Math.abs(at('us-never-opened', 2035).unusablePorts_frac - holds.unusablePorts_frac)).toBeLessThan(0.01)
  })

  it('us-adapter-plateau: fewer NACS cables and more adapter sessions than with the dominoes', () => {
    const [plateau, domino] = [at('us-adapter-plateau', 2035), at('us-nacs-domino', 2035)]
    expect(cablesAPort(plateau, nacs)).toBeLessThan(cablesAPort(domino, nacs))
    expect(plateau.adapterSessions_frac).toBeGreaterThan(domino.adapterSessions_frac)
  })

  it('us-never-opened: nobody commits', () => {
    expect(
      play('us-never-opened').every(({ committed_frac, native_frac }) => committed_frac === 0 && native_frac === 0),
    ).toBe(true)
  })

  it('incentive-cliff: fleets move, shares do not, ports follow less and later', () => {
    const [cliff, plain] = [at('incentive-cliff', 2030), at('us-nacs-domino', 2030)]
    const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)
    expect(sum(cliff.fleet)).toBeLessThan(0.9 * sum(plain.fleet))
    for (const g of cliff.fleet.keys())
      expect(Math.abs(share(cliff.fleet, g) - share(plain.fleet, g))).toBeLessThan(0.03)
    const early = at('incentive-cliff', 2026)
    const earlyPlain = at('us-nacs-domino', 2026)
    expect(early.ports / earlyPlain.ports).toBeGreaterThan(sum(early.fleet) / sum(earlyPlain.fleet) - 0.01)
    expect(cliff.ports).toBeLessThan(plain.ports)
  })

  it('eu-ccs2-mandate against eu-laissez-faire: what no decision costs', () => {
    const [mandate, free] = [at('eu-ccs2-mandate', 2035), at('eu-laissez-faire', 2035)]
    expect(at('eu-ccs2-mandate', 2035).fitted_frac[1]).toBeLessThan(at('eu-ccs2-mandate', 2024).fitted_frac[1] ?? 0)
    expect(at('eu-ccs2-mandate', 2029).redundantCables).toBeGreaterThan(0)
    expect(free.redundantCables).toBeGreaterThan(3 * mandate.redundantCables)
    expect(free.unusablePorts_frac).toBeGreaterThan(2 * mandate.unusablePorts_frac)
  })

  it('china-dual-transition and china-2015-cooled: nothing tips', () => {
    for (const id of ['china-dual-transition', 'china-2015-cooled']) {
      expect(at(id, 2039).fitted_frac[1]).toBeLessThan(0.05)
      expect(cablesAPort(at(id, 2039), 0)).toBeGreaterThan(0.99)
    }
  })

  it('china-chaoji-leap needs the port side: without, far fewer cables and more adapters', () => {
    const [leap, free] = [at('china-chaoji-leap', 2032), at('china-chaoji-leap-no-port-mandate', 2032)]
    expect(cablesAPort(leap, 1)).toBeGreaterThan(2 * cablesAPort(free, 1))
    expect(free.adapterSessions_frac).toBeGreaterThan(leap.adapterSessions_frac)
    const early = at('china-chaoji-leap', 2028)
    expect(cablesAPort(early, 1) / share(early.fleet, 1)).toBeGreaterThan(0.5)
  })

  it('jp-nacs-entry: NACS cables and adapter sessions rise, the plugs live beside each other', () => {
    const [entry, holds] = [at('jp-nacs-entry', 2035), at('jp-chademo-holds', 2035)]
    expect(cablesAPort(entry, 1)).toBeGreaterThan(cablesAPort(holds, 1))
    expect(entry.adapterSessions_frac).toBeGreaterThan(holds.adapterSessions_frac)
    expect(cablesAPort(entry, 0)).toBeGreaterThan(0.8)
  })

  it('trucks: CCS2 first, MCS later; a hard need beats a soft one', () => {
    const one = at('trucks-mcs', 2026)
    expect(cablesAPort(one, 0)).toBeGreaterThan(5 * cablesAPort(one, 1))
    expect(at('trucks-mcs', 2031).fitted_frac[1]).toBeGreaterThan(0.5)
    const [camps, alone] = [at('trucks-mcs-vs-proprietary', 2032), at('trucks-mcs', 2032)]
    expect(camps.unusablePorts_frac).toBeGreaterThan(2 * alone.unusablePorts_frac)
    expect(camps.fitted_frac[2]).toBeGreaterThan(camps.fitted_frac[1] ?? 0)
    expect(share(camps.fleet, 2)).toBeLessThan(share(camps.fleet, 1))
  })

  it('swap: allies outweigh a head start, and a shared pack leaves hardly a station unusable', () => {
    const camps = at('swap-two-camps', 2036)
    expect(share(at('swap-two-camps', 2024).cables, 0)).toBeGreaterThan(0.6)
    expect(camps.demand_frac[1]).toBeGreaterThan(camps.demand_frac[0] ?? 0)
    expect(at('swap-shared-pack', 2036).unusablePorts_frac).toBeLessThan(camps.unusablePorts_frac)
    expect(at('swap-shared-pack', 2036).redundantCables).toBeLessThan(camps.redundantCables)
  })

  it('more adapter cover means fewer NACS cables in 2035 (Farrell and Saloner), at every step', () => {
    const capped = withLevers(caseOf('us-nacs-domino'), { ...noLevers, cap_frac: 0.45 })
    const cables = [0, 0.3, 0.6, 0.9].map((adapterCover_frac) => {
      const years = yearsOf(playScenario(withLevers(capped, { ...noLevers, adapterCover_frac })))
      const year = years.find((one) => one.year === 2035)
      return year ? cablesAPort(year, nacs) : Number.NaN
    })
    expect(cables.every((value, k) => k === 0 || value < (cables[k - 1] ?? 0))).toBe(true)
  })
})

it('more adapters never raise what a second cable is worth', () => {
  const part = fc.double({ min: 0, max: 1, noNaN: true })
  const scene = fc.record({
    present: fc.array(part, { minLength: 2, maxLength: 2 }),
    weight: fc.array(part, { minLength: 2, maxLength: 2 }),
    low: part,
    more: part,
  })
  fc.assert(
    fc.property(scene, ({ present, weight, low, more }) => {
      const demand = (cover: number): number => {
        const groups = [0, 1].map((inlet) => ({
          ...{ id: String(inlet), inlets: [inlet], furtherInlet_frac: 1, stock: 1 },
          ...{ openUse: new Float64Array([1]), closedAccess: new Float64Array(1), sales: new Float64Array(1) },
          adapters: Float64Array.from([cover, cover]),
        }))
        const out = new Float64Array(2)
        cableDemand(
          { groups, connectors: 2, quarter: 0, weight: Float64Array.from(weight), present: Float64Array.from(present) },
          out,
        )
        return out[1] ?? 0
      }
      expect(demand(Math.min(1, low + more))).toBeLessThanOrEqual(demand(low) + 1e-12)
    }),
  )
})

describe('tipping, bands, verdict', () => {
  it('the dominoes have tipped, the large makers moved it most, and the market decides', () => {
    const one = caseOf('us-nacs-domino')
    const track = playScenario(one)
    const tipping = tippingReport(one, track)
    expect(tipping.tipped).toBe(true)
    expect(tipping.half_yr).toBeGreaterThan(2023.4)
    expect(tipping.half_yr).toBeLessThan(2023.7)
    const later = new Map(tipping.movers.map(({ maker, later_yr }) => [maker, later_yr ?? 99]))
    expect(later.get('hyundai-kia')).toBeGreaterThan(later.get('honda') ?? 0)
    for (const value of later.values()) expect(value).toBeGreaterThanOrEqual(-1e-9)
    expect(verdictOf(one, track, tipping, null).ledBy).toBe('market')
    const held = caseOf('us-ccs1-mandate-holds')
    const heldTrack = playScenario(held)
    expect(verdictOf(held, heldTrack, tippingReport(held, heldTrack), null).ledBy).toBe('rules')
  })

  it('bands are the same for the same seed, hold their middle, and widen', () => {
    const noise = { sales: 0.4, fleet: 0.15, ports: 0.15 }
    const one = caseOf('us-nacs-domino')
    const bands = scenarioBands(one, 40, 7, noise)
    expect(scenarioBands(one, 40, 7, noise)).toEqual(bands)
    for (const { ports, fleetShare_frac } of bands) {
      for (const { p10, p50, p90 } of [ports, ...fleetShare_frac]) {
        expect(p10).toBeLessThanOrEqual(p50)
        expect(p50).toBeLessThanOrEqual(p90)
      }
    }
    const width = (k: number): number => Math.log((bands.at(k)?.ports.p90 ?? 1) / (bands.at(k)?.ports.p10 ?? 1))
    expect(width(-1)).toBeGreaterThan(1.5 * width(0))
  })
})

it('newer counts set the level, the day the data end and what is built in; the laws stay', () => {
  const newer: History = {
    ...market.history,
    series: market.history.series.map((series) => {
      if (series.id !== 'us.fleet.bev') return series
      const point = {
        date: '2025-06-30',
        at_yr: 2025.49,
        value: 5_500_000,
        lo: 5_500_000,
        hi: 5_500_000,
        confidence: 'high' as const,
        source: 'test',
      }
      return { ...series, points: [...series.points, point] }
    }),
  }
  const text = JSON.stringify(market.scenarios.get('us-nacs-domino'))
  const loaded = loadScenario(text, 'x', { ...knowledge, history: newer })
  if (!loaded.ok) throw new Error('not loaded')
  expect(loaded.value.state.until).toBe('2025-06-30')
  expect(loaded.value.state.fleet.reduce((a, b) => a + b, 0) / 5_500_000).toBeCloseTo(1, 1)
  expect(loaded.value.calibration.parameters).toEqual(calibration.parameters)
  const [first] = yearsOf(playScenario(loaded.value))
  expect(first?.native_frac).toBeGreaterThan(0.2)
})

describe('training', () => {
  const us = market.regions.find(({ id }) => id === 'us')
  if (!us) throw new Error('no region us')

  it('finds the attach law from early and late data alike', () => {
    const { parameters } = calibrate(market.regions, market.history, '2023-12-31')
    expect(parameters.threshold_frac).toBeGreaterThan(0.04)
    expect(parameters.threshold_frac).toBeLessThan(0.14)
    expect(parameters.openElasticity).toBeGreaterThan(0.85)
    expect(parameters.openElasticity).toBeLessThan(1.1)
    expect(calibration.parameters.threshold_frac).toBeCloseTo(parameters.threshold_frac, 3)
  })

  it('never looks beyond the cut: later points may be anything', () => {
    const cut = '2020-12-31'
    const spoilt: History = {
      ...market.history,
      series: market.history.series.map((series) => ({
        ...series,
        points: series.points.map((point) => (point.date <= cut ? point : { ...point, value: 1e9, lo: 1e9, hi: 1e9 })),
        rows: series.rows.map((row) =>
          row.date <= cut ? row : { ...row, values: { ports: 1e6, CCS1: 1, CHAdeMO: 1e6 } },
        ),
      })),
      events: market.history.events.filter(({ date }) => date <= cut),
    }
    expect(calibrate(market.regions, spoilt, cut)).toEqual(calibrate(market.regions, market.history, cut))
    const asked = { region: us, cut }
    const honest = backtest(market.regions, market.history, market.history, asked)
    const tested = backtest(market.regions, spoilt, market.history, asked)
    expect(tested.scores).toEqual(honest.scores)
  })

  it('beats the naive method that is best over all cuts', () => {
    const few = [
      ['us', '2019-12-31'],
      ['de', '2018-12-31'],
      ['cn', '2020-12-31'],
    ] as const
    const others = [
      ['us', '2020-12-31'],
      ['us', '2021-12-31'],
      ['us', '2022-12-31'],
      ['jp', '2020-12-31'],
      ['eu', '2016-12-31'],
    ] as const
    const cuts = process.env['ANYPLUG_FULL'] === '1' ? [...few, ...others] : few
    const tests = cuts.flatMap(([id, cut]) => {
      const region = market.regions.find((one) => one.id === id)
      return region ? [backtest(market.regions, market.history, market.history, { region, cut })] : []
    })
    const { model, naive } = overall(tests)
    expect(tests).toHaveLength(cuts.length)
    expect(model).toBeLessThanOrEqual(naive)
    expect(model).toBeLessThan(0.24)
    for (const { mean, tables } of tests) {
      for (const error of Object.values(mean.naive)) expect(mean.model).toBeLessThan(error)
      for (const one of tables) expect(one.model).toBeLessThan(one.kind === 'mix' ? 20 : 15)
    }
    const [points, inside] = [
      tests.flatMap(({ scores }) => scores).reduce((sum, { later }) => sum + later, 0),
      tests.flatMap(({ scores }) => scores).reduce((sum, { inBand }) => sum + inBand, 0),
    ]
    expect(inside / points).toBeGreaterThanOrEqual(0.7)
    expect(inside / points).toBeLessThanOrEqual(0.9)
  })
})

describe('bad scenarios are answered', () => {
  const problems = (text: string): readonly string[] => {
    const loaded = loadScenario(text, 's.yaml', knowledge)
    return loaded.ok ? [] : loaded.problems.map(({ code, at }) => `${at?.line}:${at?.column} ${code}`)
  }

  it.each([
    ['id: a\ntitle: t\nregion: uss\n', ['3:9 market.problem.unknown.region']],
    ['id: a\ntitle: t\nregion: us\nshares: { tesla: 0.7, ccs: 0.5 }\n', ['4:9 market.problem.sharesSum']],
    ['id: a\ntitle: t\nregion: us\nshares: { tesa: 0.7 }\n', ['4:17 market.problem.unknown.group']],
    ['id: a\ntitle: t\nregion: us\nswitch: { never: [frod] }\n', ['4:19 market.problem.unknown.maker']],
    ['id: a\ntitle: t\nregion: us\nto: "2021"\n', ['4:5 market.problem.endsEarly']],
    [
      'id: a\ntitle: t\nregion: us\nrules:\n  - { kind: mandate, connector: ccs1, from: "2025" }\n  - { kind: ban, connector: ccs1, from: "2026" }\n',
      ['6:5 market.problem.mandateAndBan'],
    ],
    [
      'id: a\ntitle: t\nregion: us\nrules:\n  - { kind: ban, connector: ccs1, from: "2015", to: "2016" }\n',
      ['5:53 market.problem.beforeData'],
    ],
    ['id: a\ntitle: t\nregion: cn\nswitch: { cap_frac: 0.5 }\n', ['4:9 market.problem.noSwitch']],
    ['id: a\nregion: us\nsharez: 1\n', ['1:1 document.missingKey', '3:1 document.unknownKey']],
  ])('%j', (text, expected) => {
    expect(problems(text)).toEqual(expected)
  })
})
