import { SECONDS_PER_HOUR } from '../../../base/units/index.ts'
import { Acceptance } from './acceptance.ts'
import { type Electrics, packElectrics } from './electrics.ts'
import { LineTable } from './line-table.ts'
import type { PackParameters } from './parameters.ts'
import { phi1, phi2, phi3 } from './phi.ts'
import { wear_perh } from './wear.ts'

/** Numbers of state a pack has, in an array of the caller. */
export const PACK_STATE = 5
/** Where they are. */
export const PackSlot = { temperature: 0, held: 1, anchor: 2, heat_kWh: 3, wear: 4 } as const
const TEMPERATURE = PackSlot.temperature
/** Temperature at which acceptance and resistance are taken until the next update. */
const HELD = PackSlot.held
/** Temperature at the last update. */
const ANCHOR = PackSlot.anchor
const HEAT = PackSlot.heat_kWh
const WEAR = PackSlot.wear

/** Acceptance and resistance are taken anew when the pack has become this much warmer or colder. */
export const UPDATE_K = 0.5
/** The same where acceptance does not change: there resistance alone does, by 2 %. */
export const EVEN_UPDATE_K = 2.5
/** While power flows, a part of an advance lasts no longer, fills no more and changes power by no greater exponent. */
const PART_s = 60
const PART_frac = 0.025
const PART_EXPONENT = 0.1
const JOULES_PER_KILOJOULE = 1000
/** Closer than this to a bend of the law of conditioning is on it. */
const ON_BEND_K = 1e-9
const ROOT_STEPS = 80
/** A rest of time below this changes nothing. */
const NOTHING_s = 1e-9
/** An exponent below this changes nothing. */
const STRAIGHT = 1e-12
/** No part is shorter: rounding at a point of the voltage curve or at a bend must not stop time. */
const LEAST_s = 1e-3

/** What flows from a moment on, as the engine counts it: power is P exp(growth t). The caller uses one object again. */
export interface Draw {
  soc_frac: number
  /** At the plug. */
  power_kW: number
  /** Change of power as a share of it, an hour; 0 for constant power. */
  growth: number
  capacity_kWh: number
  ambient_degC: number
}

/**
 * Temperature of packs of one kind: C dT/dt = I^2 R + conditioning(T) + G (ambient - T).
 *
 * Between two updates R is that of a temperature held fixed, half a step ahead in the direction the pack came from. Then the
 * equation is linear on each straight stretch of the law of conditioning: heat is a parabola through three of its values on
 * each part of an advance (at most a minute, no point of the voltage curve inside), and the exact solution for such heat
 * is taken. What the engine splits changes the temperature by less than 1e-5 K.
 *
 * State lies in an array of the caller: `PACK_STATE` numbers from `at` on.
 */
export class PackHeat {
  readonly acceptance: Acceptance
  readonly #electrics: Electrics
  readonly #conditioning: LineTable
  readonly #capacity_kJperK: number
  readonly #exchange_kWperK: number
  /** Where a computation stands. */
  #soc_frac = 0.5
  #power_kW = 0.5
  #temperature_degC = 0.5
  /** Next part: y' = rate y + start + first t + second t^2 for the rise y over the temperature now. */
  #rate_pers = 0.5
  #heat_kW = 0.5
  #start = 0.5
  #first = 0.5
  #second = 0.5

  constructor(pack: PackParameters) {
    this.acceptance = new Acceptance(pack)
    this.#electrics = packElectrics(pack)
    this.#conditioning = new LineTable(pack.conditioning)
    this.#capacity_kJperK = pack.heatCapacity_JperK / JOULES_PER_KILOJOULE
    this.#exchange_kWperK = pack.exchange_WperK / JOULES_PER_KILOJOULE
  }

  /** A pack arrives. */
  start(state: Float64Array, at: number, temperature_degC: number): void {
    state[at + TEMPERATURE] = temperature_degC
    state[at + HELD] = temperature_degC
    state[at + ANCHOR] = temperature_degC
    state[at + HEAT] = 0
    state[at + WEAR] = 0
  }

