import type { Operation, OperationEvent } from '../../../live/operate/index.ts'
import type { HubLog, LogFields, LogLevel } from './hub-log.ts'

type Kind = OperationEvent['kind']
type Of<K extends Kind> = Extract<OperationEvent, { readonly kind: K }>

const levels: Readonly<Record<Kind, LogLevel>> = {
  ...{ connected: 'info', disconnected: 'info', booted: 'info', station: 'info', command: 'info', token: 'info' },
  ...{ started: 'info', ended: 'info', reservation: 'info', alarm: 'warn', doubt: 'warn', wire: 'info' },
  ...{ status: 'debug', plugged: 'debug', unplugged: 'debug', needs: 'debug', limits: 'debug', updated: 'debug' },
  reading: 'trace',
}

/** Values under these names tell who somebody is. */
const personal = ['token', 'idtoken', 'idtag', 'evccid', 'mac', 'vin']

/** Parameters of a reason, with the identifiers of people hashed. */
function impersonal(params: LogFields, { hashed }: HubLog): LogFields {
  const entries = Object.entries(params).map(([name, value]) =>
    personal.includes(name.toLowerCase()) ? [name, hashed(String(value))] : [name, value],
  )
  return Object.fromEntries(entries)
}

function transactionOf({ evse, transaction }: Of<'started' | 'updated' | 'ended'>, { hashed }: HubLog): LogFields {
  const { id, connector, idToken, vehicleId, energy_Wh, stopReason, doubts, started_ms, ended_ms } = transaction
  const token = idToken === null ? null : hashed(idToken)
  return {
    evse,
    transaction: id,
    connector,
    token,
    vehicle: vehicleId,
    energy_Wh,
    stopReason,
    doubts,
    started_ms,
    ended_ms,
  }
}

/** Payloads of commands may hold anything: only what was asked for and what came of it is written. */
function commandOf({ command }: Of<'command'>): LogFields {
  const { id, by, name, stationId, outcome } = command
  const reason = outcome.kind === 'rejected' ? { reason: outcome.reason } : {}
  return { command: id, by, name, stationId, outcome: outcome.kind, ...reason }
}

type Told = { readonly [K in Kind]?: (event: Of<K>, log: HubLog) => LogFields }

/** What a line says of an event besides its place. */
const told: Told = {
  connected: ({ version }) => ({ version }),
  booted: ({ station: { vendor, model, firmware, version, state }, reason }) => {
    return { vendor, model, firmware, version, state, reason }
  },
  station: ({ station }) => ({ state: station?.state ?? null }),
  status: ({ evse, connector, status, error }) => ({ evse, connector, status, error }),
  plugged: ({ evse, session }) => ({ evse, session }),
  unplugged: ({ evse }) => ({ evse }),
  started: transactionOf,
  updated: transactionOf,
  ended: transactionOf,
  reading: ({ evse, reading }) => ({ evse, ...reading }),
  needs: ({ evse, needs }) => ({ evse, ...needs }),
  limits: ({ evse, action }) => ({ evse, action }),
  token: ({ idToken, token }, { hashed }) => ({ token: hashed(idToken), status: token?.status ?? null }),
  reservation: ({ reservation: { id, evse, idToken, state } }, { hashed }) => {
    return { reservation: id, evse, token: hashed(idToken), state }
  },
  alarm: ({ alarm: { id, code, params, stationId, evse, cleared_ms, acknowledgedBy } }, log) => {
    return { ...{ alarm: id, code, stationId, evse, cleared_ms, acknowledgedBy }, params: impersonal(params, log) }
  },
  command: commandOf,
  doubt: ({ evse, doubt: { code, params } }, log) => ({ evse, code, params: impersonal(params, log) }),
  wire: ({ event: { code, params } }, log) => ({ code, params: impersonal(params, log) }),
}

function levelOf(event: OperationEvent): LogLevel {
  if (event.kind === 'wire') return event.level === 'warning' ? 'warn' : event.level
  if (event.kind === 'alarm' && event.alarm.cleared_ms !== null) return 'info'
  return levels[event.kind]
}

function fieldsOf<K extends Kind>(event: Of<K>, log: HubLog): LogFields {
  const tell = told[event.kind as K] as ((event: Of<K>, log: HubLog) => LogFields) | undefined
  return tell?.(event, log) ?? {}
}

/** Writes each thing that happens at the stations as a line; the answer ends that. */
export function logOperation(operation: Pick<Operation, 'subscribe'>, log: HubLog): () => void {
  return operation.subscribe((event) => {
    const level = levelOf(event)
    if (!log.isOn(level)) return
    const at = new Date(event.at_ms).toISOString()
    const station = 'stationId' in event ? { stationId: event.stationId } : {}
    log.write(level, event.kind, { at, ...station, ...fieldsOf(event, log) })
  })
}
