import type { Problem } from '../../../src/base/problems/index.ts'
import { engineVersion } from '../../../src/base/version/index.ts'
import {
  loadSite,
  missingForSimulation,
  type Site,
  type SiteDemand,
  type SiteEvse,
  type SiteSummary,
  summarise,
} from '../../../src/hub/site/index.ts'
import {
  builtInCatalogue,
  type Catalogue,
  hitsOf,
  type Kind,
  type MatchRequest,
  type MatchResult,
  match,
  nameOf,
  prepareMatch,
  search,
} from '../../../src/hub/standards/index.ts'
import type { SimulationResult } from '../../../src/study/simulate/index.ts'
import { prepareSiteRun } from '../../../src/study/simulate/site/index.ts'
import type { EvsePlan, HubPlan } from '../hub/plan.ts'
import type { MarketAnswer, MarketQuestion, PhaseTold, ScenarioName } from '../market/study.ts'

const catalogue: Catalogue = builtInCatalogue()
const facts = prepareMatch(catalogue)
const WEEK_s = 7 * 86_400
/** Between two reports of how far a run is. */
const PART_s = 6 * 3600

/** A record as a list shows it. */
export interface Named {
  readonly kind: Kind
  readonly id: string
  readonly name: string
}

/** What to match, by id. */
export interface MatchQuestion extends Omit<MatchRequest, 'vehicle' | 'post'> {
  readonly vehicle: string
  readonly post: string
}

export interface MatchAnswer {
  readonly result: MatchResult
  /** Names of every record the result mentions. */
  readonly names: Readonly<Record<string, string>>
}

export interface CheckAnswer {
  readonly problems: readonly Problem[]
  readonly summary: SiteSummary | null
  readonly canRun: boolean
}

export type WeekAnswer =
  | { readonly ok: true; readonly result: SimulationResult; readonly engineVersion: string; readonly cpu_ms: number }
  | { readonly ok: false; readonly problems: readonly Problem[] }

type Report = (done_frac: number) => void

function named(kind: Kind, id: string): Named | null {
  const hit = hitsOf(catalogue, kind).find(({ record }) => record.id === id)
  return hit ? { kind, id, name: nameOf(hit) } : null
}

function postOf(id: string) {
  return catalogue.chargers.get(id) ?? catalogue.swapStations.get(id)
}

function ask({ vehicle, post, ...conditions }: MatchQuestion): MatchResult | null {
  const car = catalogue.vehicles.get(vehicle)
  const place = postOf(post)
  if (!car || !place) return null
  const options = conditions.options?.filter((option) => option in car.options)
  return match({ ...conditions, ...(options ? { options } : {}), vehicle: car, post: place }, facts)
}

function namesIn(result: MatchResult): Record<string, string> {
  const { connector, inlet, through, vehicle, post, protocol } = result
  const wanted: [Kind, string | null][] = [
    ['connectors', connector],
    ['connectors', inlet],
    ['protocols', protocol],
    ['vehicles', vehicle],
    ['chargers', post],
    ['swapStations', post],
    ...through.map((id): [Kind, string] => ['adapters', id]),
  ]
  const found = wanted.map(([kind, id]) => (id === null ? null : named(kind, id))).filter((record) => record !== null)
  return Object.fromEntries(found.map(({ id, name }) => [id, name]))
}

type Complete = Site & { readonly demand: SiteDemand }

function open(text: string): { readonly site: Complete } | { readonly problems: readonly Problem[] } {
  const checked = loadSite(text, 'site.yaml', catalogue)
  if (!checked.ok) return { problems: checked.problems }
  const missing = missingForSimulation(checked.value)
  if (missing.length > 0 || checked.value.demand === null) return { problems: missing }
  return { site: checked.value as Complete }
}

function rowsOf({ id, live, connectors }: SiteEvse): EvsePlan[] {
  const plugs = connectors.map((plug) => ({ id: plug.id, standard: plug.connector }))
  return live === 1 ? [{ id, connectors: plugs }] : plugs.map((plug) => ({ id: plug.id, connectors: [plug] }))
}

function planOf({ name, timezone, grid, circuits, cabinets, stations }: Site): HubPlan {
  return {
    name,
    timezone,
    import_kW: grid.import_kW,
    circuits: circuits.map(({ id, parent, max_kW }) => ({ id, parent, max_kW })),
    cabinets: cabinets.map(({ id, circuit, power_kW, module_kW }) => ({ id, circuit, power_kW, module_kW })),
    stations: stations.map(({ id, cabinet, circuit, evses }) => ({
      id,
      cabinet,
      circuit,
      evses: evses.flatMap(rowsOf),
    })),
  }
}

