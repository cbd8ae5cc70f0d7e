import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import type { LostVisitor } from '../src/hub/demand/index.ts'
import type { TraceSession } from '../src/hub/demand/trace/index.ts'
import { loadSite } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { prepareSiteRun, type SiteRun, type VisitPart } from '../src/study/simulate/site/index.ts'
import { type FlatSite, flatSite, monday_ms, plug } from './support/flat-hub.ts'

const DAY_s = 86_400

interface Seen {
  readonly siteRun: SiteRun
  readonly sessions: readonly VisitPart[]
  readonly lost: readonly LostVisitor[]
  readonly exported: readonly TraceSession[]
}

function run(site: FlatSite, days = 10, seed = 1): Seen {
  const sessions: VisitPart[] = []
  const lost: LostVisitor[] = []
  const exported: TraceSession[] = []
  const siteRun = prepareSiteRun({
    ...{ site, seed, from_ms: monday_ms, date: '2026-06-01', policy: 'max-min', duration_s: days * DAY_s },
    watch: { ended: (session) => sessions.push(session), lost: (visitor) => lost.push(visitor) },
    onSession: (session) => void exported.push(session),
  })
  siteRun.run.finish()
  return { siteRun, sessions, lost, exported }
}

const posts = (count: number, more = ''): string =>
  `  - { id: post, count: ${count}, ${more} evses: [{ connectors: [${plug('ccs2', 100)}] }] }`

/** Drivers who want 50 kWh, half an hour at 100 kW, at a post or two. */
const demand = (lines: string, queue = '{ places: 1000 }', fleet = '[{ vehicle: flat, share_frac: 1 }]'): string =>
  `  sessions_perDay: 60
  energy: { mean_kWh: 50, distribution: constant }
  queue: ${queue}
  fleet: ${fleet}
${lines}`

function accounted(seen: Seen): void {
  const { arrived, ...ended } = seen.siteRun.result().sessions
  expect(Object.values(ended).reduce((sum, count) => sum + count, 0)).toBe(arrived)
}

/** The parts of a vehicle that was sent on follow each other, and it is exported as one session. */
function partsAddUp({ sessions, exported }: Seen): void {
  const visits = new Map<number, VisitPart[]>()
  for (const one of sessions) visits.set(one.visit, [...(visits.get(one.visit) ?? []), one])
  const ended = new Map([...visits].filter(([, parts]) => parts.at(-1)?.moved === false))
  for (const parts of visits.values()) {
    for (const [at, { part, plugged_s, arrived_s, socBefore_frac, waited_s }] of parts.entries()) {
      const before = parts[at - 1]
      expect(part).toBe(at + 1)
      expect([plugged_s, socBefore_frac]).toEqual([
        before?.unplugged_s ?? plugged_s,
        before?.soc_frac ?? socBefore_frac,
      ])
      expect(arrived_s).toBe((parts[0]?.plugged_s ?? 0) - waited_s)
    }
  }
  expect(Math.max(...[...ended.values()].map((parts) => parts.length))).toBeGreaterThan(1)
  expect(exported.map(({ id }) => Number(id)).sort()).toEqual([...ended.keys()].sort())
  for (const { id, energy_kWh, arrive_ms, plug_ms, depart_ms } of exported) {
    const parts = ended.get(Number(id)) ?? []
    const times_s = [parts[0]?.arrived_s, parts[0]?.plugged_s, parts.at(-1)?.unplugged_s]
    expect([arrive_ms, plug_ms, depart_ms]).toEqual(
      times_s.map((time_s) => Math.round(monday_ms + (time_s ?? 0) * 1000)),
    )
    expect(energy_kWh).toBeCloseTo(
      parts.reduce((sum, part) => sum + part.energy_kWh, 0),
      9,
    )
  }
}

