import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { LostVisitor } from '../../../hub/demand/index.ts'
import { loadSite } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import type { SimulationResult } from '../result.ts'
import { localDays } from './days.ts'
import { type EndedSession, prepareSiteRun } from './index.ts'

const DAY_s = 86_400
const DAYS = 3

interface Quarter {
  readonly from_s: number
  readonly to_s: number
  readonly power_kW: readonly number[]
  readonly occupied: number
  readonly waiting: number
}

interface Watched {
  readonly result: SimulationResult
  readonly ended: readonly EndedSession[]
  readonly open: readonly EndedSession[]
  readonly quarters: readonly Quarter[]
  readonly lost: readonly LostVisitor[]
  readonly kinds: readonly string[]
  readonly vehicles: readonly string[]
}

/** Runs an example and keeps everything it tells on the way. */
function watched(name: string): Watched {
  const text = readFileSync(new URL(`../../../../examples/${name}.yaml`, import.meta.url), 'utf8')
  const checked = loadSite(text, name, builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  const site = { ...checked.value, demand: checked.value.demand }
  const ended: EndedSession[] = []
  const quarters: Quarter[] = []
  const lost: LostVisitor[] = []
  const { run, result } = prepareSiteRun({
    ...{ site, seed: 3, policy: 'max-min', from_ms: Date.parse('2026-06-05T22:10:00Z'), date: '2026-06-05' },
    ...{ duration_s: DAYS * DAY_s - 1000, coffee_min: 20 },
    watch: {
      ended: (session) => ended.push(session),
      quarter: (quarter) => quarters.push({ ...quarter, power_kW: [...quarter.power_kW] }),
      lost: (visitor) => lost.push(visitor),
    },
  })
  run.finish()
  const { connectors, vehicles } = run.input
  return { result: result(), ended, open: [...run.openSessions()], quarters, lost, kinds: connectors, vehicles }
}

function sum<T>(rows: readonly T[], value: (row: T) => number): number {
  return rows.reduce((total, row) => total + value(row), 0)
}

function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
}

/** |a / b - 1| below 1e-9, or both nothing. */
function expectSame(a: number, b: number): void {
  expect(Math.abs(a - b)).toBeLessThan(1e-9 * Math.max(1, Math.abs(b)))
}

