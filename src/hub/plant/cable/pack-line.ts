import type { HeatLink, HeatNode, Resistor } from './network.ts'
import type { JointAgeing, JointParameters, PackLineParameters } from './parameters.ts'

const POLES = 2

/** A piece of a circuit of heat, to be joined to others by the names of its nodes. */
export interface HeatPiece {
  readonly nodes: readonly HeatNode[]
  readonly links: readonly HeatLink[]
  readonly resistors: readonly Resistor[]
}

/** Conduction to another node, or to a boundary, which needs no heat back. */
export function conduct(from: string, to: string, conductance_WperK: number, toBoundary = false): HeatLink {
  return { from, to: { [to]: 1 }, into: toBoundary ? null : to, conductance_WperK }
}

/** Bolted joints of both poles behind another node, reached through a conductance. */
function jointPiece(joint: JointParameters, behind: string, toBehind_WperK: number): HeatPiece {
  const { resistance_ohm, temperatureCoefficient_perK } = joint
  return {
    nodes: [{ name: 'joint', capacity_JperK: POLES * joint.capacity_JperK }],
    links: [conduct('joint', behind, toBehind_WperK), conduct('joint', 'ambient', POLES * joint.toAmbient_WperK, true)],
    resistors: [{ node: 'joint', resistance_ohm: POLES * resistance_ohm, temperatureCoefficient_perK }],
  }
}

/** The conductors from inlet to pack as one lump, half their length from the inlet and from the joint. */
export function packLinePiece(line: PackLineParameters): HeatPiece {
  const { material, area_mm2, length_m, joint } = line
  const area_m2 = area_mm2 * 1e-6
  const toMiddle_WperK = (POLES * material.conductivity_WpermK * area_m2) / (length_m / 2)
  const capacity_JperK = POLES * length_m * area_m2 * material.density_kgperm3 * material.specificHeat_JperkgK
  const resistance_ohm = (POLES * material.resistivity_ohmm * length_m) / area_m2
  const behind = joint ? jointPiece(joint, 'line', toMiddle_WperK) : { nodes: [], links: [], resistors: [] }
  return {
    nodes: [{ name: 'line', capacity_JperK }, ...behind.nodes],
    links: [
      conduct('line', 'inlet', toMiddle_WperK),
      conduct('line', 'packCoolant', POLES * length_m * line.toPackCoolant_WperKm, true),
      conduct('line', 'ambient', POLES * length_m * line.toAmbient_WperKm, true),
      ...behind.links,
    ],
    resistors: [
      { node: 'line', resistance_ohm, temperatureCoefficient_perK: material.temperatureCoefficient_perK },
      ...behind.resistors,
    ],
  }
}

/** Resistance of a joint of some years: its films grow with the square root of time, faster when warm. */
export function agedResistance_ohm(new_ohm: number, ageing: JointAgeing, years: number, mean_degC: number): number {
  const speed = 2 ** ((mean_degC - ageing.reference_degC) / ageing.doubling_K)
  return new_ohm * (1 + ageing.firstYear_frac * Math.sqrt(years * speed))
}
