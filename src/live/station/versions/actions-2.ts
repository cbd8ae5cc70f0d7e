import { say } from '../../../base/words/index.ts'
import type { Answer, Json, JsonObject } from '../../ocpp/index.ts'
import type { Device } from '../device.ts'
import type { PlugAt } from '../dialect.ts'
import {
  type Criteria,
  listOf,
  momentOf_ms,
  numberOf,
  objectOf,
  type Profile,
  purposeOf,
  type Refusal,
  readProfile,
  textOf,
} from '../profiles/index.ts'
import type { SettingRow } from '../settings.ts'
import type { TokenType } from '../world.ts'
import { reserved } from './actions-16.ts'
import { result, timeText } from './wire.ts'

type Action = (device: Device, payload: JsonObject) => Answer | null

const LONGEST_INFO = 512

/** Reports are sent in parts of so many. */
const REPORT_SIZE = 20

function refused({ reasonCode, because }: Refusal): object {
  const additionalInfo = say(because.code, because.params, 'en').slice(0, LONGEST_INFO)
  return { reasonCode, additionalInfo }
}

/** A status with, where there is one, its reason. */
function status(text: string, reasonCode?: string): Answer {
  return result({ status: text, ...(reasonCode ? { statusInfo: { reasonCode } } : {}) })
}

const accepted = (isAccepted: boolean, reasonCode?: string): Answer =>
  isAccepted ? status('Accepted') : status('Rejected', reasonCode)

function taken(device: Device, profile: Profile): Answer | null {
  const answer = device.setProfile(profile)
  if (answer.kind === 'mute') return null
  if (answer.kind === 'accepted') return status('Accepted')
  return result({ status: 'Rejected', ...(answer.refusal ? { statusInfo: refused(answer.refusal) } : {}) })
}

const setProfile: Action = (device, payload) =>
  taken(device, readProfile(objectOf(payload['chargingProfile']), numberOf(payload['evseId']) ?? 0, device.now_ms()))

function criteriaOf(evse: Json | undefined, given: JsonObject): Criteria {
  const purpose = purposeOf(given['chargingProfilePurpose'])
  const number = numberOf(evse)
  const stackLevel = numberOf(given['stackLevel'])
  const ids = listOf(given['chargingProfileId']).map(Number)
  return {
    ...(ids.length > 0 ? { ids } : {}),
    ...(number === null ? {} : { evse: number }),
    ...(purpose === null ? {} : { purpose }),
    ...(stackLevel === null ? {} : { stackLevel }),
  }
}

const clearProfile: Action = (device, payload) => {
  const id = numberOf(payload['chargingProfileId'])
  const criteria = objectOf(payload['chargingProfileCriteria'])
  const cleared = device.clearProfiles(id === null ? criteriaOf(criteria['evseId'], criteria) : { ids: [id] })
  return status(cleared > 0 ? 'Accepted' : 'Unknown')
}

const getProfiles: Action = (device, payload) => {
  const found = device.findProfiles(criteriaOf(payload['evseId'], objectOf(payload['chargingProfile'])))
  if (found.length === 0) return status('NoProfiles')
  const requestId = numberOf(payload['requestId']) ?? 0
  const evses = [...new Set(found.map(({ evse }) => evse))]
  const reports = evses.map((evseId, at) => ({
    action: 'ReportChargingProfiles',
    payload: {
      ...{ requestId, evseId, chargingLimitSource: 'CSO', tbc: at < evses.length - 1 },
      chargingProfile: found.filter(({ evse }) => evse === evseId).map(({ given }) => given.raw),
    },
  }))
  device.follow(reports)
  return status('Accepted')
}

const getComposite: Action = (device, payload) => {
  const evseId = numberOf(payload['evseId']) ?? 0
  const duration = numberOf(payload['duration']) ?? 0
  if (evseId < 0 || evseId > device.connectors.length) return status('Rejected', 'UnknownEvse')
  const unit = payload['chargingRateUnit'] === 'A' ? 'A' : 'W'
  const { start_ms, stretches } = device.composite(evseId, duration)
  const chargingSchedulePeriod = stretches.map(({ from_s, limit_kW }) => ({
    startPeriod: from_s,
    limit: Math.floor(device.rateOf(limit_kW, unit) * 10) / 10,
  }))
  const schedule = {
    evseId,
    duration,
    scheduleStart: timeText(start_ms),
    chargingRateUnit: unit,
    chargingSchedulePeriod,
  }
  return result({ status: 'Accepted', schedule })
}

