import type { Admission, OcppVersion, Verdict } from '../ocpp/index.ts'
import type { Desk } from './desk.ts'
import { isPassword } from './passwords.ts'
import type { StationRecord } from './ports.ts'
import { newStationRecord, Station } from './station.ts'
import type { StationPlan } from './views.ts'

/** What a station tells of itself when it starts. */
export interface BootNotice {
  readonly vendor: string
  readonly model: string
  readonly serial: string | null
  readonly firmware: string | null
  readonly reason: string | null
}

export interface BootVerdict {
  readonly state: StationRecord['state']
  readonly interval_s: number
}

/** A station may speak: its boot was accepted, now or before we started. */
export function isAccepted({ record }: Station): boolean {
  return record.state === 'accepted' && record.booted_ms !== null
}

/** Raises an alarm when a station that belongs here stays out of reach. */
export function watchOffline(desk: Desk, station: Station): void {
  if (!isAccepted(station)) return
  const { stationId } = station
  desk.after(desk.settings.offlineAlarm_s * 1000, () => {
    const isGone = station.line === null && desk.stations.get(stationId) === station
    if (isGone) desk.raise({ code: 'alarm.offline', stationId, evse: null }, { station: stationId })
  })
}

function pendingCount(desk: Desk): number {
  let count = 0
  for (const { record } of desk.stations.values()) if (record.state === 'pending') count++
  return count
}

/** Whether a connection is taken: of whom, and with the right password. */
export function admit(desk: Desk, { stationId, password }: Admission): Verdict {
  const station = desk.stations.get(stationId)
  if (!station) {
    if (desk.settings.strangers === 'refuse') return { accept: false, status: 404 }
    return pendingCount(desk) < desk.settings.mostPending ? { accept: true } : { accept: false, status: 503 }
  }
  const { passwordHash } = station.record
  const isRight = passwordHash === null || (password !== null && isPassword(passwordHash, password))
  return isRight ? { accept: true } : { accept: false, status: 401 }
}

/** The station of an id; one nobody knows is put into the lobby. */
export function stationOf(desk: Desk, stationId: string, plan: StationPlan | null = null): Station {
  const known = desk.stations.get(stationId)
  if (known) return known
  const station = new Station(newStationRecord(stationId, plan ? 'accepted' : 'pending'), plan)
  desk.stations.set(stationId, station)
  return station
}

/** A station (re)started. Done once that is durable. */
export async function takeBoot(
  desk: Desk,
  station: Station,
  version: OcppVersion,
  notice: BootNotice,
): Promise<BootVerdict> {
  const { vendor, model, serial, firmware, reason } = notice
  const at_ms = desk.now_ms()
  const { state } = station.record
  const booted_ms = state === 'accepted' ? at_ms : null
  station.record = { ...station.record, version, vendor, model, serial, firmware, booted_ms }
  station.clock.forget()
  await desk.append([{ kind: 'station', at_ms, station: station.record }])
  const { stationId, record } = station
  desk.keep({ code: 'alarm.lobby', stationId, evse: null }, state === 'pending', { station: stationId, vendor, model })
  if (state === 'accepted') desk.emit({ kind: 'booted', stationId, at_ms, station: record, reason })
  else desk.emit({ kind: 'station', stationId, at_ms, station: record })
  return { state, interval_s: intervalOf(desk, state) }
}

function intervalOf({ settings }: Desk, state: StationRecord['state']): number {
  if (state === 'accepted') return settings.heartbeat_s
  return state === 'pending' ? settings.pending_s : settings.rejected_s
}

/** Sets what is decided about a station, durably. */
export async function setRecord(desk: Desk, station: Station, change: Partial<StationRecord>): Promise<void> {
  station.record = { ...station.record, ...change }
  const at_ms = desk.now_ms()
  const { stationId, record } = station
  await desk.append([{ kind: 'station', at_ms, station: record }])
  desk.emit({ kind: 'station', stationId, at_ms, station: record })
}
