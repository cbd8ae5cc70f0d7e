import { createPolicy, type Policy, RatingShare } from '../../hub/controller/index.ts'
import type { Plant } from '../../hub/plant/index.ts'
import type { Governor } from './governor.ts'
import { RatingGovernor } from './rating-governor.ts'
import type { RunInput } from './run-input.ts'

/** What shares the power of a run: a policy that the engine carries out exactly, or a governor. */
export interface Steering {
  readonly policy: Policy | null
  readonly governor: Governor | null
}

export function steeringOf({ policy, governor, floor_kW = 0 }: RunInput, plant: Plant): Steering {
  if (governor) return { policy: null, governor }
  if (policy === 'equal-rating') return { policy: null, governor: new RatingGovernor(new RatingShare(plant)) }
  return { policy: createPolicy(policy, plant, { floor_kW }), governor: null }
}
