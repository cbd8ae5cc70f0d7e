import { quarterly } from '../calibrate/driver.ts'
import type { Calibration } from '../calibrate/fit.ts'
import { drifted, extended } from '../calibrate/growth.ts'
import { defaultStyle } from '../calibrate/style.ts'
import { type History, yearOf } from '../history/index.ts'
import type { Maker } from '../model/domino.ts'
import { type GroupSetup, type MarketSetup, QUARTERS, type SwitchSetup } from '../model/setup.ts'
import type { Parameters } from '../region/parameters.ts'
import { overQuarters, valueAt } from '../region/path.ts'
import { adaptersOf, programmesOf, rulesOf, type Span } from '../region/rules.ts'
import type { RegionFile, Rule } from '../region/schema.ts'
import type { ScenarioFile } from './schema.ts'
import type { RegionState } from './state.ts'

/** A scenario with everything a run needs: its region after the scenario's changes, where it stands, and the laws. */
export interface MarketCase {
  readonly scenario: ScenarioFile
  readonly region: RegionFile
  /** The region before the scenario's changes. */
  readonly base: RegionFile
  readonly state: RegionState
  readonly history: History | null
  readonly calibration: Calibration
  readonly to_yr: number
}

const opposite: Readonly<Partial<Record<Rule['kind'], Rule['kind']>>> = { mandate: 'ban', ban: 'mandate' }

/** A rule of the region, ended where a newer one says the opposite of the same connector. */
function succeeded(rule: Rule, newer: readonly Rule[]): Rule {
  const ends = newer
    .filter(({ kind, connector }) => kind === opposite[rule.kind] && connector === rule.connector)
    .map(({ from }) => from)
  const to = 'to' in rule ? rule.to : undefined
  const first = [...ends, ...(to === undefined ? [] : [to])].sort()[0]
  return first === undefined ? rule : { ...rule, to: first }
}

/** The region as the scenario has it: its rules, adapters and access beside or instead of those of the region. */
export function regionIn(base: RegionFile, scenario: ScenarioFile): RegionFile {
  const without = new Set<string>(scenario.without ?? [])
  const replaced = new Set((scenario.adapters ?? []).map(({ group, connector }) => `${group} ${connector}`))
  const { opened, resistance, nativeMean_yr, cap_frac } = scenario.switch ?? {}
  const changes = Object.fromEntries(
    Object.entries({ opened, resistance, nativeMean_yr, cap_frac }).filter(([, value]) => value !== undefined),
  )
  return {
    ...base,
    groups: base.groups.map((group) => ({
      ...group,
      closedAccess: scenario.closedAccess?.[group.id] ?? group.closedAccess,
    })),
    adapters: [
      ...base.adapters.filter(({ group, connector }) => !replaced.has(`${group} ${connector}`)),
      ...(scenario.adapters ?? []),
    ],
    open: {
      ...base.open,
      rules: [
        ...base.open.rules
          .filter(({ kind }) => !without.has(kind))
          .map((rule) => succeeded(rule, scenario.rules ?? [])),
        ...(scenario.rules ?? []),
      ],
    },
    ...(base.switch ? { switch: { ...base.switch, ...changes } } : {}),
  }
}

/** Sales of all groups together by year: as before the start with a fading growth, or as the file states. */
function totalSales({ region, state, scenario }: MarketCase, span: Span): Float64Array {
  const to = Math.ceil(span.from_yr + span.quarters / QUARTERS)
  const factor = overQuarters(scenario.salesFactor ?? 1, span.from_yr, span.quarters)
  const stated = region.sales
  if (stated !== undefined) {
    const annual = overQuarters(stated, span.from_yr, span.quarters)
    return annual.map((value, quarter) => (value * (factor[quarter] ?? 1)) / QUARTERS)
  }
  const last = Math.round(span.from_yr) - 1
  const sold = state.sales.reduce((a, b) => a + b, 0)
  const annual = extended(new Map([[last, sold]]), to, {
    ...defaultStyle,
    pace_perYear: state.salesPace_perYear,
    market: region.carMarket,
  })
  const sales = quarterly(annual, span.from_yr, span.quarters)
  return sales.map((value, quarter) => value * (factor[quarter] ?? 1))
}

/** Shares of the sales by group: stated ones as stated, the others divide the rest as before, and drift on as they did. */
export function sharesAt({ region, scenario, state }: MarketCase, at_yr: number): readonly number[] {
  const total = state.sales.reduce((a, b) => a + b, 0)
  const stated = region.groups.map(({ id, share }) => {
    const path = scenario.shares?.[id] ?? (region.sales === undefined ? undefined : share)
    return path === undefined ? null : valueAt(path, at_yr)
  })
  const rest = Math.max(0, 1 - stated.reduce<number>((sum, share) => sum + (share ?? 0), 0))
  // The sales that are known are those of the year before: half a year away from the start.
  const years = at_yr - state.from_yr + 0.5
  const before = region.groups.map((_, g) => {
    const drift = drifted(state.shareDrift_perYear[g] ?? 0, years, defaultStyle.damping_frac)
    return total > 0 ? ((state.sales[g] ?? 0) / total) * Math.exp(drift) : 0
  })
  const others = before.reduce((sum, share, g) => sum + (stated[g] === null ? share : 0), 0)
  return stated.map((share, g) => share ?? (others > 0 ? (rest * (before[g] ?? 0)) / others : 0))
}

