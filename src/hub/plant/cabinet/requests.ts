import type { CabinetParameters } from './parameters.ts'

/** What a cabinet is faced with now. The caller makes it once and fills it anew; arrays are by output unless said. */
export interface CabinetRequests {
  now_s: number
  ambient_degC: number
  altitude_m: number
  /** All outputs together, from outside (feed, site controller); Infinity: none. */
  budget_kW: number
  /** What vehicle, cable and limits from outside allow; 0: nothing wanted. */
  readonly demand_kW: Float64Array
  /** Voltage asked for. */
  readonly voltage_V: Float64Array
  /** Below this the session ends; it is kept while modules move. */
  readonly least_kW: Float64Array
  readonly weight: Float64Array
  /** Higher ones first. */
  readonly priority: Float64Array
  readonly arrived_s: Float64Array
  readonly departs_s: Float64Array
  readonly remaining_kWh: Float64Array
  /** By module: 1 well, 0 failed, between: derated by its own fault. */
  readonly health_frac: Float64Array
}

/** Nothing wanted, at 25 degC on sea level, all modules well. */
export function createRequests(cabinet: CabinetParameters): CabinetRequests {
  const outputs = cabinet.outputs.length
  return {
    now_s: 0,
    ambient_degC: 25,
    altitude_m: 0,
    budget_kW: Number.POSITIVE_INFINITY,
    demand_kW: new Float64Array(outputs),
    voltage_V: new Float64Array(outputs),
    least_kW: new Float64Array(outputs),
    weight: new Float64Array(outputs).fill(1),
    priority: new Float64Array(outputs),
    arrived_s: new Float64Array(outputs),
    departs_s: new Float64Array(outputs),
    remaining_kWh: new Float64Array(outputs),
    health_frac: new Float64Array(cabinet.modules.length).fill(1),
  }
}
