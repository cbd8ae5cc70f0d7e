/** Sessions with fixed plug-in and leaving times at given outlets: a recording that any simulator can replay. */
export interface Workload {
  readonly name: string
  readonly seed: number | null
  /** Start of the recording, ISO 8601 with time zone. */
  readonly start: string
  readonly duration_s: number
  readonly outlets_kW: readonly number[]
  /** Up to here a battery accepts all its power, then linearly less, nothing when full. */
  readonly transition_frac: number
  /** Energy into the battery for each unit at the plug. */
  readonly efficiency_frac: number
  readonly siteLimit_kW: number | null
  /** Rising in `plug_s`. */
  readonly sessions: readonly WorkloadSession[]
}

export interface WorkloadSession {
  readonly arrive_s: number
  readonly plug_s: number
  readonly unplug_s: number
  /** Index into `outlets_kW`. */
  readonly outlet: number
  readonly capacity_kWh: number
  readonly soc_frac: number
  /** Most the battery accepts. */
  readonly maxPower_kW: number
}
