import type { Coded, Parameters } from '../../base/words/index.ts'

/** How many sessions ended how. `arrived` = served + refused + balked + reneged + those still waiting or plugged at the end. */
export interface SessionCounts {
  readonly arrived: number
  readonly served: number
  readonly refused: number
  readonly balked: number
  readonly reneged: number
  /** Plugged in when the run ended. */
  readonly charging: number
  /** In the queue when the run ended. */
  readonly waiting: number
}

/** Waiting time of those who were plugged in. */
export interface WaitTimes {
  readonly mean_min: number
  readonly p50_min: number
  readonly p95_min: number
  readonly max_min: number
}

/** What one kind of connector did. */
export interface ConnectorResult {
  readonly sessions: number
  readonly energy_kWh: number
}

/** What one vehicle of the fleet met. */
export interface VehicleResult {
  readonly name: string
  readonly arrived: number
  readonly served: number
  readonly refused: number
  readonly energy_kWh: number
  readonly meanWait_min: number
}

/** What one EVSE did. */
export interface EvseResult {
  readonly id: string
  readonly sessions: number
  readonly energy_kWh: number
  /** Share of the run during which a vehicle was plugged in. */
  readonly occupied_frac: number
}

/** Mean values over equal steps from the start of the run, in the order of time. */
export interface Timeline {
  readonly step_s: number
  readonly power_kW: readonly number[]
  readonly occupied: readonly number[]
  readonly waiting: readonly number[]
}

/** A refusal met in the run, counted: an obstacle code and its parameters. */
export interface RefusalExample {
  readonly code: string
  readonly params: Parameters
  readonly vehicle: string
  readonly count: number
  /** What would help, where something does. */
  readonly remedy?: Coded
}

/** Answer of one run. The names of its fields are part of the product and stay stable. */
export interface SimulationResult {
  readonly site: string
  readonly engineVersion: string
  readonly seed: number | null
  readonly from: string
  readonly to: string
  readonly duration_s: number
  readonly policy: string
  readonly siteLimit_kW: number | null
  readonly energyDelivered_kWh: number
  readonly peak1min_kW: number
  readonly peak15min_kW: number
  readonly sessions: SessionCounts
  readonly wait: WaitTimes
  /** Refused sessions by obstacle code. */
  readonly refusedBecause: Readonly<Record<string, number>>
  readonly refusals: readonly RefusalExample[]
  /** Energy vehicles could have taken while plugged in and were not given, by the limit source that bound. */
  readonly heldBack_kWh: Readonly<Record<string, number>>
  readonly heldBackTotal_kWh: number
  /** Energy wanted and not delivered at departure. */
  readonly unserved_kWh: number
  readonly byConnector: Readonly<Record<string, ConnectorResult>>
  readonly byVehicle: Readonly<Record<string, VehicleResult>>
  readonly byEvse: readonly EvseResult[]
  readonly timeline: Timeline
  readonly events: number
}
