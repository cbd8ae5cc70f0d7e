import { SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../../base/units/index.ts'
import type { Air } from '../../../hub/plant/air/index.ts'
import {
  CABLE_SLOTS,
  type Cable,
  CableSlot,
  type HeatForm,
  isNowhereAbove,
  Ladder,
} from '../../../hub/plant/cable/index.ts'
import { Mode, StateStore } from '../../../hub/plant/index.ts'
import type { GovernedHub } from '../governor.ts'
import type { CableResult } from '../result.ts'
import type { PlugPhysics } from './plug-physics.ts'

/** A cable that at the largest current of its session stays so far below its first threshold needs no looking after. */
const CALM_K = 10
/** Stretches in which the current drifts by more than this are cut. */
const DRIFT_frac = 0.02
/** Voltage rises with the state of charge: constant power is looked at again after this. */
const LONGEST_s = 60

/** The current of a slot that shares may follow others: how soon the dispenser looks again, at the least and at the most. */
const SHARING_LEAST_s = 1
const SHARING_MOST_s = 15
/** Currents of cables that stay cool are told apart in steps of this: within 1 K, and so many forms fewer. */
const CALM_STEP_frac = 0.02
/** Between two looks at a cable that stays cool its vehicle gains no more than this: its voltage hardly changes meanwhile. */
const CALM_SPAN_frac = 0.08

/** The cable of one place. */
export interface CableAtPlace {
  readonly cable: Cable
  /** EVSE it hangs on. */
  readonly evse: number
  /** Id of the component, and how sure its values are. */
  readonly id: string
  readonly confidence: string
}

/** A cable that is not as it should be, and how its dispenser goes by what it can still see. */
export interface CableCondition {
  /** As it truly is. */
  readonly cable: Cable
  readonly flow_frac: number
  readonly fanOn: boolean
  /** By what its sensors show. */
  readonly ladder: Ladder
  /** Whether the dispenser reckons along how warm a sound cable would be. */
  readonly isModelled: boolean
}

/** What can be known of a cable at a moment. */
export interface CableSight {
  readonly current_A: number
  readonly isPlugged: boolean
  /** What a sound thermometer in the contacts shows, and what a sound cable would have it show. */
  readonly sound_degC: number
  readonly model_degC: number
  readonly isDerated: boolean
}

export interface CableDeviceInput {
  /** By place. */
  readonly cables: readonly CableAtPlace[]
  readonly plugs: PlugPhysics
  readonly air: Air
  /** Caps a slot because of its cable; Infinity: no more. */
  readonly cap: (slot: number, cap_kW: number) => void
  /** Sets the alarm of a slot. */
  readonly alarm: (slot: number, when_s: number) => void
}

/**
 * The cables of a hub and what their dispensers do about heat: the current goes down by steps while the sensor in the contact says
 * too hot, and up again. Exact between stretches of the run at the current that heats like the stretch.
 */
export class CableDevice {
  readonly #hub: GovernedHub
  readonly #input: CableDeviceInput
  readonly #ladders: readonly Ladder[]
  readonly #store = new StateStore()
  /** What is wrong with the cable of a slot; none: nothing. Its owner puts it back after a snapshot. */
  readonly #conditions: (CableCondition | undefined)[]
  /** Temperatures of the cable as it would be if it were sound, where somebody reckons with them. */
  readonly #model: Float64Array
  /** Temperatures by slot, and the moment they hold at. */
  readonly #state: Float64Array
  readonly #settled_s: Float64Array
  /** Current at that moment, and what the vehicle had then: state of charge, integral of the square of its power. */
  readonly #current_A: Float64Array
  readonly #soc_frac: Float64Array
  readonly #square_kW2h: Float64Array
  /** 1: at no current of its session can the cable get warm. */
  readonly #isCalm: Int32Array
  readonly #profile: Int32Array
  /** Slot of the second cable of the vehicle at a slot, -1: it has none. */
  readonly #twin: Int32Array
  /** Steps down the ladder, current asked for when it began, and until when no further step is taken. */
  readonly #steps: Int32Array
  readonly #asked_A: Float64Array
  readonly #ready_s: Float64Array
  readonly #tripped: Int32Array
  /** Results by slot. */
  readonly #highest_degC: Float64Array
  readonly #derated_s: Float64Array
  readonly #drops: Float64Array
  readonly #trips: Float64Array
  readonly #loss_kWh: Float64Array

  constructor(hub: GovernedHub, input: CableDeviceInput) {
    const { slots } = hub.plant.network
    const store = this.#store
    this.#hub = hub
    this.#input = input
    this.#ladders = input.cables.map(({ cable }) => new Ladder(cable, 'sensor'))
    this.#conditions = Array.from({ length: slots })
    this.#model = store.f64(slots * CABLE_SLOTS)
    this.#state = store.f64(slots * CABLE_SLOTS)
    this.#settled_s = store.f64(slots)
    this.#current_A = store.f64(slots)
    this.#soc_frac = store.f64(slots)
    this.#square_kW2h = store.f64(slots)
    this.#isCalm = store.i32(slots)
    this.#profile = store.i32(slots).fill(-1)
    this.#twin = store.i32(slots).fill(-1)
    this.#steps = store.i32(slots)
    this.#asked_A = store.f64(slots)
    this.#ready_s = store.f64(slots)
    this.#tripped = store.i32(slots)
    const air_degC = input.air.held_degC(0)
    this.#highest_degC = store.f64(slots).fill(air_degC)
    this.#derated_s = store.f64(slots)
    this.#drops = store.f64(slots)
    this.#trips = store.f64(slots)
    this.#loss_kWh = store.f64(slots)
    hub.plant.followsSquares = true
    for (let slot = 0; slot < slots; slot++) {
      this.#cable(slot).reset(this.#state, slot * CABLE_SLOTS, air_degC, air_degC)
    }
  }

  snapshot(): Uint8Array {
    return this.#store.snapshot()
  }

  restore(state: Uint8Array): void {
    this.#store.restore(state)
  }

  /** The cable a slot has when nothing is wrong with it. */
  sound(slot: number): Cable {
    const place = this.#hub.plant.network.placeOfSlot[slot] as number
    return (this.#input.cables[place] as CableAtPlace).cable
  }

  /** From now on the cable is in another condition; null: sound again. */
  change(slot: number, condition: CableCondition | null, now_s: number): void {
    if (this.#profile[slot] !== -1) this.#hub.settle(slot)
    this.#bringUp(slot, now_s)
    const at = slot * CABLE_SLOTS
    const wasModelled = this.#conditions[slot]?.isModelled === true
    if (condition?.isModelled && !wasModelled) this.#model.set(this.#state.subarray(at, at + CABLE_SLOTS), at)
    this.resume(slot, condition)
    if (this.#profile[slot] !== -1) this.#schedule(slot, now_s)
  }

  /** After a snapshot: the condition is this one. */
  resume(slot: number, condition: CableCondition | null): void {
    this.#conditions[slot] = condition ?? undefined
    if (condition) this.#isCalm[slot] = 0
  }

  /** From now on the air has another temperature. */
  airChanges(air_degC: number, now_s: number): void {
    for (let slot = 0; slot < this.#profile.length; slot++) {
      const isPlugged = this.#profile[slot] !== -1
      if (isPlugged) this.#hub.settle(slot)
      this.#bringUp(slot, now_s)
      const cable = this.sound(slot)
      cable.setAir(this.#state, slot * CABLE_SLOTS, air_degC)
      if (this.#conditions[slot]?.isModelled) cable.setAir(this.#model, slot * CABLE_SLOTS, air_degC)
      if (isPlugged && this.#isCalm[slot] === 0) this.#schedule(slot, now_s)
    }
  }

  look(slot: number, now_s: number): CableSight {
    if (this.#profile[slot] !== -1) this.#hub.settle(slot)
    this.#bringUp(slot, now_s)
    const sensor = slot * CABLE_SLOTS + CableSlot.sensor
    const sound_degC = this.#state[sensor] as number
    return {
      current_A: this.#profile[slot] === -1 ? 0 : (this.#current_A[slot] as number),
      isPlugged: this.#profile[slot] !== -1,
      sound_degC,
      model_degC: this.#conditions[slot]?.isModelled ? (this.#model[sensor] as number) : sound_degC,
      isDerated: (this.#steps[slot] as number) > 0,
    }
  }

  /** Of the parts of a cable that can bind, the warmest now. */
  hottest_degC(slot: number, now_s: number): number {
    this.look(slot, now_s)
    const parts_degC = this.#cable(slot).limits.map(
      ({ slot: part }) => this.#state[slot * CABLE_SLOTS + part] as number,
    )
    return Math.max(...parts_degC)
  }

  /** Power of the vehicle at a slot with such a current through its cable. */
  powerAt_kW(slot: number, current_A: number): number {
    if (current_A === 0 || this.#profile[slot] === -1) return 0
    const soc_frac = this.#hub.plant.soc_frac[slot] as number
    return this.#input.plugs.power_kW(this.#profile[slot] as number, current_A, soc_frac)
  }

  /** Voltage at the plug of a slot now. */
  voltage_V(slot: number): number {
    const { power_kW, soc_frac } = this.#hub.plant
    const profile = this.#profile[slot] as number
    if (profile === -1) return Number.NaN
    return this.#input.plugs.voltage_V(profile, power_kW[slot] as number, soc_frac[slot] as number)
  }

  plugged(slot: number, profile: number, now_s: number): void {
    this.#advance(slot, 0, now_s)
    this.#profile[slot] = profile
    this.#join(slot, now_s)
    this.#steps[slot] = 0
    this.#tripped[slot] = 0
    this.#ready_s[slot] = now_s
    this.#mark(slot)
    this.#isCalm[slot] = this.#staysCool(slot, profile) ? 1 : 0
  }

  unplugged(slot: number, now_s: number): void {
    this.#bringUp(slot, now_s)
    this.#part(slot, now_s)
    this.#profile[slot] = -1
    this.#current_A[slot] = 0
    this.#steps[slot] = 0
    this.#input.alarm(slot, Number.POSITIVE_INFINITY)
  }

  stretchEnds(slot: number, now_s: number): void {
    const gained_frac = (this.#hub.plant.soc_frac[slot] as number) - (this.#soc_frac[slot] as number)
    if (this.#isCalm[slot] === 0 || gained_frac > CALM_SPAN_frac) this.#bringUp(slot, now_s)
  }

  stretchBegins(slot: number, now_s: number): void {
    if (this.#isCalm[slot] === 1) return
    this.#current_A[slot] = this.#drawn_A(slot)
    this.#schedule(slot, now_s)
  }

  /** Its time has come: the dispenser looks at its sensor. */
  ring(slot: number, now_s: number): void {
    this.#hub.settle(slot)
    this.#bringUp(slot, now_s)
    const steps = this.#steps[slot] as number
    const wanted = this.#verdict(slot, now_s)
    if (wanted === 0) {
      this.#schedule(slot, now_s)
      return
    }
    if (steps === 0) this.#asked_A[slot] = this.#current_A[slot] as number
    if (wanted > 0) this.#drops[slot] = (this.#drops[slot] as number) + 1
    this.#steps[slot] = steps + wanted
    this.#ready_s[slot] = now_s + this.#ladder(slot).dwell_s
    this.#input.cap(slot, this.#cap_kW(slot))
    this.#schedule(slot, now_s)
  }

  results(now_s: number): CableResult[] {
    const { placeOfSlot } = this.#hub.plant.network
    const rows = this.#input.cables.map(({ id, confidence }): CableResult => {
      return { cable: id, confidence, highest_degC: 0, drops: 0, derated_min: 0, trips: 0, loss_kWh: 0 }
    })
    for (let slot = 0; slot < placeOfSlot.length; slot++) {
      this.#bringUp(slot, now_s)
      const place = placeOfSlot[slot] as number
      const { id, confidence } = this.#input.cables[place] as CableAtPlace
      rows[place] = {
        cable: id,
        confidence,
        highest_degC: this.#highest_degC[slot] as number,
        drops: this.#drops[slot] as number,
        derated_min: (this.#derated_s[slot] as number) / SECONDS_PER_MINUTE,
        trips: this.#trips[slot] as number,
        loss_kWh: this.#loss_kWh[slot] as number,
      }
    }
    return rows
  }

  #cable(slot: number): Cable {
    return this.#conditions[slot]?.cable ?? this.sound(slot)
  }

  #ladder(slot: number): Ladder {
    const condition = this.#conditions[slot]
    if (condition) return condition.ladder
    return this.#ladders[this.#hub.plant.network.placeOfSlot[slot] as number] as Ladder
  }

  /** Current through the cable while a settled slot draws what it does now. */
  #drawn_A(slot: number): number {
    const { plant } = this.#hub
    const profile = this.#profile[slot] as number
    return this.#input.plugs.current_A(profile, plant.power_kW[slot] as number, plant.soc_frac[slot] as number)
  }

  /** Brings the temperatures of a slot, settled now, up to now, at the current that heats like that since it was last done. */
  #bringUp(slot: number, now_s: number): void {
    if (this.#profile[slot] === -1) {
      this.#advance(slot, 0, now_s)
      return
    }
    const { square_kW2h, soc_frac } = this.#hub.plant
    const hours_h = (now_s - (this.#settled_s[slot] as number)) / SECONDS_PER_HOUR
    if (hours_h > 0) {
      const since_kW2h = (square_kW2h[slot] as number) - (this.#square_kW2h[slot] as number)
      const middle_frac = ((soc_frac[slot] as number) + (this.#soc_frac[slot] as number)) / 2
      const power_kW = Math.sqrt(Math.max(0, since_kW2h) / hours_h)
      const rms_A = this.#input.plugs.current_A(this.#profile[slot] as number, power_kW, middle_frac)
      this.#advance(slot, this.#isCalm[slot] === 1 ? calmStep_A(rms_A) : rms_A, now_s)
    }
    this.#mark(slot)
    this.#current_A[slot] = this.#drawn_A(slot)
  }

  /** From here on the heat of the next stretch is reckoned. */
  #mark(slot: number): void {
    const { square_kW2h, soc_frac } = this.#hub.plant
    this.#square_kW2h[slot] = square_kW2h[slot] as number
    this.#soc_frac[slot] = soc_frac[slot] as number
  }

  /** Whether the cable stays cool whatever a session draws: its largest current is a calm one, and it is not too warm already. */
  #staysCool(slot: number, profile: number): boolean {
    if (this.#conditions[slot]) return false
    const { current_A, settled } = this.sound(slot).calm(CALM_K, this.#input.air.highest_degC)
    if (this.#input.plugs.most_A(profile, this.#hub.plant.profiles) > current_A) return false
    return isNowhereAbove(this.#state, slot * CABLE_SLOTS, settled)
  }

  /** A vehicle with two cables: both carry the same, so the warmer one is followed and stands for both. */
  #join(slot: number, now_s: number): void {
    const twin = this.#freeTwin(slot)
    this.#twin[slot] = twin
    if (twin === -1) return
    this.#advance(twin, 0, now_s)
    const [own, other] = [slot * CABLE_SLOTS, twin * CABLE_SLOTS]
    for (let at = 0; at < CABLE_SLOTS; at++) {
      this.#state[own + at] = Math.max(this.#state[own + at] as number, this.#state[other + at] as number)
    }
  }

  /** The vehicle goes: its second cable is as warm as the first. */
  #part(slot: number, now_s: number): void {
    const twin = this.#twin[slot] as number
    this.#twin[slot] = -1
    if (twin === -1) return
    const own = slot * CABLE_SLOTS
    this.#state.copyWithin(twin * CABLE_SLOTS, own, own + CABLE_SLOTS)
    this.#settled_s[twin] = now_s
    this.#highest_degC[twin] = Math.max(this.#highest_degC[twin] as number, this.#highest_degC[slot] as number)
  }

  /** A free cable of the same kind at the same EVSE, for a vehicle that takes two. */
  #freeTwin(slot: number): number {
    const { placeOfSlot, slotOfPlace } = this.#hub.plant.network
    const { cables, plugs } = this.#input
    if (plugs.guns(this.#profile[slot] as number) < 2) return -1
    const place = placeOfSlot[slot] as number
    const own = cables[place] as CableAtPlace
    const twin = cables.findIndex(({ evse, cable }, at) => {
      const isFree = this.#profile[slotOfPlace[at] as number] === -1
      return at !== place && evse === own.evse && cable === own.cable && isFree
    })
    return twin === -1 ? -1 : (slotOfPlace[twin] as number)
  }

  /** Both cables of a vehicle lose the same. */
  #lose(slot: number, lost_kWh: number): void {
    const twin = this.#twin[slot] as number
    this.#loss_kWh[slot] = (this.#loss_kWh[slot] as number) + lost_kWh
    if (twin !== -1) this.#loss_kWh[twin] = (this.#loss_kWh[twin] as number) + lost_kWh
  }

  #advance(slot: number, rms_A: number, now_s: number): void {
    const dt_s = now_s - (this.#settled_s[slot] as number)
    if (dt_s <= 0) return
    const at = slot * CABLE_SLOTS
    const cable = this.#cable(slot)
    const before_kW = cable.loss_kW(rms_A, this.#state, at)
    this.#form(slot, rms_A).step(this.#state, at, dt_s)
    if (this.#conditions[slot]?.isModelled) this.sound(slot).form(rms_A, 1, true).step(this.#model, at, dt_s)
    const mean_kW = (before_kW + cable.loss_kW(rms_A, this.#state, at)) / 2
    this.#settled_s[slot] = now_s
    this.#lose(slot, (mean_kW * dt_s) / SECONDS_PER_HOUR)
    if ((this.#steps[slot] as number) > 0) this.#derated_s[slot] = (this.#derated_s[slot] as number) + dt_s
    for (const { slot: part } of cable.limits) {
      const part_degC = this.#state[at + part] as number
      if (part_degC > (this.#highest_degC[slot] as number)) this.#highest_degC[slot] = part_degC
    }
  }

  #form(slot: number, current_A: number): HeatForm {
    const { flow_frac = 1, fanOn = true } = this.#conditions[slot] ?? {}
    return this.#cable(slot).form(current_A, flow_frac, fanOn)
  }

  /** Steps to take now; a trip takes all of them and lets none back. */
  #verdict(slot: number, now_s: number): number {
    const form = this.#form(slot, this.#current_A[slot] as number)
    const at = slot * CABLE_SLOTS
    const ladder = this.#ladder(slot)
    const steps = this.#steps[slot] as number
    if (this.#tripped[slot] === 1) return 0
    if (ladder.untilTrip_s(form, this.#state, at) === 0) {
      this.#tripped[slot] = 1
      this.#trips[slot] = (this.#trips[slot] as number) + 1
      return Math.ceil(1 / this.#cable(slot).parameters.derating.step_frac) + 1 - steps
    }
    return now_s < (this.#ready_s[slot] as number) ? 0 : ladder.verdict(form, this.#state, at, steps)
  }

  #cap_kW(slot: number): number {
    const steps = this.#steps[slot] as number
    if (steps === 0) return Number.POSITIVE_INFINITY
    const left_A = (this.#asked_A[slot] as number) * this.#ladder(slot).left_frac(steps)
    return this.powerAt_kW(slot, left_A)
  }

  #schedule(slot: number, now_s: number): void {
    this.#input.alarm(slot, now_s + this.#untilLook_s(slot, now_s))
  }

  /** Seconds until the dispenser has to look again; Infinity: this stretch cannot get too warm. */
  #untilLook_s(slot: number, now_s: number): number {
    const current_A = this.#current_A[slot] as number
    const steps = this.#steps[slot] as number
    const { growth, mode } = this.#hub.plant
    const drift = growth[slot] as number
    if (this.#tripped[slot] === 1 || (current_A === 0 && steps === 0)) return Number.POSITIVE_INFINITY
    const form = this.#form(slot, current_A)
    const at = slot * CABLE_SLOTS
    const isSharing = mode[slot] === Mode.share
    const isSound = this.#conditions[slot] === undefined && !isSharing
    const isCalm = isSound && steps === 0 && drift <= 0 && this.#cable(slot).staysBelow(form, CALM_K, this.#state, at)
    if (isCalm) return Number.POSITIVE_INFINITY
    if (isSharing) return this.#untilLookSharing_s(slot)
    const drift_s = (Math.log1p(DRIFT_frac) * SECONDS_PER_HOUR) / Math.abs(drift)
    const wait_s = (this.#ready_s[slot] as number) - now_s
    const ladder = this.#ladder(slot)
    const step_s = wait_s > 0 ? wait_s : ladder.untilVerdict_s(form, this.#state, at, steps)
    return Math.min(step_s, ladder.untilTrip_s(form, this.#state, at), drift_s, LONGEST_s)
  }

  /** While others leave it less than its vehicle could take: no later than the cable could get too warm at that. */
  #untilLookSharing_s(slot: number): number {
    const { envelope_kW, soc_frac } = this.#hub.plant
    const profile = this.#profile[slot] as number
    const most_A = this.#input.plugs.current_A(profile, envelope_kW[slot] as number, soc_frac[slot] as number)
    const form = this.#form(slot, most_A)
    const at = slot * CABLE_SLOTS
    const ladder = this.#ladder(slot)
    const drop_s = ladder.untilVerdict_s(form, this.#state, at, 0)
    const soonest_s = Math.min(drop_s, ladder.untilTrip_s(form, this.#state, at), SHARING_MOST_s)
    return Math.max(SHARING_LEAST_s, soonest_s)
  }
}

/** Nearest of the currents that cables that stay cool are reckoned with; those below 1 A heat nothing. */
function calmStep_A(current_A: number): number {
  if (current_A < 1) return 0
  return Math.exp(Math.round(Math.log(current_A) / CALM_STEP_frac) * CALM_STEP_frac)
}