describe('D7: balking', () => {
  it('drivers drive on at the length of line at which all do', () => {
    const { siteRun, lost } = run(flatSite(posts(1), demand('', '{ places: 1000, balk_frac: [0, 0, 1] }')))
    const { timeline, sessions } = siteRun.result()
    expect(Math.max(...timeline.waiting)).toBeLessThanOrEqual(2)
    expect(sessions.balked).toBeGreaterThan(50)
    expect(new Set(lost.map(({ reason }) => reason))).toEqual(new Set(['driver.queueLong']))
  })

  it('drivers say whether the line was too long or had no place left, or that they waited long enough', () => {
    const reasons = (queue: string): Record<string, number> => {
      const { siteRun, lost } = run(flatSite(posts(1), demand('', queue)), 60)
      const { balked, reneged } = siteRun.result().sessions
      expect(lost).toHaveLength(balked + reneged)
      const count = (code: string): number => lost.filter(({ reason }) => reason === code).length
      expect(count('driver.patience')).toBe(reneged)
      return { full: count('driver.queueFull'), long: count('driver.queueLong') }
    }
    const patience = 'patience: { mean_min: 10, distribution: exponential }'
    const one = reasons(`{ places: 1, ${patience} }`)
    expect([(one['full'] ?? 0) > 20, one['long']]).toEqual([true, 0])
    const both = reasons(`{ places: 2, ${patience}, balk_frac: [0, 0.3] }`)
    expect(Math.min(...Object.values(both))).toBeGreaterThan(10)
  })

  it('the share who drive on is the one stated, of those who find no free plug', () => {
    const none = run(flatSite(posts(1), demand('', '{ places: 1000, balk_frac: [1] }')), 100)
    const half = run(flatSite(posts(1), demand('', '{ places: 0 }')), 100)
    expect(none.siteRun.result().sessions).toEqual(half.siteRun.result().sessions)
  })
})

describe('D9: stays', () => {
  it('of a stated length end then, done or not, and what is missing is unserved', () => {
    const stay = '  stay: { mean_min: 15, distribution: constant }'
    const { sessions } = run(flatSite(posts(2), demand(stay)))
    for (const { plugged_s, unplugged_s, energy_kWh, unserved_kWh } of sessions) {
      expect(unplugged_s - plugged_s).toBeCloseTo(900, 6)
      expect([energy_kWh, unserved_kWh].map((energy) => Math.round(energy * 1e6) / 1e6)).toEqual([25, 25])
    }
  })

  it('go on after the vehicle is done', () => {
    const { sessions } = run(flatSite(posts(2), demand('  overstay: { mean_min: 20, distribution: constant }')))
    for (const { plugged_s, unplugged_s, done_s } of sessions) {
      expect((done_s ?? 0) - plugged_s).toBeCloseTo(1800, 6)
      expect(unplugged_s - (done_s ?? 0)).toBeCloseTo(1200, 6)
    }
  })

  it('D10: are shortened by an idle fee after the time that is free', () => {
    const overstay = '  overstay: { mean_min: 20, distribution: constant, idleFee: { after_min: 5, effect_frac: 0.6 } }'
    const { sessions } = run(flatSite(posts(2), demand(overstay)))
    expect(sessions.length).toBeGreaterThan(100)
    for (const { unplugged_s, done_s } of sessions)
      expect(unplugged_s - (done_s ?? 0)).toBeCloseTo(60 * (5 + 0.4 * 15), 6)
  })
})

test('D6: an energy beyond the battery is cut to what it holds', () => {
  const wish = demand('').replace('mean_kWh: 50', 'mean_kWh: 300000')
  const site = flatSite(posts(1), `${wish}\n  maxStay_min: 60`)
  const [first] = run(site, 1).sessions
  expect(first?.unserved_kWh).toBeCloseTo(200_000 - 100, 3)
})

describe('D12: announced drivers', () => {
  it('wait less than the others, and are counted', () => {
    const fleet = `
    - { vehicle: flat, share_frac: 0.5, name: tells, announced: { share_frac: 1, lead_min: 60 } }
    - { vehicle: flat, share_frac: 0.5, name: comes }`
    const seen = run(flatSite(posts(1), demand('', '{ places: 1000 }', fleet).replace('60', '42')), 60)
    const { byVehicle, drivers } = seen.siteRun.result()
    expect(drivers?.announced).toBe(byVehicle['tells']?.arrived)
    expect(byVehicle['tells']?.meanWait_min).toBeLessThan((byVehicle['comes']?.meanWait_min ?? 0) * 0.8)
    accounted(seen)
  })
})

