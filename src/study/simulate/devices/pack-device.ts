import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import type { FleetMatch, RandomStream } from '../../../hub/demand/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import { Mode, type ProfileTable, StateStore } from '../../../hub/plant/index.ts'
import {
  ACCEPTANCE_STEPS,
  type ArrivalHeat,
  arrivalTemperature_degC,
  type Draw,
  PACK_STATE,
  PackHeat,
  type PackParameters,
  packParameters,
  VehicleEnvelope,
  vehicleAtPlug,
} from '../../../hub/plant/vehicle/index.ts'
import type { GovernedHub } from '../governor.ts'
import type { PackResult } from '../result.ts'

/** A pack is looked at again after this at the latest. */
const HORIZON_s = 1800

/** One kind of vehicle at one kind of plug: its heat, and its profile at every step of acceptance. */
interface PackKind {
  readonly heat: PackHeat
  /** By step of acceptance, 1 to `ACCEPTANCE_STEPS`. */
  readonly profiles: readonly number[]
  /** Whether more than one step can come up here: else nobody need look when the next one does. */
  readonly varies: boolean
}

/** Packs by the profile a vehicle comes with; absent: nothing is known of its voltage. */
export type PackKinds = ReadonlyMap<number, PackKind>

/** Temperatures a pack can have in a run, as they are looked through for steps of acceptance. */
const HOTTEST_degC = 80
const TEMPERATURE_STEP_K = 0.05

/** Steps of acceptance a pack can come to: it never gets colder than the coldest of air and arrival. */
function levelsFrom(coldest_degC: number, { acceptance }: PackHeat): Set<number> {
  const levels = new Set<number>()
  for (let degC = coldest_degC; degC < HOTTEST_degC; degC += TEMPERATURE_STEP_K) {
    levels.add(acceptance.level(degC))
  }
  return levels
}

function coldestOf(arrival: ArrivalHeat): number {
  return Math.min(arrival.ambient_degC, arrivalTemperature_degC(arrival, 0), arrivalTemperature_degC(arrival, 1))
}

/** Enters the profiles of a fleet at every step of acceptance that can come up; before the run is made. */
export function packKinds(
  { site, connectors }: CompiledHub,
  fleet: readonly FleetMatch[],
  table: ProfileTable,
  arrival: ArrivalHeat,
): PackKinds {
  const coldest_degC = coldestOf(arrival)
  const kinds = new Map<number, PackKind>()
  const heats = new Map<string, readonly [PackParameters, PackHeat]>()
  for (const { row, choices } of fleet) {
    const record = site.catalogue.vehicles.get(row.vehicle)
    const pack = record ? packParameters(record) : null
    if (!pack) continue
    const known = heats.get(row.vehicle) ?? ([pack, new PackHeat(pack)] as const)
    heats.set(row.vehicle, known)
    for (const { profile, answer, connector } of choices) {
      const outlet = connectors[connector]?.connector
      const at = outlet && !kinds.has(profile) ? vehicleAtPlug(answer, known[0], outlet) : null
      if (at === null) continue
      const envelope = new VehicleEnvelope(at)
      const needed = levelsFrom(coldest_degC, known[1])
      const profiles = Array.from({ length: ACCEPTANCE_STEPS + 1 }, (_, level) =>
        needed.has(level) ? table.add(envelope.scaled(level)) : -1,
      )
      kinds.set(profile, { heat: known[1], profiles, varies: needed.size > 1 })
    }
  }
  return kinds
}

interface PackInput {
  readonly kinds: PackKinds
  /** In the coldest air. */
  readonly arrival: ArrivalHeat
  /** At the start. */
  readonly air_degC: number
  readonly chance: RandomStream
  readonly alarm: (slot: number, when_s: number) => void
}

interface Snapshot {
  readonly state: Uint8Array
  readonly chance: readonly number[]
}

const Total = {
  sessions: 0,
  arrival_degC: 1,
  leaving_degC: 2,
  heat_kWh: 3,
  wear: 4,
  coldest_degC: 5,
  count: 6,
} as const

/**
 * Temperature of the packs that charge, and what they accept because of it: in the cold little at first, more as the current and the
 * heater warm them.
 */
