import type { Answer, JsonObject, PeerHandler } from '../ocpp/index.ts'
import { type Contact, driverOf } from './drivers/index.ts'
import { isAccepted, watchOffline } from './provisioning.ts'

/** A station that was just told that it may speak has so long to tell its connectors before it is asked. */
const GREET_ms = 2000
const START_ACTION = 'BootNotification'

/** What answers a connected station: nothing but its boot until that is accepted, then the driver of its version. */
export function handlerFor(contact: Contact): PeerHandler {
  const { desk, station, line } = contact
  const driver = driverOf(line.version)
  const { stationId } = station
  connect(contact)
  return {
    call(_, action, payload) {
      station.heard_ms = desk.now_ms()
      if (action === START_ACTION) return boot(contact, payload)
      if (!isAccepted(station)) return refuse(contact, action)
      const inbound = Object.hasOwn(driver.inbound, action) ? driver.inbound[action] : undefined
      return inbound?.(contact, payload) ?? { error: 'NotSupported', description: `${action} is not supported` }
    },
    send() {
      station.heard_ms = desk.now_ms()
    },
    closed() {
      if (station.line === line) disconnect(contact)
    },
    event(_, { level, code, params }) {
      desk.emit({ kind: 'wire', stationId, at_ms: desk.now_ms(), level, event: { code, params } })
    },
  }
}

function connect(contact: Contact): void {
  const { desk, station, line } = contact
  const { stationId } = station
  const at_ms = desk.now_ms()
  station.line = line
  station.isAskedToBoot = false
  station.isToBeGreeted = false
  station.heard_ms = at_ms
  desk.emit({ kind: 'connected', stationId, at_ms, version: line.version })
  desk.clear({ code: 'alarm.offline', stationId, evse: null })
  // Back without a boot: what happened at its connectors in between it tells only when asked.
  if (isAccepted(station)) later(contact, () => ask(contact))
}

/** Calls back in a moment, if the station is still on this connection. */
function later({ desk, station, line }: Contact, act: () => void): void {
  desk.after(GREET_ms, () => {
    if (station.line === line && line.isOpen) act()
  })
}

function ask({ station, line }: Contact): void {
  for (const { action, payload } of driverOf(line.version).askStatus(station))
    line.call(action, payload).catch(() => {})
}

async function boot(contact: Contact, payload: JsonObject): Promise<Answer> {
  const { station, line } = contact
  const driver = driverOf(line.version)
  const answer = await (driver.inbound[START_ACTION]?.(contact, payload) ?? { payload: {} })
  if (isAccepted(station) && !station.isToBeGreeted) {
    station.isToBeGreeted = true
    later(contact, () => greet(contact))
  }
  return answer
}

function greet(contact: Contact): void {
  contact.station.isToBeGreeted = false
  if (isSilent(contact)) ask(contact)
  driverOf(contact.line.version)
    .greet(contact)
    .catch(() => {})
}

/** A station that started tells all its connectors by itself; one that told none is asked. */
function isSilent({ station }: Contact): boolean {
  const connectors = [...station.evses.values()].flatMap((evse) => [...evse.connectors.values()])
  return connectors.every(({ status }) => status === 'unknown')
}

/** Before its boot is accepted a station may say nothing else (2.0.1 B02.FR.09, B03.FR.07); one that does is asked to boot. */
function refuse({ station, line }: Contact, action: string): Answer {
  if (!station.isAskedToBoot && station.record.state === 'accepted') {
    station.isAskedToBoot = true
    line.call('TriggerMessage', { requestedMessage: START_ACTION }).catch(() => {})
  }
  return { error: 'SecurityError', description: `${action} before an accepted ${START_ACTION}` }
}

function disconnect({ desk, station }: Contact): void {
  const { stationId } = station
  station.line = null
  desk.emit({ kind: 'disconnected', stationId, at_ms: desk.now_ms() })
  watchOffline(desk, station)
}
