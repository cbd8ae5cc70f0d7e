import type { ComponentOf } from '../../standards/schema/index.ts'
import type { ConductorMaterial } from '../cable/index.ts'
import type { Facts } from './facts.ts'

/** What a conductor is made of. */
export function materialOf(facts: Facts, conductor: ComponentOf<'conductor'>): ConductorMaterial {
  return {
    resistivity_ohmm: facts.of(conductor, 'resistivity_ohmm'),
    temperatureCoefficient_perK: facts.of(conductor, 'temperatureCoefficient_perK'),
    density_kgperm3: facts.of(conductor, 'density_kgperm3'),
    specificHeat_JperkgK: facts.of(conductor, 'specificHeat_JperkgK'),
    conductivity_WpermK: facts.of(conductor, 'conductivity_WpermK'),
  }
}
