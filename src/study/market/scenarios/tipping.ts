import { fitProbability } from '../model/attach.ts'
import { halfway, meanFieldDomino, normalised } from '../model/domino.ts'
import { runMarket } from '../model/run.ts'
import { type MarketSetup, QUARTERS, type SwitchSetup } from '../model/setup.ts'
import type { MarketTrack } from '../model/track.ts'
import { type MarketCase, makersOf, scenarioSetup } from './plan.ts'

/** Whether and why a region tips to another plug. */
export interface TippingReport {
  /** More than half of the sales that can change have committed. */
  readonly tipped: boolean
  readonly half_yr: number | null
  /** By maker: how much later half would commit without it; null: never. Empty where no maker can change. */
  readonly movers: readonly { readonly maker: string; readonly later_yr: number | null }[]
  readonly plugs: readonly PlugTipping[]
}

export interface PlugTipping {
  readonly connector: string
  readonly demand_frac: number
  /** Change of the share of new ports with the cable for a change of demand, at the end. */
  readonly slope: number
  /** Demand above which the loop of cables and cars carries itself. */
  readonly criticalMass_frac: number
  /** Below the threshold and falling: the plug is on its way out. */
  readonly fading: boolean
}

/** Committed share by quarter before the start of a run counts too: dates of the past are known. */
function halfOf(one: MarketCase, track: MarketTrack): number | null {
  const makers = makersOf(one)
  const sum = makers.reduce((total, { weight }) => total + weight, 0)
  const past = makers
    .filter(({ committed_yr, never }) => committed_yr !== null && !never)
    .sort((a, b) => (a.committed_yr ?? 0) - (b.committed_yr ?? 0))
  let share = 0
  for (const { weight, committed_yr } of past) {
    share += weight / sum
    if (share >= 0.5) return committed_yr
  }
  const at = Array.from(track.committed, (_, quarter) => track.setup.from_yr + (quarter + 1) / QUARTERS)
  return halfway([track.setup.from_yr, ...at], [0, ...track.committed])
}

/** Long enough for half to come, however short the scenario. */
const LONG_YEARS = 12
const STEPS_PER_YEAR = 12

type Half = (never: string | null) => number | null

/** Half-way dates by the makers' law alone, from the day of the opening and the outlets of that day. */
function halfFromOpening(change: SwitchSetup, logOutletRatio: number): Half {
  const { opened_yr, resistance, law } = change
  const run = { from_yr: opened_yr, to_yr: opened_yr + LONG_YEARS, steps_perYear: STEPS_PER_YEAR }
  const makers = normalised(change.makers.map((maker) => ({ ...maker, committed_yr: null })))
  return (never) =>
    meanFieldDomino(
      law,
      makers.map((maker) => ({ ...maker, never: maker.never || maker.id === never })),
      { ...run, logOutletRatio, opened_yr, resistance },
    ).half_yr
}

/** Half-way dates by a run of the region from its start, in which nobody has committed yet. */
function halfFromStart(setup: MarketSetup, change: SwitchSetup): Half {
  const at = Array.from({ length: setup.quarters }, (_, quarter) => setup.from_yr + (quarter + 1) / QUARTERS)
  return (never) => {
    const makers = change.makers.map((maker) => ({
      ...{ ...maker, committed_yr: null },
      never: maker.never || maker.id === never,
    }))
    const { committed } = runMarket({ ...setup, switch: { ...change, makers } })
    return halfway([setup.from_yr, ...at], [0, ...committed])
  }
}

/** Half-way dates with each maker vetoed, played from before anyone had committed: who moved it. */
function moversOf(one: MarketCase): TippingReport['movers'] {
  const setup = scenarioSetup({ ...one, to_yr: Math.max(one.to_yr, one.state.from_yr + LONG_YEARS) })
  const change = setup.switch
  if (!change || change.opened_yr > one.to_yr) return []
  const ratio = one.region.switch?.openedLogRatio
  const isPast = change.opened_yr <= setup.from_yr && ratio !== undefined
  const half = isPast ? halfFromOpening(change, ratio) : halfFromStart(setup, change)
  const base = half(null)
  return change.makers.map(({ id }) => {
    const without = half(id)
    return { maker: id, later_yr: without === null || base === null ? null : without - base }
  })
}

const SMALL = 1e-3

function plugsOf({ region }: MarketCase, track: MarketTrack): readonly PlugTipping[] {
  const { quarters, connectors, law } = track.setup
  return region.connectors.map(({ id }, c) => {
    const at = (quarter: number): number => track.demand[Math.max(0, quarter) * connectors + c] ?? 0
    const demand_frac = at(quarters - 1)
    const slope = (fitProbability(demand_frac + SMALL, law) - fitProbability(demand_frac, law)) / SMALL
    const fading = demand_frac < law.threshold_frac && demand_frac < at(quarters - 1 - QUARTERS) - 1e-6
    return { connector: id, demand_frac, slope, criticalMass_frac: criticalMass(law), fading }
  })
}

/** Where dP/du = 1 on the way up: below it a lost car costs less than one cable, above it cables and cars pull each other. */
function criticalMass(law: { threshold_frac: number; spread: number; headroom: number }): number {
  for (let u = 0.001; u < 1; u += 0.001) {
    const slope = (fitProbability(u + SMALL, law) - fitProbability(u, law)) / SMALL
    if (slope >= 1) return u
  }
  return 1
}

export function tippingReport(one: MarketCase, track: MarketTrack): TippingReport {
  const half_yr = one.region.switch ? halfOf(one, track) : null
  const committed = track.committed[track.setup.quarters - 1] ?? 0
  return { tipped: committed > 0.5, half_yr, movers: moversOf(one), plugs: plugsOf(one, track) }
}
