import type { RandomStream } from '../../../hub/demand/index.ts'
import type { Air } from '../../../hub/plant/air/index.ts'
import type { FaultModeName } from '../../../hub/plant/device/index.ts'
import type { Glance, Plant, PlugIn } from '../../../hub/plant/index.ts'
import type { ArrivalHeat } from '../../../hub/plant/vehicle/index.ts'
import { FaultDevice, faultAlarms } from '../faults/fault-device.ts'
import type { FaultResult } from '../faults/result.ts'
import type { FaultPlan } from '../faults/schedule.ts'
import type { GovernedHub, Governor } from '../governor.ts'
import type { CabinetResult, CableResult, ControlResult, PackResult, SetUpResult } from '../result.ts'
import { CabinetDevice, type CabinetOfHub, type CabinetSnapshot } from './cabinet-device.ts'
import { type CableAtPlace, CableDevice } from './cable-device.ts'
import { PackDevice, type PackKinds } from './pack-device.ts'
import type { PlugPhysics } from './plug-physics.ts'
import { SetUpDevice, type SetUpTimes } from './set-up-device.ts'
import { SlotCaps } from './slot-caps.ts'

/** Moments closer than this are one. */
const SAME_MOMENT_s = 1e-6

const Layer = { site: 0, cable: 1, fault: 2, setUp: 3, cabinet: 4, count: 5 } as const

export interface DeviceGovernorInput {
  /** Who shares the power of the site; its own alarms come first. */
  readonly site: Governor
  readonly cables: readonly CableAtPlace[]
  readonly cabinets: readonly CabinetOfHub[]
  readonly plugs: PlugPhysics
  readonly air: Air
  /** Limit sources of a derated cable, and of modules that are not there. */
  readonly cableSource: string
  readonly cabinetSource: string
  /** Parts that fail, and their limit source; null: none does. */
  readonly plan: FaultPlan | null
  readonly faultSource: string
  /** Packs of the fleet, how warm they arrive, and the chance in it. */
  readonly packs: { readonly kinds: PackKinds; readonly arrival: ArrivalHeat; readonly chance: RandomStream }
  /** How long vehicles take before current flows, the chance in it, and its limit source. */
  readonly setUp: { readonly times: SetUpTimes; readonly chance: RandomStream; readonly source: string }
}

interface Snapshot {
  readonly site: unknown
  readonly caps: ReturnType<SlotCaps['snapshot']>
  readonly cables: Uint8Array
  readonly cabinets: readonly CabinetSnapshot[]
  readonly faults: ReturnType<FaultDevice['snapshot']> | null
  readonly setUp: ReturnType<SetUpDevice['snapshot']> | null
  readonly packs: ReturnType<PackDevice['snapshot']> | null
}

/** The devices of a hub beside its site controller: what each place may draw is the tightest of what all of them allow. */
export class DeviceGovernor implements Governor {
  readonly alarms: number
  readonly #input: DeviceGovernorInput
  #hub: GovernedHub | null = null
  #caps: SlotCaps | null = null
  #cables: CableDevice | null = null
  #cabinets: readonly CabinetDevice[] = []
  /** By slot. */
  #cabinetAt: readonly (CabinetDevice | undefined)[] = []
  #faults: FaultDevice | null = null
  #setUp: SetUpDevice | null = null
  #packs: PackDevice | null = null
  #now_s = 0

  constructor(input: DeviceGovernorInput) {
    this.#input = input
    const { site, cables, cabinets, plan } = input
    // The last one is that of the air.
    this.alarms = site.alarms + 3 * cables.length + cabinets.length + (plan ? faultAlarms(plan) : 0) + 1
  }

  get control(): ControlResult | undefined {
    return this.#input.site.control
  }

  get cabinetIds(): readonly string[] {
    return this.#input.cabinets.map(({ id }) => id)
  }

  get plugs(): PlugPhysics {
    return this.#input.plugs
  }

  /** What became of the cables, by place, once the run is over. */
  cables(): CableResult[] {
    return this.#cables?.results(this.#end_s) ?? []
  }

  /** What became of the cabinets, in their order, once the run is over. */
  cabinets(): CabinetResult[] {
    return this.#cabinets.map((cabinet) => cabinet.result(this.#end_s))
  }

  /** What became of the faults, in their order, once the run is over. */
  faults(): FaultResult[] {
    return this.#faults?.results(this.#end_s) ?? []
  }

  /** How long vehicles took before current flowed. */
  get setUp(): SetUpResult {
    return this.#setUp?.result ?? { sessions: 0, mean_s: null }
  }

  /** How warm packs were and what that did; null before the run. */
  get packs(): PackResult | null {
    return this.#packs?.result ?? null
  }

