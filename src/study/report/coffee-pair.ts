import type { FleetChoice, FleetMatch } from '../../hub/demand/index.ts'
import type { CompiledHub } from '../../hub/plant/compile/index.ts'
import type { CoffeePair } from './input.ts'

/** A driver who stops for a coffee comes with this much. */
export const COFFEE_FROM_frac = 0.1
/** Enough halvings for any number a reader sees. */
const HALVINGS = 40

/** State of charge a vehicle reaches in a time while nobody else takes power. */
function reached_frac({ time_h }: FleetChoice, capacity_kWh: number, duration_h: number): number {
  let low = COFFEE_FROM_frac
  let high = 1
  for (let halving = 0; halving < HALVINGS; halving++) {
    const target_frac = (low + high) / 2
    if (time_h({ soc_frac: COFFEE_FROM_frac, target_frac, capacity_kWh }) <= duration_h) low = target_frac
    else high = target_frac
  }
  return low
}

function pairOf({ row }: FleetMatch, choice: FleetChoice, hub: CompiledHub, duration_min: number): CoffeePair | null {
  const charger = hub.connectors[choice.connector]?.station.charger
  const record = hub.site.catalogue.vehicles.get(row.vehicle)
  if (!charger || !record || row.usable_kWh === null) return null
  const gained_frac = reached_frac(choice, row.usable_kWh, duration_min / 60) - COFFEE_FROM_frac
  return {
    vehicle: row.name,
    class: record.class,
    post: charger.product,
    energy_kWh: gained_frac * row.usable_kWh,
    peak_kW: choice.power_kW,
    boundBy: choice.answer.limits[0]?.source ?? null,
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
