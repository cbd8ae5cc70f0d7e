import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import {
  type ActiveFault,
  drainTime_s,
  type FaultModeName,
  GUARD_SLOTS,
  Guard,
  type Sight,
} from '../../../hub/plant/device/index.ts'
import { type Glance, StateStore } from '../../../hub/plant/index.ts'
import type { CabinetDevice } from '../devices/cabinet-device.ts'
import type { CableDevice } from '../devices/cable-device.ts'
import type { GovernedHub } from '../governor.ts'
import { CabinetFaults } from './cabinet-faults.ts'
import { Conditions, type PlugState } from './conditions.ts'
import type { FaultResult } from './result.ts'
import type { FaultPlan, ScheduledFault } from './schedule.ts'

/** A driver whose session has been ended leaves after this: an estimate. */
const GIVE_UP_s = 300
/** Energy that is lost is reckoned at least so often. */
const LOOK_s = 30
const SAME_MOMENT_s = 1e-6

export interface FaultDeviceInput {
  readonly plan: FaultPlan
  readonly cables: CableDevice
  readonly cabinets: readonly CabinetDevice[]
  /** What neither cables nor faults nor cabinets limit. */
  readonly before_kW: (slot: number) => number
  /** Limit sources of faults and of warm cables. */
  readonly sources: readonly number[]
  readonly cap: (slot: number, cap_kW: number) => void
  /** Alarms, one for each fault at each plug or cabinet it hits. */
  readonly alarm: (hit: number, when_s: number) => void
}

/** A fault at one plug. */
interface PlugHit {
  readonly fault: ScheduledFault
  readonly slot: number
  readonly guard: Guard
}

/** How many alarms the faults of a plan need. */
export function faultAlarms({ faults }: FaultPlan): number {
  return faults.reduce((sum, { places }) => sum + Math.max(1, places.length), 0)
}

/** Numbers kept of each hit. */
const HIT = 9
/** `live`: current flowed when the fault began; `ended`: the session at the plug is counted as ended by it. */
const Kept = {
  ...{ lost_kWh: 0, rate_kW: 1, looked_s: 2, stopped_s: 3 },
  ...{ highest_degC: 4, sessions: 5, live: 6, ended: 7, began_degC: 8 },
} as const

/** Lets parts of a hub fail as planned: changes what is true, lets dispensers find out, and carries out what they do. */
export class FaultDevice {
  readonly #hub: GovernedHub
  readonly #input: FaultDeviceInput
  readonly #hits: readonly PlugHit[]
  readonly #cabinetFaults: CabinetFaults
  readonly #conditions = new Conditions()
  readonly #store = new StateStore()
  readonly #guards: Float64Array
  readonly #kept: Float64Array
  /** When something last happened here. */
  readonly #clock: Float64Array
  readonly #hitsOf: readonly (readonly number[])[]
  readonly #glance: Glance = { power_kW: 0, soc_frac: 0, envelope_kW: 0 }