export class PackDevice {
  readonly #hub: GovernedHub
  readonly #input: PackInput
  readonly #store = new StateStore()
  /** By slot: pack, the profile it came with, step of acceptance, and the draw since `since_s`. */
  readonly #packs: Float64Array
  readonly #kind: Int32Array
  readonly #level: Int32Array
  readonly #since_s: Float64Array
  readonly #soc_frac: Float64Array
  readonly #power_kW: Float64Array
  readonly #growth: Float64Array
  /** What it had got by then; 1: it shares, so that its power follows others. */
  readonly #delivered_kWh: Float64Array
  readonly #isSharing: Int32Array
  readonly #totals: Float64Array
  /** Temperature of the air. */
  readonly #air_degC: Float64Array
  /** Passed on without allocation. */
  readonly #draw: Draw

  constructor(hub: GovernedHub, input: PackInput) {
    const { slots } = hub.plant.network
    const store = this.#store
    this.#hub = hub
    this.#input = input
    this.#packs = store.f64(slots * PACK_STATE)
    this.#kind = store.i32(slots).fill(-1)
    this.#level = store.i32(slots)
    this.#since_s = store.f64(slots)
    this.#soc_frac = store.f64(slots)
    this.#power_kW = store.f64(slots)
    this.#growth = store.f64(slots)
    this.#delivered_kWh = store.f64(slots)
    this.#isSharing = store.i32(slots)
    this.#totals = store.f64(Total.count)
    this.#totals[Total.coldest_degC] = Number.POSITIVE_INFINITY
    this.#air_degC = store.f64(1).fill(input.air_degC)
    this.#draw = {
      soc_frac: 0.5,
      power_kW: 0.5,
      growth: 0.5,
      capacity_kWh: 0.5,
      ambient_degC: input.air_degC,
    }
  }

  /** Of the sessions that have ended. */
  get result(): PackResult {
    const totals = this.#totals
    const sessions = totals[Total.sessions] as number
    const mean = (total: number) => (sessions === 0 ? null : (totals[total] as number) / sessions)
    const coldest_degC = totals[Total.coldest_degC] as number
    return {
      sessions,
      arrival_degC: mean(Total.arrival_degC),
      coldest_degC: Number.isFinite(coldest_degC) ? coldest_degC : null,
      leaving_degC: mean(Total.leaving_degC),
      heat_kWh: totals[Total.heat_kWh] as number,
      wear: { mean: mean(Total.wear), confidence: 'uncertain' },
    }
  }

  snapshot(): Snapshot {
    return { state: this.#store.snapshot(), chance: this.#input.chance.state }
  }

  restore({ state, chance }: Snapshot): void {
    this.#store.restore(state)
    this.#input.chance.state = chance
  }

  /** A vehicle plugs in; its first stretch has not begun. */
  plugged(slot: number, profile: number, now_s: number): void {
    const kind = this.#input.kinds.get(profile)
    const luck_frac = this.#input.chance.uniform()
    this.#kind[slot] = kind ? profile : -1
    this.#power_kW[slot] = 0
    this.#isSharing[slot] = 0
    this.#since_s[slot] = now_s
    if (!kind) return
    const at = slot * PACK_STATE
    const arrival = { ...this.#input.arrival, ambient_degC: this.#air_degC[0] as number }
    const arrival_degC = arrivalTemperature_degC(arrival, luck_frac)
    kind.heat.start(this.#packs, at, arrival_degC)
    const level = kind.heat.level(this.#packs, at)
    this.#level[slot] = level
    const totals = this.#totals
    totals[Total.arrival_degC] = (totals[Total.arrival_degC] as number) + arrival_degC
    totals[Total.coldest_degC] = Math.min(totals[Total.coldest_degC] as number, arrival_degC)
    totals[Total.sessions] = (totals[Total.sessions] as number) + 1
    this.#hub.startWith(slot, kind.profiles[level] as number)
  }

  unplugged(slot: number, now_s: number): void {
    const kind = this.#kindOf(slot)
    if (!kind) return
    this.#advance(slot, now_s)
    const at = slot * PACK_STATE
    const totals = this.#totals
    totals[Total.leaving_degC] = (totals[Total.leaving_degC] as number) + kind.heat.temperature_degC(this.#packs, at)
    totals[Total.heat_kWh] = (totals[Total.heat_kWh] as number) + kind.heat.heat_kWh(this.#packs, at)
    totals[Total.wear] = (totals[Total.wear] as number) + kind.heat.wear(this.#packs, at)
    this.#kind[slot] = -1
    this.#input.alarm(slot, Number.POSITIVE_INFINITY)
  }

  stretchEnds(slot: number, now_s: number): void {
    this.#advance(slot, now_s)
  }

  stretchBegins(slot: number, now_s: number): void {
    if (this.#kind[slot] === -1) return
    this.#note(slot, now_s)
    if (this.#kindOf(slot)?.varies) this.#schedule(slot, now_s)
  }

  ring(slot: number, now_s: number): void {
    const kind = this.#kindOf(slot)
    if (!kind) return
    this.#hub.settle(slot)
    this.#advance(slot, now_s)
    this.#note(slot, now_s)
    const level = kind.heat.update(this.#packs, slot * PACK_STATE)
    if (level === this.#level[slot] || !this.#hub.plant.charges(slot)) {
      this.#schedule(slot, now_s)
      return
    }
    this.#level[slot] = level
    this.#hub.switchProfile(slot, kind.profiles[level] as number)
  }

  /** From now on the air has another temperature. */
  airChanges(air_degC: number, now_s: number): void {
    const slots = this.#kind.length
    for (let slot = 0; slot < slots; slot++) {
      if (this.#kind[slot] === -1) continue
      this.#hub.settle(slot)
      this.#advance(slot, now_s)
    }
    this.#air_degC[0] = air_degC
    for (let slot = 0; slot < slots; slot++) this.stretchBegins(slot, now_s)
  }

  #kindOf(slot: number): PackKind | undefined {
    return this.#input.kinds.get(this.#kind[slot] as number)
  }

  /** What flows from now on. */
  #note(slot: number, now_s: number): void {
    const { plant } = this.#hub
    this.#since_s[slot] = now_s
    this.#soc_frac[slot] = plant.soc_frac[slot] as number
    this.#power_kW[slot] = plant.power_kW[slot] as number
    this.#growth[slot] = plant.growth[slot] as number
    this.#delivered_kWh[slot] = plant.delivered_kWh[slot] as number
    this.#isSharing[slot] = plant.mode[slot] === Mode.share ? 1 : 0
  }

  #drawOf(slot: number): Draw {
    const draw = this.#draw
    draw.soc_frac = this.#soc_frac[slot] as number
    draw.power_kW = this.#power_kW[slot] as number
    draw.growth = this.#growth[slot] as number
    draw.ambient_degC = this.#air_degC[0] as number
    draw.capacity_kWh = this.#hub.plant.capacity_kWh[slot] as number
    return draw
  }

  #advance(slot: number, now_s: number): void {
    const duration_s = now_s - (this.#since_s[slot] as number)
    if (duration_s <= 0) return
    if (this.#isSharing[slot] === 1) {
      const drawn_kWh = (this.#hub.plant.delivered_kWh[slot] as number) - (this.#delivered_kWh[slot] as number)
      this.#power_kW[slot] = (drawn_kWh * SECONDS_PER_HOUR) / duration_s
      this.#delivered_kWh[slot] = this.#hub.plant.delivered_kWh[slot] as number
    }
    this.#kindOf(slot)?.heat.advance(this.#packs, slot * PACK_STATE, this.#drawOf(slot), duration_s)
    this.#since_s[slot] = now_s
  }

  /** Wakes up when the pack will accept another step; one that takes nothing any more is of no interest. */
  #schedule(slot: number, now_s: number): void {
    const { heat } = this.#kindOf(slot) as PackKind
    const charges = this.#hub.plant.charges(slot)
    const next_s = charges
      ? heat.untilUpdate_s(this.#packs, slot * PACK_STATE, this.#drawOf(slot), HORIZON_s)
      : Number.POSITIVE_INFINITY
    const when_s = charges ? now_s + Math.min(next_s, HORIZON_s) : Number.POSITIVE_INFINITY
    this.#input.alarm(slot, when_s)
  }
}
