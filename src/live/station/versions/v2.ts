import type { Answer, JsonObject } from '../../ocpp/index.ts'
import type { Device } from '../device.ts'
import type { BootAnswer, BootReason, Dialect, Identity, PlugAt, PlugStatus } from '../dialect.ts'
import type { ChargingState, Note, Reading, StopReason, Token, Transaction, Trigger } from '../notes.ts'
import type { Request } from '../outbox.ts'
import { numberOf, objectOf, textOf } from '../profiles/index.ts'
import type { TokenType } from '../world.ts'
import { actions2 } from './actions-2.ts'
import { sampled2 } from './sampled.ts'
import { given, notSupported, timeIn, timeText } from './wire.ts'

const bootReasons: Readonly<Record<BootReason, string>> = {
  powerUp: 'PowerUp',
  remoteReset: 'RemoteReset',
  triggered: 'Triggered',
  unknown: 'Unknown',
}

/** 2.x tells apart only whether a plug is in use; how it is, the transaction tells. */
function statusOf(status: PlugStatus): string {
  if (status === 'available') return 'Available'
  if (status === 'reserved') return 'Reserved'
  if (status === 'unavailable') return 'Unavailable'
  return status === 'faulted' ? 'Faulted' : 'Occupied'
}

const tokenTypes: Readonly<Record<TokenType, string>> = {
  rfid: 'ISO14443',
  mac: 'MacAddress',
  emaid: 'eMAID',
  central: 'Central',
}

const states: Readonly<Record<ChargingState, string>> = {
  connected: 'EVConnected',
  charging: 'Charging',
  suspendedVehicle: 'SuspendedEV',
  suspendedStation: 'SuspendedEVSE',
  idle: 'Idle',
}

const triggers: Readonly<Record<Trigger, string>> = {
  authorized: 'Authorized',
  remoteStart: 'RemoteStart',
  periodic: 'MeterValuePeriodic',
  state: 'ChargingStateChanged',
  trigger: 'Trigger',
  departed: 'EVDeparted',
  remoteStop: 'RemoteStop',
  deauthorized: 'Deauthorized',
  reset: 'ResetCommand',
  abnormal: 'AbnormalCondition',
}

const reasons: Readonly<Record<StopReason, string>> = {
  vehicle: 'EVDisconnected',
  remote: 'Remote',
  deauthorized: 'DeAuthorized',
  reset: 'ImmediateReset',
  powerLoss: 'PowerLoss',
  fault: 'Other',
}

const contexts = { started: 'Transaction.Begin', updated: 'Sample.Periodic', ended: 'Transaction.End' } as const

const idToken = (token: Token): object => ({ idToken: token.idToken, type: tokenTypes[token.tokenType] })

/** What a station of OCPP 2.0.1 or 2.1 says: for this, the two are one but for messages only the later one has. */
export class Dialect2 implements Dialect {
  readonly version: '2.0.1' | '2.1'
  #events = 0

  constructor(version: '2.0.1' | '2.1') {
    this.version = version
  }

  boot({ vendor, model, serial, firmware }: Identity, reason: BootReason): Request {
    const chargingStation = {
      vendorName: vendor.slice(0, 50),
      model: model.slice(0, 20),
      serialNumber: serial.slice(0, 25),
      firmwareVersion: firmware,
    }
    return { action: 'BootNotification', payload: { reason: bootReasons[reason], chargingStation } }
  }

  readBoot(payload: JsonObject): BootAnswer {
    const status =
      payload['status'] === 'Accepted' ? 'accepted' : payload['status'] === 'Pending' ? 'pending' : 'rejected'
    return { status, interval_s: numberOf(payload['interval']), now_ms: timeIn(payload) }
  }

  readTime_ms(payload: JsonObject): number | null {
    return timeIn(payload)
  }

  status({ evse, connector }: PlugAt, status: PlugStatus, now_ms: number): Request {
    const payload = {
      timestamp: timeText(now_ms),
      connectorStatus: statusOf(status),
      evseId: evse,
      connectorId: connector,
    }
    return { action: 'StatusNotification', payload }
  }

  trouble({ evse, connector }: PlugAt, trouble: string | null, now_ms: number): Request {
    const event = {
      ...{ eventId: ++this.#events, timestamp: timeText(now_ms), trigger: 'Alerting', severity: 4 },
      ...{ actualValue: String(trouble !== null), cleared: trouble === null },
      ...(trouble === null ? {} : { techInfo: trouble.slice(0, 500) }),
      ...{ eventNotificationType: 'HardWiredNotification', variable: { name: 'Problem' } },
      component: { name: 'Connector', evse: { id: evse, connectorId: connector } },
    }
    return { action: 'NotifyEvent', payload: { generatedAt: timeText(now_ms), seqNo: 0, eventData: [event] } }
  }

  authorize(token: Token): Request {
    return { action: 'Authorize', payload: { idToken: idToken(token) } }
  }

  readVerdict(payload: JsonObject): boolean | null {
    const status = textOf(objectOf(payload['idTokenInfo'])['status'])
    return status === null ? null : status === 'Accepted'
  }

  message(note: Note): Request {
    const { kind, transaction, seqNo, at_ms, trigger, state, reading, reason, isOffline } = note
    const context = trigger === 'trigger' ? 'Trigger' : contexts[kind]
    const { id, evse, connector, token, remoteStartId, reservationId } = transaction
    const transactionInfo = {
      transactionId: id,
      chargingState: states[state],
      ...given('remoteStartId', kind === 'started' ? remoteStartId : null),
      ...given('stoppedReason', kind === 'ended' ? reasons[reason ?? 'vehicle'] : null),
    }
    const payload = {
      eventType: kind === 'started' ? 'Started' : kind === 'ended' ? 'Ended' : 'Updated',
      timestamp: timeText(at_ms),
      triggerReason: triggers[trigger],
      seqNo,
      ...(isOffline ? { offline: true } : {}),
      transactionInfo,
      ...(kind === 'started' ? { idToken: idToken(token), ...given('reservationId', reservationId) } : {}),
      evse: { id: evse, connectorId: connector },
      ...(reading
        ? { meterValue: [{ timestamp: timeText(reading.at_ms), sampledValue: sampled2(reading, context) }] }
        : {}),
    }
    return { action: 'TransactionEvent', payload }
  }

  learn(_transaction: Transaction, _payload: JsonObject): void {}

  meterValues({ evse }: PlugAt, reading: Reading): Request {
    const meterValue = [{ timestamp: timeText(reading.at_ms), sampledValue: sampled2(reading, 'Trigger') }]
    return { action: 'MeterValues', payload: { evseId: evse, meterValue } }
  }

  needs(evseId: number, departure_ms: number): Request {
    const chargingNeeds = { requestedEnergyTransfer: 'DC', departureTime: timeText(departure_ms) }
    return { action: 'NotifyEVChargingNeeds', payload: { evseId, chargingNeeds } }
  }

  answer(device: Device, action: string, payload: JsonObject): Answer | null {
    const act = Object.hasOwn(actions2, action) ? actions2[action] : undefined
    return act ? act(device, payload) : notSupported(action)
  }
}
