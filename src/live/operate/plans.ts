import type { Site } from '../../hub/site/index.ts'
import type { EvsePlan, StationPlan } from './views.ts'

/** Where a connector of a station sits. */
export interface Place {
  readonly evse: number
  readonly connector: number
}

/**
 * The stations of a site as they speak OCPP. An OCPP EVSE charges one vehicle at a time: an EVSE of the site whose connectors
 * can charge at once is as many of OCPP as it has connectors.
 */
export function stationPlans(site: Site): readonly StationPlan[] {
  return site.stations.map(({ id, evses }) => ({ stationId: id, evses: evses.flatMap(evsePlans) }))
}

function evsePlans({ live, connectors }: Site['stations'][number]['evses'][number]): readonly EvsePlan[] {
  const plan = (some: typeof connectors): EvsePlan => {
    const ratings = some.flatMap(({ maxPower_kW }) => (maxPower_kW === null ? [] : [maxPower_kW]))
    const rating_kW = ratings.length === some.length ? Math.max(...ratings) : null
    return { connectors: some.map(({ connector }) => connector), rating_kW }
  }
  return live === 1 ? [plan(connectors)] : connectors.map((connector) => plan([connector]))
}

/** Stations without a plan may have so many connectors: a higher number is a mistake. */
const MOST_UNPLANNED = 64

/** Connectors of a station that the site does not name or that has fewer than it says are one an EVSE. */
export function placeOf(plan: StationPlan | null, wire: number): Place | null {
  if (!plan) return wire >= 1 && wire <= MOST_UNPLANNED ? { evse: wire, connector: 1 } : null
  let before = 0
  for (const [index, { connectors }] of plan.evses.entries()) {
    if (wire > before && wire <= before + connectors.length) return { evse: index + 1, connector: wire - before }
    before += connectors.length
  }
  return null
}

/** Number of a connector in 1.6, where they count on over the EVSEs of a station. */
export function wireOf(plan: StationPlan | null, { evse, connector }: Place): number {
  if (!plan) return evse
  const before = plan.evses.slice(0, evse - 1).reduce((sum, { connectors }) => sum + connectors.length, 0)
  return before + connector
}

/** Whether a station can have such an EVSE. */
export function hasEvse(plan: StationPlan | null, evse: number): boolean {
  return evse >= 1 && evse <= (plan ? plan.evses.length : MOST_UNPLANNED)
}
