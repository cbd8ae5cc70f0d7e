import { invariant } from '../../base/problems/index.ts'
import type { CompiledHub, HubConnector } from '../plant/compile/index.ts'
import type { ProfileInput, ProfileTable } from '../plant/index.ts'
import type { FleetRow, Site } from '../site/index.ts'
import { acceptance, type MatchFacts, type MatchResult, match, prepareMatch, rankOf } from '../standards/index.ts'
import type { Vehicle } from '../standards/schema/index.ts'
import { type ChargeNeed, chargeTime_h } from './charge-time.ts'
import type { RankedChoice } from './occupancy.ts'

/** A way for a vehicle of the fleet to charge here. */
export interface FleetChoice extends RankedChoice {
  /** Number in the table of profiles. */
  readonly profile: number
  readonly answer: MatchResult
  /** Hours to the target while nobody else takes power. */
  readonly time_h: (need: ChargeNeed) => number
}

/** A row of the fleet at this hub: where it can charge, best first, or why it cannot. */
export interface FleetMatch {
  readonly row: FleetRow
  readonly choices: readonly FleetChoice[]
  /** Where it can charge without a hand to plug it in. */
  readonly handsFree: readonly FleetChoice[]
  /** The answer that came closest to a session, where there is no choice. */
  readonly nearestMiss: MatchResult | null
}

/** Inlets of vehicles built in a year; all of them where the record does not say. */
function inletsBuilt({ inlets }: Vehicle, year: number): Vehicle['inlets'] {
  const built = inlets.filter(({ modelYears: { from, to } }) => (from ?? year) <= year && (to ?? year) >= year)
  return built.length > 0 ? built : inlets
}

/** The vehicle as it comes here: of the model year of the row, with what the site file states about it. */
function vehicleOf(row: FleetRow, { site, date }: Setting): Vehicle {
  const record = site.catalogue.vehicles.get(row.vehicle)
  invariant(record, `vehicle ${row.vehicle} was checked to be in the catalogue`)
  const newest = Math.min(record.modelYears.to ?? Number.POSITIVE_INFINITY, Number(date.slice(0, 4)))
  const inlets = inletsBuilt(record, row.modelYear ?? Math.max(newest, record.modelYears.from ?? newest))
  const pack = { ...record.pack, usable_kWh: row.usable_kWh }
  if (row.maxPower_kW === null) return { ...record, pack, inlets }
  const stated_kW = row.maxPower_kW
  const powered = inlets.map((inlet) => (inlet.dc ? { ...inlet, maxPower_kW: inlet.maxPower_kW ?? stated_kW } : inlet))
  return { ...record, pack, maxPower_kW: stated_kW, inlets: powered }
}

function matchAt(vehicle: Vehicle, row: FleetRow, setting: Setting, at: HubConnector): MatchResult {
  const { site, facts, date, hottest_degC } = setting
  const request = {
    vehicle,
    post: at.station.charger,
    evse: at.evseAt,
    connector: at.connectorAt,
    adapters: [...row.adapters, ...site.adapters],
    options: row.options,
    market: site.market,
    date,
    ambient_degC: site.ambient_degC,
    hottest_degC,
  }
  return match(request, facts)
}

/** What may flow, as the engine takes it: the vehicle's own curve, the tightest constant limit and the curve over this inlet. */
function profileOf(result: MatchResult): ProfileInput {
  const points = acceptance(result).alone.flatMap(({ from_frac, to_frac, from_kW, to_kW }) => [
    [from_frac, from_kW] as const,
    [to_frac, to_kW] as const,
  ])
  const constants = result.limits.filter(({ source }) => source !== 'vehicle.chargeCurve')
  const limits = constants.map(({ source, power_kW }) => ({ source, limit: power_kW }))
  const curve = result.curve === null ? [] : [{ source: 'vehicle.chargeCurve', limit: result.curve }]
  return { curve: points, source: 'vehicle.chargeCurve', limits: [...curve, ...limits] }
}

/** Closest to a session: fewest obstacles, and among those the one that stands last in the order of checks. */
function nearest(misses: readonly MatchResult[]): MatchResult | null {
  const depth = (result: MatchResult): number => Math.max(...result.obstacles.map(({ code }) => rankOf(code)), -1)
  const closer = (a: MatchResult, b: MatchResult): number =>
    a.obstacles.length - b.obstacles.length || depth(b) - depth(a)
  return [...misses].sort(closer)[0] ?? null
}

interface Setting {
  readonly site: Site
  readonly facts: MatchFacts
  readonly profiles: ProfileTable
  readonly date: string
  readonly hottest_degC: number
}

/** Equal plugs of equal posts give equal answers: they are asked for once. */
function answersFor(row: FleetRow, hub: CompiledHub, setting: Setting): readonly MatchResult[] {
  const vehicle = vehicleOf(row, setting)
  const known = new Map<unknown, Map<string, MatchResult>>()
  return hub.connectors.map((at) => {
    const ofPost = known.get(at.station.charger) ?? new Map<string, MatchResult>()
    known.set(at.station.charger, ofPost)
    const key = `${at.evseAt}/${at.connectorAt}`
    const answer = ofPost.get(key) ?? matchAt(vehicle, row, setting, at)
    ofPost.set(key, answer)
    return answer
  })
}

function matchRow(row: FleetRow, hub: CompiledHub, setting: Setting): FleetMatch {
  const answers = answersFor(row, hub, setting)
  const numbers = new Map<MatchResult, number>()
  const choices = answers.flatMap((answer, connector): FleetChoice[] => {
    if (!answer.fits || answer.power_kW === null || answer.power_kW <= 0) return []
    const profile = numbers.get(answer) ?? setting.profiles.add(profileOf(answer))
    numbers.set(answer, profile)
    const time_h = (need: ChargeNeed): number => chargeTime_h(setting.profiles, profile, need)
    return [{ connector, guns: answer.guns, power_kW: answer.power_kW, profile, answer, time_h }]
  })
  choices.sort((a, b) => b.power_kW - a.power_kW || a.connector - b.connector)
  const handsFree = choices.filter(({ connector }) => hub.connectors[connector]?.evse.handsFree)
  return { row, choices, handsFree, nearestMiss: choices.length > 0 ? null : nearest(answers) }
}

/**
 * Where each row of the fleet can charge at this hub on a day (`date`, for access rules); what may flow goes into `profiles`. Adapters
 * have to stand `hottest_degC`: the ambient temperature of the site where nothing else is said.
 */
export function matchFleet(
  hub: CompiledHub,
  profiles: ProfileTable,
  date: string,
  hottest_degC = hub.site.ambient_degC,
): readonly FleetMatch[] {
  const { site } = hub
  const setting = { site, profiles, facts: prepareMatch(site.catalogue), date, hottest_degC }
  return (site.demand?.fleet ?? []).map((row) => matchRow(row, hub, setting))
}
