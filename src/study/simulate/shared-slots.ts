import {
  draw,
  type Glance,
  glance,
  lookBelow,
  Mode,
  type Plant,
  restOf_kW,
  type StateStore,
  settleSlot,
  switchTo,
} from '../../hub/plant/index.ts'
import type { GovernedTime } from './governed-slots.ts'
import type { GovernedHub, Governor } from './governor.ts'
import type { Sharing } from './sharing.ts'
import type { SlotNews } from './slot-news.ts'

export interface SharedSlotsInput {
  readonly plant: Plant
  readonly devices: Governor
  readonly news: SlotNews
  readonly time: GovernedTime
  readonly store: StateStore
  /** First of the profiles of the table in which what slots may draw below their caps is written. */
  readonly firstCapped: number
}

/**
 * Devices in a run whose power is shared exactly: what a device allows a slot cuts off what its vehicle may draw, and the
 * policy shares what is left of it.
 */
export class SharedSlots implements GovernedHub {
  readonly plant: Plant
  readonly devices: Governor
  readonly #input: SharedSlotsInput
  readonly #sharing: Sharing
  /** By slot: profile of the vehicle without its cap, the cap, and the limit source of the cap. */
  readonly #base: Int32Array
  readonly #cap_kW: Float64Array
  readonly #source: Int32Array
  /** Slot whose vehicle is being plugged in and does not draw yet, -1: none. */
  #joining = -1
  /** Alarm that rings and was not set anew, -1: none. */
  #ringing = -1

  constructor(input: SharedSlotsInput, sharing: Sharing) {
    const { plant, store } = input
    const { slots } = plant.network
    this.plant = plant
    this.devices = input.devices
    this.#input = input
    this.#sharing = sharing
    this.#base = store.i32(slots)
    this.#cap_kW = store.f64(slots).fill(Number.POSITIVE_INFINITY)
    this.#source = store.i32(slots)
    plant.followsSquares = true
  }

  /** Lets the devices look at a vehicle that was put into a slot, before it draws. */
  plugged(slot: number, vehicle: Parameters<Governor['plugged']>[1]): void {
    this.#base[slot] = vehicle.profile
    this.#cap_kW[slot] = Number.POSITIVE_INFINITY
    this.#joining = slot
    this.devices.plugged(slot, vehicle, this.now_s)
    this.#joining = -1
    if (this.plant.charges(slot)) draw(this.plant, slot)
    this.#input.news.add(slot)
  }

  /** A vehicle that is settled now is about to leave. */
  leaves(slot: number): void {
    this.#showPower(slot)
    this.devices.stretchEnds(slot, this.now_s)
    this.devices.unplugged(slot, this.now_s)
  }

  /** Tells the devices what the event at work has changed. */
  tell(): void {
    const { news } = this.#input
    while (news.count > 0) {
      const slot = news.take()
      if (this.plant.mode[slot] === Mode.empty) continue
      this.#showPower(slot)
      this.devices.stretchEnds(slot, this.now_s)
      this.devices.stretchBegins(slot, this.now_s)
    }
  }

