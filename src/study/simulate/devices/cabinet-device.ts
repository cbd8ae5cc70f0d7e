import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import {
  type CabinetAllocator,
  type CabinetGrants,
  type CabinetLosses,
  type CabinetLossMeter,
  type CabinetParameters,
  type CabinetRequests,
  createGrants,
  createRequests,
  sharingReasons,
} from '../../../hub/plant/cabinet/index.ts'
import { type Glance, Mode, type PlugIn, StateStore } from '../../../hub/plant/index.ts'
import type { GovernedHub } from '../governor.ts'
import type { CabinetResult } from '../result.ts'
import { CabinetBooks } from './cabinet-books.ts'
import type { PlugPhysics } from './plug-physics.ts'

/** Two looks of a cabinet are not nearer to each other than this for what vehicles ask for less than before, as they do along their curves. */
const LOOK_s = 30
/** State of a cabinet is small. */
const STORE_bytes = 4096
/** Voltages change what modules give: while that is less than what is asked for they are looked at after this. */
const PATIENCE_s = 300
/** The part of a vehicle in a shared limit is taken to fall no faster than by this between two looks. */
const SHARE_FALL_kW = 5
/** A smaller rise is not worth a look. */
const MORE_kW = 0.5
/** An output is kept at this while modules move. */
const LEAST_kW = 1

/** A cabinet and which places its outputs can serve. */
export interface CabinetOfHub {
  readonly id: string
  readonly confidence: string
  readonly parameters: CabinetParameters
  /** Keep nothing between two questions: made once for all runs. */
  readonly allocator: CabinetAllocator
  readonly meter: CabinetLossMeter
  /** EVSE of each output, and of each place of the hub (-1: not of this cabinet). */
  readonly evseOfOutput: readonly number[]
  readonly evseOfPlace: readonly number[]
}

export interface CabinetDeviceInput {
  readonly cabinet: CabinetOfHub
  readonly plugs: PlugPhysics
  /** At the start. */
  readonly air_degC: number
  /** What all but the cabinet allow a slot. */
  readonly others_kW: (slot: number) => number
  /** Caps a slot because of its modules. */
  readonly cap: (slot: number, cap_kW: number) => void
  readonly alarm: (when_s: number) => void
  /** Told after each sharing. */
  readonly shared?: (now_s: number) => void
}

/** A cabinet between two looks. */
export interface CabinetSnapshot {
  readonly bytes: Uint8Array
  readonly faced: CabinetRequests
  readonly granted: CabinetGrants
  readonly losses: CabinetLosses
}

/** Writes values and arrays of one object into those of another of the same shape. */
function copyInto<T extends object>(target: T, from: T): void {
  for (const [key, value] of Object.entries(from)) {
    const there: unknown = Reflect.get(target, key)
    if (there instanceof Float64Array || there instanceof Int32Array || there instanceof Uint8Array) there.set(value)
    else if (there instanceof Int16Array) there.set(value)
    else Reflect.set(target, key, value)
  }
}

/** A cabinet in a run: its modules go to the outputs that ask, by its own policy. */
export class CabinetDevice {
  readonly #hub: GovernedHub
  readonly #input: CabinetDeviceInput
  readonly #allocator: CabinetAllocator
  readonly #meter: CabinetLossMeter
  /** Where outputs have modules of their own. */
  readonly #books: CabinetBooks
  readonly #isBus: boolean
  readonly #faced: CabinetRequests
  readonly #granted: CabinetGrants
  readonly #store = new StateStore(STORE_bytes)
  readonly #modules: Float64Array
  /** Slot at each output, -1: none; output of each slot, -1: none. */
  readonly #slotOf: Int32Array
  readonly #outputOf: Int32Array
  readonly #arrived_s: Float64Array
  readonly #departs_s: Float64Array
  /** Profile the vehicle at each output came with: its voltages are known by it. */
  readonly #profile: Int32Array
  /** Moment of the last look, loss then, when the cabinet looks next, and 1 while some output waits for modules or rises. */
  readonly #times: Float64Array
  /** Energy lost by stage, moves, and module-hours in use. */
  readonly #totals: Float64Array
  readonly #power_kW: Float64Array
  readonly #glance: Glance = { power_kW: 0, soc_frac: 0, envelope_kW: 0 }
  readonly #losses: CabinetLosses = { modules_kW: 0, bus_kW: 0, fans_kW: 0, standby_kW: 0 }

