import type { MarketSetup } from './setup.ts'

/** What a run writes down at the end of each quarter; index quarter x width + number of group or connector. */
export interface MarketTrack {
  readonly setup: MarketSetup
  /** By group. */
  readonly fleet: Float64Array
  readonly sales: Float64Array
  /** Outlets a car of the group can use, native and by adapter; by adapter alone. */
  readonly usable: Float64Array
  readonly usableByAdapter: Float64Array
  /** By connector. */
  readonly cables: Float64Array
  readonly newCables: Float64Array
  readonly addedCables: Float64Array
  readonly demand: Float64Array
  readonly fitted: Float64Array
  readonly attached: Float64Array
  /** One a quarter. */
  readonly ports: Float64Array
  readonly newPorts: Float64Array
  readonly closedPorts: Float64Array
  readonly newClosedPorts: Float64Array
  readonly committed: Float64Array
  readonly native: Float64Array
  /** Share of the demand on open ports whose cars need an adapter; mean share of all ports, open and closed, a car cannot use. */
  readonly adapterShare: Float64Array
  readonly unusable: Float64Array
}

export function emptyTrack(setup: MarketSetup): MarketTrack {
  const { quarters, connectors, groups } = setup
  const ofGroups = () => new Float64Array(quarters * groups.length)
  const ofConnectors = () => new Float64Array(quarters * connectors)
  const single = () => new Float64Array(quarters)
  return {
    setup,
    ...{ fleet: ofGroups(), sales: ofGroups(), usable: ofGroups(), usableByAdapter: ofGroups() },
    ...{ cables: ofConnectors(), newCables: ofConnectors(), addedCables: ofConnectors() },
    ...{ demand: ofConnectors(), fitted: ofConnectors(), attached: ofConnectors() },
    ...{ ports: single(), newPorts: single(), closedPorts: single(), newClosedPorts: single() },
    ...{ committed: single(), native: single(), adapterShare: single(), unusable: single() },
  }
}
