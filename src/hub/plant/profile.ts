/** Power a vehicle accepts over state of charge: pairs (soc_frac, power_kW) rising in soc_frac, linear between. Two
 *  points at the same state of charge make a jump. Before the first and after the last point the end values hold. */
export type CurvePoints = readonly (readonly [soc_frac: number, power_kW: number])[]

/** A limit at this place that does not depend on time: a constant, or a line of points over state of charge. */
export interface PlaceLimit {
  /** Code of the limit source, e.g. `evse.rating`, `cable.current`. */
  readonly source: string
  readonly limit: number | CurvePoints
}

/** What could flow into one kind of vehicle at one kind of place. */
export interface ProfileInput {
  /** What the vehicle could take by itself, at the plug. */
  readonly curve: CurvePoints
  /** Source booked where the vehicle itself binds, `vehicle.chargeCurve` as a rule. */
  readonly source: string
  readonly limits: readonly PlaceLimit[]
}
