import { invariant } from '../../base/problems/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import type { DemandInput, FleetRowInput } from './schema/index.ts'
import type { FleetRow, SiteDemand } from './site.ts'

const WEEKDAYS = 5
const WEEKEND_DAYS = 2

export function resolveDemand(demand: DemandInput, catalogue: Catalogue): SiteDemand {
  return {
    arrivals_perHour: arrivals(demand),
    places: demand.places,
    fleet: demand.fleet.map((row, index) => resolveRow(row, demand, { catalogue, index })),
    path: ['demand'],
  }
}

/** The weights of a day are spread over its arrivals, so only their proportions matter. */
function arrivals({ sessions_perDay, weekendSessions_perDay, profile }: DemandInput): readonly number[] {
  const weekday = spread(sessions_perDay, profile.weekday)
  const weekend = spread(weekendSessions_perDay ?? sessions_perDay, profile.weekend ?? profile.weekday)
  return [
    ...Array.from({ length: WEEKDAYS }, () => weekday),
    ...Array.from({ length: WEEKEND_DAYS }, () => weekend),
  ].flat()
}

function spread(sessions_perDay: number, weights: readonly number[]): readonly number[] {
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sessions_perDay * weight) / sum)
}

function resolveRow(
  row: FleetRowInput,
  demand: DemandInput,
  { catalogue, index }: { readonly catalogue: Catalogue; readonly index: number },
): FleetRow {
  const vehicle = catalogue.vehicles.get(row.vehicle)
  invariant(vehicle, `vehicle ${row.vehicle} passed the checks and is not in the catalogue`)
  const { share_frac, adapters, options } = row
  return {
    ...{ vehicle: row.vehicle, share_frac, adapters, options },
    name: row.name ?? `${vehicle.make} ${vehicle.model}`,
    modelYear: row.modelYear ?? null,
    usable_kWh: row.usable_kWh ?? vehicle.pack.usable_kWh,
    maxPower_kW: row.maxPower_kW ?? null,
    arrival: row.arrival ?? demand.arrival,
    target: row.target ?? demand.target,
    patience_min: row.patience_min ?? demand.patience_min ?? null,
    overstay_min: row.overstay_min ?? demand.overstay_min,
    maxStay_min: row.maxStay_min ?? demand.maxStay_min ?? null,
    path: ['demand', 'fleet', index],
  }
}