  temperature_degC(state: Float64Array, at: number): number {
    return state[at + TEMPERATURE] as number
  }

  /** Resistance since the last update: what `Electrics` asks for. */
  resistance_ohm(state: Float64Array, at: number): number {
    return this.acceptance.resistance_ohm(state[at + HELD] as number)
  }

  /** Step of acceptance since the last update: names the profile. */
  level(state: Float64Array, at: number): number {
    return this.acceptance.level(state[at + HELD] as number)
  }

  /** Heat the resistance gave since the arrival. */
  heat_kWh(state: Float64Array, at: number): number {
    return state[at + HEAT] as number
  }

  /** Index of wear since the arrival (see `wear.ts`): uncertain. */
  wear(state: Float64Array, at: number): number {
    return state[at + WEAR] as number
  }

  /** Takes acceptance and resistance anew; returns the step of acceptance from now on. */
  update(state: Float64Array, at: number): number {
    const temperature_degC = state[at + TEMPERATURE] as number
    const anchor_degC = state[at + ANCHOR] as number
    const up_K = temperature_degC > anchor_degC ? this.#updateAbove_K(temperature_degC) : 0
    const down_K = temperature_degC < anchor_degC ? this.#updateBelow_K(temperature_degC) : 0
    state[at + HELD] = temperature_degC + (up_K - down_K) / 2
    state[at + ANCHOR] = temperature_degC
    return this.level(state, at)
  }

  /** Advances a pack by a time in which `draw` holds. */
  advance(state: Float64Array, at: number, draw: Draw, duration_s: number): void {
    const pack_ohm = this.resistance_ohm(state, at)
    this.#stand(state, at, draw)
    let left_s = duration_s
    while (left_s > NOTHING_s) {
      const until_s = this.#untilBend_s(this.#prepare(draw, pack_ohm, left_s))
      state[at + HEAT] = (state[at + HEAT] as number) + this.#heatOfPart_kWh(until_s)
      state[at + WEAR] = (state[at + WEAR] as number) + this.#wearOfPart(draw, until_s)
      this.#move(draw, until_s)
      left_s -= until_s
    }
    state[at + TEMPERATURE] = this.#temperature_degC
  }

  /**
   * Seconds until the next update is due, when the pack will be half a kelvin from where the last one was, or farther where
   * acceptance does not change; Infinity when that is not within `horizon_s`.
   */
  untilUpdate_s(state: Float64Array, at: number, draw: Draw, horizon_s: number): number {
    const pack_ohm = this.resistance_ohm(state, at)
    const anchor_degC = state[at + ANCHOR] as number
    const upper_degC = anchor_degC + this.#updateAbove_K(anchor_degC)
    const lower_degC = anchor_degC - this.#updateBelow_K(anchor_degC)
    this.#stand(state, at, draw)
    let passed_s = 0
    while (passed_s < horizon_s) {
      const part_s = this.#untilBend_s(this.#prepare(draw, pack_ohm, horizon_s - passed_s))
      const end_degC = this.#temperature_degC + this.#rise_K(part_s)
      if (end_degC >= upper_degC) return passed_s + this.#untilRise_s(upper_degC, part_s)
      if (end_degC <= lower_degC) return passed_s + this.#untilRise_s(lower_degC, part_s)
      this.#move(draw, part_s)
      passed_s += part_s
    }
    return Number.POSITIVE_INFINITY
  }

