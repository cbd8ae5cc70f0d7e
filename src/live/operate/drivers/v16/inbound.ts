import type {
  AuthorizeRequest,
  AuthorizeResponse,
  BootNotificationRequest,
  DataTransferRequest,
  DiagnosticsStatusNotificationRequest,
  FirmwareStatusNotificationRequest,
  HeartbeatRequest,
  LogStatusNotificationRequest,
  MeterValuesRequest,
  SecurityEventNotificationRequest,
  SignCertificateRequest,
  SignedFirmwareStatusNotificationRequest,
  StartTransactionRequest,
  StatusNotificationRequest,
  StopTransactionRequest,
} from 'typed-ocpp/dist/ocpp16/types.js'
import type { Answer } from '../../../ocpp/index.ts'
import { authorize } from '../../authorize.ts'
import { takeStationStatus, takeStatus, watchClock } from '../../availability.ts'
import { takeSamples } from '../../metering/readings.ts'
import { readSample, type Sample, type SampledValue } from '../../metering/sample.ts'
import { placeOf } from '../../plans.ts'
import { takeBoot } from '../../provisioning.ts'
import type { Judgement, TokenStatus } from '../../tokens.ts'
import type { Transaction } from '../../transactions/transaction.ts'
import { takeDiagnosticsStatus, takeFirmwareStatus, takeSecurityEvent } from '../../upkeep.ts'
import type { ConnectorStatus } from '../../views.ts'
import { type Contact, type Handlers, inboundOf, isoTime, nothing, timeOf } from '../driver.ts'
import { startOf, stopOf } from './transactions.ts'

interface Requests {
  Authorize: AuthorizeRequest
  BootNotification: BootNotificationRequest
  DataTransfer: DataTransferRequest
  DiagnosticsStatusNotification: DiagnosticsStatusNotificationRequest
  FirmwareStatusNotification: FirmwareStatusNotificationRequest
  Heartbeat: HeartbeatRequest
  LogStatusNotification: LogStatusNotificationRequest
  MeterValues: MeterValuesRequest
  SecurityEventNotification: SecurityEventNotificationRequest
  SignCertificate: SignCertificateRequest
  SignedFirmwareStatusNotification: SignedFirmwareStatusNotificationRequest
  StartTransaction: StartTransactionRequest
  StatusNotification: StatusNotificationRequest
  StopTransaction: StopTransactionRequest
}

type IdTagInfo = AuthorizeResponse['idTagInfo']

const statusOf: Readonly<Record<TokenStatus, IdTagInfo['status']>> = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  unknown: 'Invalid',
  concurrent: 'ConcurrentTx',
}

/** Longest idTag of 1.6. */
const LONGEST_TAG = 20

function idTagInfo({ status, group, expires_ms }: Judgement): IdTagInfo {
  return {
    status: statusOf[status],
    ...(expires_ms === null ? {} : { expiryDate: isoTime(expires_ms) }),
    ...(group === null || group.length > LONGEST_TAG ? {} : { parentIdTag: group }),
  }
}

const registration = { accepted: 'Accepted', pending: 'Pending', rejected: 'Rejected' } as const

async function boot({ desk, station }: Contact, payload: BootNotificationRequest): Promise<Answer> {
  const { state, interval_s } = await takeBoot(desk, station, '1.6', {
    vendor: payload.chargePointVendor,
    model: payload.chargePointModel,
    serial: payload.chargePointSerialNumber ?? payload.chargeBoxSerialNumber ?? null,
    firmware: payload.firmwareVersion ?? null,
    reason: null,
  })
  return { payload: { status: registration[state], currentTime: isoTime(desk.now_ms()), interval: interval_s } }
}

const connectorStatus: Readonly<Record<StatusNotificationRequest['status'], ConnectorStatus>> = {
  Available: 'available',
  Preparing: 'preparing',
  Charging: 'charging',
  SuspendedEVSE: 'suspendedByStation',
  SuspendedEV: 'suspendedByVehicle',
  Finishing: 'finishing',
  Reserved: 'reserved',
  Unavailable: 'unavailable',
  Faulted: 'faulted',
}

function status({ desk, station }: Contact, payload: StatusNotificationRequest): Answer {
  const { connectorId, errorCode, info, vendorErrorCode } = payload
  const words = [errorCode === 'NoError' ? '' : errorCode, vendorErrorCode ?? '', info ?? '']
  const error = words.filter((word) => word !== '').join(' ') || null
  const state = connectorStatus[payload.status]
  const place = placeOf(station.plan, connectorId)
  if (place) takeStatus(desk, station, { ...place, status: state, error, told_ms: timeOf(payload.timestamp) })
  else if (connectorId === 0) takeStationStatus(desk, station, state, error)
  else desk.doubt(station, 0, { code: 'doubt.connector', params: { connector: connectorId } })
  return nothing
}

