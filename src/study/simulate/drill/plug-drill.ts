import { lossOfCooling, type Surroundings, steadyState } from '../../../hub/plant/cable/index.ts'
import {
  type DispenserParameters,
  type FaultModeName,
  faultMode,
  faultModeNames,
  restWithin_s,
  usualSeverity,
} from '../../../hub/plant/device/index.ts'
import type { Conditions } from '../faults/conditions.ts'
import { Bench, coldState, type DrillOutcome } from './bench.ts'

/** Full load settles so far below the first step of derating. */
const MARGIN_K = 5
const loads = [1, 0.6] as const
const severities = [1, 0.5] as const
const onsets = ['cold', 'warm'] as const
/** A warmest part that ends so little over its limit is at it. */
const AT_LIMIT_K = 1
const BISECTIONS = 40

export type Onset = (typeof onsets)[number]

/** A limit that was broken: how far, and how far it may go. */
export interface BrokenLimit {
  readonly limit: 'temperature' | 'rest' | 'budget'
  readonly value: number
  readonly allowed: number
}

/** One row of the table. */
export interface PlugDrill extends DrillOutcome {
  readonly mode: FaultModeName
  readonly severity_frac: number
  readonly onset: Onset
  readonly load_frac: number
  readonly current_A: number
  /** What a standard or the adiabatic bound allows until the current is at rest; null: nothing does. */
  readonly restWithin_s: number | null
  /** Of a lost flow: seconds at full current, given off by no one, until the first limit; null: does not apply. */
  readonly adiabatic_s: number | null
  readonly broken: readonly BrokenLimit[]
}

/** Greatest current up to the plug's that settles a margin below the first step of derating. */
export function fullLoad_A({ cable, ambient_degC, most_A }: DispenserParameters): number {
  const around: Surroundings = { ambient_degC, packCoolant_degC: null, flow_frac: 1, fanOn: true }
  const stands = (current_A: number): boolean => {
    const state = steadyState(cable, current_A, around)
    return (
      state !== null && cable.warnings.every(({ slot, value_degC }) => (state[slot] as number) <= value_degC - MARGIN_K)
    )
  }
  if (stands(most_A)) return most_A
  let [low, high] = [0, most_A]
  for (let step = 0; step < BISECTIONS; step++) {
    const middle = (low + high) / 2
    if (stands(middle)) low = middle
    else high = middle
  }
  return low
}

interface Asked {
  readonly mode: FaultModeName
  readonly severity_frac: number
  readonly onset: Onset
  readonly load_frac: number
}

/** Every fault a plug can have, at every onset, severity and load. */
export function plugCases({ cable }: DispenserParameters): readonly Asked[] {
  const isCooled = cable.parameters.cooling !== null
  const modes = faultModeNames.filter((name) => {
    const { at, cooledOnly } = faultMode(name)
    return at === 'plug' && (isCooled || !cooledOnly)
  })
  return modes.flatMap((mode) => {
    const graded = faultMode(mode).graded ? severities : [usualSeverity(mode)]
    return graded.flatMap((severity_frac) =>
      onsets.flatMap((onset) => loads.map((load_frac) => ({ mode, severity_frac, onset, load_frac }))),
    )
  })
}

/** Seconds of full current a fast stop makes in heat after it was told: a third of the ramp. */
function spent_s({ ramp_Apers }: DispenserParameters, detected_s: number, current_A: number): number {
  return detected_s + current_A / ramp_Apers / 3
}

function brokenOf(dispenser: DispenserParameters, row: Omit<PlugDrill, 'broken'>): BrokenLimit[] {
  const { excess_K, rest_s, restWithin_s: within_s, adiabatic_s, detected_s, current_A } = row
  const broken: BrokenLimit[] = []
  if (excess_K > AT_LIMIT_K) broken.push({ limit: 'temperature', value: excess_K, allowed: AT_LIMIT_K })
  if (within_s !== null && (rest_s ?? Number.POSITIVE_INFINITY) > within_s + 1e-6) {
    broken.push({ limit: 'rest', value: rest_s ?? Number.POSITIVE_INFINITY, allowed: within_s })
  }
  if (adiabatic_s !== null && detected_s !== null) {
    const value = spent_s(dispenser, detected_s, current_A)
    if (value > adiabatic_s) broken.push({ limit: 'budget', value, allowed: adiabatic_s })
  }
  return broken
}

/** Lets one fault happen on the bench and holds what came of it against the limits. */
export function drillPlug(
  dispenser: DispenserParameters,
  full_A: number,
  asked: Asked,
  conditions: Conditions,
): PlugDrill {
  const { cable, ambient_degC } = dispenser
  const around: Surroundings = { ambient_degC, packCoolant_degC: null, flow_frac: 1, fanOn: true }
  const current_A = full_A * asked.load_frac
  const cold = coldState(cable, ambient_degC)
  const state = asked.onset === 'cold' ? cold : (steadyState(cable, current_A, around) ?? cold)
  const outcome = new Bench(dispenser, { ...asked, current_A, state }, conditions).run()
  const isFlowLost = asked.mode === 'pump' && asked.severity_frac === 1
  const adiabatic_s = isFlowLost ? (lossOfCooling(cable, current_A, state, around)?.adiabatic_s ?? null) : null
  const row = { ...asked, ...outcome, current_A, restWithin_s: restWithin_s(dispenser, asked, current_A), adiabatic_s }
  return { ...row, broken: brokenOf(dispenser, row) }
}
