import { Kysely, SqliteDialect } from 'kysely'
import type { AlarmRecord, TransactionRecord } from '../../live/operate/index.ts'
import type { Database, Value } from './database.ts'

/** Tables that are read with conditions chosen at run time. */
export interface Tables {
  readonly journal: {
    readonly number: number
    readonly at_ms: number
    readonly kind: string
    readonly stationId: string | null
    readonly body: string
  }
  readonly chargingTransaction: Omit<TransactionRecord, 'doubts' | 'detail'> & {
    readonly doubts: string
    readonly detail: string
  }
  readonly alarm: Omit<AlarmRecord, 'params'> & { readonly params: string }
  readonly meter: {
    readonly at_ms: number
    readonly stationId: string
    readonly evse: number
    readonly chargingTransaction: string | null
    readonly power_W: number | null
    readonly energy_Wh: number | null
    readonly current_A: number | null
    readonly voltage_V: number | null
    readonly soc_frac: number | null
  }
  readonly power: {
    readonly at_ms: number
    readonly key: string
    readonly power_kW: number | null
    readonly limit_kW: number | null
  }
}

/** Builds and runs queries on a database; it only reads. */
export function readerOf(database: Database): Kysely<Tables> {
  return new Kysely({
    dialect: new SqliteDialect({
      database: {
        close: () => {},
        prepare: (sql) => {
          const all = (values: readonly unknown[]): unknown[] => database.all(sql, ...(values as Value[]))
          return {
            reader: true,
            all,
            run: (values) => {
              all(values)
              return { changes: 0n, lastInsertRowid: 0n }
            },
            iterate: (values) => all(values)[Symbol.iterator]() as IterableIterator<unknown>,
          }
        },
      },
    }),
  })
}
