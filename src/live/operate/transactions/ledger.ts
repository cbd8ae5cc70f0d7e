import { randomUUID } from 'node:crypto'
import type { Code } from '../../../base/words/index.ts'
import { believe } from '../clocks.ts'
import type { Desk } from '../desk.ts'
import { takeSamples } from '../metering/readings.ts'
import type { Sample } from '../metering/sample.ts'
import { hasEvse } from '../plans.ts'
import type { JournalEvent, TransactionRecord } from '../ports.ts'
import { tokenKey } from '../recognition.ts'
import { plugIn } from '../sessions.ts'
import type { EvseState, Station } from '../station.ts'
import type { Judgement } from '../tokens.ts'
import type { RegisterPoint } from './register.ts'
import { Transaction, type TransactionNotice } from './transaction.ts'

/** An event of a transaction as a driver reads it out of a message. */
export interface TransactionEvent {
  readonly kind: TransactionNotice['kind']
  readonly transactionId: string
  readonly seqNo: number | null
  /** As the station told it; null: it told none that can be read. */
  readonly told_ms: number | null
  /** Kept by the station while we were out of reach. */
  readonly isPast: boolean
  readonly evse: number | null
  readonly connector: number | null
  readonly idToken: string | null
  readonly tokenType: string | null
  readonly stopReason: string | null
  readonly samples: readonly Sample[]
  /** Readings of the register that came outside of samples. */
  readonly points?: readonly RegisterPoint[]
  readonly doubts?: readonly Code[]
}

/** Transactions that ended and are kept at hand for each station: late events belong to them. */
const MOST_ENDED = 16

/** So long after a vehicle has gone the end of its transaction is not waited for any more. */
const END_OVERDUE_ms = 10 * 60_000

/** Transactions of all stations. */
export class Ledger {
  readonly #desk: Desk
  /** Transactions under way by the key of their token. */
  readonly #byToken = new Map<string, Set<Transaction>>()
  #lastNumber: number

  constructor(desk: Desk, lastNumber: number) {
    this.#desk = desk
    this.#lastNumber = lastNumber
    desk.subscribe((event) => {
      if (event.kind === 'unplugged') this.#watchEnd(event.stationId, event.evse)
    })
  }

  /** A number for a transaction of 1.6, never given before. */
  nextNumber(): number {
    return ++this.#lastNumber
  }

  /** Takes up what was under way when the records were written. */
  restore(station: Station, record: TransactionRecord): void {
    const transaction = Transaction.from(record)
    this.#keep(station, transaction)
    transaction.stored = transaction.changes
    if (!transaction.isEnded && hasEvse(station.plan, transaction.evse)) this.#bind(station, transaction)
    this.#index(transaction)
  }

  active(): readonly TransactionRecord[] {
    const records: TransactionRecord[] = []
    for (const station of this.#desk.stations.values()) {
      for (const transaction of station.transactions.values())
        if (!transaction.isEnded) records.push(transaction.record)
    }
    return records
  }

  /** One at hand by the id of the store; null: it is not. */
  byRecordId(id: string): Transaction | null {
    for (const station of this.#desk.stations.values()) {
      for (const transaction of station.transactions.values()) if (transaction.key.id === id) return transaction
    }
    return null
  }

  /** The transaction of an id on the wire, at hand or out of the store; null: there is none. */
  async find(station: Station, transactionId: string): Promise<Transaction | null> {
    const known = station.transactions.get(transactionId)
    if (known) return known
    const record = await this.#desk.store.transaction(station.stationId, transactionId)
    if (!record) return null
    const transaction = Transaction.from(record)
    transaction.stored = transaction.changes
    this.#keep(station, transaction)
    return transaction
  }

  /** Gives a transaction that came without one its id on the wire. */
  rename(station: Station, transaction: Transaction, transactionId: string): void {
    station.transactions.delete(transaction.key.transactionId)
    transaction.rename(transactionId)
    station.transactions.set(transactionId, transaction)
  }

