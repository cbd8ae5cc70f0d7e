import { valueAt } from '../region/path.ts'
import { type MarketYear, playScenario, yearsOf } from './outcome.ts'
import type { MarketCase } from './plan.ts'

/** A vehicle that stands for a part of the cars that charge at an open hub. */
export interface MixRow {
  readonly vehicle: string
  readonly share_frac: number
  readonly adapters: readonly string[]
}

/** Sessions a share of the market is worth when a hub's own are added to it. */
const PRIOR_SESSIONS = 200

/** Shares of the groups at an open hub: cars on the road by how much of their charging they do on open networks. */
export function groupShares({ region }: MarketCase, year: MarketYear): readonly number[] {
  const need = region.groups.map(({ id, openUse }, g) =>
    region.vehicles?.[id] ? (year.fleet[g] ?? 0) * valueAt(openUse, year.year + 1) : 0,
  )
  const sum = need.reduce((a, b) => a + b, 0) || 1
  return need.map((value) => value / sum)
}

/** Shares of the market corrected by a hub's own sessions: Dirichlet, the market worth 200 sessions. */
export function withOwnSessions(shares: readonly number[], sessions: readonly number[]): readonly number[] {
  const own = sessions.reduce((a, b) => a + b, 0)
  return shares.map((share, g) => (PRIOR_SESSIONS * share + (sessions[g] ?? 0)) / (PRIOR_SESSIONS + own))
}

function rowsOf(one: MarketCase, g: number, share: number, at_yr: number): readonly MixRow[] {
  const group = one.region.groups[g]
  const vehicles = (group && one.region.vehicles?.[group.id]) ?? []
  return vehicles.flatMap((vehicle) =>
    withAdapter(one, g, { vehicle, share_frac: share / vehicles.length, adapters: [] }, at_yr),
  )
}

/** Some drivers carry an adapter, the others do not: a row each. */
function withAdapter({ region }: MarketCase, g: number, row: MixRow, at_yr: number): readonly MixRow[] {
  const group = region.groups[g]?.id ?? ''
  const carried = Object.entries(region.carried?.[group] ?? {})[0]
  const adapter = region.adapters.find((one) => one.group === group && one.connector === carried?.[0])
  if (!carried || !adapter) return [row]
  const since = Math.max(0, at_yr - Number(adapter.from.slice(0, 4)))
  const cover = adapter.cover_frac * (1 - Math.exp(-since / adapter.ramp_yr))
  if (cover <= 0) return [row]
  return [
    { ...row, share_frac: row.share_frac * cover, adapters: [carried[1]] },
    { ...row, share_frac: row.share_frac * (1 - cover) },
  ]
}

/** Who comes to an open hub at the end of a year; null where the run does not reach it or no vehicles are named. */
export function hubMix(
  one: MarketCase,
  year: number,
  sessions: Readonly<Record<string, number>>,
): readonly MixRow[] | null {
  const found = yearsOf(playScenario(one)).find((each) => each.year === year)
  if (!found || !one.region.vehicles) return null
  const own = one.region.groups.map(({ id }) => sessions[id] ?? 0)
  const shares = withOwnSessions(groupShares(one, found), own)
  return shares.flatMap((share, g) => (share > 0 ? rowsOf(one, g, share, year + 1) : []))
}

const GROWTH_YEARS = 5

/** Yearly growth of the demand on open networks over the five years from a year, or what the run has of them; null outside. */
export function demandGrowth(one: MarketCase, base: number): number | null {
  const years = yearsOf(playScenario(one))
  const demand = (year: MarketYear): number =>
    one.region.groups.reduce((sum, { openUse }, g) => sum + (year.fleet[g] ?? 0) * valueAt(openUse, year.year + 1), 0)
  const first = years.find(({ year }) => year === base)
  const last = years.filter(({ year }) => year > base && year <= base + GROWTH_YEARS).at(-1)
  if (!first || !last) return null
  return (demand(last) / demand(first)) ** (1 / (last.year - base)) - 1
}
