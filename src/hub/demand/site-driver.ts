import { invariant } from '../../base/problems/index.ts'
import type { CompiledHub } from '../plant/compile/index.ts'
import type { Driver, HubControls } from '../plant/index.ts'
import type { SiteDemand } from '../site/index.ts'
import type { FleetChoice, FleetMatch } from './fleet.ts'
import { Occupancy } from './occupancy.ts'
import type { Visitor, Visitors, VisitorsState } from './visitor.ts'
import { type Waiting, WaitingLine } from './waiting-line.ts'

/** What drives a site: the compiled hub, who can charge where, and who comes when. */
export interface SiteTraffic {
  readonly hub: CompiledHub
  readonly demand: SiteDemand
  readonly fleet: readonly FleetMatch[]
  /** Number of each connector's kind in the run's list of kinds. */
  readonly connectorOf: readonly number[]
  readonly visitors: Visitors
  readonly from_ms: number
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

/** A visitor who is plugged in. */
interface Guest extends Visitor {
  /** When the vehicle leaves at the latest. */
  readonly latest_s: number
}

interface Snapshot {
  readonly visitors: VisitorsState
  readonly line: readonly Waiting[]
  readonly occupancy: readonly number[]
  readonly guests: readonly (Guest | null)[]
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
  readonly #line = new WaitingLine()
  readonly #occupancy: Occupancy
  /** Who is at each connector. */
  #guests: (Guest | null)[]
  readonly #arrived: number[]
  readonly #refused: number[]
  #balked = 0
  #reneged = 0
  #controls: HubControls | null = null

  constructor(traffic: SiteTraffic) {
    const { hub, demand } = traffic
    this.#traffic = traffic
    this.#occupancy = new Occupancy({ evseOf: hub.connectors.map(({ evseNumber }) => evseNumber), live: hub.live })
    this.#guests = hub.connectors.map(() => null)
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

  /** Who is plugged in at a place; null: nobody. */
  guestAt(place: number): Visitor | null {
    return this.#guests[place] ?? null
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
    this.#guests[place] = null
    for (;;) {
      const next = this.#line.next((waiting) => this.#free(waiting))
      if (next === null) break
      this.#plugIn(next.waiting, next.choice, now_s)
    }
    this.#lineChanged()
  }

  done(place: number, now_s: number): void {
    const guest = this.#guests[place]
    invariant(guest, `somebody is done at place ${place}`)
    this.#hub.leaveAt(place, Math.min(guest.latest_s, now_s + guest.overstay_s))
  }

  snapshot(): Snapshot {
    return {
      visitors: this.#traffic.visitors.state,
      line: this.#line.state,
      occupancy: this.#occupancy.state,
      guests: [...this.#guests],
      arrived: [...this.#arrived],
      refused: [...this.#refused],
      lost: [this.#balked, this.#reneged],
    }
  }

  restore(state: Snapshot): void {
    this.#traffic.visitors.state = state.visitors
    this.#line.state = state.line
    this.#occupancy.state = state.occupancy
    this.#guests = [...state.guests]
    for (const [row, count] of state.arrived.entries()) this.#arrived[row] = count
    for (const [row, count] of state.refused.entries()) this.#refused[row] = count
    ;[this.#balked, this.#reneged] = state.lost
  }

  get #hub(): HubControls {
    invariant(this.#controls, 'the driver was started')
    return this.#controls
  }

  #setNextArrival(after_s: number): void {
    const { from_ms, visitors } = this.#traffic
    const next_ms = visitors.next_ms(from_ms + after_s * MS_PER_SECOND)
    this.#hub.setAlarm(Alarm.arrival, (next_ms - from_ms) / MS_PER_SECOND)
  }

  #arrive(now_s: number): void {
    const visitor = this.#traffic.visitors.next()
    count(this.#arrived, visitor.row)
    const choice = this.#free(visitor)
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

  /** The EVSE a visitor goes to, if it is free; otherwise the best one that is. */
  #free({ row, evse }: Visitor): FleetChoice | null {
    const { fleet, hub } = this.#traffic
    const choices = fleet[row]?.choices ?? []
    if (evse !== null) {
      const there = choices.filter(({ connector }) => hub.connectors[connector]?.evseNumber === evse)
      const wanted = this.#occupancy.firstFree(there)
      if (wanted !== null) return wanted
    }
    return this.#occupancy.firstFree(choices)
  }

  #plugIn(visitor: Visitor & { readonly since_s: number }, choice: FleetChoice, now_s: number): void {
    const row = this.#traffic.demand.fleet[visitor.row]
    invariant(row?.usable_kWh, 'a simulated vehicle has a battery')
    const place = choice.connector
    this.#occupancy.take(choice)
    const latest_s = now_s + visitor.maxStay_s
    this.#guests[place] = { ...visitor, latest_s }
    this.#hub.plugIn({
      place,
      profile: choice.profile,
      capacity_kWh: row.usable_kWh,
      soc_frac: visitor.soc_frac,
      target_frac: visitor.target_frac,
      leaves_s: latest_s,
      waited_s: now_s - visitor.since_s,
      connector: this.#traffic.connectorOf[place] ?? 0,
      vehicle: visitor.row,
    })
  }
}

function count(counts: number[], row: number): void {
  counts[row] = (counts[row] ?? 0) + 1
}