  /**
   * Takes an event of a transaction and writes it down; done once it is durable. Answers what is thought of the token that
   * came with it, null where none came.
   */
  async take(station: Station, event: TransactionEvent): Promise<Judgement | null> {
    const isFresh = event.kind === 'started' && !event.isPast
    const known = isFresh
      ? station.transactions.get(event.transactionId)
      : await this.find(station, event.transactionId)
    const isReused = isFresh && known !== undefined && known !== null && beginsAfter(event, known)
    const transaction = known && !isReused ? known : this.#open(station, event.transactionId)
    if (isReused) transaction.addDoubt('doubt.idReused')
    return this.#enter(station, transaction, event)
  }

  /** The vehicle is gone: the end of its transaction should follow. Where it does not, it is taken as ended then. */
  #watchEnd(stationId: string, number: number): void {
    const station = this.#desk.stations.get(stationId)
    const transaction = station?.evses.get(number)?.transaction
    if (!station || !transaction) return
    const gone_ms = this.#desk.now_ms()
    this.#desk.after(END_OVERDUE_ms, () => {
      const evse = station.evse(number)
      if (evse.transaction !== transaction || evse.session > 0 || station.line === null) return
      evse.transaction = null
      transaction.replace(gone_ms)
      this.#index(transaction)
      this.#write([transaction], null).then(
        () => this.#tell(station, 'ended', transaction),
        () => {},
      )
    })
  }

  async #enter(station: Station, transaction: Transaction, event: TransactionEvent): Promise<Judgement | null> {
    const now_ms = this.#desk.now_ms()
    const { at_ms, doubt } = believe(event.told_ms, now_ms)
    if (!event.isPast && event.told_ms !== null && !doubt) station.clock.hear(event.told_ms, now_ms, true)
    const judgement = this.#judge(transaction, event, now_ms)
    const notice = noticeOf(event, {
      at_ms,
      vehicle: judgement?.vehicle ?? null,
      doubts: doubtsOf(station, event, doubt, judgement),
    })
    const { evse, idToken, tokenType } = transaction
    const isNews = transaction.take(notice)
    if (transaction.evse !== evse) this.#leave(station, evse, transaction)
    if (idToken !== null && transaction.idToken !== idToken)
      this.#byToken.get(tokenKey(idToken, tokenType))?.delete(transaction)
    this.#place(station, transaction, event)
    this.#index(transaction)
    const others = this.#settle(station, transaction)
    await this.#write([...others, transaction], event.seqNo)
    if (isNews) this.#tell(station, event.kind, transaction)
    for (const other of others) this.#tell(station, 'ended', other)
    return judgement
  }

  #judge(transaction: Transaction, event: TransactionEvent, now_ms: number): Judgement | null {
    const { idToken, tokenType } = event
    if (idToken === null) return null
    const judgement = this.#desk.tokens.judge(idToken, tokenType, now_ms)
    const isStart = event.kind === 'started' && !event.isPast && judgement.status === 'accepted'
    if (!isStart || this.#desk.settings.concurrentTransactions === 'accept') return judgement
    const others = this.#byToken.get(tokenKey(idToken, tokenType))
    const isBusy = others !== undefined && [...others].some((other) => other !== transaction && !other.isEnded)
    return isBusy ? { ...judgement, status: 'concurrent' } : judgement
  }

  #open(station: Station, transactionId: string): Transaction {
    const transaction = new Transaction({ id: randomUUID(), transactionId, stationId: station.stationId })
    this.#keep(station, transaction)
    return transaction
  }

  #keep(station: Station, transaction: Transaction): void {
    const { transactions } = station
    transactions.set(transaction.key.transactionId, transaction)
    if (transactions.size <= MOST_ENDED) return
    for (const [id, old] of transactions) {
      if (transactions.size <= MOST_ENDED) return
      if (old !== transaction && old.isEnded && old.stored === old.changes) transactions.delete(id)
    }
  }

  /** Its readings go to its EVSE, be it that of this event or of an earlier one. */
  #place(station: Station, transaction: Transaction, event: TransactionEvent): void {
    const { evse } = transaction
    const isKnown = hasEvse(station.plan, evse)
    if (isKnown) transaction.rating_kW = station.evse(evse).rating_kW
    if (event.samples.length === 0) return
    const where = { evse: isKnown ? evse : 0, transaction, isPast: event.isPast || !isKnown }
    takeSamples(this.#desk, station, where, event.samples)
  }

  /** Of two at one EVSE the one that began first is over. Answers those that others than the event itself have ended. */
  #settle(station: Station, transaction: Transaction): readonly Transaction[] {
    if (!hasEvse(station.plan, transaction.evse)) return []
    const evse = station.evse(transaction.evse)
    const other = evse.transaction
    if (transaction.isEnded) {
      if (other === transaction) evse.transaction = null
      return []
    }
    if (!other || other === transaction) {
      this.#bind(station, transaction)
      return []
    }
    const [older, newer] = other.started_ms <= transaction.started_ms ? [other, transaction] : [transaction, other]
    older.replace(newer.started_ms)
    this.#index(older)
    if (newer === transaction) this.#bind(station, transaction)
    return older === other ? [other] : []
  }

  /** An earlier event told that it is elsewhere. */
  #leave(station: Station, number: number, transaction: Transaction): void {
    const evse = station.evses.get(number)
    if (evse?.transaction === transaction) evse.transaction = null
  }

  #bind(station: Station, transaction: Transaction): void {
    const evse = station.evse(transaction.evse)
    if (evse.transaction === transaction) return
    evse.transaction = transaction
    if (transaction.session > 0) resume(evse, transaction)
    else plugIn(this.#desk, station, evse)
    transaction.session = evse.session
  }

  #index(transaction: Transaction): void {
    const { idToken } = transaction
    if (idToken === null) return
    const key = tokenKey(idToken, transaction.tokenType)
    const others = this.#byToken.get(key) ?? new Set()
    if (transaction.isEnded) others.delete(transaction)
    else others.add(transaction)
    if (others.size > 0) this.#byToken.set(key, others)
    else this.#byToken.delete(key)
  }

  async #write(transactions: readonly Transaction[], seqNo: number | null): Promise<void> {
    const changed = transactions.filter(({ changes, stored }) => changes !== stored)
    if (changed.length === 0) return
    const at_ms = this.#desk.now_ms()
    const counts = changed.map(({ changes }) => changes)
    await this.#desk.append(
      changed.map(
        (transaction): JournalEvent => ({ kind: 'transaction', at_ms, transaction: transaction.record, seqNo }),
      ),
    )
    for (const [index, transaction] of changed.entries()) transaction.stored = counts[index] as number
  }

  #tell(station: Station, kind: TransactionNotice['kind'], transaction: Transaction): void {
    const { stationId } = station
    this.#desk.emit({
      kind,
      stationId,
      evse: transaction.evse,
      at_ms: this.#desk.now_ms(),
      transaction: transaction.record,
    })
  }
}

