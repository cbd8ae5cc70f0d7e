import type {
  AuthorizeRequest,
  BootNotificationRequest,
  ClearedChargingLimitRequest,
  DataTransferRequest,
  FirmwareStatusNotificationRequest,
  GetCertificateStatusRequest,
  HeartbeatRequest,
  LogStatusNotificationRequest,
  MeterValuesRequest,
  NotifyChargingLimitRequest,
  NotifyEVChargingNeedsRequest,
  NotifyEVChargingScheduleRequest,
  NotifyEventRequest,
  NotifyMonitoringReportRequest,
  NotifyReportRequest,
  PullDynamicScheduleUpdateRequest,
  ReportChargingProfilesRequest,
  ReservationStatusUpdateRequest,
  SecurityEventNotificationRequest,
  SignCertificateRequest,
  StatusNotificationRequest,
  TransactionEventRequest,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Answer } from '../../../ocpp/index.ts'
import { authorize } from '../../authorize.ts'
import { takeStatus, watchClock } from '../../availability.ts'
import { takeSamples } from '../../metering/readings.ts'
import { hasEvse } from '../../plans.ts'
import { takeBoot } from '../../provisioning.ts'
import { takeDiagnosticsStatus, takeFirmwareStatus, takeSecurityEvent } from '../../upkeep.ts'
import { type Contact, type Handlers, inboundOf, isoTime, nothing, timeOf } from '../driver.ts'
import { idTokenInfo } from './authorization.ts'
import { takeEvents } from './events.ts'
import { needsOf } from './needs.ts'
import { samplesOf } from './samples.ts'
import { connectorStatus } from './status.ts'
import { transactionEvent } from './transactions.ts'
import { takeReport } from './variables.ts'

interface Requests {
  Authorize: AuthorizeRequest
  BootNotification: BootNotificationRequest
  ClearedChargingLimit: ClearedChargingLimitRequest
  DataTransfer: DataTransferRequest
  FirmwareStatusNotification: FirmwareStatusNotificationRequest
  GetCertificateStatus: GetCertificateStatusRequest
  Heartbeat: HeartbeatRequest
  LogStatusNotification: LogStatusNotificationRequest
  MeterValues: MeterValuesRequest
  NotifyChargingLimit: NotifyChargingLimitRequest
  NotifyEVChargingNeeds: NotifyEVChargingNeedsRequest
  NotifyEVChargingSchedule: NotifyEVChargingScheduleRequest
  NotifyEvent: NotifyEventRequest
  NotifyMonitoringReport: NotifyMonitoringReportRequest
  NotifyReport: NotifyReportRequest
  PullDynamicScheduleUpdate: PullDynamicScheduleUpdateRequest
  ReportChargingProfiles: ReportChargingProfilesRequest
  ReservationStatusUpdate: ReservationStatusUpdateRequest
  SecurityEventNotification: SecurityEventNotificationRequest
  SignCertificate: SignCertificateRequest
  StatusNotification: StatusNotificationRequest
  TransactionEvent: TransactionEventRequest
}

const registration = { accepted: 'Accepted', pending: 'Pending', rejected: 'Rejected' } as const

async function boot({ desk, station, line }: Contact, payload: BootNotificationRequest): Promise<Answer> {
  const { vendorName, model, serialNumber, firmwareVersion } = payload.chargingStation
  const { state, interval_s } = await takeBoot(desk, station, line.version, {
    vendor: vendorName,
    model,
    serial: serialNumber ?? null,
    firmware: firmwareVersion ?? null,
    reason: payload.reason,
  })
  return { payload: { status: registration[state], currentTime: isoTime(desk.now_ms()), interval: interval_s } }
}

/** Contracts of Plug & Charge cannot be checked here: the station is told so, and may ask for a card. */
function answerAuthorize({ desk, station }: Contact, request: AuthorizeRequest): Answer {
  const { idToken, certificate, iso15118CertificateHashData } = request
  if (certificate !== undefined || iso15118CertificateHashData !== undefined) {
    return { payload: { idTokenInfo: { status: 'Invalid' }, certificateStatus: 'NoCertificateAvailable' } }
  }
  return { payload: { idTokenInfo: idTokenInfo(authorize(desk, station, idToken.idToken, idToken.type)) } }
}

