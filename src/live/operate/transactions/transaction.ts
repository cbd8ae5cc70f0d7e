import type { Code } from '../../../base/words/index.ts'
import type { TransactionDetail, TransactionRecord } from '../ports.ts'
import { energyOf, fewest, insertPoint, isLong, type RegisterPoint, thinOut, turningPoints } from './register.ts'
import { addNumber, missing, type Ranges } from './sequence.ts'

/** One event of a transaction in neutral terms, whatever the version and message it came in. */
export interface TransactionNotice {
  readonly kind: 'started' | 'updated' | 'ended'
  /** Place among the events of the transaction; null: the version numbers none. */
  readonly seqNo: number | null
  readonly at_ms: number
  readonly evse: number | null
  readonly connector: number | null
  readonly idToken: string | null
  readonly tokenType: string | null
  readonly vehicle: string | null
  readonly stopReason: string | null
  readonly points: readonly RegisterPoint[]
  readonly doubts: readonly Code[]
}

/** A fact and the place in the order of events it comes from. */
type Fact = readonly [seqNo: number, at_ms: number, value: string]
type FactName =
  | 'first'
  | 'started'
  | 'ended'
  | 'endedLast'
  | 'replaced'
  | 'evse'
  | 'connector'
  | 'idToken'
  | 'tokenType'
  | 'vehicle'
  | 'session'

const orderOf = { started: 0, updated: 1, ended: 2 } as const

function compareFacts(a: Fact, b: Fact): number {
  return a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0)
}

export interface TransactionKey {
  readonly id: string
  readonly transactionId: string
  readonly stationId: string
}

/**
 * A transaction as its events tell it. Each event only adds: to a set, or to a smallest or largest place in an order. So
 * repetitions change nothing, and every order of arrival ends in the same record.
 */
export class Transaction {
  key: TransactionKey
  /** Rating of its EVSE, for what is plausible. */
  rating_kW: number | null = null
  /** Counts changes; `stored` is the last one known to be durable. */
  changes = 0
  stored = 0
  readonly #facts: Partial<Record<FactName, Fact>> = {}
  readonly #seen: Ranges = []
  readonly #points: RegisterPoint[] = []
  readonly #doubts = new Set<string>()
  #record: TransactionRecord | null = null

  constructor(key: TransactionKey) {
    this.key = key
  }

