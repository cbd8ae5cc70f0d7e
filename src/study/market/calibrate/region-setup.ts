import { type History, yearOf } from '../history/index.ts'
import type { ClosedSetup, GroupSetup, MarketSetup } from '../model/setup.ts'
import type { Parameters } from '../region/parameters.ts'
import { knownUntil, overQuarters } from '../region/path.ts'
import { adaptersOf, programmesOf, rulesOf, type Span } from '../region/rules.ts'
import type { RegionFile } from '../region/schema.ts'
import { type SalesHow, salesByGroup } from './driver.ts'

/** Levels of a region: how many ports a demand of one car asks for, in the logarithm. */
export interface Levels {
  readonly open: number
  readonly closed: number
}

const numberOf = (names: readonly { readonly id: string }[], id: string): number =>
  names.findIndex((one) => one.id === id)

function groupsOf(region: RegionFile, span: Span, sales: readonly Float64Array[]): readonly GroupSetup[] {
  const known = (path: RegionFile['groups'][number]['openUse']) =>
    overQuarters(knownUntil(path, span.known_yr + 0.5), span.from_yr, span.quarters)
  return region.groups.map((group, g) => ({
    id: group.id,
    inlets: group.inlets.map((inlet) => numberOf(region.connectors, inlet)),
    furtherInlet_frac: group.furtherInlet_frac,
    openUse: known(group.openUse),
    closedAccess: known(group.closedAccess),
    stock: group.stock ?? 0,
    sales: sales[g] ?? new Float64Array(span.quarters),
    adapters: adaptersOf(region, group.id, span),
  }))
}

function closedOf(region: RegionFile, parameters: Parameters, level: number): ClosedSetup | null {
  const { closed } = region
  if (!closed) return null
  return {
    connector: numberOf(region.connectors, closed.connector),
    owner: numberOf(region.groups, closed.owner),
    level,
    elasticity: parameters.closedElasticity,
    lag_yr: parameters.closedLag_yr,
    ports: closed.ports ?? 0,
    guestWeight: parameters.guestWeight,
  }
}

/** What does not depend on parameters: sales, rules, adapters. Made once for a fit. */
export interface PreparedRegion {
  readonly region: RegionFile
  readonly span: Span
  readonly groups: readonly GroupSetup[]
  readonly rules: ReturnType<typeof rulesOf> & ReturnType<typeof programmesOf>
}

/** A region from the first year of its history to `to_yr`, knowing only what `history` holds. */
export function prepareRegion(region: RegionFile, history: History, to_yr: number, how: SalesHow): PreparedRegion {
  const from_yr = yearOf(region.historyFrom)
  const span = { from_yr, quarters: Math.max(1, Math.ceil((to_yr - from_yr) * 4)), known_yr: yearOf(history.until) }
  const sales = salesByGroup(region, history, span, how)
  return {
    region,
    span,
    groups: groupsOf(region, span, sales),
    rules: { ...rulesOf(region, span), ...programmesOf(region, span) },
  }
}

/** The numbers of a run through history. */
export function historicSetup(prepared: PreparedRegion, parameters: Parameters, levels: Levels): MarketSetup {
  const { region, span, groups, rules } = prepared
  const { threshold_frac, spread, headroom } = parameters
  return {
    from_yr: span.from_yr,
    quarters: span.quarters,
    connectors: region.connectors.length,
    groups,
    scrap_perYear: parameters.scrap_perYear,
    law: { threshold_frac, spread, headroom },
    cable: parameters,
    horizon_yr: parameters.horizon_yr,
    open: {
      level: levels.open,
      elasticity: parameters.openElasticity,
      lag_yr: parameters.openLag_yr,
      life_yr: parameters.life_yr,
      ports: 0,
      growth_perYear: 0.5,
      cables: new Float64Array(region.connectors.length),
      portsPerSite: region.open.portsPerSite,
      ...rules,
    },
    closed: closedOf(region, parameters, levels.closed),
    switch: null,
    accessElasticity: 0,
    reference: null,
  }
}
