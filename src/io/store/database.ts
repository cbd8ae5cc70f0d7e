import { backup, DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite'
import { asStoreError, StoreError } from './failure.ts'

export type Statement = StatementSyncInstance

/** Values SQLite takes. */
export type Value = string | number | null | Uint8Array

const BUSY_TIMEOUT_ms = 5000

/** One SQLite file, with errors that say what they mean. */
export class Database {
  readonly file: string
  readonly #db: DatabaseSyncInstance

  constructor(file: string, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
    this.file = file
    this.#db = this.#guard(() => new DatabaseSync(file, { readOnly, timeout: BUSY_TIMEOUT_ms }))
  }

  /** What is needed for writes that survive the loss of power, and for readers beside the writer. */
  makeDurable(): void {
    this.exec('pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on')
  }

  prepare(sql: string): Statement {
    return this.#guard(() => this.#db.prepare(sql))
  }

  exec(sql: string): void {
    this.#guard(() => this.#db.exec(sql))
  }

  all(sql: string, ...values: readonly Value[]): Record<string, Value>[] {
    return this.#guard(() => this.#db.prepare(sql).all(...values)) as Record<string, Value>[]
  }

  /** First row; null: there is none. */
  first(sql: string, ...values: readonly Value[]): Record<string, Value> | null {
    return this.all(sql, ...values)[0] ?? null
  }

  run(sql: string, ...values: readonly Value[]): number {
    return Number(this.#guard(() => this.#db.prepare(sql).run(...values)).changes)
  }

  /** All of it or nothing; throws a StoreError when it could not be written. */
  transaction(work: () => void): void {
    this.exec('begin immediate')
    try {
      this.#guard(work)
      this.exec('commit')
    } catch (error) {
      // A full disk has already undone it.
      if (this.#db.isTransaction) this.#db.exec('rollback')
      throw error
    }
  }

  /** Copies all of it to another file while it is written to. */
  async copyTo(file: string): Promise<void> {
    try {
      await backup(this.#db, file, { rate: 500 })
    } catch (error) {
      const told = asStoreError(error, file)
      if (told instanceof Error) throw told
      throw new StoreError({ code: 'store.io', params: { file, detail: String(error) } }, String(error))
    }
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close()
  }

  #guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw asStoreError(error, this.file)
    }
  }
}
