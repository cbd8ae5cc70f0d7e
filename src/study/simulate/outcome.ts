import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import { engineVersion } from '../../base/version/index.ts'
import type { ConnectorResult, EvseResult, RefusalExample, SimulationResult, VehicleResult } from './result.ts'
import type { Run } from './run.ts'

/** Vehicles that never plugged in, counted by who brought them, and by kind of vehicle. */
export interface Visits {
  readonly arrived: number
  readonly refused: number
  readonly balked: number
  readonly reneged: number
  readonly arrivedByVehicle: readonly number[]
  readonly refusedByVehicle: readonly number[]
  readonly refusedBecause: Readonly<Record<string, number>>
  readonly refusals: readonly RefusalExample[]
}

/** What a result says of its run beside the figures. */
export interface About {
  readonly site: string
  readonly seed: number | null
  /** Start, ISO 8601. */
  readonly from: string
  readonly siteLimit_kW: number | null
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

function heldBack_kWh(run: Run): Record<string, number> {
  const held: Record<string, number> = {}
  for (const [index, energy_kWh] of run.plant.heldBack_kWh.entries()) {
    const source = run.plant.profiles.sources[index]
    // Differences of integrals leave dust of rounding where nothing was held back.
    if (source !== undefined && energy_kWh > 1e-6) held[source] = energy_kWh
  }
  return held
}

function connectors(run: Run): Record<string, ConnectorResult> {
  const { sessions, energy_kWh } = run.books.byConnector
  const rows = run.input.connectors.map((name, at): [string, ConnectorResult] => [
    name,
    { sessions: sessions[at] ?? 0, energy_kWh: energy_kWh[at] ?? 0 },
  ])
  return Object.fromEntries(rows)
}

function vehicles(run: Run, visits: Visits): Record<string, VehicleResult> {
  const { sessions, energy_kWh, waited_s } = run.books.byVehicle
  const rows = run.input.vehicles.map((name, at): [string, VehicleResult] => {
    const served = sessions[at] ?? 0
    const meanWait_min = served === 0 ? 0 : (waited_s[at] ?? 0) / served / SECONDS_PER_MINUTE
    const arrived = visits.arrivedByVehicle[at] ?? 0
    const refused = visits.refusedByVehicle[at] ?? 0
    return [name, { name, arrived, served, refused, energy_kWh: energy_kWh[at] ?? 0, meanWait_min }]
  })
  return Object.fromEntries(rows)
}

function evses(run: Run): EvseResult[] {
  const { books, plant, input } = run
  return input.model.places.map(({ id }, place) => {
    const slot = plant.network.slotOfPlace[place] ?? 0
    return {
      id,
      sessions: books.byPlace.sessions[slot] ?? 0,
      energy_kWh: books.byPlace.energy_kWh[slot] ?? 0,
      occupied_frac: (books.occupied_s[slot] ?? 0) / input.duration_s,
    }
  })
}

/** The answer of a finished run. */
export function outcomeOf(run: Run, about: About, visits: Visits): SimulationResult {
  const { books, input } = run
  const held = heldBack_kWh(run)
  const { arrived, refused, balked, reneged } = visits
  const served = sum(books.byPlace.sessions)
  return {
    site: about.site,
    engineVersion,
    seed: about.seed,
    from: about.from,
    to: new Date(Date.parse(about.from) + input.duration_s * 1000).toISOString(),
    duration_s: input.duration_s,
    policy: input.policy,
    siteLimit_kW: about.siteLimit_kW,
    energyDelivered_kWh: sum(books.byPlace.energy_kWh),
    peak1min_kW: books.peak1min_kW,
    peak15min_kW: books.peak15min_kW,
    sessions: {
      ...{ arrived, served, refused, balked, reneged },
      charging: books.occupied.count,
      waiting: books.waiting.count,
    },
    wait: books.waits.times(),
    refusedBecause: visits.refusedBecause,
    refusals: visits.refusals,
    heldBack_kWh: held,
    heldBackTotal_kWh: Object.values(held).reduce((total, energy_kWh) => total + energy_kWh, 0),
    unserved_kWh: run.unserved_kWh,
    byConnector: connectors(run),
    byVehicle: vehicles(run, visits),
    byEvse: evses(run),
    timeline: books.timeline(),
    events: run.events,
  }
}
