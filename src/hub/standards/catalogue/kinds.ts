import type {
  Adapter,
  Charger,
  Component,
  Connector,
  Curve,
  PairingRule,
  Protocol,
  SwapInterface,
  SwapStation,
  Vehicle,
} from '../schema/index.ts'

/** The record type of each kind. */
export interface RecordTypes {
  connectors: Connector
  swapInterfaces: SwapInterface
  protocols: Protocol
  pairingRules: PairingRule
  adapters: Adapter
  vehicles: Vehicle
  chargers: Charger
  swapStations: SwapStation
  curves: Curve
  components: Component
}

export type Kind = keyof RecordTypes
export const kinds: readonly Kind[] = [
  'connectors',
  'swapInterfaces',
  'protocols',
  'pairingRules',
  'adapters',
  'vehicles',
  'chargers',
  'swapStations',
  'curves',
  'components',
]

/** Records by id, one map a kind. */
export type RecordMaps = { readonly [K in Kind]: ReadonlyMap<string, RecordTypes[K]> }

/** All records with their sources; never changed once made. */
export interface Catalogue extends RecordMaps {
  /** Day the facts were last looked at. */
  readonly asOf: string
  /** Citation of every source id. */
  readonly sources: ReadonlyMap<string, string>
}

/** Checked records of every kind, as a file holds them. */
export type CatalogueRecords = { readonly [K in Kind]: readonly RecordTypes[K][] } & {
  readonly asOf?: string | undefined
  readonly sources: Readonly<Record<string, string>>
}

function byId<T extends { readonly id: string }>(records: readonly T[]): ReadonlyMap<string, T> {
  return new Map(records.map((record) => [record.id, record]))
}

/** Catalogue of records that were checked before. */
export function toCatalogue(file: CatalogueRecords): Catalogue {
  return {
    asOf: file.asOf ?? '',
    sources: new Map(Object.entries(file.sources)),
    connectors: byId(file.connectors),
    swapInterfaces: byId(file.swapInterfaces),
    protocols: byId(file.protocols),
    pairingRules: byId(file.pairingRules),
    adapters: byId(file.adapters),
    vehicles: byId(file.vehicles),
    chargers: byId(file.chargers),
    swapStations: byId(file.swapStations),
    curves: byId(file.curves),
    components: byId(file.components),
  }
}

/** A catalogue with nothing in it. */
export function emptyCatalogue(): Catalogue {
  const nothing = {
    connectors: [],
    swapInterfaces: [],
    protocols: [],
    pairingRules: [],
    adapters: [],
    vehicles: [],
    chargers: [],
    swapStations: [],
    curves: [],
    components: [],
  }
  return toCatalogue({ ...nothing, sources: {} })
}

/** The records of a catalogue as plain data, the inverse of `toCatalogue`. */
export function toRecords(catalogue: Catalogue): CatalogueRecords {
  return {
    asOf: catalogue.asOf,
    sources: Object.fromEntries(catalogue.sources),
    connectors: [...catalogue.connectors.values()],
    swapInterfaces: [...catalogue.swapInterfaces.values()],
    protocols: [...catalogue.protocols.values()],
    pairingRules: [...catalogue.pairingRules.values()],
    adapters: [...catalogue.adapters.values()],
    vehicles: [...catalogue.vehicles.values()],
    chargers: [...catalogue.chargers.values()],
    swapStations: [...catalogue.swapStations.values()],
    curves: [...catalogue.curves.values()],
    components: [...catalogue.components.values()],
  }
}
