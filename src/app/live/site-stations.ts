import type { CompiledHub, HubConnector } from '../../hub/plant/compile/index.ts'

/** Where a connector of the hub is, as OCPP numbers it. */
export interface PlugPlace {
  readonly stationId: string
  /** Number of the EVSE at its station, from 1. */
  readonly evse: number
  /** Number of the connector at its EVSE, from 1. */
  readonly connector: number
  /** Number of the EVSE on the whole site, from 0: what the site controller sets limits for. */
  readonly unit: number
}

/** An EVSE as OCPP has it: one vehicle at a time. */
export interface UnitPlace {
  readonly stationId: string
  readonly evse: number
  /** Connectors by id of the catalogue. */
  readonly connectors: readonly string[]
  readonly rating_kW: number
}

export interface SiteStations {
  readonly stationIds: readonly string[]
  /** By place of the hub. */
  readonly plugs: readonly PlugPlace[]
  /** By unit. */
  readonly units: readonly UnitPlace[]
}

/** Connectors that share a vehicle's turn have the same key. */
function keyOf({ evse, evseNumber, connector }: HubConnector): string {
  return evse.live === 1 ? `evse ${evseNumber}` : `connector ${connector.id}`
}

/**
 * The stations of a hub as they speak OCPP. Units are numbered in the order in which the places of the hub first name them, as
 * `describeHub` does; an EVSE whose connectors can charge at once is as many of OCPP.
 */
export function siteStations({ connectors, model }: CompiledHub): SiteStations {
  const keys = [...new Set(connectors.map(keyOf))]
  const units = keys.map((key) => {
    const places = connectors.flatMap((at, place) => (keyOf(at) === key ? [{ at, place }] : []))
    return {
      stationId: places[0]?.at.station.id ?? '',
      connectors: places.map(({ at }) => at.connector.connector),
      rating_kW: Math.max(...places.map(({ place }) => model.places[place]?.rating_kW ?? 0)),
    }
  })
  const numbered = units.map((unit, at) => {
    const evse = units.slice(0, at + 1).filter(({ stationId }) => stationId === unit.stationId).length
    return { ...unit, evse }
  })
  const plugs = connectors.map((at, place) => {
    const unit = keys.indexOf(keyOf(at))
    const connector = connectors.slice(0, place + 1).filter((other) => keyOf(other) === keyOf(at)).length
    return { stationId: at.station.id, evse: numbered[unit]?.evse ?? 0, connector, unit }
  })
  return { stationIds: [...new Set(units.map(({ stationId }) => stationId))], plugs, units: numbered }
}
