import { invariant } from '../../base/problems/index.ts'
import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { CompiledHub } from '../plant/compile/index.ts'
import type { Driver, HubControls } from '../plant/index.ts'
import type { FleetRow, SiteDemand } from '../site/index.ts'
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
  /** Told of everybody who leaves without having charged, if wanted. */
  readonly onLost?: (lost: LostVisitor) => void
}

/** Somebody who left without having charged. */
export interface LostVisitor {
  /** As `Visitor` has it. */
  readonly number: number
  readonly outcome: 'refused' | 'balked' | 'reneged'
  /** Why the driver left; null: refused, because nothing fits. */
  readonly reason: 'driver.queueFull' | 'driver.queueLong' | 'driver.patience' | null
  readonly row: number
  readonly at_s: number
  readonly waited_s: number
  readonly soc_frac: number
}

/** People who did not charge, and those still waiting. */
export interface TrafficCounts {
  /** By row of the fleet. */
  readonly arrived: readonly number[]
  readonly refused: readonly number[]
  /** Of the refused those who would have charged here if somebody had plugged them in. */
  readonly refusedDriverless: readonly number[]
  readonly balked: number
  readonly reneged: number
  readonly waiting: number
  /** Arrivals that were announced, and vehicles that came without a driver. */
  readonly announced: number
  readonly driverless: number
  /** Who turned a free connector down to wait for a better one. */
  readonly waitedForBetter: number
  /** How often a vehicle without a driver was sent on to another connector. */
  readonly moved: number
}

const MS_PER_SECOND = 1000
const Alarm = { arrival: 0, line: 1 } as const

/** What a plug-in says of its vehicle beside who it is and where. */
interface Part {
  readonly soc_frac: number
  readonly leaves_s: number
  readonly waited_s: number
  readonly moved: boolean
}

/** How often what happened. */
interface Tally {
  balked: number
  reneged: number
  announced: number
  driverless: number
  waitedForBetter: number
  moved: number
}

interface Snapshot {
  readonly visitors: VisitorsState
  readonly line: readonly Waiting[]
  readonly occupancy: readonly number[]
  readonly guests: readonly (Visitor | null)[]
  readonly latest_s: readonly number[]
  readonly waited_s: readonly number[]
  readonly arrived: readonly number[]
  readonly refused: readonly number[]
  readonly refusedDriverless: readonly number[]
  readonly tally: Tally
}

/**
 * Drivers arrive by the clock on the wall, take the free connector that gives them most, or wait first come, first
 * served; they drive on when the line is too long for them or has no place left, give up when their patience ends, and
 * leave when done. The rules are in SPEC.md.
 */
export class SiteDriver implements Driver {
  readonly alarms = 2
  readonly #traffic: SiteTraffic
  readonly #line = new WaitingLine()
  readonly #occupancy: Occupancy
  /** Who is at each connector. */
  #guests: (Visitor | null)[]
  /** When the vehicle at a connector leaves at the latest. */
  readonly #latest_s: Float64Array
  /** How long it waited. */
  readonly #waited_s: Float64Array
  readonly #arrived: number[]
  readonly #refused: number[]
  readonly #refusedDriverless: number[]
  readonly #tally: Tally = { balked: 0, reneged: 0, announced: 0, driverless: 0, waitedForBetter: 0, moved: 0 }
  #controls: HubControls | null = null

