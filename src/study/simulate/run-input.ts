import { SECONDS_PER_DAY, SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { PolicyName } from '../../hub/controller/index.ts'
import type { Driver, HubModel, Plant, ProfileTable } from '../../hub/plant/index.ts'
import type { PlaceLayout } from './availability.ts'
import type { BookSizes } from './books.ts'
import type { Governor } from './governor.ts'
import type { EndedSession } from './sessions.ts'

/** What a run needs. Profiles are complete before it starts. */
export interface RunInput {
  readonly model: HubModel
  readonly profiles: ProfileTable
  readonly policy: PolicyName
  /** Sets what each place may draw, in place of the policy. */
  readonly governor?: Governor
  /** What each place may draw at most, below which the policy shares; not beside a governor. */
  readonly devices?: Governor
  /** With the policy `max-min`: power below which a session dies; default 0. */
  readonly floor_kW?: number
  readonly driver: Driver
  readonly duration_s: number
  /** Names of the kinds of connector and vehicle that `PlugIn` numbers. */
  readonly connectors: readonly string[]
  readonly vehicles: readonly string[]
  /** Charging ends where a vehicle could take no more than this; 0: only at its target. */
  readonly cutoff_kW: number
  /** EVSEs and kinds of the places; absent: every place is an EVSE of its own, all of the first kind. */
  readonly layout?: PlaceLayout
  /** Starts of the days, the first one 0; absent: every 24 hours. */
  readonly dayStarts_s?: readonly number[]
  /** A session done within this time is done within a coffee; default 15. */
  readonly coffee_min?: number
  /** Whether every node is metered by the quarter of an hour: its peak is known then. */
  readonly quarters?: boolean
  /** Told of every session at its end, if wanted. */
  readonly onSession?: (session: EndedSession) => void
  /** Told of every quarter of an hour, if wanted, with `quarters`. */
  readonly onQuarter?: (quarter: Quarter) => void
}

/** What happened in a quarter of an hour; the last one of a run may be shorter. */
export interface Quarter {
  readonly from_s: number
  readonly to_s: number
  /** Mean power by node, in the numbers of the network; valid until the next quarter. */
  readonly power_kW: Float64Array
  /** Mean counts. */
  readonly occupied: number
  readonly waiting: number
}

/** State of a run between two events, to go on from later. */
export interface RunSnapshot {
  readonly state: Uint8Array
  readonly driver: unknown
  readonly governor: unknown
}

/** Minutes of a coffee where nobody says otherwise. */
export const DEFAULT_COFFEE_min = 15

/** Every place an EVSE of its own, all of the first kind. */
function separate(places: number): PlaceLayout {
  const all = Array.from({ length: places }, (_, place) => place)
  return { evseOf: all, live: all.map(() => 1), kindOf: all.map(() => 0) }
}

/** How long a coffee takes. */
export function coffee_s({ coffee_min }: RunInput): number {
  return (coffee_min ?? DEFAULT_COFFEE_min) * SECONDS_PER_MINUTE
}

function everyDay(duration_s: number): number[] {
  return Array.from({ length: Math.ceil(duration_s / SECONDS_PER_DAY) }, (_, day) => day * SECONDS_PER_DAY)
}

/** Sizes of the books of a run. */
export function sizesOf(
  { model, connectors, vehicles, duration_s, layout, dayStarts_s }: RunInput,
  plant: Plant,
): BookSizes {
  return {
    places: model.places.length,
    connectors: connectors.length,
    vehicles: vehicles.length,
    sources: plant.profiles.sources.length,
    duration_s,
    layout: layout ?? separate(model.places.length),
    dayStarts_s: dayStarts_s ?? everyDay(duration_s),
  }
}
