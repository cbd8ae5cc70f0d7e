import type { Command, CommandName, Variable } from '../../commands.ts'
import { hasEvse, wireOf } from '../../plans.ts'
import type { TokenRecord } from '../../ports.ts'
import type { Station } from '../../station.ts'
import { type CommandContext, isoTime, localListParts, type Outgoing, readAll, statusReader } from '../driver.ts'

type Speller<Name extends CommandName> = (
  command: Extract<Command, { name: Name }>,
  context: CommandContext,
) => readonly Outgoing[] | null

const send = (action: string, payload: Outgoing['payload'], read: Outgoing['read'] = statusReader()): Outgoing => {
  return { action, payload, read }
}

/** Numbers of the connectors of an EVSE. */
function wires(station: Station, evse: number): readonly number[] {
  if (!hasEvse(station.plan, evse)) return [evse]
  return [...station.evse(evse).connectors.keys(), ...(station.plan ? [] : [1])]
    .filter((connector, index, all) => all.indexOf(connector) === index)
    .map((connector) => wireOf(station.plan, { evse, connector }))
}

/** The connector of an EVSE that is meant when one has to be named: that in use, else the first. */
function wireInUse(station: Station, evse: number): number {
  const inUse = [...station.evse(evse).connectors].find(
    ([, { status }]) => status === 'preparing' || status === 'charging',
  )
  return wireOf(station.plan, { evse, connector: inUse?.[0] ?? 1 })
}

const keyOf = ({ component, variable }: Variable): string => (component === '' ? variable : `${component}.${variable}`)

/** Longest idTag. */
const LONGEST_TAG = 20

function listEntry({ idToken, type }: TokenRecord, { desk }: CommandContext): readonly object[] {
  if (idToken.length > LONGEST_TAG) return []
  const { status, expires_ms, group } = desk.tokens.judge(idToken, type, desk.now_ms())
  const word = status === 'accepted' ? 'Accepted' : status === 'expired' ? 'Expired' : 'Blocked'
  const expiry = expires_ms === null ? {} : { expiryDate: isoTime(expires_ms) }
  const parent = group === null || group.length > LONGEST_TAG ? {} : { parentIdTag: group }
  return [{ idTag: idToken, idTagInfo: { status: word, ...expiry, ...parent } }]
}

const spellers: { readonly [Name in CommandName]?: Speller<Name> } = {
  start: ({ evse, idToken }, { station }) => {
    const connector = evse === null ? {} : { connectorId: wireInUse(station, evse) }
    return [send('RemoteStartTransaction', { ...connector, idTag: idToken })]
  },
  stop: (_, { transaction }) => {
    const transactionId = Number(transaction?.key.transactionId)
    return Number.isInteger(transactionId) ? [send('RemoteStopTransaction', { transactionId })] : null
  },
  // 1.6 resets whole stations only.
  reset: ({ evse, when }) => (evse === null ? [send('Reset', { type: when === 'now' ? 'Hard' : 'Soft' })] : null),
  unlock: ({ evse, connector }, { station }) => [
    send('UnlockConnector', { connectorId: wireOf(station.plan, { evse, connector }) }, statusReader(['Unlocked'])),
  ],
  availability: ({ evse, operative }, { station }) => {
    const type = operative ? 'Operative' : 'Inoperative'
    const connectors = evse === null ? [0] : wires(station, evse)
    return connectors.map((connectorId) =>
      send('ChangeAvailability', { connectorId, type }, statusReader(['Scheduled'])),
    )
  },
  trigger: ({ message, evse }, { station }) => {
    const connectors = evse === null ? [{}] : wires(station, evse).map((connectorId) => ({ connectorId }))
    return connectors.map((connector) => send('TriggerMessage', { requestedMessage: message, ...connector }))
  },
  reserve: ({ evse, idToken, expires_ms }, { station, number }) => {
    const connectorId = evse === 0 ? 0 : wireInUse(station, evse)
    const wish = { connectorId, expiryDate: isoTime(expires_ms), idTag: idToken, reservationId: number }
    return [send('ReserveNow', wish)]
  },
  cancelReservation: ({ reservation }) => [send('CancelReservation', { reservationId: reservation })],
  getVariables: ({ variables }) => {
    const key = variables.map(keyOf)
    return [send('GetConfiguration', key.length > 0 ? { key } : {}, readAll)]
  },
  setVariables: ({ values }) =>
    values.map((variable) => {
      const payload = { key: keyOf(variable), value: variable.value }
      return send('ChangeConfiguration', payload, statusReader(['RebootRequired']))
    }),
  sendLocalList: (_, context) => {
    const entries = context.desk.tokens.all().flatMap((token) => listEntry(token, context))
    return localListParts(entries).map((localAuthorizationList, index) => {
      const updateType = index === 0 ? 'Full' : 'Differential'
      return send('SendLocalList', { listVersion: context.number + index, updateType, localAuthorizationList })
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
  diagnostics: ({ location }) => [send('GetDiagnostics', { location }, readAll)],
  updateFirmware: ({ location, at_ms }) => [
    send('UpdateFirmware', { location, retrieveDate: isoTime(at_ms) }, readAll),
  ],
  message: ({ action, payload }) => [send(action, payload, readAll)],
}

/** Messages of 1.6 for a command. */
export function spell16(command: Command, context: CommandContext): readonly Outgoing[] | null {
  const speller = spellers[command.name] as Speller<CommandName> | undefined
  return speller?.(command, context) ?? null
}

/** One message asks for all connectors. */
export const askStatus16 = (): readonly Outgoing[] => [
  send('TriggerMessage', { requestedMessage: 'StatusNotification' }),
]
