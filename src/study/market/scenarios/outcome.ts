import { halfway } from '../model/domino.ts'
import { runMarket } from '../model/run.ts'
import { QUARTERS } from '../model/setup.ts'
import type { MarketTrack } from '../model/track.ts'
import type { MarketCase } from './plan.ts'
import { scenarioSetup } from './plan.ts'

/** What a market is at the end of a year. Lists run over groups or connectors of the region. */
export interface MarketYear {
  readonly year: number
  readonly fleet: readonly number[]
  readonly sales: readonly number[]
  readonly ports: number
  readonly closedPorts: number
  readonly newPorts: number
  readonly newClosedPorts: number
  /** Cables at open ports; at those built within the year; added to older ports within the year. */
  readonly cables: readonly number[]
  readonly newCables: readonly number[]
  readonly addedCables: readonly number[]
  /** Share of demand a cable would win, chance a site fits it, share of new ports that get it. */
  readonly demand_frac: readonly number[]
  readonly fitted_frac: readonly number[]
  readonly attached_frac: readonly number[]
  readonly usable: readonly number[]
  readonly usableByAdapter: readonly number[]
  readonly committed_frac: number
  readonly native_frac: number
  readonly adapterSessions_frac: number
  readonly unusablePorts_frac: number
  /** Cables beyond one a port, and cables whose use is below a quarter of the mean. */
  readonly redundantCables: number
  readonly strandedCables: number
}

const STRANDED = 0.25

function row(values: Float64Array, quarter: number, width: number): readonly number[] {
  return [...values.subarray(quarter * width, (quarter + 1) * width)]
}

function summed(values: Float64Array, last: number, width: number): readonly number[] {
  return Array.from({ length: width }, (_, at) => {
    let sum = 0
    for (let back = 0; back < QUARTERS && last - back >= 0; back += 1) sum += values[(last - back) * width + at] ?? 0
    return sum
  })
}

/** Cables of a connector are stranded where a cable serves less than a quarter of what the mean cable does. */
function stranded(cables: readonly number[], demand: readonly number[]): number {
  const all = cables.reduce((a, b) => a + b, 0)
  const use = demand.reduce((a, b) => a + b, 0)
  if (all <= 0 || use <= 0) return 0
  return cables.reduce((sum, count, c) => {
    const relative = count > 0 ? ((demand[c] ?? 0) / use / count) * all : 1
    return sum + (relative < STRANDED ? count : 0)
  }, 0)
}

function yearAt(track: MarketTrack, last: number, year: number): MarketYear {
  const { groups, connectors } = track.setup
  const [g, c] = [groups.length, connectors]
  const cables = row(track.cables, last, c)
  const demand_frac = row(track.demand, last, c)
  const ports = track.ports[last] ?? 0
  return {
    year,
    ...{ fleet: row(track.fleet, last, g), sales: summed(track.sales, last, g) },
    ...{ ports, closedPorts: track.closedPorts[last] ?? 0 },
    newPorts: summed(track.newPorts, last, 1)[0] ?? 0,
    newClosedPorts: summed(track.newClosedPorts, last, 1)[0] ?? 0,
    ...{ cables, newCables: summed(track.newCables, last, c), addedCables: summed(track.addedCables, last, c) },
    ...{ demand_frac, fitted_frac: row(track.fitted, last, c), attached_frac: row(track.attached, last, c) },
    ...{ usable: row(track.usable, last, g), usableByAdapter: row(track.usableByAdapter, last, g) },
    ...{ committed_frac: track.committed[last] ?? 0, native_frac: track.native[last] ?? 0 },
    adapterSessions_frac: track.adapterShare[last] ?? 0,
    unusablePorts_frac: track.unusable[last] ?? 0,
    redundantCables: Math.max(0, cables.reduce((a, b) => a + b, 0) - ports),
    strandedCables: stranded(cables, demand_frac),
  }
}

/** Years of a run, each at its end. */
export function yearsOf(track: MarketTrack): readonly MarketYear[] {
  const { from_yr, quarters } = track.setup
  const years: MarketYear[] = []
  for (let quarter = 0; quarter < quarters; quarter += 1) {
    const end = from_yr + (quarter + 1) / QUARTERS
    if (Math.abs(end - Math.round(end)) < 1e-6) years.push(yearAt(track, quarter, Math.round(end) - 1))
  }
  return years
}

/** When fitting a cable of a connector starts to pay at half of the sites, and when it stops. */
export interface SwitchYears {
  readonly connector: string
  readonly starts_yr: number | null
  readonly stops_yr: number | null
}

export function switchYears({ region }: MarketCase, track: MarketTrack): readonly SwitchYears[] {
  const { from_yr, quarters, connectors, law } = track.setup
  const at = Array.from({ length: quarters }, (_, quarter) => from_yr + (quarter + 1) / QUARTERS)
  return region.connectors.map(({ id }, c) => {
    const pays = at.map((_, quarter) => (track.demand[quarter * connectors + c] ?? 0) / law.threshold_frac)
    const stops = halfway(
      at,
      pays.map((value) => -value),
      -1,
    )
    return { connector: id, starts_yr: halfway(at, pays, 1), stops_yr: stops }
  })
}

/** One deterministic run of a scenario. */
export function playScenario(one: MarketCase): MarketTrack {
  const setup = scenarioSetup(one)
  if (!one.scenario.closedAccess && !one.scenario.switch) return runMarket(setup)
  // What a scenario opens or closes moves sales against the region as it is.
  const plain = { ...one, scenario: { ...one.scenario, closedAccess: undefined, switch: undefined } }
  const reference = runMarket(scenarioSetup({ ...one, scenario: plain.scenario }))
  return runMarket({ ...setup, reference: reference.usable })
}
