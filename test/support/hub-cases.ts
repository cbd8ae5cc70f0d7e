/** Small random hubs with sessions, for the engine's tests. */
import fc from 'fast-check'
import type { PolicyName } from '../../src/hub/controller/index.ts'
import {
  type CurvePoints,
  type Driver,
  type HubControls,
  type HubModel,
  type PlugIn,
  ProfileTable,
} from '../../src/hub/plant/index.ts'
import type { GovernedHub, Governor } from '../../src/study/simulate/governor.ts'
import { type EndedSession, Run } from '../../src/study/simulate/index.ts'
import { CAP_SOURCE, type SlowSession } from './slow-hub.ts'

export interface HubCase {
  readonly model: HubModel
  readonly sessions: SlowSession[]
  readonly end_s: number
  readonly floor_kW?: number
}

/** Shapes from measured curves: flat and falling, rising at first, stepped, with a jump, not reaching zero. */
const shapes: readonly CurvePoints[] = [
  [
    [0, 1],
    [0.8, 1],
    [1, 0],
  ],
  [
    [0, 0.35],
    [0.12, 1],
    [0.55, 0.9],
    [0.8, 0.4],
    [1, 0.05],
  ],
  [
    [0, 0.6],
    [0.3, 0.6],
    [0.5, 1],
    [0.7, 0.5],
    [1, 0],
  ],
  [
    [0, 1],
    [0.4, 1],
    [0.4, 0.55],
    [0.75, 0.55],
    [0.75, 0.3],
    [1, 0.1],
  ],
  [
    [0, 0.5],
    [0.2, 0.3],
    [0.5, 1],
    [0.9, 0.95],
    [1, 0],
  ],
]

const session = fc.record({
  place: fc.nat(),
  gap_s: fc.integer({ min: 0, max: 900 }),
  stay_s: fc.integer({ min: 60, max: 2400 }),
  capacity_kWh: fc.constantFrom(40, 75, 110),
  soc_frac: fc.integer({ min: 0, max: 90 }).map((percent) => percent / 100),
  target_frac: fc.constantFrom(0.8, 1),
  shape: fc.nat({ max: shapes.length - 1 }),
  peak_kW: fc.constantFrom(60, 120, 200, 300),
  priority: fc.nat({ max: 2 }),
})

/** A site with two circuits, one of them with a cabinet; limits that bind now and then. */
export const hubCases: fc.Arbitrary<HubCase> = fc
  .record({
    site_kW: fc.constantFrom(150, 250, 400, Number.POSITIVE_INFINITY),
    circuit_kW: fc.constantFrom(120, 220, 500),
    cabinet_kW: fc.constantFrom(90, 160, 300),
    ratings: fc.array(fc.constantFrom(75, 150, 300), { minLength: 3, maxLength: 6 }),
    sessions: fc.array(session, { minLength: 3, maxLength: 12 }),
  })
  .map(({ site_kW, circuit_kW, cabinet_kW, ratings, sessions }) => {
    const nodes = [
      { id: 'site', source: 'site.limit', parent: -1, capacity_kW: site_kW },
      { id: 'a', source: 'circuit.a', parent: 0, capacity_kW: circuit_kW },
      { id: 'b', source: 'circuit.b', parent: 0, capacity_kW: 1.5 * circuit_kW },
      { id: 'c', source: 'cabinet.c', parent: 1, capacity_kW: cabinet_kW },
    ]
    const places = ratings.map((rating_kW, at) => ({ id: `p${at}`, node: [3, 2, 3, 1, 0, 3][at] ?? 0, rating_kW }))
    const free_s = ratings.map(() => 0)
    const placed = sessions.map((item): SlowSession => {
      const place = item.place % ratings.length
      const from_s = (free_s[place] ?? 0) + item.gap_s
      const to_s = from_s + item.stay_s
      free_s[place] = to_s
      const { capacity_kWh, soc_frac, target_frac, priority } = item
      const curve = (shapes[item.shape] ?? []).map(([soc, part]) => [soc, part * item.peak_kW] as const)
      return {
        place,
        from_s,
        to_s,
        capacity_kWh,
        soc_frac,
        target_frac,
        curve,
        limit_kW: ratings[place] ?? 0,
        priority,
      }
    })
    placed.sort((a, b) => a.from_s - b.from_s || a.place - b.place)
    return { model: { nodes, places }, sessions: placed, end_s: Math.max(...free_s) + 60 }
  })

/** Plugs in and out at the times of the sessions. */
class Timetable implements Driver {
  readonly alarms = 1
  #next = 0
  #hub: HubControls | null = null
  readonly #sessions: readonly SlowSession[]
  readonly #profiles: readonly number[]

  constructor(sessions: readonly SlowSession[], profiles: readonly number[]) {
    this.#sessions = sessions
    this.#profiles = profiles
  }

