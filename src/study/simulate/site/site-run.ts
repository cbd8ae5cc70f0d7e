import type { PolicyName } from '../../../hub/controller/index.ts'
import {
  type ArrivalProcess,
  CUTOFF_kW,
  DrawnVisitors,
  type FleetMatch,
  type LostVisitor,
  matchFleet,
  SiteDriver,
  type SiteTraffic,
  type TrafficCounts,
} from '../../../hub/demand/index.ts'
import {
  RecordedVisitors,
  type ReplayCounts,
  type Stage,
  type Trace,
  type TraceSession,
} from '../../../hub/demand/trace/index.ts'
import { Air, type Weather } from '../../../hub/plant/air/index.ts'
import { type CompiledHub, compileHub } from '../../../hub/plant/compile/index.ts'
import { ProfileTable } from '../../../hub/plant/index.ts'
import type { Site, SiteDemand } from '../../../hub/site/index.ts'
import type { PlaceLayout } from '../availability.ts'
import { controlled, type SightName } from '../control/index.ts'
import { cabinetsOf, DeviceGovernor, noSite, type PlugPhysics, siteDevices, supplyLosses } from '../devices/index.ts'
import type { SoundFault } from '../faults/index.ts'
import type { Governor } from '../governor.ts'
import { outcomeOf, type Visits as VisitCounts } from '../outcome.ts'
import type { RefusalExample, SimulationResult } from '../result.ts'
import { Run } from '../run.ts'
import type { Quarter, RunInput } from '../run-input.ts'
import type { EndedSession } from '../sessions.ts'
import { airOf } from './air.ts'
import { localDays } from './days.ts'
import { evsesOf, layOut, networksOf } from './places.ts'
import { type RecorderInput, recorder } from './recorder.ts'
import { type VisitPart, Visits } from './visits.ts'

/** What to simulate; the answer depends on nothing else. */
export interface SiteRunInput {
  /** Checked, and complete for simulation (`missingForSimulation` found nothing). */
  readonly site: Site & { readonly demand: SiteDemand }
  readonly from_ms: number
  readonly duration_s: number
  /** Local date of the start: access rules of that day hold. */
  readonly date: string
  readonly seed: number
  readonly policy: PolicyName
  /** Lets the site controller share the power on what it sees; absent: the policy shares exactly, seeing all. */
  readonly sight?: SightName
  /** Devices are physics, below the site controller or, without one, below exact sharing; not with `equal-rating`. */
  readonly physics?: boolean
  /** Whoever else sets what each place may draw, in place of policy and controller: the stations of a living hub. */
  readonly governor?: (parts: GovernedParts) => Governor
  /** Temperatures of the air, in place of what the site file says; needs physics, and has to cover the run. */
  readonly weather?: Weather
  /** Parts that fail, checked; needs physics. */
  readonly faults?: readonly SoundFault[]
  /** A recording that is replayed instead of what the site file says about arrivals. */
  readonly trace?: Trace
  /** Hub the recording is of, as far as it matters which vehicles could charge there: another one with the same fleet. */
  readonly castAt?: Site & { readonly demand: SiteDemand }
  /** Arrivals and energies fitted to a recording, likewise. */
  readonly process?: ArrivalProcess
  /** Told of every session at its end, as it would have been recorded. */
  readonly onSession?: (session: TraceSession) => void
  /** A session done within this time is done within a coffee; default 15. */
  readonly coffee_min?: number
  /** Watches the run from inside, if wanted; changes nothing in it. */
  readonly watch?: Watch
}

/** Told of what happens in a run, at the moment it happens. */
export interface Watch {
  readonly ended?: (session: VisitPart) => void
  readonly quarter?: (quarter: Quarter) => void
  readonly lost?: (visitor: LostVisitor) => void
}

/** A run of a site: drive it with `run.until`, then ask for the result. */
export interface SiteRun {
  readonly run: Run
  readonly hub: CompiledHub
  readonly fleet: readonly FleetMatch[]
  result(): SimulationResult
  /** Currents at the plugs, of a run with physics. */
  readonly plugs: PlugPhysics | null
  /** Cables, cabinets and faults of a run with physics. */
  readonly devices: DeviceGovernor | null
  /** Vehicles in the queue now. */
  waiting(): number
  /** Sessions that go on; whose they are is known of a run that is watched. */
  openSessions(): VisitPart[]
  /** How the vehicles of a replay were found so far; null: nothing is replayed. */
  replayed(): ReplayCounts | null
}

