import type { JsonObject, OcppVersion } from '../../../ocpp/index.ts'
import type { Command, CommandName } from '../../commands.ts'
import type { CommandOutcome, TokenRecord } from '../../ports.ts'
import type { Station } from '../../station.ts'
import { type CommandContext, isoTime, localListParts, type Outgoing, readAll, statusReader } from '../driver.ts'
import { idTokenInfo } from './authorization.ts'
import { wireVariable } from './variables.ts'

type Speller<Name extends CommandName> = (
  command: Extract<Command, { name: Name }>,
  context: CommandContext,
) => readonly Outgoing[] | null

const send = (action: string, payload: Outgoing['payload'], read: Outgoing['read'] = statusReader()): Outgoing => {
  return { action, payload, read }
}

/** Types of token 2.0.1 knows; 2.1 lets any text be one. */
const types201 = ['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress', 'NoAuthorization']

function wireToken(idToken: string, type: string | undefined, version: OcppVersion): Readonly<Record<string, string>> {
  const wanted = type ?? 'Central'
  if (version === '2.1' || types201.includes(wanted)) return { idToken, type: wanted }
  return { idToken, type: wanted === 'EVCCID' ? 'MacAddress' : 'Central' }
}

const versionOf = ({ station }: CommandContext): OcppVersion => station.version ?? '2.0.1'

const evseOf = (evse: number | null, connector?: number): Readonly<Record<string, unknown>> => {
  if (evse === null) return {}
  return { evse: { id: evse, ...(connector === undefined ? {} : { connectorId: connector }) } }
}

/** All variables one by one: what the station said of each. */
function readResults(field: string, yes: readonly string[]): Outgoing['read'] {
  return (payload: JsonObject): CommandOutcome => {
    const results = payload[field] as unknown as readonly { readonly attributeStatus: string }[]
    const refused = results.find(({ attributeStatus }) => !yes.includes(attributeStatus))
    if (!refused) return { kind: 'accepted', details: { results } }
    const params = { status: refused.attributeStatus, info: JSON.stringify(refused).slice(0, 200) }
    return { kind: 'rejected', reason: 'operate.command.rejected', params }
  }
}

function localListEntry({ idToken, type }: TokenRecord, { desk, station }: CommandContext): object {
  const judgement = desk.tokens.judge(idToken, type, desk.now_ms())
  return { idToken: wireToken(idToken, type, station.version ?? '2.0.1'), idTokenInfo: idTokenInfo(judgement) }
}

const spellers: { readonly [Name in CommandName]?: Speller<Name> } = {
  start: ({ evse, idToken, tokenType }, context) => {
    const place = evse === null ? {} : { evseId: evse }
    const token = wireToken(idToken, tokenType, versionOf(context))
    return [send('RequestStartTransaction', { ...place, idToken: token, remoteStartId: context.number })]
  },
  stop: (_, { transaction }) => {
    if (!transaction) return null
    return [send('RequestStopTransaction', { transactionId: transaction.key.transactionId })]
  },
  reset: ({ evse, when }) => {
    const place = evse === null ? {} : { evseId: evse }
    return [send('Reset', { type: when === 'now' ? 'Immediate' : 'OnIdle', ...place }, statusReader(['Scheduled']))]
  },
  unlock: ({ evse, connector }) => [
    send('UnlockConnector', { evseId: evse, connectorId: connector }, statusReader(['Unlocked'])),
  ],
  availability: ({ evse, operative }) => {
    const payload = { operationalStatus: operative ? 'Operative' : 'Inoperative', ...evseOf(evse) }
    return [send('ChangeAvailability', payload, statusReader(['Scheduled']))]
  },
  trigger: ({ message, evse }, { station }) => {
    // The state of a connector must be asked for by the connector (F06.FR.12).
    if (message === 'StatusNotification') return askStatus2(station, evse)
    return [send('TriggerMessage', { requestedMessage: message, ...evseOf(evse) })]
  },
  reserve: ({ evse, idToken, expires_ms }, context) => {
    const type = context.desk.tokens.find(idToken)?.type
    const wish = {
      id: context.number,
      expiryDateTime: isoTime(expires_ms),
      idToken: wireToken(idToken, type, versionOf(context)),
    }
    return [send('ReserveNow', evse === 0 ? wish : { ...wish, evseId: evse })]
  },
  cancelReservation: ({ reservation }) => [send('CancelReservation', { reservationId: reservation })],
  getVariables: ({ variables }, { number }) => {
    if (variables.length === 0) return [send('GetBaseReport', { requestId: number, reportBase: 'FullInventory' })]
    const payload = { getVariableData: variables.map(wireVariable) }
    return [send('GetVariables', payload, readResults('getVariableResult', ['Accepted']))]
  },
  setVariables: ({ values }) => {
    const data = values.map((variable) => ({ ...wireVariable(variable), attributeValue: variable.value }))
    const yes = ['Accepted', 'RebootRequired']
    return [send('SetVariables', { setVariableData: data }, readResults('setVariableResult', yes))]
  },
  sendLocalList: (_, context) => {
    const entries = context.desk.tokens.all().map((token) => localListEntry(token, context))
    return localListParts(entries).map((part, index) => {
      const list = part.length === 0 ? {} : { localAuthorizationList: part }
      const updateType = index === 0 ? 'Full' : 'Differential'
      return send('SendLocalList', { versionNumber: context.number + index, updateType, ...list })
    })
  },
  localListVersion: () => [send('GetLocalListVersion', {}, readAll)],
  clearCache: () => [send('ClearCache', {})],
  dataTransfer: ({ vendor, message, data }) => [
    send('DataTransfer', {
      vendorId: vendor,
      ...(message === undefined ? {} : { messageId: message }),
      ...(data === undefined ? {} : { data }),
    }),
  ],
  diagnostics: ({ location }, { number }) => [
    send('GetLog', { logType: 'DiagnosticsLog', requestId: number, log: { remoteLocation: location } }),
  ],
  updateFirmware: ({ location, at_ms }, { number }) => [
    send('UpdateFirmware', { requestId: number, firmware: { location, retrieveDateTime: isoTime(at_ms) } }),
  ],
  message: ({ action, payload }) => [send(action, payload, readAll)],
}

/** Messages of 2.0.1 and 2.1 for a command. */
export function spell2(command: Command, context: CommandContext): readonly Outgoing[] | null {
  const speller = spellers[command.name] as Speller<CommandName> | undefined
  return speller?.(command, context) ?? null
}

/** One message a connector, of one EVSE or of all. */
export function askStatus2(station: Station, only: number | null = null): readonly Outgoing[] {
  return [...station.evses.values()]
    .filter(({ evse }) => only === null || evse === only)
    .flatMap(({ evse, connectors }) => [...connectors.keys()].map((connector) => evseOf(evse, connector)))
    .map((place) => send('TriggerMessage', { requestedMessage: 'StatusNotification', ...place }))
}
