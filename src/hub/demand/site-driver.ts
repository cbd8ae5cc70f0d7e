import { invariant } from '../../base/problems/index.ts'
import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { CompiledHub } from '../plant/compile/index.ts'
import type { Driver, HubControls } from '../plant/index.ts'
import type { SiteDemand } from '../site/index.ts'
import { Arrivals } from './arrivals.ts'
import type { FleetChoice, FleetMatch } from './fleet.ts'
import { LocalClock } from './local-clock.ts'
import { Occupancy } from './occupancy.ts'
import { RandomStream } from './random.ts'
import { type Visitor, Visitors } from './visitor.ts'
import { type Waiting, WaitingLine } from './waiting-line.ts'

/** What drives a site: the compiled hub, who can charge where, and when people come. */
export interface SiteTraffic {
  readonly hub: CompiledHub
  readonly demand: SiteDemand
  readonly fleet: readonly FleetMatch[]
  /** Number of each connector's kind in the run's list of kinds. */
  readonly connectorOf: readonly number[]
  readonly timezone: string
  readonly from_ms: number
  readonly duration_s: number
  readonly seed: number
}

/** People who did not charge, and those still waiting. */
export interface TrafficCounts {
  /** By row of the fleet. */
  readonly arrived: readonly number[]
  readonly refused: readonly number[]
  readonly balked: number
  readonly reneged: number
  readonly waiting: number
}

const MS_PER_SECOND = 1000
const Alarm = { arrival: 0, patience: 1 } as const

interface Snapshot {
  readonly arrivals: readonly number[]
  readonly visitors: readonly (readonly number[])[]
  readonly line: readonly Waiting[]
  readonly occupancy: readonly number[]
  readonly overstay_s: readonly number[]
  readonly latest_s: readonly number[]
  readonly arrived: readonly number[]
  readonly refused: readonly number[]
  readonly lost: readonly [balked: number, reneged: number]
}

/**
 * Drivers arrive by the clock on the wall, take the free connector that gives them most, or wait first come, first
 * served; they balk when the waiting places are full, give up when their patience ends, and leave when done.
 */
export class SiteDriver implements Driver {
  readonly alarms = 2
  readonly #traffic: SiteTraffic
  readonly #random: RandomStream
  readonly #arrivals: Arrivals
  readonly #visitors: Visitors
  readonly #line = new WaitingLine()
  readonly #occupancy: Occupancy
  /** How long the vehicle at a connector stays after it is done, and when it leaves at the latest. */
  readonly #overstay_s: Float64Array
  readonly #latest_s: Float64Array
  readonly #arrived: number[]
  readonly #refused: number[]
  #balked = 0
  #reneged = 0
  #controls: HubControls | null = null

  constructor(traffic: SiteTraffic) {
    const { hub, demand, from_ms, duration_s, seed, timezone } = traffic
    this.#traffic = traffic
    this.#random = new RandomStream(seed, 'arrivals')
    const clock = new LocalClock(timezone, from_ms, from_ms + duration_s * MS_PER_SECOND)
    this.#arrivals = new Arrivals(demand.arrivals_perHour, clock, this.#random)
    this.#visitors = new Visitors(demand.fleet, seed)
    this.#occupancy = new Occupancy({ evseOf: hub.connectors.map(({ evseNumber }) => evseNumber), live: hub.live })
    this.#overstay_s = new Float64Array(hub.connectors.length)
    this.#latest_s = new Float64Array(hub.connectors.length)
    this.#arrived = demand.fleet.map(() => 0)
    this.#refused = demand.fleet.map(() => 0)
  }

  get counts(): TrafficCounts {
    return {
      arrived: this.#arrived,
      refused: this.#refused,
      balked: this.#balked,
      reneged: this.#reneged,
      waiting: this.#line.length,
    }
  }

  start(controls: HubControls): void {
    this.#controls = controls
    this.#setNextArrival(0)
  }

  ring(alarm: number, now_s: number): void {
    if (alarm === Alarm.arrival) this.#arrive(now_s)
    else this.#loseImpatient(now_s)
  }

