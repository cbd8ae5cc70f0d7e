import type { AlarmRecord, TransactionRecord } from '../../live/operate/index.ts'
import type { Value } from './database.ts'

/** What one row holds, as SQLite gives it. */
export type Row = Readonly<Record<string, Value>>

const parsed = (text: Value | undefined): unknown => JSON.parse(String(text))

export const transactionColumns = [
  'id',
  'transactionId',
  'stationId',
  'evse',
  'connector',
  'idToken',
  'tokenType',
  'vehicleId',
  'state',
  'started_ms',
  'ended_ms',
  'start_Wh',
  'last_Wh',
  'energy_Wh',
  'stopReason',
  'lastSeqNo',
  'doubts',
  'detail',
] as const satisfies readonly (keyof TransactionRecord)[]

/** Columns of indexes and the key: they seldom change while the others do with every event. */
const settled = ['transactionId', 'stationId', 'started_ms', 'state', 'id'] as const
const moving = transactionColumns.filter((column) => !settled.some((one) => one === column))

/** Writes a record over that is there with the same settled columns: no index has to be touched. */
export const transactionUpdate = `update chargingTransaction set ${moving.map((column) => `${column} = ?`).join(', ')}
  where ${settled.map((column) => `${column} = ?`).join(' and ')}`
export const transactionUpdateValues = (record: TransactionRecord): Value[] => valuesOf(record, updateColumns)
const updateColumns = [...moving, ...settled]

/** Values of a record in the order of the columns. */
export const transactionValues = (record: TransactionRecord): Value[] => valuesOf(record, transactionColumns)

function valuesOf(record: TransactionRecord, columns: readonly (keyof TransactionRecord)[]): Value[] {
  return columns.map((column) => {
    const value = record[column]
    return typeof value === 'object' && value !== null ? JSON.stringify(value) : (value as Value)
  })
}

export function transactionOf(row: Row): TransactionRecord {
  return { ...row, doubts: parsed(row['doubts']), detail: parsed(row['detail']) } as unknown as TransactionRecord
}

export const alarmColumns = [
  'id',
  'code',
  'params',
  'stationId',
  'evse',
  'raised_ms',
  'cleared_ms',
  'acknowledgedBy',
] as const satisfies readonly (keyof AlarmRecord)[]

export function alarmValues(alarm: AlarmRecord): Value[] {
  return alarmColumns.map((column) => (column === 'params' ? JSON.stringify(alarm.params) : alarm[column]))
}

export function alarmOf(row: Row): AlarmRecord {
  return { ...row, params: parsed(row['params']) } as unknown as AlarmRecord
}

/** A record kept whole as JSON. */
export function bodyOf<T>(row: Row): T {
  return parsed(row['body']) as T
}

/** `insert ... on conflict do update` of all columns. */
export function upsert(table: string, key: string, columns: readonly string[]): string {
  const places = columns.map(() => '?').join(', ')
  const updates = columns.filter((column) => column !== key).map((column) => `${column} = excluded.${column}`)
  return `insert into ${table} (${columns.join(', ')}) values (${places}) on conflict (${key}) do update set ${updates.join(', ')}`
}
