import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Database } from './database.ts'
import { StoreError } from './failure.ts'
import { type Holder, holderFile, holderOf } from './holder/index.ts'

/**
 * The right to write to the store of a folder. The operating system takes it back when the process dies, however it dies: it is
 * a lock on a file of its own, held by an open transaction.
 */
export class Lock {
  readonly #folder: string
  readonly #database: Database

  /** Throws a StoreError when another process holds it. */
  constructor(folder: string) {
    this.#folder = folder
    this.#database = new Database(join(folder, 'lock.db'))
    try {
      this.#database.exec('pragma busy_timeout = 0; begin exclusive')
    } catch (error) {
      this.#database.close()
      throw takenBy(folder, error)
    }
    this.tell(null)
  }

  /** Tells others where the API of this process listens. */
  tell(url: string | null): void {
    const holder: Holder = { pid: process.pid, url }
    writeFileSync(holderFile(this.#folder), JSON.stringify(holder), { mode: 0o600 })
  }

  release(): void {
    rmSync(holderFile(this.#folder), { force: true })
    this.#database.exec('rollback')
    this.#database.close()
  }
}

function takenBy(folder: string, error: unknown): unknown {
  if (!(error instanceof StoreError) || error.reason.code !== 'store.locked') return error
  const holder = holderOf(folder)
  const params = { folder, pid: holder?.pid ?? null, url: holder?.url ?? null }
  return new StoreError({ code: 'store.taken', params }, error.message)
}
