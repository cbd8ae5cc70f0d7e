import { type Surroundings, stateAt } from './answers.ts'
import type { Cable } from './cable.ts'
import { CABLE_BOUNDARIES, CableSlot } from './cable-network.ts'
import { AT_LIMIT_K, type HeatForm, type Threshold } from './heat-form.ts'

/** Times closer than this are one. */
const SAME_MOMENT_s = 1e-9
/** A threshold so far away is never reached. */
const NEVER_K = 1e4

/** What a dispenser goes by: the true temperatures of the parts that can bind, or its lagged sensors: in the contact, and at the conductor where it has one. */
export type Watch = 'parts' | 'sensor'

/** What a ladder wants done now, in steps down. */
export type Verdict = -1 | 0 | 1

/** The three temperatures of the ladder for one output. */
interface Rung {
  readonly slot: number
  readonly drop: Threshold
  readonly recover: Threshold
  readonly trip: Threshold
}

/**
 * Stepped derating. While a watched temperature is at the drop threshold or beyond and does not fall, the current goes down step by
 * step; while all are at the recovery threshold or below and the hottest does not rise, it goes up again. A lagged sensor still rises when
 * its contact falls, so between steps the lag of the faster one is waited for. At the trip threshold the current is switched off. The number of steps
 * belongs to the caller, like the state. When a verdict has changed the current, ask again with the form of the new one.
 */
export class Ladder {
  readonly #rungs: readonly Rung[]
  readonly #step_frac: number
  /** Time from one step to the next. */
  readonly dwell_s: number

