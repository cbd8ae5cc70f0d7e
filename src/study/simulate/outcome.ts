import { SECONDS_PER_DAY, SECONDS_PER_HOUR, SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import { engineVersion } from '../../base/version/index.ts'
import { addUpwards } from './node-quarters.ts'
import type {
  CoffeeResult,
  ConnectorResult,
  EvseResult,
  MinutesTo80,
  NodeResult,
  PeakDay,
  RefusalExample,
  SimulationResult,
  VehicleResult,
} from './result.ts'
import type { Run } from './run.ts'
import { DEFAULT_COFFEE_min } from './run-input.ts'

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
  /** Local dates of the days of the run; absent: those of UTC. */
  readonly dates?: readonly string[]
}

/** Source of unserved energy where no limit held the session back: the driver left before the target. */
const DRIVER_STAY = 'driver.stay'
/** Differences of integrals leave dust of rounding where nothing was held back. */
const DUST_kWh = 1e-6

function sum(values: Float64Array): number {
  let total = 0
  for (let at = 0; at < values.length; at++) total += values[at] as number
  return total
}

/** Energy by limit source; entries beyond the list of sources belong to the driver. */
function bySource(run: Run, table: Float64Array, least_kWh: number): Record<string, number> {
  const energies: Record<string, number> = {}
  for (let index = 0; index < table.length; index++) {
    const energy_kWh = table[index] as number
    if (energy_kWh > least_kWh) energies[run.plant.profiles.sources[index] ?? DRIVER_STAY] = energy_kWh
  }
  return energies
}

function connectors(run: Run): Record<string, ConnectorResult> {
  const { books, input } = run
  const { sessions, energy_kWh } = books.byConnector
  const rows = input.connectors.map((name, at): [string, ConnectorResult] => {
    const available_frac = books.availability.free_s(at, run.now_s) / input.duration_s
    return [name, { sessions: sessions[at] ?? 0, energy_kWh: energy_kWh[at] ?? 0, available_frac }]
  })
  return Object.fromEntries(rows)
}

function meanOf_min(sum_s: number, count: number): number | null {
  return count === 0 ? null : sum_s / count / SECONDS_PER_MINUTE
}

function vehicles({ books, input }: Run, visits: Visits): Record<string, VehicleResult> {
  const { sessions, energy_kWh, waited_s, passed, passed_s, heldBack_kWh, unserved_kWh } = books.byVehicle
  const rows = input.vehicles.map((name, at): [string, VehicleResult] => {
    const served = sessions[at] ?? 0
    const row = {
      name,
      arrived: visits.arrivedByVehicle[at] ?? 0,
      served,
      refused: visits.refusedByVehicle[at] ?? 0,
      energy_kWh: energy_kWh[at] ?? 0,
      meanWait_min: meanOf_min(waited_s[at] ?? 0, served) ?? 0,
      meanTo80_min: meanOf_min(passed_s[at] ?? 0, passed[at] ?? 0),
      heldBack_kWh: heldBack_kWh[at] ?? 0,
      unserved_kWh: unserved_kWh[at] ?? 0,
    }
    return [name, row]
  })
  return Object.fromEntries(rows)
}

/** Places of the hub one by one; who knows EVSEs of several connectors takes them together. */
function evses({ books, plant, input }: Run): EvseResult[] {
  const { duration_s } = input
  const duration_h = duration_s / SECONDS_PER_HOUR
  return input.model.places.map(({ id, rating_kW }, place) => {
    const slot = plant.network.slotOfPlace[place] ?? 0
    const energy_kWh = books.byPlace.energy_kWh[slot] ?? 0
    return {
      id,
      sessions: books.byPlace.sessions[slot] ?? 0,
      energy_kWh,
      occupied_frac: (books.occupied_s[slot] ?? 0) / duration_s,
      charging_frac: (books.charging_s[slot] ?? 0) / duration_s,
      rating_kW,
      load_frac: energy_kWh / (rating_kW * duration_h),
      atLimit_frac: (plant.postBound_h[slot] ?? 0) / duration_h,
    }
  })
}

function kindOf(source: string): NodeResult['kind'] {
  if (source === 'site.limit') return 'grid'
  return source.startsWith('cabinet.') ? 'cabinet' : 'circuit'
}

