import { CableSlot } from './cable-network.ts'
import { REFERENCE_degC } from './network.ts'
import type { CableParameters, ConductorMaterial } from './parameters.ts'

const SQUARE_METRES = 1e-6

/** A body that heats itself and gives off nothing. */
interface SelfHeated {
  /** Rise at 20 degC, K/s. */
  readonly speed_Kpers: number
  /** Growth of the loss with temperature. */
  readonly growth_perK: number
}

/** C T' = I^2 R (1 + a (T - 20)) solved for the time from one temperature to another. */
function time_s({ speed_Kpers, growth_perK }: SelfHeated, from_degC: number, to_degC: number): number {
  if (to_degC <= from_degC) return 0
  if (growth_perK === 0) return (to_degC - from_degC) / speed_Kpers
  const heat = (at_degC: number): number => 1 + growth_perK * (at_degC - REFERENCE_degC)
  return Math.log(heat(to_degC) / heat(from_degC)) / (growth_perK * speed_Kpers)
}

/**
 * Seconds a bare conductor takes from one temperature to another when it gives off no heat at all: ln[(1 + a (T2 - 20)) /
 * (1 + a (T1 - 20))] / (a b) with b = J^2 rho20 / (density x specific heat), J in A/mm2. It depends on material and current density only.
 */
export function adiabaticTime_s(
  material: ConductorMaterial,
  density_Apermm2: number,
  from_degC: number,
  to_degC: number,
): number {
  const { resistivity_ohmm, density_kgperm3, specificHeat_JperkgK, temperatureCoefficient_perK } = material
  const perArea = (density_Apermm2 / SQUARE_METRES) ** 2
  const speed_Kpers = (perArea * resistivity_ohmm) / (density_kgperm3 * specificHeat_JperkgK)
  return time_s({ speed_Kpers, growth_perK: temperatureCoefficient_perK }, from_degC, to_degC)
}

/**
 * Shortest time in which conductor, contact or inlet could reach its limit from a state, whatever becomes of the cooling: each heats itself
 * and gives off nothing, the conductor as bare metal. What a warmer neighbour adds is left out. Safety is timed with this, never
 * with the lumped model, which counts on coolant that stands in the cable.
 */
export function adiabaticBound_s(cable: CableParameters, current_A: number, state: Float64Array, at: number): number {
  const { material, area_mm2, limits, contact, inlet } = cable
  const joints = [
    { joint: contact, slot: CableSlot.contact, limit_degC: limits.contact_degC },
    { joint: inlet, slot: CableSlot.inlet, limit_degC: limits.inlet_degC },
  ]
  const wire_degC = Math.max(state[at + CableSlot.hotEnd] as number, state[at + CableSlot.wire] as number)
  const times_s = joints.map(({ joint, slot, limit_degC }) => {
    const speed_Kpers = (current_A ** 2 * joint.resistance_ohm) / joint.capacity_JperK
    return time_s(
      { speed_Kpers, growth_perK: joint.temperatureCoefficient_perK },
      state[at + slot] as number,
      limit_degC,
    )
  })
  return Math.min(adiabaticTime_s(material, current_A / area_mm2, wire_degC, limits.conductor_degC), ...times_s)
}

/**
 * Slowest linear ramp from a current to 0 that keeps within a time of full heat, A/s: detection + ramp / 3 must not exceed it, since a linear
 * ramp of length T makes as much heat as the full current in T / 3. Infinity where detection alone takes that long.
 */
export function leastRamp_Apers(current_A: number, detection_s: number, bound_s: number): number {
  return detection_s < bound_s ? current_A / (3 * (bound_s - detection_s)) : Number.POSITIVE_INFINITY
}
