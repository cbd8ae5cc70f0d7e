import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import { Acceptance, resistanceSlope_perK } from './acceptance.ts'
import { type Electrics, packElectrics } from './electrics.ts'
import { PackSlot } from './heat.ts'
import { LineTable } from './line-table.ts'
import type { PackParameters } from './parameters.ts'
import { phi1, phi2 } from './phi.ts'
import { layerWear_perh, platingWear } from './wear.ts'

const JOULES_PER_KILOJOULE = 1000
const WATTS_PER_KILOWATT = 1000
/** A rest of time below this changes nothing. */
const NOTHING_s = 1e-9
/** Closer than this to a bend of the law of conditioning is on it. */
const ON_BEND_K = 1e-9
/** No part is shorter: rounding at a bend must not stop time. */
const LEAST_s = 1e-3

/** What flowed in a time, as far as it is known afterwards. The caller uses one object again. */
export interface Flow {
  duration_s: number
  /** Integral of the square of the power at the plug. */
  square_kW2h: number
  from_frac: number
  to_frac: number
  capacity_kWh: number
  ambient_degC: number
}

/** A part of a charge on which a power is never passed. */
export interface ChargePart {
  readonly most_kW: number
  readonly from_frac: number
  readonly to_frac: number
}

/**
 * Packs of one kind while their acceptance cannot change: nobody has to know how warm they are at every moment, so they are brought
 * up seldom, from integrals of what flowed. Resistance is straight in temperature over such a step, C dT/dt = I^2 R(T) +
 * conditioning(T) + G (ambient - T) therefore linear between bends of the law of conditioning, and its exact solution is taken at
 * the current that heats like that of the step. State as `PackHeat` has it.
 */
export class EvenHeat {
  readonly #acceptance: Acceptance
  readonly #electrics: Electrics
  readonly #conditioning: LineTable
  readonly #capacity_kJperK: number
  readonly #exchange_kWperK: number
  /** Packs below the first are heated, those above the second are cooled. */
  readonly #heated_degC: number
  readonly #cooled_degC: number
  /** The equation of the part at work: y' = rate y + start for the rise y over the temperature now. */
  #rate_pers = 0.5
  #start_Kpers = 0.5
  #temperature_degC = 0.5

  constructor(pack: PackParameters) {
    this.#acceptance = new Acceptance(pack)
    this.#electrics = packElectrics(pack)
    this.#conditioning = new LineTable(pack.conditioning)
    this.#capacity_kJperK = pack.heatCapacity_JperK / JOULES_PER_KILOJOULE
    this.#exchange_kWperK = pack.exchange_WperK / JOULES_PER_KILOJOULE
    this.#heated_degC = lastAbove0(pack.conditioning)
    this.#cooled_degC = -lastAbove0(pack.conditioning.map(([x, y]) => [-x, -y] as const).reverse())
  }

