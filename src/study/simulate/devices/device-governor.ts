import type { Glance, Plant, PlugIn } from '../../../hub/plant/index.ts'
import type { GovernedHub, Governor } from '../governor.ts'
import type { CableResult, ControlResult } from '../result.ts'
import { type CableAtPlace, CableDevice } from './cable-device.ts'
import type { PlugPhysics } from './plug-physics.ts'
import { SlotCaps } from './slot-caps.ts'

const Layer = { site: 0, cable: 1, count: 2 } as const

export interface DeviceGovernorInput {
  /** Who shares the power of the site; its own alarms come first. */
  readonly site: Governor
  readonly cables: readonly CableAtPlace[]
  readonly plugs: PlugPhysics
  readonly ambient_degC: number
  /** Limit source of a derated cable. */
  readonly cableSource: string
}

interface Snapshot {
  readonly site: unknown
  readonly caps: ReturnType<SlotCaps['snapshot']>
  readonly cables: Uint8Array
}

/** The devices of a hub beside its site controller: what each place may draw is the tightest of what all of them allow. */
export class DeviceGovernor implements Governor {
  readonly alarms: number
  readonly #input: DeviceGovernorInput
  #caps: SlotCaps | null = null
  #cables: CableDevice | null = null
  #now_s = 0

  constructor(input: DeviceGovernorInput) {
    this.#input = input
    this.alarms = input.site.alarms + input.cables.length
  }

  get control(): ControlResult | undefined {
    return this.#input.site.control
  }

  get plugs(): PlugPhysics {
    return this.#input.plugs
  }

  /** What became of the cables, by place, once the run is over. */
  cables(): CableResult[] {
    return this.#cables?.results(this.#now_s) ?? []
  }

  start(hub: GovernedHub): void {
    const { site, cableSource, ...input } = this.#input
    const caps = new SlotCaps(hub, Layer.count)
    const source = hub.plant.profiles.sourceIndex(cableSource)
    this.#caps = caps
    this.#cables = new CableDevice(hub, {
      ...input,
      cap: (slot, cap_kW) => caps.set(Layer.cable, slot, cap_kW, source),
      alarm: (slot, when_s) => hub.setAlarm(site.alarms + slot, when_s),
    })
    site.start(new SiteView(hub, caps))
  }

  ring(alarm: number, now_s: number): void {
    this.#now_s = now_s
    const { site } = this.#input
    if (alarm < site.alarms) site.ring(alarm, now_s)
    else this.#cables?.ring(alarm - site.alarms, now_s)
  }

  plugged(slot: number, vehicle: PlugIn, now_s: number): void {
    this.#now_s = now_s
    this.#cables?.plugged(slot, vehicle.profile, now_s)
    this.#input.site.plugged(slot, vehicle, now_s)
  }

  unplugged(slot: number, now_s: number): void {
    this.#now_s = now_s
    this.#cables?.unplugged(slot)
    this.#caps?.clear(slot)
    this.#input.site.unplugged(slot, now_s)
  }

  stretchEnds(slot: number, now_s: number): void {
    this.#now_s = now_s
    this.#cables?.stretchEnds(slot, now_s)
    this.#input.site.stretchEnds(slot, now_s)
  }

  stretchBegins(slot: number, now_s: number): void {
    this.#cables?.stretchBegins(slot, now_s)
    this.#input.site.stretchBegins(slot, now_s)
  }

  snapshot(): Snapshot | null {
    if (!this.#caps || !this.#cables) return null
    return { site: this.#input.site.snapshot(), caps: this.#caps.snapshot(), cables: this.#cables.snapshot() }
  }

  restore(state: unknown): void {
    const { site, caps, cables } = state as Snapshot
    this.#input.site.restore(site)
    this.#caps?.restore(caps)
    this.#cables?.restore(cables)
  }
}

/** The hub as the site controller has it: what it allows is one cap among others. */
class SiteView implements GovernedHub {
  readonly plant: Plant
  readonly #hub: GovernedHub
  readonly #caps: SlotCaps

  constructor(hub: GovernedHub, caps: SlotCaps) {
    this.plant = hub.plant
    this.#hub = hub
    this.#caps = caps
  }

  setAllowance(slot: number, power_kW: number, source: number): void {
    this.#caps.set(Layer.site, slot, power_kW, source)
  }

  switchProfile(slot: number, profile: number): void {
    this.#hub.switchProfile(slot, profile)
  }

  settle(slot: number): void {
    this.#hub.settle(slot)
  }

  glance(slot: number, into: Glance): void {
    this.#hub.glance(slot, into)
  }

  setAlarm(alarm: number, when_s: number): void {
    this.#hub.setAlarm(alarm, when_s)
  }
}
