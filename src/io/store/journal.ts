import type { JournalEvent, TransactionRecord } from '../../live/operate/index.ts'
import type { Database, Statement, Value } from './database.ts'
import {
  alarmColumns,
  alarmValues,
  transactionColumns,
  transactionUpdate,
  transactionUpdateValues,
  transactionValues,
  upsert,
} from './rows.ts'

interface Waiting {
  readonly events: readonly JournalEvent[]
  readonly done: () => void
  readonly failed: (error: unknown) => void
}

type Body = (event: JournalEvent) => unknown

/** Details of a transaction only serve to go on with it: they are kept with it, not with every event of it. */
const bodyOf: Body = (event) => {
  if (event.kind !== 'transaction') return event
  const { detail, ...transaction } = event.transaction
  return { ...event, transaction }
}

function stationOf(event: JournalEvent): string | null {
  switch (event.kind) {
    case 'station':
      return event.station.stationId
    case 'stationForgotten':
      return event.stationId
    case 'transaction':
      return event.transaction.stationId
    case 'reservation':
      return event.reservation.stationId
    case 'alarm':
      return event.alarm.stationId
    case 'command':
      return event.command.stationId
    default:
      return null
  }
}

/** Time in which events gather to be written together: one commit serves them all. Where there are many, it may be longer. */
const GATHER_ms = 3
const BUSY_GATHER_ms = 20
/** So many at once are many. */
const MANY = 8

/**
 * Writes events and brings the tables up to date; what comes at about the same time is written in one transaction. While the disk
 * takes one batch in, the next one gathers.
 */
export class Journal {
  readonly #database: Database
  readonly #insert: Statement
  readonly #update: Statement
  readonly #transaction: Statement
  readonly #alarm: Statement
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | null = null
  #isSyncing = false
  #gather_ms = GATHER_ms

  constructor(database: Database) {
    this.#database = database
    this.#insert = database.prepare('insert into journal (at_ms, kind, stationId, body) values (?, ?, ?, ?)')
    this.#update = database.prepare(transactionUpdate)
    this.#transaction = database.prepare(upsert('chargingTransaction', 'id', transactionColumns))
    this.#alarm = database.prepare(upsert('alarm', 'id', alarmColumns))
  }

  /** Done once it is durable. */
  append(events: readonly JournalEvent[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ events, done, failed })
      if (!this.#isSyncing) this.#later()
    })
  }

  /** Writes what waits and waits for the disk. */
  flush(): void {
    const written = this.#writeAll()
    if (written.length === 0) return
    try {
      this.#database.syncNow()
      tellDone(written)
    } catch (error) {
      tellFailed(written, error)
    }
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.#flushAside(), this.#gather_ms)
  }

  /** Writes what waits; who waits for it is told when the disk has it. */
  #flushAside(): void {
    const written = this.#writeAll()
    this.#gather_ms = written.length >= MANY ? BUSY_GATHER_ms : GATHER_ms
    if (written.length === 0) return
    this.#isSyncing = true
    this.#database.sync().then(
      () => this.#synced(() => tellDone(written)),
      (error: unknown) => this.#synced(() => tellFailed(written, error)),
    )
  }

  #synced(tell: () => void): void {
    this.#isSyncing = false
    if (this.#waiting.length > 0) this.#later()
    tell()
  }

  /** Commits what waits; answers those that were, and tells the others. */
  #writeAll(): readonly Waiting[] {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const batch = this.#waiting
    this.#waiting = []
    if (batch.length === 0) return []
    try {
      this.#write(batch)
      return batch
    } catch (error) {
      // One that cannot be written must not take the others with it.
      if (batch.length > 1) return batch.filter((one) => this.#writeAlone(one))
      batch[0]?.failed(error)
      return []
    }
  }

  #writeAlone(one: Waiting): boolean {
    try {
      this.#write([one])
      return true
    } catch (error) {
      one.failed(error)
      return false
    }
  }

  #write(batch: readonly Waiting[]): void {
    this.#database.transaction(() => {
      for (const { events } of batch) for (const event of events) this.#put(event)
    })
  }

  #put(event: JournalEvent): void {
    this.#insert.run(event.at_ms, event.kind, stationOf(event), JSON.stringify(bodyOf(event)))
    this.#bringUpToDate(event)
  }

  #bringUpToDate(event: JournalEvent): void {
    if (event.kind === 'transaction') this.#bringTransaction(event.transaction)
    else if (event.kind === 'alarm') this.#alarm.run(...alarmValues(event.alarm))
    else this.#bringSmallUpToDate(event)
  }

  #bringTransaction(record: TransactionRecord): void {
    const { changes } = this.#update.run(...transactionUpdateValues(record))
    if (Number(changes) === 0) this.#transaction.run(...transactionValues(record))
  }

  /** Tables that are seldom written to. */
  #bringSmallUpToDate(event: Exclude<JournalEvent, { kind: 'transaction' | 'alarm' }>): void {
    const change = changeOf(event)
    if (change) this.#database.run(...change)
  }
}

function tellDone(written: readonly Waiting[]): void {
  for (const { done } of written) done()
}

function tellFailed(written: readonly Waiting[], error: unknown): void {
  for (const { failed } of written) failed(error)
}

type Change = readonly [sql: string, ...values: readonly Value[]]

function changeOf(event: Exclude<JournalEvent, { kind: 'transaction' | 'alarm' }>): Change | null {
  switch (event.kind) {
    case 'station': {
      const { stationId, version } = event.station
      const body = JSON.stringify(event.station)
      return ['insert or replace into station (stationId, version, body) values (?, ?, ?)', stationId, version, body]
    }
    case 'stationForgotten':
      return ['delete from station where stationId = ?', event.stationId]
    case 'token':
      return [
        'insert or replace into token (idToken, body) values (?, ?)',
        event.token.idToken,
        JSON.stringify(event.token),
      ]
    case 'tokenRemoved':
      return ['delete from token where idToken = ?', event.idToken]
    case 'reservation': {
      const { id, state } = event.reservation
      const body = JSON.stringify(event.reservation)
      return ['insert or replace into reservation (id, state, body) values (?, ?, ?)', id, state, body]
    }
    case 'setting':
      return [
        'insert or replace into setting (name, value) values (?, ?)',
        event.name,
        JSON.stringify(event.value ?? null),
      ]
    case 'command':
      return null
  }
}
