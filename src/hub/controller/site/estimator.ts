import type { Network, StateStore } from '../../plant/index.ts'
import { CurveTable } from './curves.ts'
import type { ControllerSettings, HubDescription } from './description.ts'
import type { Ledger } from './ledger.ts'

/** A vehicle whose draw is further than this from its curve is another one: the curve counts no more. */
const CURVE_RATIO_MIN = 0.6
const CURVE_RATIO_MAX = 1.4
/** Draw below this is none. */
const NOTHING_kW = 0.3
/** Weight of the newest fall of a draw. */
const NEW = 0.5
/** A falling draw is not followed below this part of the last reading. */
const LEAST_LEFT = 0.7

/**
 * Estimates what each vehicle can take. One that draws less than its limit shows its own bound; one that fills its limit can
 * take at least that, and until it has shown a bound it is taken to be able to take all its EVSE can give. A vehicle that fills
 * the margin kept above its bound is tried in steps that double, until it leaves some of a step: so bumps of a curve are found.
 */
export class Estimator {
  readonly #settings: ControllerSettings
  readonly #ledger: Ledger
  readonly #curves: CurveTable
  readonly #rating_kW: Float64Array
  readonly #floor_kW: Float64Array
  readonly session: Int32Array
  readonly plugged_s: Float64Array
  readonly draw_kW: Float64Array
  readonly measured_s: Float64Array
  /** Out: what it can take. */
  readonly want_kW: Float64Array
  /** Bound it showed, Infinity: none so far; the last step above it; how fast it falls, in kW a second. */
  readonly #own_kW: Float64Array
  readonly #step_kW: Float64Array
  readonly #fall: Float64Array
  readonly #started: Int32Array
  readonly #canTake_kW: Float64Array
  readonly #soc_frac: Float64Array
  readonly #curve: Int32Array
  readonly #ratio: Float64Array
  readonly #hot: Int32Array

  // size: one line an array
  constructor(network: Network, hub: HubDescription, parts: EstimatorParts, store: StateStore) {
    const { slots, placeOfSlot, rating_kW } = network
    const f64 = (value: number): Float64Array => store.f64(slots).fill(value)
    this.#settings = parts.settings
    this.#ledger = parts.ledger
    this.#curves = new CurveTable(hub.curves ?? [])
    this.#rating_kW = rating_kW
    this.#floor_kW = Float64Array.from(placeOfSlot, (evse) => hub.evses[evse]?.floor_kW ?? 0)
    this.session = store.i32(slots)
    this.plugged_s = f64(Number.NEGATIVE_INFINITY)
    this.draw_kW = f64(0)
    this.measured_s = f64(Number.NEGATIVE_INFINITY)
    this.want_kW = f64(0)
    this.#own_kW = f64(Number.POSITIVE_INFINITY)
    this.#step_kW = f64(0)
    this.#fall = f64(0)
    this.#started = store.i32(slots)
    this.#canTake_kW = f64(Number.NaN)
    this.#soc_frac = f64(Number.NaN)
    this.#curve = store.i32(slots).fill(-1)
    this.#ratio = f64(1)
    this.#hot = store.i32(slots)
  }

  /** Another vehicle, or none: nothing is known of it. */
  begin(slot: number, session: number, now_s: number): void {
    this.session[slot] = session
    this.plugged_s[slot] = now_s
    this.draw_kW[slot] = 0
    this.#own_kW[slot] = Number.POSITIVE_INFINITY
    this.#step_kW[slot] = 0
    this.#fall[slot] = 0
    this.#started[slot] = 0
    this.#canTake_kW[slot] = Number.NaN
    this.#soc_frac[slot] = Number.NaN
    this.#curve[slot] = -1
    this.#ratio[slot] = 1
    this.#hot[slot] = 0
  }

  /** What the vehicle or the catalogue says of itself; NaN and -1: nothing. */
  tell(slot: number, hints: VehicleHints): void {
    const { soc_frac, canTake_kW, curve } = hints
    this.#soc_frac[slot] = soc_frac >= 0 && soc_frac <= 1 ? soc_frac : Number.NaN
    this.#canTake_kW[slot] = canTake_kW >= 0 ? canTake_kW : Number.NaN
    this.#curve[slot] = curve < this.#curves.size ? curve : -1
    this.#hot[slot] = hints.cable_degC >= this.#settings.cableHot_degC ? 1 : 0
  }