  /** Warmest part of the cable at a place now. */
  cable_degC(place: number, now_s: number): number {
    const slot = this.#hub?.plant.network.slotOfPlace[place]
    return slot === undefined ? Number.NaN : (this.#cables?.hottest_degC(slot, now_s) ?? Number.NaN)
  }

  /** Lets a fault of the plan begin or end now at a place, whatever the plan says; false: the plan has none such there. */
  setFault(mode: FaultModeName, place: number, isActive: boolean, now_s: number): boolean {
    this.#now_s = now_s
    return this.#faults?.force(mode, place, isActive, now_s) ?? false
  }

  /** Whether the dispenser at a place has told of such a fault, which goes on. */
  isFaultSeen(mode: FaultModeName, place: number): boolean {
    return this.#faults?.isSeen(mode, place) ?? false
  }

  start(hub: GovernedHub): void {
    const { site, cableSource, cabinetSource, plan, ...input } = this.#input
    const air_degC = input.air.held_degC(0)
    const caps = new SlotCaps(hub, Layer.count, (layer, slot, cap_kW) => {
      if (layer !== Layer.cabinet) this.#cabinetOf(slot)?.allowed(slot, cap_kW, this.#now_s)
    })
    const source = hub.plant.profiles.sourceIndex(cableSource)
    this.#caps = caps
    this.#cables = new CableDevice(hub, {
      ...input,
      cap: (slot, cap_kW) => caps.set(Layer.cable, slot, cap_kW, source),
      alarm: (slot, when_s) => hub.setAlarm(site.alarms + slot, when_s),
    })
    const share = hub.plant.profiles.sourceIndex(cabinetSource)
    this.#cabinets = input.cabinets.map(
      (cabinet, at) =>
        new CabinetDevice(hub, {
          ...{ cabinet, plugs: input.plugs, air_degC },
          others_kW: (slot) => caps.others_kW(Layer.cabinet, slot),
          cap: (slot, cap_kW) => caps.set(Layer.cabinet, slot, cap_kW, share),
          alarm: (when_s) => hub.setAlarm(site.alarms + input.cables.length + at, when_s),
          ...(plan ? { shared: (now_s: number) => this.#faults?.shared(at, now_s) } : {}),
        }),
    )
    const slots = Array.from({ length: hub.plant.network.slots }, (_, slot) => slot)
    this.#cabinetAt = slots.map((slot) => this.#cabinets.find((cabinet) => cabinet.serves(slot)))
    if (plan) this.#faults = this.#faultDevice(hub, caps, plan)
    this.#setUp = this.#setUpDevice(hub, caps)
    this.#packs = new PackDevice(hub, {
      ...input.packs,
      air_degC,
      alarm: (slot, when_s) => hub.setAlarm(this.#firstPack + slot, when_s),
    })
    hub.setAlarm(this.alarms - 1, input.air.nextChange_s(0))
    this.#hub = hub
    site.start(new SiteView(hub, caps, (slot) => this.#cables?.voltage_V(slot) ?? Number.NaN))
  }

  ring(alarm: number, now_s: number): void {
    this.#now_s = now_s
    const { site, cables } = this.#input
    if (alarm < site.alarms) site.ring(alarm, now_s)
    else if (alarm < site.alarms + cables.length) this.#cables?.ring(alarm - site.alarms, now_s)
    else if (alarm < this.#firstSetUp) this.#cabinets[alarm - site.alarms - cables.length]?.ring(now_s)
    else if (alarm < this.#firstPack) this.#setUp?.ring(alarm - this.#firstSetUp, now_s)
    else if (alarm < this.#firstFault) this.#packs?.ring(alarm - this.#firstPack, now_s)
    else if (alarm < this.alarms - 1) this.#faults?.ring(alarm - this.#firstFault, now_s)
    else this.#airChanges(now_s)
  }

  #airChanges(now_s: number): void {
    const { air } = this.#input
    const after_s = now_s + SAME_MOMENT_s
    const air_degC = air.held_degC(after_s)
    this.#cables?.airChanges(air_degC, now_s)
    this.#packs?.airChanges(air_degC, now_s)
    for (const cabinet of this.#cabinets) cabinet.airChanges(air_degC, now_s)
    this.#hub?.setAlarm(this.alarms - 1, air.nextChange_s(after_s))
  }

  plugged(slot: number, vehicle: PlugIn, now_s: number): void {
    this.#now_s = now_s
    this.#packs?.plugged(slot, vehicle.profile, now_s)
    this.#cables?.plugged(slot, vehicle.profile, now_s)
    this.#faults?.plugged(slot, now_s)
    this.#setUp?.plugged(slot, vehicle, now_s)
  }

  unplugged(slot: number, now_s: number): void {
    this.#now_s = now_s
    this.#packs?.unplugged(slot, now_s)
    this.#cables?.unplugged(slot, now_s)
    this.#faults?.unplugged(slot, now_s)
    const wasReady = this.#setUp?.unplugged(slot) ?? true
    if (wasReady) this.#cabinetOf(slot)?.unplugged(slot, now_s)
    this.#caps?.clear(slot)
    if (wasReady) this.#input.site.unplugged(slot, now_s)
  }

  stretchEnds(slot: number, now_s: number): void {
    this.#now_s = now_s
    this.#packs?.stretchEnds(slot, now_s)
    this.#cables?.stretchEnds(slot, now_s)
    this.#input.site.stretchEnds(slot, now_s)
  }

  stretchBegins(slot: number, now_s: number): void {
    this.#packs?.stretchBegins(slot, now_s)
    this.#cables?.stretchBegins(slot, now_s)
    this.#cabinetOf(slot)?.stretchBegins(slot, now_s)
    this.#faults?.stretchBegins(slot, now_s)
    this.#input.site.stretchBegins(slot, now_s)
  }

  snapshot(): Snapshot | null {
    if (!this.#caps || !this.#cables) return null
    return {
      site: this.#input.site.snapshot(),
      caps: this.#caps.snapshot(),
      cables: this.#cables.snapshot(),
      cabinets: this.#cabinets.map((cabinet) => cabinet.snapshot()),
      faults: this.#faults?.snapshot() ?? null,
      setUp: this.#setUp?.snapshot() ?? null,
      packs: this.#packs?.snapshot() ?? null,
    }
  }

  restore(state: unknown): void {
    const { site, caps, cables, cabinets, faults, setUp, packs } = state as Snapshot
    this.#input.site.restore(site)
    this.#caps?.restore(caps)
    this.#cables?.restore(cables)
    for (const [at, cabinet] of cabinets.entries()) this.#cabinets[at]?.restore(cabinet)
    if (faults) this.#faults?.restore(faults)
    if (setUp) this.#setUp?.restore(setUp)
    if (packs) this.#packs?.restore(packs)
  }

  /** When the run is over: later than its last event. */
  get #end_s(): number {
    return this.#hub?.now_s ?? this.#now_s
  }

  get #firstSetUp(): number {
    const { site, cables, cabinets } = this.#input
    return site.alarms + cables.length + cabinets.length
  }

  get #firstPack(): number {
    return this.#firstSetUp + this.#input.cables.length
  }

  get #firstFault(): number {
    return this.#firstPack + this.#input.cables.length
  }

  #setUpDevice(hub: GovernedHub, caps: SlotCaps): SetUpDevice {
    const { site, setUp } = this.#input
    const source = hub.plant.profiles.sourceIndex(setUp.source)
    return new SetUpDevice({
      ...{ slots: hub.plant.network.slots, times: setUp.times, chance: setUp.chance },
      hold: (slot) => caps.set(Layer.setUp, slot, 0, source),
      alarm: (slot, when_s) => hub.setAlarm(this.#firstSetUp + slot, when_s),
      ready: (slot, vehicle, now_s) => {
        caps.lift(Layer.setUp, slot)
        this.#cabinetOf(slot)?.plugged(slot, vehicle, now_s)
        site.plugged(slot, vehicle, now_s)
        caps.tell(slot)
      },
    })
  }

  #faultDevice(hub: GovernedHub, caps: SlotCaps, plan: FaultPlan): FaultDevice | null {
    const source = hub.plant.profiles.sourceIndex(this.#input.faultSource)
    if (!this.#cables) return null
    return new FaultDevice(hub, {
      plan,
      cables: this.#cables,
      cabinets: this.#cabinets,
      sources: [source, hub.plant.profiles.sourceIndex(this.#input.cableSource)],
      before_kW: (slot) => caps.before_kW(Layer.cable, slot),
      cap: (slot, cap_kW) => caps.set(Layer.fault, slot, cap_kW, source),
      alarm: (hit, when_s) => hub.setAlarm(this.#firstFault + hit, when_s),
    })
  }

  #cabinetOf(slot: number): CabinetDevice | undefined {
    return this.#cabinetAt[slot]
  }
}

/** The hub as the site controller has it: what it allows is one cap among others. */
class SiteView implements GovernedHub {
  readonly plant: Plant
  readonly #hub: GovernedHub
  readonly #caps: SlotCaps
  readonly voltage_V: (slot: number) => number

  constructor(hub: GovernedHub, caps: SlotCaps, voltage_V: (slot: number) => number) {
    this.plant = hub.plant
    this.#hub = hub
    this.#caps = caps
    this.voltage_V = voltage_V
  }

  setAllowance(slot: number, power_kW: number, source: number): void {
    this.#caps.set(Layer.site, slot, power_kW, source)
  }

  startWith(slot: number, profile: number): void {
    this.#hub.startWith(slot, profile)
  }

  allowanceSource(slot: number): number {
    return this.#hub.allowanceSource(slot)
  }

  allowance_kW(slot: number): number {
    return this.#hub.allowance_kW(slot)
  }

  switchProfile(slot: number, profile: number): void {
    this.#hub.switchProfile(slot, profile)
  }

  get now_s(): number {
    return this.#hub.now_s
  }

  settle(slot: number): void {
    this.#hub.settle(slot)
  }

  glance(slot: number, into: Glance): void {
    this.#hub.glance(slot, into)
  }

  leaveBy(slot: number, when_s: number): void {
    this.#hub.leaveBy(slot, when_s)
  }

  setAlarm(alarm: number, when_s: number): void {
    this.#hub.setAlarm(alarm, when_s)
  }
}