  start(hub: HubControls): void {
    this.#hub = hub
    hub.setAlarm(0, this.#sessions[0]?.from_s ?? Number.POSITIVE_INFINITY)
  }

  ring(): void {
    const { place, capacity_kWh, soc_frac, target_frac, to_s, priority } = this.#sessions[this.#next] as SlowSession
    const profile = this.#profiles[this.#next] ?? -1
    const kinds = { waited_s: 0, connector: 0, vehicle: 0, priority }
    this.#hub?.plugIn({ place, profile, capacity_kWh, soc_frac, target_frac, leaves_s: to_s, ...kinds })
    this.#next++
    this.#hub?.setAlarm(0, this.#sessions[this.#next]?.from_s ?? Number.POSITIVE_INFINITY)
  }

  leave(place: number): void {
    this.#hub?.unplug(place)
  }

  done(): void {}

  snapshot(): unknown {
    return this.#next
  }

  restore(state: unknown): void {
    this.#next = Number(state)
  }
}

/** Sets the caps of sessions at their times. */
class Caps implements Governor {
  readonly alarms: number
  readonly #sessions: readonly SlowSession[]
  #hub: GovernedHub | null = null
  /** Session at each slot, -1: none, and its next cap. */
  readonly #at: Int32Array
  readonly #next: Int32Array

  constructor(places: number, sessions: readonly SlowSession[]) {
    this.alarms = places
    this.#sessions = sessions
    this.#at = new Int32Array(places).fill(-1)
    this.#next = new Int32Array(places)
  }

  start(hub: GovernedHub): void {
    this.#hub = hub
  }

  plugged(slot: number, { place }: PlugIn, now_s: number): void {
    this.#at[slot] = this.#sessions.findIndex((one) => one.place === place && Math.abs(one.from_s - now_s) < 1e-6)
    this.#next[slot] = 0
    this.ring(slot, now_s)
  }

  unplugged(slot: number): void {
    this.#at[slot] = -1
    this.#hub?.setAlarm(slot, Number.POSITIVE_INFINITY)
  }

  ring(slot: number, now_s: number): void {
    const caps = this.#sessions[this.#at[slot] ?? -1]?.caps ?? []
    const source = this.#hub?.plant.profiles.sourceIndex(CAP_SOURCE) ?? 0
    for (let cap = caps[this.#next[slot] ?? 0]; cap && cap.at_s <= now_s + 1e-6; cap = caps[this.#next[slot] ?? 0]) {
      this.#hub?.setAllowance(slot, cap.cap_kW, source)
      this.#next[slot] = (this.#next[slot] ?? 0) + 1
    }
    this.#hub?.setAlarm(slot, caps[this.#next[slot] ?? 0]?.at_s ?? Number.POSITIVE_INFINITY)
  }

  stretchEnds(): void {}
  stretchBegins(): void {}

  snapshot(): unknown {
    return [this.#at.slice(), this.#next.slice()]
  }

  restore(state: unknown): void {
    const [at, next] = state as [Int32Array, Int32Array]
    this.#at.set(at)
    this.#next.set(next)
  }
}

/** The same hubs where devices cap what sessions draw, now and then at nothing. */
export const cappedCases: fc.Arbitrary<HubCase> = fc
  .tuple(hubCases, fc.infiniteStream(fc.tuple(fc.nat({ max: 900 }), fc.constantFrom(0, 33.3, 71.7, 110.3, 400))))
  .map(([hubCase, draws]) => {
    const sessions = hubCase.sessions.map((one): SlowSession => {
      const caps: { at_s: number; cap_kW: number }[] = []
      for (const [gap_s, cap_kW] of draws.take(one.capacity_kWh > 100 ? 0 : 3)) {
        caps.push({ at_s: (caps.at(-1)?.at_s ?? one.from_s) + gap_s, cap_kW })
      }
      return { ...one, caps }
    })
    return { ...hubCase, sessions }
  })

export function runCase(
  { model, sessions, end_s, floor_kW = 0 }: HubCase,
  policy: PolicyName,
  ended: EndedSession[] = [],
): Run {
  const profiles = new ProfileTable()
  const numbers = sessions.map(({ curve, limit_kW }) => {
    const limits = [{ source: 'charger.maxPower', limit: limit_kW }]
    return profiles.add({ curve, source: 'vehicle.chargeCurve', limits })
  })
  const driver = new Timetable(sessions, numbers)
  if (sessions.some(({ caps }) => caps)) profiles.sourceIndex(CAP_SOURCE)
  const devices = sessions.some(({ caps }) => caps) ? { devices: new Caps(model.places.length, sessions) } : {}
  const kinds = { connectors: ['any'], vehicles: ['any'] }
  const onSession = (one: EndedSession): number => ended.push(one)
  return new Run({
    model,
    profiles,
    policy,
    driver,
    duration_s: end_s,
    ...kinds,
    cutoff_kW: 0,
    floor_kW,
    onSession,
    ...devices,
  })
}

/** Energy of each session, in the order of the case. */
export function energies(hubCase: HubCase, ended: readonly EndedSession[]): number[] {
  return hubCase.sessions.map(({ place, from_s }) => {
    const found = ended.find((one) => one.place === place && Math.abs(one.plugged_s - from_s) < 1e-6)
    return found?.energy_kWh ?? Number.NaN
  })
}
