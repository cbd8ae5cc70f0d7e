import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import { CABLE_SLOTS, type Cable, CableSlot, type HeatForm, Ladder } from '../../../hub/plant/cable/index.ts'
import {
  type ActiveFault,
  type DispenserParameters,
  drainTime_s,
  type FaultModeName,
  GUARD_SLOTS,
  Guard,
  type ReactionKind,
  type Sight,
  type Switching,
  type Witness,
} from '../../../hub/plant/device/index.ts'
import type { CableCondition } from '../devices/cable-device.ts'
import type { Conditions, PlugState } from '../faults/conditions.ts'

const WATTS_PER_KILOWATT = 1000
/** Longest step: sensors are slower. */
const STEP_s = 1
/** Watched so long from the start of the fault on. */
const WATCHED_s = 1800
/** A session ends and the next begins so long after a fault of contactors. */
const SWITCH_s = 60
/** Once the current has been at rest for so long nothing gets warmer. */
const REST_s = 120
const REST_A = 5

/** One fault against one session of constant current. */
export interface DrillCase {
  readonly mode: FaultModeName
  readonly severity_frac: number
  readonly current_A: number
  /** Temperatures at the start of the fault. */
  readonly state: Float64Array
}

/** What became of it. Times from the start of the fault. */
export interface DrillOutcome {
  readonly detected_s: number | null
  readonly seenBy: Witness
  readonly reaction: ReactionKind
  /** Until the current was at 5 A or below for good; null: it was not. */
  readonly rest_s: number | null
  /** How far the warmest part was over its limit; below 0: how far it stayed under it. */
  readonly excess_K: number
  readonly highest_degC: number
  /** Against the session without the fault, while it was watched. */
  readonly energyLost_kWh: number
}

/** A dispenser, its cable and a vehicle that asks for one current, stepped from event to event. */
export class Bench {
  readonly #dispenser: DispenserParameters
  readonly #case: DrillCase
  readonly #guard: Guard
  readonly #conditions: Conditions
  readonly #state: Float64Array
  readonly #model: Float64Array
  readonly #memory = new Float64Array(GUARD_SLOTS)
  readonly #fault: ActiveFault
  #steps = 0
  #ready_s = 0
  #isTripped = false
  #now_s = 0
  #rest_s: number | null = null
  #highest_degC = Number.NEGATIVE_INFINITY
  #excess_K = Number.NEGATIVE_INFINITY
  #missing_As = 0
  #isPlugged = true

  constructor(dispenser: DispenserParameters, asked: DrillCase, conditions: Conditions) {
    this.#dispenser = dispenser
    this.#case = asked
    this.#conditions = conditions
    this.#guard = new Guard(dispenser, asked)
    this.#state = asked.state.slice()
    this.#model = asked.state.slice()
    this.#fault = { mode: asked.mode, severity_frac: asked.severity_frac, since_s: 0 }
    this.#guard.reset(this.#memory, 0)
  }

  run(): DrillOutcome {
    this.#guard.begin(this.#memory, 0, this.#sight(this.#case.current_A))
    while (this.#now_s < WATCHED_s && !this.#hasRested) this.#step()
    const seen_s = this.#guard.seen_s(this.#memory, 0)
    const lost_As = this.#missing_As + this.#case.current_A * (WATCHED_s - this.#now_s)
    return {
      detected_s: Number.isNaN(seen_s) ? null : seen_s,
      seenBy: this.#guard.witness(this.#memory, 0),
      reaction: this.#guard.reaction(this.#memory, 0),
      rest_s: this.#rest_s,
      excess_K: this.#excess_K,
      highest_degC: this.#highest_degC,
      energyLost_kWh: (lost_As * this.#dispenser.most_V) / WATTS_PER_KILOWATT / SECONDS_PER_HOUR,
    }
  }

  get #hasRested(): boolean {
    return this.#rest_s !== null && this.#now_s >= this.#rest_s + REST_s
  }

  get #plugState(): PlugState {
    const told = this.#guard.isSeen(this.#memory, 0) ? [this.#fault] : []
    return { active: [this.#fault], told: new Set(told) }
  }

  get #condition(): CableCondition {
    const { cable } = this.#dispenser
    const found = this.#conditions.of(cable, this.#plugState, this.#now_s)
    const ladder = new Ladder(cable, 'sensor')
    return found ?? { cable, flow_frac: 1, fanOn: true, ladder, isModelled: false }
  }

  #sight(current_A: number): Sight {
    return {
      now_s: this.#now_s,
      current_A,
      isPlugged: this.#isPlugged,
      sensors: this.#conditions.sensors(this.#plugState),
      flow_frac: this.#condition.flow_frac,
      sound_degC: this.#state[CableSlot.sensor] as number,
      model_degC: this.#model[CableSlot.sensor] as number,
      isDerated: this.#steps > 0,
    }
  }

