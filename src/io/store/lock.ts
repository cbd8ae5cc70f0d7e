import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Database } from './database.ts'
import { StoreError } from './failure.ts'

/** Who works with a store, for those who find it taken. */
export interface Holder {
  readonly pid: number
  /** Where its API listens; null: it does not, or not yet. */
  readonly url: string | null
}

/** Who says that it works with the store of a folder; null: nobody does. It may have died since. */
export function holderOf(folder: string): Holder | null {
  try {
    const { pid, url } = JSON.parse(readFileSync(holderFile(folder), 'utf8')) as Record<string, unknown>
    return { pid: Number(pid), url: typeof url === 'string' ? url : null }
  } catch {
    return null
  }
}

const holderFile = (folder: string): string => join(folder, 'server.json')

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
