import type { ControlledEvse, HubDescription, SitePolicyName } from '../../../hub/controller/site/index.ts'
import type { HubModel } from '../../../hub/plant/index.ts'
import type { PlaceLayout } from '../availability.ts'

/** Part of every limit that stations which have lost their controller may draw together. */
const FALLBACK_frac = 0.03

/** What the controller sets limits for: an EVSE where one vehicle at a time charges, else each connector by itself. */
export interface ControlledHub {
  readonly description: HubDescription
  /** Unit of each place of the model. */
  readonly unitOf: readonly number[]
}

/** Units below each node of a model. */
function unitsBelow({ nodes }: HubModel, evses: readonly { readonly node: number }[]): number[] {
  const below = nodes.map(() => 0)
  for (const { node } of evses) {
    for (let at = node; at >= 0; at = nodes[at]?.parent ?? -1) below[at] = (below[at] ?? 0) + 1
  }
  return below
}

/** Lowest limit a unit goes back to: its part of that share of every limit above it, at most its rating. */
function default_kW({ nodes }: HubModel, below: readonly number[], node: number, rating_kW: number): number {
  let least_kW = rating_kW
  for (let at = node; at >= 0; at = nodes[at]?.parent ?? -1) {
    least_kW = Math.min(least_kW, ((nodes[at]?.capacity_kW ?? 0) * FALLBACK_frac) / (below[at] ?? 1))
  }
  return least_kW
}

/**
 * Describes a hub to the site controller. Stations without a command draw no more than their part of 3 % of each limit.
 */
export function describeHub(
  model: HubModel,
  { evseOf, live }: PlaceLayout,
  { policy, floor_kW }: { readonly policy: SitePolicyName; readonly floor_kW: number },
): ControlledHub {
  const numbers = new Map<string, number>()
  const unitOf = model.places.map((_, place) => {
    const evse = evseOf[place] ?? place
    const key = live[evse] === 1 ? `evse ${evse}` : `place ${place}`
    const number = numbers.get(key) ?? numbers.size
    numbers.set(key, number)
    return number
  })
  const units = [...numbers.values()].map((unit) => {
    const places = model.places.filter((_, place) => unitOf[place] === unit)
    return {
      id: places[0]?.id ?? '',
      node: places[0]?.node ?? 0,
      rating_kW: Math.max(...places.map((p) => p.rating_kW)),
    }
  })
  const below = unitsBelow(model, units)
  const evses = units.map(
    (unit): ControlledEvse => ({ ...unit, default_kW: default_kW(model, below, unit.node, unit.rating_kW), floor_kW }),
  )
  return { description: { nodes: model.nodes, evses, policy, otherLoad_kW: 0 }, unitOf }
}
