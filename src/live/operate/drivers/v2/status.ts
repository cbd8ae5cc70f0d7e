import type { ConnectorStatusEnumType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { ConnectorStatus } from '../../views.ts'

/** States of a connector in 2.x. */
export const connectorStatus: Readonly<Record<ConnectorStatusEnumType, ConnectorStatus>> = {
  Available: 'available',
  Occupied: 'occupied',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
}
