import { createHash, randomBytes } from 'node:crypto'
import type { Database } from './database.ts'

/** `link`: the one-time link of an administrator; `session`: of a browser; `token`: of a program. */
export type AccessKind = 'link' | 'session' | 'token'

export interface AccessRecord {
  /** Names it without giving it away. */
  readonly id: string
  readonly kind: AccessKind
  readonly name: string
  readonly made_ms: number
  readonly expires_ms: number | null
  readonly used_ms: number | null
}

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')
const ID_LENGTH = 12

/** Who may use the API. Secrets are 256 random bits; only their hashes are kept. */
export class Access {
  readonly #database: Database

  constructor(database: Database) {
    this.#database = database
  }

  /** Makes a secret and answers it: it cannot be read again. */
  make(kind: AccessKind, name: string, made_ms: number, expires_ms: number | null = null): string {
    const secret = randomBytes(32).toString('base64url')
    this.#database.run(
      'insert into access (hash, kind, name, made_ms, expires_ms, used_ms) values (?, ?, ?, ?, ?, null)',
      ...[hashOf(secret), kind, name, made_ms, expires_ms],
    )
    return secret
  }

  /** What a secret opens now; null: nothing. */
  find(secret: string, now_ms: number): AccessRecord | null {
    const row = this.#database.first(
      'select * from access where hash = ? and (expires_ms is null or expires_ms > ?)',
      ...[hashOf(secret), now_ms],
    )
    return row && recordOf(row)
  }

  /** Uses a link up; false: it was used, has expired or never was one. */
  use(secret: string, now_ms: number): boolean {
    const changed = this.#database.run(
      "update access set used_ms = ? where hash = ? and kind = 'link' and used_ms is null and expires_ms > ?",
      ...[now_ms, hashOf(secret), now_ms],
    )
    return changed === 1
  }

  /** Sessions and tokens that can be used, and links that were not. */
  all(now_ms: number): readonly AccessRecord[] {
    const rows = this.#database.all(
      "select * from access where (expires_ms is null or expires_ms > ?) and not (kind = 'link' and used_ms is not null) order by made_ms",
      now_ms,
    )
    return rows.map(recordOf)
  }

  /** False: there was none. */
  remove(id: string): boolean {
    return id.length === ID_LENGTH && this.#database.run('delete from access where substr(hash, 1, 12) = ?', id) > 0
  }

  removeSecret(secret: string): void {
    this.#database.run('delete from access where hash = ?', hashOf(secret))
  }

  /** Forgets what cannot be used any more. */
  removeOld(now_ms: number): void {
    this.#database.run('delete from access where expires_ms <= ?', now_ms)
  }
}

function recordOf(row: ReturnType<Database['all']>[number]): AccessRecord {
  const { hash, kind, name, made_ms, expires_ms, used_ms } = row
  return {
    id: String(hash).slice(0, ID_LENGTH),
    kind: kind as AccessKind,
    name: String(name),
    made_ms: Number(made_ms),
    expires_ms: expires_ms === null ? null : Number(expires_ms),
    used_ms: used_ms === null ? null : Number(used_ms),
  }
}