/** Facts and model of the market: loaded at the first question about it. */
const market = () => import('../market/study.ts')

/** Vehicles at posts: rows by vehicle; null: one of them is not known. */
export interface Matrix {
  readonly cars: readonly { readonly id: string; readonly name: string }[]
  readonly places: readonly { readonly id: string; readonly name: string }[]
  readonly rows: readonly (readonly (MatchResult | null)[])[]
}

function matrixOf({ catalogue: known, stations, demand }: Site): Matrix {
  const facts = prepareMatch(known)
  const ids = [...new Set((demand?.fleet ?? []).map(({ vehicle }) => vehicle))]
  const vehicles = ids.flatMap((id) => known.vehicles.get(id) ?? [])
  const posts = [...new Map(stations.map((station) => [station.product ?? station.id, station])).values()]
  return {
    cars: vehicles.map((record) => ({ id: record.id, name: nameOf({ kind: 'vehicles', record }) })),
    places: posts.map(({ id, product, charger }) => ({
      id: product ?? id,
      name: product === null ? id : nameOf({ kind: 'chargers', record: charger }),
    })),
    rows: vehicles.map((vehicle) => posts.map(({ charger: post }) => match({ vehicle, post }, facts))),
  }
}

/** Everything the worker answers; each a function of its input alone. */
export const requests = {
  search({
    text,
    kinds,
    most,
  }: {
    readonly text: string
    readonly kinds: readonly Kind[]
    readonly most: number
  }): Named[] {
    const hits = text.trim() === '' ? kinds.flatMap((kind) => hitsOf(catalogue, kind)) : search(catalogue, text, kinds)
    return hits.slice(0, most).map((hit) => ({ kind: hit.kind, id: hit.record.id, name: nameOf(hit) }))
  },

  /** Null: no such vehicle or post. */
  match(question: MatchQuestion): MatchAnswer | null {
    const result = ask(question)
    return result && { result, names: namesIn(result) }
  },

  /** Every vehicle at every post; rows by vehicle. Ids that are not known are left out. */
  matrix({ vehicles, posts }: { readonly vehicles: readonly string[]; readonly posts: readonly string[] }) {
    const cars = vehicles.flatMap((id) => named('vehicles', id) ?? [])
    const places = posts.flatMap((id) => named('chargers', id) ?? named('swapStations', id) ?? [])
    const rows = cars.map(({ id: vehicle }) => places.map(({ id: post }) => ask({ vehicle, post })))
    return { cars, places, rows }
  },

  /** The vehicles a site expects at its posts; null: the text is no sound site file. */
  hubMatrix({ text }: { readonly text: string }): Matrix | null {
    const checked = loadSite(text, 'site.yaml', catalogue)
    return checked.ok ? matrixOf(checked.value) : null
  },

  check({ text }: { readonly text: string }): CheckAnswer {
    const checked = loadSite(text, 'site.yaml', catalogue)
    if (!checked.ok) return { problems: checked.problems, summary: null, canRun: false }
    const missing = missingForSimulation(checked.value)
    const problems = [...checked.warnings, ...missing]
    return {
      problems,
      summary: summarise(checked.value),
      canRun: missing.length === 0 && checked.value.demand !== null,
    }
  },

  /** The hub as it is drawn; null: the text is no sound site file. An EVSE where several charge at once is one row for each. */
  plan({ text }: { readonly text: string }): HubPlan | null {
    const checked = loadSite(text, 'site.yaml', catalogue)
    return checked.ok ? planOf(checked.value) : null
  },

  week(
    { text, from, seed }: { readonly text: string; readonly from: string; readonly seed: number },
    report: Report,
  ): WeekAnswer {
    const opened = open(text)
    if (!('site' in opened)) return { ok: false, problems: opened.problems }
    const { site } = opened
    const started_ms = performance.now()
    const from_ms = Date.parse(`${from}T00:00:00Z`)
    const prepared = prepareSiteRun({ site, from_ms, duration_s: WEEK_s, date: from, seed, policy: site.policy })
    for (let at_s = PART_s; at_s <= WEEK_s; at_s += PART_s) {
      prepared.run.until(at_s)
      report(at_s / WEEK_s)
    }
    return { ok: true, result: prepared.result(), engineVersion, cpu_ms: performance.now() - started_ms }
  },

  async scenarios(): Promise<readonly ScenarioName[]> {
    return (await market()).scenarioNames()
  },

  async market(question: MarketQuestion): Promise<MarketAnswer> {
    return (await market()).marketAnswer(question)
  },

  async phase(question: MarketQuestion): Promise<PhaseTold | null> {
    return (await market()).phaseAnswer(question)
  },
} as const

export type Requests = typeof requests
