import type { CellChemistry, Confidence } from '../../standards/schema/index.ts'
import type { TablePoints } from './line-table.ts'

/** What stands behind a figure of a class: how sure it is and where it is from. */
export interface Basis {
  readonly confidence: Confidence
  readonly basis: string
}

/** One cell with nothing flowing. */
export interface CellKind extends Basis {
  /** Voltage over state of charge. */
  readonly openCircuit: TablePoints
  readonly nominal_V: number
  /** Voltage at which charging ends. */
  readonly top_V: number
  /** Advertised class voltage for each cell in series: 400 V are 96 to 108 cells of NMC. */
  readonly class_V: number
}

export const cellKinds: Readonly<Record<CellChemistry, CellKind>> = {
  NMC: {
    openCircuit: [
      [0, 3.2],
      [0.1, 3.45],
      [0.2, 3.55],
      [0.4, 3.65],
      [0.6, 3.82],
      [0.8, 4],
      [1, 4.18],
    ],
    nominal_V: 3.65,
    top_V: 4.2,
    class_V: 4,
    confidence: 'uncertain',
    basis: 'typical of NMC with graphite; packs have 96-108 cells in the 400 V class, 180-216 in the 800 V class',
  },
  LFP: {
    openCircuit: [
      [0, 2.8],
      [0.05, 3.15],
      [0.2, 3.28],
      [0.5, 3.31],
      [0.8, 3.34],
      [0.95, 3.38],
      [1, 3.5],
    ],
    nominal_V: 3.2,
    top_V: 3.65,
    class_V: 3.6,
    confidence: 'uncertain',
    basis: 'typical of LFP with graphite; 172 cells make 550 V, about 295 make 945 V',
  },
}

/** A pack whose resistance was estimated; others of its class follow from it by voltage squared over energy. */
export interface ResistanceClass extends Basis {
  readonly resistance_ohm: number
  readonly nominal_V: number
  readonly energy_kWh: number
}

const estimate: Basis = { confidence: 'uncertain', basis: 'estimate: heat of 3-6 % of power at fast posts' }

export const resistanceClasses = {
  v400: { resistance_ohm: 0.035, nominal_V: 355, energy_kWh: 75, ...estimate },
  v800: { resistance_ohm: 0.085, nominal_V: 700, energy_kWh: 77, ...estimate },
  flash: { resistance_ohm: 0.03, nominal_V: 945, energy_kWh: 83.2, ...estimate },
} satisfies Readonly<Record<string, ResistanceClass>>

/** Packs charged at more than this many times their energy an hour are of the flash class. */
export const FLASH_perh = 8
/** Between the 400 V and the 800 V class. */
export const CLASS_BORDER_V = 550

/** Law of resistance over temperature: R25 exp(k (25 - T)), with one k below 25 degC and another above. */
export const resistanceLaw = { cold_perK: 0.035, warm_perK: 0.008, ...estimate } as const

/** Pack of 75 kWh; others in proportion to their energy. */
export const heatClass = {
  energy_kWh: 75,
  heatCapacity_JperK: 420_000,
  cooling_kW: 6,
  /** Chillers stay between these. */
  leastCooling_kW: 2,
  mostCooling_kW: 15,
  /** To the air around a standing vehicle: half of a difference is gone after some eight hours. */
  exchange_WperK: 10,
  confidence: 'uncertain',
  basis: 'estimate: 300-600 kJ/K and 2-15 kW are seen in cars',
} as const

/** Cooling starts at the first and is full at the second; a heater is full up to the first and off at the second. */
export const coolingRange_degC = [28, 36] as const
export const heatingRange_degC = [15, 20] as const

/** Share of the curve a pack accepts over its temperature. */
export const acceptance: Basis & { readonly points: TablePoints } = {
  points: [
    [-20, 0.06],
    [-10, 0.15],
    [0, 0.3],
    [10, 0.52],
    [18, 0.8],
    [24, 1],
    [45, 1],
    [52, 0.5],
    [58, 0.1],
  ],
  confidence: 'uncertain',
  basis: 'fitted to 30 min from 10 to 80 % of an Ioniq 5 whose pack is taken to start at 7 degC',
}

/** Energy at the plug over energy into the pack: cabin, pumps, resistance. */
export const overhead = {
  factor: 1.06,
  confidence: 'uncertain',
  basis: 'estimate: 1.02 to 1.13 were published',
} as const
