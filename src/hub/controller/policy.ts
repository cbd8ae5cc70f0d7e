import type { AllocationKind, Plant, PlugIn } from '../plant/index.ts'
import { FairShare } from './fair.ts'
import { FloorLayers, LayeredShare, RankLayers } from './layered.ts'
import { OrderedShare } from './ordered.ts'

/** How scarce power is shared. The first is the default. */
export const policyNames = [
  'max-min',
  'proportional',
  'fifo',
  'earliest-departure',
  'priority',
  'equal-rating',
] as const
export type PolicyName = (typeof policyNames)[number]
/** Policies that see what vehicles can draw: all but the naive reference. */
export type SharingPolicyName = Exclude<PolicyName, 'equal-rating'>

/** The ideal controller: perfect sight of what every vehicle can draw, obeyed at once. */
export interface Policy {
  /** How its allocations are built. */
  readonly kind: AllocationKind
  /** Gives a vehicle that plugs in at a slot its rank and its weight; `order` rises from one to the next. */
  admit(slot: number, vehicle: PlugIn, order: number): void
  /** Writes who gets what below a node into the plant. */
  allocate(node: number): void
  /**
   * Does the same where the full nodes stay full and little changes, starting from what the plant has; false when it cannot,
   * and `allocate` must be asked.
   */
  amend(node: number): boolean
}

/** What a policy is told of the hub. */
export interface PolicySettings {
  /** Below this power a session dies: `max-min` gives as many as possible so much; 0: no such floor. */
  readonly floor_kW: number
}

/** Makes a policy for a plant. */
export function createPolicy(name: SharingPolicyName, plant: Plant, settings: PolicySettings): Policy {
  const { kind, share } = makeShare(name, plant, settings)
  const admit = (slot: number, vehicle: PlugIn, order: number): void => {
    plant.rank[slot] = rankOf(name, vehicle, order)
    plant.weight[slot] = weightOf(name, vehicle, plant.network.rating_kW[slot] as number)
  }
  return { kind, admit, allocate: (node) => share.allocate(node), amend: (node) => share.amend?.(node) ?? false }
}

function rankOf(name: SharingPolicyName, { leaves_s, priority = 0 }: PlugIn, order: number): number {
  if (name === 'earliest-departure') return leaves_s
  return name === 'priority' ? -priority : order
}

function weightOf(name: SharingPolicyName, { weight = 1 }: PlugIn, rating_kW: number): number {
  return name === 'proportional' ? rating_kW * weight : 1
}

interface Sharing {
  readonly kind: Policy['kind']
  readonly share: { allocate(node: number): void; amend?(node: number): boolean }
}

function makeShare(name: SharingPolicyName, plant: Plant, { floor_kW }: PolicySettings): Sharing {
  if (name === 'fifo' || name === 'earliest-departure') return { kind: 'ordered', share: new OrderedShare(plant) }
  if (name === 'priority') return { kind: 'layered', share: new LayeredShare(plant, new RankLayers(plant)) }
  if (name === 'max-min' && floor_kW > 0) {
    return { kind: 'layered', share: new LayeredShare(plant, new FloorLayers(plant, floor_kW)) }
  }
  return { kind: 'fair', share: new FairShare(plant) }
}
