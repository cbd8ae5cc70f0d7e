import type { Desk } from './desk.ts'
import type { EvseState, Station } from './station.ts'

/** A vehicle is plugged in. Sessions are numbered by the second they began in, so that numbers rise over restarts too. */
export function plugIn(desk: Desk, station: Station, evse: EvseState): void {
  if (evse.session > 0) return
  const now_ms = desk.now_ms()
  evse.lastSession = Math.max(evse.lastSession + 1, Math.floor(now_ms / 1000))
  evse.session = evse.lastSession
  evse.pluggedIn_ms = now_ms
  if (evse.reading) evse.reading = { ...evse.reading, soc_frac: null, offered_W: null }
  desk.emit({ kind: 'plugged', stationId: station.stationId, evse: evse.evse, at_ms: now_ms, session: evse.session })
}

/** The vehicle is gone. */
export function unplug(desk: Desk, station: Station, evse: EvseState): void {
  if (evse.session === 0) return
  evse.session = 0
  evse.pluggedIn_ms = null
  evse.needs = null
  desk.emit({ kind: 'unplugged', stationId: station.stationId, evse: evse.evse, at_ms: desk.now_ms() })
}
