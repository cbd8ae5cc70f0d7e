import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  DecisionEntry,
  DecisionRun,
  JournalEvent,
  MeterRow,
  OperateStore,
  StoredState,
  TransactionRecord,
} from '../../live/operate/index.ts'
import { Access } from './access.ts'
import { Database } from './database.ts'
import { Decisions } from './decisions.ts'
import { asStoreError, StoreError } from './failure.ts'
import { localToken, tokenFile } from './holder/index.ts'
import { Journal } from './journal.ts'
import { Lock } from './lock.ts'
import { Meters, type PowerRow } from './meters.ts'
import { migrate } from './migrations.ts'
import { Queries } from './queries.ts'
import { defaultRetention, deleteSomeOld, type Retention } from './retention.ts'
import { alarmOf, bodyOf, type Row, transactionOf } from './rows.ts'

export interface StoreOptions {
  /** Folder of the store; made when it is not there. */
  readonly folder: string
  readonly retention?: Partial<Retention>
  /** Told when meter values or decisions could not be written; they are tried again. */
  failed?(error: unknown): void
}

/** Years of use fit into a page cache of this size; the memory of the process stays small. */
const CACHE_kB = 8000

/** Everything the living hub remembers, in one SQLite file that one process writes to. */
export class Store implements OperateStore {
  readonly folder: string
  readonly read: Queries
  readonly access: Access
  readonly #lock: Lock
  readonly #database: Database
  readonly #journal: Journal
  readonly #meters: Meters
  readonly #decisions: Decisions
  readonly #retention: Retention
  #isClosed = false

  /** Throws a StoreError when it cannot be opened. */
  constructor({ folder, retention = {}, failed = () => {} }: StoreOptions) {
    this.folder = folder
    this.#retention = { ...defaultRetention, ...retention }
    makeFolder(folder)
    this.#lock = new Lock(folder)
    try {
      this.#database = openDatabase(join(folder, 'anyplug.db'))
    } catch (error) {
      this.#lock.release()
      throw error
    }
    this.read = new Queries(this.#database)
    this.access = new Access(this.#database)
    this.#journal = new Journal(this.#database)
    this.#meters = new Meters(this.#database, failed)
    this.#decisions = new Decisions(this.#database, failed)
  }

  append(events: readonly JournalEvent[]): Promise<void> {
    if (!this.#isClosed) return this.#journal.append(events)
    return Promise.reject(new StoreError({ code: 'store.closed', params: {} }, 'the store is closed'))
  }

  meter(rows: readonly MeterRow[]): void {
    this.#meters.add(rows)
  }

  /** Powers at the nodes of the hub; kept like meter values. */
  powers(rows: readonly PowerRow[]): void {
    this.#meters.addPowers(rows)
  }

  decisions(run: DecisionRun, entries: readonly DecisionEntry[]): void {
    this.#decisions.add(run, entries)
  }

  /** Rows given up because the disk took none for too long. */
  get lost(): number {
    return this.#meters.lost + this.#decisions.lost
  }

  load(): Promise<StoredState> {
    const bodies = <T>(from: string): T[] => this.#database.all(`select body from ${from}`).map((row) => bodyOf<T>(row))
    return Promise.resolve({
      stations: bodies('station order by stationId'),
      active: this.#transactions("state = 'active' order by started_ms, id"),
      tokens: bodies('token order by idToken'),
      reservations: bodies("reservation where state in ('asked', 'held') order by id"),
      alarms: this.#database.all('select * from alarm where cleared_ms is null order by raised_ms, id').map(alarmOf),
      settings: this.#settings(),
      lastTransactionNumber: this.#lastNumber(),
    })
  }

  transaction(stationId: string, transactionId: string): Promise<TransactionRecord | null> {
    const found = this.#transactions(
      'stationId = ? and transactionId = ? order by started_ms desc, id limit 1',
      ...[stationId, transactionId],
    )
    return Promise.resolve(found[0] ?? null)
  }

  /** Others may know where the API listens. */
  tellUrl(url: string): void {
    this.#lock.tell(url)
  }

  /** Leaves a token in the folder for programs of the same user; the one that is there is kept while it opens. */
  leaveToken(name: string, now_ms: number): void {
    const known = localToken(this.folder)
    if (known !== null && this.access.find(known, now_ms) !== null) return
    const file = tokenFile(this.folder)
    writeFileSync(file, `${this.access.make('token', name, now_ms)}\n`, { mode: 0o600 })
    chmodSync(file, 0o600)
  }

  /** Copies everything to a file that is not there yet, while it is written to. */
  async backup(file: string): Promise<void> {
    this.flush()
    await this.#database.copyTo(file)
  }

  /** Deletes one piece of what is too old; true: there is more. */
  deleteSomeOld(now_ms: number): boolean {
    this.access.removeOld(now_ms)
    return deleteSomeOld(this.#database, this.#retention, now_ms)
  }

  /** Most bytes the file may grow to, for disks that must not fill up. */
  limitTo(bytes: number): void {
    const page_bytes = Number(this.#database.first('pragma page_size')?.['page_size'])
    this.#database.exec(`pragma max_page_count = ${Math.floor(bytes / page_bytes)}`)
  }

  /** Writes what waits, now. */
  flush(): void {
    this.#journal.flush()
    this.#meters.flush()
    this.#decisions.flush()
  }

  close(): void {
    if (this.#isClosed) return
    this.flush()
    this.#isClosed = true
    this.#mergeLog()
    this.#database.close()
    this.#lock.release()
  }

  /** Leaves one file; on a full disk the log stays beside it, and the next opening takes it over. */
  #mergeLog(): void {
    try {
      this.#database.exec('pragma wal_checkpoint(truncate)')
    } catch (error) {
      if (!(error instanceof StoreError)) throw error
    }
  }

  #transactions(where: string, ...values: readonly string[]): TransactionRecord[] {
    const rows: Row[] = this.#database.all(`select * from chargingTransaction where ${where}`, ...values)
    return rows.map(transactionOf)
  }

  #settings(): Record<string, unknown> {
    const rows = this.#database.all('select name, value from setting')
    return Object.fromEntries(rows.map(({ name, value }) => [String(name), JSON.parse(String(value))]))
  }

  /** Stations of 2.x number their transactions themselves: theirs do not count. */
  #lastNumber(): number {
    const row = this.#database.first(
      `select max(cast(t.transactionId as integer)) as highest from chargingTransaction t
       left join station s on s.stationId = t.stationId
       where coalesce(s.version, '1.6') = '1.6' and length(t.transactionId) <= 10 and t.transactionId not glob '*[^0-9]*'`,
    )
    return Number(row?.['highest'] ?? 0)
  }
}

function openDatabase(file: string): Database {
  const database = new Database(file)
  try {
    database.makeDurable()
    database.exec(`pragma cache_size = -${CACHE_kB}`)
    migrate(database)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    throw new StoreError({ code: 'store.folder', params: { folder, detail } }, detail)
  }
}

/** Opens the store of a folder, or says why not. */
export function openStore(options: StoreOptions): Store | StoreError {
  try {
    return new Store(options)
  } catch (error) {
    const told = asStoreError(error, options.folder)
    if (told instanceof StoreError) return told
    throw error
  }
}