  constructor(hub: GovernedHub, input: CabinetDeviceInput) {
    const { parameters } = input.cabinet
    const outputs = parameters.outputs.length
    const store = this.#store
    this.#hub = hub
    this.#input = input
    this.#allocator = input.cabinet.allocator
    this.#meter = input.cabinet.meter
    this.#isBus = parameters.matrix.kind === 'bus'
    this.#books = new CabinetBooks({ plant: hub.plant, meter: this.#meter, parameters, plugs: input.plugs, store })
    this.#faced = createRequests(parameters)
    this.#faced.ambient_degC = input.air_degC
    this.#granted = createGrants(parameters)
    this.#modules = store.f64(this.#allocator.stateLength)
    this.#slotOf = store.i32(outputs).fill(-1)
    this.#outputOf = store.i32(hub.plant.network.slots).fill(-1)
    this.#arrived_s = store.f64(outputs)
    this.#departs_s = store.f64(outputs)
    this.#profile = store.i32(outputs)
    this.#times = store.f64(4)
    this.#totals = store.f64(6)
    this.#power_kW = new Float64Array(outputs)
    this.#allocator.start(this.#modules, 0)
    this.#times[2] = Number.POSITIVE_INFINITY
  }

  snapshot(): CabinetSnapshot {
    const last = { faced: this.#faced, granted: this.#granted, losses: this.#losses }
    return { bytes: this.#store.snapshot(), ...structuredClone(last) }
  }

  restore({ bytes, faced, granted, losses }: CabinetSnapshot): void {
    this.#store.restore(bytes)
    copyInto(this.#faced, faced)
    copyInto(this.#granted, granted)
    copyInto(this.#losses, losses)
  }

  serves(slot: number): boolean {
    return this.#evse(slot) >= 0
  }

  plugged(slot: number, { profile, leaves_s }: PlugIn, now_s: number): void {
    const { evseOfOutput } = this.#input.cabinet
    const evse = this.#evse(slot)
    const output = evseOfOutput.findIndex((of, at) => of === evse && this.#slotOf[at] === -1)
    if (output < 0) return
    this.#slotOf[output] = slot
    this.#outputOf[slot] = output
    this.#arrived_s[output] = now_s
    this.#departs_s[output] = leaves_s
    this.#profile[output] = profile
    this.#books.begin(output, slot, now_s)
    this.#input.cap(slot, 0)
    if (this.#slotOf.length === 1) this.ring(now_s)
    else this.wake(now_s)
  }

  unplugged(slot: number, now_s: number): void {
    const output = this.#outputOf[slot] as number
    if (output < 0) return
    if (this.#isBus) this.#book(now_s)
    else this.#books.book(output, slot, this.#profile[output] as number, now_s)
    this.#slotOf[output] = -1
    this.#outputOf[slot] = -1
    if (this.#isShort || this.#isBus) this.wake(now_s)
    else if (this.#slotOf.every((other) => other === -1)) this.#times[2] = Number.POSITIVE_INFINITY
    if (this.#input.shared) this.#letGo(output, now_s)
  }

  /** The contactors of an output open, for those who watch them. */
  #letGo(output: number, now_s: number): void {
    const { awake, output: outputOf } = this.#granted
    for (let granule = 0; granule < awake.length; granule++) if (outputOf[granule] === output) awake[granule] = 0
    this.#input.shared?.(now_s)
  }

  /** Modules give this share of what they could from now on; what they gave is missing at once, and shared anew at the next look. */
  weaken(modules: readonly number[], health_frac: number, now_s: number): void {
    this.#bookAll(now_s)
    const perModule = this.#granted.awake.length / this.#input.cabinet.parameters.modules.length
    for (const module of modules) {
      const before_frac = this.#faced.health_frac[module] as number
      this.#faced.health_frac[module] = health_frac
      const output = this.outputOf(module)
      const slot = output < 0 ? -1 : (this.#slotOf[output] as number)
      if (slot < 0 || health_frac >= before_frac || before_frac === 0) continue
      const share_frac = Math.min(1, perModule / Math.max(1, this.#granted.granules[output] as number))
      const lost_frac = share_frac * (1 - health_frac / before_frac)
      const supply_kW = (this.#granted.supply_kW[output] as number) * (1 - lost_frac)
      this.#granted.supply_kW[output] = supply_kW
      this.#granted.power_kW[output] = Math.min(this.#granted.power_kW[output] as number, supply_kW)
      this.#input.cap(slot, supply_kW)
    }
    if (this.#isBus) this.#times[1] = this.#loss_kW()
  }

  /** Output a module works for, -1: none. */
  outputOf(module: number): number {
    const { awake, output } = this.#granted
    const { matrix, modules, outputs } = this.#input.cabinet.parameters
    if (matrix.kind === 'bus') return module < outputs.length ? module : -1
    const granule = module * (awake.length / modules.length)
    return awake[granule] === 1 ? (output[granule] as number) : -1
  }

  /** What vehicles do not get now because modules have failed. */
  faulted_kW(): number {
    let sum_kW = 0
    for (let output = 0; output < this.#slotOf.length; output++) {
      const slot = this.#slotOf[output] as number
      const isShort = sharingReasons[this.#granted.boundBy[output] as number] === 'sharing.fault'
      if (slot < 0 || !(isShort || this.#converter_kW(output) !== Number.POSITIVE_INFINITY)) continue
      sum_kW += Math.max(0, this.#demand_kW(slot) - this.#glance.power_kW)
    }
    return sum_kW
  }

  /** From now on the air has another temperature: whether modules give less or more for it is seen at once. */
  airChanges(air_degC: number, now_s: number): void {
    this.#bookAll(now_s)
    this.#faced.ambient_degC = air_degC
    if (this.#slotOf.some((slot) => slot !== -1)) this.wake(now_s)
  }

  /** Asks for a look at once: a request has changed. */
  wake(now_s: number): void {
    if ((this.#times[2] as number) <= now_s) return
    this.#times[2] = now_s
    this.#input.alarm(now_s)
  }

  /** A slot, settled now, may ask for more than it did; that it asks for less is seen at the next look. */
  stretchBegins(slot: number, now_s: number): void {
    const output = this.#outputOf[slot] as number
    if (output < 0) return
    if (!this.#isBus && this.#books.isDue(output, slot))
      this.#books.book(output, slot, this.#profile[output] as number, now_s)
    const supply_kW = this.#granted.wantsAbove_kW[output] as number
    const demand_kW = this.#demand_kW(slot)
    if (demand_kW > supply_kW + MORE_kW) this.wake(now_s)
    else if (demand_kW > supply_kW - MORE_kW && this.#rises(slot)) this.#lookBy(now_s + LOOK_s)
    else if (this.#isShort && !this.#isBus) {
      const spare_s = this.#untilSpare_s(output, slot, demand_kW)
      this.#lookBy(Math.max(now_s + spare_s, (this.#times[0] as number) + LOOK_s))
    }
  }

  /** Others allow a slot more than they did: it may ask for modules. */
  allowed(slot: number, cap_kW: number, now_s: number): void {
    const output = this.#outputOf[slot] as number
    if (output < 0) return
    const enough_kW = (this.#granted.wantsAbove_kW[output] as number) + MORE_kW
    if (cap_kW > enough_kW && this.#demand_kW(slot) > enough_kW) this.wake(now_s)
  }

  ring(now_s: number): void {
    if (this.#isBus) this.#book(now_s)
    const isBusy = this.#face(now_s)
    const ask_s = this.#allocator.allocate(this.#modules, 0, this.#faced, this.#granted)
    this.#totals[4] = (this.#totals[4] as number) + this.#granted.moves
    if (!this.#isBus) this.#times[0] = now_s
    let [isShort, look_s] = [0, Number.POSITIVE_INFINITY]
    for (let output = 0; output < this.#slotOf.length; output++) {
      const slot = this.#slotOf[output] as number
      this.#renew(output, slot, now_s)
      if (slot < 0) continue
      this.#input.cap(slot, this.#cap_kW(output, slot))
      if (this.#wantsMore(output, slot)) isShort = 1
      look_s = Math.min(
        look_s,
        this.#patience_s(output),
        this.#untilSpare_s(output, slot, this.#faced.demand_kW[output] as number),
      )
    }
    this.#times[3] = isShort
    const again_s =
      isBusy && (isShort === 1 || this.#isBus) ? now_s + Math.max(LOOK_s, look_s) : Number.POSITIVE_INFINITY
    this.#times[2] = Math.min(ask_s, again_s)
    this.#input.alarm(this.#times[2] as number)
    if (this.#isBus) this.#times[1] = this.#loss_kW()
    this.#input.shared?.(now_s)
  }

  /**
   * After what time a short cabinet looks again because of an output, others apart: where power is spread to the last kilowatt, what
   * all ask for matters at every moment.
   */
  #patience_s(output: number): number {
    const why = sharingReasons[this.#granted.boundBy[output] as number]
    const isSpread = this.#isBus || why === 'sharing.power' || why === 'sharing.policy'
    return isSpread && this.#slotOf.length > 1 ? LOOK_s : PATIENCE_s
  }

  /** Seconds until an output could do with a module less, as far as this stretch goes; where its power follows others: about so long. */
  #untilSpare_s(output: number, slot: number, demand_kW: number): number {
    const { growth, mode } = this.#hub.plant
    const spare_kW = this.#granted.spareBelow_kW[output] as number
    if (demand_kW <= spare_kW) return 0
    if (mode[slot] === Mode.share) return (LOOK_s * (demand_kW - spare_kW)) / SHARE_FALL_kW
    const falls = growth[slot] as number
    return falls < 0 ? (Math.log(spare_kW / demand_kW) / falls) * SECONDS_PER_HOUR : Number.POSITIVE_INFINITY
  }

  #lookBy(when_s: number): void {
    if ((this.#times[2] as number) <= when_s) return
    this.#times[2] = when_s
    this.#input.alarm(when_s)
  }

  /** Whether an output would draw more if it had other modules, now or when it goes on. */
  #wantsMore(output: number, slot: number): boolean {
    const why = sharingReasons[this.#granted.boundBy[output] as number]
    if (why === 'sharing.request') return this.#isBus && this.#rises(slot)
    return why !== 'sharing.output' && why !== 'sharing.nothing'
  }

  #rises(slot: number): boolean {
    const { profiles, piece } = this.#hub.plant
    return (profiles.envelopeSlope[piece[slot] as number] as number) > 0
  }

  /** Where an output has got other modules, what it drew with those before is booked. */
  #renew(output: number, slot: number, now_s: number): void {
    if (this.#isBus || !this.#books.hasOthers(output, this.#granted)) return
    if (slot >= 0) {
      this.#hub.settle(slot)
      this.#books.book(output, slot, this.#profile[output] as number, now_s)
    }
    this.#books.take(output, this.#granted)
  }

  #bookAll(now_s: number): void {
    if (this.#isBus) {
      this.#book(now_s)
      return
    }
    for (let output = 0; output < this.#slotOf.length; output++) {
      const slot = this.#slotOf[output] as number
      if (slot < 0) continue
      this.#hub.settle(slot)
      this.#books.book(output, slot, this.#profile[output] as number, now_s)
    }
  }

  result(now_s: number): CabinetResult {
    this.#bookAll(now_s)
    const { cabinet } = this.#input
    const { modules, standby_W } = cabinet.parameters
    const standby_kWh = ((standby_W / 1000) * now_s) / SECONDS_PER_HOUR
    const booked = this.#isBus ? this.#busTotals : this.#books.totals
    const { modules_kWh, bus_kWh, fans_kWh, used_h } = booked
    const loss = { modules_kWh, bus_kWh, fans_kWh, standby_kWh }
    const moduleUse_frac = this.#isBus ? null : (used_h * SECONDS_PER_HOUR) / Math.max(now_s, 1) / modules.length
    return {
      ...{ confidence: cabinet.confidence, modules: modules.length, moves: this.#totals[4] as number, moduleUse_frac },
      loss_kWh: modules_kWh + bus_kWh + fans_kWh + standby_kWh,
      loss,
    }
  }

  get #busTotals() {
    const [modules_kWh = 0, bus_kWh = 0, fans_kWh = 0] = this.#totals
    return { modules_kWh, bus_kWh, fans_kWh, used_h: 0 }
  }

  /** Whether some output waits for modules of others, or rises. */
  get #isShort(): boolean {
    return this.#times[3] === 1
  }

  #evse(slot: number): number {
    const { evseOfPlace } = this.#input.cabinet
    return evseOfPlace[this.#hub.plant.network.placeOfSlot[slot] as number] ?? -1
  }

  /** On one bus each output has a converter of its own: what a failed one gives, Infinity where it is well or modules are shared. */
  #converter_kW(output: number): number {
    const { matrix, modules } = this.#input.cabinet.parameters
    const health_frac = this.#faced.health_frac[output] ?? 1
    if (matrix.kind !== 'bus' || health_frac === 1) return Number.POSITIVE_INFINITY
    return health_frac * (modules[output]?.power_kW ?? 0)
  }

  #demand_kW(slot: number): number {
    const seen = this.#glance
    this.#hub.glance(slot, seen)
    // What others of the hub leave it is a limit from outside, too.
    if (this.#hub.plant.mode[slot] === Mode.share) return seen.power_kW
    return Math.min(seen.envelope_kW, this.#input.others_kW(slot))
  }

  /**
   * What an output may draw until the next look: what it was granted; where it has all it asks for, what its modules could give, so that
   * it is not cut at its own curve.
   */
  #cap_kW(output: number, slot: number): number {
    if (this.#isBus && this.#hub.plant.mode[slot] === Mode.share) return Number.POSITIVE_INFINITY
    const isContent = sharingReasons[this.#granted.boundBy[output] as number] === 'sharing.request'
    return (isContent ? this.#granted.supply_kW[output] : this.#granted.power_kW[output]) as number
  }

  /** Writes what outputs ask for; answers whether any does. */
  #face(now_s: number): boolean {
    const faced = this.#faced
    faced.now_s = now_s
    let isBusy = false
    for (let output = 0; output < this.#slotOf.length; output++) {
      const slot = this.#slotOf[output] as number
      const demand_kW = slot < 0 ? 0 : Math.min(this.#demand_kW(slot), this.#converter_kW(output))
      faced.demand_kW[output] = demand_kW
      faced.least_kW[output] = Math.min(LEAST_kW, demand_kW)
      faced.arrived_s[output] = this.#arrived_s[output] as number
      faced.departs_s[output] = this.#departs_s[output] as number
      if (slot < 0) continue
      const profile = this.#profile[output] as number
      faced.voltage_V[output] = this.#input.plugs.voltage_V(profile, demand_kW, this.#glance.soc_frac)
      faced.remaining_kWh[output] = this.#remaining_kWh(slot)
      if (demand_kW > 0) isBusy = true
    }
    return isBusy
  }

  #remaining_kWh(slot: number): number {
    const { plant } = this.#hub
    const ahead = (plant.stop_frac[slot] as number) - this.#glance.soc_frac
    return Math.max(0, ahead * (plant.capacity_kWh[slot] as number))
  }

  /** Of a bus: losses since the last look: between two looks they run straight. */
  #book(now_s: number): void {
    const hours_h = (now_s - (this.#times[0] as number)) / SECONDS_PER_HOUR
    this.#times[0] = now_s
    if (hours_h <= 0) return
    const before_kW = this.#times[1] as number
    const now_kW = this.#loss_kW()
    const scale = now_kW > 0 ? ((before_kW + now_kW) / 2 / now_kW) * hours_h : hours_h
    const { modules_kW, bus_kW, fans_kW, standby_kW } = this.#losses
    for (const [at, kW] of [modules_kW, bus_kW, fans_kW, standby_kW].entries()) {
      this.#totals[at] = (this.#totals[at] as number) + kW * scale
    }
  }

  /** Loss while outputs draw what they draw now. */
  #loss_kW(): number {
    for (let output = 0; output < this.#slotOf.length; output++) {
      const slot = this.#slotOf[output] as number
      this.#power_kW[output] = 0
      if (slot < 0) continue
      this.#hub.glance(slot, this.#glance)
      this.#power_kW[output] = this.#glance.power_kW
    }
    return this.#meter.measure(this.#faced, this.#granted, this.#power_kW, this.#losses)
  }
}