  /** A plausible meter reading, later than those before it. */
  meter(slot: number, power_kW: number, measured_s: number): void {
    const before_kW = this.draw_kW[slot] as number
    const elapsed_s = measured_s - (this.measured_s[slot] as number)
    this.draw_kW[slot] = power_kW
    this.measured_s[slot] = measured_s
    if (power_kW > NOTHING_kW) this.#started[slot] = 1
    if (this.#started[slot] === 0) return
    if (this.#fills(slot, power_kW, measured_s)) {
      this.#fall[slot] = 0
      this.#grow(slot, power_kW, measured_s)
    } else if (measured_s >= (this.#ledger.calm_s[slot] as number) + this.#settings.follow_s) {
      this.#follow(slot, (before_kW - power_kW) / elapsed_s)
      this.#learnRatio(slot, power_kW)
    } else this.#own_kW[slot] = Math.max(this.#own_kW[slot] as number, power_kW)
  }

  /** Whether it draws as much as the lowest limit that may have been in force. */
  #fills(slot: number, power_kW: number, measured_s: number): boolean {
    return this.#ledger.above_kW(power_kW) >= this.#ledger.lowest_kW(slot, measured_s)
  }

  /** It fills its limit: when that was all it is thought to be able to take, it is tried with more. */
  #grow(slot: number, power_kW: number, measured_s: number): void {
    const own_kW = this.#own_kW[slot] as number
    const limit_kW = this.#ledger.obeyed_kW[slot] as number
    if (own_kW === Number.POSITIVE_INFINITY || this.#hot[slot] === 1) return
    const sure = measured_s >= (this.#ledger.calm_s[slot] as number) && !this.#ledger.isOpen(slot)
    if (!sure || this.#ledger.above_kW(power_kW) < limit_kW || this.#ledger.above_kW(limit_kW) < own_kW) return
    const { probe_kW, probe_frac } = this.#settings
    const step_kW = Math.max(2 * (this.#step_kW[slot] as number), probe_kW, probe_frac * power_kW)
    this.#step_kW[slot] = step_kW
    this.#own_kW[slot] = power_kW + step_kW
  }

  /** It draws less than its limit: that is what it can take, and it may be falling. */
  #follow(slot: number, fall: number): void {
    const had = this.#own_kW[slot] !== Number.POSITIVE_INFINITY && this.#step_kW[slot] === 0
    const smooth = NEW * Math.max(0, fall) + (1 - NEW) * (this.#fall[slot] as number)
    this.#fall[slot] = had && this.#hot[slot] === 0 && fall > 0 ? smooth : 0
    this.#own_kW[slot] = this.draw_kW[slot] as number
    this.#step_kW[slot] = 0
  }

  #learnRatio(slot: number, power_kW: number): void {
    const curve_kW = this.#curve_kW(slot)
    if (!(curve_kW > NOTHING_kW)) return
    const ratio = (1 - NEW) * (this.#ratio[slot] as number) + (NEW * power_kW) / curve_kW
    if (ratio > CURVE_RATIO_MIN && ratio < CURVE_RATIO_MAX) this.#ratio[slot] = ratio
    else this.#ratio[slot] = Number.POSITIVE_INFINITY
  }

  /** What its curve says at its state of charge, NaN when one of both is not known. */
  #curve_kW(slot: number): number {
    const curve = this.#curve[slot] as number
    return curve < 0 ? Number.NaN : this.#curves.power_kW(curve, this.#soc_frac[slot] as number)
  }

  /** The most it is thought to be able to take by rating, its own word and its curve. */
  #cap_kW(slot: number): number {
    const rating_kW = this.#rating_kW[slot] as number
    const canTake_kW = this.#canTake_kW[slot] as number
    if (canTake_kW < rating_kW) return canTake_kW
    const curve_kW = this.#curve_kW(slot) * (this.#ratio[slot] as number)
    const { margin_kW, margin_frac } = this.#settings
    if (!(curve_kW >= 0 && curve_kW < rating_kW)) return rating_kW
    return Math.min(rating_kW, Math.max(curve_kW + margin_kW, curve_kW * (1 + margin_frac)))
  }

  /** Whether the vehicle has shown a bound below what its EVSE could give and is being tried with more. */
  isProbing(slot: number): boolean {
    return (this.#step_kW[slot] as number) > 0
  }

  isHot(slot: number): boolean {
    return this.#hot[slot] === 1
  }

  /** Age of what is known of the draw. */
  age_s(slot: number, now_s: number): number {
    return now_s - Math.max(this.measured_s[slot] as number, this.plugged_s[slot] as number)
  }

  /** Writes what a vehicle that is there can take by all that is known now. */
  estimate(slot: number, now_s: number): void {
    const cap_kW = this.#cap_kW(slot)
    const own_kW = this.#own_kW[slot] as number
    const sure = own_kW === Number.POSITIVE_INFINITY || (this.#canTake_kW[slot] as number) >= cap_kW
    if (this.#started[slot] === 0) this.#awaitStart(slot, cap_kW, now_s)
    else if (sure) this.want_kW[slot] = cap_kW
    else this.#followOwn(slot, cap_kW, now_s)
  }

  #awaitStart(slot: number, cap_kW: number, now_s: number): void {
    const waits = now_s - (this.plugged_s[slot] as number) < this.#settings.startUp_s
    const least_kW = Math.max(this.#floor_kW[slot] as number, this.#settings.probe_kW)
    this.want_kW[slot] = waits ? cap_kW : Math.min(cap_kW, least_kW)
  }

  /** The bound it showed, followed ahead while it falls, and a margin. */
  #followOwn(slot: number, cap_kW: number, now_s: number): void {
    const { ahead_s, margin_kW, margin_frac } = this.#settings
    const own_kW = this.#own_kW[slot] as number
    const since_s = now_s + ahead_s - (this.measured_s[slot] as number)
    const ahead_kW = Math.max(own_kW - since_s * (this.#fall[slot] as number), LEAST_LEFT * own_kW)
    const want_kW = Math.max(ahead_kW + margin_kW, ahead_kW * (1 + margin_frac), this.#floor_kW[slot] as number)
    this.want_kW[slot] = Math.min(cap_kW, want_kW)
  }

  /** When what a vehicle can take has to be looked at again without a reading. */
  due_s(slot: number, now_s: number): number {
    const { startUp_s, stale_s, lost_s } = this.#settings
    const started_s = (this.plugged_s[slot] as number) + startUp_s
    if (this.#started[slot] === 0 && started_s > now_s) return started_s
    const heard_s = now_s - this.age_s(slot, now_s)
    if (heard_s + stale_s > now_s) return heard_s + stale_s
    return heard_s + lost_s > now_s ? heard_s + lost_s : Number.POSITIVE_INFINITY
  }
}

export interface EstimatorParts {
  readonly settings: ControllerSettings
  readonly ledger: Ledger
}

export interface VehicleHints {
  soc_frac: number
  canTake_kW: number
  curve: number
  cable_degC: number
}
