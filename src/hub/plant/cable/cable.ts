import { CABLE_BOUNDARIES, CABLE_SLOTS, CableSlot, cableNetwork } from './cable-network.ts'
import { formAt, keepsOrder } from './form.ts'
import type { HeatForm, Threshold } from './heat-form.ts'
import { assemble, type LinearHeat } from './network.ts'
import type { CableParameters } from './parameters.ts'

/** Flow is told apart in steps of this share of full flow. */
export const FLOW_STEP_frac = 1 / 64
const MAX_FLOW_STEPS = 127
const MAX_CURRENT_A = 16_383
/** Forms kept; a run with more different currents than that makes some again. */
const MAX_FORMS = 1024
/** Networks kept, one for each flow and fan. */
const MAX_MODES = 64

interface Mode {
  readonly linear: LinearHeat
  readonly keepsOrder: boolean
}

/** The first entry of a map that has grown to a size leaves. */
function makeRoom<V>(kept: Map<number, V>, size: number): void {
  if (kept.size < size) return
  for (const oldest of kept.keys()) {
    kept.delete(oldest)
    return
  }
}

/** A row of the outputs: nodes follow the boundaries in the state. */
export function outputOf(slot: number): number {
  return slot - CABLE_BOUNDARIES
}

/** One kind of cable; the states of all cables of the kind belong to the caller, `CABLE_SLOTS` values each. */
export class Cable {
  readonly parameters: CableParameters
  /** Contact, conductor and inlet reaching what they must not pass. */
  readonly limits: readonly Threshold[]
  readonly #modes = new Map<number, Mode>()
  readonly #forms = new Map<number, HeatForm>()

  constructor(parameters: CableParameters) {
    this.parameters = parameters
    const { contact_degC, conductor_degC, inlet_degC } = parameters.limits
    this.limits = [
      threshold(CableSlot.contact, contact_degC),
      threshold(CableSlot.hotEnd, conductor_degC),
      threshold(CableSlot.inlet, inlet_degC),
    ]
  }

  /** Writes a state in which everything has one temperature, with the pack's coolant at that of the parameters, else at ambient. */
  reset(state: Float64Array, at: number, all_degC: number, ambient_degC: number): void {
    state.fill(all_degC, at, at + CABLE_SLOTS)
    state[at + CableSlot.ambient] = ambient_degC
    state[at + CableSlot.packCoolant] = this.parameters.inlet.packCoolant_degC ?? ambient_degC
  }

  /** The form at a current to the nearest ampere and a flow to the nearest 1/64 of full flow (0 only for no flow); forms are kept. */
  form(current_A: number, flow_frac: number, fanOn: boolean): HeatForm {
    const whole_A = Math.min(Math.round(current_A), MAX_CURRENT_A)
    const mode = modeKey(flow_frac, fanOn)
    const key = mode * (MAX_CURRENT_A + 1) + whole_A
    const kept = this.#forms.get(key)
    if (kept) return kept
    makeRoom(this.#forms, MAX_FORMS)
    const made = formAt(this.#mode(mode).linear, whole_A)
    this.#forms.set(key, made)
    return made
  }

  /** The form at exactly this current and flow, made anew. */
  exactForm(current_A: number, flow_frac: number, fanOn: boolean): HeatForm {
    return formAt(assemble(cableNetwork(this.parameters, flow_frac, fanOn)), current_A)
  }

  /** Seconds until the first limit is reached, up to the horizon, or Infinity. */
  untilLimit_s(form: HeatForm, state: Float64Array, at: number, horizon_s: number): number {
    let first_s = Number.POSITIVE_INFINITY
    for (const limit of this.limits) {
      first_s = Math.min(first_s, form.until_s(limit, state, at, Math.min(horizon_s, first_s)))
    }
    return first_s
  }

  #mode(key: number): Mode {
    const kept = this.#modes.get(key)
    if (kept) return kept
    makeRoom(this.#modes, MAX_MODES)
    const linear = assemble(cableNetwork(this.parameters, (key >> 1) * FLOW_STEP_frac, key % 2 === 1))
    const made = { linear, keepsOrder: keepsOrder(linear) }
    this.#modes.set(key, made)
    return made
  }
}

function threshold(slot: number, value_degC: number): Threshold {
  return { output: outputOf(slot), value_degC, direction: 1 }
}

function modeKey(flow_frac: number, fanOn: boolean): number {
  const steps = flow_frac > 0 ? Math.max(1, Math.round(flow_frac / FLOW_STEP_frac)) : 0
  return Math.min(steps, MAX_FLOW_STEPS) * 2 + (fanOn ? 1 : 0)
}
