import { fitProbability } from '../model/attach.ts'
import { halfway } from '../model/domino.ts'
import { runMarket } from '../model/run.ts'
import { QUARTERS } from '../model/setup.ts'
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

/** Half-way dates with each maker vetoed, played from before anyone had committed: who moved it. */
function moversOf(one: MarketCase): TippingReport['movers'] {
  const { region } = one
  if (!region.switch) return []
  const setup = scenarioSetup({ ...one, to_yr: Math.max(one.to_yr, one.state.from_yr + LONG_YEARS) })
  const change = setup.switch
  if (!change) return []
  const fresh = change.makers.map((maker) => ({ ...maker, committed_yr: null }))
  const half = (never: string | null): number | null => {
    const makers = fresh.map((maker) => ({ ...maker, never: maker.never || maker.id === never }))
    const track = runMarket({
      ...setup,
      switch: { ...change, makers, opened_yr: Math.min(change.opened_yr, setup.from_yr) },
    })
    const at = Array.from(track.committed, (_, quarter) => setup.from_yr + (quarter + 1) / QUARTERS)
    return halfway([setup.from_yr, ...at], [0, ...track.committed])
  }
  if (change.opened_yr > one.to_yr) return []
  const base = half(null)
  return fresh.map(({ id }) => {
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
