import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Driver, type HubControls, type PlugIn, ProfileTable, StateStore } from '../../hub/plant/index.ts'
import { Availability } from './availability.ts'
import { DurationHistogram } from './duration-histogram.ts'
import { LoadHistogram } from './load-duration.ts'
import { outcomeOf } from './outcome.ts'
import { PowerBooks } from './power-books.ts'
import type { SimulationResult } from './result.ts'
import { Run } from './run.ts'
import type { EndedSession } from './sessions.ts'

const HOUR_s = 3600

interface Guest {
  readonly at_s: number
  readonly until_s: number
  readonly from_frac: number
  readonly to_frac: number
  readonly capacity_kWh?: number
}

/** Plugs vehicles in one after the other, each at its own place. */
class Guests implements Driver {
  readonly alarms: number
  readonly #guests: readonly Guest[]
  #hub: HubControls | null = null

  constructor(guests: readonly Guest[]) {
    this.#guests = guests
    this.alarms = guests.length
  }

  start(hub: HubControls): void {
    this.#hub = hub
    for (const [at, { at_s }] of this.#guests.entries()) hub.setAlarm(at, at_s)
  }

  ring(place: number): void {
    const { until_s, from_frac, to_frac, capacity_kWh = 60 } = this.#guests[place] as Guest
    const kinds = { waited_s: 0, connector: 0, vehicle: 0 }
    const plugIn: PlugIn = {
      ...{ place, profile: 0, capacity_kWh, soc_frac: from_frac, target_frac: to_frac, leaves_s: until_s },
      ...kinds,
    }
    this.#hub?.plugIn(plugIn)
  }

  leave(place: number): void {
    this.#hub?.unplug(place)
  }

  done(): void {}
  snapshot(): null {
    return null
  }
  restore(): void {}
}

interface Hub {
  readonly grid_kW?: number
  readonly post_kW?: number
  readonly cutoff_kW?: number
  readonly curve?: readonly (readonly [number, number])[]
}

/** Four hours at posts of 100 kW behind a cabinet and a grid connection; vehicles take 100 kW and hold 60 kWh. */
function simulate(guests: readonly Guest[], hub: Hub = {}, sessions: EndedSession[] = []): SimulationResult {
  const profiles = new ProfileTable()
  const limits = [{ source: 'charger.maxPower', limit: hub.post_kW ?? 100 }]
  profiles.add({ curve: hub.curve ?? [[0, 100]], source: 'vehicle.chargeCurve', limits })
  const nodes = [
    { id: 'site', source: 'site.limit', parent: -1, capacity_kW: hub.grid_kW ?? 1000 },
    { id: 'c', source: 'cabinet.c', parent: 0, capacity_kW: 1000 },
  ]
  const places = guests.map((_, at) => ({ id: `p${at}`, node: 1, rating_kW: 100 }))
  const run = new Run({
    ...{ model: { nodes, places }, profiles, policy: 'max-min', driver: new Guests(guests), duration_s: 4 * HOUR_s },
    ...{ connectors: ['ccs2'], vehicles: ['car'], cutoff_kW: hub.cutoff_kW ?? 0, quarters: true },
    onSession: (session) => sessions.push(session),
  }).finish()
  const visits = { arrived: guests.length, refused: 0, balked: 0, reneged: 0 }
  const lists = { arrivedByVehicle: [guests.length], refusedByVehicle: [0], refusedBecause: {}, refusals: [] }
  return outcomeOf(
    run,
    { site: 'x', seed: 1, from: '2026-06-01T00:00:00Z', siteLimit_kW: null },
    { ...visits, ...lists },
  )
}

describe('results of hubs small enough for pencil and paper', () => {
  it('tells the minutes to 80 % of those who began below and got there', () => {
    const result = simulate([
      { at_s: 0, until_s: HOUR_s, from_frac: 0.2, to_frac: 0.9 },
      { at_s: 0, until_s: HOUR_s, from_frac: 0.5, to_frac: 0.8 },
      { at_s: 0, until_s: HOUR_s, from_frac: 0.2, to_frac: 0.7 },
      { at_s: 0, until_s: HOUR_s, from_frac: 0.85, to_frac: 0.9 },
    ])
    const { mean_min, ...counts } = result.to80
    expect(counts).toMatchObject({ sessions: 3, reached: 2, reached_frac: 2 / 3 })
    expect(mean_min).toBeCloseTo((0.6 * 36 + 0.3 * 36) / 2, 9)
    expect(result.byVehicle['car']?.meanTo80_min).toBeCloseTo(0.45 * 36, 9)
  })

  it('is exact at 80 % also while power is shared and the curve falls', () => {
    const sessions: EndedSession[] = []
    const curve = [
      [0, 100],
      [1, 50],
    ] as const
    // Alone: E = integral of ds / P(s), with P = 100 - 50 s: t = 60/50 ln(P1/P2).
    simulate([{ at_s: 0, until_s: 2 * HOUR_s, from_frac: 0.1, to_frac: 0.9 }], { curve }, sessions)
    expect(sessions[0]?.at80_s).toBeCloseTo(1.2 * Math.log(95 / 60) * HOUR_s, 6)
    const shared: EndedSession[] = []
    const twice = { at_s: 0, until_s: 3 * HOUR_s, from_frac: 0.1, to_frac: 0.9 }
    simulate([twice, twice], { grid_kW: 40 }, shared)
    for (const { at80_s } of shared) expect(at80_s).toBeCloseTo(((0.7 * 60) / 20) * HOUR_s, 6)
  })

  it('counts who was done within a coffee: 15 minutes at 100 kW are 25 kWh', () => {
    const of = (kWh: number): Guest => ({ at_s: 0, until_s: HOUR_s, from_frac: 0.1, to_frac: 0.1 + kWh / 60 })
    const result = simulate([of(24.9), of(25), of(25.1), { ...of(20), until_s: 600 }])
    expect(result.coffee).toEqual({ coffee_min: 15, done: 2, done_frac: 0.5 })
  })

  it('books what is missing to what held back most, to the battery or to the driver', () => {
    const stay = { at_s: 0, until_s: HOUR_s / 4, from_frac: 0, to_frac: 1 }
    expect(simulate([stay]).unservedBy_kWh).toEqual({ 'driver.stay': expect.closeTo(35, 9) })
    expect(simulate([stay], { grid_kW: 40 }).unservedBy_kWh).toEqual({ 'site.limit': expect.closeTo(50, 9) })
    expect(simulate([stay], { post_kW: 40 }).unservedBy_kWh).toEqual({ 'charger.maxPower': expect.closeTo(50, 9) })
    const curve = [
      [0, 100],
      [1, 0],
    ] as const
    const tired = simulate([{ ...stay, until_s: 4 * HOUR_s - 1 }], { curve, cutoff_kW: 10 })
    expect(tired.unservedBy_kWh).toEqual({ 'vehicle.chargeCurve': expect.closeTo(6, 6) })
    expect(tired.unserved_kWh).toBeCloseTo(6, 6)
  })

  it('tells load, peak and time at the limit of every node', () => {
    // Both want 100 kW; 100 kW are there for the first 0.6 h, then everybody is full.
    const both = { at_s: 0, until_s: 4 * HOUR_s - 1, from_frac: 0.5, to_frac: 1 }
    const [grid, cabinet] = simulate([both, both], { grid_kW: 100 }).byNode
    expect(grid).toMatchObject({ kind: 'grid', id: 'site', limit_kW: 100 })
    expect(grid?.energy_kWh).toBeCloseTo(60, 9)
    expect(grid?.load_frac).toBeCloseTo(60 / 400, 9)
    expect(grid?.atLimit_frac).toBeCloseTo(0.6 / 4, 9)
    expect(grid?.peak15min_kW).toBeCloseTo(100, 9)
    expect(cabinet).toMatchObject({ kind: 'cabinet', id: 'c', limit_kW: 1000, atLimit_frac: 0 })
    expect(cabinet?.peak15min_kW).toBeCloseTo(100, 9)
  })

  it('tells occupied, charging and own limit of a post, and mean power while charging', () => {
    const result = simulate([{ at_s: 0, until_s: 2 * HOUR_s, from_frac: 0.5, to_frac: 1 }], { post_kW: 30 })
    const [evse] = result.byEvse
    expect(evse?.occupied_frac).toBeCloseTo(0.5, 9)
    expect(evse?.charging_frac).toBeCloseTo(0.25, 9)
    expect(evse?.atLimit_frac).toBeCloseTo(0.25, 9)
    expect(evse?.load_frac).toBeCloseTo(30 / 400, 9)
    expect(result.meanChargingPower_kW).toBeCloseTo(30, 9)
    expect(result.byConnector['ccs2']?.available_frac).toBeCloseTo(0.5, 9)
  })

  it('keeps what is still plugged in at the end apart from what is over', () => {
    const result = simulate([{ at_s: 3 * HOUR_s, until_s: 9 * HOUR_s, from_frac: 0.1, to_frac: 0.9 }])
    expect(result.energyDelivered_kWh).toBeCloseTo(48, 9)
    expect(result.to80.sessions + result.coffee.done + result.unserved_kWh).toBe(0)
    expect(result.byEvse[0]?.charging_frac).toBeCloseTo(0.48 / 4, 9)
    expect(result.peakDay).toEqual({ date: '2026-06-01', energy_kWh: expect.closeTo(48, 9) })
  })
})

describe('books against slower ones', () => {
  it('load duration: hours at least at each level', () => {
    const minutes = fc.array(fc.double({ min: 0, max: 9000, noNaN: true }), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(minutes, (means) => {
        const histogram = new LoadHistogram(new StateStore())
        for (const mean of means) histogram.add(Float64Array.of(mean), mean)
        const { step_kW, atLeast_h } = histogram.curve()
        expect(atLeast_h.length).toBeLessThanOrEqual(100)
        for (const [level, hours_h] of atLeast_h.entries()) {
          const count = means.filter((mean) => mean >= level * step_kW * (1 - 1e-9) - 1e-9).length
          expect(hours_h).toBeCloseTo(count / 60, 9)
        }
        expect((atLeast_h.length - 1) * step_kW).toBeLessThanOrEqual(Math.max(...means) + 1e-6)
        expect((atLeast_h.length + 1) * step_kW).toBeGreaterThan(Math.max(...means))
      }),
    )
  })

  it('free connectors: the same as looking at every second', () => {
    const step = fc.record({
      place: fc.nat(5),
      guns: fc.integer({ min: 1, max: 2 }),
      wait_s: fc.integer({ min: 0, max: 20 }),
    })
    const layout = { evseOf: [0, 0, 1, 2, 2, 2], live: [1, 1, 2], kindOf: [0, 1, 0, 1, 1, 2] }
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const availability = new Availability(layout, 3, new StateStore())
        const held = new Map<number, number>()
        const inUse = (evse: number) =>
          [...held].reduce((sum, [place, guns]) => sum + (layout.evseOf[place] === evse ? guns : 0), 0)
        const isFree = (place: number) => {
          const evse = layout.evseOf[place] ?? 0
          return !held.has(place) && inUse(evse) < (layout.live[evse] ?? 0)
        }
        const expected_s = [0, 0, 0]
        let now_s = 0
        for (const { place, guns, wait_s } of steps) {
          for (const kind of [0, 1, 2]) {
            const any = layout.kindOf.some((of, at) => of === kind && isFree(at))
            if (any) expected_s[kind] = (expected_s[kind] ?? 0) + wait_s
          }
          now_s += wait_s
          const evse = layout.evseOf[place] ?? 0
          if (held.delete(place)) availability.hold(place, 0, now_s)
          else if (isFree(place) && inUse(evse) + guns <= (layout.live[evse] ?? 0)) {
            held.set(place, guns)
            availability.hold(place, guns, now_s)
          }
        }
        for (const kind of [0, 1, 2]) expect(availability.free_s(kind, now_s)).toBe(expected_s[kind])
      }),
    )
  })

  it('durations: percentiles within a second up to 8 minutes and 0.4 % above', () => {
    const durations = fc.array(fc.double({ min: 0, max: 2e6, noNaN: true }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(durations, (values) => {
        const histogram = new DurationHistogram(new StateStore())
        for (const value of values) histogram.add(value)
        const sorted = values.toSorted((a, b) => a - b)
        const { p50_min, p95_min, max_min } = histogram.times()
        for (const [share, got_min] of [
          [0.5, p50_min],
          [0.95, p95_min],
        ] as const) {
          const exact_s = sorted[Math.ceil(share * sorted.length) - 1] ?? 0
          expect(Math.abs(got_min * 60 - exact_s)).toBeLessThanOrEqual(Math.max(0.5, exact_s * 0.004) + 1e-9)
        }
        expect(max_min * 60).toBeCloseTo(sorted.at(-1) ?? 0, 6)
      }),
    )
  })

  it('peak day: days of any length, the running one included', () => {
    const books = new PowerBooks(10, 900, [0, 1200, 3000], new StateStore())
    books.add(new Float64Array(45).fill(60))
    // 20 minutes of the first day, 25 so far of the second.
    expect(books.peakDay()).toEqual({ day: 1, energy_kWh: 25 })
    books.add(new Float64Array(60).fill(6))
    expect(books.peakDay()).toEqual({ day: 1, energy_kWh: expect.closeTo(25.5, 9) })
    expect(books.energy_kWh).toBeCloseTo(51, 9)
  })
})