function status(
  contact: Contact,
  { evseId, connectorId, connectorStatus: told, timestamp }: StatusNotificationRequest,
): Answer {
  const { desk, station } = contact
  if (!hasEvse(station.plan, evseId) || connectorId < 1) {
    desk.doubt(station, evseId, { code: 'doubt.connector', params: { connector: `${evseId}/${connectorId}` } })
    return nothing
  }
  const notice = { evse: evseId, connector: connectorId, error: null, told_ms: timeOf(timestamp) }
  takeStatus(desk, station, { ...notice, status: connectorStatus[told] })
  return nothing
}

function meterValues({ desk, station }: Contact, { evseId, meterValue }: MeterValuesRequest): Answer {
  const isKnown = hasEvse(station.plan, evseId)
  if (!isKnown && evseId !== 0) {
    desk.doubt(station, 0, { code: 'doubt.connector', params: { connector: evseId } })
    return nothing
  }
  const transaction = isKnown ? station.evse(evseId).transaction : null
  takeSamples(desk, station, { evse: evseId, transaction, isPast: false }, samplesOf(meterValue, desk.now_ms()))
  return nothing
}

function tellLimits({ desk, station }: Contact, action: string, payload: object): Answer {
  const evse = 'evseId' in payload && typeof payload.evseId === 'number' ? payload.evseId : 0
  desk.emit({ kind: 'limits', stationId: station.stationId, evse, at_ms: desk.now_ms(), action, payload })
  return nothing
}

function chargingNeeds({ desk, station }: Contact, payload: NotifyEVChargingNeedsRequest): Answer {
  const { evseId } = payload
  if (!hasEvse(station.plan, evseId)) return { payload: { status: 'Rejected' } }
  const needs = needsOf(payload.chargingNeeds)
  station.evse(evseId).needs = needs
  desk.emit({ kind: 'needs', stationId: station.stationId, evse: evseId, at_ms: desk.now_ms(), needs })
  return { payload: { status: 'Accepted' } }
}

async function reservationStatus({ reservations }: Contact, payload: ReservationStatusUpdateRequest): Promise<Answer> {
  const { reservationId, reservationUpdateStatus } = payload
  await reservations.become(reservationId, reservationUpdateStatus === 'Expired' ? 'expired' : 'cancelled')
  return nothing
}

function pullSchedule({ desk, station }: Contact, { chargingProfileId }: PullDynamicScheduleUpdateRequest): Answer {
  const update = desk.dynamicSchedule(station.stationId, chargingProfileId)
  return { payload: update ? { status: 'Accepted', scheduleUpdate: update } : { status: 'Rejected' } }
}

const handlers: Handlers<Requests> = {
  Authorize: answerAuthorize,
  BootNotification: boot,
  ClearedChargingLimit: (contact, payload) => tellLimits(contact, 'ClearedChargingLimit', payload),
  DataTransfer: ({ desk, station }, { vendorId, messageId }) => {
    desk.doubt(station, 0, { code: 'doubt.dataTransfer', params: { vendor: vendorId, message: messageId ?? '' } })
    return { payload: { status: 'UnknownVendorId' } }
  },
  FirmwareStatusNotification: ({ desk, station }, payload) => takeFirmwareStatus(desk, station, payload.status),
  GetCertificateStatus: () => ({ payload: { status: 'Failed' } }),
  Heartbeat: ({ desk, station }) => {
    watchClock(desk, station)
    return { payload: { currentTime: isoTime(desk.now_ms()) } }
  },
  LogStatusNotification: ({ desk, station }, payload) => takeDiagnosticsStatus(desk, station, payload.status),
  MeterValues: meterValues,
  NotifyChargingLimit: (contact, payload) => tellLimits(contact, 'NotifyChargingLimit', payload),
  NotifyEVChargingNeeds: chargingNeeds,
  NotifyEVChargingSchedule: (contact, payload) => {
    tellLimits(contact, 'NotifyEVChargingSchedule', payload)
    return { payload: { status: 'Accepted' } }
  },
  NotifyEvent: takeEvents,
  NotifyMonitoringReport: () => nothing,
  NotifyReport: takeReport,
  PullDynamicScheduleUpdate: pullSchedule,
  ReportChargingProfiles: (contact, payload) => tellLimits(contact, 'ReportChargingProfiles', payload),
  ReservationStatusUpdate: reservationStatus,
  SecurityEventNotification: ({ desk, station }, { type }) => takeSecurityEvent(desk, station, type),
  SignCertificate: () => ({ payload: { status: 'Rejected' } }),
  StatusNotification: status,
  TransactionEvent: transactionEvent,
}

/** Messages a station of 2.1 sends; those of 2.0.1 are among them and say the same. */
export const inbound2 = inboundOf(handlers)
