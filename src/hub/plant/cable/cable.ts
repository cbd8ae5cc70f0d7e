import { CABLE_BOUNDARIES, CABLE_SLOTS, CableSlot, cableNetwork } from './cable-network.ts'
import { formAt } from './form.ts'
import type { HeatForm, Threshold } from './heat-form.ts'
import { assemble, type LinearHeat, REFERENCE_degC } from './network.ts'
import type { CableParameters } from './parameters.ts'

/** Flow is told apart in steps of this share of full flow. */
const FLOW_STEP_frac = 1 / 64
const MAX_FLOW_STEPS = 127
const MAX_CURRENT_A = 16_383
/** Forms kept; a run with more different currents than that makes some again. */
const MAX_FORMS = 1024
/** Networks kept, one for each flow and fan. */
const MAX_NETWORKS = 64
const WATTS_PER_KILOWATT = 1000

/** Parts that can bind, by the limit they are held to. */
export type CablePart = 'contact' | 'conductor' | 'inlet' | 'line' | 'joint'

/** A limit of a part. */
export interface PartLimit extends Threshold {
  readonly part: CablePart
  /** Place in the state. */
  readonly slot: number
}

/** A current at which a cable stays cool for ever, and where everything settles then. */
export interface CalmCurrent {
  readonly current_A: number
  readonly settled: Float64Array
}

/** Places in the state of parts not every cable has; -1 where it has none. */
export interface OptionalSlots {
  readonly coolant: number
  readonly line: number
  readonly joint: number
  readonly conductorSensor: number
}

/** One kind of cable. The states of all cables of the kind belong to the caller, `CABLE_SLOTS` values each. */
export class Cable {
  readonly parameters: CableParameters
  readonly slots: OptionalSlots
  /** What its parts must not pass, by part. */
  readonly limits: readonly PartLimit[]
  /** The same at the first step of derating, where that is lower. */
  readonly warnings: readonly PartLimit[]
  /** Losses I^2 R of the parts: place in the state, resistance at 20 degC of both poles, its rise. */
  readonly #resistors: readonly { readonly slot: number; readonly resistance_ohm: number; readonly rise_perK: number }[]
  readonly #networks = new Map<number, LinearHeat>()
  readonly #forms = new Map<number, HeatForm>()
  #guards: readonly PartLimit[] = []
  #guardMargin_K = Number.NaN
  readonly #settled = new Float64Array(CABLE_SLOTS)
  #calm: CalmCurrent | null = null
  #calmAt: readonly [margin_K: number, ambient_degC: number] = [Number.NaN, Number.NaN]

  constructor(parameters: CableParameters) {
    const { nodes, resistors } = cableNetwork(parameters, 1, true)
    const slot = (name: string): number => {
      const node = nodes.findIndex((one) => one.name === name)
      return node < 0 ? node : node + CABLE_BOUNDARIES
    }
    this.parameters = parameters
    this.slots = {
      coolant: slot('coolant'),
      line: slot('line'),
      joint: slot('joint'),
      conductorSensor: slot('conductorSensor'),
    }
    this.limits = limitsOf(parameters, this.slots)
    const first_degC = parameters.derating.drop_degC
    this.warnings = this.limits.map((limit) => ({ ...limit, value_degC: Math.min(limit.value_degC, first_degC) }))
    this.#resistors = resistors
      .filter(({ node }) => node !== 'hotEnd')
      .map(({ node, resistance_ohm, temperatureCoefficient_perK }) => {
        return { slot: slot(node), resistance_ohm, rise_perK: temperatureCoefficient_perK }
      })
  }

  /** Writes a state in which everything has one temperature; the pack's coolant has that of the parameters, else the ambient's. */
  reset(state: Float64Array, at: number, all_degC: number, ambient_degC: number): void {
    state.fill(all_degC, at, at + CABLE_SLOTS)
    this.setAir(state, at, ambient_degC)
  }

  /** Sets the temperature of the air, and of the pack's coolant where that follows it. */
  setAir(state: Float64Array, at: number, ambient_degC: number): void {
    state[at + CableSlot.ambient] = ambient_degC
    state[at + CableSlot.packCoolant] = this.parameters.inlet.packCoolant_degC ?? ambient_degC
  }

