import type { Position } from '../../base/problems/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import type { Charger } from '../standards/schema/index.ts'
import type { policies, SiteMarket } from './schema/index.ts'

/** A hub as described, with every product expanded and every reference resolved. Only `loadSite` makes one. */
export interface Site {
  readonly name: string
  /** IANA time zone. */
  readonly timezone: string
  readonly location: SiteLocation
  /** ISO 4217 code of all money. */
  readonly currency: string
  /** Decides which variant of a vehicle comes here. */
  readonly market: SiteMarket
  readonly ambient_degC: number
  readonly policy: PolicyName
  readonly grid: { readonly import_kW: number }
  /** Parents stand before their children. */
  readonly circuits: readonly SiteCircuit[]
  readonly cabinets: readonly SiteCabinet[]
  readonly stations: readonly SiteStation[]
  /** Ids of adapters every driver can borrow. */
  readonly adapters: readonly string[]
  readonly demand: SiteDemand | null
  /** The catalogue of the program with the file's own records. */
  readonly catalogue: Catalogue
  /** Where a part stands in the file, e.g. `locate(site.demand.fleet[0].path)`: for problems found later. */
  locate(path: SitePath): Position
}

export type PolicyName = (typeof policies)[number]
export type SitePath = readonly (string | number)[]

export interface SiteLocation {
  readonly latitude_deg: number
  readonly longitude_deg: number
  readonly country: string
}

/** Node of the electrical tree. */
export interface SiteCircuit {
  readonly id: string
  /** Circuit that feeds it; null: the grid connection. */
  readonly parent: string | null
  readonly max_kW: number
  readonly path: SitePath
}

/** Shared source of DC power. A post with its own power has a cabinet of its own, with the id of the station. */
export interface SiteCabinet {
  readonly id: string
  /** Circuit that feeds it; null: the grid connection. */
  readonly circuit: string | null
  readonly power_kW: number
  readonly module_kW: number | null
  readonly granularity_kW: number | null
  readonly derating: Charger['cabinet']['derating']
  readonly path: SitePath
}

/** What stands at a parking place and would speak OCPP under one identity. */
export interface SiteStation {
  readonly id: string
  /** Cabinet that feeds it; null: it hangs on `circuit` and only its plugs limit it. */
  readonly cabinet: string | null
  /** Circuit that feeds it where it has no cabinet; null then: the grid connection. */
  readonly circuit: string | null
  /** Id of the product it is; null: described in the file. */
  readonly product: string | null
  /** The post as a catalogue record, with the overrides and access of the site; its `evses` are those of this station. */
  readonly charger: Charger
  readonly evses: readonly SiteEvse[]
  readonly path: SitePath
}

/** Can charge one vehicle at a time, or as many as `live` says. */
export interface SiteEvse {
  /** `station/1` for the first EVSE of a station. */
  readonly id: string
  /** How many of its connectors can charge at once. */
  readonly live: number
  readonly gunsPerVehicle: number
  readonly connectors: readonly SiteConnector[]
}

/** One plug with its own limits. */
export type SiteConnector = Charger['evses'][number]['connectors'][number] & {
  /** `station/1/2` for the second plug of the first EVSE. */
  readonly id: string
}

/** Which vehicles come, when, and what their drivers want. */
export interface SiteDemand {
  /** Mean arrivals in each hour of the week in local time, from Monday 0:00; 168 numbers. */
  readonly arrivals_perHour: readonly number[]
  /** Places for waiting vehicles. */
  readonly places: number
  readonly fleet: readonly FleetRow[]
  readonly path: SitePath
}

/** A kind of vehicle that comes, with its drivers. */
export interface FleetRow {
  /** Id in the catalogue. */
  readonly vehicle: string
  readonly name: string
  readonly share_frac: number
  /** null: the newest model year that is sold. */
  readonly modelYear: number | null
  /** Adapters the driver carries; those of the site come on top. */
  readonly adapters: readonly string[]
  readonly options: readonly string[]
  /** Stated in the file, otherwise of the catalogue; null: unknown, simulation must refuse. */
  readonly usable_kWh: number | null
  /** Stated in the file; null: as the catalogue has it. */
  readonly maxPower_kW: number | null
  readonly arrival: Distribution
  readonly target: Distribution
  /** Mean of an exponential distribution; null: waits for ever. */
  readonly patience_min: number | null
  /** Mean of an exponential distribution; 0: leaves at once. */
  readonly overstay_min: number
  /** null: stays until done. */
  readonly maxStay_min: number | null
  readonly path: SitePath
}

/** Normal distribution cut to a range. */
export interface Distribution {
  readonly mean_frac: number
  readonly sd_frac: number
  readonly min_frac: number
  readonly max_frac: number
}
