import type { HubDescription } from '../../hub/controller/site/index.ts'
import type { Site } from '../../hub/site/index.ts'
import { acceptance, match, prepareMatch } from '../../hub/standards/index.ts'

type Curves = NonNullable<HubDescription['curves']>

/** What the vehicles of the catalogue take over their state of charge, by index, and whose curve is which. */
export interface VehicleCurves {
  readonly curves: Curves
  /** Index of a vehicle of the catalogue; -1: nothing is known of it. */
  curveOf(vehicle: string): number
}

/** Curves of all vehicles by themselves: what the posts of the site leave of them the controller knows from their ratings. */
export function vehicleCurves({ catalogue, stations }: Site): VehicleCurves {
  const post = stations[0]?.charger
  const numbers = new Map<string, number>()
  const curves: Curves[number][] = []
  const facts = prepareMatch(catalogue)
  for (const vehicle of post ? catalogue.vehicles.values() : []) {
    const pieces = post ? acceptance(match({ vehicle, post }, facts)).alone : []
    if (pieces.length === 0) continue
    const points = pieces.flatMap(({ from_frac, to_frac, from_kW, to_kW }) => [
      [from_frac, from_kW] as const,
      [to_frac, to_kW] as const,
    ])
    numbers.set(vehicle.id, curves.push(points) - 1)
  }
  return { curves, curveOf: (vehicle) => numbers.get(vehicle) ?? -1 }
}
