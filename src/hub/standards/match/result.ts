import type { Coded, Parameters } from '../../../base/words/index.ts'
import type { Charger, Confidence, Market, SwapStation, Vehicle } from '../schema/index.ts'
import type { LimitSource } from './sources.ts'

/** What is asked: may this vehicle charge at this post, under these conditions. */
export interface MatchRequest {
  readonly vehicle: Vehicle
  readonly post: Charger | SwapStation
  /** Only this EVSE of the post (position in its record), and only this connector of the EVSE. */
  readonly evse?: number
  readonly connector?: number
  /** Ids of adapters carried or present. */
  readonly adapters?: readonly string[]
  /** Options of the vehicle; those that are standard in market and year count by themselves. */
  readonly options?: readonly string[]
  /** Default: the markets of the post. */
  readonly market?: Market
  /** Year, month or day; default: the day the facts were last looked at. */
  readonly date?: string
  readonly ambient_degC?: number
  /** Hottest air that adapters have to stand; default: `ambient_degC`. */
  readonly hottest_degC?: number
  /** Null: best over the state of charge. */
  readonly soc_frac?: number | null
  /** Networks, fleets or brands under whose membership the driver is admitted. */
  readonly memberships?: readonly string[]
}

/** A power that cannot be exceeded and who says so; `params` are those of the source's sentence. */
export interface Limit {
  readonly source: LimitSource
  readonly power_kW: number
  readonly current_A?: number
  readonly voltage_V?: number
  readonly params: Parameters
}

/** Why there is no session, and what would help where something does. */
export interface Obstacle extends Coded {
  readonly code: LimitSource
  readonly remedy?: Coded
}

/** Points of a charge curve: state of charge and power, rising in state of charge, linear between. */
export type CurvePoints = readonly (readonly [soc_frac: number, power_kW: number])[]

export interface MatchResult {
  readonly vehicle: string
  readonly post: string
  readonly kind: 'plug' | 'swap'
  readonly fits: boolean
  /** `limited`: fits, but below what the vehicle takes at its best. */
  readonly verdict: 'yes' | 'limited' | 'no'
  /** Adapters from the post to the vehicle. */
  readonly through: readonly string[]
  readonly protocol: string | null
  /** Null: nothing on either side is known, or a swap. */
  readonly power_kW: number | null
  /** Tightest first, equal ones in the order of `limitSources`. */
  readonly limits: readonly Limit[]
  readonly obstacles: readonly Obstacle[]
  readonly minutes10to80: number | null
  /** Weakest fact that `fits` and `power_kW` rest on. */
  readonly confidence: Confidence
  /** Weakest fact that `minutes10to80` rests on. */
  readonly minutesConfidence: Confidence | null
  /** Coupler of the plug, coupler of the inlet, and where the plug sits in the record of the post. */
  readonly connector: string | null
  readonly inlet: string | null
  readonly evse: number | null
  /** Guns that charge the vehicle together. */
  readonly guns: number
  /** What was taken for given: market of the vehicle, options, day, temperature, state of charge. */
  readonly market: string | null
  readonly options: readonly string[]
  readonly date: string
  readonly ambient_degC: number
  readonly soc_frac: number | null
  /** What the vehicle takes by itself at its best post: peak and curve; null: not known. */
  readonly own: { readonly maxPower_kW: number | null; readonly curve: CurvePoints | null }
  /** The vehicle's curve over the inlet used, without any limit of the post; null: not known. */
  readonly curve: CurvePoints | null
  readonly warnings: readonly Coded[]
  /** Ids of the sources of the records used. */
  readonly sources: readonly string[]
}
