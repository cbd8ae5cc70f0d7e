import type { ChargingStateEnumType, TransactionEventRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Answer } from '../../../ocpp/index.ts'
import { takeStatus } from '../../availability.ts'
import { hasEvse } from '../../plans.ts'
import type { ConnectorStatus } from '../../views.ts'
import { type Contact, nothing, timeOf } from '../driver.ts'
import { idTokenInfo } from './authorization.ts'
import { samplesOf } from './samples.ts'

const kinds = { Started: 'started', Updated: 'updated', Ended: 'ended' } as const

/** What a charging state says of the connector; Idle: nothing is plugged in, which the connector itself will tell. */
const stateOf: Readonly<Partial<Record<ChargingStateEnumType, ConnectorStatus>>> = {
  Charging: 'charging',
  EVConnected: 'preparing',
  SuspendedEV: 'suspendedByVehicle',
  SuspendedEVSE: 'suspendedByStation',
}

/** Takes an event; answered once it is written down. */
export async function transactionEvent(contact: Contact, payload: TransactionEventRequest): Promise<Answer> {
  const { desk, ledger, station, reservations } = contact
  const { transactionInfo, evse, idToken, meterValue = [] } = payload
  const isPast = payload.offline === true
  const judgement = await ledger.take(station, {
    kind: kinds[payload.eventType],
    transactionId: transactionInfo.transactionId,
    seqNo: payload.seqNo,
    told_ms: timeOf(payload.timestamp),
    isPast,
    evse: evse?.id ?? null,
    connector: evse?.connectorId ?? null,
    // A type without a token (free of charge) names nobody.
    idToken: idToken && idToken.idToken !== '' ? idToken.idToken : null,
    tokenType: idToken?.type ?? null,
    stopReason: payload.eventType === 'Ended' ? (transactionInfo.stoppedReason ?? 'Local') : null,
    samples: samplesOf(meterValue, desk.now_ms()),
  })
  if (!isPast) showState(contact, transactionInfo.transactionId, payload)
  if (payload.reservationId !== undefined) await reservations.become(payload.reservationId, 'used')
  if (judgement) return { payload: { idTokenInfo: idTokenInfo(judgement) } }
  return idToken ? freeOfCharge(contact) : nothing
}

/** NoAuthorization: as whoever nobody has entered. */
function freeOfCharge({ desk }: Contact): Answer {
  return { payload: { idTokenInfo: { status: desk.tokens.unknown === 'accept' ? 'Accepted' : 'Invalid' } } }
}

/** Connectors of 2.x are just occupied: what is going on at them the transaction tells. */
function showState({ desk, station }: Contact, transactionId: string, payload: TransactionEventRequest): void {
  const transaction = station.transactions.get(transactionId)
  const { chargingState } = payload.transactionInfo
  if (!transaction || !hasEvse(station.plan, transaction.evse)) return
  const current = station.evse(transaction.evse).transaction
  const status = payload.eventType === 'Ended' ? 'finishing' : chargingState && stateOf[chargingState]
  if (!status || (payload.eventType !== 'Ended' && current !== transaction)) return
  const connector = transaction.connector || 1
  if (station.connector(transaction.evse, connector).status === 'available' && payload.eventType === 'Ended') return
  takeStatus(desk, station, { evse: transaction.evse, connector, status, error: null, told_ms: null })
}
