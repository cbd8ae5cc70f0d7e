import type { JournalEvent } from '../../live/operate/index.ts'
import type { Database, Statement, Value } from './database.ts'
import { alarmColumns, alarmValues, transactionColumns, transactionValues, upsert } from './rows.ts'

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

/** Time in which events gather to be written together: one wait for the disk serves them all. */
const GATHER_ms = 3

/** Writes events and brings the tables up to date; what comes at about the same time is written in one transaction. */
export class Journal {
  readonly #database: Database
  readonly #insert: Statement
  readonly #transaction: Statement
  readonly #alarm: Statement
  #waiting: Waiting[] = []
  #timer: NodeJS.Timeout | null = null

  constructor(database: Database) {
    this.#database = database
    this.#insert = database.prepare('insert into journal (at_ms, kind, stationId, body) values (?, ?, ?, ?)')
    this.#transaction = database.prepare(upsert('chargingTransaction', 'id', transactionColumns))
    this.#alarm = database.prepare(upsert('alarm', 'id', alarmColumns))
  }

  /** Done once it is durable. */
  append(events: readonly JournalEvent[]): Promise<void> {
    return new Promise((done, failed) => {
      this.#waiting.push({ events, done, failed })
      this.#timer ??= setTimeout(() => this.flush(), GATHER_ms)
    })
  }

  /** Writes what waits, now. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    const batch = this.#waiting
    this.#waiting = []
    if (batch.length === 0) return
    try {
      this.#write(batch)
    } catch (error) {
      // One that cannot be written must not take the others with it.
      if (batch.length === 1) batch[0]?.failed(error)
      else for (const one of batch) this.#writeAlone(one)
      return
    }
    for (const { done } of batch) done()
  }

  #writeAlone(one: Waiting): void {
    try {
      this.#write([one])
    } catch (error) {
      one.failed(error)
      return
    }
    one.done()
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
    if (event.kind === 'transaction') this.#transaction.run(...transactionValues(event.transaction))
    else if (event.kind === 'alarm') this.#alarm.run(...alarmValues(event.alarm))
    else this.#bringSmallUpToDate(event)
  }

  /** Tables that are seldom written to. */
  #bringSmallUpToDate(event: Exclude<JournalEvent, { kind: 'transaction' | 'alarm' }>): void {
    const change = changeOf(event)
    if (change) this.#database.run(...change)
  }
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
