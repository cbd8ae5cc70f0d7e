import type { AllocationPolicy } from './policy.ts'

/** Share of rated power over the temperature of the air: full below the first row, linear between, the last holds above.
 *  Of two rows at one temperature, a step, the first holds there. */
export type DeratingTable = readonly { readonly ambient_degC: number; readonly power_frac: number }[]

/** Thin air cools less: power falls in proportion to the height above `from_m`. */
export interface AltitudeDerating {
  readonly from_m: number
  readonly fall_perkm: number
}

/** Loss as a share of rated power at load x: k0 + k1 x + k2 x^2 (reference_V / V)^2. */
export interface ModuleLoss {
  readonly noLoad_frac: number
  readonly linear_frac: number
  readonly square_frac: number
  /** Output voltage with halves in parallel (twice that in series) for which k2 holds; null: k2 holds at all voltages. */
  readonly reference_V: number | null
}

/** A module of two halves: in parallel for low, in series for high voltages, chosen by the voltage asked for. */
export interface SeriesHalves {
  /** A higher voltage asked for puts the halves in series. */
  readonly up_V: number
  /** A lower one puts them back in parallel. */
  readonly down_V: number
  /** Highest current of the module with its halves in series. */
  readonly seriesCurrent_A: number
  /** The output is off while it changes. */
  readonly off_s: number
  /** While in parallel each half can serve another output. */
  readonly separable: boolean
}

/** A power module as sold. */
export interface ModuleParameters {
  readonly power_kW: number
  readonly minVoltage_V: number
  readonly maxVoltage_V: number
  /** Halves in parallel. Rated power is reached from power / current on. */
  readonly maxCurrent_A: number
  /** Null: one converter for all voltages. */
  readonly halves: SeriesHalves | null
  readonly loss: ModuleLoss
  /** By the air at the module. */
  readonly derating: DeratingTable
}

export interface OutputParameters {
  /** Infinity: modules decide. */
  readonly maxCurrent_A: number
  /** Infinity: modules decide. */
  readonly maxPower_kW: number
}

/**
 * What reaches what. Modules and outputs count from 0.
 * - full: every module every output
 * - partial: `reach` lists the outputs of each module
 * - ring: modules stand on a loop, an output takes neighbours, among them the one at its `homes` entry
 * - paired: modules 2i and 2i + 1 have a switch between them; the first of a pair reaches the first half of the outputs, the second the
 *   other half, both together every output
 * - bus: one DC bus, a converter at each output; power is continuous
 */
export type MatrixParameters =
  | { readonly kind: 'full' | 'paired' | 'bus' }
  | { readonly kind: 'partial'; readonly reach: readonly (readonly number[])[] }
  | { readonly kind: 'ring'; readonly homes: readonly number[] }

/** Power electronics in one housing: modules by position, the matrix, outputs. */
export interface CabinetParameters {
  readonly modules: readonly ModuleParameters[]
  readonly outputs: readonly OutputParameters[]
  readonly matrix: MatrixParameters
  /** Of all outputs together; Infinity: that of the modules. */
  readonly maxPower_kW: number
  /** A module gives nothing for so long when it moves: ramp down, open, match voltage, close, ramp up. */
  readonly move_s: number
  readonly policy: AllocationPolicy
  /** By ambient temperature, for the cabinet as a whole. */
  readonly derating: DeratingTable
  readonly altitude: AltitudeDerating | null
  /** Air at the modules over ambient. */
  readonly airRise_K: number
  /** Lost in DC bus and matrix, as a share of what modules give. */
  readonly busLoss_frac: number
  /** Fans, as a share of what modules give. */
  readonly fans_frac: number
  /** Control electronics, always. */
  readonly standby_W: number
}