  /**
   * `contact_K`: the sensor in the contact shows so much too little, and the thresholds lie that much higher for it; null: it shows
   * nothing that moves.
   */
  constructor(cable: Cable, watch: Watch, contact_K: number | null = 0) {
    const { sensorLag_s, conductorSensorLag_s = sensorLag_s } = cable.parameters
    this.dwell_s = watch === 'sensor' ? Math.min(sensorLag_s, conductorSensorLag_s) : 0
    const { drop_degC, recover_degC, trip_degC, step_frac } = cable.parameters.derating
    const slots = watch === 'sensor' ? sensorsOf(cable) : cable.limits.map(({ slot }) => slot)
    this.#step_frac = step_frac
    this.#rungs = slots.map((slot) => {
      const output = slot - CABLE_BOUNDARIES
      const shift_K = slot === CableSlot.sensor ? contact_K : 0
      const threshold = (value_degC: number, direction: 1 | -1): Threshold => {
        return { output, value_degC: value_degC + (shift_K ?? direction * NEVER_K), direction }
      }
      const drop = threshold(drop_degC, 1)
      return { slot, drop, recover: threshold(recover_degC, -1), trip: threshold(trip_degC, 1) }
    })
  }

  /** Share of the current asked for that is left after some steps. */
  left_frac(steps: number): number {
    return Math.max(0, 1 - steps * this.#step_frac)
  }

  /** Whether a watched temperature is where a trip or a verdict other than 0 can be due now; a look that costs nothing. */
  canAct(state: Float64Array, at: number, steps: number): boolean {
    let isCold = steps > 0
    for (const { slot, drop, recover } of this.#rungs) {
      const own_degC = state[at + slot] as number
      if (own_degC >= drop.value_degC - AT_LIMIT_K) return true
      if (own_degC > recover.value_degC + AT_LIMIT_K) isCold = false
    }
    return isCold
  }

  /** Seconds until a trip; 0: now. */
  untilTrip_s(form: HeatForm, state: Float64Array, at: number): number {
    let next_s = Number.POSITIVE_INFINITY
    for (const { trip } of this.#rungs) next_s = Math.min(next_s, form.until_s(trip, state, at, next_s))
    return next_s
  }

  verdict(form: HeatForm, state: Float64Array, at: number, steps: number): Verdict {
    if (this.left_frac(steps) > 0 && this.#untilDrop_s(form, state, at) === 0) return 1
    return steps > 0 && this.#untilRecovery_s(form, state, at) === 0 ? -1 : 0
  }

  /** Seconds until the verdict may not be 0 any more; Infinity where it stays 0. */
  untilVerdict_s(form: HeatForm, state: Float64Array, at: number, steps: number): number {
    const drop_s = this.left_frac(steps) > 0 ? this.#untilDrop_s(form, state, at) : Number.POSITIVE_INFINITY
    return steps > 0 ? Math.min(drop_s, this.#untilRecovery_s(form, state, at)) : drop_s
  }

  #untilDrop_s(form: HeatForm, state: Float64Array, at: number): number {
    let next_s = Number.POSITIVE_INFINITY
    for (const { slot, drop } of this.#rungs) {
      const isAbove = (state[at + slot] as number) > drop.value_degC + AT_LIMIT_K
      const own_s = isAbove ? form.untilTurn_s(drop, state, at) : form.until_s(drop, state, at, next_s)
      next_s = Math.min(next_s, own_s)
    }
    return next_s
  }

  #untilRecovery_s(form: HeatForm, state: Float64Array, at: number): number {
    let latest_s = 0
    let isCold = true
    let hottest = this.#rungs[0] as Rung
    for (const rung of this.#rungs) {
      const own_degC = state[at + rung.slot] as number
      if (own_degC > (state[at + hottest.slot] as number)) hottest = rung
      if (own_degC <= rung.recover.value_degC + AT_LIMIT_K) continue
      isCold = false
      latest_s = Math.max(latest_s, form.until_s(rung.recover, state, at, Number.POSITIVE_INFINITY))
    }
    return isCold ? form.untilTurn_s(hottest.recover, state, at) : latest_s
  }
}

function sensorsOf({ slots: { conductorSensor } }: Cable): readonly number[] {
  return conductorSensor < 0 ? [CableSlot.sensor] : [CableSlot.sensor, conductorSensor]
}

/** A change of current by the ladder. */
export interface DeratingEvent {
  readonly time_s: number
  readonly kind: 'drop' | 'recover' | 'trip'
  readonly current_A: number
}

/** What became of a current asked for. */
export interface Derated {
  readonly mean_A: number
  /** Highest temperature of a part that can bind. */
  readonly highest_degC: number
  readonly events: readonly DeratingEvent[]
}

/** A current asked for from a start at one temperature. */
export interface DeratingCase {
  readonly current_A: number
  readonly start_degC: number
  readonly duration_s: number
  readonly around: Surroundings
  readonly watch: Watch
}

/** One run down and up the ladder. */
class DeratingRun {
  readonly #cable: Cable
  readonly #case: DeratingCase
  readonly #ladder: Ladder
  readonly #state: Float64Array
  readonly #events: DeratingEvent[] = []
  #time_s = 0
  #steps = 0
  #readyAt_s = 0
  #isTripped = false
  #charge_As = 0
  #highest_degC: number

  constructor(cable: Cable, asked: DeratingCase) {
    this.#cable = cable
    this.#case = asked
    this.#ladder = new Ladder(cable, asked.watch)
    this.#state = stateAt(cable, asked.start_degC, asked.around)
    this.#highest_degC = asked.start_degC
  }

  run(): Derated {
    const { duration_s } = this.#case
    while (this.#time_s < duration_s) {
      const form = this.#followLadder()
      this.#advance(form, Math.min(duration_s - this.#time_s, this.#untilNext_s(form)))
    }
    return { mean_A: this.#charge_As / duration_s, highest_degC: this.#highest_degC, events: this.#events }
  }

  get #current_A(): number {
    return this.#isTripped ? 0 : this.#case.current_A * this.#ladder.left_frac(this.#steps)
  }

  /** Follows the ladder until it wants nothing; the form of the current it leaves. */
  #followLadder(): HeatForm {
    const { flow_frac, fanOn } = this.#case.around
    for (;;) {
      const form = this.#cable.form(this.#current_A, flow_frac, fanOn)
      if (this.#isTripped) return form
      if (this.#ladder.untilTrip_s(form, this.#state, 0) === 0) {
        this.#isTripped = true
        this.#note('trip')
        continue
      }
      const verdict = this.#wait_s > 0 ? 0 : this.#ladder.verdict(form, this.#state, 0, this.#steps)
      if (verdict === 0) return form
      this.#steps += verdict
      this.#readyAt_s = this.#time_s + this.#ladder.dwell_s
      this.#note(verdict === 1 ? 'drop' : 'recover')
    }
  }

  get #wait_s(): number {
    const wait_s = this.#readyAt_s - this.#time_s
    return wait_s > SAME_MOMENT_s ? wait_s : 0
  }

  #note(kind: DeratingEvent['kind']): void {
    this.#events.push({ time_s: this.#time_s, kind, current_A: this.#current_A })
  }

  #untilNext_s(form: HeatForm): number {
    if (this.#isTripped) return Number.POSITIVE_INFINITY
    const wait_s = this.#wait_s
    const step_s = wait_s > 0 ? wait_s : this.#ladder.untilVerdict_s(form, this.#state, 0, this.#steps)
    return Math.min(step_s, this.#ladder.untilTrip_s(form, this.#state, 0))
  }

  #advance(form: HeatForm, dt_s: number): void {
    for (const limit of this.#cable.limits) {
      const peak_s = form.untilTurn_s({ ...limit, direction: -1 }, this.#state, 0)
      if (peak_s > 0 && peak_s < dt_s) this.#look(form, limit.slot, peak_s)
    }
    form.step(this.#state, 0, dt_s)
    for (const { slot } of this.#cable.limits) this.#look(form, slot, 0)
    this.#time_s += dt_s
    this.#charge_As += this.#current_A * dt_s
  }

  #look(form: HeatForm, slot: number, ahead_s: number): void {
    const there = this.#state.slice()
    if (ahead_s > 0) form.step(there, 0, ahead_s)
    this.#highest_degC = Math.max(this.#highest_degC, there[slot] as number)
  }
}

/** Mean current, highest temperature and every step when a current is asked for and the cable's ladder takes it back. */
export function derate(cable: Cable, asked: DeratingCase): Derated {
  return new DeratingRun(cable, asked).run()
}