type MeterValue = MeterValuesRequest['meterValue'][number]

/** Text as meters send it: a number, maybe with blanks or an exponent; NaN for all else. */
function numberOf(text: string): number {
  return /^\s*[+-]?\d+(\.\d*)?([eE][+-]?\d+)?\s*$/.test(text) ? Number(text) : Number.NaN
}

function sampledValue(value: MeterValue['sampledValue'][number]): SampledValue {
  const { measurand = '', unit = '', phase = '', location = '', context = '' } = value
  return { value: numberOf(value.value), measurand, unit, multiplier: 0, phase, location, context }
}

/** Signed values are texts of the meter's maker, for the driver's eyes. */
export function samplesOf(contact: Contact, meterValues: readonly MeterValue[]): readonly Sample[] {
  return meterValues.map(({ timestamp, sampledValue: values }) => {
    const readable = values.filter(({ format }) => format !== 'SignedData')
    return readSample(timeOf(timestamp) ?? contact.desk.now_ms(), readable.map(sampledValue))
  })
}

function meterValues(contact: Contact, payload: MeterValuesRequest): Answer {
  const { desk, station } = contact
  const place = placeOf(station.plan, payload.connectorId)
  if (!place && payload.connectorId !== 0) {
    desk.doubt(station, 0, { code: 'doubt.connector', params: { connector: payload.connectorId } })
    return nothing
  }
  const samples = samplesOf(contact, payload.meterValue)
  const last = samples.at(-1)
  if (last) station.clock.hear(last.at_ms, desk.now_ms(), true)
  const transaction = place ? transactionOf(contact, place.evse, payload.transactionId) : null
  const isPast = transaction?.isEnded ?? false
  takeSamples(desk, station, { evse: place?.evse ?? 0, transaction, isPast }, samples)
  return nothing
}

function transactionOf({ desk, station }: Contact, evse: number, id: number | undefined): Transaction | null {
  const current = station.evse(evse).transaction
  if (id === undefined) return current
  const named = station.transactions.get(String(id))
  if (!named) desk.doubt(station, evse, { code: 'doubt.transactionUnknown', params: { transaction: id } })
  return named ?? current
}

async function start(contact: Contact, payload: StartTransactionRequest): Promise<Answer> {
  const { number, judgement } = await startOf(contact, payload)
  return { payload: { transactionId: number, idTagInfo: idTagInfo(judgement) } }
}

async function stop(contact: Contact, payload: StopTransactionRequest): Promise<Answer> {
  const judgement = await stopOf(contact, payload, samplesOf(contact, payload.transactionData ?? []))
  return judgement ? { payload: { idTagInfo: idTagInfo(judgement) } } : nothing
}

const handlers: Handlers<Requests> = {
  Authorize: ({ desk, station }, { idTag }) => {
    return { payload: { idTagInfo: idTagInfo(authorize(desk, station, idTag, null)) } }
  },
  BootNotification: boot,
  DataTransfer: ({ desk, station }, { vendorId, messageId }) => {
    desk.doubt(station, 0, { code: 'doubt.dataTransfer', params: { vendor: vendorId, message: messageId ?? '' } })
    return { payload: { status: 'UnknownVendorId' } }
  },
  DiagnosticsStatusNotification: ({ desk, station }, payload) => takeDiagnosticsStatus(desk, station, payload.status),
  FirmwareStatusNotification: ({ desk, station }, payload) => takeFirmwareStatus(desk, station, payload.status),
  SignedFirmwareStatusNotification: ({ desk, station }, payload) => takeFirmwareStatus(desk, station, payload.status),
  LogStatusNotification: ({ desk, station }, payload) => takeDiagnosticsStatus(desk, station, payload.status),
  Heartbeat: ({ desk, station }) => {
    watchClock(desk, station)
    return { payload: { currentTime: isoTime(desk.now_ms()) } }
  },
  MeterValues: meterValues,
  SecurityEventNotification: ({ desk, station }, { type }) => takeSecurityEvent(desk, station, type),
  SignCertificate: () => ({ payload: { status: 'Rejected' } }),
  StartTransaction: start,
  StatusNotification: status,
  StopTransaction: stop,
}

/** Messages a station of OCPP 1.6 sends, with those of the security whitepaper. */
export const inbound16 = inboundOf(handlers)