const updateDynamic: Action = (device, payload) => {
  const limit = numberOf(objectOf(payload['scheduleUpdate'])['limit'])
  if (limit === null) return status('Rejected', 'MissingParam')
  return accepted(device.updateProfile(numberOf(payload['chargingProfileId']) ?? 0, limit), 'NotFound')
}

const tokenTypes: Readonly<Record<string, TokenType>> = { MacAddress: 'mac', eMAID: 'emaid', ISO14443: 'rfid' }

const requestStart: Action = (device, payload) => {
  const evse = numberOf(payload['evseId'])
  const { idToken, type } = objectOf(payload['idToken'])
  const token = { idToken: textOf(idToken) ?? '', tokenType: tokenTypes[textOf(type) ?? ''] ?? 'central' }
  const remoteStartId = numberOf(payload['remoteStartId'])
  const given = payload['chargingProfile']
  const profile = given === undefined || evse === null ? null : readProfile(objectOf(given), evse, device.now_ms())
  return accepted(device.remoteStart({ evse, token, remoteStartId, profile }))
}

const requestStop: Action = (device, payload) =>
  accepted(
    device.remoteStop((id) => id === payload['transactionId']),
    'TxNotFound',
  )

const resets = { accepted: 'Accepted', scheduled: 'Scheduled', rejected: 'Rejected' } as const

const reset: Action = (device, payload) =>
  status(resets[device.reset(numberOf(payload['evseId']), payload['type'] !== 'OnIdle')])

const unlocked = { unlocked: 'Unlocked', ongoing: 'OngoingAuthorizedTransaction', unknown: 'UnknownConnector' } as const

const unlock: Action = (device, payload) =>
  status(
    unlocked[
      device.unlock({ evse: numberOf(payload['evseId']) ?? 0, connector: numberOf(payload['connectorId']) ?? 0 })
    ],
  )

function placeOf(value: Json | undefined): { evse: number | null; connector: number | null } {
  const { id, connectorId } = objectOf(value)
  return { evse: numberOf(id), connector: numberOf(connectorId) }
}

const changeAvailability: Action = (device, payload) =>
  status(resets[device.setAvailable(placeOf(payload['evse']), payload['operationalStatus'] === 'Operative')])

const reserve: Action = (device, payload) => {
  const answer = device.reserve({
    id: numberOf(payload['id']) ?? 0,
    evse: numberOf(payload['evseId']) ?? 0,
    idToken: textOf(objectOf(payload['idToken'])['idToken']) ?? '',
    expires_ms: momentOf_ms(payload['expiryDateTime']) ?? 0,
  })
  return status(reserved[answer])
}

interface Found {
  readonly row: SettingRow | null
  readonly status: string
  readonly echo: object
}

/** A variable of the station is found wherever it is looked for, one of a plug at its plug. */
function isAt({ at }: SettingRow, { evse, connector }: ReturnType<typeof placeOf>): boolean {
  return !at || (at.evse === evse && (connector === null || at.connector === connector))
}

function find(device: Device, asked: JsonObject): Found {
  const { component, variable, attributeType } = asked
  const [componentName, variableName] = [objectOf(component)['name'], objectOf(variable)['name']]
  const ofComponent = device.settings.filter((row) => row.component !== '' && row.component === componentName)
  const place = placeOf(objectOf(component)['evse'])
  const row = ofComponent.find((one) => one.variable === variableName && isAt(one, place)) ?? null
  const isActual = attributeType === undefined || attributeType === 'Actual'
  const unknown = ofComponent.length === 0 ? 'UnknownComponent' : 'UnknownVariable'
  const found = row ? (isActual ? 'Accepted' : 'NotSupportedAttributeType') : unknown
  return {
    row,
    status: found,
    echo: { component, variable, ...(attributeType === undefined ? {} : { attributeType }) },
  }
}

const getVariables: Action = (device, payload) => {
  const getVariableResult = listOf(payload['getVariableData']).map((asked) => {
    const { row, status: attributeStatus, echo } = find(device, objectOf(asked))
    const value = attributeStatus === 'Accepted' && row ? { attributeValue: row.get() } : {}
    return { ...echo, attributeStatus, ...value }
  })
  return result({ getVariableResult })
}

