import type { FleetChoice, FleetMatch } from '../../hub/demand/index.ts'
import type { CompiledHub } from '../../hub/plant/compile/index.ts'
import type { PowerNode } from '../../hub/plant/index.ts'
import type { CoffeePair } from './input.ts'

/** A driver who stops for a coffee comes with this much. */
export const COFFEE_FROM_frac = 0.1
/** Steps of state of charge in which power is looked at. */
const STEPS = 450

/** The tightest node above a connector. */
function tightest(connector: number, { model }: CompiledHub): PowerNode | null {
  let found: PowerNode | null = null
  for (let at = model.places[connector]?.node ?? -1; at >= 0; ) {
    const node: PowerNode | undefined = model.nodes[at]
    if (node && node.capacity_kW < (found?.capacity_kW ?? Number.POSITIVE_INFINITY)) found = node
    at = node?.parent ?? -1
  }
  return found
}

/** Energy a vehicle takes in a time while nobody else takes power, behind a limit. */
function taken_kWh({ time_h }: FleetChoice, capacity_kWh: number, limit_kW: number, duration_h: number): number {
  const step_frac = (1 - COFFEE_FROM_frac) / STEPS
  const step_kWh = step_frac * capacity_kWh
  let left_h = duration_h
  for (let step = 0; step < STEPS; step++) {
    const soc_frac = COFFEE_FROM_frac + step * step_frac
    const took_h = Math.max(time_h({ soc_frac, target_frac: soc_frac + step_frac, capacity_kWh }), step_kWh / limit_kW)
    if (took_h >= left_h) return step_kWh * (step + left_h / took_h)
    left_h -= took_h
  }
  return STEPS * step_kWh
}

function pairOf({ row }: FleetMatch, choice: FleetChoice, hub: CompiledHub, duration_min: number): CoffeePair | null {
  const charger = hub.connectors[choice.connector]?.station.charger
  const record = hub.site.catalogue.vehicles.get(row.vehicle)
  if (!charger || !record || row.usable_kWh === null) return null
  const node = tightest(choice.connector, hub)
  const limit_kW = node?.capacity_kW ?? Number.POSITIVE_INFINITY
  return {
    vehicle: row.name,
    class: record.class,
    post: charger.product,
    energy_kWh: taken_kWh(choice, row.usable_kWh, limit_kW, duration_min / 60),
    peak_kW: Math.min(choice.power_kW, limit_kW),
    boundBy: limit_kW < choice.power_kW ? (node?.source ?? null) : (choice.answer.limits[0]?.source ?? null),
  }
}

/** The vehicle and post of a hub that get most done in a coffee; null when nobody can charge. */
export function bestPair(fleet: readonly FleetMatch[], hub: CompiledHub, coffee_min: number): CoffeePair | null {
  let best: CoffeePair | null = null
  for (const match of fleet) {
    const known = new Set<number>()
    for (const choice of match.choices) {
      if (known.has(choice.profile)) continue
      known.add(choice.profile)
      const pair = pairOf(match, choice, hub, coffee_min)
      if (pair && pair.energy_kWh > (best?.energy_kWh ?? 0)) best = pair
    }
  }
  return best
}
