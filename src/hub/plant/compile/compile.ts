import type { Site, SiteCabinet, SiteConnector, SiteEvse, SiteStation } from '../../site/index.ts'
import { derating_frac } from '../../standards/index.ts'
import type { HubModel, Place, PowerNode } from '../model.ts'

/** A connector of the site as a place of the hub, with what it takes to ask for a match at it. */
export interface HubConnector {
  readonly station: SiteStation
  readonly evse: SiteEvse
  readonly connector: SiteConnector
  /** Positions in the record of the post. */
  readonly evseAt: number
  readonly connectorAt: number
  /** Number of the EVSE on the whole site. */
  readonly evseNumber: number
}

/** A site compiled: the tree of limits with one place a connector, in the order of the file. */
export interface CompiledHub {
  readonly site: Site
  readonly model: HubModel
  readonly connectors: readonly HubConnector[]
  /** Connectors of each EVSE that can charge at once. */
  readonly live: readonly number[]
}

const ROOT = 0

/** Power of a cabinet in the air it stands in. */
function cabinetPower_kW({ power_kW, derating }: SiteCabinet, ambient_degC: number): number {
  return power_kW * derating_frac(derating, ambient_degC)
}

class Tree {
  readonly nodes: PowerNode[]
  readonly #numbers = new Map<string, number>()

  constructor(import_kW: number) {
    this.nodes = [{ id: 'site', source: 'site.limit', parent: -1, capacity_kW: import_kW }]
  }

  /** Number of a circuit or cabinet; the grid connection for null. */
  number(kind: 'circuit' | 'cabinet', id: string | null): number {
    return id === null ? ROOT : (this.#numbers.get(`${kind}.${id}`) ?? ROOT)
  }

  capacity_kW(node: number): number {
    return this.nodes[node]?.capacity_kW ?? 0
  }

  add(kind: 'circuit' | 'cabinet', id: string, parent: number, capacity_kW: number): void {
    const source = `${kind}.${id}`
    this.#numbers.set(source, this.nodes.push({ id, source, parent, capacity_kW }) - 1)
  }
}

function nodeOfStation(tree: Tree, { cabinet, circuit }: SiteStation): number {
  return cabinet === null ? tree.number('circuit', circuit) : tree.number('cabinet', cabinet)
}

/** Highest power a plug can give, for policies that share by rating. */
function rating_kW({ maxPower_kW, maxCurrent_A, maxVoltage_V }: SiteConnector, above_kW: number): number {
  const electrical_kW = maxCurrent_A !== null && maxVoltage_V !== null ? (maxCurrent_A * maxVoltage_V) / 1000 : above_kW
  return Math.min(maxPower_kW ?? above_kW, electrical_kW, above_kW)
}

/**
 * Compiles a site to the hub the engine runs: grid connection, circuits, cabinets (derated to the ambient temperature of
 * the site), and one place for each connector. Who may hold two connectors of an EVSE at once is kept by `live`.
 */
export function compileHub(site: Site): CompiledHub {
  const tree = new Tree(site.grid.import_kW)
  for (const { id, parent, max_kW } of site.circuits) tree.add('circuit', id, tree.number('circuit', parent), max_kW)
  for (const cabinet of site.cabinets) {
    const parent = tree.number('circuit', cabinet.circuit)
    tree.add('cabinet', cabinet.id, parent, cabinetPower_kW(cabinet, site.ambient_degC))
  }
  const connectors: HubConnector[] = []
  const places: Place[] = []
  const live: number[] = []
  for (const station of site.stations) {
    const node = nodeOfStation(tree, station)
    for (const [evseAt, evse] of station.evses.entries()) {
      const evseNumber = live.push(evse.live) - 1
      for (const [connectorAt, connector] of evse.connectors.entries()) {
        connectors.push({ station, evse, connector, evseAt, connectorAt, evseNumber })
        places.push({ id: connector.id, node, rating_kW: rating_kW(connector, tree.capacity_kW(node)) })
      }
    }
  }
  return { site, model: { nodes: tree.nodes, places }, connectors, live }
}
