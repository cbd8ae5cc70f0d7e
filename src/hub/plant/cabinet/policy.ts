import type { CabinetPolicy } from '../../standards/schema/index.ts'

/**
 * What sharing strives for.
 * - throughput: most power in all; of equals, most for those with least
 * - fair: greatest sum of weight x log(1 + power in kW)
 * - level: the lowest power (by weight) as high as possible, then the next lowest, ...
 * - relative: the same for power as a share of what is asked for
 * - order: the first in order as much as possible, then the next, ...
 * - slices: rounds in which each output buys one slice of power, and a module when it needs one
 */
export type SharingAim = 'throughput' | 'fair' | 'level' | 'relative' | 'order' | 'slices'

/** Who comes first, where that matters; earlier arrivals first among equals. */
export type SharingOrder = 'arrival' | 'priority' | 'departure' | 'remaining'

/** A policy as data. */
export interface AllocationPolicy {
  readonly aim: SharingAim
  readonly order: SharingOrder
  /** Outputs served at a time. */
  readonly atOnce: number
  /** No output gets more than an equal part of the cabinet, whether others use theirs or not. */
  readonly equalParts: boolean
  /** Each output gets this (or what its session needs to stay alive, if more) before any gets more; 0: no floor. */
  readonly floor_kW: number
  /** Size of a slice. */
  readonly slice_kW: number
  /** A module that has moved stays where it is wanted for so long. */
  readonly hold_s: number
}

const plain: AllocationPolicy = {
  aim: 'fair',
  order: 'arrival',
  atOnce: Number.POSITIVE_INFINITY,
  equalParts: false,
  floor_kW: 0,
  slice_kW: 0.5,
  hold_s: 30,
}

export type AllocationPolicyName = CabinetPolicy | 'shortest-remaining'

/**
 * Policies by name. The first is ours. In the style of products, after their manuals: `democratic` and `priority` Kempower,
 * `sequential`, `concurrent` and `dynamic` ABB Terra 360, `slices` EVerest (slices of 500 W); `equal-split` is the
 * reference that wastes what an output does not use.
 */
export const allocationPolicies: Readonly<Record<AllocationPolicyName, AllocationPolicy>> = {
  'proportional-fair': { ...plain, floor_kW: 5 },
  'max-min': { ...plain, aim: 'level' },
  'relative-max-min': { ...plain, aim: 'relative' },
  'max-throughput': { ...plain, aim: 'throughput' },
  'equal-split': { ...plain, aim: 'level', equalParts: true },
  democratic: { ...plain, aim: 'level' },
  priority: { ...plain, aim: 'order', order: 'priority' },
  sequential: { ...plain, aim: 'order', atOnce: 1 },
  concurrent: { ...plain, aim: 'level', equalParts: true },
  dynamic: { ...plain, aim: 'level' },
  slices: { ...plain, aim: 'slices' },
  'earliest-deadline': { ...plain, aim: 'order', order: 'departure' },
  'shortest-remaining': { ...plain, aim: 'order', order: 'remaining' },
}
