import { cellKinds, resistanceClasses } from './classes.ts'
import { Electrics } from './electrics.ts'

/** Voltage classes of packs. */
export type VoltageClass = 400 | 800

/** A pack of which nothing but its voltage class is known: NMC cells, the resistance of the class. */
export function classElectrics(class_V: VoltageClass): {
  readonly electrics: Electrics
  readonly resistance_ohm: number
} {
  const { openCircuit, class_V: cell_V } = cellKinds.NMC
  const cells = class_V / cell_V
  const { resistance_ohm } = class_V === 400 ? resistanceClasses.v400 : resistanceClasses.v800
  const points = openCircuit.map(([soc_frac, open_V]) => [soc_frac, open_V * cells] as const)
  return { electrics: new Electrics(points, 1), resistance_ohm }
}
