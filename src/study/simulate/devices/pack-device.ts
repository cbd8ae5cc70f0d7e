import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import type { FleetMatch, RandomStream } from '../../../hub/demand/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import { Mode, type ProfileTable, StateStore } from '../../../hub/plant/index.ts'
import {
  ACCEPTANCE_STEPS,
  type ArrivalHeat,
  arrivalTemperature_degC,
  type Draw,
  EvenHeat,
  type Flow,
  PACK_STATE,
  PackHeat,
  type PackParameters,
  packParameters,
  VehicleEnvelope,
  vehicleAtPlug,
} from '../../../hub/plant/vehicle/index.ts'
import type { GovernedHub } from '../governor.ts'
import type { PackResult } from '../result.ts'

/** A pack whose acceptance may change is looked at again after this at the latest. */
const HORIZON_s = 1800
/** It is followed closely unless its acceptance stays the same for at least so long. */
const EVEN_s = 120
/** Else it is brought up when its vehicle has gained this: within hundredths of a kelvin. */
const SPAN_frac = 0.05
/** The most a pack can be heated on the way is added up in steps of this. */
const HEAT_STEP_frac = 0.02

/** One kind of vehicle at one kind of plug: its heat, and its profile at every step of acceptance. */
interface PackKind {
  readonly heat: PackHeat
  readonly even: EvenHeat
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
  const heats = new Map<string, readonly [PackParameters, PackHeat, EvenHeat]>()
  for (const { row, choices } of fleet) {
    const record = site.catalogue.vehicles.get(row.vehicle)
    const pack = record ? packParameters(record) : null
    if (!pack) continue
    const known = heats.get(row.vehicle) ?? ([pack, new PackHeat(pack), new EvenHeat(pack)] as const)
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
      kinds.set(profile, { heat: known[1], even: known[2], profiles, varies: needed.size > 1 })
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
  /** 1: its acceptance cannot change before its alarm, so that it is brought up seldom, by the integral of the square of its power. */
  readonly #isEven: Int32Array
  readonly #square_kW2h: Float64Array
  /** Most heat for each kWh of capacity up to a state of charge, by profile. */
  readonly #mostHeats = new Map<number, Float64Array>()
  readonly #totals: Float64Array
  /** Temperature of the air. */
  readonly #air_degC: Float64Array
  /** Passed on without allocation. */
  readonly #draw: Draw
  readonly #flow: Flow

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
    this.#isEven = store.i32(slots)
    this.#square_kW2h = store.f64(slots)
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
    this.#flow = {
      duration_s: 0.5,
      square_kW2h: 0.5,
      from_frac: 0.5,
      to_frac: 0.5,
      capacity_kWh: 0.5,
      ambient_degC: input.air_degC,
    }
    hub.plant.followsSquares = true
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
    this.#note(slot, now_s)
    this.#settleIn(slot, kind, now_s)
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
    if (this.#isEven[slot] === 0) this.#advance(slot, now_s)
  }

