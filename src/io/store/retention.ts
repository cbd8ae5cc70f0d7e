import type { Database } from './database.ts'

/** For how many days things are kept; null: for good. Stations, tokens and transactions are never deleted by age. */
export interface Retention {
  readonly meters_days: number | null
  readonly powers_days: number | null
  readonly journal_days: number | null
  readonly alarms_days: number | null
  readonly decisions_days: number | null
}

export const defaultRetention: Retention = {
  meters_days: 90,
  powers_days: 400,
  journal_days: 400,
  alarms_days: 400,
  decisions_days: 30,
}

const DAY_ms = 86_400_000
/** Rows deleted at a time, so that stations are answered between. */
const PIECE = 5000

interface Old {
  readonly table: string
  readonly where: string
  readonly key: string
}

const old: Readonly<Record<keyof Retention, Old>> = {
  meters_days: { table: 'meter', where: 'at_ms < ?', key: 'at_ms, stationId, evse' },
  powers_days: { table: 'power', where: 'at_ms < ?', key: 'at_ms, key' },
  journal_days: { table: 'journal', where: 'at_ms < ?', key: 'number' },
  alarms_days: { table: 'alarm', where: 'cleared_ms < ?', key: 'id' },
  // A run is replayed from its beginning, so that one goes as a whole, once the next began long ago.
  decisions_days: {
    table: 'decisionRun',
    where: 'number < (select max(number) from decisionRun where started_ms < ?)',
    key: 'number',
  },
}

/** Deletes one piece of what is too old; true: there is more. */
export function deleteSomeOld(database: Database, retention: Retention, now_ms: number): boolean {
  let isMore = false
  for (const [name, { table, where, key }] of Object.entries(old)) {
    const days = retention[name as keyof Retention]
    if (days === null) continue
    const some = `select ${key} from ${table} where ${where} limit ${PIECE}`
    const deleted = database.run(`delete from ${table} where (${key}) in (${some})`, now_ms - days * DAY_ms)
    isMore ||= deleted === PIECE
  }
  return isMore
}
