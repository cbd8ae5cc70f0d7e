import { fromIdentifier } from '../../hub/standards/index.ts'
import type { Desk } from './desk.ts'
import { plugIn, unplug } from './sessions.ts'
import type { ConnectorState, Station } from './station.ts'
import type { ConnectorStatus } from './views.ts'

/** What a station tells of a connector. */
export interface StatusNotice {
  readonly evse: number
  readonly connector: number
  readonly status: ConnectorStatus
  /** The station's word for what is wrong. */
  readonly error: string | null
  readonly told_ms: number | null
}

const plugged: readonly ConnectorStatus[] = [
  'preparing',
  'occupied',
  'charging',
  'suspendedByVehicle',
  'suspendedByStation',
  'finishing',
]
const free: readonly ConnectorStatus[] = ['available', 'reserved', 'unavailable']

/** Takes the state of a connector: for who looks, for alarms, and to know when a vehicle comes and goes. */
export function takeStatus(desk: Desk, station: Station, notice: StatusNotice): void {
  const now_ms = desk.now_ms()
  if (notice.told_ms !== null) station.clock.hear(notice.told_ms, now_ms, false)
  watchClock(desk, station)
  const state = station.connector(notice.evse, notice.connector)
  // Occupied is the coarse word of 2.x for what a transaction tells finer.
  if (notice.status === 'occupied' && plugged.includes(state.status)) return
  const isNew = state.status !== notice.status || state.error !== notice.error
  if (!isNew) return
  setState(state, notice, now_ms)
  keepFaultAlarm(desk, station, notice)
  const { evse, connector, status, error } = notice
  desk.emit({ kind: 'status', stationId: station.stationId, evse, connector, status, error, at_ms: now_ms })
  follow(desk, station, evse)
}

function setState(state: ConnectorState, { status, error }: StatusNotice, now_ms: number): void {
  if (state.status !== status) state.since_ms = now_ms
  state.status = status
  state.error = error
}

function keepFaultAlarm(desk: Desk, station: Station, { evse, connector, status, error }: StatusNotice): void {
  const place = {
    code: 'alarm.connectorFaulted',
    stationId: station.stationId,
    evse,
    detail: String(connector),
  } as const
  const params = { station: station.stationId, evse, connector, error: error ?? '' }
  desk.keep(place, status === 'faulted', params)
}

/** A vehicle is plugged in where any connector of the EVSE is in use, gone when one is free and none in use. */
function follow(desk: Desk, station: Station, number: number): void {
  const evse = station.evse(number)
  const states = [...evse.connectors.values()].map(({ status }) => status)
  if (states.some((status) => plugged.includes(status))) plugIn(desk, station, evse)
  else if (states.some((status) => free.includes(status))) unplug(desk, station, evse)
}

/** The station as a whole is out of order (1.6: connector 0). */
export function takeStationStatus(desk: Desk, station: Station, status: ConnectorStatus, error: string | null): void {
  const place = { code: 'alarm.stationFaulted', stationId: station.stationId, evse: null } as const
  desk.keep(place, status === 'faulted', { station: station.stationId, error: error ?? '' })
}

/** A clock that is far off makes times of transactions wrong. */
export function watchClock(desk: Desk, station: Station): void {
  const off_s = Math.round(station.clock.sureOff_ms / 1000)
  const place = { code: 'alarm.clock', stationId: station.stationId, evse: null } as const
  desk.keep(place, Math.abs(off_s) > desk.settings.clockAlarm_s, { station: station.stationId, off: off_s })
}

/**
 * Takes the type of a connector as the station reports it (2.x). Where the site names no connector there, the first one it
 * may mean is kept; where it names another, that is an alarm: cars would be sent to a plug that is not there.
 */
export function takeConnectorType(
  desk: Desk,
  station: Station,
  { evse, connector, type }: { readonly evse: number; readonly connector: number; readonly type: string },
): void {
  if (!desk.catalogue) return
  const { connectors, warnings } = fromIdentifier(vocabularyOf(station), type, desk.catalogue)
  for (const warning of warnings) desk.doubt(station, evse, warning)
  const ids = connectors.map((candidate) => candidate.connector.id)
  const state = station.connector(evse, connector)
  const place = { code: 'alarm.connectorType', stationId: station.stationId, evse, detail: String(connector) } as const
  const [first] = ids
  if (first === undefined) return
  const isOther = state.standard !== null && !ids.includes(state.standard)
  desk.keep(place, isOther, { station: station.stationId, evse, connector, told: type, planned: state.standard ?? '' })
  state.standard ??= first
}

const vocabularyOf = ({ version }: Station) => (version === '2.1' ? 'ocpp_2_1' : 'ocpp_2_0_1')
