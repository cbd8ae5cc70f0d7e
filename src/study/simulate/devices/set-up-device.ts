import type { FleetMatch, RandomStream } from '../../../hub/demand/index.ts'
import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import type { PlugIn } from '../../../hub/plant/index.ts'
import { drawnSetUp_s, type SetUpTime, setUpTime } from '../../../hub/plant/protection/index.ts'
import type { SetUpResult } from '../result.ts'

/** Set-up time by profile; absent: nothing is known of its protocol, current flows at once. */
export type SetUpTimes = ReadonlyMap<number, SetUpTime>

/** What the protocols of a fleet take from plug to current. */
export function setUpTimes({ site }: CompiledHub, fleet: readonly FleetMatch[]): SetUpTimes {
  const times = new Map<number, SetUpTime>()
  for (const { choices } of fleet) {
    for (const { profile, answer } of choices) {
      const time = answer.protocol === null ? null : setUpTime(answer.protocol, site.catalogue)
      if (time) times.set(profile, time)
    }
  }
  return times
}

interface SetUpInput {
  readonly slots: number
  readonly times: SetUpTimes
  readonly chance: RandomStream
  /** Nothing may be drawn from now on. */
  readonly hold: (slot: number) => void
  readonly alarm: (slot: number, when_s: number) => void
  /** The vehicle is ready to be given power; whoever shares it has to be told only now. */
  readonly ready: (slot: number, vehicle: PlugIn, now_s: number) => void
}

interface Snapshot {
  readonly waiting: readonly (PlugIn | null)[]
  readonly totals: readonly [sessions: number, time_s: number]
  readonly chance: readonly number[]
}

/**
 * The time from plug to current: handshake, checks of insulation and cable, pre-charge. Until it is over nothing is drawn, and
 * no power is asked for, as a station tells by the state of charging.
 */
export class SetUpDevice {
  readonly #input: SetUpInput
  #waiting: (PlugIn | null)[]
  #sessions = 0
  #time_s = 0

  constructor(input: SetUpInput) {
    this.#input = input
    this.#waiting = Array.from({ length: input.slots }, () => null)
  }

  get result(): SetUpResult {
    return { sessions: this.#sessions, mean_s: this.#sessions === 0 ? null : this.#time_s / this.#sessions }
  }

  plugged(slot: number, vehicle: PlugIn, now_s: number): void {
    const { times, hold, alarm, ready } = this.#input
    const time = times.get(vehicle.profile)
    if (time === undefined) {
      ready(slot, vehicle, now_s)
      return
    }
    const takes_s = drawnSetUp_s(time, this.#normal())
    this.#sessions++
    this.#time_s += takes_s
    this.#waiting[slot] = vehicle
    hold(slot)
    alarm(slot, now_s + takes_s)
  }

  ring(slot: number, now_s: number): void {
    const vehicle = this.#waiting[slot]
    if (!vehicle) return
    this.#waiting[slot] = null
    this.#input.ready(slot, vehicle, now_s)
  }

  /** Whether the vehicle that leaves had been ready. */
  unplugged(slot: number): boolean {
    const wasReady = this.#waiting[slot] === null
    this.#waiting[slot] = null
    this.#input.alarm(slot, Number.POSITIVE_INFINITY)
    return wasReady
  }

  snapshot(): Snapshot {
    const { state } = this.#input.chance
    return { waiting: [...this.#waiting], totals: [this.#sessions, this.#time_s], chance: state }
  }

  restore({ waiting, totals, chance }: Snapshot): void {
    this.#waiting = [...waiting]
    ;[this.#sessions, this.#time_s] = totals
    this.#input.chance.state = chance
  }

  /** Standard normal, after Box and Muller. */
  #normal(): number {
    const { chance } = this.#input
    return Math.sqrt(2 * chance.exponential(1)) * Math.cos(2 * Math.PI * chance.uniform())
  }
}