  /** As it was written down. */
  static from(record: TransactionRecord): Transaction {
    const { id, transactionId, stationId } = record
    const transaction = new Transaction({ id, transactionId, stationId })
    const { seen, points, facts, doubts } = record.detail
    Object.assign(transaction.#facts, facts)
    transaction.#seen.push(...seen)
    transaction.#points.push(...points)
    for (const doubt of doubts) transaction.#doubts.add(doubt)
    return transaction
  }

  /** Its id on the wire became known after it did. */
  rename(transactionId: string): void {
    this.key = { ...this.key, transactionId }
    this.#changed()
  }

  /** Takes an event; false: it told nothing new. */
  take(notice: TransactionNotice): boolean {
    const before = this.changes
    const order = notice.seqNo ?? orderOf[notice.kind]
    if (notice.seqNo !== null && addNumber(this.#seen, notice.seqNo)) this.#changed()
    this.#least('first', [0, notice.at_ms, ''])
    if (notice.kind === 'started') this.#least('started', [order, notice.at_ms, ''])
    if (notice.kind === 'ended') this.#end(notice, order)
    this.#take(notice, order)
    for (const point of notice.points) this.addPoint(point)
    for (const doubt of notice.doubts) this.addDoubt(doubt)
    return this.changes !== before
  }

  /** Takes a reading of the register. */
  addPoint(point: RegisterPoint): void {
    if (!insertPoint(this.#points, point)) return
    this.#changed()
    if (isLong(this.#points)) this.#thin()
  }

  addDoubt(doubt: Code): void {
    if (this.#doubts.has(doubt)) return
    this.#doubts.add(doubt)
    this.#changed()
  }

  /** Another began on its EVSE: it is over, unless its own end is still to come. */
  replace(at_ms: number): void {
    this.#least('replaced', [0, at_ms, ''])
  }

  /** The session at the EVSE it belongs to. */
  get session(): number {
    return Number(this.#facts.session?.[2] ?? 0)
  }

  set session(session: number) {
    this.#least('session', [0, 0, String(session)])
  }

  get isEnded(): boolean {
    return this.#facts.ended !== undefined || this.#facts.replaced !== undefined
  }

  /** An event that began it came. */
  get hasStart(): boolean {
    return this.#facts.started !== undefined
  }

  get started_ms(): number {
    return (this.#facts.started ?? this.#facts.first)?.[1] ?? 0
  }

  get evse(): number {
    return Number(this.#facts.evse?.[2] ?? 0)
  }

  get connector(): number {
    return Number(this.#facts.connector?.[2] ?? 0)
  }

  get idToken(): string | null {
    return this.#facts.idToken?.[2] ?? null
  }

  get tokenType(): string | null {
    return this.#facts.tokenType?.[2] ?? null
  }

  get vehicle(): string | null {
    return this.#facts.vehicle?.[2] ?? null
  }

  /** Its record as of now; the same object until something changes. */
  get record(): TransactionRecord {
    this.#record ??= this.#write()
    return this.#record
  }

  #take({ evse, connector, idToken, tokenType, vehicle, at_ms }: TransactionNotice, order: number): void {
    if (evse !== null) this.#least('evse', [order, at_ms, String(evse)])
    if (connector !== null) this.#least('connector', [order, at_ms, String(connector)])
    if (idToken !== null) this.#least('idToken', [order, at_ms, idToken])
    if (tokenType !== null) this.#least('tokenType', [order, at_ms, tokenType])
    if (vehicle !== null) this.#least('vehicle', [order, at_ms, vehicle])
  }

  #end({ at_ms, stopReason }: TransactionNotice, order: number): void {
    const fact: Fact = [order, at_ms, stopReason ?? '']
    this.#least('ended', fact)
    const last = this.#facts.endedLast
    if (!last || compareFacts(fact, last) > 0) this.#facts.endedLast = fact
  }

  #least(name: FactName, fact: Fact): void {
    const known = this.#facts[name]
    if (known && compareFacts(known, fact) <= 0) return
    this.#facts[name] = fact
    this.#changed()
  }

  #changed(): void {
    this.changes++
    this.#record = null
  }

  /** What the readings that go had shown stays. */
  #thin(): void {
    const { doubts } = energyOf(this.#points, this.rating_kW)
    for (const doubt of doubts) this.#doubts.add(doubt)
    thinOut(this.#points, this.rating_kW)
  }

  #findings(): readonly Code[] {
    const { started, ended, endedLast, replaced } = this.#facts
    const found: Code[] = []
    if (!started) found.push('doubt.startMissing')
    if (missing(this.#seen, started?.[0] ?? null) > 0) found.push('doubt.eventsMissing')
    if (ended && endedLast && compareFacts(ended, endedLast) !== 0) found.push('doubt.endedTwice')
    if (!ended && replaced) found.push('doubt.endMissing')
    if (ended && this.#points.length < 2) found.push('doubt.registerMissing')
    return found
  }

  #write(): TransactionRecord {
    const { ended, replaced, idToken, tokenType } = this.#facts
    const energy = energyOf(this.#points, this.rating_kW)
    const doubts = [...new Set<string>([...this.#doubts, ...energy.doubts, ...this.#findings()])].sort()
    const { id, transactionId, stationId } = this.key
    return {
      id,
      transactionId,
      stationId,
      evse: this.evse,
      connector: this.connector,
      idToken: idToken?.[2] ?? null,
      tokenType: tokenType?.[2] ?? null,
      vehicleId: this.vehicle,
      state: this.isEnded ? 'ended' : 'active',
      started_ms: this.started_ms,
      ended_ms: (ended ?? replaced)?.[1] ?? null,
      start_Wh: energy.start_Wh,
      last_Wh: energy.last_Wh,
      energy_Wh: energy.energy_Wh,
      stopReason: ended?.[2] || null,
      lastSeqNo: this.#seen.at(-1)?.[1] ?? null,
      doubts,
      detail: this.#detail(energy.doubts),
    }
  }

  #detail(fromRegister: readonly string[]): TransactionDetail {
    const turns = turningPoints(this.#points, this.rating_kW)
    const points = fewest(turns)
    // What the readings that are not written down have shown must be.
    const doubts = new Set([...this.#doubts, ...(points.length < turns.length ? fromRegister : [])])
    return { seen: [...this.#seen], points, facts: { ...this.#facts }, doubts: [...doubts].sort() }
  }
}
