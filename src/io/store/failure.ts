import type { Coded } from '../../base/words/index.ts'

const kinds: Readonly<Record<string, Coded['code']>> = {
  SQLITE_FULL: 'store.full',
  SQLITE_BUSY: 'store.locked',
  SQLITE_LOCKED: 'store.locked',
  SQLITE_NOTADB: 'store.corrupt',
  SQLITE_CORRUPT: 'store.corrupt',
  SQLITE_READONLY: 'store.readOnly',
  SQLITE_PERM: 'store.readOnly',
  SQLITE_CANTOPEN: 'store.notOpen',
  SQLITE_IOERR: 'store.io',
}

/** The store could not do what it was asked to. */
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly reason: Coded

  constructor(reason: Coded, detail: string) {
    super(detail)
    this.reason = reason
  }
}

/** What an error of SQLite means; any other error as it is. */
export function asStoreError(error: unknown, file: string): unknown {
  if (!(error instanceof Error) || !('sqliteCodeName' in error)) return error
  const name = String(error.sqliteCodeName).replace(/^(SQLITE_[A-Z]+)_.*$/, '$1')
  const code = kinds[name] ?? 'store.io'
  return new StoreError({ code, params: { file, detail: error.message } }, error.message)
}

/** A disk that did not take what was written. */
export function diskError(error: unknown, file: string): StoreError {
  const detail = error instanceof Error ? error.message : String(error)
  return new StoreError({ code: 'store.io', params: { file, detail } }, detail)
}