  constructor(traffic: SiteTraffic) {
    const { hub, demand } = traffic
    this.#traffic = traffic
    this.#occupancy = new Occupancy({
      evseOf: hub.connectors.map(({ evseNumber }) => evseNumber),
      nodeOf: hub.model.places.map(({ node }) => node),
      live: hub.live,
    })
    this.#guests = hub.connectors.map(() => null)
    this.#latest_s = new Float64Array(hub.connectors.length)
    this.#waited_s = new Float64Array(hub.connectors.length)
    this.#arrived = demand.fleet.map(() => 0)
    this.#refused = demand.fleet.map(() => 0)
    this.#refusedDriverless = demand.fleet.map(() => 0)
  }

  get counts(): TrafficCounts {
    return {
      arrived: this.#arrived,
      refused: this.#refused,
      refusedDriverless: this.#refusedDriverless,
      waiting: this.#line.length,
      ...this.#tally,
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
    else this.#lineAlarm(now_s)
  }

  leave(place: number, now_s: number): void {
    this.#hub.unplug(place)
    this.#occupancy.release(place)
    this.#guests[place] = null
    this.#serveLine(now_s)
  }

  done(place: number, now_s: number): void {
    const guest = this.#guests[place]
    invariant(guest, `somebody is done at place ${place}`)
    this.#hub.leaveAt(place, Math.min(this.#latest_s[place] ?? 0, now_s + guest.overstay_s))
  }

  snapshot(): Snapshot {
    return {
      visitors: this.#traffic.visitors.state,
      line: this.#line.state,
      occupancy: this.#occupancy.state,
      guests: [...this.#guests],
      latest_s: [...this.#latest_s],
      waited_s: [...this.#waited_s],
      arrived: [...this.#arrived],
      refused: [...this.#refused],
      refusedDriverless: [...this.#refusedDriverless],
      tally: { ...this.#tally },
    }
  }

  restore(state: Snapshot): void {
    this.#traffic.visitors.state = state.visitors
    this.#line.state = state.line
    this.#occupancy.state = state.occupancy
    this.#guests = [...state.guests]
    this.#latest_s.set(state.latest_s)
    this.#waited_s.set(state.waited_s)
    for (const [row, count] of state.arrived.entries()) this.#arrived[row] = count
    for (const [row, count] of state.refused.entries()) this.#refused[row] = count
    for (const [row, count] of state.refusedDriverless.entries()) this.#refusedDriverless[row] = count
    Object.assign(this.#tally, state.tally)
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
    if (visitor.announced_s > 0) this.#tally.announced++
    if (visitor.driverless) this.#tally.driverless++
    if (this.#choices(visitor).length === 0) this.#refuse(visitor, now_s)
    else this.#receive(this.#asWaiting(visitor, now_s), now_s)
    this.#setNextArrival(now_s)
  }

  #refuse(visitor: Visitor, now_s: number): void {
    const { row } = visitor
    count(this.#refused, row)
    this.#lose(visitor, now_s, { outcome: 'refused', reason: null, waited_s: 0 })
    if (this.#traffic.fleet[row]?.choices.length !== 0) count(this.#refusedDriverless, row)
  }

  #receive(waiting: Waiting, now_s: number): void {
    const { visitor, picky_s } = waiting
    const wanted = this.#way(waiting, now_s)
    const lesser = wanted === null && picky_s > now_s ? this.#anyFree(visitor) : null
    if (wanted !== null) this.#plugIn(waiting, wanted, now_s)
    else if (lesser !== null && !this.#hasPlace(visitor)) this.#plugIn(waiting, lesser, now_s)
    else if (lesser === null && !(this.#hasPlace(visitor) && this.#staysInSpiteOf(visitor))) this.#balk(visitor, now_s)
    else {
      if (lesser !== null) this.#tally.waitedForBetter++
      this.#line.join(waiting)
      this.#lineChanged(now_s)
    }
  }

  #balk(visitor: Visitor, now_s: number): void {
    this.#tally.balked++
    const reason = this.#hasPlace(visitor) ? 'driver.queueLong' : 'driver.queueFull'
    this.#lose(visitor, now_s, { outcome: 'balked', reason, waited_s: 0 })
  }

  #lose(
    { number, row, soc_frac }: Visitor,
    at_s: number,
    how: Pick<LostVisitor, 'outcome' | 'reason' | 'waited_s'>,
  ): void {
    this.#traffic.onLost?.({ number, row, at_s, soc_frac, ...how })
  }

  /** A vehicle without a driver waits elsewhere until it is called. */
  #hasPlace({ driverless }: Visitor): boolean {
    return driverless || this.#line.withDriver < this.#traffic.demand.queue.places
  }

  #staysInSpiteOf({ balksAt_frac }: Visitor): boolean {
    const { balk_frac } = this.#traffic.demand.queue
    return balksAt_frac >= (balk_frac[Math.min(this.#line.length, balk_frac.length - 1)] ?? 0)
  }

  #asWaiting(visitor: Visitor, now_s: number): Waiting {
    const until_s = now_s + visitor.patience_s
    const { waitForBetter } = this.#traffic.demand
    // Who goes to an EVSE of his own choice does not compare.
    if (waitForBetter === null || visitor.evse !== null)
      return { visitor, since_s: now_s, until_s, picky_s: now_s, accepted: [] }
    const picky_s = Math.min(until_s, now_s + waitForBetter.patience_min * SECONDS_PER_MINUTE)
    return { visitor, since_s: now_s, until_s, picky_s, accepted: this.#worthIt(visitor, waitForBetter.gain_min) }
  }

  /** Profiles with which the visitor is done at most `gain_min` later than with the best one here. */
  #worthIt(visitor: Visitor, gain_min: number): readonly number[] {
    const need = { ...visitor, capacity_kWh: this.#capacity_kWh(visitor) }
    const times_h = new Map(this.#choices(visitor).map(({ profile, time_h }) => [profile, time_h]))
    const times = [...times_h].map(([profile, time_h]) => ({ profile, time_s: time_h(need) * SECONDS_PER_HOUR }))
    const best_s = Math.min(...times.map(({ time_s }) => time_s))
    return times.flatMap(({ profile, time_s }) => (time_s <= best_s + gain_min * SECONDS_PER_MINUTE ? profile : []))
  }

  /** Some stop waiting for a better connector, others give up. */
  #lineAlarm(now_s: number): void {
    if (this.#traffic.demand.waitForBetter !== null) this.#serveLine(now_s)
    for (const waiting of this.#line.dropUntil(now_s)) {
      this.#tally.reneged++
      const waited_s = now_s - waiting.since_s
      this.#lose(waiting.visitor, now_s, { outcome: 'reneged', reason: 'driver.patience', waited_s })
    }
    this.#lineChanged(now_s)
  }

  #serveLine(now_s: number): void {
    for (;;) {
      const next = this.#line.next((waiting) => this.#way(waiting, now_s))
      if (next === null) break
      this.#plugIn(next.waiting, next.choice, now_s)
    }
    this.#lineChanged(now_s)
  }

  #lineChanged(now_s: number): void {
    this.#hub.setWaiting(this.#line.length)
    this.#hub.setAlarm(Alarm.line, this.#line.nextChange_s(now_s))
  }

  #choices({ row, driverless }: Visitor): readonly FleetChoice[] {
    const match = this.#traffic.fleet[row]
    return (driverless ? match?.handsFree : match?.choices) ?? []
  }

  /** A free choice of a visitor; without one, a choice whose vehicle can be sent elsewhere, and then is. */
  #way(waiting: Waiting, now_s: number): FleetChoice | null {
    return this.#free(waiting, now_s) ?? this.#vacated(waiting, now_s)
  }

  /** Only vehicles without a driver can be sent on, to a free connector that connects by itself. */
  #vacated(waiting: Waiting, now_s: number): FleetChoice | null {
    if (this.#tally.driverless === 0) return null
    for (const choice of this.#wanted(waiting, now_s)) {
      const guest = this.#guests[choice.connector]
      if (!guest?.driverless || !this.#occupancy.isFreeWithoutGuest(choice)) continue
      const other = this.#elsewhere(guest, choice)
      if (other === null) continue
      this.#move(choice.connector, other, now_s)
      return choice
    }
    return null
  }

  /** Free choice of a guest at another EVSE. */
  #elsewhere(guest: Visitor, { connector }: FleetChoice): FleetChoice | null {
    const { connectors } = this.#traffic.hub
    const here = connectors[connector]?.evseNumber
    const others = this.#choices(guest).filter((other) => connectors[other.connector]?.evseNumber !== here)
    return this.#occupancy.bestFree(others)
  }

  #move(from: number, to: FleetChoice, now_s: number): void {
    const guest = this.#guests[from]
    invariant(guest, `somebody is at place ${from}`)
    const soc_frac = this.#hub.soc_frac(from)
    this.#hub.unplug(from, true)
    this.#occupancy.release(from)
    this.#guests[from] = null
    this.#tally.moved++
    this.#occupy(guest, to, {
      soc_frac,
      leaves_s: this.#latest_s[from] ?? now_s,
      waited_s: this.#waited_s[from] ?? 0,
      moved: true,
    })
  }

  #free(waiting: Waiting, now_s: number): FleetChoice | null {
    if (waiting.picky_s <= now_s) return this.#anyFree(waiting.visitor)
    return this.#occupancy.bestFree(this.#wanted(waiting, now_s))
  }

  /** Choices of a visitor, or those worth waiting for as long as the visitor is particular. */
  #wanted({ visitor, picky_s, accepted }: Waiting, now_s: number): readonly FleetChoice[] {
    const choices = this.#choices(visitor)
    return picky_s <= now_s ? choices : choices.filter(({ profile }) => accepted.includes(profile))
  }

  /** The EVSE a visitor goes to, if it is free; otherwise the best one that is. */
  #anyFree(visitor: Visitor): FleetChoice | null {
    const { evse } = visitor
    const choices = this.#choices(visitor)
    if (evse !== null) {
      const { connectors } = this.#traffic.hub
      const there = choices.filter(({ connector }) => connectors[connector]?.evseNumber === evse)
      const wanted = this.#occupancy.bestFree(there)
      if (wanted !== null) return wanted
    }
    return this.#occupancy.bestFree(choices)
  }

  #kind({ row }: Visitor): FleetRow {
    const kind = this.#traffic.demand.fleet[row]
    invariant(kind, `row ${row} is one of the fleet`)
    return kind
  }

  #capacity_kWh(visitor: Visitor): number {
    const { usable_kWh } = this.#kind(visitor)
    invariant(usable_kWh, 'a simulated vehicle has a battery')
    return usable_kWh
  }

  #plugIn({ visitor, since_s }: Waiting, choice: FleetChoice, now_s: number): void {
    const leaves_s = now_s + visitor.maxStay_s
    this.#occupy(visitor, choice, { soc_frac: visitor.soc_frac, leaves_s, waited_s: now_s - since_s, moved: false })
  }

  #occupy(visitor: Visitor, choice: FleetChoice, part: Part): void {
    const place = choice.connector
    const { priority, weight } = this.#kind(visitor)
    this.#occupancy.take(choice)
    this.#guests[place] = visitor
    this.#latest_s[place] = part.leaves_s
    this.#waited_s[place] = part.waited_s
    // Field by field: a spread into so wide an object is many times slower.
    this.#hub.plugIn({
      soc_frac: part.soc_frac,
      leaves_s: part.leaves_s,
      waited_s: part.waited_s,
      moved: part.moved,
      place,
      profile: choice.profile,
      capacity_kWh: this.#capacity_kWh(visitor),
      target_frac: visitor.target_frac,
      connector: this.#traffic.connectorOf[place] ?? 0,
      vehicle: visitor.row,
      priority,
      weight,
      guns: choice.guns,
    })
  }
}

function count(counts: number[], row: number): void {
  counts[row] = (counts[row] ?? 0) + 1
}
