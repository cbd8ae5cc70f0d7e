import type { Catalogue } from '../../standards/index.ts'
import type { ComponentOf } from '../../standards/schema/index.ts'
import type { CoolantLoop, CoolantMaterial, CoolingParameters } from '../cable/index.ts'
import { archetypes, FAN_OFF_frac, FILM_FLOW } from './defaults.ts'
import { archetypeOf, type Facts, type NumberKey, partOf, partOfCable } from './facts.ts'

interface Assembly {
  readonly facts: Facts
  readonly catalogue: Catalogue
  readonly cable: ComponentOf<'cable'>
  readonly contact: ComponentOf<'contact'>
}

type Part = 'coolant' | 'pump' | 'radiator'

/** The part a cable names, else the archetype. */
function named<T extends Part>({ facts, catalogue, cable }: Assembly, type: T): ComponentOf<T> {
  const id: string | null = cable[type]
  if (id === null) return facts.assume('cable', type, archetypeOf(type, archetypes[type]))
  if (type === 'coolant') return partOf(catalogue, type, id)
  return partOfCable(cable, catalogue, type as Exclude<T, 'coolant'>, id) as ComponentOf<T>
}

/** The liquid side of a cable; null for one that is cooled by air. */
export function coolingOf(assembly: Assembly): CoolingParameters | null {
  const { facts, cable, contact } = assembly
  if (cable.cooling === 'none') return null
  const usual = archetypeOf('cable', archetypes.cable)
  const value = (key: NumberKey<typeof cable>) => facts.or(cable, key, usual[key] ?? 0)
  const pump = named(assembly, 'pump')
  return {
    coolant: coolantOf(facts, named(assembly, 'coolant')),
    wireToCoolant_KmperW: value('wireToCoolant_KmperW'),
    contactToCoolant_WperK: facts.maybe(contact, 'toCoolant_WperK') ?? 0,
    filmFlowExponent: facts.or(cable, 'filmFlow_frac', FILM_FLOW),
    capacityRate_WperK: value('capacityRate_WperK'),
    tank_JperK: value('tank_JperK'),
    stagnantCapacity_JperKm: value('stagnantCapacity_JperKm'),
    ...radiatorOf(facts, named(assembly, 'radiator')),
    pump_W: facts.or(pump, 'power_W', archetypeOf('pump', archetypes.pump).power_W ?? 0),
    feed: cable.feed ?? facts.assume('cable', 'feed', 'series'),
    loop: loopOf(facts, cable, pump),
  }
}

function coolantOf(facts: Facts, coolant: ComponentOf<'coolant'>): CoolantMaterial {
  return {
    density_kgperm3: facts.of(coolant, 'density_kgperm3'),
    specificHeat_JperkgK: facts.of(coolant, 'specificHeat_JperkgK'),
    viscosityAt40_Pas: facts.of(coolant, 'viscosityAt40_Pas'),
    viscosityFall_perK: facts.of(coolant, 'viscosityFall_perK'),
  }
}

function radiatorOf(facts: Facts, radiator: ComponentOf<'radiator'>) {
  const usual_WperK = archetypeOf('radiator', archetypes.radiator).fanOn_WperK ?? 0
  const radiatorFanOn_WperK = facts.or(radiator, 'fanOn_WperK', usual_WperK)
  return {
    radiatorFanOn_WperK,
    radiatorFanOff_WperK: facts.or(radiator, 'fanOff_WperK', FAN_OFF_frac * radiatorFanOn_WperK),
  }
}

/** Pump against hose; null where either is not known: then the flow does not depend on viscosity. */
function loopOf(facts: Facts, cable: ComponentOf<'cable'>, pump: ComponentOf<'pump'>): CoolantLoop | null {
  const shutOff_Pa = facts.maybe(pump, 'shutOff_Pa')
  const pumpCurve_Pas2perm6 = facts.maybe(pump, 'curve_Pas2perm6')
  const channelLength_m = facts.maybe(cable, 'channelLength_m')
  const channelDiameter_m = facts.maybe(cable, 'channelDiameter_m')
  if (shutOff_Pa === null || pumpCurve_Pas2perm6 === null) return null
  if (channelLength_m === null || channelDiameter_m === null) return null
  return { shutOff_Pa, pumpCurve_Pas2perm6, channelLength_m, channelDiameter_m }
}