  constructor(hub: GovernedHub, input: FaultDeviceInput) {
    const { plan } = input
    const { network } = hub.plant
    this.#hub = hub
    this.#input = input
    this.#hits = plan.faults.flatMap((fault) =>
      fault.places.map((place): PlugHit => {
        const guard = new Guard(plan.dispenser(place), fault)
        return { fault, slot: network.slotOfPlace[place] as number, guard }
      }),
    )
    const { length } = this.#hits
    const alarm = (at: number, when_s: number): void => input.alarm(length + at, when_s)
    this.#cabinetFaults = new CabinetFaults(plan.faults, { ...input, alarm })
    this.#guards = this.#store.f64(length * GUARD_SLOTS)
    this.#kept = this.#store.f64(length * HIT)
    this.#clock = this.#store.f64(1)
    this.#hitsOf = Array.from({ length: network.slots }, (_, slot) =>
      this.#hits.flatMap((hit, at) => (hit.slot === slot ? [at] : [])),
    )
    this.#hits.forEach(({ guard, fault }, at) => {
      guard.reset(this.#guards, at * GUARD_SLOTS)
      this.#kept[at * HIT + Kept.stopped_s] = Number.NaN
      this.#kept[at * HIT + Kept.highest_degC] = Number.NEGATIVE_INFINITY
      this.#kept[at * HIT + Kept.began_degC] = Number.NEGATIVE_INFINITY
      input.alarm(at, fault.at_s)
    })
  }

  snapshot(): { readonly plugs: Uint8Array; readonly cabinets: Uint8Array } {
    return { plugs: this.#store.snapshot(), cabinets: this.#cabinetFaults.snapshot() }
  }

  restore({ plugs, cabinets }: ReturnType<FaultDevice['snapshot']>): void {
    this.#store.restore(plugs)
    const now_s = this.#clock[0] as number
    this.#cabinetFaults.restore(cabinets)
    this.#hitsOf.forEach((hits, slot) => {
      if (hits.length > 0) this.#input.cables.resume(slot, this.#conditionOf(slot, now_s))
    })
  }

  ring(alarm: number, now_s: number): void {
    if (alarm >= this.#hits.length) this.#cabinetFaults.ring(alarm - this.#hits.length, now_s)
    else this.#attend(alarm, now_s)
  }

  shared(cabinet: number, now_s: number): void {
    this.#cabinetFaults.shared(cabinet, now_s)
  }

  /** Contactors close: a stuck one shows, and a part that is not sound gives nothing. */
  plugged(slot: number, now_s: number): void {
    this.#switch(slot, 'closes', now_s)
  }

  /** The vehicle has gone and contactors have opened: a welded one shows. */
  unplugged(slot: number, now_s: number): void {
    for (const at of this.#hitsOf[slot] ?? []) {
      this.#book(at, now_s)
      this.#kept[at * HIT + Kept.rate_kW] = 0
      this.#kept[at * HIT + Kept.live] = 0
      this.#kept[at * HIT + Kept.ended] = 0
    }
    this.#switch(slot, 'opens', now_s)
    for (const at of this.#hitsOf[slot] ?? []) this.#hits[at]?.guard.unplugged(this.#guards, at * GUARD_SLOTS)
  }

  /** Lets a fault of the plan begin or end now, whatever the plan says; false: no plug of the plan has it. */
  force(mode: FaultModeName, place: number, isActive: boolean, now_s: number): boolean {
    const at = this.#hits.findIndex(({ fault }) => fault.mode === mode && fault.places.includes(place))
    const hit = this.#hits[at]
    if (!hit) return false
    const { guard, slot } = hit
    const state = at * GUARD_SLOTS
    if (guard.isActive(this.#guards, state) === isActive) return true
    this.#book(at, now_s)
    if (isActive) {
      guard.reset(this.#guards, state)
      this.#begin(at, now_s)
    } else guard.end(this.#guards, state)
    this.#follow(at, slot, now_s)
    return true
  }

  /** Whether a dispenser has told a fault that goes on. */
  isSeen(mode: FaultModeName, place: number): boolean {
    return this.#hits.some(
      ({ fault, guard }, at) =>
        fault.mode === mode && fault.places.includes(place) && guard.isSeen(this.#guards, at * GUARD_SLOTS),
    )
  }

  /** What a slot draws has changed: looks are due anew. */
  stretchBegins(slot: number, now_s: number): void {
    for (const at of this.#hitsOf[slot] ?? []) {
      if (this.#hits[at]?.guard.isActive(this.#guards, at * GUARD_SLOTS)) this.#schedule(at, now_s)
    }
  }

  results(now_s: number): FaultResult[] {
    for (let at = 0; at < this.#hits.length; at++) this.#book(at, now_s)
    return this.#input.plan.faults.map((fault, index) => {
      if (fault.cabinet >= 0) return this.#cabinetFaults.result(index, now_s)
      return this.#resultOf(fault)
    })
  }

  #switch(slot: number, what: 'closes' | 'opens', now_s: number): void {
    const hits = this.#hitsOf[slot] ?? []
    for (const at of hits) {
      const { guard } = this.#hits[at] as PlugHit
      guard.switches(this.#guards, at * GUARD_SLOTS, what, this.#sight(slot, now_s))
    }
    if (hits.length > 0) this.#apply(slot, now_s)
    for (const at of hits) {
      if (this.#hits[at]?.guard.isActive(this.#guards, at * GUARD_SLOTS)) this.#schedule(at, now_s)
    }
  }

  /** The moment of a hit has come: it begins, is looked after, or ends. */
  #attend(at: number, now_s: number): void {
    const { fault, guard, slot } = this.#hits[at] as PlugHit
    const state = at * GUARD_SLOTS
    this.#clock[0] = now_s
    this.#book(at, now_s)
    const wasActive = guard.isActive(this.#guards, state)
    if (now_s >= fault.ends_s - SAME_MOMENT_s) guard.end(this.#guards, state)
    else if (wasActive) guard.look(this.#guards, state, this.#sight(slot, now_s))
    else this.#begin(at, now_s)
    this.#follow(at, slot, now_s)
  }

  /** What a fault has changed comes to the cable, to what may flow and to when it is looked at next. */
  #follow(at: number, slot: number, now_s: number): void {
    this.#change(slot, now_s)
    this.#apply(slot, now_s)
    this.#rate(at, now_s)
    this.#schedule(at, now_s)
  }

  #begin(at: number, now_s: number): void {
    const { guard, slot } = this.#hits[at] as PlugHit
    const sight = this.#sight(slot, now_s)
    this.#kept[at * HIT + Kept.began_degC] = this.#input.cables.hottest_degC(slot, now_s)
    this.#kept[at * HIT + Kept.live] = sight.current_A > 0 ? 1 : 0
    guard.begin(this.#guards, at * GUARD_SLOTS, sight)
    this.#change(slot, now_s)
    guard.look(this.#guards, at * GUARD_SLOTS, this.#sight(slot, now_s))
  }

  #change(slot: number, now_s: number): void {
    this.#input.cables.change(slot, this.#conditionOf(slot, now_s), now_s)
  }

  #plugState(slot: number): PlugState {
    const active: ActiveFault[] = []
    const told = new Set<ActiveFault>()
    for (const at of this.#hitsOf[slot] ?? []) {
      const { fault, guard } = this.#hits[at] as PlugHit
      if (!guard.isActive(this.#guards, at * GUARD_SLOTS)) continue
      const one = { mode: fault.mode, severity_frac: fault.severity_frac, since_s: fault.at_s }
      active.push(one)
      if (guard.isSeen(this.#guards, at * GUARD_SLOTS)) told.add(one)
    }
    return { active, told }
  }

  #conditionOf(slot: number, now_s: number) {
    return this.#conditions.of(this.#input.cables.sound(slot), this.#plugState(slot), now_s)
  }

  #sight(slot: number, now_s: number): Sight {
    const state = this.#plugState(slot)
    const { flow_frac = 1 } = this.#conditionOf(slot, now_s) ?? {}
    return { now_s, ...this.#input.cables.look(slot, now_s), sensors: this.#conditions.sensors(state), flow_frac }
  }

  /** Caps the slot by the tightest of what guards allow. */
  #apply(slot: number, now_s: number): void {
    let least_A = Number.POSITIVE_INFINITY
    for (const at of this.#hitsOf[slot] ?? []) {
      const { guard } = this.#hits[at] as PlugHit
      least_A = Math.min(least_A, guard.limit_A(this.#guards, at * GUARD_SLOTS, now_s))
    }
    const { isPlugged } = this.#input.cables.look(slot, now_s)
    if (!isPlugged) return
    const cap_kW = least_A === Number.POSITIVE_INFINITY ? least_A : this.#input.cables.powerAt_kW(slot, least_A)
    this.#input.cap(slot, cap_kW)
    if (least_A === 0) this.#stopped(slot, now_s)
  }

  #stopped(slot: number, now_s: number): void {
    this.#hub.leaveBy(slot, now_s + GIVE_UP_s)
    for (const at of this.#hitsOf[slot] ?? []) {
      const { guard } = this.#hits[at] as PlugHit
      const kept = at * HIT
      const isCause = guard.limit_A(this.#guards, at * GUARD_SLOTS, now_s) === 0
      if (!isCause || this.#kept[kept + Kept.ended] === 1) continue
      this.#kept[kept + Kept.ended] = 1
      this.#kept[kept + Kept.sessions] = (this.#kept[kept + Kept.sessions] as number) + 1
      if (this.#kept[kept + Kept.live] === 1) this.#kept[kept + Kept.stopped_s] = now_s
      this.#kept[kept + Kept.live] = 0
    }
  }

  #schedule(at: number, now_s: number): void {
    const { fault, guard, slot } = this.#hits[at] as PlugHit
    const state = at * GUARD_SLOTS
    if (!guard.isActive(this.#guards, state)) {
      this.#input.alarm(at, now_s < fault.at_s - SAME_MOMENT_s ? fault.at_s : Number.POSITIVE_INFINITY)
      return
    }
    const { current_A, isPlugged } = this.#input.cables.look(slot, now_s)
    const look_s = isPlugged ? now_s + LOOK_s : Number.POSITIVE_INFINITY
    const dry_s = fault.mode === 'leak' ? fault.at_s + drainTime_s(fault.severity_frac) : Number.POSITIVE_INFINITY
    const empty_s = dry_s > now_s + SAME_MOMENT_s ? dry_s : Number.POSITIVE_INFINITY
    const next_s = guard.next_s(this.#guards, state, { now_s, current_A })
    this.#input.alarm(at, Math.min(next_s, fault.ends_s, look_s, empty_s))
  }

  /** Books what was lost since the last look, and how warm the cable is. */
  #book(at: number, now_s: number): void {
    const { guard, slot } = this.#hits[at] as PlugHit
    const kept = at * HIT
    const before_kW = this.#kept[kept + Kept.rate_kW] as number
    const hours_h = (now_s - (this.#kept[kept + Kept.looked_s] as number)) / SECONDS_PER_HOUR
    const isActive = guard.isActive(this.#guards, at * GUARD_SLOTS)
    const mean_kW = (before_kW + this.#rate(at, now_s)) / 2
    this.#kept[kept + Kept.lost_kWh] = (this.#kept[kept + Kept.lost_kWh] as number) + mean_kW * hours_h
    this.#kept[kept + Kept.looked_s] = now_s
    if (!isActive) return
    const highest = kept + Kept.highest_degC
    this.#kept[highest] = Math.max(this.#kept[highest] as number, this.#input.cables.hottest_degC(slot, now_s))
  }

  /** What is missing now because of a hit. */
  #rate(at: number, now_s: number): number {
    const { guard, slot } = this.#hits[at] as PlugHit
    const isActive = guard.isActive(this.#guards, at * GUARD_SLOTS)
    const rate_kW = isActive && this.#isWorst(at, now_s) ? this.#missing_kW(slot) : 0
    this.#kept[at * HIT + Kept.rate_kW] = rate_kW
    return rate_kW
  }

  /** Of several faults of one plug the tightest loses the energy. */
  #isWorst(at: number, now_s: number): boolean {
    const { guard, slot } = this.#hits[at] as PlugHit
    const own_A = guard.limit_A(this.#guards, at * GUARD_SLOTS, now_s)
    return (this.#hitsOf[slot] ?? []).every((other) => {
      const { guard: rival } = this.#hits[other] as PlugHit
      const other_A = rival.limit_A(this.#guards, other * GUARD_SLOTS, now_s)
      return own_A < other_A || (own_A === other_A && at <= other)
    })
  }

  #missing_kW(slot: number): number {
    const seen = this.#glance
    this.#hub.glance(slot, seen)
    const could_kW = Math.min(seen.envelope_kW, this.#input.before_kW(slot))
    const source = this.#hub.allowanceSource(slot)
    const isOurs = this.#input.sources.includes(source)
    const isHeld = isOurs && this.#hub.allowance_kW(slot) < could_kW
    return isHeld ? Math.max(0, could_kW - seen.power_kW) : 0
  }

  /** When a hit was told; NaN: not. */
  #seen_s(at: number): number {
    return (this.#hits[at] as PlugHit).guard.seen_s(this.#guards, at * GUARD_SLOTS)
  }

  /** What was kept of some hits, where something was. */
  #known(hits: readonly number[], what: number): number[] {
    return hits.map((at) => this.#kept[at * HIT + what] as number).filter(Number.isFinite)
  }

  #resultOf(fault: ScheduledFault): FaultResult {
    const own = this.#hits.flatMap((hit, at) => (hit.fault === fault ? [at] : []))
    const told = own.filter((at) => !Number.isNaN(this.#seen_s(at)))
    const [first] = told.toSorted((a, b) => this.#seen_s(a) - this.#seen_s(b))
    const guard = first === undefined ? undefined : this.#hits[first]?.guard
    const state = (first ?? 0) * GUARD_SLOTS
    const stopped_s = highest(this.#known(own, Kept.stopped_s))
    return {
      ...{ mode: fault.mode, part: fault.part, at_s: fault.at_s, severity_frac: fault.severity_frac },
      lasts_s: Number.isFinite(fault.ends_s) ? fault.ends_s - fault.at_s : null,
      detected_s: first === undefined ? null : this.#seen_s(first) - fault.at_s,
      seenBy: guard?.witness(this.#guards, state) ?? 'none',
      reaction: guard?.reaction(this.#guards, state) ?? 'none',
      stopped_s: stopped_s === null ? null : stopped_s - fault.at_s,
      began_degC: highest(this.#known(own, Kept.began_degC)),
      highest_degC: highest(this.#known(own, Kept.highest_degC)),
      sessions: sum(this.#known(own, Kept.sessions)),
      energyLost_kWh: sum(this.#known(own, Kept.lost_kWh)),
    }
  }
}

function highest(values: readonly number[]): number | null {
  return values.length > 0 ? Math.max(...values) : null
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
