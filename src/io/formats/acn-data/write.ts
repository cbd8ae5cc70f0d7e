import { eachSession, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'

function moment(time_ms: number): string {
  return new Date(time_ms).toUTCString()
}

function item(session: TraceSession, timezone: string): object {
  const { id, arrive_ms, plug_ms = arrive_ms, depart_ms, chargingEnd_ms, energy_kWh, evse = null } = session
  return {
    _id: id,
    clusterID: null,
    connectionTime: moment(plug_ms),
    disconnectTime: moment(depart_ms),
    doneChargingTime: chargingEnd_ms === undefined ? null : moment(chargingEnd_ms),
    kWhDelivered: energy_kWh,
    sessionID: id,
    siteID: null,
    spaceID: evse,
    stationID: evse,
    timezone,
    userID: null,
    userInputs: null,
  }
}

/** Writes sessions as ACN-Data, piece by piece. Its times are whole seconds; the time of arrival is that of plugging in. */
export function* writeAcnData({ sessions, timezone }: Trace): Generator<string> {
  yield '{"_meta":{"page":1,"total":'
  yield `${sessions.length}},"_items":[`
  let separator = '\n'
  for (const session of eachSession(sessions)) {
    yield `${separator}${JSON.stringify(item(session, timezone ?? 'UTC'))}`
    separator = ',\n'
  }
  yield '\n]}\n'
}