  /** What flows: asked for, left by the ladder, allowed by the guard. */
  #current_A(ladder: Ladder): number {
    if (!this.#isPlugged || this.#isTripped) return 0
    const left_A = this.#case.current_A * ladder.left_frac(this.#steps)
    return Math.min(left_A, this.#guard.limit_A(this.#memory, 0, this.#now_s))
  }

  #step(): void {
    this.#switchOver()
    const condition = this.#condition
    const current_A = this.#followLadder(condition)
    this.#guard.look(this.#memory, 0, this.#sight(current_A))
    const after = this.#condition
    const flows_A = this.#followLadder(after)
    this.#note(flows_A)
    const dt_s = this.#untilNext_s(flows_A)
    this.#advance(after, flows_A, dt_s)
  }

  /** A fault of contactors shows when the session ends, or when the next one begins. */
  #switchOver(): void {
    const { mode } = this.#case
    if (mode !== 'contactor-welded' && mode !== 'contactor-stuck') return
    const at = (moment_s: number): boolean => Math.abs(this.#now_s - moment_s) < 1e-9
    const tell = (what: Switching): void => this.#guard.switches(this.#memory, 0, what, this.#sight(0))
    if (at(SWITCH_s)) {
      this.#isPlugged = false
      tell('opens')
    }
    if (at(2 * SWITCH_s)) {
      tell('closes')
      this.#isPlugged = true
    }
  }

  #followLadder({ cable, flow_frac, fanOn, ladder }: CableCondition): number {
    for (;;) {
      const current_A = this.#current_A(ladder)
      const isQuiet = this.#isTripped || current_A === 0 || !ladder.canAct(this.#state, 0, this.#steps)
      if (isQuiet) return current_A
      const form = cable.form(current_A, flow_frac, fanOn)
      if (ladder.untilTrip_s(form, this.#state, 0) === 0) {
        this.#isTripped = true
        continue
      }
      const verdict = this.#now_s < this.#ready_s ? 0 : ladder.verdict(form, this.#state, 0, this.#steps)
      if (verdict === 0) return current_A
      this.#steps += verdict
      this.#ready_s = this.#now_s + ladder.dwell_s
    }
  }

  #note(current_A: number): void {
    if (current_A > REST_A) this.#rest_s = null
    else this.#rest_s ??= this.#now_s
  }

  #untilNext_s(current_A: number): number {
    const next_s = this.#guard.next_s(this.#memory, 0, { now_s: this.#now_s, current_A })
    const { mode, severity_frac } = this.#case
    const moments_s = [next_s, SWITCH_s, 2 * SWITCH_s, mode === 'leak' ? drainTime_s(severity_frac) : WATCHED_s]
    const ahead_s = moments_s.map((moment_s) => moment_s - this.#now_s).filter((wait_s) => wait_s > 1e-9)
    return Math.min(STEP_s, ...ahead_s)
  }

  #advance({ cable, flow_frac, fanOn }: CableCondition, current_A: number, dt_s: number): void {
    const form: HeatForm = cable.form(current_A, flow_frac, fanOn)
    form.step(this.#state, 0, dt_s)
    this.#dispenser.cable.form(current_A, 1, true).step(this.#model, 0, dt_s)
    this.#missing_As += (this.#case.current_A - current_A) * dt_s
    this.#now_s += dt_s
    for (const { slot, value_degC } of cable.limits) {
      const part_degC = this.#state[slot] as number
      this.#highest_degC = Math.max(this.#highest_degC, part_degC)
      this.#excess_K = Math.max(this.#excess_K, part_degC - value_degC)
    }
  }
}

/** The state of a cable with everything at one temperature. */
export function coldState(cable: Cable, ambient_degC: number): Float64Array {
  const state = new Float64Array(CABLE_SLOTS)
  cable.reset(state, 0, ambient_degC, ambient_degC)
  return state
}
