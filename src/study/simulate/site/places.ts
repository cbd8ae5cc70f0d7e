import type { CompiledHub } from '../../../hub/plant/compile/index.ts'
import type { PlaceLayout } from '../availability.ts'
import type { EvseResult, NetworkResult } from '../result.ts'

/** Network of posts that belong to none. */
const OWN = 'own'

/** Kinds of connectors of a hub in the order of the site, and which place belongs to which EVSE and kind. */
export function layOut({ connectors, live }: CompiledHub): PlaceLayout & { readonly kinds: readonly string[] } {
  const kinds = [...new Set(connectors.map(({ connector }) => connector.connector))]
  return {
    kinds,
    evseOf: connectors.map(({ evseNumber }) => evseNumber),
    live,
    kindOf: connectors.map(({ connector }) => kinds.indexOf(connector.connector)),
  }
}

/** The ratings of as many connectors as can charge at once, the strongest ones. */
function rating_kW(places: readonly EvseResult[], live: number): number {
  const strongest = places.map((place) => place.rating_kW).sort((a, b) => b - a)
  return strongest.slice(0, live).reduce((sum_kW, rating) => sum_kW + rating, 0)
}

function sum(places: readonly EvseResult[], value: (place: EvseResult) => number): number {
  return places.reduce((total, place) => total + value(place), 0)
}

/** Connectors of one EVSE taken together: what people call a charging point. */
function evseOf(id: string, live: number, places: readonly EvseResult[]): EvseResult {
  const rated_kW = rating_kW(places, live)
  return {
    id,
    sessions: sum(places, ({ sessions }) => sessions),
    energy_kWh: sum(places, ({ energy_kWh }) => energy_kWh),
    occupied_frac: sum(places, ({ occupied_frac }) => occupied_frac),
    charging_frac: sum(places, ({ charging_frac }) => charging_frac),
    rating_kW: rated_kW,
    load_frac: sum(places, (place) => place.load_frac * place.rating_kW) / rated_kW,
    atLimit_frac: sum(places, ({ atLimit_frac }) => atLimit_frac),
  }
}

/** EVSEs of a hub in the order of the site, from the results of their connectors. */
export function evsesOf(places: readonly EvseResult[], { connectors, live }: CompiledHub): EvseResult[] {
  const ids = new Map(connectors.map(({ evse, evseNumber }) => [evseNumber, evse.id]))
  const grouped = live.map((): EvseResult[] => [])
  for (const [at, place] of places.entries()) grouped[connectors[at]?.evseNumber ?? -1]?.push(place)
  return grouped.map((group, evse) => evseOf(ids.get(evse) ?? '', live[evse] ?? 1, group))
}

/** Sessions and energy by the network of the post, most energy first. */
export function networksOf(
  places: readonly EvseResult[],
  { connectors }: CompiledHub,
): Readonly<Record<string, NetworkResult>> {
  const networks = new Map<string, NetworkResult>()
  for (const [at, { sessions, energy_kWh }] of places.entries()) {
    const network = connectors[at]?.station.charger.network ?? OWN
    const before = networks.get(network) ?? { sessions: 0, energy_kWh: 0 }
    networks.set(network, { sessions: before.sessions + sessions, energy_kWh: before.energy_kWh + energy_kWh })
  }
  return Object.fromEntries([...networks].sort(([, a], [, b]) => b.energy_kWh - a.energy_kWh))
}
