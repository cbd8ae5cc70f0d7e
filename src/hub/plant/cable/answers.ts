import { adiabaticBound_s } from './adiabatic.ts'
import type { Cable, CablePart, PartLimit } from './cable.ts'
import { CABLE_SLOTS, CableSlot } from './cable-network.ts'
import type { HeatForm } from './heat-form.ts'

/** Currents are found to this. */
const CURRENT_STEP_A = 0.01
const MAX_CURRENT_A = 20_000

/** What a cable stands in, constant while an answer holds. */
export interface Surroundings {
  readonly ambient_degC: number
  /** Coolant of the pack where inlet and pack are cooled together; null: as the parameters have it. */
  readonly packCoolant_degC: number | null
  readonly flow_frac: number
  readonly fanOn: boolean
}

/** A current and what would bind beyond it. */
export interface Continuous {
  readonly current_A: number
  /** Null: nothing does, or the cable runs away. */
  readonly boundBy: CablePart | null
}

/** A new state with everything at one temperature. */
export function stateAt(
  cable: Cable,
  all_degC: number,
  { ambient_degC, packCoolant_degC }: Surroundings,
): Float64Array {
  const state = new Float64Array(CABLE_SLOTS)
  cable.reset(state, 0, all_degC, ambient_degC)
  if (packCoolant_degC !== null) state[CableSlot.packCoolant] = packCoolant_degC
  return state
}

function formIn(cable: Cable, current_A: number, { flow_frac, fanOn }: Surroundings): HeatForm {
  return cable.exactForm(current_A, flow_frac, fanOn)
}

/** The state a cable settles at; null where it would run away. */
export function steadyState(cable: Cable, current_A: number, around: Surroundings): Float64Array | null {
  const form = formIn(cable, current_A, around)
  if (!form.isStable) return null
  const state = stateAt(cable, around.ambient_degC, around)
  form.settle(state, 0)
  return state
}

/** How far the part nearest to its limit is from it, and which part that is. */
export function headroom(
  cable: Cable,
  state: Float64Array,
): { readonly room_K: number; readonly part: CablePart | null } {
  let room_K = Number.POSITIVE_INFINITY
  let part: CablePart | null = null
  for (const limit of cable.limits) {
    const left_K = limit.value_degC - (state[limit.slot] as number)
    if (left_K >= room_K) continue
    room_K = left_K
    part = limit.part
  }
  return { room_K, part }
}

function standsFor(cable: Cable, current_A: number, around: Surroundings): boolean {
  const state = steadyState(cable, current_A, around)
  return state !== null && headroom(cable, state).room_K >= 0
}

/** Largest current for which a test holds that holds for all smaller ones; 0 if none, the largest looked at if all. */
function largestCurrent_A(holds: (current_A: number) => boolean): number {
  let low = 0
  let high = MAX_CURRENT_A
  if (!holds(low)) return 0
  while (high - low > CURRENT_STEP_A) {
    const middle = (low + high) / 2
    if (holds(middle)) low = middle
    else high = middle
  }
  return low
}

/** Current a cable stands for ever: no part ends above its limit. Temperatures rise with current, so bisection finds it. */
export function continuous(cable: Cable, around: Surroundings): Continuous {
  const current_A = largestCurrent_A((middle_A) => standsFor(cable, middle_A, around))
  const beyond = steadyState(cable, current_A + CURRENT_STEP_A, around)
  return { current_A, boundBy: beyond && headroom(cable, beyond).part }
}

/** Largest current a cable stands for a time from a state on. */
export function currentFor_A(cable: Cable, horizon_s: number, state: Float64Array, around: Surroundings): number {
  return largestCurrent_A((middle_A) => timeToLimit_s(cable, middle_A, state, around) >= horizon_s)
}

/** Seconds a current takes from a state to the first limit; Infinity where it never gets there. */
export function timeToLimit_s(cable: Cable, current_A: number, state: Float64Array, around: Surroundings): number {
  return cable.untilLimit_s(formIn(cable, current_A, around), state, 0, Number.POSITIVE_INFINITY)
}

/** When a limit is reached, and by which part; Infinity and null where none is. */
export interface Reached {
  readonly time_s: number
  readonly part: CablePart | null
}

/** The first of some limits that a current reaches from a state. */
export function firstReached(form: HeatForm, limits: readonly PartLimit[], state: Float64Array): Reached {
  let first: Reached = { time_s: Number.POSITIVE_INFINITY, part: null }
  for (const limit of limits) {
    const time_s = form.until_s(limit, state, 0, first.time_s)
    if (time_s < first.time_s) first = { time_s, part: limit.part }
  }
  return first
}

/** Seconds until no part that can bind is warmer than a temperature any more, without current; Infinity where one stays warmer. */
export function coolDown_s(cable: Cable, state: Float64Array, to_degC: number, around: Surroundings): number {
  const form = formIn(cable, 0, around)
  const at = state.slice()
  const thresholds = cable.limits.map((limit) => ({ ...limit, value_degC: to_degC, direction: -1 as const }))
  let time_s = 0
  for (;;) {
    const latest_s = Math.max(...thresholds.map((one) => form.until_s(one, at, 0, Number.POSITIVE_INFINITY)))
    if (latest_s === 0 || latest_s === Number.POSITIVE_INFINITY) return time_s + latest_s
    form.step(at, 0, latest_s)
    time_s += latest_s
  }
}

/** Time left when a part of the cooling fails. */
export interface LossOfCooling {
  /** Nothing gives off heat any more: the time to reckon with. */
  readonly adiabatic_s: number
  /** Lumped model, pump stopped: coolant that stands in the cable helps. */
  readonly pump_s: number
  /** Lumped model, fan stopped. */
  readonly fan_s: number
}

/** What is left at a current from a state on; null for an uncooled cable. */
export function lossOfCooling(
  cable: Cable,
  current_A: number,
  state: Float64Array,
  around: Surroundings,
): LossOfCooling | null {
  if (cable.parameters.cooling === null) return null
  return {
    adiabatic_s: adiabaticBound_s(cable.parameters, current_A, state, 0),
    pump_s: timeToLimit_s(cable, current_A, state, { ...around, flow_frac: 0 }),
    fan_s: timeToLimit_s(cable, current_A, state, { ...around, fanOn: false }),
  }
}
