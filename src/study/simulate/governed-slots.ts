import {
  draw,
  type Glance,
  glance,
  Mode,
  type Plant,
  settleSlot,
  switchTo,
  untilChange_s,
} from '../../hub/plant/index.ts'
import type { Agenda } from './agenda.ts'
import type { GovernedHub, Governor } from './governor.ts'

/** Where the alarms of a governor stand, and what time it is: start of the window and time since, in seconds. */
export interface GovernedTime {
  readonly agenda: Agenda
  readonly firstAlarm: number
  /** Thing of the agenda at which the vehicle of slot 0 leaves; the other slots follow. */
  readonly firstLeave: number
  readonly clock: Float64Array
}

/** Carries out what a governor says, and tells it where stretches end and begin. */
export class GovernedSlots implements GovernedHub {
  readonly plant: Plant
  readonly governor: Governor
  readonly #time: GovernedTime
  /** Alarm that rings and was not set anew, -1: none. */
  #ringing = -1

  constructor(plant: Plant, governor: Governor, time: GovernedTime) {
    this.plant = plant
    this.governor = governor
    this.#time = time
  }

  setAllowance(slot: number, power_kW: number, source: number): void {
    const { plant } = this
    if (plant.allowance_kW[slot] === power_kW && plant.capSource[slot] === source) return
    const charges = plant.charges(slot)
    if (charges) this.endStretch(slot)
    plant.allowance_kW[slot] = power_kW
    plant.capSource[slot] = source
    if (charges) this.beginStretch(slot)
  }

  allowanceSource(slot: number): number {
    return this.plant.capSource[slot] as number
  }

  allowance_kW(slot: number): number {
    return this.plant.allowance_kW[slot] as number
  }

  startWith(slot: number, profile: number): void {
    if (this.plant.charges(slot)) switchTo(this.plant, slot, profile)
  }

  switchProfile(slot: number, profile: number): void {
    if (!this.plant.charges(slot)) return
    this.endStretch(slot)
    switchTo(this.plant, slot, profile)
    this.beginStretch(slot)
  }

  settle(slot: number): void {
    settleSlot(this.plant, slot, this.#now)
  }

  glance(slot: number, into: Glance): void {
    glance(this.plant, slot, this.#now, into)
  }

  /** An alarm that the governor does not set anew sleeps. */
  ring(thing: number): void {
    this.#ringing = thing
    this.governor.ring(thing - this.#time.firstAlarm, this.now_s)
    if (this.#ringing === thing) this.#time.agenda.set(thing, Number.POSITIVE_INFINITY)
    this.#ringing = -1
  }

  setAlarm(alarm: number, when_s: number): void {
    const { agenda, firstAlarm, clock } = this.#time
    const thing = firstAlarm + alarm
    if (thing === this.#ringing) this.#ringing = -1
    agenda.set(thing, when_s - (clock[0] as number))
  }

  leaveBy(slot: number, when_s: number): void {
    const { agenda, firstLeave, clock } = this.#time
    const thing = firstLeave + slot
    agenda.set(thing, Math.min(agenda.when_s(thing), when_s - (clock[0] as number)))
  }

  /** Settles a slot whose draw is about to change. */
  endStretch(slot: number): void {
    settleSlot(this.plant, slot, this.#now)
    this.governor.stretchEnds(slot, this.now_s)
  }

  /** Lets a settled slot that charges draw what it may, and sets its alarm to the end of that. */
  beginStretch(slot: number): void {
    const { plant } = this
    if (plant.mode[slot] !== Mode.done) {
      draw(plant, slot)
      plant.armed[slot] = plant.piece[slot] as number
      this.#time.agenda.set(slot, this.#now + untilChange_s(plant, slot))
    }
    this.governor.stretchBegins(slot, this.now_s)
  }

  get #now(): number {
    return this.#time.clock[1] as number
  }

  get now_s(): number {
    const { clock } = this.#time
    return (clock[0] as number) + (clock[1] as number)
  }
}
