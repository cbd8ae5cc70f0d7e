import { invariant } from '../../../base/problems/index.ts'
import type { Adapter, Inlet, Market, Vehicle } from '../schema/index.ts'
import {
  isUsable,
  type MatchFacts,
  type PreparedOutlet,
  type PreparedPost,
  type PreparedVehicle,
  preparedPost,
  preparedVehicle,
  spokenBy,
} from './facts.ts'
import { dayOf, type Region, regionOf, regionsOf, yearOf } from './places.ts'
import type { MatchRequest } from './result.ts'
import { type LowVoltageMode, lowVoltageMode } from './session.ts'

export const DEFAULT_AMBIENT_degC = 20

/** A request against a plug, with defaults filled in and records prepared. */
export interface Question {
  readonly facts: MatchFacts
  readonly request: MatchRequest
  readonly vehicle: PreparedVehicle
  readonly post: PreparedPost
  readonly outlets: readonly PreparedOutlet[]
  readonly carried: readonly Adapter[]
  readonly date: string
  readonly ambient_degC: number
  readonly hottest_degC: number
  readonly soc_frac: number | null
  readonly memberships: readonly string[]
  readonly variants: readonly Variant[]
}

/** The vehicle as it is in one region, with its options there. */
export interface Variant {
  readonly region: Region
  /** The vehicle is not sold in the region: it came from elsewhere. */
  readonly imported: boolean
  readonly options: ReadonlySet<string>
  readonly speaks: readonly string[]
  readonly mode: LowVoltageMode
  readonly inlets: readonly Inlet[]
}

/** Options asked for and those that are standard in the region on that day. */
function optionsIn(vehicle: Vehicle, region: Region, date: string, asked: readonly string[]): Set<string> {
  const options = new Set(asked)
  for (const [id, { standardIn }] of Object.entries(vehicle.options)) {
    if (standardIn.some(({ market, from }) => regionOf(market) === region && dayOf(from) <= date)) options.add(id)
  }
  return options
}

/** Inlets of a record that vehicles built until `year` may have; a record younger than that is taken as it comes. */
function builtBy(vehicle: Vehicle, year: number): (inlet: Inlet) => boolean {
  const first = vehicle.modelYears.from ?? Number.NEGATIVE_INFINITY
  const last = Math.min(vehicle.modelYears.to ?? Number.POSITIVE_INFINITY, Math.max(year, first))
  return ({ modelYears }) =>
    (modelYears.from ?? Number.NEGATIVE_INFINITY) <= last && (modelYears.to ?? Number.POSITIVE_INFINITY) >= first
}

/** The DC inlets of a region; of all regions where `region` is null. */
function inletsOf(vehicle: Vehicle, region: Region | null, options: ReadonlySet<string>, date: string): Inlet[] {
  const isBuilt = builtBy(vehicle, yearOf(date))
  return vehicle.inlets.filter(
    (inlet) =>
      inlet.dc &&
      (region === null || regionOf(inlet.market) === region) &&
      (inlet.option === null || options.has(inlet.option)) &&
      isBuilt(inlet),
  )
}

function variantOf(question: Omit<Question, 'variants'>, region: Region, imported: boolean): Variant {
  const { record } = question.vehicle
  const options = optionsIn(record, region, question.date, question.request.options ?? [])
  const added = Object.entries(record.options).flatMap(([id, option]) => (options.has(id) ? option.addsProtocols : []))
  return {
    region,
    imported,
    options,
    speaks:
      added.length === 0 ? question.vehicle.speaks : spokenBy([...record.protocols, ...added], question.facts.spoken),
    mode: lowVoltageMode(record, options),
    inlets: inletsOf(record, imported ? null : region, options, question.date),
  }
}

/** The regions in question: the one asked for, else those of the post. An imported vehicle brings its own inlet. */
function variantsOf(question: Omit<Question, 'variants'>, markets: readonly Market[]): readonly Variant[] {
  const regions = regionsOf(markets)
  const local = regions
    .map((region) => variantOf(question, region, false))
    .filter((variant) => variant.inlets.length > 0)
  return local.length > 0 ? local : regions.map((region) => variantOf(question, region, true))
}

function asked({ record, outlets }: PreparedPost, { evse, connector }: MatchRequest): readonly PreparedOutlet[] {
  if (evse === undefined && connector === undefined) return outlets
  const named = record.evses.filter((_, index) => evse === undefined || index === evse)
  const found = named.some(({ connectors }) => connector === undefined || connectors[connector] !== undefined)
  invariant(found, `post ${record.id} has EVSE ${evse}, connector ${connector}`)
  return outlets.filter(
    (outlet) =>
      (evse === undefined || outlet.evse === evse) && (connector === undefined || outlet.position === connector),
  )
}

/** The day of the question: as asked, else the day of the facts; without either every access date has passed. */
export function dateOf(request: MatchRequest, facts: MatchFacts): string {
  return dayOf(request.date ?? (facts.catalogue.asOf || '9999'))
}

export function questionOf(request: MatchRequest, record: PreparedPost['record'], facts: MatchFacts): Question {
  const post = preparedPost(record, facts)
  const question = {
    facts,
    request,
    vehicle: preparedVehicle(request.vehicle, facts),
    post,
    outlets: asked(post, request),
    carried: (request.adapters ?? []).flatMap((id) => facts.adapters.get(id) ?? []),
    date: dateOf(request, facts),
    ambient_degC: request.ambient_degC ?? DEFAULT_AMBIENT_degC,
    hottest_degC: request.hottest_degC ?? request.ambient_degC ?? DEFAULT_AMBIENT_degC,
    soc_frac: request.soc_frac ?? null,
    memberships: request.memberships ?? [],
  }
  return { ...question, variants: variantsOf(question, request.market ? [request.market] : record.markets) }
}

/** Adapters asked for that pass no direct current, do not exist or are not of the catalogue. */
export function uselessAdapters(question: Question): readonly string[] {
  const known = question.facts.catalogue.adapters
  return (question.request.adapters ?? []).filter((id) => {
    const adapter = known.get(id)
    return !adapter || !isUsable(adapter)
  })
}
