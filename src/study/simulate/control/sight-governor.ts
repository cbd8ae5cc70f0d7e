import { invariant } from '../../../base/problems/index.ts'
import { Setpoints, type SetpointsSnapshot, SiteController } from '../../../hub/controller/site/index.ts'
import {
  type Sample,
  Sight,
  type SightParameters,
  type SightSnapshot,
  type Truth,
} from '../../../hub/controller/site/sight/index.ts'
import { type Glance, type PlugIn, StateStore } from '../../../hub/plant/index.ts'
import type { GovernedHub, Governor } from '../governor.ts'
import type { ControlResult } from '../result.ts'
import type { ControlledHub } from './units.ts'

/** Numbers for a purpose, whose state can be kept. */
export interface Chance {
  state: readonly number[]
  uniform(): number
}

export interface SightGovernorInput {
  readonly hub: ControlledHub
  readonly name: string
  readonly sight: SightParameters
  readonly chance: Chance
  /** Limit source booked where no limit of the tree binds but the controller does not give more. */
  readonly source: string
}

interface Snapshot {
  readonly controller: Uint8Array
  readonly sight: SightSnapshot
  readonly state: Uint8Array
  readonly setpoints: SetpointsSnapshot
  readonly chance: readonly number[]
}

/** Lets the site controller run the hub, on what it sees of it. */
export class SightGovernor implements Governor, Truth {
  readonly alarms = 1
  readonly #input: SightGovernorInput
  readonly #controller: SiteController
  readonly #setpoints: Setpoints
  readonly #store = new StateStore()
  /** Slot in use of each unit, -1: none, and the limit in force there. */
  readonly #slotOf: Int32Array
  readonly #inForce_kW: Float64Array
  readonly #glance: Glance = { power_kW: 0, soc_frac: 0, envelope_kW: 0 }
  /** When the controller wants to be asked again, decisions and commands so far. */
  readonly #counts: Float64Array
  #hub: GovernedHub | null = null
  #sight: Sight | null = null
  #sources: Int32Array = new Int32Array(0)

  constructor(input: SightGovernorInput) {
    const { description } = input.hub
    this.#input = input
    this.#controller = new SiteController(description)
    this.#setpoints = new Setpoints(description.evses.length)
    this.#slotOf = this.#store.i32(description.evses.length).fill(-1)
    this.#inForce_kW = this.#store.f64(description.evses.length)
    this.#counts = this.#store.f64(3)
  }

  get control(): ControlResult {
    return { sight: this.#input.name, decisions: this.#counts[1] as number, commands: this.#counts[2] as number }
  }

  start(hub: GovernedHub): void {
    const { sight, chance, source } = this.#input
    const { description } = this.#input.hub
    const { profiles } = hub.plant
    const sources = [source, ...description.nodes.map((node) => node.source)]
    this.#hub = hub
    this.#sources = Int32Array.from(sources, (code) => profiles.sourceIndex(code))
    invariant(profiles.sources.length === hub.plant.heldBack_kWh.length, 'sources of limits are entered before the run')
    this.#sight = new Sight({ hub: description, parameters: sight, truth: this, uniform: () => chance.uniform() })
    hub.setAlarm(0, 0)
  }

  ring(_alarm: number, now_s: number): void {
    this.#look(now_s)
  }

  plugged(slot: number, { place, leaves_s, priority = 0 }: PlugIn, now_s: number): void {
    const unit = this.#unit(place)
    invariant(this.#slotOf[unit] === -1, 'one vehicle at a time under one limit')
    this.#slotOf[unit] = slot
    this.#sight?.plugIn(unit, { curve: -1, departure_s: leaves_s, priority }, now_s)
    this.allow(unit, this.#inForce_kW[unit] as number)
    this.#look(now_s)
  }

  unplugged(slot: number, now_s: number): void {
    const place = this.#hub?.plant.network.placeOfSlot[slot] ?? 0
    const unit = this.#unit(place)
    this.#slotOf[unit] = -1
    this.#sight?.unplug(unit, now_s)
    this.#look(now_s)
  }

  stretchEnds(): void {}
  stretchBegins(): void {}

  snapshot(): Snapshot | null {
    if (this.#sight === null) return null
    return {
      controller: this.#controller.snapshot(),
      sight: this.#sight.snapshot(),
      state: this.#store.snapshot(),
      setpoints: this.#setpoints.snapshot(),
      chance: this.#input.chance.state,
    }
  }

  restore(state: unknown): void {
    const snapshot = state as Snapshot
    this.#controller.restore(snapshot.controller)
    this.#sight?.restore(snapshot.sight)
    this.#store.restore(snapshot.state)
    this.#setpoints.restore(snapshot.setpoints)
    this.#input.chance.state = snapshot.chance
  }

  sample(unit: number, into: Sample): void {
    const slot = this.#slotOf[unit] as number
    if (slot < 0) {
      into.power_kW = 0
      into.soc_frac = Number.NaN
      into.canTake_kW = Number.NaN
      into.voltage_V = Number.NaN
      return
    }
    const seen = this.#glance
    this.#hub?.glance(slot, seen)
    into.power_kW = seen.power_kW
    into.soc_frac = seen.soc_frac
    into.canTake_kW = seen.envelope_kW
    into.voltage_V = Math.round(this.#hub?.voltage_V?.(slot) ?? Number.NaN)
  }

  site_kW(): number {
    let sum_kW = 0
    for (let unit = 0; unit < this.#slotOf.length; unit++) {
      const slot = this.#slotOf[unit] as number
      if (slot < 0) continue
      this.#hub?.glance(slot, this.#glance)
      sum_kW += this.#glance.power_kW
    }
    return sum_kW
  }

  allow(unit: number, limit_kW: number): void {
    this.#inForce_kW[unit] = limit_kW
    const slot = this.#slotOf[unit] as number
    if (slot < 0) return
    const node = this.#setpoints.boundBy[unit] as number
    this.#hub?.setAllowance(slot, limit_kW, this.#sources[node + 1] as number)
  }

  #unit(place: number): number {
    return this.#input.hub.unitOf[place] as number
  }

  /** Lets messages arrive and, if they bring news or it is time, asks the controller. */
  #look(now_s: number): void {
    const hub = this.#hub
    const sight = this.#sight
    if (hub === null || sight === null) return
    const counts = this.#counts
    const isNews = sight.advance(now_s)
    if (isNews || now_s >= (counts[0] as number)) {
      sight.readings.time_s = now_s
      counts[0] = this.#controller.decide(sight.readings, this.#setpoints)
      counts[1] = (counts[1] as number) + 1
      counts[2] = (counts[2] as number) + this.#setpoints.changedCount
      sight.command(this.#setpoints, now_s)
      sight.advance(now_s)
    }
    hub.setAlarm(0, Math.max(now_s, Math.min(sight.next_s, counts[0] as number)))
  }
}
