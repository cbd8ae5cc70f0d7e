import { invariant } from '../../base/problems/index.ts'
import type { Catalogue } from '../standards/catalogue/index.ts'
import type { DemandInput, EnergyInput, FleetRowInput, MinutesInput } from './schema/index.ts'
import type { Amount, Departure, FleetRow, Growth, Need, SiteDemand } from './site.ts'

const WEEKDAYS = 5
const WEEKEND_DAYS = 2
const MONTHS = 12

export function resolveDemand(demand: DemandInput, catalogue: Catalogue): SiteDemand {
  return {
    arrivals_perHour: arrivals(demand),
    season: demand.season ?? Array.from({ length: MONTHS }, () => 1),
    growth: demand.growth ? growthOf(demand.growth) : null,
    queue: { places: demand.queue.places, balk_frac: demand.queue.balk_frac ?? [0] },
    waitForBetter: demand.waitForBetter ?? null,
    preconditioned_frac: demand.preconditioned_frac,
    fleet: demand.fleet.map((row, index) => resolveRow(row, demand, { catalogue, index })),
    path: ['demand'],
  }
}

/** A year or a month means its first day. */
function growthOf({ perYear_frac, from }: NonNullable<DemandInput['growth']>): Growth {
  return { perYear_frac, from: `${from}${'-01-01'.slice(from.length - 4)}` }
}

/** The weights of a day are spread over its arrivals, so only their proportions matter. */
function arrivals(demand: DemandInput): readonly number[] {
  const { profile } = demand
  const [sessions_perDay, weekendSessions_perDay] = sessionsOf(demand)
  const weekday = spread(sessions_perDay, profile.weekday)
  const weekend = spread(weekendSessions_perDay ?? sessions_perDay, profile.weekend ?? profile.weekday)
  return [
    ...Array.from({ length: WEEKDAYS }, () => weekday),
    ...Array.from({ length: WEEKEND_DAYS }, () => weekend),
  ].flat()
}

/** Arrivals on a weekday and, where stated, on a day of the weekend. */
function sessionsOf(demand: DemandInput): readonly [number, number | undefined] {
  const { sessions_perDay, weekendSessions_perDay, traffic } = demand
  if (sessions_perDay !== undefined) return [sessions_perDay, weekendSessions_perDay]
  invariant(traffic, 'demand passed the checks without sessions or traffic')
  const { vehicles_perDay, weekendVehicles_perDay, ev_frac, stop_frac } = traffic
  const part = ev_frac * stop_frac
  return [vehicles_perDay * part, weekendVehicles_perDay === undefined ? undefined : weekendVehicles_perDay * part]
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
  const { share_frac, adapters, options, priority, weight } = row
  return {
    ...{ vehicle: row.vehicle, share_frac, adapters, options, priority, weight },
    name: row.name ?? `${vehicle.make} ${vehicle.model}`,
    shareGrowth_frac: row.shareGrowth_frac ?? 0,
    modelYear: row.modelYear ?? null,
    usable_kWh: row.usable_kWh ?? vehicle.pack.usable_kWh,
    maxPower_kW: row.maxPower_kW ?? null,
    arrival: row.arrival ?? demand.arrival,
    need: needOf(row) ?? stated(needOf(demand), 'target'),
    patience: patienceOf(row.patience ?? demand.queue.patience),
    departure: departureOf(row) ?? departureOf(demand) ?? { overstay_min: null, idleFee: null },
    maxStay_min: row.maxStay_min ?? demand.maxStay_min ?? null,
    announced: row.announced ?? demand.announced ?? null,
    driverless_frac: row.driverless_frac ?? demand.driverless_frac ?? 0,
    path: ['demand', 'fleet', index],
  }
}

function stated<T>(value: T | null, key: string): T {
  invariant(value !== null, `demand passed the checks without ${key}`)
  return value
}

function needOf({ target, energy }: Pick<DemandInput, 'target' | 'energy'>): Need | null {
  if (target) return { target }
  return energy ? { energy_kWh: energyOf(energy) } : null
}

function departureOf({ overstay, stay }: Pick<DemandInput, 'overstay' | 'stay'>): Departure | null {
  if (stay) return { stay_min: minutesOf(stay) }
  return overstay ? { overstay_min: minutesOf(overstay), idleFee: overstay.idleFee ?? null } : null
}

function patienceOf(minutes: MinutesInput | undefined): Amount | null {
  return minutes ? minutesOf(minutes) : null
}

function minutesOf({ mean_min, distribution, sd_min }: MinutesInput): Amount {
  return { law: distribution, mean: mean_min, sd: sd_min ?? 0 }
}

function energyOf({ mean_kWh, distribution, sd_kWh }: EnergyInput): Amount {
  return { law: distribution, mean: mean_kWh, sd: sd_kWh ?? 0 }
}
