import type { CabinetParameters } from '../../plant/cabinet/index.ts'
import type { CurvePoints, PowerNode } from '../../plant/index.ts'
import type { PolicyName } from '../policy.ts'

/** Policies of the site controller: all but the naive reference, which shares by rating. */
export type SitePolicyName = Exclude<PolicyName, 'equal-rating'>

/** The modules and the matrix of a cabinet, and which EVSE each of its outputs serves (by index). */
export interface CabinetSet {
  readonly parameters: CabinetParameters
  readonly evseOf: readonly number[]
  /**
   * Limits leave each EVSE so much more than the modules that are meant for it give: a granule, since a cabinet moves modules faster
   * than commands come, and power nobody draws is soon seen and given to others.
   */
  readonly spare_kW: number
}

/** A limit of the tree: site, circuit, cabinet or station. Infinity: not limited. */
export interface LimitNode extends PowerNode {
  /** What it can give to several EVSEs at once, where that is known; heeded while some limit of the tree binds. */
  readonly cabinet?: CabinetSet
}

/** An EVSE whose limit the controller sets. */
export interface ControlledEvse {
  readonly id: string
  /** Index of the node it hangs on. */
  readonly node: number
  readonly rating_kW: number
  /** Limit the station goes back to by itself when no command holds. The sum of all must fit below every node. */
  readonly default_kW: number
  /** Below this power a session dies; 0: no such floor. */
  readonly floor_kW: number
  /** Factor on its level under `max-min`, on its rating under `proportional`; default 1. */
  readonly weight?: number
  /** Limits are multiples of this, rounded down; for commands in ampere the power of 1 A at the highest voltage. Default 0.1. */
  readonly quantum_kW?: number
}

/** What the controller is told of a hub once. */
export interface HubDescription {
  /** Parents before children. The first is the grid connection with the highest limit it ever has. */
  readonly nodes: readonly LimitNode[]
  readonly evses: readonly ControlledEvse[]
  readonly policy: SitePolicyName
  /** Load behind the grid connection besides the EVSEs, assumed while no reading tells it. */
  readonly otherLoad_kW: number
  /** Charge curves a reading may name by index: what the vehicle takes over state of charge, at the plug. */
  readonly curves?: readonly CurvePoints[]
  /** A limit ends with the session it was given for (an OCPP TxProfile does); default true. */
  readonly limitEndsWithSession?: boolean
}

/** How the controller behaves. Each has a default. */
export interface ControllerSettings {
  /** How long a command holds before the station goes back to its default. */
  readonly validity_s: number
  /** Clocks of controller and stations differ by less. */
  readonly clockError_s: number
  /** A command without an answer is sent again after this, then after twice that, and so on. */
  readonly retry_s: number
  readonly longestRetry_s: number
  /** A meter reading older than this is stale: no raise. Three and a half intervals of 10 s. */
  readonly stale_s: number
  /** From this age on the EVSE is given its default only. */
  readonly lost_s: number
  /** Within this a vehicle has followed a new limit. */
  readonly follow_s: number
  /** A vehicle that draws nothing for so long after plugging in is not waited for any more. */
  readonly startUp_s: number
  /** A lower site limit is heeded this much ahead. */
  readonly lead_s: number
  /** Smaller changes of a limit are not sent: the greater of both. */
  readonly minChange_kW: number
  readonly minChange_frac: number
  /** Least time from a raise to the next command for the same EVSE. */
  readonly raiseInterval_s: number
  /** Kept above the draw of a vehicle that shows its own bound, so that a rise is noticed: the greater of both. */
  readonly margin_kW: number
  readonly margin_frac: number
  /** First step up when a vehicle fills that margin; each further one is twice as large. The greater of both. */
  readonly probe_kW: number
  readonly probe_frac: number
  /** Meter and limit agree when they differ by less: the greater of both. */
  readonly tolerance_kW: number
  readonly tolerance_frac: number
  /** Part of the capacity of each node that is kept free of limits nobody uses, for the next vehicle. */
  readonly reserve_frac: number
  /** A falling draw is followed this far ahead of its last reading. */
  readonly ahead_s: number
  /** From this cable temperature on nothing is probed: the station is about to derate by itself. */
  readonly cableHot_degC: number
}

/** Chosen on the day of the common workload, except times that follow from a meter interval of 10 s. */
export const defaultSettings: ControllerSettings = {
  validity_s: 300,
  clockError_s: 5,
  retry_s: 10,
  longestRetry_s: 80,
  stale_s: 35,
  lost_s: 120,
  follow_s: 3,
  startUp_s: 90,
  lead_s: 30,
  minChange_kW: 3,
  minChange_frac: 0.02,
  raiseInterval_s: 3,
  margin_kW: 1,
  margin_frac: 0.02,
  probe_kW: 5,
  probe_frac: 0.1,
  tolerance_kW: 0.3,
  tolerance_frac: 0.01,
  reserve_frac: 0.1,
  ahead_s: 8,
  cableHot_degC: 85,
}
