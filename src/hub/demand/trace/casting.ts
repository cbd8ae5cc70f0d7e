import type { CompiledHub } from '../../plant/compile/index.ts'
import type { FleetMatch } from '../fleet.ts'
import { connectorsNamed } from './connectors.ts'
import type { TraceSession } from './session.ts'

/** Rows of the fleet a session may belong to, and how they were found: by the name of the vehicle, by its plug, by chance. */
export interface Found {
  readonly how: 'byName' | 'byConnector' | 'byChance'
  readonly rows: readonly number[]
}

const same = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase()

/** EVSEs by the names a recording may use: their id, the id of one of their plugs, the station where it has but one EVSE. */
export function evseNames({ connectors }: CompiledHub): ReadonlyMap<string, number> {
  const names = new Map<string, number>()
  for (const { station, evse, connector, evseNumber } of connectors) {
    names.set(evse.id, evseNumber)
    names.set(connector.id, evseNumber)
    if (station.evses.length === 1) names.set(station.id, evseNumber)
  }
  return names
}

function preferred(rows: readonly number[], test: (row: number) => boolean): readonly number[] {
  const better = rows.filter(test)
  return better.length > 0 ? better : rows
}

/** Finds the vehicles of a fleet that could have been the one of a recorded session, at the hub it was recorded at. */
export class Casting {
  readonly #hub: CompiledHub
  readonly #fleet: readonly FleetMatch[]
  readonly #evses: ReadonlyMap<string, number>
  readonly #found = new Map<string, Found>()

  constructor(hub: CompiledHub, fleet: readonly FleetMatch[]) {
    this.#hub = hub
    this.#fleet = fleet
    this.#evses = evseNames(hub)
  }

  /** Sessions that name the same vehicle, plug and EVSE have the same rows: they are looked for once. */
  rows({ vehicle = '', connector = '', evse = '' }: TraceSession): Found {
    const at = this.#evses.get(evse) ?? null
    const key = JSON.stringify([vehicle, connector, at])
    const known = this.#found.get(key)
    if (known) return known
    const named = this.#named(vehicle)
    const found = named.length > 0 ? { how: 'byName' as const, rows: named } : this.#plugged(connector, at)
    this.#found.set(key, found)
    return found
  }

  #named(vehicle: string): readonly number[] {
    if (vehicle === '') return []
    const isNamed = ({ row }: FleetMatch): boolean => same(row.vehicle, vehicle) || same(row.name, vehicle)
    return this.#fleet.flatMap((match, row) => (isNamed(match) ? [row] : []))
  }

  /** Rows with the recorded plug, which can charge at the recorded EVSE where one can. */
  #plugged(connector: string, evse: number | null): Found {
    const able = preferred([...this.#fleet.keys()], (row) => this.#choices(row).length > 0)
    const kinds = connector === '' ? new Set() : connectorsNamed(connector, this.#hub.site.catalogue)
    const fitting = able.filter((row) => this.#inlets(row).some((inlet) => kinds.has(inlet)))
    const rows = fitting.length > 0 ? fitting : able
    const { connectors } = this.#hub
    const there = (row: number): boolean =>
      this.#choices(row).some((choice) => connectors[choice.connector]?.evseNumber === evse)
    return {
      how: fitting.length > 0 ? 'byConnector' : 'byChance',
      rows: evse === null ? rows : preferred(rows, there),
    }
  }

  #choices(row: number): FleetMatch['choices'] {
    return this.#fleet[row]?.choices ?? []
  }

  #inlets(row: number): readonly string[] {
    const vehicle = this.#hub.site.catalogue.vehicles.get(this.#fleet[row]?.row.vehicle ?? '')
    return vehicle?.inlets.map(({ connector }) => connector) ?? []
  }
}
