import type { CabinetSet, ControlledEvse, HubDescription, SitePolicyName } from '../../../hub/controller/site/index.ts'
import type { CabinetParameters } from '../../../hub/plant/cabinet/index.ts'
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

/** How a hub is to be run, and what is known of its cabinets. */
export interface HubSettings {
  readonly policy: SitePolicyName
  readonly floor_kW: number
  readonly cabinets?: readonly KnownCabinet[]
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

/** A cabinet of the hub, with the EVSE (by number) of each of its outputs. */
export interface KnownCabinet {
  readonly id: string
  readonly parameters: CabinetParameters
  readonly evseOfOutput: readonly number[]
}

/** Which unit each output serves; null where an EVSE has more plugs than outputs, so that nobody can tell. */
function unitsOf(
  evseOfOutput: readonly number[],
  unitsOfEvse: ReadonlyMap<number, readonly number[]>,
): number[] | null {
  const units = evseOfOutput.map((evse, output) => {
    const before = evseOfOutput.slice(0, output).filter((other) => other === evse).length
    return unitsOfEvse.get(evse)?.[before] ?? -1
  })
  const all = new Set(evseOfOutput.flatMap((evse) => unitsOfEvse.get(evse) ?? []))
  return all.size === units.length && !units.includes(-1) ? units : null
}

/** Cabinets by the id of their node, as the controller takes them. */
function cabinetSets(
  known: readonly KnownCabinet[],
  unitOf: readonly number[],
  evseOf: readonly number[],
): Map<string, CabinetSet> {
  const unitsOfEvse = new Map<number, number[]>()
  for (const [place, unit] of unitOf.entries()) {
    const evse = evseOf[place] ?? place
    const units = unitsOfEvse.get(evse) ?? []
    unitsOfEvse.set(evse, units)
    if (!units.includes(unit)) units.push(unit)
  }
  return new Map(
    known.flatMap(({ id, parameters, evseOfOutput }) => {
      const units = unitsOf(evseOfOutput, unitsOfEvse)
      const spare_kW = Math.max(...parameters.modules.map(({ power_kW }) => power_kW))
      return units ? [[`cabinet.${id}`, { parameters, evseOf: units, spare_kW }] as const] : []
    }),
  )
}

/**
 * Describes a hub to the site controller; `cabinets`: what is known of modules and matrices.
 * Stations without a command draw no more than their part of 3 % of each limit.
 */
export function describeHub(
  model: HubModel,
  { evseOf, live }: PlaceLayout,
  { policy, floor_kW, cabinets = [] }: HubSettings,
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
  const sets = cabinetSets(cabinets, unitOf, evseOf)
  const nodes = model.nodes.map((node) => {
    const cabinet = sets.get(node.source)
    return cabinet ? { ...node, cabinet } : node
  })
  return { description: { nodes, evses, policy, otherLoad_kW: 0 }, unitOf }
}
