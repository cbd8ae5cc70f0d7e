import type { Catalogue } from '../../standards/index.ts'
import type { ComponentOf } from '../../standards/schema/index.ts'
import type { JointParameters, PackLineParameters } from '../cable/index.ts'
import { materialOf } from './conductor.ts'
import { archetypes, LIMIT_degC } from './defaults.ts'
import { archetypeOf, type Facts, partOf } from './facts.ts'

type Line = NonNullable<ComponentOf<'vehicleInterface'>['line']>

/** The conductor from inlet to pack; null where the inlet is reckoned with alone. */
export function packLineOf(
  facts: Facts,
  inlet: ComponentOf<'vehicleInterface'>,
  catalogue: Catalogue,
): PackLineParameters | null {
  const line = facts.of(inlet, 'line')
  if (line === null) return null
  const conductor = partOf(catalogue, 'conductor', line.conductor)
  return {
    material: materialOf(facts, conductor),
    area_mm2: line.area_mm2,
    length_m: line.length_m * (1 + facts.of(conductor, 'lay_frac')),
    toPackCoolant_WperKm: line.wireToCoolant_KmperW === null ? 0 : 1 / line.wireToCoolant_KmperW,
    toAmbient_WperKm: line.wireToAmbient_WperKm ?? facts.assume('vehicleInterface', 'line.wireToAmbient_WperKm', 0),
    max_degC: line.max_degC ?? inlet.max_degC ?? facts.assume('vehicleInterface', 'line.max_degC', LIMIT_degC),
    joint: jointOf(facts, line, catalogue),
  }
}

function jointOf(facts: Facts, { joint: id }: Line, catalogue: Catalogue): JointParameters | null {
  return id === null ? null : jointValues(facts, partOf(catalogue, 'joint', id))
}

function jointValues(facts: Facts, joint: ComponentOf<'joint'>): JointParameters {
  const usual = archetypeOf('joint', archetypes.joint)
  return {
    resistance_ohm: facts.of(joint, 'resistance_ohm'),
    temperatureCoefficient_perK: facts.of(joint, 'temperatureCoefficient_perK'),
    capacity_JperK: facts.or(joint, 'capacity_JperK', usual.capacity_JperK ?? 0),
    toAmbient_WperK: facts.or(joint, 'toAmbient_WperK', usual.toAmbient_WperK ?? 0),
    max_degC: facts.or(joint, 'max_degC', LIMIT_degC),
  }
}
