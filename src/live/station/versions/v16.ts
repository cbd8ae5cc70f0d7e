import type { Answer, JsonObject } from '../../ocpp/index.ts'
import type { Device } from '../device.ts'
import type { BootAnswer, Dialect, Identity, PlugAt, PlugStatus } from '../dialect.ts'
import type { Note, Reading, StopReason, Token, Transaction } from '../notes.ts'
import type { Request } from '../outbox.ts'
import { numberOf, objectOf, textOf } from '../profiles/index.ts'
import { actions16 } from './actions-16.ts'
import { sampled16 } from './sampled.ts'
import { given, notSupported, PlugNumbers, timeIn, timeText } from './wire.ts'

const statuses: Readonly<Record<PlugStatus, string>> = {
  available: 'Available',
  preparing: 'Preparing',
  charging: 'Charging',
  suspendedVehicle: 'SuspendedEV',
  suspendedStation: 'SuspendedEVSE',
  finishing: 'Finishing',
  reserved: 'Reserved',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
}

const reasons: Readonly<Record<StopReason, string>> = {
  vehicle: 'EVDisconnected',
  remote: 'Remote',
  deauthorized: 'DeAuthorized',
  reset: 'HardReset',
  powerLoss: 'PowerLoss',
  fault: 'Other',
}

/** The same token as later versions, where a type of its own says that it is the address of a vehicle. */
const idTag = ({ idToken, tokenType }: Token): string => (tokenType === 'mac' ? `VID:${idToken}` : idToken).slice(0, 20)

/** What a station of OCPP 1.6J says. Plugs are counted over all its EVSEs. */
export class Dialect16 implements Dialect {
  readonly version = '1.6'
  readonly #plugs: PlugNumbers

  constructor(connectors: readonly (readonly string[])[]) {
    this.#plugs = new PlugNumbers(connectors)
  }

  boot({ vendor, model, serial, firmware }: Identity): Request {
    const payload = {
      chargePointVendor: vendor.slice(0, 20),
      chargePointModel: model.slice(0, 20),
      chargePointSerialNumber: serial.slice(0, 25),
      firmwareVersion: firmware,
    }
    return { action: 'BootNotification', payload }
  }

  readBoot(payload: JsonObject): BootAnswer {
    const status =
      payload['status'] === 'Accepted' ? 'accepted' : payload['status'] === 'Pending' ? 'pending' : 'rejected'
    return { status, interval_s: numberOf(payload['interval']), now_ms: timeIn(payload) }
  }

  readTime_ms(payload: JsonObject): number | null {
    return timeIn(payload)
  }

  status(at: PlugAt, status: PlugStatus, now_ms: number, trouble: string | null): Request {
    const payload = {
      connectorId: this.#plugs.numberOf(at),
      errorCode: status === 'faulted' || trouble !== null ? 'OtherError' : 'NoError',
      ...(trouble === null ? {} : { info: trouble.slice(0, 50) }),
      status: statuses[status],
      timestamp: timeText(now_ms),
    }
    return { action: 'StatusNotification', payload }
  }

  trouble(): null {
    return null
  }

  authorize(token: Token): Request {
    return { action: 'Authorize', payload: { idTag: idTag(token) } }
  }

  readVerdict(payload: JsonObject): boolean | null {
    const status = textOf(objectOf(payload['idTagInfo'])['status'])
    return status === null ? null : status === 'Accepted'
  }

  message(note: Note): Request | null {
    if (note.kind === 'started') return this.#start(note)
    return note.kind === 'ended' ? this.#stop(note) : this.#update(note)
  }

  learn(transaction: Transaction, payload: JsonObject): void {
    transaction.wireId ??= numberOf(payload['transactionId'])
  }

  meterValues(at: PlugAt, reading: Reading): Request {
    return this.#meter(at, reading, null, 'Trigger')
  }

  needs(): null {
    return null
  }

  answer(device: Device, action: string, payload: JsonObject): Answer | null {
    const act = Object.hasOwn(actions16, action) ? actions16[action] : undefined
    return act ? act(device, payload, this.#plugs) : notSupported(action)
  }

  #start({ transaction, at_ms }: Note): Request {
    const payload = {
      connectorId: this.#plugs.numberOf(transaction),
      idTag: idTag(transaction.token),
      meterStart: Math.round(transaction.start_Wh),
      timestamp: timeText(at_ms),
      ...given('reservationId', transaction.reservationId),
    }
    return { action: 'StartTransaction', payload }
  }

  /** How a transaction goes on is told by readings; its states are states of the plug. */
  #update({ transaction, reading, trigger }: Note): Request | null {
    if (!reading || trigger === 'state') return null
    const context = trigger === 'trigger' ? 'Trigger' : 'Sample.Periodic'
    return this.#meter(transaction, reading, transaction.wireId, context)
  }

  #meter(at: PlugAt, reading: Reading, transactionId: number | null, context: string): Request {
    const payload = {
      connectorId: this.#plugs.numberOf(at),
      ...given('transactionId', transactionId),
      meterValue: [{ timestamp: timeText(reading.at_ms), sampledValue: sampled16(reading, context) }],
    }
    return { action: 'MeterValues', payload }
  }

  /** A start that was never answered has no number; -1 then, as stations do. */
  #stop({ transaction, at_ms, reading, reason }: Note): Request {
    const values = reading ? sampled16(reading, 'Transaction.End') : []
    const payload = {
      transactionId: transaction.wireId ?? -1,
      idTag: idTag(transaction.token),
      meterStop: Math.round(reading?.energy_Wh ?? transaction.start_Wh),
      timestamp: timeText(at_ms),
      reason: reasons[reason ?? 'vehicle'],
      ...(reading ? { transactionData: [{ timestamp: timeText(reading.at_ms), sampledValue: values }] } : {}),
    }
    return { action: 'StopTransaction', payload }
  }
}
