import type { Coded, Parameters } from '../../base/words/index.ts'
import type { AirRange } from '../../hub/plant/air/index.ts'
import type { FaultResult } from './faults/result.ts'

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

/** What the site controller did. */
export interface ControlResult {
  readonly sight: string
  readonly decisions: number
  readonly commands: number
}

/** What was special about those who came. */
export interface DriverCounts {
  /** Arrivals that were announced. */
  readonly announced: number
  /** Vehicles that came without a driver. */
  readonly driverless: number
  /** Drivers who turned a free connector down to wait for a better one. */
  readonly waitedForBetter: number
  /** How often a vehicle without a driver was sent on to another connector. */
  readonly moved: number
}

/** Waiting time of those who were plugged in. */
export interface WaitTimes {
  readonly mean_min: number
  readonly p50_min: number
  readonly p95_min: number
  readonly max_min: number
}

/** Minutes from plug-in to a state of charge of 80 %, of ended sessions that began below and got there. */
export interface MinutesTo80 {
  /** Ended sessions that began below 80 %, and those of them that got there. */
  readonly sessions: number
  readonly reached: number
  /** null: no session began below. */
  readonly reached_frac: number | null
  /** null: none got there. */
  readonly mean_min: number | null
  readonly p50_min: number | null
  readonly p95_min: number | null
}

/** Ended sessions whose charging was done (target reached, or the battery took no more) within a coffee. */
export interface CoffeeResult {
  readonly coffee_min: number
  readonly done: number
  /** Of all ended sessions; null: there were none. */
  readonly done_frac: number | null
}

/** What one kind of connector did. */
export interface ConnectorResult {
  readonly sessions: number
  readonly energy_kWh: number
  /** Share of the run during which at least one connector of the kind was free. */
  readonly available_frac: number
}

/** What the posts of one network did; `own` are those of none. */
export interface NetworkResult {
  readonly sessions: number
  readonly energy_kWh: number
}

/** Load of the grid connection, a circuit or a cabinet. */
export interface NodeResult {
  readonly kind: 'grid' | 'circuit' | 'cabinet'
  readonly id: string
  /** null: not limited. */
  readonly limit_kW: number | null
  readonly energy_kWh: number
  /** Mean power as a share of the limit; null: not limited. */
  readonly load_frac: number | null
  /** Highest mean over a clock quarter; null: not metered. */
  readonly peak15min_kW: number | null
  /** Share of the run during which it was full and held vehicles back. */
  readonly atLimit_frac: number
}

/** Hours during which the mean power of the hub over a minute was at least `index * step_kW`. */
export interface LoadDuration {
  readonly step_kW: number
  readonly atLeast_h: readonly number[]
}

/** The day with the most energy, from midnight to midnight at the site. */
export interface PeakDay {
  readonly date: string
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
  /** Mean time from plug-in to 80 % of ended sessions that got there; null: none did. */
  readonly meanTo80_min: number | null
  readonly heldBack_kWh: number
  readonly unserved_kWh: number
}

/** Time from plug to current, of the sessions whose protocol was measured or has a relative that was. */
export interface SetUpResult {
  readonly sessions: number
  /** null: there were none. */
  readonly mean_s: number | null
}

/** What was lost between the grid connection and the cabinets. */
export interface SupplyResult {
  readonly transformer_kWh: number
  readonly lines_kWh: number
  /** How sure that is. */
  readonly confidence: string
}

/** How warm packs were; means of the sessions whose pack voltage is known, null: there were none. */
export interface PackResult {
  readonly sessions: number
  readonly arrival_degC: number | null
  readonly coldest_degC: number | null
  readonly leaving_degC: number | null
  /** What flowed into heat inside the packs. */
  readonly heat_kWh: number
  /** Wear of a session against a full charge in an hour at 25 degC: an index of its kind, not a forecast. */
  readonly wear: { readonly mean: number | null; readonly confidence: string }
}

/** What a cabinet did with its modules. */
export interface CabinetResult {
  /** How sure its values are. */
  readonly confidence: string
  readonly modules: number
  /** Modules sent from one output to another. */
  readonly moves: number
  /** Share of the modules that worked, over the run; null: they all feed one bus. */
  readonly moduleUse_frac: number | null
  readonly loss_kWh: number
  readonly loss: {
    readonly modules_kWh: number
    readonly bus_kWh: number
    readonly fans_kWh: number
    readonly standby_kWh: number
  }
}

