import type { Catalogue } from '../../standards/index.ts'
import type { ComponentOf } from '../../standards/schema/index.ts'
import type {
  CableParameters,
  ContactParameters,
  DeratingLadder,
  InletParameters,
  ThermalLimits,
} from '../cable/index.ts'
import { materialOf } from './conductor.ts'
import { coolingOf } from './cooling.ts'
import { archetypes, CONDUCTOR_LAG_s, CONTACT_perK, LIMIT_degC, ladder } from './defaults.ts'
import { archetypeOf, type Compiled, Facts, type NumberKey, partOf, partOfCable } from './facts.ts'
import { cableGeometry, rodConductance_WperK } from './geometry.ts'
import { packLineOf } from './pack-line.ts'
import { sensorLag_s } from './sensor.ts'

/** A cable with the parts it names, as they are in it, and those that stand in where they say nothing. */
interface Assembly {
  readonly facts: Facts
  readonly catalogue: Catalogue
  readonly cable: ComponentOf<'cable'>
  readonly conductor: ComponentOf<'conductor'>
  readonly contact: ComponentOf<'contact'>
  readonly inlet: ComponentOf<'vehicleInterface'>
  readonly usualContact: ComponentOf<'contact'>
  readonly usualInlet: ComponentOf<'vehicleInterface'>
}

function assemblyOf(cable: ComponentOf<'cable'>, catalogue: Catalogue): Assembly {
  const kind = cable.cooling === 'none' ? 'uncooled' : 'cooled'
  return {
    facts: new Facts(),
    catalogue,
    cable,
    conductor: partOf(catalogue, 'conductor', cable.conductor),
    contact: partOfCable(cable, catalogue, 'contact', cable.contact),
    inlet: partOfCable(cable, catalogue, 'vehicleInterface', cable.vehicleInterface),
    usualContact: archetypeOf('contact', archetypes.contact[kind]),
    usualInlet: archetypeOf('vehicleInterface', archetypes.vehicleInterface[kind]),
  }
}

/**
 * By geometry where the record does not say; without a doubt of its own for uncooled cables, whose figures all rest on
 * it.
 */
function sheathOf({ facts, cable }: Assembly): Pick<CableParameters, 'sheathCapacity_JperKm' | 'wireToAmbient_WperKm'> {
  const geometry = cableGeometry(cable.area_mm2)
  return {
    sheathCapacity_JperKm: facts.or(cable, 'sheathCapacity_JperKm', geometry.sheathCapacity_JperKm),
    wireToAmbient_WperKm: facts.or(cable, 'wireToAmbient_WperKm', geometry.wireToAmbient_WperKm),
  }
}

function contactOf(assembly: Assembly, wireToAmbient_WperKm: number): ContactParameters {
  const { facts, cable, conductor, contact, usualContact } = assembly
  const value = (key: NumberKey<typeof contact>) => facts.or(contact, key, usualContact[key] ?? 0)
  const rod_WperK = rodConductance_WperK(cable.area_mm2, conductor.conductivity_WpermK, wireToAmbient_WperKm)
  return {
    resistance_ohm: value('resistance_ohm'),
    temperatureCoefficient_perK: facts.or(contact, 'temperatureCoefficient_perK', CONTACT_perK),
    capacity_JperK: value('capacity_JperK'),
    toWire_WperK: facts.or(contact, 'toWire_WperK', rod_WperK),
    toInlet_WperK: value('toInlet_WperK'),
    toAmbient_WperK: value('toAmbient_WperK'),
  }
}

function inletOf({ facts, catalogue, inlet, usualInlet }: Assembly): InletParameters {
  const value = (key: NumberKey<typeof inlet>) => facts.or(inlet, key, usualInlet[key] ?? 0)
  const line = packLineOf(facts, inlet, catalogue)
  return {
    resistance_ohm: value('resistance_ohm'),
    temperatureCoefficient_perK: facts.or(inlet, 'temperatureCoefficient_perK', CONTACT_perK),
    capacity_JperK: value('capacity_JperK'),
    toAmbient_WperK: value('toAmbient_WperK'),
    toPackCoolant_WperK: facts.maybe(inlet, 'toPackCoolant_WperK') ?? 0,
    packCoolant_degC: facts.maybe(inlet, 'packCoolant_degC'),
    ...(line === null ? {} : { line }),
  }
}

function limitsOf({ facts, cable, contact, inlet }: Assembly): ThermalLimits {
  return {
    contact_degC: facts.or(contact, 'max_degC', LIMIT_degC),
    conductor_degC: facts.or(cable, 'max_degC', LIMIT_degC),
    inlet_degC: facts.or(inlet, 'max_degC', LIMIT_degC),
  }
}

function ladderOf({ facts, cable }: Assembly): DeratingLadder {
  return cable.derating === null ? facts.assume('cable', 'derating', ladder) : (facts.of(cable, 'derating') ?? ladder)
}

/**
 * Compiles a cable and the parts it names; what none of them states is that of the archetype or follows from geometry.
 */
export function cableParameters(record: ComponentOf<'cable'>, catalogue: Catalogue): Compiled<CableParameters> {
  const assembly = assemblyOf(record, catalogue)
  const { facts, conductor } = assembly
  const sheath = sheathOf(assembly)
  const cooling = coolingOf(assembly)
  const conductorSensor =
    cooling === null ? {} : { conductorSensorLag_s: facts.assume('cable', 'conductorSensorLag_s', CONDUCTOR_LAG_s) }
  return facts.compiled({
    material: materialOf(facts, conductor),
    area_mm2: facts.of(record, 'area_mm2'),
    length_m: facts.of(record, 'length_m'),
    layFactor: 1 + facts.of(conductor, 'lay_frac'),
    ...sheath,
    contact: contactOf(assembly, sheath.wireToAmbient_WperKm),
    inlet: inletOf(assembly),
    cooling,
    limits: limitsOf(assembly),
    derating: ladderOf(assembly),
    sensorLag_s: sensorLag_s(facts, record, catalogue),
    ...conductorSensor,
  })
}
