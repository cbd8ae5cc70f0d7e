import type { Path } from '../../../base/documents/index.ts'
import type { Kind, RecordTypes } from '../catalogue/index.ts'
import type {
  Adapter,
  Charger,
  Component,
  ComponentOf,
  ComponentType,
  Connector,
  Protocol,
  SwapStation,
  Vehicle,
} from '../schema/index.ts'

/** A place in a record that names another record. */
export interface Reference {
  readonly path: Path
  readonly kind: Kind
  readonly id: string
  /** Which kind of part it must be; of components only. */
  readonly type?: ComponentType
}

/** Ids of a list attribute, each with its place. */
function each(path: Path, kind: Kind, ids: readonly string[]): readonly Reference[] {
  return ids.map((id, index) => ({ path: [...path, index], kind, id }))
}

function one(path: Path, kind: Kind, id: string | null): readonly Reference[] {
  return id === null ? [] : [{ path, kind, id }]
}

function ofConnector(connector: Connector): readonly Reference[] {
  return [
    ...each(['protocols'], 'protocols', connector.protocols),
    ...each(['plugFitsInlets'], 'connectors', connector.plugFitsInlets),
  ]
}

function ofProtocol(protocol: Protocol): readonly Reference[] {
  return [
    ...each(['connectors'], 'connectors', protocol.connectors),
    ...each(['backwardCompatibleWith'], 'protocols', protocol.backwardCompatibleWith),
  ]
}

function ofAdapter(adapter: Adapter): readonly Reference[] {
  return [
    ...one(['plug'], 'connectors', adapter.plug),
    ...one(['inlet'], 'connectors', adapter.inlet),
    ...each(['postProtocols'], 'protocols', adapter.postProtocols),
    ...each(['vehicleProtocols'], 'protocols', adapter.vehicleProtocols),
  ]
}

function ofVehicle(vehicle: Vehicle): readonly Reference[] {
  return [
    ...vehicle.inlets.flatMap((inlet, index) => one(['inlets', index, 'connector'], 'connectors', inlet.connector)),
    ...each(['protocols'], 'protocols', vehicle.protocols),
    ...Object.entries(vehicle.options).flatMap(([name, option]) =>
      each(['options', name, 'addsProtocols'], 'protocols', option.addsProtocols),
    ),
    ...one(['curve', 'id'], 'curves', vehicle.curve.id),
    ...one(['swapInterface'], 'swapInterfaces', vehicle.swapInterface),
  ]
}

function ofCharger(charger: Charger): readonly Reference[] {
  const outlets = charger.evses.flatMap((evse, evseIndex) =>
    evse.connectors.flatMap((outlet, index) => {
      const path: Path = ['evses', evseIndex, 'connectors', index]
      return [
        ...one([...path, 'connector'], 'connectors', outlet.connector),
        ...each([...path, 'protocols'], 'protocols', outlet.protocols),
        ...each([...path, 'adapters'], 'adapters', outlet.adapters),
        ...partAt([...path, 'cable'], 'cable', outlet.cable),
      ]
    }),
  )
  const { module, matrix } = charger.cabinet
  return [
    ...outlets,
    ...partAt(['cabinet', 'module'], 'module', module),
    ...partAt(['cabinet', 'matrix'], 'matrix', matrix),
  ]
}

function ofSwapStation(station: SwapStation): readonly Reference[] {
  return [
    ...one(['interface'], 'swapInterfaces', station.interface),
    ...each(['alsoInterfaces'], 'swapInterfaces', station.alsoInterfaces),
  ]
}

function partAt(path: Path, type: ComponentType, id: string | null): readonly Reference[] {
  return id === null ? [] : [{ path, kind: 'components', id, type }]
}

/** Parts a component names under the key that is also their type. */
function namedParts<T extends ComponentType>(
  component: { readonly [K in T]: string | null },
  types: readonly T[],
): readonly Reference[] {
  return types.flatMap((type) => partAt([type], type, component[type]))
}

function ofCable(cable: ComponentOf<'cable'>): readonly Reference[] {
  return [
    ...each(['connectors'], 'connectors', cable.connectors),
    ...namedParts(cable, ['conductor', 'contact', 'vehicleInterface', 'coolant', 'pump', 'radiator']),
    ...cable.sensors.flatMap((id, index) => partAt(['sensors', index], 'sensor', id)),
  ]
}

function ofInterface(inlet: ComponentOf<'vehicleInterface'>): readonly Reference[] {
  return [
    ...each(['connectors'], 'connectors', inlet.connectors),
    ...namedParts(inlet, ['coolant']),
    ...partAt(['line', 'conductor'], 'conductor', inlet.line?.conductor ?? null),
    ...partAt(['line', 'joint'], 'joint', inlet.line?.joint ?? null),
  ]
}

function ofCabinet(cabinet: ComponentOf<'cabinet'>): readonly Reference[] {
  return [
    ...cabinet.modules.flatMap(({ module }, index) => partAt(['modules', index, 'module'], 'module', module)),
    ...namedParts(cabinet, ['matrix', 'fuse', 'contactor', 'insulationMonitor', 'emiFilter']),
  ]
}

function ofComponent(component: Component): readonly Reference[] {
  switch (component.type) {
    case 'cable':
      return ofCable(component)
    case 'contact':
      return each(['connectors'], 'connectors', component.connectors)
    case 'vehicleInterface':
      return ofInterface(component)
    case 'matrix':
      return namedParts(component, ['contactor'])
    case 'cabinet':
      return ofCabinet(component)
    default:
      return []
  }
}

const none = (): readonly Reference[] => []

const finders: { readonly [K in Kind]: (record: RecordTypes[K]) => readonly Reference[] } = {
  connectors: ofConnector,
  swapInterfaces: none,
  protocols: ofProtocol,
  pairingRules: none,
  adapters: ofAdapter,
  vehicles: ofVehicle,
  chargers: ofCharger,
  swapStations: ofSwapStation,
  curves: none,
  components: ofComponent,
}

/** Every place of a record that names another one. */
export function referencesOf<K extends Kind>(kind: K, record: RecordTypes[K]): readonly Reference[] {
  return finders[kind](record)
}
