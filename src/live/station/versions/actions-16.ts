import type { Answer, JsonObject } from '../../ocpp/index.ts'
import type { Device, ReserveStatus } from '../device.ts'
import { listOf, momentOf_ms, numberOf, objectOf, purposeOf, readProfile, textOf } from '../profiles/index.ts'
import { type PlugNumbers, result, timeText } from './wire.ts'

type Action = (device: Device, payload: JsonObject, plugs: PlugNumbers) => Answer | null

const status = (text: string): Answer => result({ status: text })
const accepted = (isAccepted: boolean): Answer => status(isAccepted ? 'Accepted' : 'Rejected')

/** EVSE of a connector number; 0: the station; -1: there is no such connector. */
function evseOf(number: number, plugs: PlugNumbers): number {
  return number === 0 ? 0 : (plugs.plugOf(number)?.evse ?? -1)
}

const setProfile: Action = (device, payload, plugs) => {
  const evse = evseOf(numberOf(payload['connectorId']) ?? 0, plugs)
  const answer = device.setProfile(readProfile(objectOf(payload['csChargingProfiles']), evse, device.now_ms()))
  return answer.kind === 'mute' ? null : status(answer.kind === 'accepted' ? 'Accepted' : 'Rejected')
}

const clearProfile: Action = (device, payload, plugs) => {
  const id = numberOf(payload['id'])
  const connector = numberOf(payload['connectorId'])
  const purpose = purposeOf(payload['chargingProfilePurpose'])
  const stackLevel = numberOf(payload['stackLevel'])
  const cleared = device.clearProfiles({
    ...(id === null ? {} : { ids: [id] }),
    ...(connector === null ? {} : { evse: evseOf(connector, plugs) }),
    ...(purpose === null ? {} : { purpose }),
    ...(stackLevel === null ? {} : { stackLevel }),
  })
  return status(cleared > 0 ? 'Accepted' : 'Unknown')
}

const getComposite: Action = (device, payload, plugs) => {
  const connectorId = numberOf(payload['connectorId']) ?? 0
  const evse = evseOf(connectorId, plugs)
  const duration = numberOf(payload['duration']) ?? 0
  if (evse < 0 || duration <= 0) return status('Rejected')
  const unit = payload['chargingRateUnit'] === 'A' ? 'A' : 'W'
  const { start_ms, stretches } = device.composite(evse, duration)
  const start = timeText(start_ms)
  const periods = stretches.map(({ from_s, limit_kW }) => ({
    startPeriod: from_s,
    limit: tenths(device.rateOf(limit_kW, unit)),
  }))
  const chargingSchedule = { duration, startSchedule: start, chargingRateUnit: unit, chargingSchedulePeriod: periods }
  return result({ status: 'Accepted', connectorId, scheduleStart: start, chargingSchedule })
}

const tenths = (value: number): number => Math.floor(value * 10) / 10

const remoteStart: Action = (device, payload, plugs) => {
  const connector = numberOf(payload['connectorId'])
  const evse = connector === null ? null : evseOf(connector, plugs)
  if (evse !== null && evse <= 0) return status('Rejected')
  const token = { idToken: textOf(payload['idTag']) ?? '', tokenType: 'central' } as const
  const given = payload['chargingProfile']
  const profile = given === undefined || evse === null ? null : readProfile(objectOf(given), evse, device.now_ms())
  return accepted(device.remoteStart({ evse, token, remoteStartId: null, profile }))
}

const remoteStop: Action = (device, payload) =>
  accepted(device.remoteStop((_, wireId) => wireId !== null && wireId === payload['transactionId']))

/** Soft or hard: transactions are stopped first either way. */
const reset: Action = (device) => {
  return accepted(device.reset(null, true) === 'accepted')
}

const unlocked = { unlocked: 'Unlocked', ongoing: 'UnlockFailed', unknown: 'NotSupported' } as const

const unlock: Action = (device, payload, plugs) => {
  const plug = plugs.plugOf(numberOf(payload['connectorId']) ?? 0)
  return status(plug ? unlocked[device.unlock(plug)] : 'NotSupported')
}

