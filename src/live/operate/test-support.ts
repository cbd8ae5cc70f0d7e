import { ManualClock } from '../clock/index.ts'
import type { CallOutcome, JsonObject, OcppVersion, PeerHandler, RpcPeer } from '../ocpp/index.ts'
import type { OperationEvent } from './events.ts'
import { Operation, type OperationOptions } from './operation.ts'
import type { JournalEvent, MeterRow, OperateStore, StoredState, TransactionRecord } from './ports.ts'
import type { Line } from './station.ts'
import type { StationPlan } from './views.ts'

/** A store that keeps everything in memory, as text as a disk would. */
export class MemoryStore implements OperateStore {
  readonly journal: JournalEvent[] = []
  readonly rows: MeterRow[] = []
  /** What `append` fails with, while set. */
  failure: Error | null = null

  async append(events: readonly JournalEvent[]): Promise<void> {
    const text = JSON.stringify(events)
    await Promise.resolve()
    if (this.failure) throw this.failure
    this.journal.push(...(JSON.parse(text) as JournalEvent[]))
  }

  meter(rows: readonly MeterRow[]): void {
    this.rows.push(...rows)
  }

  decisions(): void {}

  async transaction(stationId: string, transactionId: string): Promise<TransactionRecord | null> {
    const all = [...this.#latest('transaction', ({ transaction }) => transaction.id).values()]
    const found = all.filter(({ transaction: t }) => t.stationId === stationId && t.transactionId === transactionId)
    return found.at(-1)?.transaction ?? null
  }

  async load(): Promise<StoredState> {
    const stations = this.#latest('station', ({ station }) => station.stationId)
    for (const event of this.journal) if (event.kind === 'stationForgotten') stations.delete(event.stationId)
    const transactions = [...this.#latest('transaction', (event) => event.transaction.id).values()]
    const tokens = this.#latest('token', ({ token }) => token.idToken)
    for (const event of this.journal) if (event.kind === 'tokenRemoved') tokens.delete(event.idToken)
    const alarms = [...this.#latest('alarm', ({ alarm }) => alarm.id).values()]
    const numbers = transactions.map(({ transaction }) => Number(transaction.transactionId))
    return {
      stations: [...stations.values()].map(({ station }) => station),
      active: transactions.map(({ transaction }) => transaction).filter(({ state }) => state === 'active'),
      tokens: [...tokens.values()].map(({ token }) => token),
      reservations: [...this.#latest('reservation', (event) => event.reservation.id).values()].map(
        (e) => e.reservation,
      ),
      alarms: alarms.map(({ alarm }) => alarm).filter(({ cleared_ms }) => cleared_ms === null),
      settings: {},
      lastTransactionNumber: Math.max(0, ...numbers.filter(Number.isInteger)),
    }
  }

  /** The record of a transaction as it was written last. */
  record(transactionId: string): TransactionRecord {
    const events = [...this.#latest('transaction', ({ transaction }) => transaction.id).values()]
    const found = events.filter(({ transaction }) => transaction.transactionId === transactionId)
    if (found.length !== 1) throw new Error(`${found.length} transactions ${transactionId}`)
    return (found[0] as (typeof found)[number]).transaction
  }

  transactions(): readonly TransactionRecord[] {
    return [...this.#latest('transaction', ({ transaction }) => transaction.id).values()].map((e) => e.transaction)
  }

  #latest<Kind extends JournalEvent['kind'], Key>(
    kind: Kind,
    keyOf: (event: Extract<JournalEvent, { kind: Kind }>) => Key,
  ): Map<Key, Extract<JournalEvent, { kind: Kind }>> {
    const latest = new Map<Key, Extract<JournalEvent, { kind: Kind }>>()
    for (const event of this.journal) {
      if (event.kind === kind) {
        const one = event as Extract<JournalEvent, { kind: Kind }>
        latest.set(keyOf(one), one)
      }
    }
    return latest
  }
}

/** The far end of a connection, without a socket: keeps what it is asked and answers by a list. */
export class StationDouble implements Line {
  readonly version: OcppVersion
  readonly stationId: string
  isOpen = true
  readonly asked: { readonly action: string; readonly payload: JsonObject }[] = []
  readonly answers: Record<string, CallOutcome | JsonObject> = {}
  #handler: PeerHandler | null = null

  constructor(stationId: string, version: OcppVersion) {
    this.stationId = stationId
    this.version = version
  }

  connect(operation: Operation): this {
    this.#handler = operation.connected(this)
    return this
  }

  async call(action: string, payload: object): Promise<CallOutcome> {
    const plain = JSON.parse(JSON.stringify(payload)) as JsonObject
    this.asked.push({ action, payload: plain })
    const answer = this.answers[action] ?? { status: 'Accepted' }
    return 'kind' in answer ? (answer as CallOutcome) : { kind: 'result', payload: answer }
  }

  close(): void {
    if (!this.isOpen) return
    this.isOpen = false
    this.#handler?.closed?.(this as unknown as RpcPeer, 1000)
  }

  /** Sends a message; the payload of the answer, or the code of the error. */
  async say(action: string, payload: object = {}): Promise<JsonObject> {
    const answer = await this.#handler?.call(this as unknown as RpcPeer, action, payload as JsonObject, 'id')
    if (!answer) throw new Error('not connected')
    return ('payload' in answer ? answer.payload : { error: answer.error }) as JsonObject
  }

  lastAsked(action: string): JsonObject | undefined {
    return this.asked.findLast((one) => one.action === action)?.payload
  }
}

export const START_ms = Date.parse('2026-06-01T10:00:00Z')
export const iso = (offset_s: number): string => new Date(START_ms + offset_s * 1000).toISOString()

const twoEvses: StationPlan = {
  stationId: 'S1',
  evses: [
    { connectors: ['ccs2', 'chademo'], rating_kW: 150 },
    { connectors: ['ccs2'], rating_kW: 300 },
  ],
}

export interface Hub {
  readonly operation: Operation
  readonly store: MemoryStore
  readonly clock: ManualClock
  readonly events: OperationEvent[]
}

/** A management system with one station of two EVSEs and one token. */
export async function openHub(options: Partial<OperationOptions> = {}, store = new MemoryStore()): Promise<Hub> {
  const clock = options.clock instanceof ManualClock ? options.clock : new ManualClock(START_ms)
  const operation = await Operation.open({
    plans: [twoEvses],
    store,
    clock,
    catalogue: null,
    ...options,
  })
  const events: OperationEvent[] = []
  operation.subscribe((event) => events.push(event))
  if (operation.tokens().length === 0) await operation.putToken(token('CARD'))
  return { operation, store, clock, events }
}

export const token = (idToken: string, more: object = {}) => {
  return {
    idToken,
    type: 'ISO14443',
    group: null,
    status: 'accepted' as const,
    expires_ms: null,
    vehicle: null,
    ...more,
  }
}

export const boot16 = { chargePointVendor: 'Acme', chargePointModel: 'One' }
export const boot2 = { reason: 'PowerUp', chargingStation: { vendorName: 'Acme', model: 'Two' } }

/** A station of the site that is connected and was accepted. */
export async function booted(hub: Hub, version: OcppVersion, stationId = 'S1'): Promise<StationDouble> {
  const station = new StationDouble(stationId, version).connect(hub.operation)
  await station.say('BootNotification', version === '1.6' ? boot16 : boot2)
  return station
}

export const codesOf = (events: readonly OperationEvent[]): readonly string[] =>
  events.flatMap((event) => (event.kind === 'doubt' ? [event.doubt.code] : []))
