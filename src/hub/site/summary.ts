import type { Site } from './site.ts'

/** What a hub is, in a few figures. */
export interface SiteSummary {
  readonly name: string
  readonly stations: number
  readonly evses: number
  /** Plugs by kind, most first. */
  readonly connectors: readonly { readonly connector: string; readonly count: number }[]
  readonly cabinets: number
  /** Power of all cabinets together. */
  readonly cabinets_kW: number
  readonly import_kW: number
  /** Mean arrivals in a week; null without demand. */
  readonly sessions_perWeek: number | null
  /** Kinds of vehicles that come. */
  readonly vehicles: number
}

export function summarise(site: Site): SiteSummary {
  const evses = site.stations.flatMap((station) => station.evses)
  return {
    name: site.name,
    stations: site.stations.length,
    evses: evses.length,
    connectors: countByKind(evses.flatMap(({ connectors }) => connectors.map(({ connector }) => connector))),
    cabinets: site.cabinets.length,
    cabinets_kW: site.cabinets.reduce((sum, { power_kW }) => sum + power_kW, 0),
    import_kW: site.grid.import_kW,
    sessions_perWeek: site.demand?.arrivals_perHour.reduce((sum, arrivals) => sum + arrivals, 0) ?? null,
    vehicles: site.demand?.fleet.length ?? 0,
  }
}

function countByKind(connectors: readonly string[]): SiteSummary['connectors'] {
  const counts = new Map<string, number>()
  for (const connector of connectors) counts.set(connector, (counts.get(connector) ?? 0) + 1)
  return [...counts].map(([connector, count]) => ({ connector, count })).sort((a, b) => b.count - a.count)
}