const setVariables: Action = (device, payload) => {
  const setVariableResult = listOf(payload['setVariableData']).map((asked) => {
    const { row, status: found, echo } = find(device, objectOf(asked))
    if (found !== 'Accepted' || !row) return { ...echo, attributeStatus: found }
    const isSet = device.setSetting(row, textOf(objectOf(asked)['attributeValue']) ?? '')
    return { ...echo, attributeStatus: isSet ? 'Accepted' : 'Rejected' }
  })
  return result({ setVariableResult })
}

function reportRow({ component, variable, at, isWritable, get }: SettingRow): object {
  return {
    component: { name: component, ...(at ? { evse: { id: at.evse, connectorId: at.connector } } : {}) },
    variable: { name: variable },
    variableAttribute: [{ type: 'Actual', value: get(), mutability: isWritable ? 'ReadWrite' : 'ReadOnly' }],
    variableCharacteristics: { dataType: 'string', supportsMonitoring: false },
  }
}

const getBaseReport: Action = (device, payload) => {
  const requestId = numberOf(payload['requestId']) ?? 0
  const rows = device.settings.filter(({ component }) => component !== '').map(reportRow)
  const parts = Math.ceil(rows.length / REPORT_SIZE)
  const generatedAt = timeText(device.now_ms())
  const reports = Array.from({ length: parts }, (_, seqNo) => ({
    action: 'NotifyReport',
    payload: {
      ...{ requestId, generatedAt, seqNo, tbc: seqNo < parts - 1 },
      reportData: rows.slice(seqNo * REPORT_SIZE, (seqNo + 1) * REPORT_SIZE),
    },
  }))
  device.follow(reports)
  return status('Accepted')
}

const sendLocalList: Action = (device, payload) => {
  const verdicts = listOf(payload['localAuthorizationList']).map((entry): [string, boolean | null] => {
    const { idToken, idTokenInfo } = objectOf(entry)
    const verdict = textOf(objectOf(idTokenInfo)['status'])
    return [textOf(objectOf(idToken)['idToken']) ?? '', verdict === null ? null : verdict === 'Accepted']
  })
  const version = numberOf(payload['versionNumber']) ?? 0
  const isTaken = device.setLocalList(version, payload['updateType'] === 'Full', new Map(verdicts))
  return status(isTaken ? 'Accepted' : 'VersionMismatch')
}

const messages = {
  BootNotification: 'boot',
  Heartbeat: 'heartbeat',
  StatusNotification: 'status',
  MeterValues: 'meter',
  TransactionEvent: 'transaction',
} as const

const trigger: Action = (device, payload) => {
  const asked = textOf(payload['requestedMessage']) ?? ''
  const message = Object.hasOwn(messages, asked) ? messages[asked as keyof typeof messages] : null
  if (!message) return status('NotImplemented')
  const { evse, connector } = placeOf(payload['evse'])
  const at: Partial<PlugAt> = {
    ...(evse === null ? {} : { evse }),
    ...(connector === null ? {} : { connector }),
  }
  return accepted(device.trigger(message, at))
}

/** What a station of 2.0.1 or 2.1 can be asked for; messages 2.0.1 does not have are refused before they come here. */
export const actions2: Readonly<Record<string, Action>> = {
  SetChargingProfile: setProfile,
  ClearChargingProfile: clearProfile,
  GetChargingProfiles: getProfiles,
  GetCompositeSchedule: getComposite,
  UpdateDynamicSchedule: updateDynamic,
  RequestStartTransaction: requestStart,
  RequestStopTransaction: requestStop,
  GetTransactionStatus: (device, payload) => {
    const id = payload['transactionId']
    const isOngoing = device.connectors.some((_, at) => device.transactionAt(at + 1) === id)
    return result({ ...(id === undefined ? {} : { ongoingIndicator: isOngoing }), messagesInQueue: device.waiting > 0 })
  },
  Reset: reset,
  UnlockConnector: unlock,
  ChangeAvailability: changeAvailability,
  ReserveNow: reserve,
  CancelReservation: (device, payload) => accepted(device.cancelReservation(numberOf(payload['reservationId']) ?? -1)),
  GetVariables: getVariables,
  SetVariables: setVariables,
  GetBaseReport: getBaseReport,
  SendLocalList: sendLocalList,
  GetLocalListVersion: (device) => result({ versionNumber: device.localListVersion }),
  ClearCache: () => status('Accepted'),
  TriggerMessage: trigger,
  DataTransfer: () => status('UnknownVendorId'),
}