const changed = { accepted: 'Accepted', scheduled: 'Scheduled', rejected: 'Rejected' } as const

const changeAvailability: Action = (device, payload, plugs) => {
  const number = numberOf(payload['connectorId']) ?? 0
  const plug = number === 0 ? { evse: null, connector: null } : plugs.plugOf(number)
  return status(plug ? changed[device.setAvailable(plug, payload['type'] === 'Operative')] : 'Rejected')
}

export const reserved: Readonly<Record<ReserveStatus, string>> = {
  accepted: 'Accepted',
  occupied: 'Occupied',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
  rejected: 'Rejected',
}

const reserve: Action = (device, payload, plugs) => {
  const evse = evseOf(numberOf(payload['connectorId']) ?? 0, plugs)
  const answer = device.reserve({
    id: numberOf(payload['reservationId']) ?? 0,
    evse,
    idToken: textOf(payload['idTag']) ?? '',
    expires_ms: momentOf_ms(payload['expiryDate']) ?? 0,
  })
  return status(reserved[answer])
}

const getConfiguration: Action = (device, payload) => {
  const known = device.settings.filter(({ key }) => key !== '')
  const asked = listOf(payload['key']).map(String)
  const shown = asked.length === 0 ? known : known.filter(({ key }) => asked.includes(key))
  const unknownKey = asked.filter((key) => !known.some((row) => row.key === key))
  const configurationKey = shown.map(({ key, isWritable, get }) => ({ key, readonly: !isWritable, value: get() }))
  return result({ configurationKey, ...(unknownKey.length > 0 ? { unknownKey } : {}) })
}

const changeConfiguration: Action = (device, payload) => {
  const row = device.settings.find(({ key }) => key !== '' && key === payload['key'])
  if (!row) return status('NotSupported')
  return accepted(device.setSetting(row, textOf(payload['value']) ?? ''))
}

const sendLocalList: Action = (device, payload) => {
  const verdicts = listOf(payload['localAuthorizationList']).map((entry): [string, boolean | null] => {
    const { idTag, idTagInfo } = objectOf(entry)
    const verdict = textOf(objectOf(idTagInfo)['status'])
    return [textOf(idTag) ?? '', verdict === null ? null : verdict === 'Accepted']
  })
  const version = numberOf(payload['listVersion']) ?? 0
  const isFull = payload['updateType'] === 'Full'
  return status(device.setLocalList(version, isFull, new Map(verdicts)) ? 'Accepted' : 'VersionMismatch')
}

const messages = {
  BootNotification: 'boot',
  Heartbeat: 'heartbeat',
  StatusNotification: 'status',
  MeterValues: 'meter',
} as const

const trigger: Action = (device, payload, plugs) => {
  const asked = textOf(payload['requestedMessage']) ?? ''
  const message = Object.hasOwn(messages, asked) ? messages[asked as keyof typeof messages] : null
  if (!message) return status('NotImplemented')
  const number = numberOf(payload['connectorId'])
  const plug = number === null ? {} : plugs.plugOf(number)
  return accepted(plug !== null && device.trigger(message, plug))
}

/** What a station of 1.6 can be asked for. */
export const actions16: Readonly<Record<string, Action>> = {
  SetChargingProfile: setProfile,
  ClearChargingProfile: clearProfile,
  GetCompositeSchedule: getComposite,
  RemoteStartTransaction: remoteStart,
  RemoteStopTransaction: remoteStop,
  Reset: reset,
  UnlockConnector: unlock,
  ChangeAvailability: changeAvailability,
  ReserveNow: reserve,
  CancelReservation: (device, payload) => accepted(device.cancelReservation(numberOf(payload['reservationId']) ?? -1)),
  GetConfiguration: getConfiguration,
  ChangeConfiguration: changeConfiguration,
  SendLocalList: sendLocalList,
  GetLocalListVersion: (device) => result({ listVersion: device.localListVersion }),
  ClearCache: () => status('Accepted'),
  TriggerMessage: trigger,
  DataTransfer: () => status('UnknownVendorId'),
}