describe.each(['us-highway', 'cn-expressway', 'eu-truck-stop', 'town-chademo'])('%s from its sessions', (name) => {
  const { result, ended, open, quarters, lost, kinds, vehicles } = watched(name)
  const all = [...ended, ...open]

  it('energy in = out + losses, by connector, vehicle, network, EVSE and node', () => {
    const energy_kWh = sum(all, (one) => one.energy_kWh)
    expectSame(result.energyDelivered_kWh, energy_kWh)
    expectSame(result.energyIn_kWh, result.energyDelivered_kWh + result.losses_kWh)
    expectSame(
      sum(Object.values(result.byNetwork), (row) => row.energy_kWh),
      energy_kWh,
    )
    for (const [number, kind] of kinds.entries()) {
      const ofKind = all.filter(({ connector }) => connector === number)
      expectSame(
        result.byConnector[kind]?.energy_kWh ?? 0,
        sum(ofKind, (one) => one.energy_kWh),
      )
    }
    const top = result.byNode.filter(({ kind }) => kind === 'grid')
    expectSame(top[0]?.energy_kWh ?? 0, energy_kWh)
  })

  it('minutes to 80 %, coffee and mean charging power', () => {
    const began = ended.filter(({ socBefore_frac }) => socBefore_frac < 0.8)
    const took_min = began.flatMap(({ at80_s, plugged_s }) => (at80_s === null ? [] : [(at80_s - plugged_s) / 60]))
    expect(result.to80).toMatchObject({ sessions: began.length, reached: took_min.length })
    if (took_min.length > 0) {
      expectSame(result.to80.mean_min ?? 0, sum(took_min, (min) => min) / took_min.length)
      expect(Math.abs((result.to80.p95_min ?? 0) / percentile(took_min, 0.95) - 1)).toBeLessThan(0.0045)
    }
    const done = ended.filter(({ done_s, plugged_s }) => done_s !== null && done_s - plugged_s <= 1200 + 1e-6)
    expect(result.coffee).toEqual({ coffee_min: 20, done: done.length, done_frac: done.length / ended.length })
    const charging_h = sum(all, ({ done_s, unplugged_s, plugged_s }) => ((done_s ?? unplugged_s) - plugged_s) / 3600)
    expectSame(result.meanChargingPower_kW ?? 0, result.energyDelivered_kWh / charging_h)
  })

  it('unserved and held back, by source and by vehicle', () => {
    const bySource = new Map<string, number>()
    for (const { unserved_kWh, unservedBy } of ended) {
      if (unserved_kWh === 0) continue
      const source = unservedBy ?? 'driver.stay'
      bySource.set(source, (bySource.get(source) ?? 0) + unserved_kWh)
    }
    expect(new Set(Object.keys(result.unservedBy_kWh))).toEqual(new Set(bySource.keys()))
    for (const [source, energy_kWh] of bySource) expectSame(result.unservedBy_kWh[source] ?? 0, energy_kWh)
    expectSame(
      sum(Object.values(result.unservedBy_kWh), (energy_kWh) => energy_kWh),
      result.unserved_kWh,
    )
    expectSame(
      sum(ended, ({ unserved_kWh }) => unserved_kWh),
      result.unserved_kWh,
    )
    const held_kWh = ({ heldBack_kWh }: EndedSession): number => sum(heldBack_kWh, (energy_kWh) => energy_kWh)
    expect(sum(all, held_kWh)).toBeCloseTo(result.heldBackTotal_kWh, 4)
    for (const [number, vehicle] of vehicles.entries()) {
      const row = result.byVehicle[vehicle]
      const own = ended.filter((one) => one.vehicle === number)
      expectSame(
        row?.unserved_kWh ?? 0,
        sum(own, ({ unserved_kWh }) => unserved_kWh),
      )
      const everybody = all.filter((one) => one.vehicle === number)
      expect(row?.heldBack_kWh ?? 0).toBeCloseTo(sum(everybody, held_kWh), 6)
    }
  })

  it('quarters: energy, counts and peaks of every node', () => {
    const hours_h = ({ from_s, to_s }: Quarter): number => (to_s - from_s) / 3600
    expect(quarters[0]?.from_s).toBe(0)
    expect(quarters.at(-1)?.to_s).toBe(result.duration_s)
    expectSame(
      sum(quarters, (quarter) => (quarter.power_kW[0] ?? 0) * hours_h(quarter)),
      result.energyDelivered_kWh,
    )
    const plugged_h = sum(all, ({ unplugged_s, plugged_s }) => (unplugged_s - plugged_s) / 3600)
    expectSame(
      sum(quarters, (quarter) => quarter.occupied * hours_h(quarter)),
      plugged_h,
    )
    const { occupied, waiting, step_s } = result.timeline
    const mean = (values: readonly number[], at: number) =>
      values[Math.floor(((quarters[at]?.from_s ?? 0) + 1) / step_s)]
    for (const [at, quarter] of quarters.entries()) {
      expectSame(quarter.occupied, mean(occupied, at) ?? Number.NaN)
      expectSame(quarter.waiting, mean(waiting, at) ?? Number.NaN)
    }
    for (const { limit_kW, peak15min_kW, load_frac } of result.byNode) {
      expect(peak15min_kW ?? 0).toBeLessThanOrEqual((limit_kW ?? 0) + 1e-6)
      expect(load_frac ?? 0).toBeLessThanOrEqual((peak15min_kW ?? 0) / (limit_kW ?? 1) + 1e-12)
    }
    const whole = quarters.filter((quarter) => hours_h(quarter) === 0.25)
    expectSame(result.peak15min_kW, Math.max(...whole.map(({ power_kW }) => power_kW[0] ?? 0)))
  })

  it('who left without charging', () => {
    const counted = { refused: 0, balked: 0, reneged: 0 }
    for (const { outcome } of lost) counted[outcome] += 1
    const { refused, balked, reneged } = result.sessions
    expect(counted).toEqual({ refused, balked, reneged })
  })

  it('load duration and timeline agree with each other', () => {
    const { step_kW, atLeast_h } = result.loadDuration
    const { lowestMinute_kW, highestMinute_kW, power_kW } = result.timeline
    expect(Math.max(...highestMinute_kW)).toBe(result.peak1min_kW)
    for (const [at, mean_kW] of power_kW.slice(0, -1).entries()) {
      expect(lowestMinute_kW[at]).toBeLessThanOrEqual(mean_kW + 1e-9)
      expect(highestMinute_kW[at]).toBeGreaterThanOrEqual(mean_kW - 1e-9)
    }
    // The area below the curve is the energy, to the width of a level on either side.
    const area_kWh = sum(atLeast_h.slice(1), (hours_h) => hours_h * step_kW)
    expect(area_kWh).toBeLessThanOrEqual(result.energyDelivered_kWh + 1e-6)
    expect(area_kWh + (atLeast_h[0] ?? 0) * step_kW).toBeGreaterThanOrEqual(result.energyDelivered_kWh - 1e-6)
  })
})

describe('availability', () => {
  it('of one EVSE for one vehicle is the time nobody is plugged in', () => {
    const { result } = watched('town-chademo')
    for (const { available_frac } of Object.values(result.byConnector)) {
      expect(available_frac).toBeGreaterThan(0)
      expect(available_frac).toBeLessThan(1)
    }
    const [ccs2, chademo] = Object.values(result.byConnector)
    expect(ccs2?.available_frac).toBe(chademo?.available_frac)
    expectSame(ccs2?.available_frac ?? 0, 1 - (result.byEvse[0]?.occupied_frac ?? 0))
  })
})

describe('days of a run', () => {
  it('begin at local midnight, also when the clocks change', () => {
    // 29 March 2026 has 23 hours in Berlin, 25 October 25.
    const spring = localDays('Europe/Berlin', Date.parse('2026-03-28T11:00:00Z'), 2 * DAY_s)
    expect(spring.dates).toEqual(['2026-03-28', '2026-03-29', '2026-03-30'])
    expect(spring.starts_s).toEqual([0, 12 * 3600, 35 * 3600])
    const autumn = localDays('Europe/Berlin', Date.parse('2026-10-24T22:00:00Z'), DAY_s + 2 * 3600)
    expect(autumn.starts_s).toEqual([0, 25 * 3600])
  })
})
