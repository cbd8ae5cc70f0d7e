import type { DispenserParameters, FaultModeName } from '../../../hub/plant/device/index.ts'

/** A fault of a run, resolved: where and when. */
export interface ScheduledFault {
  readonly mode: FaultModeName
  readonly part: string
  readonly at_s: number
  /** Infinity: to the end. */
  readonly ends_s: number
  readonly severity_frac: number
  /** Places whose plugs it hits; empty for one of a cabinet. */
  readonly places: readonly number[]
  /** Cabinet it hits, by its place in the list of those of the run; -1: none. */
  readonly cabinet: number
  /** Modules that fail. */
  readonly modules: readonly number[]
}

/** Faults and the dispensers that meet them, by place. */
export interface FaultPlan {
  readonly faults: readonly ScheduledFault[]
  readonly dispenser: (place: number) => DispenserParameters
}
