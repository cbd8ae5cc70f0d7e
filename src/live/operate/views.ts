import type { StationRecord, TransactionRecord } from './ports.ts'

/** What the site says of a station: its EVSEs and connectors in the order of their numbers, counted from 1. */
export interface StationPlan {
  readonly stationId: string
  readonly evses: readonly EvsePlan[]
}

export interface EvsePlan {
  /** Connectors by id of the catalogue, e.g. `ccs2`. */
  readonly connectors: readonly string[]
  /** Most it can give; null: not known. What a meter shows beyond it is not believed. */
  readonly rating_kW: number | null
}

/** States of a connector over all versions; those of 1.6 are the finest. `unknown`: not told since we run. */
export type ConnectorStatus =
  | 'unknown'
  | 'available'
  | 'preparing'
  | 'occupied'
  | 'charging'
  | 'suspendedByVehicle'
  | 'suspendedByStation'
  | 'finishing'
  | 'reserved'
  | 'unavailable'
  | 'faulted'

export interface ConnectorView {
  readonly connector: number
  /** Its number in messages: of the station in 1.6, of its EVSE in 2.x. */
  readonly wire: number
  /** Of the site, or as the station reports its type; null: neither tells. */
  readonly standard: string | null
  readonly status: ConnectorStatus
  readonly since_ms: number | null
  /** The station's own word for what is wrong. */
  readonly error: string | null
}

/** The last that was measured, each value the newest one; null: never told. */
export interface EvseReading {
  readonly at_ms: number
  readonly power_W: number | null
  readonly energy_Wh: number | null
  readonly current_A: number | null
  readonly voltage_V: number | null
  readonly soc_frac: number | null
  readonly cable_degC: number | null
  /** What the vehicle or the station says could be taken now. */
  readonly offered_W: number | null
}

/** What a vehicle asked for (ISO 15118, through NotifyEVChargingNeeds). */
export interface ChargingNeeds {
  readonly departure_ms: number | null
  readonly energy_Wh: number | null
  readonly max_W: number | null
  readonly soc_frac: number | null
}

export interface EvseView {
  readonly evse: number
  readonly connectors: readonly ConnectorView[]
  /** Counts up with each vehicle that plugs in; 0: nothing is plugged in. */
  readonly session: number
  readonly pluggedIn_ms: number | null
  readonly transaction: TransactionRecord | null
  readonly reading: EvseReading | null
  readonly needs: ChargingNeeds | null
  /** Id in the catalogue of the vehicle, where its token, EVCCID or MAC told. */
  readonly vehicle: string | null
}

export interface StationView extends StationRecord {
  /** The site names it. */
  readonly isPlanned: boolean
  readonly online: boolean
  /** When something of it was last heard. */
  readonly heard_ms: number | null
  /** Clock of the station minus ours, milliseconds; null: not seen yet. */
  readonly clockOff_ms: number | null
  readonly firmwareStatus: string | null
  readonly diagnosticsStatus: string | null
  readonly evses: readonly EvseView[]
  /** Measured at the supply of the station as a whole. */
  readonly supply: EvseReading | null
}
