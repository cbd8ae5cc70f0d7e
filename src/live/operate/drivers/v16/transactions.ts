import type { StartTransactionRequest, StopTransactionRequest } from 'typed-ocpp/dist/ocpp16/types.js'
import type { Code } from '../../../../base/words/index.ts'
import { believe } from '../../clocks.ts'
import type { Sample } from '../../metering/sample.ts'
import { type Place, placeOf } from '../../plans.ts'
import type { Station } from '../../station.ts'
import type { Judgement } from '../../tokens.ts'
import type { TransactionEvent } from '../../transactions/ledger.ts'
import type { RegisterPoint } from '../../transactions/register.ts'
import type { Transaction } from '../../transactions/transaction.ts'
import { type Contact, isoTime, timeOf } from '../driver.ts'

/** Registers beyond this are no reading (1 TWh). */
const LARGEST_Wh = 1e12

const isRegister = (value_Wh: number): boolean => value_Wh >= 0 && value_Wh <= LARGEST_Wh

const base = { seqNo: null, isPast: false, tokenType: null, stopReason: null, samples: [] } as const

/** The transaction and its token; the station is told the number once both are written down. */
export async function startOf(
  contact: Contact,
  payload: StartTransactionRequest,
): Promise<{ readonly number: number; readonly judgement: Judgement }> {
  const { desk, ledger, station, reservations } = contact
  const { at_ms } = believe(timeOf(payload.timestamp), desk.now_ms())
  // A connector that cannot be keeps its number: the record says where it was said to be.
  const place = placeOf(station.plan, payload.connectorId) ?? { evse: payload.connectorId, connector: 1 }
  const number = numberFor(contact, payload, place, at_ms)
  const points: RegisterPoint[] = isRegister(payload.meterStart) ? [[0, at_ms, payload.meterStart]] : []
  const judgement = await ledger.take(station, {
    ...base,
    ...place,
    kind: 'started',
    transactionId: String(number),
    told_ms: timeOf(payload.timestamp),
    idToken: payload.idTag,
    points,
  })
  if (payload.reservationId !== undefined) await reservations.become(payload.reservationId, 'used')
  return { number, judgement: judgement ?? desk.tokens.judge(payload.idTag, null, desk.now_ms()) }
}

/** The number of a start that was told before, of one whose stop came first, or a new one. */
function numberFor(
  { ledger, station }: Contact,
  payload: StartTransactionRequest,
  place: Place,
  at_ms: number,
): number {
  for (const transaction of station.transactions.values()) {
    if (isSameStart(transaction, payload, place, at_ms)) return Number(transaction.key.transactionId)
  }
  const number = ledger.nextNumber()
  const stopped = [...station.transactions.values()].filter((one) => isStopOf(one, payload, at_ms))
  const [only] = stopped
  if (only && stopped.length === 1) ledger.rename(station, only, String(number))
  return number
}

/** A station that got no answer tells its start again, under a new message id. */
function isSameStart(one: Transaction, payload: StartTransactionRequest, place: Place, at_ms: number): boolean {
  const isThere = one.evse === place.evse && one.connector === place.connector
  return one.hasStart && isThere && one.started_ms === at_ms && one.idToken === payload.idTag
}

/** A stop that came before its start: under a number nobody had given, later than the start, its register no lower. */
function isStopOf(one: Transaction, payload: StartTransactionRequest, at_ms: number): boolean {
  const { ended_ms, last_Wh } = one.record
  if (one.hasStart || !isUnnumbered(one) || ended_ms === null) return false
  return ended_ms >= at_ms && last_Wh !== null && last_Wh >= payload.meterStart
}

const isUnnumbered = ({ key }: Transaction): boolean => key.transactionId.includes('@')

/** Ends a transaction. Whatever it is that is stopped: the station is answered, or it would tell it for ever. */
export async function stopOf(
  { desk, ledger, station }: Contact,
  payload: StopTransactionRequest,
  samples: readonly Sample[],
): Promise<Judgement | null> {
  const { at_ms } = believe(timeOf(payload.timestamp), desk.now_ms())
  const known = await ledger.find(station, String(payload.transactionId))
  const found = known ?? withoutNumber(station, payload, at_ms)
  const points: RegisterPoint[] = isRegister(payload.meterStop) ? [[2, at_ms, payload.meterStop]] : []
  const event: TransactionEvent = {
    ...base,
    kind: 'ended',
    transactionId: found?.key.transactionId ?? `${payload.transactionId}@${isoTime(at_ms)}`,
    told_ms: timeOf(payload.timestamp),
    evse: null,
    connector: null,
    idToken: payload.idTag ?? null,
    stopReason: payload.reason ?? 'Local',
    samples,
    points,
    doubts: known ? [] : doubtsOf(found),
  }
  return ledger.take(station, event)
}

const doubtsOf = (found: Transaction | null): readonly Code[] => [
  found ? 'doubt.stopWithoutNumber' : 'doubt.stopUnknown',
]

/** A station that never got the number of its start stops 0 or -1: that is the one that runs, if only one can be meant. */
function withoutNumber(station: Station, payload: StopTransactionRequest, at_ms: number): Transaction | null {
  if (payload.transactionId > 0) return null
  const all = [...station.transactions.values()]
  const stopped = all.find(({ record }) => record.ended_ms === at_ms && record.last_Wh === payload.meterStop)
  if (stopped) return stopped
  const running = all.filter((one) => !one.isEnded && one.started_ms <= at_ms)
  return running.length === 1 ? (running[0] ?? null) : null
}