/** What became of the cable of a plug. */
export interface CableResult {
  /** Component it is, and how sure its values are. */
  readonly cable: string
  readonly confidence: string
  /** Of the hottest part, at the ends of stretches. */
  readonly highest_degC: number
  /** Steps of derating, time with less current than asked for, and times it was switched off. */
  readonly drops: number
  readonly derated_min: number
  readonly trips: number
  readonly loss_kWh: number
}

/** What one EVSE did. */
export interface EvseResult {
  readonly id: string
  readonly sessions: number
  readonly energy_kWh: number
  /** Share of the run during which a vehicle was plugged in. */
  readonly occupied_frac: number
  /** Share of the run from plug-in until charging was done. */
  readonly charging_frac: number
  /** Highest power its live connectors give together. */
  readonly rating_kW: number
  /** Mean power as a share of the rating. */
  readonly load_frac: number
  /** Share of the run during which a limit of the post itself, or of its cable, held the vehicle back. */
  readonly atLimit_frac: number
}

/** Mean values over equal steps from the start of the run, in the order of time. */
export interface Timeline {
  readonly step_s: number
  readonly power_kW: readonly number[]
  /** Lowest and highest mean over a clock minute in each step. */
  readonly lowestMinute_kW: readonly number[]
  readonly highestMinute_kW: readonly number[]
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
  /** The site controller and what it saw; absent: the policy saw all and was obeyed at once. */
  readonly control?: ControlResult
  readonly siteLimit_kW: number | null
  /** Through the grid connection: delivered energy and losses. */
  readonly energyIn_kWh: number
  readonly energyDelivered_kWh: number
  /** 0: losses are not modelled, everything is counted at the plug. */
  readonly losses_kWh: number
  /** Energy by the time from plug-in until charging was done; null: nobody charged. */
  readonly meanChargingPower_kW: number | null
  readonly peak1min_kW: number
  readonly peak15min_kW: number
  readonly sessions: SessionCounts
  /** Of runs of a site; workload files know nothing of drivers. */
  readonly drivers?: DriverCounts
  readonly wait: WaitTimes
  readonly to80: MinutesTo80
  readonly coffee: CoffeeResult
  /** Refused sessions by obstacle code. */
  readonly refusedBecause: Readonly<Record<string, number>>
  readonly refusals: readonly RefusalExample[]
  /** Energy vehicles could have taken while plugged in and were not given, by the limit source that bound. */
  readonly heldBack_kWh: Readonly<Record<string, number>>
  readonly heldBackTotal_kWh: number
  /** Energy wanted and not delivered at departure. */
  readonly unserved_kWh: number
  /** The same by the limit source that held back most in the session; `driver.stay`: none did, the driver left. */
  readonly unservedBy_kWh: Readonly<Record<string, number>>
  readonly byConnector: Readonly<Record<string, ConnectorResult>>
  readonly byVehicle: Readonly<Record<string, VehicleResult>>
  readonly byNetwork: Readonly<Record<string, NetworkResult>>
  readonly byEvse: readonly EvseResult[]
  /** Cables by connector, of a run with physics. */
  readonly cables?: Readonly<Record<string, CableResult>>
  /** Cabinets by id, likewise. */
  readonly cabinets?: Readonly<Record<string, CabinetResult>>
  /** Losses upstream of the cabinets, of a run with physics; part of `losses_kWh`. */
  readonly supply?: SupplyResult
  /** Time from plug to current, of a run with physics. */
  readonly setUp?: SetUpResult
  /** Temperature of the packs, of a run with physics. */
  readonly packs?: PackResult
  /** Of the air in the run, with physics. */
  readonly ambient?: AirRange
  /** What became of the faults that were planned, in their order. */
  readonly faults?: readonly FaultResult[]
  /** Grid connection, circuits, cabinets. */
  readonly byNode: readonly NodeResult[]
  readonly loadDuration: LoadDuration
  readonly peakDay: PeakDay | null
  readonly timeline: Timeline
  readonly events: number
}
