import { describe, expect, it } from 'vitest'
import { SessionTable, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'
import { loadSite, type Site, type SiteDemand } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import { prepareSiteRun } from './index.ts'

const start_ms = Date.parse('2026-06-01T00:00:00Z')
const DAY_s = 86_400
const minute = (count: number): number => start_ms + count * 60_000

type Complete = Site & { readonly demand: SiteDemand }

/** Two posts; a car with CCS2 and one with CHAdeMO. */
const text = `version: 1
name: two posts
timezone: UTC
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: 300 }
stations:
  - id: fast
    evses: [{ connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 150 }] }]
  - id: slow
    evses: [{ connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 50 }] }, { connectors: [{ connector: chademo, maxVoltage_V: 500, maxCurrent_A: 125, maxPower_kW: 50 }] }]
demand:
  sessions_perDay: 1
  profile: { weekday: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] }
  arrival: { mean_frac: 0.2 }
  target: { mean_frac: 0.8 }
  queue: { places: 3 }
  fleet:
    - { vehicle: vw-id4-77-2021, share_frac: 0.5 }
    - { vehicle: nissan-leaf-40-2018, share_frac: 0.5, usable_kWh: 36 }
`

function site(): Complete {
  const checked = loadSite(text, 'hub.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error(JSON.stringify(checked))
  return { ...checked.value, demand: checked.value.demand }
}

function session(id: string, arrive_min: number, stay_min: number, more: Partial<TraceSession> = {}): TraceSession {
  return { id, arrive_ms: minute(arrive_min), depart_ms: minute(arrive_min + stay_min), energy_kWh: 10, ...more }
}

function traceOf(sessions: readonly TraceSession[]): Trace {
  const table = new SessionTable()
  for (const one of sessions) table.add(one)
  return { sessions: table.columns(), timezone: null, skipped: [] }
}

function replay(sessions: readonly TraceSession[], seed = 1) {
  const ended: TraceSession[] = []
  const siteRun = prepareSiteRun({
    ...{ site: site(), from_ms: start_ms, date: '2026-06-01', duration_s: DAY_s, seed, policy: 'max-min' },
    trace: traceOf(sessions),
    onSession: (one) => void ended.push(one),
  })
  siteRun.run.finish()
  const byId = new Map(ended.map((one) => [one.id, one]))
  return { result: siteRun.result(), counts: siteRun.replayed(), byId, ended }
}

describe('a recording at a site', () => {
  it('comes, stays and wants as recorded; energy in the end is what was wanted', () => {
    const { byId, result, counts } = replay([session('a', 10, 60), session('b', 20, 120, { energy_kWh: 25 })], 4)
    for (const [id, energy_kWh, from, to] of [
      ['a', 10, 10, 70],
      ['b', 25, 20, 140],
    ] as const) {
      const one = byId.get(id)
      expect(one).toMatchObject({ arrive_ms: minute(from), depart_ms: minute(to) })
      expect(one?.energy_kWh).toBeCloseTo(energy_kWh, 9)
      expect(one?.chargingEnd_ms).toBeLessThan(minute(to))
    }
    expect(result.sessions).toMatchObject({ arrived: 2, served: 2 })
    expect(counts).toMatchObject({ byChance: 2, byName: 0, byConnector: 0 })
  })

  it('knows vehicles by id, name and plug', () => {
    const { byId, counts } = replay([
      session('id', 0, 30, { vehicle: 'NISSAN-leaf-40-2018' }),
      session('name', 60, 30, { vehicle: ` ${site().demand.fleet[0]?.name.toUpperCase()}` }),
      session('plug', 120, 30, { connector: 'CHADEMO' }),
      session('combo', 180, 30, { connector: 'IEC_62196_T2_COMBO' }),
      session('other', 240, 30, { vehicle: 'a lorry', connector: 'a socket' }),
    ])
    expect(byId.get('id')?.vehicle).toBe('nissan-leaf-40-2018')
    expect(byId.get('plug')?.vehicle).toBe('nissan-leaf-40-2018')
    expect(byId.get('combo')?.vehicle).toBe('vw-id4-77-2021')
    expect(byId.get('name')?.vehicle).toBe('vw-id4-77-2021')
    expect(counts).toMatchObject({ byName: 2, byConnector: 2, byChance: 1 })
  })

  it('goes to its EVSE while it is free, whatever gives more', () => {
    const car = { vehicle: 'vw-id4-77-2021' }
    const { byId, counts } = replay([
      session('there', 0, 60, { ...car, evse: 'slow/1' }),
      session('taken', 10, 60, { ...car, evse: 'slow/1' }),
      session('station', 100, 60, { ...car, evse: 'fast' }),
      session('elsewhere', 200, 60, { ...car, evse: 'no such post' }),
    ])
    const evses = ['there', 'taken', 'station', 'elsewhere'].map((id) => byId.get(id)?.evse)
    expect(evses).toEqual(['slow/1', 'fast/1', 'fast/1', 'fast/1'])
    expect(counts).toMatchObject({ knownEvse: 3, unknownEvse: 1 })
  })

  it('draws a vehicle whose battery holds the energy; without one the largest is filled', () => {
    const many = Array.from({ length: 20 }, (_, at) => session(String(at), at * 60, 59, { energy_kWh: 40 }))
    const { ended } = replay(many)
    expect(ended.map(({ vehicle }) => vehicle)).toEqual(many.map(() => 'vw-id4-77-2021'))
    const { counts, byId } = replay([session('lorry', 0, 600, { energy_kWh: 300 })])
    expect(counts).toMatchObject({ beyondBattery: 1 })
    expect(byId.get('lorry')?.energy_kWh).toBeCloseTo(byId.get('lorry')?.capacity_kWh ?? 0, 0)
  })

  it('who waits stays as long from plugging in on', () => {
    const car = { vehicle: 'nissan-leaf-40-2018' }
    const { byId } = replay([session('first', 0, 60, car), session('second', 30, 45, car)])
    expect(byId.get('second')).toMatchObject({ arrive_ms: minute(30), plug_ms: minute(60), depart_ms: minute(105) })
  })

  it('only the period is replayed, and an equal replay gives equal sessions', () => {
    const sessions = [session('before', -90, 60), session('in', 60, 60), session('after', 1500, 60)]
    const one = replay(sessions)
    expect([...one.byId.keys()]).toEqual(['in'])
    expect(replay(sessions).ended).toEqual(one.ended)
  })

  it('a run that is cut, stored and restored goes on the same', () => {
    const sessions = Array.from({ length: 60 }, (_, at) =>
      session(String(at), at * 20, 50, { energy_kWh: 5 + (at % 9) }),
    )
    const input = {
      ...{ site: site(), from_ms: start_ms, date: '2026-06-01', duration_s: DAY_s, seed: 3 },
      trace: traceOf(sessions),
    }
    const whole = prepareSiteRun({ ...input, policy: 'max-min' })
    const cut = prepareSiteRun({ ...input, policy: 'max-min' })
    whole.run.finish()
    cut.run.until(30_000)
    const stored = cut.run.snapshot()
    cut.run.finish()
    cut.run.restore(stored)
    cut.run.finish()
    expect(cut.result()).toEqual(whole.result())
    expect(cut.replayed()).toEqual(whole.replayed())
  })
})
