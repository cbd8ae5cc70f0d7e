import type { Coded } from '../../base/words/index.ts'

/** What an EVSE is at. */
export type EvseMode = 'free' | 'charging' | 'occupied' | 'reserved' | 'unavailable' | 'faulted' | 'offline' | 'unknown'

/** One EVSE now; null: not known. */
export interface EvseNow {
  readonly stationId: string
  /** As OCPP counts: from 1. */
  readonly evse: number
  /** Id in the site file: of the EVSE, or of its connector where several charge at once. */
  readonly id: string
  readonly mode: EvseMode
  readonly power_kW: number | null
  /** What it may draw. */
  readonly limit_kW: number | null
  readonly soc_frac: number | null
  /** Name of the vehicle, where it is recognised. */
  readonly vehicle: string | null
  readonly minutesLeft: number | null
  readonly cable_degC: number | null
  /** Id of the transaction in the store; null: there is none. */
  readonly transaction: string | null
  /** What holds it back. */
  readonly because: Coded | null
  /** What the station says is wrong here, in its own words; null: nothing. */
  readonly trouble: string | null
}

/** The hub now. Keys of nodes: `grid`, `circuit <id>`, `cabinet <id>`. */
export interface HubNow {
  readonly at_ms: number
  readonly power_kW: Readonly<Record<string, number>>
  /** Limits in force that differ from those of the site file. */
  readonly limit_kW: Readonly<Record<string, number>>
  readonly evses: readonly EvseNow[]
  /** Vehicles that wait; null: nobody counts them. */
  readonly waiting: number | null
}

/** A name in a vocabulary; null: it has none. The warnings say what a reader of the name cannot know. */
export interface ConnectorName {
  readonly value: string | null
  readonly warnings: readonly Coded[]
}

/** A connector and what it is called by others. */
export interface ConnectorNames {
  readonly stationId: string
  readonly evse: number
  readonly connector: number
  /** Id in the site file, and of its kind in the catalogue. */
  readonly id: string
  readonly standard: string
  readonly names: Readonly<Record<'ocpp_2_0_1' | 'ocpp_2_1' | 'ocpi_2_2_1' | 'ocpi_2_3_0', ConnectorName>>
}

/** The site that is run. */
export interface SiteNow {
  readonly name: string
  readonly timezone: string
  readonly policy: string
  /** The site file as it was when the server started. */
  readonly text: string
  /** The file on disk is another one by now. */
  readonly isChanged: boolean
  readonly import_kW: number
  /** Limit in force: that of the site file, or what an operator set. */
  readonly limit_kW: number
  readonly now_ms: number
  /** How much faster than the wall the clock of the hub runs. */
  readonly speed: number
  readonly isVirtual: boolean
  readonly engineVersion: string
}

/** The site under a limit that was just set, with what has to be said of that. */
export interface SiteLimited extends SiteNow {
  readonly warnings: readonly Coded[]
}

/** A limit above an EVSE, tightest first: the first one holds. */
export interface Why {
  readonly power_kW: number
  readonly reason: Coded
}

/** A fault that can be let happen at an EVSE of a virtual station. */
export interface FaultNow {
  /** As in the faults of a site file. */
  readonly mode: string
  readonly isActive: boolean
  /** The station has found it out. */
  readonly isSeen: boolean
}

/** Power over time: `power_kW[key][i]` is the mean from `times_ms[i]` on for `step_s`; null: nothing was heard then. */
export interface History {
  readonly step_s: number
  readonly times_ms: readonly number[]
  readonly power_kW: Readonly<Record<string, readonly (number | null)[]>>
  readonly limit_kW: readonly (number | null)[]
}