function groupsOf(one: MarketCase, span: Span): readonly GroupSetup[] {
  const total = totalSales(one, span)
  const shares = Array.from(total, (_, quarter) => sharesAt(one, span.from_yr + (quarter + 0.5) / QUARTERS))
  return one.region.groups.map((group, g) => ({
    id: group.id,
    inlets: group.inlets.map((inlet) => one.region.connectors.findIndex(({ id }) => id === inlet)),
    furtherInlet_frac: group.furtherInlet_frac,
    openUse: overQuarters(group.openUse, span.from_yr, span.quarters),
    closedAccess: overQuarters(group.closedAccess, span.from_yr, span.quarters),
    stock: one.state.fleet[g] ?? 0,
    sales: total.map((value, quarter) => value * (shares[quarter]?.[g] ?? 0)),
    adapters: adaptersOf(one.region, group.id, span),
  }))
}

/** Level at which demand asks for `asked` ports at the start. */
function levelOf(asked: number, cars: number, elasticity: number): number {
  return Math.log(Math.max(1, asked)) - elasticity * Math.log(Math.max(1, cars))
}

/** Makers with the dates they committed at, by the events of the history. */
export function makersOf({ region, scenario, history, state }: MarketCase): readonly Maker[] {
  const never = new Set(scenario.switch?.never ?? [])
  const dates = new Map<string, number>()
  for (const { date, actor, type } of history?.events ?? []) {
    if (type !== 'oem-commit' || date > state.until || scenario.switch?.forget) continue
    dates.set(actor, Math.min(yearOf(date), dates.get(actor) ?? Number.POSITIVE_INFINITY))
  }
  const opened_yr = yearOf(region.switch?.opened ?? '2000')
  return (region.switch?.makers ?? []).map(({ id, weight, events }) => {
    // What was said of a plug that was not open to others was not said.
    const known = events.flatMap((name) => dates.get(name) ?? []).filter((at_yr) => at_yr >= opened_yr)
    return { id, weight, committed_yr: known.length > 0 ? Math.min(...known) : null, never: never.has(id) }
  })
}

function switchOf(one: MarketCase, { parameters }: Calibration): SwitchSetup | null {
  const { region } = one
  if (!region.switch) return null
  return {
    from: region.groups.findIndex(({ id }) => id === region.switch?.from),
    to: region.groups.findIndex(({ id }) => id === region.switch?.to),
    law: { base: parameters.dominoBase, network: parameters.dominoNetwork, bandwagon: parameters.dominoBandwagon },
    makers: makersOf(one),
    opened_yr: yearOf(region.switch.opened),
    resistance: region.switch.resistance,
    nativeMin_yr: region.switch.nativeMin_yr,
    nativeMean_yr: region.switch.nativeMean_yr,
    cap_frac: region.switch.cap_frac,
  }
}

function demandOf(groups: readonly GroupSetup[], quarter: number): number {
  return groups.reduce((sum, { openUse, stock }) => sum + (openUse[quarter] ?? 1) * stock, 0)
}

/** The same run under other parameters: cheap, since groups and rules stay. */
export function withParameters(setup: MarketSetup, { state }: MarketCase, parameters: Parameters): MarketSetup {
  const { openElasticity, openLag_yr, life_yr, scrap_perYear, horizon_yr } = parameters
  const level = levelOf(state.ports * state.askedRatio, demandOf(setup.groups, 0), openElasticity)
  const open = { ...setup.open, level, elasticity: openElasticity, lag_yr: openLag_yr, life_yr }
  return { ...setup, scrap_perYear, horizon_yr, law: parameters, cable: parameters, open }
}

/** The numbers of a scenario's run, from where its region stands. */
export function scenarioSetup(one: MarketCase, parameters: Parameters = one.calibration.parameters): MarketSetup {
  const { region, state } = one
  const quarters = Math.max(1, Math.round((one.to_yr - state.from_yr) * QUARTERS))
  const span = { from_yr: state.from_yr, quarters, known_yr: Number.POSITIVE_INFINITY }
  const groups = groupsOf(one, span)
  const { openElasticity, openLag_yr, closedElasticity, closedLag_yr } = parameters
  const owner = region.closed ? region.groups.findIndex(({ id }) => id === region.closed?.owner) : -1
  return {
    ...{ from_yr: state.from_yr, quarters, connectors: region.connectors.length, groups },
    ...{ scrap_perYear: parameters.scrap_perYear, law: parameters, cable: parameters },
    horizon_yr: parameters.horizon_yr,
    open: {
      level: levelOf(state.ports * state.askedRatio, demandOf(groups, 0), openElasticity),
      ...{ elasticity: openElasticity, lag_yr: openLag_yr, life_yr: parameters.life_yr },
      ...{ ports: state.ports, growth_perYear: state.growth_perYear, cables: Float64Array.from(state.cables) },
      portsPerSite: region.open.portsPerSite,
      ...rulesOf(region, span),
      ...programmesOf(region, span),
    },
    closed: region.closed
      ? {
          ...{ connector: region.connectors.findIndex(({ id }) => id === region.closed?.connector), owner },
          level: levelOf(state.closedPorts * state.closedAskedRatio, groups[owner]?.stock ?? 1, closedElasticity),
          ...{ elasticity: closedElasticity, lag_yr: closedLag_yr, ports: state.closedPorts },
          guestWeight: parameters.guestWeight,
        }
      : null,
    switch: switchOf(one, one.calibration),
    accessElasticity: one.scenario.accessElasticity ?? parameters.accessElasticity,
    reference: null,
  }
}
