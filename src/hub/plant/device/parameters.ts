import { type Cable, continuous, type Surroundings } from '../cable/index.ts'
import type { InsulationMonitorParameters, InsulationRuleName } from '../protection/index.ts'

/** How a vehicle and its post speak, as far as lost messages end a session. */
export type Talk = 'gbt' | 'chademo' | 'ccs'

/** What a dispenser declares about its own watchfulness, for one plug. */
export interface DispenserParameters {
  readonly cable: Cable
  readonly ambient_degC: number
  /** Highest current and voltage of the plug. */
  readonly most_A: number
  readonly most_V: number
  /** From a change of flow to its being told: lag and sampling of the sensor. */
  readonly flowDelay_s: number
  /** Less flow than this share is told. */
  readonly lowFlow_frac: number
  /** Fall of the current in a fast stop. */
  readonly ramp_Apers: number
  /** Current the cable stands without its fan, and without any cooling or any thermometer to go by. */
  readonly noFan_A: number
  readonly fallback_A: number
  readonly talk: Talk
  readonly insulation: InsulationMonitorParameters
  readonly rule: InsulationRuleName
}

/** Times and gaps every dispenser is taken to have; estimates but where said. */
export const watch = {
  /** Slow fans are told after some seconds of too few turns. */
  fan_s: 10,
  /** Three readings out of range in a row. */
  range_s: 3,
  /** Two thermometers, one in each contact, may differ by this for so long. */
  pair_K: 8,
  pair_s: 10,
  /** The same between a contact and what the current lets expect, reckoned from its lagged thermometer and how fast that moves, seen over `slope_s`. */
  model_K: 10,
  model_s: 3,
  slope_s: 1,
  /** Rise of the resistance of the loop that is told, and after which time. */
  drop_frac: 0.1,
  drop_s: 1,
  /** Share of the coolant that is missing when the level is told, and the time a full leak takes to empty the tank. */
  level_frac: 0.2,
  drain_s: 300,
  /** Two missed heartbeats of a module. */
  heartbeat_s: 1,
  /** Between two looks at readings. */
  look_s: 1,
} as const

/** Currents beyond this many A/mm2 leave copper seconds without coolant: such cables need the faster watch. */
const DENSE_Apermm2 = 15
const fastWatch = { flowDelay_s: 0.3, ramp_Apers: 1000 } as const
/** Twice the least ramp of a normal stop (GB/T). */
const usualWatch = { flowDelay_s: 1, ramp_Apers: 200 } as const
const LOW_FLOW_frac = 0.6

/** What is known of a plug. */
export type PlugOfDispenser = Omit<
  DispenserParameters,
  'most_A' | 'flowDelay_s' | 'lowFlow_frac' | 'ramp_Apers' | 'noFan_A' | 'fallback_A'
> & {
  /** null: not stated, then what its cable carries. */
  readonly most_A: number | null
}

/**
 * A dispenser with a watch that suits its cable: flow told within 1 s and a ramp of 200 A/s up to 15 A/mm2; beyond, 0.3 s and 1000 A/s,
 * since dense copper has about a second at full current (adiabatic bound). Estimates; no product declares them in public.
 */
export function dispenserOf(plug: PlugOfDispenser): DispenserParameters {
  const { cable, ambient_degC } = plug
  const around: Surroundings = { ambient_degC, packCoolant_degC: null, flow_frac: 1, fanOn: true }
  const most_A = plug.most_A ?? continuous(cable, around).current_A
  const isDense = most_A / cable.parameters.area_mm2 > DENSE_Apermm2
  return {
    ...plug,
    most_A,
    ...(isDense ? fastWatch : usualWatch),
    lowFlow_frac: LOW_FLOW_frac,
    noFan_A: continuous(cable, { ...around, fanOn: false }).current_A,
    fallback_A: continuous(cable, { ...around, flow_frac: 0 }).current_A,
  }
}