/** Rows of the fleet that share a name are numbered, so that each keeps its own figures. */
function uniqueNames(names: readonly string[]): string[] {
  return names.map((name, at) => {
    const earlier = names.slice(0, at).filter((other) => other === name).length
    return earlier === 0 ? name : `${name} (${earlier + 1})`
  })
}

const noHand = { code: 'access.handsFree', params: {}, remedy: { code: 'remedy.handsFree', params: {} } } as const

function refusalsOf(fleet: readonly FleetMatch[], { refused, refusedDriverless }: TrafficCounts): RefusalExample[] {
  return fleet.flatMap(({ row, nearestMiss }, at): RefusalExample[] => {
    const driverless = refusedDriverless[at] ?? 0
    if (driverless > 0) return [{ ...noHand, vehicle: row.name, count: driverless }]
    const count = refused[at] ?? 0
    const obstacle = nearestMiss?.obstacles[0]
    if (count === 0 || !obstacle) return []
    const { code, params, remedy } = obstacle
    return [{ code, params, vehicle: row.name, count, ...(remedy ? { remedy } : {}) }]
  })
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function visitsOf(counts: TrafficCounts, fleet: readonly FleetMatch[]): VisitCounts {
  const refusals = refusalsOf(fleet, counts)
  const refusedBecause: Record<string, number> = {}
  for (const { code, count } of refusals) refusedBecause[code] = (refusedBecause[code] ?? 0) + count
  return {
    arrived: sum(counts.arrived),
    refused: sum(counts.refused),
    balked: counts.balked,
    reneged: counts.reneged,
    arrivedByVehicle: counts.arrived,
    refusedByVehicle: counts.refused,
    refusedBecause,
    refusals,
  }
}

type Watched = Pick<RecorderInput, 'hub' | 'fleet' | 'driver'>

/** What the run tells of, for those who want to know. */
function watching(
  { watch, onSession, from_ms, trace }: SiteRunInput,
  parts: Watched,
  visits: Visits,
): Partial<RunInput> {
  const record = onSession ? recorder({ ...parts, from_ms, trace, onSession }) : null
  if (!watch && !record) return {}
  const ended = (session: EndedSession): void => {
    const part = visits.end(session)
    record?.(part)
    watch?.ended?.(part)
  }
  return { onSession: ended, ...(watch ? { onQuarter: (quarter) => watch.quarter?.(quarter) } : {}) }
}

function losing({ watch }: SiteRunInput): Pick<SiteTraffic, 'onLost'> {
  return watch ? { onLost: (visitor) => watch.lost?.(visitor) } : {}
}

function recordedVisitors({ trace, castAt, date }: SiteRunInput, stage: Stage): RecordedVisitors | null {
  if (!trace) return null
  if (!castAt) return new RecordedVisitors(trace, stage)
  const hub = compileHub(castAt)
  return new RecordedVisitors(trace, { ...stage, castAt: { hub, fleet: matchFleet(hub, new ProfileTable(), date) } })
}

/** The hub as a governor is made for it; limit sources of its own are entered into the profiles then. */
export interface GovernedParts {
  readonly hub: CompiledHub
  readonly fleet: readonly FleetMatch[]
  readonly profiles: ProfileTable
  readonly layout: PlaceLayout
}

function controllerOf({ sight, policy, site, seed, physics }: SiteRunInput, parts: GovernedParts): Governor | null {
  if (sight === undefined || policy === 'equal-rating') return null
  const { hub, profiles, layout } = parts
  const cabinets = physics ? cabinetsOf(hub) : []
  return controlled({ model: hub.model, profiles, layout, sight, policy, floor_kW: site.floor_kW, cabinets, seed })
}

/** The hub for physics in changing air: what posts can give at most is known for the coolest air, heat takes the rest off as it comes. */
function inCoolest(site: SiteRunInput['site'], air: Air): SiteRunInput['site'] {
  return { ...site, ambient_degC: air.lowest_degC }
}

/** The site controller, where it is to share the power, and the devices, where they are to be physics. */
function steering(
  { physics, seed, faults = [], ...input }: SiteRunInput,
  parts: GovernedParts,
  air: Air,
): Pick<RunInput, 'governor' | 'devices'> {
  const governor = input.governor
    ? input.governor(parts)
    : controllerOf({ ...input, physics: physics === true, seed }, parts)
  const { hub, fleet, profiles } = parts
  if (!physics) return governor ? { governor } : {}
  const devices = siteDevices(hub, fleet, profiles, { site: governor ?? noSite, air, faults, seed })
  return governor ? { governor: devices } : { devices }
}

/** Cables by connector, cabinets by id, and what they lost. */
function devicesOf(governor: Governor | undefined, { connectors, site }: CompiledHub, outcome: SimulationResult) {
  if (!(governor instanceof DeviceGovernor)) return {}
  const delivered_kWh = outcome.energyDelivered_kWh
  const cables = governor.cables()
  const cabinets = governor.cabinets()
  const faults = governor.faults()
  const behind_kWh = sum([...cables, ...cabinets].map(({ loss_kWh }) => loss_kWh))
  const share = delivered_kWh > 0 ? 1 + behind_kWh / delivered_kWh : 1
  const supply = supplyLosses(site, outcome.loadDuration, share)
  const losses_kWh = behind_kWh + supply.transformer_kWh + supply.lines_kWh
  return {
    energyIn_kWh: delivered_kWh + losses_kWh,
    losses_kWh,
    supply,
    setUp: governor.setUp,
    ...(governor.packs ? { packs: governor.packs } : {}),
    cables: Object.fromEntries(cables.map((cable, at) => [connectors[at]?.connector.id ?? '', cable])),
    cabinets: Object.fromEntries(cabinets.map((cabinet, at) => [governor.cabinetIds[at] ?? '', cabinet])),
    ...(faults.length > 0 ? { faults } : {}),
  }
}

/** Prepares a run: matches the fleet with every connector, compiles the hub and lets drivers come. */
export function prepareSiteRun(input: SiteRunInput): SiteRun {
  const { from_ms, duration_s, date, seed, policy, process, coffee_min } = input
  const air = input.physics ? airOf(input.site, input, input.weather ?? null) : Air.constant(input.site.ambient_degC)
  const site = inCoolest(input.site, air)
  const hub = compileHub(site)
  const profiles = new ProfileTable()
  const fleet = matchFleet(hub, profiles, date, air.highest_degC)
  const { kinds, ...layout } = layOut(hub)
  const { demand, timezone } = site
  const days = localDays(timezone, from_ms, duration_s)
  const setting = { timezone, from_ms, end_ms: from_ms + duration_s * 1000, seed }
  const recorded = recordedVisitors(input, { hub, fleet, ...setting })
  const visitors = recorded ?? new DrawnVisitors(demand, setting, process)
  const driver = new SiteDriver({ hub, demand, fleet, connectorOf: layout.kindOf, visitors, from_ms, ...losing(input) })
  const visits = new Visits(driver)
  const steered = steering({ ...input, site }, { hub, fleet, profiles, layout }, air)
  const governor = steered.governor ?? steered.devices
  const run = new Run({
    model: hub.model,
    profiles,
    policy,
    floor_kW: site.floor_kW,
    driver,
    duration_s,
    connectors: kinds,
    vehicles: uniqueNames(demand.fleet.map(({ name }) => name)),
    cutoff_kW: CUTOFF_kW,
    layout,
    dayStarts_s: days.starts_s,
    quarters: true,
    ...(coffee_min === undefined ? {} : { coffee_min }),
    ...steered,
    ...watching(input, { hub, fleet, driver }, visits),
  })
  const from = new Date(from_ms).toISOString()
  const about = { site: site.name, seed, from, siteLimit_kW: site.grid.import_kW, dates: days.dates }
  const result = (): SimulationResult => {
    const outcome = outcomeOf(run, about, visitsOf(driver.counts, fleet))
    const { announced, driverless, waitedForBetter, moved } = driver.counts
    const drivers = { announced, driverless, waitedForBetter, moved }
    const devices = devicesOf(governor, hub, outcome)
    return {
      ...outcome,
      drivers,
      ...devices,
      ...(input.physics ? { ambient: air.range } : {}),
      byNetwork: networksOf(outcome.byEvse, hub),
      byEvse: evsesOf(outcome.byEvse, hub),
    }
  }
  const openSessions = (): VisitPart[] => [...run.openSessions()].map((session) => visits.partOf(session))
  const devices = governor instanceof DeviceGovernor ? governor : null
  const plugs = devices?.plugs ?? null
  const waiting = (): number => driver.counts.waiting
  return { run, hub, fleet, result, plugs, devices, waiting, openSessions, replayed: () => recorded?.counts ?? null }
}