function nodes({ books, plant, input, quarters }: Run): NodeResult[] {
  const { modelNode, nodeOfSlot, parent } = plant.network
  const duration_h = input.duration_s / SECONDS_PER_HOUR
  const passed_kWh = new Float64Array(modelNode.length)
  const { energy_kWh: ofSlot_kWh } = books.byPlace
  for (let slot = 0; slot < ofSlot_kWh.length; slot++) {
    const node = nodeOfSlot[slot] as number
    passed_kWh[node] = (passed_kWh[node] as number) + (ofSlot_kWh[slot] as number)
  }
  addUpwards(passed_kWh, parent)
  return input.model.nodes.map(({ id, source, capacity_kW }, at) => {
    const node = modelNode.indexOf(at)
    const limit_kW = Number.isFinite(capacity_kW) ? capacity_kW : null
    const energy_kWh = passed_kWh[node] ?? 0
    return {
      kind: kindOf(source),
      id,
      limit_kW,
      energy_kWh,
      load_frac: limit_kW === null ? null : energy_kWh / duration_h / limit_kW,
      peak15min_kW: at === 0 ? books.power.peak15min_kW : input.quarters ? (quarters.peak_kW[node] ?? 0) : null,
      atLimit_frac: (plant.saturated_h[node] ?? 0) / duration_h,
    }
  })
}

function to80({ books }: Run): MinutesTo80 {
  const began = books.counts[0] ?? 0
  const reached = books.toMilestone.count
  const { mean_min, p50_min, p95_min } = books.toMilestone.times()
  const times = reached === 0 ? { mean_min: null, p50_min: null, p95_min: null } : { mean_min, p50_min, p95_min }
  return { sessions: began, reached, reached_frac: began === 0 ? null : reached / began, ...times }
}

function coffee({ books, input }: Run, ended: number): CoffeeResult {
  const done = books.counts[1] ?? 0
  return { coffee_min: input.coffee_min ?? DEFAULT_COFFEE_min, done, done_frac: ended === 0 ? null : done / ended }
}

function peakDay({ books }: Run, { from, dates }: About): PeakDay | null {
  const peak = books.power.peakDay()
  if (peak === null) return null
  const utc = new Date(Date.parse(from) + peak.day * SECONDS_PER_DAY * 1000).toISOString().slice(0, 10)
  return { date: dates?.[peak.day] ?? utc, energy_kWh: peak.energy_kWh }
}

function total(energies: Readonly<Record<string, number>>): number {
  return Object.values(energies).reduce((sum_kWh, energy_kWh) => sum_kWh + energy_kWh, 0)
}

/** The answer of a finished run. */
export function outcomeOf(run: Run, about: About, visits: Visits): SimulationResult {
  const { books, input } = run
  const heldBack_kWh = bySource(run, run.plant.heldBack_kWh, DUST_kWh)
  const unservedBy_kWh = bySource(run, books.unserved_kWh, 0)
  const { arrived, refused, balked, reneged } = visits
  const served = sum(books.byPlace.sessions)
  const energyDelivered_kWh = sum(books.byPlace.energy_kWh)
  const charging_h = sum(books.charging_s) / SECONDS_PER_HOUR
  return {
    site: about.site,
    engineVersion,
    seed: about.seed,
    from: about.from,
    to: new Date(Date.parse(about.from) + input.duration_s * 1000).toISOString(),
    duration_s: input.duration_s,
    policy: input.policy,
    ...(input.governor?.control ? { control: input.governor.control } : {}),
    siteLimit_kW: about.siteLimit_kW,
    energyIn_kWh: books.power.energy_kWh,
    energyDelivered_kWh,
    losses_kWh: 0,
    meanChargingPower_kW: charging_h === 0 ? null : energyDelivered_kWh / charging_h,
    peak1min_kW: books.power.peak1min_kW,
    peak15min_kW: books.power.peak15min_kW,
    sessions: {
      ...{ arrived, served, refused, balked, reneged },
      charging: books.occupied.count,
      waiting: books.waiting.count,
    },
    wait: books.waits.times(),
    to80: to80(run),
    coffee: coffee(run, served),
    refusedBecause: visits.refusedBecause,
    refusals: visits.refusals,
    heldBack_kWh,
    heldBackTotal_kWh: total(heldBack_kWh),
    unserved_kWh: total(unservedBy_kWh),
    unservedBy_kWh,
    byConnector: connectors(run),
    byVehicle: vehicles(run, visits),
    byNetwork: {},
    byEvse: evses(run),
    byNode: nodes(run),
    loadDuration: books.power.load.curve(),
    peakDay: peakDay(run, about),
    timeline: books.timeline(),
    events: run.events,
  }
}