  leave(place: number, now_s: number): void {
    this.#hub.unplug(place)
    this.#occupancy.release(place)
    for (;;) {
      const next = this.#line.next(({ row }) => this.#free(row))
      if (next === null) break
      this.#plugIn(next.waiting, next.choice, now_s)
    }
    this.#lineChanged()
  }

  done(place: number, now_s: number): void {
    this.#hub.leaveAt(place, Math.min(this.#latest_s[place] ?? 0, now_s + (this.#overstay_s[place] ?? 0)))
  }

  snapshot(): Snapshot {
    return {
      arrivals: this.#random.state,
      visitors: this.#visitors.state,
      line: this.#line.state,
      occupancy: this.#occupancy.state,
      overstay_s: [...this.#overstay_s],
      latest_s: [...this.#latest_s],
      arrived: [...this.#arrived],
      refused: [...this.#refused],
      lost: [this.#balked, this.#reneged],
    }
  }

  restore(state: Snapshot): void {
    this.#random.state = state.arrivals
    this.#visitors.state = state.visitors
    this.#line.state = state.line
    this.#occupancy.state = state.occupancy
    this.#overstay_s.set(state.overstay_s)
    this.#latest_s.set(state.latest_s)
    for (const [row, count] of state.arrived.entries()) this.#arrived[row] = count
    for (const [row, count] of state.refused.entries()) this.#refused[row] = count
    ;[this.#balked, this.#reneged] = state.lost
  }

  get #hub(): HubControls {
    invariant(this.#controls, 'the driver was started')
    return this.#controls
  }

  #setNextArrival(after_s: number): void {
    const { from_ms, duration_s } = this.#traffic
    const next_ms = this.#arrivals.next_ms(from_ms + after_s * MS_PER_SECOND, from_ms + duration_s * MS_PER_SECOND)
    this.#hub.setAlarm(Alarm.arrival, (next_ms - from_ms) / MS_PER_SECOND)
  }

  #arrive(now_s: number): void {
    const visitor = this.#visitors.next()
    count(this.#arrived, visitor.row)
    const choice = this.#free(visitor.row)
    if (choice) this.#plugIn({ ...visitor, since_s: now_s }, choice, now_s)
    else if (this.#traffic.fleet[visitor.row]?.choices.length === 0) count(this.#refused, visitor.row)
    else if (this.#line.length >= this.#traffic.demand.places) this.#balked += 1
    else this.#join(visitor, now_s)
    this.#setNextArrival(now_s)
  }

  #join(visitor: Visitor, now_s: number): void {
    this.#line.join({ ...visitor, since_s: now_s, until_s: now_s + visitor.patience_s })
    this.#lineChanged()
  }

  #loseImpatient(now_s: number): void {
    this.#reneged += this.#line.dropUntil(now_s)
    this.#lineChanged()
  }

  #lineChanged(): void {
    this.#hub.setWaiting(this.#line.length)
    this.#hub.setAlarm(Alarm.patience, this.#line.nextLoss_s)
  }

  /** Best free choice of a row of the fleet. */
  #free(row: number): FleetChoice | null {
    return this.#occupancy.firstFree(this.#traffic.fleet[row]?.choices ?? [])
  }

  #plugIn(visitor: Visitor & { readonly since_s: number }, choice: FleetChoice, now_s: number): void {
    const row = this.#traffic.demand.fleet[visitor.row]
    invariant(row?.usable_kWh, 'a simulated vehicle has a battery')
    const place = choice.connector
    this.#occupancy.take(choice)
    this.#overstay_s[place] = visitor.overstay_s
    this.#latest_s[place] = now_s + (row.maxStay_min ?? Number.POSITIVE_INFINITY) * SECONDS_PER_MINUTE
    this.#hub.plugIn({
      place,
      profile: choice.profile,
      capacity_kWh: row.usable_kWh,
      soc_frac: visitor.soc_frac,
      target_frac: visitor.target_frac,
      leaves_s: this.#latest_s[place] ?? 0,
      waited_s: now_s - visitor.since_s,
      connector: this.#traffic.connectorOf[place] ?? 0,
      vehicle: visitor.row,
    })
  }
}

function count(counts: number[], row: number): void {
  counts[row] = (counts[row] ?? 0) + 1
}