  /** After a snapshot: what is cut off is written anew. */
  resume(): void {
    for (let slot = 0; slot < this.plant.network.slots; slot++) {
      if ((this.plant.profile[slot] as number) >= this.#input.firstCapped) this.#profileNow(slot)
    }
  }

  allowanceSource(slot: number): number {
    return this.#source[slot] as number
  }

  allowance_kW(slot: number): number {
    return this.#cap_kW[slot] as number
  }

  setAllowance(slot: number, power_kW: number, source: number): void {
    const before_kW = this.#cap_kW[slot] as number
    if (before_kW === power_kW && this.#source[slot] === source) return
    const most_kW = Math.min(before_kW, power_kW)
    this.#cap_kW[slot] = power_kW
    this.#source[slot] = source
    if (this.plant.charges(slot) && most_kW < this.#highest_kW(slot)) this.#renew(slot)
  }

  startWith(slot: number, profile: number): void {
    this.#base[slot] = profile
    if (this.plant.charges(slot)) switchTo(this.plant, slot, this.#profileNow(slot))
  }

  switchProfile(slot: number, profile: number): void {
    this.#base[slot] = profile
    if (this.plant.charges(slot)) this.#renew(slot)
  }

  settle(slot: number): void {
    const now = this.#now
    if (this.plant.mode[slot] !== Mode.share || this.plant.settled_s[slot] !== now) this.#bringUp(slot, now)
    this.#showPower(slot)
  }

  #bringUp(slot: number, now: number): void {
    const region = this.plant.charges(slot) ? this.plant.regionOf(slot) : -1
    if (region >= 0) lookBelow(this.plant, region, now)
    settleSlot(this.plant, slot, now)
  }

  glance(slot: number, into: Glance): void {
    const { plant } = this
    if (plant.mode[slot] === Mode.share) {
      this.settle(slot)
      into.soc_frac = plant.soc_frac[slot] as number
      into.power_kW = plant.power_kW[slot] as number
    } else glance(plant, slot, this.#now, into)
    if (!plant.charges(slot)) return
    const envelope_kW = plant.profiles.envelopeAt_kW(this.#base[slot] as number, into.soc_frac)
    into.envelope_kW = Math.min(envelope_kW, this.#couldShare_kW(slot, into.power_kW))
  }

  /** What a slot that draws a power of its own would get if it shared with others instead; Infinity where nobody shares. */
  #couldShare_kW(slot: number, power_kW: number): number {
    const { plant } = this
    const node = plant.under[slot] as number
    if (!this.#sharing.isLevel || plant.mode[slot] !== Mode.own || node < 0) return Number.POSITIVE_INFINITY
    const { firstSlot, slotEnd } = plant.network
    let weights = plant.weight[slot] as number
    for (let other = firstSlot[node] as number; other < (slotEnd[node] as number); other++) {
      if (plant.mode[other] === Mode.share && plant.bottleneck[other] === node) weights += plant.weight[other] as number
    }
    lookBelow(plant, plant.regionOf(slot), this.#now)
    const rest_kW = restOf_kW(plant, node) + power_kW
    return Math.max(power_kW, (rest_kW * (plant.weight[slot] as number)) / weights)
  }

  leaveBy(slot: number, when_s: number): void {
    const { agenda, firstLeave, clock } = this.#input.time
    const thing = firstLeave + slot
    agenda.set(thing, Math.min(agenda.when_s(thing), when_s - (clock[0] as number)))
  }

  /** An alarm that the devices do not set anew sleeps. */
  ring(thing: number): void {
    const { agenda, firstAlarm } = this.#input.time
    this.#ringing = thing
    this.devices.ring(thing - firstAlarm, this.now_s)
    if (this.#ringing === thing) agenda.set(thing, Number.POSITIVE_INFINITY)
    this.#ringing = -1
  }

  setAlarm(alarm: number, when_s: number): void {
    const { agenda, firstAlarm, clock } = this.#input.time
    const thing = firstAlarm + alarm
    if (thing === this.#ringing) this.#ringing = -1
    agenda.set(thing, when_s - (clock[0] as number))
  }

  get #now(): number {
    return this.#input.time.clock[1] as number
  }

  get now_s(): number {
    const { clock } = this.#input.time
    return (clock[0] as number) + (clock[1] as number)
  }

  /** Most a vehicle may draw from where it was settled on, caps apart. */
  #highest_kW(slot: number): number {
    return this.plant.profiles.highestFrom_kW(this.#base[slot] as number, this.plant.soc_frac[slot] as number)
  }

  /** Profile a slot follows below its cap. */
  #profileNow(slot: number): number {
    const base = this.#base[slot] as number
    const cap_kW = this.#cap_kW[slot] as number
    if (cap_kW === Number.POSITIVE_INFINITY) return base
    const capped = this.#input.firstCapped + slot
    this.plant.profiles.cutOff(capped, base, cap_kW, this.#source[slot] as number)
    return capped
  }

  /** Another cap or profile holds from now on. */
  #renew(slot: number): void {
    if (slot === this.#joining) {
      switchTo(this.plant, slot, this.#profileNow(slot))
      return
    }
    this.#sharing.change(slot, this.#now, () => switchTo(this.plant, slot, this.#profileNow(slot)))
  }

  /** What a settled slot that shares draws now, for those who look at it. */
  #showPower(slot: number): void {
    const { plant } = this
    if (plant.mode[slot] !== Mode.share) return
    plant.power_kW[slot] = (plant.share_frac[slot] as number) * restOf_kW(plant, plant.bottleneck[slot] as number)
    plant.growth[slot] = 0
  }
}