function resume(evse: EvseState, transaction: Transaction): void {
  evse.session = transaction.session
  evse.lastSession = Math.max(evse.lastSession, evse.session)
  evse.pluggedIn_ms = transaction.started_ms
}

/** A station that counts its ids anew begins another transaction under the id of one that is over. */
function beginsAfter({ told_ms }: TransactionEvent, { record }: Transaction): boolean {
  return record.ended_ms !== null && told_ms !== null && told_ms > record.ended_ms
}

type Believed = Pick<TransactionNotice, 'at_ms' | 'vehicle' | 'doubts'>

function noticeOf(event: TransactionEvent, believed: Believed): TransactionNotice {
  const { kind, seqNo, evse, connector, idToken, tokenType, stopReason, points = [] } = event
  // A token at the end is of who stopped it.
  const isOfStart = kind !== 'ended'
  return {
    kind,
    seqNo,
    evse,
    connector,
    idToken: isOfStart ? idToken : null,
    tokenType: isOfStart ? tokenType : null,
    stopReason,
    points,
    ...believed,
  }
}

function doubtsOf(
  station: Station,
  event: TransactionEvent,
  time: Code | null,
  judgement: Judgement | null,
): readonly Code[] {
  const doubts: Code[] = [...(event.doubts ?? [])]
  if (time) doubts.push(time)
  if (event.evse !== null && !hasEvse(station.plan, event.evse)) doubts.push('doubt.evse')
  if (judgement && judgement.status !== 'accepted' && event.kind !== 'ended') doubts.push('doubt.tokenRefused')
  return doubts
}