  /** The form at a current to the nearest ampere and a flow to the nearest 1/64 of full flow (0 for none only); forms are kept. */
  form(current_A: number, flow_frac: number, fanOn: boolean): HeatForm {
    const whole_A = Math.min(Math.round(current_A), MAX_CURRENT_A)
    const cooling = coolingKey(flow_frac, fanOn)
    const key = cooling * (MAX_CURRENT_A + 1) + whole_A
    const kept = this.#forms.get(key)
    if (kept) return kept
    const made = formAt(this.#network(cooling), whole_A)
    keep(this.#forms, key, made, MAX_FORMS)
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

  /**
   * Whether no part can come within a margin of its first threshold (a step of derating or its limit), from this state on, whatever
   * the current does below that of the form, and the boundaries below those of the state. Temperatures keep their order, and heat
   * rises with current at every temperature, so whatever happens stays below what the largest current would do; and that is looked at
   * exactly: a state nowhere above where it settles stays below that, any other is followed. False where this proof does not hold: a
   * system that runs away, or one in which a warm neighbour can cool.
   */
  staysBelow(form: HeatForm, margin_K: number, state: Float64Array, at: number): boolean {
    if (!form.isStable || !form.keepsOrder) return false
    if (margin_K !== this.#guardMargin_K) this.#setGuards(margin_K)
    const settled = this.#settled
    for (let slot = 0; slot < CABLE_SLOTS; slot++) settled[slot] = state[at + slot] as number
    form.settle(settled, 0)
    for (const { slot, value_degC } of this.#guards) if ((settled[slot] as number) >= value_degC) return false
    if (isNowhereAbove(state, at, settled)) return true
    for (const guard of this.#guards) {
      if (form.until_s(guard, state, at, Number.POSITIVE_INFINITY) !== Number.POSITIVE_INFINITY) return false
    }
    return true
  }

  /**
   * The largest whole current at which everything settles a margin below every first threshold, in surroundings of one temperature, all
   * cooling at work; 0 where there is none or the proof of `staysBelow` does not hold. A state that is nowhere above where that settles
   * stays so under any current up to it. The last answer is kept.
   */
  calm(margin_K: number, ambient_degC: number): CalmCurrent {
    if (this.#calm !== null && this.#calmAt[0] === margin_K && this.#calmAt[1] === ambient_degC) return this.#calm
    let [below_A, above_A] = [0, MAX_CURRENT_A]
    while (above_A - below_A > 1) {
      const middle_A = (above_A + below_A) >> 1
      if (this.#settlesBelow(middle_A, margin_K, ambient_degC)) below_A = middle_A
      else above_A = middle_A
    }
    this.#settlesBelow(below_A, margin_K, ambient_degC)
    this.#calm = { current_A: below_A, settled: this.#settled.slice() }
    this.#calmAt = [margin_K, ambient_degC]
    return this.#calm
  }

  #settlesBelow(current_A: number, margin_K: number, ambient_degC: number): boolean {
    const form = formAt(this.#network(coolingKey(1, true)), current_A)
    this.reset(this.#settled, 0, ambient_degC, ambient_degC)
    if (!form.isStable || !form.keepsOrder) return false
    form.settle(this.#settled, 0)
    return this.warnings.every(({ slot, value_degC }) => (this.#settled[slot] as number) < value_degC - margin_K)
  }

  /** Heat the current makes in cable, contacts and what is reckoned with at the vehicle. */
  loss_kW(current_A: number, state: Float64Array, at: number): number {
    let sum_ohm = 0
    for (const { slot, resistance_ohm, rise_perK } of this.#resistors) {
      sum_ohm += resistance_ohm * (1 + rise_perK * ((state[at + slot] as number) - REFERENCE_degC))
    }
    return (current_A ** 2 * sum_ohm) / WATTS_PER_KILOWATT
  }

  #setGuards(margin_K: number): void {
    this.#guards = this.warnings.map((limit) => ({ ...limit, value_degC: limit.value_degC - margin_K }))
    this.#guardMargin_K = margin_K
  }

  #network(cooling: number): LinearHeat {
    const kept = this.#networks.get(cooling)
    if (kept) return kept
    const made = assemble(cableNetwork(this.parameters, (cooling >> 1) * FLOW_STEP_frac, cooling % 2 === 1))
    keep(this.#networks, cooling, made, MAX_NETWORKS)
    return made
  }
}

/** Whether no temperature of a state is above that of another one. */
export function isNowhereAbove(state: Float64Array, at: number, other: Float64Array): boolean {
  for (let slot = 0; slot < CABLE_SLOTS; slot++)
    if ((state[at + slot] as number) > (other[slot] as number)) return false
  return true
}

function limitsOf({ limits, inlet }: CableParameters, slots: OptionalSlots): PartLimit[] {
  const limit = (part: CablePart, slot: number, value_degC: number): PartLimit => {
    return { part, slot, output: slot - CABLE_BOUNDARIES, value_degC, direction: 1 }
  }
  const { line } = inlet
  return [
    limit('contact', CableSlot.contact, limits.contact_degC),
    limit('conductor', CableSlot.hotEnd, limits.conductor_degC),
    limit('inlet', CableSlot.inlet, limits.inlet_degC),
    ...(line ? [limit('line', slots.line, line.max_degC)] : []),
    ...(line?.joint ? [limit('joint', slots.joint, line.joint.max_degC)] : []),
  ]
}

/** Flow and fan as one number; the least flow is told from none. */
function coolingKey(flow_frac: number, fanOn: boolean): number {
  const steps = flow_frac > 0 ? Math.max(1, Math.round(flow_frac / FLOW_STEP_frac)) : 0
  return Math.min(steps, MAX_FLOW_STEPS) * 2 + (fanOn ? 1 : 0)
}

/** Keeps a value; the oldest leaves when there are too many. */
function keep<V>(values: Map<number, V>, key: number, value: V, most: number): void {
  if (values.size >= most) {
    const [oldest] = values.keys()
    if (oldest !== undefined) values.delete(oldest)
  }
  values.set(key, value)
}
