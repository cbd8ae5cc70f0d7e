import type { Position } from '../../base/problems/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import type { CabinetPolicy, Charger } from '../standards/schema/index.ts'
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
  /** How the air changes in a run with physics; null: not at all. */
  readonly ambient: SiteAmbient | null
  readonly policy: PolicyName
  /** Power that keeps a session alive; 0: not stated. */
  readonly floor_kW: number
  readonly grid: { readonly import_kW: number }
  /** Parents stand before their children. */
  readonly circuits: readonly SiteCircuit[]
  readonly cabinets: readonly SiteCabinet[]
  readonly stations: readonly SiteStation[]
  /** Ids of adapters every driver can borrow. */
  readonly adapters: readonly string[]
  readonly demand: SiteDemand | null
  readonly faults: readonly SiteFault[]
  /** The catalogue of the program with the file's own records. */
  readonly catalogue: Catalogue
  /** Where a part stands in the file, e.g. `locate(site.demand.fleet[0].path)`: for problems found later. */
  locate(path: SitePath): Position
}

/** Air that rises and falls every day, by hours of the local day; or the file that has it, as stated. */
export type SiteAmbient =
  | { readonly low_degC: number; readonly high_degC: number; readonly warmest_h: number }
  | { readonly weather: string; readonly path: SitePath }

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
  /** What it is built from, by id in the catalogue; null: not told, `plant/parts` chooses by class. */
  readonly modules: SiteModules | null
  readonly matrix: string | null
  readonly modulePolicy: CabinetPolicy | null
  readonly path: SitePath
}

/** Power modules of one kind. */
export interface SiteModules {
  readonly module: string
  /** null: as many as the power of the cabinet takes. */
  readonly count: number | null
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
  /** Connects by itself: a vehicle without a driver can charge here. */
  readonly handsFree: boolean
  readonly gunsPerVehicle: number
  readonly connectors: readonly SiteConnector[]
}

/** One plug with its own limits; `cable` is an id in the catalogue, or null where the class decides. */
export type SiteConnector = Charger['evses'][number]['connectors'][number] & {
  /** `station/1/2` for the second plug of the first EVSE. */
  readonly id: string
}

/** A part that fails, as stated; what it means is known where its physics is. */
export interface SiteFault {
  readonly mode: string
  readonly part: string
  /** From the start of the run. */
  readonly at_h: number
  /** null: to the end of the run. */
  readonly lasts_min: number | null
  /** null: not stated. */
  readonly severity_frac: number | null
  readonly modules: number | null
}

/** Which vehicles come, when, and what their drivers want. */
export interface SiteDemand {
  /** Mean arrivals in each hour of the week in local time, from Monday 0:00; 168 numbers. */
  readonly arrivals_perHour: readonly number[]
  /** Factor of each month on them, January first; 12 numbers. */
  readonly season: readonly number[]
  readonly growth: Growth | null
  readonly queue: SiteQueue
  /** null: drivers take any free connector that fits. */
  readonly waitForBetter: WaitForBetter | null
  /** Share of drivers whose car brings its pack to a good temperature on the way. */
  readonly preconditioned_frac: number
  readonly fleet: readonly FleetRow[]
  readonly path: SitePath
}

/** Arrivals grow by a factor of 1 + perYear_frac in each year of 365.25 days since the start of the local day `from`. */
export interface Growth {
  readonly perYear_frac: number
  /** ISO 8601 date with a day. */
  readonly from: string
}

export interface SiteQueue {
  /** Places for waiting vehicles. */
  readonly places: number
  /** Share of drivers who drive on when 0, 1, 2, ... vehicles wait; beyond the list its last value. */
  readonly balk_frac: readonly number[]
}

/** A driver turns a free connector down where the best one here would save more than this, and waits for it so long. */
export interface WaitForBetter {
  readonly gain_min: number
  readonly patience_min: number
}

/** A kind of vehicle that comes, with its drivers. */
export interface FleetRow {
  /** Id in the catalogue. */
  readonly vehicle: string
  readonly name: string
  readonly share_frac: number
  /** Growth of the share against the others in a year, from the start of the growth of the demand. */
  readonly shareGrowth_frac: number
  /** null: the newest model year that is sold. */
  readonly modelYear: number | null
  /** Adapters the driver carries; those of the site come on top. */
  readonly adapters: readonly string[]
  readonly options: readonly string[]
  /** Stated in the file, otherwise of the catalogue; null: unknown, simulation must refuse. */
  readonly usable_kWh: number | null
  /** Stated in the file; null: as the catalogue has it. */
  readonly maxPower_kW: number | null
  /** Higher ones are served first, where the policy heeds it. */
  readonly priority: number
  /** Factor on the rating of the plug, where the policy heeds it. */
  readonly weight: number
  readonly arrival: Distribution
  readonly need: Need
  /** null: waits for ever. */
  readonly patience: Amount | null
  readonly departure: Departure
  /** Longest time plugged in; null: no such limit. */
  readonly maxStay_min: number | null
  /** null: nobody announces the arrival. */
  readonly announced: Announced | null
  readonly driverless_frac: number
  readonly path: SitePath
}

/** Normal distribution cut to a range. */
export interface Distribution {
  readonly mean_frac: number
  readonly sd_frac: number
  readonly min_frac: number
  readonly max_frac: number
}

/** How an amount differs from driver to driver, in the unit of whoever states it; `sd` is 0 where the law has none. */
export interface Amount {
  readonly law: 'exponential' | 'constant' | 'uniform' | 'lognormal'
  readonly mean: number
  readonly sd: number
}

/** What makes a driver done: a state of charge, or an energy in kWh. */
export type Need = { readonly target: Distribution } | { readonly energy_kWh: Amount }

/** When a vehicle leaves: some time after it is done (null: at once), or a time after plugging in, done or not. In minutes. */
export type Departure =
  | { readonly overstay_min: Amount | null; readonly idleFee: IdleFee | null }
  | { readonly stay_min: Amount }

/** A fee for standing at a post after the end of charging, and what it does: a part of the time beyond `after_min` is saved. */
export interface IdleFee {
  readonly after_min: number
  readonly effect_frac: number
}

/** Share of drivers who say before that they come, and how long before. */
export interface Announced {
  readonly share_frac: number
  readonly lead_min: number
}