  /** Brings a pack to the end of a time. size: hot loop */
  advance(state: Float64Array, at: number, flow: Flow): void {
    const { duration_s, from_frac, to_frac } = flow
    if (duration_s <= NOTHING_s) return
    const before_degC = state[at + PackSlot.temperature] as number
    const middle_frac = (from_frac + to_frac) / 2
    const rms_kW = Math.sqrt(Math.max(0, (flow.square_kW2h * SECONDS_PER_HOUR) / duration_s))
    this.#temperature_degC = before_degC
    let heat_kJ = 0
    let area_Ks = 0
    let left_s = duration_s
    while (left_s > NOTHING_s) {
      const pack_ohm = this.#acceptance.resistance_ohm(this.#temperature_degC)
      const current_A = rms_kW === 0 ? 0 : this.#electrics.current_A(rms_kW, middle_frac, pack_ohm)
      const heat_kW = (current_A * current_A * pack_ohm) / WATTS_PER_KILOWATT
      const fall_perK = resistanceSlope_perK(this.#temperature_degC)
      const part_s = this.#part_s(heat_kW, fall_perK, flow.ambient_degC, left_s)
      const z = this.#rate_pers * part_s
      const partArea_Ks = this.#start_Kpers * part_s * part_s * phi2(z)
      heat_kJ += heat_kW * (part_s + fall_perK * partArea_Ks)
      area_Ks += (this.#temperature_degC - before_degC) * part_s + partArea_Ks
      this.#temperature_degC += this.#start_Kpers * part_s * phi1(z)
      left_s -= part_s
    }
    state[at + PackSlot.temperature] = this.#temperature_degC
    state[at + PackSlot.heat_kWh] = (state[at + PackSlot.heat_kWh] as number) + heat_kJ / SECONDS_PER_HOUR
    if (rms_kW === 0) return
    const mean_degC = before_degC + area_Ks / duration_s
    const charged2_perh = flow.square_kW2h / (flow.capacity_kWh * flow.capacity_kWh)
    const layer = layerWear_perh(mean_degC) * (duration_s / SECONDS_PER_HOUR)
    const wear = layer + platingWear(mean_degC, charged2_perh, middle_frac)
    state[at + PackSlot.wear] = (state[at + PackSlot.wear] as number) + wear
  }

  /** Sets the equation from the temperature now on; how long it holds: to the next bend of the law of conditioning, at most `left_s`. */
  #part_s(heat_kW: number, fall_perK: number, ambient_degC: number, left_s: number): number {
    const here_degC = this.#temperature_degC
    const law = this.#conditioning
    const exchange_kW = this.#exchange_kWperK * (ambient_degC - here_degC)
    const start_Kpers = (heat_kW + law.at(here_degC) + exchange_kW) / this.#capacity_kJperK
    const region = law.region(here_degC + (start_Kpers < 0 ? -ON_BEND_K : ON_BEND_K))
    const rate_pers = (law.slopeIn(region) + heat_kW * fall_perK - this.#exchange_kWperK) / this.#capacity_kJperK
    this.#start_Kpers = start_Kpers
    this.#rate_pers = rate_pers
    const bend_K = (start_Kpers < 0 ? law.startOf(region) : law.endOf(region)) - here_degC
    if (!Number.isFinite(bend_K) || start_Kpers === 0) return left_s
    const grown = (bend_K * rate_pers) / start_Kpers
    if (grown <= -1) return left_s
    const bend_s = rate_pers === 0 ? bend_K / start_Kpers : Math.log1p(grown) / rate_pers
    return Math.min(left_s, Math.max(LEAST_s, bend_s))
  }

  /**
   * How much heat, kJ, a pack certainly takes before its acceptance changes, however fast or slowly it comes: nothing of it is
   * cooled away. Infinity where it never changes above; 0: at once, or nothing can be said.
   */
  spare_kJ(state: Float64Array, at: number, ambient_degC: number): number {
    const temperature_degC = state[at + PackSlot.temperature] as number
    if (!Number.isFinite(this.#acceptance.evenBelow_K(temperature_degC))) return 0
    const upper_degC = temperature_degC + this.#acceptance.evenAbove_K(temperature_degC)
    const warmed_degC = Math.max(temperature_degC, ambient_degC, this.#heated_degC)
    return Math.max(0, upper_degC - warmed_degC) * this.#capacity_kJperK
  }

  /** For how long a pack certainly does not get so cold that its acceptance changes, though nothing heats it. */
  warmFor_s(state: Float64Array, at: number, ambient_degC: number): number {
    const temperature_degC = state[at + PackSlot.temperature] as number
    const lower_degC = temperature_degC - this.#acceptance.evenBelow_K(temperature_degC)
    if (ambient_degC >= lower_degC) return Number.POSITIVE_INFINITY
    const cooled_degC = Math.min(temperature_degC, this.#cooled_degC)
    if (cooled_degC <= lower_degC) return 0
    const decay_s = this.#capacity_kJperK / this.#exchange_kWperK
    return decay_s * Math.log((cooled_degC - ambient_degC) / (lower_degC - ambient_degC))
  }

  /**
   * Most heat of a part of a charge for each kWh of capacity, kJ: where the pack is nowhere colder than where its acceptance begins to
   * be what it is. Charge is energy over a voltage that is never below the open one, and heat is charge times I R.
   */
  mostHeat_kJperkWh({ most_kW, from_frac, to_frac }: ChargePart, temperature_degC: number): number {
    const coldest_degC = temperature_degC - this.#acceptance.evenBelow_K(temperature_degC)
    const open_V = this.#electrics.openCircuit_V(from_frac)
    const most_A = (most_kW * WATTS_PER_KILOWATT) / open_V
    const charge_kAsperkWh = ((to_frac - from_frac) * SECONDS_PER_HOUR) / open_V
    return most_A * this.#acceptance.resistance_ohm(coldest_degC) * charge_kAsperkWh
  }
}

/** Where a law that is positive at first comes to 0 for good; -Infinity: it is nowhere positive. */
function lastAbove0(law: readonly (readonly [x: number, y: number])[]): number {
  let last = Number.NEGATIVE_INFINITY
  for (const [at, [, y]] of law.entries()) if (y > 0) last = law[at + 1]?.[0] ?? Number.POSITIVE_INFINITY
  return last
}
