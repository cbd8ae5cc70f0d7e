import type { EventDataType, NotifyEventRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Answer } from '../../../ocpp/index.ts'
import { takeStatus } from '../../availability.ts'
import { hasEvse } from '../../plans.ts'
import { type Contact, nothing, timeOf } from '../driver.ts'
import { connectorStatus } from './status.ts'

const isStatus = (word: string): word is keyof typeof connectorStatus => Object.hasOwn(connectorStatus, word)

/** Monitored variables: states of connectors (so 2.1 tells them), and whatever the station finds alarming. */
export function takeEvents(contact: Contact, { eventData }: NotifyEventRequest): Answer {
  for (const event of eventData) {
    if (event.component.name === 'Connector' && event.variable.name === 'AvailabilityState') takeState(contact, event)
    else if (event.trigger === 'Alerting') keepAlarm(contact, event)
  }
  return nothing
}

function takeState({ desk, station }: Contact, { component, actualValue, timestamp }: EventDataType): void {
  const { id, connectorId = 1 } = component.evse ?? { id: 0 }
  if (!hasEvse(station.plan, id) || !isStatus(actualValue)) {
    desk.doubt(station, id, { code: 'doubt.connector', params: { connector: `${id}/${connectorId}` } })
    return
  }
  const notice = { evse: id, connector: connectorId, error: null, told_ms: timeOf(timestamp) }
  takeStatus(desk, station, { ...notice, status: connectorStatus[actualValue] })
}

function keepAlarm({ desk, station }: Contact, event: EventDataType): void {
  const { component, variable, actualValue, techInfo, techCode, cleared } = event
  const { stationId } = station
  const evse = component.evse?.id ?? null
  const detail = `${component.name}.${variable.name}`
  const info = techInfo ?? techCode ?? ''
  const params = { station: stationId, variable: detail, value: actualValue.slice(0, 100), info: info.slice(0, 200) }
  desk.keep({ code: 'alarm.variable', stationId, evse, detail }, cleared !== true, params)
}
