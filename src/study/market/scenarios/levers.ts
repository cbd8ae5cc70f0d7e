import type { Rule } from '../region/schema.ts'
import { type MarketCase, regionIn } from './plan.ts'

/** What a user turns beside a scenario's own settings. */
export interface Levers {
  readonly never: readonly string[]
  readonly cap_frac: number | null
  readonly opened: string | null
  readonly salesFactor: number | null
  /** Cover of every adapter in the end. */
  readonly adapterCover_frac: number | null
  /** Share of demand from which a cable pays at half of the sites: that of one's own costs. */
  readonly threshold_frac: number | null
  readonly rules: readonly Rule[]
  /** Share of the cars of a group that may charge in the closed network. */
  readonly access: Readonly<Record<string, number>>
}

export const noLevers: Levers = {
  ...{ never: [], cap_frac: null, opened: null, salesFactor: null, adapterCover_frac: null, threshold_frac: null },
  ...{ rules: [], access: {} },
}

function switchOf(one: MarketCase, levers: Levers): MarketCase['scenario']['switch'] {
  const { never, cap_frac, opened } = levers
  const isTurned = never.length > 0 || cap_frac !== null || opened !== null
  if (!isTurned) return one.scenario.switch
  const before = one.scenario.switch ?? { never: [], forget: false }
  return {
    ...before,
    never: [...before.never, ...never],
    ...(cap_frac === null ? {} : { cap_frac }),
    ...(opened === null ? {} : { opened }),
  }
}

/** The case with levers turned: they win over the scenario, which wins over the region. */
export function withLevers(one: MarketCase, levers: Levers): MarketCase {
  const { rules, access, salesFactor, adapterCover_frac, threshold_frac } = levers
  const turned = switchOf(one, levers)
  const scenario = {
    ...one.scenario,
    ...(turned ? { switch: turned } : {}),
    rules: [...(one.scenario.rules ?? []), ...rules],
    ...(Object.keys(access).length > 0 ? { closedAccess: { ...one.scenario.closedAccess, ...access } } : {}),
    ...(salesFactor === null ? {} : { salesFactor }),
  }
  const region = regionIn(one.base, scenario)
  const adapters = region.adapters.map((adapter) => ({
    ...adapter,
    cover_frac: adapterCover_frac ?? adapter.cover_frac,
  }))
  const parameters = {
    ...one.calibration.parameters,
    threshold_frac: threshold_frac ?? one.calibration.parameters.threshold_frac,
  }
  return { ...one, scenario, region: { ...region, adapters }, calibration: { ...one.calibration, parameters } }
}
