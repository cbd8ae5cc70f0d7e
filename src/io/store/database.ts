import { closeSync, fdatasync, fdatasyncSync, fsyncSync, openSync } from 'node:fs'
import { dirname } from 'node:path'
import { backup, DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite'
import { asStoreError, diskError } from './failure.ts'

export type Statement = StatementSyncInstance

/** Values SQLite takes. */
export type Value = string | number | null | Uint8Array

const BUSY_TIMEOUT_ms = 5000

/** Pages of 4 kB in the log at which they are taken over into the file. */
const LOG_pages = 4000

/** One SQLite file, with errors that say what they mean. */
export class Database {
  readonly file: string
  readonly #db: DatabaseSyncInstance
  #begin: Statement | null = null
  #commit: Statement | null = null
  /** The log SQLite writes commits to; null: not opened yet. */
  #log: number | null = null
  #syncing = 0

  constructor(file: string, { readOnly = false }: { readonly readOnly?: boolean } = {}) {
    this.file = file
    this.#db = this.#guard(() => new DatabaseSync(file, { readOnly, timeout: BUSY_TIMEOUT_ms }))
  }

  /**
   * What is needed for writes that survive the loss of power, and for readers beside the writer. A commit is in the log, in order and
   * whole; it is durable once `sync` has put the log on the disk. SQLite itself does that before it takes commits over into the
   * file, so that a crash at any time leaves all of what came before some commit.
   */
  makeDurable(): void {
    this.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma foreign_keys = on')
    this.exec(`pragma wal_autocheckpoint = ${LOG_pages}`)
  }

  /** Puts all that was committed on the disk, without anybody else waiting for the disk meanwhile. */
  sync(): Promise<void> {
    const log = this.#openLog()
    this.#syncing++
    return new Promise((resolve, reject) => {
      fdatasync(log, (error) => {
        this.#syncing--
        if (!this.#db.isOpen) this.#closeLog()
        if (error) reject(diskError(error, this.file))
        else resolve()
      })
    })
  }

  /** The same, waiting for it. */
  syncNow(): void {
    try {
      fdatasyncSync(this.#openLog())
    } catch (error) {
      throw diskError(error, this.file)
    }
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
    this.#begin ??= this.prepare('begin immediate')
    this.#commit ??= this.prepare('commit')
    const [begin, commit] = [this.#begin, this.#commit]
    this.#guard(() => begin.run())
    try {
      this.#guard(work)
      this.#guard(() => commit.run())
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
      throw told instanceof Error ? told : diskError(error, file)
    }
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close()
    this.#closeLog()
  }

  #openLog(): number {
    try {
      // The same file as long as the database is open: SQLite begins it anew in place.
      this.#log ??= openDurably(`${this.file}-wal`)
      return this.#log
    } catch (error) {
      throw diskError(error, this.file)
    }
  }

  #closeLog(): void {
    if (this.#log === null || this.#syncing > 0) return
    closeSync(this.#log)
    this.#log = null
  }

  #guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw asStoreError(error, this.file)
    }
  }
}

/** Opens a file so that its name survives the loss of power, too. */
function openDurably(file: string): number {
  const folder = openSync(dirname(file), 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
  return openSync(file, 'r+')
}
