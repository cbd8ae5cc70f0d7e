import type { Plant } from '../plant/index.ts'
import { FairShare, RatingShare } from './fair.ts'
import { OrderedShare } from './ordered.ts'

/** How scarce power is shared. The first is the default. */
export const policyNames = ['max-min', 'proportional', 'fifo', 'earliest-departure', 'equal-rating'] as const
export type PolicyName = (typeof policyNames)[number]

/** The ideal controller: perfect sight of what every vehicle can draw, obeyed at once. */
export interface Policy {
  readonly name: PolicyName
  /**
   * fair: sharing slots are level by weight; ordered: one sharing slot a node has the rest; allowance: constant allowed
   * powers, set anew when a vehicle comes or goes.
   */
  readonly kind: 'fair' | 'ordered' | 'allowance'
  /** Writes who gets what below a node into the plant. */
  allocate(node: number): void
}

export function isPolicyName(text: string): text is PolicyName {
  return (policyNames as readonly string[]).includes(text)
}

/** Makes a policy for a plant and sets the weights of its slots. */
export function createPolicy(name: PolicyName, plant: Plant): Policy {
  const byRating = name === 'proportional' || name === 'equal-rating'
  if (byRating) plant.weight.set(plant.network.rating_kW)
  else plant.weight.fill(1)
  return { name, ...makeShare(name, plant) }
}

function makeShare(name: PolicyName, plant: Plant): Pick<Policy, 'kind' | 'allocate'> {
  if (name === 'equal-rating') return { kind: 'allowance', allocate: allocator(new RatingShare(plant)) }
  if (name === 'fifo' || name === 'earliest-departure') {
    return { kind: 'ordered', allocate: allocator(new OrderedShare(plant)) }
  }
  return { kind: 'fair', allocate: allocator(new FairShare(plant)) }
}

function allocator(share: { allocate(node: number): void }): (node: number) => void {
  return (node) => share.allocate(node)
}
