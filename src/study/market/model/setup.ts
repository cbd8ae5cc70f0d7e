import type { AttachLaw } from './attach.ts'
import type { DominoLaw, Maker } from './domino.ts'

/** Quarters in a year: the step of the model. */
export const QUARTERS = 4

/** Cars of one kind of inlet. Arrays run over quarters. */
export interface GroupSetup {
  readonly id: string
  /** Numbers of the connectors of its inlets, the one it prefers first. */
  readonly inlets: readonly number[]
  /** What a further inlet is worth beside the first, 0 to 1. */
  readonly furtherInlet_frac: number
  /** Share of its fast charging on the open networks. */
  readonly openUse: Float64Array
  /** Share of its cars that may charge in the closed network. */
  readonly closedAccess: Float64Array
  readonly stock: number
  /** Cars sold in each quarter, before makers change inlet. */
  readonly sales: Float64Array
  /** What adapters cover of its need, by connector and quarter. */
  readonly adapters: Float64Array
}

/** Open networks: ports follow demand with a lag, cables follow the expected mix of cars. */
export interface OpenSetup {
  /** Logarithm of the ports for a demand of one car. */
  readonly level: number
  readonly elasticity: number
  readonly lag_yr: number
  readonly life_yr: number
  readonly ports: number
  /** Growth of the ports before the start, which tells their ages. */
  readonly growth_perYear: number
  /** Cables of each connector for each port at the start. */
  readonly cables: Float64Array
  readonly portsPerSite: number
  /** By connector and quarter: share of new ports that must have it, hardware that can be bought, share added by grants. */
  readonly mandate: Float64Array
  readonly available: Float64Array
  readonly grant: Float64Array
  /** Ports built by programmes in each quarter, over what demand asks for; cables of each such port by quarter and connector. */
  readonly programme: Float64Array
  readonly programmeCables: Float64Array
}

/** A network of one maker with its own connector. */
export interface ClosedSetup {
  readonly connector: number
  readonly owner: number
  readonly level: number
  readonly elasticity: number
  readonly lag_yr: number
  readonly ports: number
  readonly guestWeight: number
}

/** Makers whose cars move from the inlet of one group to that of another. */
export interface SwitchSetup {
  readonly from: number
  readonly to: number
  readonly law: DominoLaw
  readonly makers: readonly Maker[]
  readonly opened_yr: number
  readonly resistance: number
  readonly nativeMin_yr: number
  readonly nativeMean_yr: number
  /** No more of the sales ever change. */
  readonly cap_frac: number
  /** For a draw: how much pull each maker bears before it commits (exponential, mean 1); absent: expectations. */
  readonly thresholds?: readonly number[]
}

export interface CableLaw {
  /** Share of cables that fail in a year. */
  readonly failure_perYear: number
  /** Missing wanted cables added for each failure of one. */
  readonly retrofit: number
}

/** Everything a run of a region needs, as numbers. */
export interface MarketSetup {
  readonly from_yr: number
  readonly quarters: number
  readonly connectors: number
  readonly groups: readonly GroupSetup[]
  readonly scrap_perYear: number
  readonly law: AttachLaw
  readonly cable: CableLaw
  /** How far ahead an operator counts cars to be sold. */
  readonly horizon_yr: number
  readonly open: OpenSetup
  readonly closed: ClosedSetup | null
  readonly switch: SwitchSetup | null
  /** Elasticity of a group's sales to the outlets it can use, against those of the reference run. */
  readonly accessElasticity: number
  readonly reference: Float64Array | null
}
