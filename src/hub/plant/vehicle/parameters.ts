import type { CellChemistry, Confidence, Vehicle } from '../../standards/schema/index.ts'
import {
  acceptance,
  CLASS_BORDER_V,
  cellKinds,
  coolingRange_degC,
  FLASH_perh,
  heatClass,
  heatingRange_degC,
  overhead,
  type ResistanceClass,
  resistanceClasses,
} from './classes.ts'
import type { TablePoints } from './line-table.ts'

/** A traction battery as physics. Everything at the terminals of the pack. */
export interface PackParameters {
  readonly chemistry: CellChemistry
  /** Cells in series; not whole where it follows from a voltage. */
  readonly series: number
  /** False where the voltage is that of a class only: then no limit of a post's voltage can be told from it. */
  readonly voltageTold: boolean
  /** Voltage at which charging current must fall (constant-voltage phase). */
  readonly max_V: number
  /** Open-circuit voltage over state of charge. */
  readonly openCircuit: TablePoints
  /** At 25 degC. */
  readonly resistance_ohm: number
  readonly heatCapacity_JperK: number
  readonly exchange_WperK: number
  /** Power of heater (above zero) or cooling (below) over pack temperature, in kW. */
  readonly conditioning: TablePoints
  /** Share of the curve the pack accepts over its temperature. */
  readonly acceptance: TablePoints
  /** Energy at the plug from empty to full; null: battery size unknown. */
  readonly fullCharge_kWh: number | null
  /** That of the weakest figure: laws over temperature are estimates for every pack. */
  readonly confidence: Confidence
  /** Attributes of the record that were filled in by class, by their path. */
  readonly assumed: readonly string[]
}

type Cells = NonNullable<Vehicle['pack']['cells']>

/** The record with what is missing, as far as it is asked for. */
interface Told {
  readonly record: Vehicle
  readonly cells: Partial<Cells>
  readonly energy_kWh: number | null
  readonly assumed: string[]
}

/** A value the record states, else the one of the class, which is noted. */
function toldOr<K extends keyof Cells>(
  { cells, assumed }: Told,
  key: K,
  otherwise: NonNullable<Cells[K]>,
): NonNullable<Cells[K]> {
  const stated = cells[key]
  if (stated !== undefined && stated !== null) return stated
  assumed.push(`pack.cells.${key}`)
  return otherwise
}

function usualChemistry({ class: kind }: Vehicle): CellChemistry {
  return kind === 'truck' || kind === 'bus' ? 'LFP' : 'NMC'
}

interface Voltage {
  readonly series: number
  readonly max_V: number
  readonly told: boolean
}

/**
 * Cells in series and voltage of the full pack. A stated number of cells wins, then the highest voltage, then the nominal
 * one. With both voltages the nominal one counts cells, as far as a full pack then neither passes the highest voltage nor
 * stays below it with every cell at its own.
 */
function voltageOf({ record, cells, assumed }: Told, chemistry: CellChemistry): Voltage | null {
  const { nominal_V, max_V, class_V, architecture_V } = record.pack
  const kind = cellKinds[chemistry]
  const full_V = kind.openCircuit.at(-1)?.[1] ?? kind.top_V
  if (cells.series) return { series: cells.series, max_V: max_V ?? cells.series * kind.top_V, told: true }
  assumed.push('pack.cells.series')
  if (max_V !== null) {
    const counted = nominal_V === null ? 0 : nominal_V / kind.nominal_V
    return { series: Math.min(Math.max(counted, max_V / kind.top_V), max_V / full_V), max_V, told: true }
  }
  if (nominal_V !== null) {
    const series = nominal_V / kind.nominal_V
    return { series, max_V: series * kind.top_V, told: true }
  }
  const advertised_V = class_V ?? architecture_V
  if (advertised_V === null) return null
  const series = advertised_V / kind.class_V
  return { series, max_V: series * kind.top_V, told: false }
}

function resistanceClass(nominal_V: number, { record, energy_kWh }: Told): ResistanceClass {
  const peak_kW = record.maxPower_kW
  if (peak_kW !== null && energy_kWh !== null && peak_kW > FLASH_perh * energy_kWh) return resistanceClasses.flash
  return nominal_V < CLASS_BORDER_V ? resistanceClasses.v400 : resistanceClasses.v800
}

/** Resistance of a pack by that of its class: more cells in series raise it, more energy (cells side by side) lowers it. */
function classResistance_ohm(nominal_V: number, told: Told): number {
  const known = resistanceClass(nominal_V, told)
  const energy_kWh = told.energy_kWh ?? known.energy_kWh
  return known.resistance_ohm * (nominal_V / known.nominal_V) ** 2 * (known.energy_kWh / energy_kWh)
}

function classCooling_kW(share: number): number {
  const { cooling_kW, leastCooling_kW, mostCooling_kW } = heatClass
  return Math.min(mostCooling_kW, Math.max(leastCooling_kW, cooling_kW * share))
}

/** Heater and cooling over pack temperature: each ramps between its two temperatures, with nothing in between. */
export function conditioningPoints(heater_kW: number, cooling_kW: number): TablePoints {
  return [
    [heatingRange_degC[0], heater_kW],
    [heatingRange_degC[1], 0],
    [coolingRange_degC[0], 0],
    [coolingRange_degC[1], -cooling_kW],
  ]
}

/**
 * The pack of a vehicle: what its record states, the rest by class (`classes.ts`), each assumption named. Null where no
 * voltage of it is known, not even a class.
 */
export function packParameters(record: Vehicle): PackParameters | null {
  const energy_kWh = record.pack.usable_kWh ?? record.pack.gross_kWh
  const told: Told = { record, cells: record.pack.cells ?? {}, energy_kWh, assumed: [] }
  const chemistry = toldOr(told, 'chemistry', usualChemistry(record))
  const voltage = voltageOf(told, chemistry)
  if (voltage === null) return null
  const kind = cellKinds[chemistry]
  const share = energy_kWh === null ? 1 : energy_kWh / heatClass.energy_kWh
  const resistance_ohm = toldOr(told, 'resistance_ohm', classResistance_ohm(voltage.series * kind.nominal_V, told))
  const heatCapacity_JperK = toldOr(told, 'heatCapacity_JperK', heatClass.heatCapacity_JperK * share)
  const conditioning = conditioningPoints(
    toldOr(told, 'heater_kW', 0),
    toldOr(told, 'cooling_kW', classCooling_kW(share)),
  )
  return {
    chemistry,
    series: voltage.series,
    voltageTold: voltage.told,
    max_V: voltage.max_V,
    openCircuit: kind.openCircuit.map(([soc_frac, cell_V]) => [soc_frac, cell_V * voltage.series] as const),
    resistance_ohm,
    heatCapacity_JperK,
    exchange_WperK: heatClass.exchange_WperK,
    conditioning,
    acceptance: acceptance.points,
    fullCharge_kWh: energy_kWh === null ? null : energy_kWh * overhead.factor,
    confidence: acceptance.confidence,
    assumed: told.assumed,
  }
}
