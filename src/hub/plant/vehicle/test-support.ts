import { acceptance, cellKinds } from './classes.ts'
import { conditioningPoints, type PackParameters } from './parameters.ts'

/** A pack of 192 NMC cells with round figures, changed as a test wants it. */
export function aPack(change: Partial<PackParameters>): PackParameters {
  return {
    chemistry: 'NMC',
    series: 192,
    voltageTold: true,
    max_V: 806.4,
    openCircuit: cellKinds.NMC.openCircuit.map(([soc_frac, cell_V]) => [soc_frac, cell_V * 192]),
    resistance_ohm: 0.085,
    heatCapacity_JperK: 420_000,
    exchange_WperK: 10,
    conditioning: conditioningPoints(4, 6),
    acceptance: acceptance.points,
    fullCharge_kWh: 80,
    confidence: 'uncertain',
    assumed: [],
    ...change,
  }
}