describe('D13: vehicles without a driver', () => {
  it('are refused where nothing connects by itself, with the reason and what would help', () => {
    const seen = run(flatSite(posts(2), demand('  driverless_frac: 0.3')))
    const { refusedBecause, refusals, drivers, sessions } = seen.siteRun.result()
    expect(refusedBecause).toEqual({ 'access.handsFree': drivers?.driverless })
    expect(refusals[0]?.remedy?.code).toBe('remedy.handsFree')
    expect(sessions.refused).toBeGreaterThan(100)
    accounted(seen)
  })

  it('neither balk nor give up, and leave when done', () => {
    const lines = '  driverless_frac: 1\n  overstay: { mean_min: 30, distribution: constant }'
    const queue = '{ places: 0, patience: { mean_min: 1, distribution: constant }, balk_frac: [1] }'
    const seen = run(flatSite(posts(2, 'handsFree: true,'), demand(lines, queue)))
    const { sessions } = seen.siteRun.result()
    expect([sessions.balked, sessions.reneged, sessions.refused]).toEqual([0, 0, 0])
    for (const { unplugged_s, done_s } of seen.sessions) expect(unplugged_s).toBe(done_s)
    accounted(seen)
  })

  it('are sent to another EVSE to make room for a vehicle that fits only theirs', () => {
    const stations = `  - { id: fast, handsFree: true, evses: [{ connectors: [${plug('ccs2', 100)}] }] }
  - { id: slow, handsFree: true, evses: [{ connectors: [${plug('chademo', 50)}] }] }`
    const fleet = (driverless: number): string => `
    - { vehicle: both, share_frac: 0.5, driverless_frac: ${driverless} }
    - { vehicle: flat, share_frac: 0.5 }`
    const sent = run(flatSite(stations, demand('', '{ places: 1000 }', fleet(1)).replace('60', '30')), 30)
    const stays = run(flatSite(stations, demand('', '{ places: 1000 }', fleet(0)).replace('60', '30')), 30)
    const { drivers, byVehicle, energyDelivered_kWh, sessions, unserved_kWh } = sent.siteRun.result()
    expect(drivers?.moved).toBeGreaterThan(20)
    expect(sent.sessions.filter(({ moved }) => moved)).toHaveLength(drivers?.moved ?? 0)
    expect(byVehicle['Flat flat']?.meanWait_min).toBeLessThan(
      (stays.siteRun.result().byVehicle['Flat flat']?.meanWait_min ?? 0) * 0.8,
    )
    expect(sessions.charging === 0 ? energyDelivered_kWh / sessions.served : 50).toBeCloseTo(50, 6)
    expect(unserved_kWh).toBe(0)
    accounted(sent)
    partsAddUp(sent)
  })
})

describe('D11: waiting for a better plug', () => {
  const stations = `  - { id: fast, evses: [{ connectors: [${plug('ccs2', 200)}] }] }
  - { id: slow, evses: [{ connectors: [${plug('ccs2', 50)}] }] }`
  const better = (gain_min: number, patience_min: number): Seen =>
    run(flatSite(stations, demand(`  waitForBetter: { gain_min: ${gain_min}, patience_min: ${patience_min} }`)))

  it('whoever would wait for ever never takes the slow one', () => {
    const { byEvse, drivers, sessions } = better(44.9, 1e6).siteRun.result()
    expect(byEvse[1]?.sessions).toBe(0)
    expect(drivers?.waitedForBetter).toBeGreaterThan(100)
    expect(sessions.served).toBeGreaterThan(500)
  })

  it('nobody waits for less than the gain: 50 kWh take 15 minutes here and 60 there', () => {
    const patient = better(45.1, 1e6).siteRun.result()
    const plain = run(flatSite(stations, demand(''))).siteRun.result()
    expect(patient).toEqual(plain)
  })

  it('when the patience ends the slow one will do', () => {
    const seen = better(10, 3)
    expect(seen.siteRun.result().byEvse[1]?.sessions).toBeGreaterThan(20)
    const slow = seen.sessions.filter(({ place, waited_s }) => place === 1 && waited_s > 0)
    expect(Math.min(...slow.map(({ waited_s }) => waited_s))).toBeGreaterThanOrEqual(180 - 1e-6)
    accounted(seen)
  })
})

test('D11: the time a driver reckons with is the one it takes while nobody else charges', () => {
  const text = readFileSync(new URL('../examples/us-highway.yaml', import.meta.url), 'utf8')
  const checked = loadSite(text, 'hub.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error('the example is sound')
  const site = { ...checked.value, grid: { import_kW: 1e6 }, circuits: [], demand: checked.value.demand }
  const alone = { ...site, demand: { ...site.demand, arrivals_perHour: Array.from({ length: 168 }, () => 0.1) } }
  const { siteRun, sessions } = run(alone, 100)
  const soloists = sessions.filter((one) =>
    sessions.every((other) => other === one || other.unplugged_s < one.plugged_s || other.plugged_s > one.unplugged_s),
  )
  expect(soloists.length).toBeGreaterThan(100)
  for (const { vehicle, place, socBefore_frac, soc_frac, plugged_s, done_s } of soloists) {
    const match = siteRun.fleet[vehicle]
    const choice = match?.choices.find(({ connector }) => connector === place)
    const need = { soc_frac: socBefore_frac, target_frac: soc_frac, capacity_kWh: match?.row.usable_kWh ?? 0 }
    if (done_s !== null) expect((choice?.time_h(need) ?? 0) * 3600).toBeCloseTo(done_s - plugged_s, 4)
  }
})
