import { resistanceLaw } from './classes.ts'
import type { ResistanceRange } from './envelope.ts'
import { LineTable } from './line-table.ts'
import type { PackParameters } from './parameters.ts'

/**
 * Acceptance is known in steps of one over this. A step is about what half a kelvin changes on the steepest part of the
 * usual curve; the power is off by at most half a step of the full curve.
 */
export const ACCEPTANCE_STEPS = 64

const REFERENCE_degC = 25

/** Resistance at a temperature as a share of that at 25 degC. */
export function resistance_frac(temperature_degC: number): number {
  const below_K = REFERENCE_degC - temperature_degC
  return Math.exp((below_K > 0 ? resistanceLaw.cold_perK : resistanceLaw.warm_perK) * below_K)
}

/** Change of the logarithm of resistance with temperature. */
export function resistanceSlope_perK(temperature_degC: number): number {
  return -(temperature_degC < REFERENCE_degC ? resistanceLaw.cold_perK : resistanceLaw.warm_perK)
}

/** What temperature does to a pack: share of the curve it accepts, and its resistance. */
export class Acceptance {
  readonly #share: LineTable
  readonly #resistance_ohm: number

  constructor(pack: Pick<PackParameters, 'acceptance' | 'resistance_ohm'>) {
    this.#share = new LineTable(pack.acceptance)
    this.#resistance_ohm = pack.resistance_ohm
  }

  at_frac(temperature_degC: number): number {
    return this.#share.at(temperature_degC)
  }

  resistance_ohm(temperature_degC: number): number {
    return this.#resistance_ohm * resistance_frac(temperature_degC)
  }

  /** How much warmer a pack gets before its acceptance changes. */
  evenAbove_K(temperature_degC: number): number {
    const region = this.#share.region(temperature_degC)
    return this.#share.slopeIn(region) === 0 ? this.#share.endOf(region) - temperature_degC : 0
  }

  /** How much colder a pack gets before its acceptance changes. */
  evenBelow_K(temperature_degC: number): number {
    const region = this.#share.region(temperature_degC)
    return this.#share.slopeIn(region) === 0 ? temperature_degC - this.#share.startOf(region) : 0
  }

  /** Number of the nearest step of acceptance, from 1 (next to nothing) to `ACCEPTANCE_STEPS` (the whole curve). */
  level(temperature_degC: number): number {
    return Math.max(1, Math.round(this.#share.at(temperature_degC) * ACCEPTANCE_STEPS))
  }

  /** Resistances at the hottest and the coldest temperature with this acceptance. */
  resistances(level: number): ResistanceRange {
    const share = level / ACCEPTANCE_STEPS
    return {
      low_ohm: this.resistance_ohm(this.#hottest_degC(share)),
      high_ohm: this.resistance_ohm(this.#coldest_degC(share)),
    }
  }

  #coldest_degC(share: number): number {
    const { size, x, y, slope } = this.#share
    for (let i = 0; i < size; i++) {
      if ((y[i] as number) < share) continue
      return i === 0 ? (x[0] as number) : (x[i] as number) - ((y[i] as number) - share) / (slope[i - 1] as number)
    }
    return REFERENCE_degC
  }

  #hottest_degC(share: number): number {
    const { size, x, y, slope } = this.#share
    for (let i = size - 1; i >= 0; i--) {
      if ((y[i] as number) < share) continue
      return i === size - 1 ? (x[i] as number) : (x[i] as number) + (share - (y[i] as number)) / (slope[i] as number)
    }
    return REFERENCE_degC
  }
}
