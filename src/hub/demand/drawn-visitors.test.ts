import { describe, expect, it } from 'vitest'
import type { Amount, FleetRow, SiteDemand } from '../site/index.ts'
import { DrawnVisitors } from './drawn-visitors.ts'
import { Traits } from './traits.ts'
import type { Visitor } from './visitor.ts'

const from_ms = Date.parse('2026-01-01T00:00:00Z')
const YEAR_ms = 365.25 * 86_400_000
const exponential = (mean: number): Amount => ({ law: 'exponential', mean, sd: 0 })
const spread = { mean_frac: 0.2, sd_frac: 0.1, min_frac: 0, max_frac: 1 }

const row: FleetRow = {
  ...{ vehicle: 'a', name: 'a', share_frac: 0.5, shareGrowth_frac: 0, modelYear: null, adapters: [], options: [] },
  ...{ usable_kWh: 70, maxPower_kW: 150, priority: 0, weight: 1, maxStay_min: null, announced: null },
  ...{ driverless_frac: 0, patience: null, path: [], arrival: spread, need: { target: { ...spread, mean_frac: 0.8 } } },
  departure: { overstay_min: null, idleFee: null },
}

function demandOf(fleet: readonly FleetRow[], more: Partial<SiteDemand> = {}): SiteDemand {
  return {
    arrivals_perHour: new Array<number>(168).fill(4),
    season: new Array<number>(12).fill(1),
    ...{
      growth: null,
      queue: { places: 3, balk_frac: [0] },
      waitForBetter: null,
      preconditioned_frac: 0,
      fleet,
      path: [],
    },
    ...more,
  }
}

function visitors(demand: SiteDemand, years: number): { readonly at_ms: number; readonly visitor: Visitor }[] {
  const end_ms = from_ms + years * YEAR_ms
  const drawn = new DrawnVisitors(demand, { timezone: 'UTC', from_ms, end_ms, seed: 9 })
  const found = []
  for (let at_ms = drawn.next_ms(from_ms); at_ms < end_ms; at_ms = drawn.next_ms(at_ms)) {
    found.push({ at_ms, visitor: drawn.next() })
  }
  return found
}

describe('drawn visitors', () => {
  it('D4: shares of the fleet grow against each other from the start of the growth', () => {
    const growth = { perYear_frac: 0, from: '2026-01-01' }
    const found = visitors(demandOf([row, { ...row, shareGrowth_frac: 1 }], { growth }), 4)
    for (const year of [0, 3]) {
      const inside = found.filter(({ at_ms }) => Math.floor((at_ms - from_ms) / YEAR_ms) === year)
      const second = inside.filter(({ visitor }) => visitor.row === 1).length / inside.length
      // Mean over the year of g / (1 + g) with g = 2^t.
      const steps = Array.from({ length: 1000 }, (_, at) => 2 ** (year + (at + 0.5) / 1000))
      const expected = steps.reduce((sum, grown) => sum + grown / (1 + grown), 0) / steps.length
      expect(Math.abs(second - expected)).toBeLessThan(4 * Math.sqrt(0.25 / inside.length))
    }
  })

  it('D2: are the same ones in every variant of a hub, but for the trait that differs', () => {
    const other: FleetRow = {
      ...row,
      patience: exponential(5),
      departure: { stay_min: exponential(9) },
      driverless_frac: 1,
    }
    const plain = visitors(demandOf([row, row]), 0.1)
    const changed = visitors(demandOf([row, other]), 0.1)
    const kept = ({ number, row, soc_frac, target_frac, balksAt_frac }: Visitor, at_ms: number) => ({
      ...{ number, row, soc_frac, target_frac, at_ms },
      balksAt_frac: row === 0 ? balksAt_frac : null,
    })
    expect(changed.map(({ visitor, at_ms }) => kept(visitor, at_ms))).toEqual(
      plain.map(({ visitor, at_ms }) => kept(visitor, at_ms)),
    )
    expect(changed.some(({ visitor }) => visitor.driverless)).toBe(true)
  })

  it('go on where their state was taken', () => {
    const growth = { perYear_frac: 0.3, from: '2025-01-01' }
    const demand = demandOf([row, { ...row, shareGrowth_frac: 2 }], { growth })
    const setting = { timezone: 'UTC', from_ms, end_ms: from_ms + YEAR_ms, seed: 4 }
    const first = new DrawnVisitors(demand, setting)
    let at_ms = from_ms
    for (let count = 0; count < 500; count++) {
      at_ms = first.next_ms(at_ms)
      first.next()
    }
    const next_ms = first.next_ms(at_ms)
    const second = new DrawnVisitors(demand, setting)
    second.state = first.state
    expect(second.next()).toEqual(first.next())
    expect(second.next_ms(next_ms)).toBe(first.next_ms(next_ms))
  })
})

describe('D10: an idle fee', () => {
  it('shortens an exponential overstay to m - e m exp(-a / m) on average', () => {
    const idleFee = { after_min: 8, effect_frac: 0.7 }
    const traits = new Traits(1)
    const kind = { ...row, departure: { overstay_min: exponential(12), idleFee } }
    const many = 40_000
    const sum_s = Array.from({ length: many }, () => traits.manners(kind).overstay_s).reduce((sum, one) => sum + one, 0)
    const expected_min = 12 - 0.7 * 12 * Math.exp(-8 / 12)
    expect(Math.abs(sum_s / 60 / many - expected_min)).toBeLessThan((4 * 12) / Math.sqrt(many))
  })
})
