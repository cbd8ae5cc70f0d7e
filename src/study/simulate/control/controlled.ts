import type { SitePolicyName } from '../../../hub/controller/site/index.ts'
import { type SightName, sights } from '../../../hub/controller/site/sight/index.ts'
import { RandomStream } from '../../../hub/demand/index.ts'
import type { HubModel, ProfileTable } from '../../../hub/plant/index.ts'
import type { PlaceLayout } from '../availability.ts'
import { SightGovernor } from './sight-governor.ts'
import { describeHub, type KnownCabinet } from './units.ts'

export type { SightName }

/** Booked where the controller does not (yet) give what the vehicle could take, and no limit of the hub is why. */
const SOURCE = 'controller.sight'

/** What a run under the site controller is told. */
export interface Controlled {
  readonly model: HubModel
  readonly profiles: ProfileTable
  readonly layout: PlaceLayout
  readonly sight: SightName
  readonly policy: SitePolicyName
  readonly floor_kW: number
  /** Of a run in which they are physics. */
  readonly cabinets?: readonly KnownCabinet[]
  /** Messages lost and late are drawn from it. */
  readonly seed: number
}

/** A governor that runs the hub as the site controller would, on what it sees. */
export function controlled({ model, profiles, layout, sight, seed, ...settings }: Controlled): SightGovernor {
  for (const { source } of model.nodes) profiles.sourceIndex(source)
  profiles.sourceIndex(SOURCE)
  return new SightGovernor({
    hub: describeHub(model, layout, settings),
    name: sight,
    sight: sights[sight],
    chance: new RandomStream(seed, 'messages'),
    source: SOURCE,
  })
}