  stretchBegins(slot: number, now_s: number): void {
    if (this.#kind[slot] === -1) return
    if (this.#isEven[slot] === 1) {
      const { power_kW, soc_frac } = this.#hub.plant
      const gained_frac = (soc_frac[slot] as number) - (this.#soc_frac[slot] as number)
      const restsAsBefore = (power_kW[slot] === 0) === (this.#power_kW[slot] === 0)
      if (restsAsBefore && gained_frac <= SPAN_frac) return
      this.#advance(slot, now_s)
      this.#note(slot, now_s)
      return
    }
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
      this.#settleIn(slot, kind, now_s)
      return
    }
    this.#level[slot] = level
    this.#isEven[slot] = 0
    this.#hub.switchProfile(slot, kind.profiles[level] as number)
  }

  /** From now on the air has another temperature. */
  airChanges(air_degC: number, now_s: number): void {
    for (let slot = 0; slot < this.#kind.length; slot++) {
      if (this.#kind[slot] === -1) continue
      this.#hub.settle(slot)
      this.#advance(slot, now_s)
      this.#note(slot, now_s)
    }
    this.#air_degC[0] = air_degC
    for (let slot = 0; slot < this.#kind.length; slot++) {
      const kind = this.#kindOf(slot)
      if (kind) this.#settleIn(slot, kind, now_s)
    }
  }

  /** A pack that was brought up now is followed closely, or seldom where its acceptance stays the same for a while. */
  #settleIn(slot: number, kind: PackKind, now_s: number): void {
    const even_s = this.#evenFor_s(slot, kind)
    this.#isEven[slot] = even_s >= EVEN_s ? 1 : 0
    if (even_s >= EVEN_s) this.#input.alarm(slot, now_s + even_s)
    else this.#schedule(slot, now_s)
  }

  /** For how long acceptance certainly stays what it is, or does not matter. */
  #evenFor_s(slot: number, { even, varies }: PackKind): number {
    if (!varies || !this.#hub.plant.charges(slot)) return Number.POSITIVE_INFINITY
    const at = slot * PACK_STATE
    const air_degC = this.#air_degC[0] as number
    const spare_kJ = even.spare_kJ(this.#packs, at, air_degC)
    if (spare_kJ === 0) return 0
    return Math.min(this.#coolFor_s(slot, spare_kJ), even.warmFor_s(this.#packs, at, air_degC))
  }

  /** For how long a vehicle at the least takes to heat its pack by so much; Infinity: it will not on its whole way. */
  #coolFor_s(slot: number, spare_kJ: number): number {
    const { plant } = this.#hub
    const most_kJ = this.#mostHeat(slot)
    const capacity_kWh = plant.capacity_kWh[slot] as number
    const soc_frac = plant.soc_frac[slot] as number
    const first = Math.floor(soc_frac / HEAT_STEP_frac)
    const last = Math.min(most_kJ.length - 1, Math.ceil((plant.stop_frac[slot] as number) / HEAT_STEP_frac))
    let step = last
    while (step > first && ((most_kJ[step] as number) - (most_kJ[first] as number)) * capacity_kWh > spare_kJ) step--
    if (step === last) return Number.POSITIVE_INFINITY
    const gain_kWh = Math.max(0, step * HEAT_STEP_frac - soc_frac) * capacity_kWh
    return (gain_kWh * SECONDS_PER_HOUR) / plant.profiles.highestFrom_kW(this.#profileNow(slot), soc_frac)
  }

  #profileNow(slot: number): number {
    return this.#kindOf(slot)?.profiles[this.#level[slot] as number] as number
  }

  /** Most heat for each kWh of capacity up to steps of state of charge along the profile of a slot, whose acceptance is even. */
  #mostHeat(slot: number): Float64Array {
    const profile = this.#profileNow(slot)
    const kept = this.#mostHeats.get(profile)
    if (kept) return kept
    const { even, heat } = this.#kindOf(slot) as PackKind
    const temperature_degC = heat.temperature_degC(this.#packs, slot * PACK_STATE)
    const most_kJ = new Float64Array(Math.round(1 / HEAT_STEP_frac) + 1)
    for (let step = 1; step < most_kJ.length; step++) {
      const [from_frac, to_frac] = [(step - 1) * HEAT_STEP_frac, step * HEAT_STEP_frac]
      const most_kW = this.#hub.plant.profiles.highestIn_kW(profile, from_frac, to_frac)
      const here_kJ = even.mostHeat_kJperkWh({ most_kW, from_frac, to_frac }, temperature_degC)
      most_kJ[step] = (most_kJ[step - 1] as number) + here_kJ
    }
    this.#mostHeats.set(profile, most_kJ)
    return most_kJ
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
    this.#square_kW2h[slot] = plant.square_kW2h[slot] as number
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
    this.#since_s[slot] = now_s
    if (this.#isEven[slot] === 1) {
      this.#kindOf(slot)?.even.advance(this.#packs, slot * PACK_STATE, this.#flowOf(slot, duration_s))
      return
    }
    if (this.#isSharing[slot] === 1) {
      const drawn_kWh = (this.#hub.plant.delivered_kWh[slot] as number) - (this.#delivered_kWh[slot] as number)
      this.#power_kW[slot] = (drawn_kWh * SECONDS_PER_HOUR) / duration_s
      this.#delivered_kWh[slot] = this.#hub.plant.delivered_kWh[slot] as number
    }
    this.#kindOf(slot)?.heat.advance(this.#packs, slot * PACK_STATE, this.#drawOf(slot), duration_s)
  }

  #flowOf(slot: number, duration_s: number): Flow {
    const { plant } = this.#hub
    const flow = this.#flow
    flow.duration_s = duration_s
    flow.square_kW2h = (plant.square_kW2h[slot] as number) - (this.#square_kW2h[slot] as number)
    flow.from_frac = this.#soc_frac[slot] as number
    flow.to_frac = plant.soc_frac[slot] as number
    flow.ambient_degC = this.#air_degC[0] as number
    flow.capacity_kWh = plant.capacity_kWh[slot] as number
    return flow
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