  #updateAbove_K(temperature_degC: number): number {
    return updateStep_K(this.acceptance.evenAbove_K(temperature_degC))
  }

  #updateBelow_K(temperature_degC: number): number {
    return updateStep_K(this.acceptance.evenBelow_K(temperature_degC))
  }

  #stand(state: Float64Array, at: number, draw: Draw): void {
    this.#temperature_degC = state[at + TEMPERATURE] as number
    this.#soc_frac = draw.soc_frac
    this.#power_kW = draw.power_kW
  }

  /** Sets the equation of the next part, no longer than `limit_s`; returns how long it holds. */
  #prepare(draw: Draw, pack_ohm: number, limit_s: number): number {
    const part_s = Math.min(limit_s, this.#evenFor_s(draw))
    const now_kW = this.#heatAfter_kW(draw, pack_ohm, 0)
    const half_kW = this.#heatAfter_kW(draw, pack_ohm, part_s / 2)
    const end_kW = this.#heatAfter_kW(draw, pack_ohm, part_s)
    this.#heat_kW = now_kW
    const heatCapacity = this.#capacity_kJperK
    const exchange_kW = this.#exchange_kWperK * (draw.ambient_degC - this.#temperature_degC)
    this.#start = (now_kW + this.#conditioning.at(this.#temperature_degC) + exchange_kW) / heatCapacity
    this.#first = (4 * half_kW - 3 * now_kW - end_kW) / (part_s * heatCapacity)
    this.#second = (2 * (now_kW - 2 * half_kW + end_kW)) / (part_s * part_s * heatCapacity)
    this.#rate_pers = (this.#conditioning.slopeIn(this.#region()) - this.#exchange_kWperK) / heatCapacity
    return part_s
  }

  /** For how long heat is near a parabola. */
  #evenFor_s(draw: Draw): number {
    if (this.#power_kW <= 0) return Number.POSITIVE_INFINITY
    const byGrowth_s = (PART_EXPONENT * SECONDS_PER_HOUR) / Math.abs(draw.growth)
    const byFilling_s = (PART_frac * draw.capacity_kWh * SECONDS_PER_HOUR) / this.#power_kW
    return Math.max(LEAST_s, Math.min(PART_s, byGrowth_s, byFilling_s, this.#untilKnot_s(draw)))
  }

  /** Stretch of the law of conditioning the temperature is in or, on a bend, moves into. */
  #region(): number {
    return this.#conditioning.region(this.#temperature_degC + (this.#start < 0 ? -ON_BEND_K : ON_BEND_K))
  }

  /** Time to the next point of the voltage curve. */
  #untilKnot_s(draw: Draw): number {
    const { open } = this.#electrics
    const knot_frac = open.endOf(open.region(this.#soc_frac))
    if (knot_frac === Number.POSITIVE_INFINITY) return knot_frac
    const full_kWh = (knot_frac - this.#soc_frac) * draw.capacity_kWh
    const exponent = (full_kWh * draw.growth) / this.#power_kW
    if (exponent <= -1) return Number.POSITIVE_INFINITY
    const bent = Math.abs(exponent) < STRAIGHT ? 1 : Math.log1p(exponent) / exponent
    const hours_h = (bent * full_kWh) / this.#power_kW
    return hours_h * SECONDS_PER_HOUR
  }

  /** Heat of the resistance some time from where the computation stands: I^2 R. */
  #heatAfter_kW(draw: Draw, pack_ohm: number, after_s: number): number {
    if (this.#power_kW <= 0) return 0
    const power_kW = this.#power_kW * Math.exp(draw.growth * (after_s / SECONDS_PER_HOUR))
    const soc_frac = this.#soc_frac + gained_frac(draw, this.#power_kW, after_s)
    const current_A = this.#electrics.current_A(power_kW, soc_frac, pack_ohm)
    return (current_A * current_A * pack_ohm) / JOULES_PER_KILOJOULE
  }

  /** How far the temperature rises in a part of the prepared equation. */
  #rise_K(after_s: number): number {
    const z = this.#rate_pers * after_s
    const bent =
      this.#first === 0 && this.#second === 0 ? 0 : this.#first * phi2(z) + 2 * this.#second * after_s * phi3(z)
    return after_s * (this.#start * phi1(z) + after_s * bent)
  }

  /** Time to where the law of conditioning bends, at most `part_s`. */
  #untilBend_s(part_s: number): number {
    const region = this.#region()
    const end_degC = this.#temperature_degC + this.#rise_K(part_s)
    const upper_degC = this.#conditioning.endOf(region)
    const lower_degC = this.#conditioning.startOf(region)
    if (end_degC <= upper_degC + ON_BEND_K && end_degC >= lower_degC - ON_BEND_K) return part_s
    const bend_degC = end_degC > upper_degC ? upper_degC : lower_degC
    return Math.min(part_s, Math.max(LEAST_s, this.#untilRise_s(bend_degC, part_s)))
  }

  /** Time at which a temperature is reached that the end of the part lies beyond: bisection with secants. */
  #untilRise_s(temperature_degC: number, part_s: number): number {
    const wanted_K = temperature_degC - this.#temperature_degC
    let low_s = 0
    let high_s = part_s
    let low_K = -wanted_K
    let high_K = this.#rise_K(part_s) - wanted_K
    if (low_K * high_K > 0) return 0
    for (let step = 0; step < ROOT_STEPS && high_s - low_s > 1e-12 * part_s; step++) {
      const even = step % 3 === 2
      const middle_s = even ? (low_s + high_s) / 2 : low_s + ((high_s - low_s) * low_K) / (low_K - high_K)
      const middle_K = this.#rise_K(middle_s) - wanted_K
      if (middle_K === 0) return middle_s
      if (middle_K * low_K > 0) {
        low_s = middle_s
        low_K = middle_K
      } else {
        high_s = middle_s
        high_K = middle_K
      }
    }
    return high_s
  }

  #heatOfPart_kWh(after_s: number): number {
    const heatCapacity = this.#capacity_kJperK
    const bent_kJ = heatCapacity * after_s * after_s * (this.#first / 2 + (this.#second * after_s) / 3)
    return (this.#heat_kW * after_s + bent_kJ) / SECONDS_PER_HOUR
  }

  /** Simpson's rule over the part. */
  #wearOfPart({ capacity_kWh, growth }: Draw, part_s: number): number {
    if (this.#power_kW <= 0) return 0
    const hours_h = part_s / SECONDS_PER_HOUR
    const rate_perh = this.#power_kW / capacity_kWh
    const half = rate_perh * Math.exp((growth * hours_h) / 2)
    const end = rate_perh * Math.exp(growth * hours_h)
    const mean_perh = (rate_perh + 4 * half + end) / 6
    const halfGain_frac = ((rate_perh + half) / 2) * (hours_h / 2)
    const warm_degC = this.#temperature_degC
    const sum =
      wear_perh(warm_degC, rate_perh, this.#soc_frac) +
      4 * wear_perh(warm_degC + this.#rise_K(part_s / 2), half, this.#soc_frac + halfGain_frac) +
      wear_perh(warm_degC + this.#rise_K(part_s), end, this.#soc_frac + mean_perh * hours_h)
    return (sum * hours_h) / 6
  }

  #move(draw: Draw, part_s: number): void {
    const rise_K = this.#rise_K(part_s)
    this.#soc_frac += gained_frac(draw, this.#power_kW, part_s)
    this.#power_kW *= Math.exp(draw.growth * (part_s / SECONDS_PER_HOUR))
    this.#temperature_degC += rise_K
  }
}

/** How far the temperature may run to the next update when acceptance stays the same for so far. */
function updateStep_K(even_K: number): number {
  return Math.min(EVEN_UPDATE_K, Math.max(UPDATE_K, even_K))
}

/** State of charge gained in a time from a power on: the integral of P exp(growth t) over the capacity. */
function gained_frac({ growth, capacity_kWh }: Draw, power_kW: number, after_s: number): number {
  const hours_h = after_s / SECONDS_PER_HOUR
  return (power_kW * hours_h * phi1(growth * hours_h)) / capacity_kWh
}
