import type { Answer } from '../ocpp/index.ts'
import type { Desk } from './desk.ts'
import type { Station } from './station.ts'

const nothing: Answer = { payload: {} }

/** Notes how far an update of firmware is; one that failed is an alarm until the next. */
export function takeFirmwareStatus(desk: Desk, station: Station, status: string): Answer {
  station.firmwareStatus = status
  const { stationId } = station
  const hasFailed = /fail|invalid/i.test(status)
  desk.keep({ code: 'alarm.firmware', stationId, evse: null }, hasFailed, { station: stationId, status })
  desk.emit({ kind: 'station', stationId, at_ms: desk.now_ms(), station: station.record })
  return nothing
}

/** Notes how far the upload of a log is. */
export function takeDiagnosticsStatus(desk: Desk, station: Station, status: string): Answer {
  station.diagnosticsStatus = status
  const { stationId, record } = station
  desk.emit({ kind: 'station', stationId, at_ms: desk.now_ms(), station: record })
  return nothing
}

/** Critical security events of the standard (part 2, appendix 1) but those that come with every start of a station. */
const critical = ['SecurityLogWasCleared', 'MemoryExhaustion', 'TamperDetectionActivated']

/** A security event: a critical one stands as an alarm until somebody has seen it. */
export function takeSecurityEvent(desk: Desk, station: Station, type: string): Answer {
  const { stationId } = station
  const params = { station: stationId, type }
  if (critical.includes(type)) {
    desk.raise({ code: 'alarm.security', stationId, evse: null, detail: type }, params)
  } else desk.doubt(station, 0, { code: 'doubt.security', params })
  return nothing
}
