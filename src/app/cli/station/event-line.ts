import { type Code, type Coded, type Language, type Parameters, say } from '../../../base/words/index.ts'
import type { StationEvent } from '../../../live/station/index.ts'

const codes: Readonly<Record<StationEvent['kind'], Code>> = {
  connected: 'station.event.connected',
  accepted: 'station.event.accepted',
  disconnected: 'station.event.disconnected',
  rebooted: 'station.event.rebooted',
  notConnected: 'station.event.notConnected',
  plugged: 'station.event.plugged',
  unplugged: 'station.event.unplugged',
  refused: 'station.event.refused',
  started: 'station.event.started',
  ended: 'station.event.ended',
  limit: 'station.event.limit',
  profileRefused: 'station.event.profileRefused',
  trouble: 'station.event.trouble',
}

function because({ code, params }: Coded, language: Language): string {
  return say(code, params, language)
}

function paramsOf(event: StationEvent, language: Language): Parameters {
  if (event.kind === 'connected') return { version: event.version }
  if (event.kind === 'notConnected') {
    return { because: because(event.because, language), again_s: Math.round(event.again_s) }
  }
  if (event.kind === 'plugged') return { token: event.idToken }
  if (event.kind === 'ended') return { energy_kWh: Number(event.energy_kWh.toFixed(2)) }
  if (event.kind === 'limit') return { limit_kW: Number(event.limit_kW.toFixed(1)) }
  return 'because' in event ? { because: because(event.because, language) } : {}
}

/** An event as a line: time (UTC), station and EVSE, what happened. */
export function eventLine(event: StationEvent, language: Language): string {
  const time = new Date(event.at_ms).toISOString().slice(11, 19)
  const place = 'evse' in event && event.evse > 0 ? `${event.stationId}/${event.evse}` : event.stationId
  return `${time} ${place}: ${say(codes[event.kind], paramsOf(event, language), language)}`
}
