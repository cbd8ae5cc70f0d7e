/**
 * The hub as the engine sees it: a tree of limits with places at its leaves. Everything is counted at the plug; losses
 * between plug and battery are put into the vehicle's curve and capacity by whoever compiles them.
 */
export interface HubModel {
  /** Parents before children. The first is the grid connection. */
  readonly nodes: readonly PowerNode[]
  readonly places: readonly Place[]
}

/** A limit on the sum of all powers below it: grid connection, circuit, cabinet, EVSE with several live connectors. */
export interface PowerNode {
  readonly id: string
  /** Code of the limit source that is booked when this node binds, e.g. `site.limit`, `circuit.main`, `cabinet.c1`. */
  readonly source: string
  /** Index of the node above it, -1 for the first. */
  readonly parent: number
  /** Infinity: not limited. */
  readonly capacity_kW: number
}

/** Where one vehicle at a time can be plugged in and draw power. */
export interface Place {
  readonly id: string
  /** Index of the node it hangs on. */
  readonly node: number
  /** Rated power: the weight of `proportional` and `equal-rating`. */
  readonly rating_kW: number
}

/** A vehicle with the place it is plugged in at. */
export interface PlugIn {
  readonly place: number
  /** Number the profile got from `ProfileTable.add`. */
  readonly profile: number
  /** Energy at the plug from empty to full: battery capacity divided by charging efficiency. */
  readonly capacity_kWh: number
  readonly soc_frac: number
  /** Charging ends here; the vehicle stays plugged in until it leaves. */
  readonly target_frac: number
  /** When it will leave; Infinity while nobody knows. */
  readonly leaves_s: number
  /** How long it waited before. */
  readonly waited_s: number
  /** Kind of connector and of vehicle, as numbers of the lists given to the run: totals are kept by them. */
  readonly connector: number
  readonly vehicle: number
  /** It comes from another place, where its wait was counted; default false. */
  readonly moved?: boolean
  /** Higher ones first, under a policy that heeds it; default 0. */
  readonly priority?: number
  /** Factor on the rating of the place, under a policy that heeds it; default 1. */
  readonly weight?: number
  /** Places of its EVSE the vehicle takes with it, its own included; default 1. */
  readonly guns?: number
}
