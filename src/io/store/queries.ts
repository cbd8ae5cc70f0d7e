import { type Kysely, sql } from 'kysely'
import type { AlarmRecord, DecisionEntry, DecisionRun, TransactionRecord } from '../../live/operate/index.ts'
import type { Database } from './database.ts'
import { alarmOf, transactionOf } from './rows.ts'
import { readerOf, type Tables } from './tables.ts'

/** Part of a long list: at most `limit`, from what follows `after` (the last one of the part before). */
export interface Part {
  readonly limit: number
  readonly after?: string | undefined
}

export interface TransactionFilter {
  readonly stationId?: string | undefined
  readonly evse?: number | undefined
  readonly idToken?: string | undefined
  readonly state?: TransactionRecord['state'] | undefined
  /** Those that ran at some time in between. */
  readonly from_ms?: number | undefined
  readonly to_ms?: number | undefined
}

export interface JournalFilter {
  readonly stationId?: string | undefined
  readonly kind?: string | undefined
  readonly from_ms?: number | undefined
  readonly to_ms?: number | undefined
}

export interface JournalEntry {
  readonly number: number
  readonly at_ms: number
  readonly kind: string
  readonly stationId: string | null
  readonly body: unknown
}

export interface Span {
  readonly from_ms: number
  readonly to_ms: number
  readonly step_ms: number
}

/** Mean powers of one node a step; null: nothing is known of that step. */
export interface PowerSeries {
  readonly key: string
  readonly power_kW: readonly (number | null)[]
  readonly limit_kW: readonly (number | null)[]
}

/** What one EVSE measured a step. */
export interface MeterPoint {
  readonly at_ms: number
  readonly power_kW: number | null
  readonly soc_frac: number | null
}

/** Reads what was written; the newest first where an order is not named. */
export class Queries {
  readonly #database: Database
  readonly #reader: Kysely<Tables>

  constructor(database: Database) {
    this.#database = database
    this.#reader = readerOf(database)
  }

  /** By when they started; `after` is the id of the last transaction of the part before. */
  async transactions(filter: TransactionFilter, { limit, after }: Part): Promise<readonly TransactionRecord[]> {
    const { stationId, evse, idToken, state, from_ms, to_ms } = filter
    let query = this.#reader.selectFrom('chargingTransaction').selectAll()
    if (stationId !== undefined) query = query.where('stationId', '=', stationId)
    if (evse !== undefined) query = query.where('evse', '=', evse)
    if (idToken !== undefined) query = query.where('idToken', '=', idToken)
    if (state !== undefined) query = query.where('state', '=', state)
    if (to_ms !== undefined) query = query.where('started_ms', '<', to_ms)
    if (from_ms !== undefined)
      query = query.where((is) => is.or([is('ended_ms', 'is', null), is('ended_ms', '>', from_ms)]))
    if (after !== undefined) {
      query = query.where(
        sql<boolean>`(started_ms, id) < (select started_ms, id from chargingTransaction where id = ${after})`,
      )
    }
    const rows = await query.orderBy('started_ms', 'desc').orderBy('id', 'desc').limit(limit).execute()
    return rows.map(transactionOf)
  }

  /** One transaction by the id of the store; null: there is none. */
  transaction(id: string): TransactionRecord | null {
    const row = this.#database.first('select * from chargingTransaction where id = ?', id)
    return row && transactionOf(row)
  }

  /** `after` is the number of the last entry of the part before. */
  async journal(filter: JournalFilter, { limit, after }: Part): Promise<readonly JournalEntry[]> {
    const { stationId, kind, from_ms, to_ms } = filter
    let query = this.#reader.selectFrom('journal').selectAll()
    if (stationId !== undefined) query = query.where('stationId', '=', stationId)
    if (kind !== undefined) query = query.where('kind', '=', kind)
    if (from_ms !== undefined) query = query.where('at_ms', '>=', from_ms)
    if (to_ms !== undefined) query = query.where('at_ms', '<', to_ms)
    if (after !== undefined) query = query.where('number', '<', Number(after))
    const rows = await query.orderBy('number', 'desc').limit(limit).execute()
    return rows.map((row) => ({ ...row, body: JSON.parse(row.body) as unknown }))
  }

  /** Alarms that stand or stood; `after` is the id of the last one of the part before. */
  async alarms(stands: boolean | undefined, { limit, after }: Part): Promise<readonly AlarmRecord[]> {
    let query = this.#reader.selectFrom('alarm').selectAll()
    if (stands !== undefined) query = query.where('cleared_ms', stands ? 'is' : 'is not', null)
    if (after !== undefined) {
      query = query.where(sql<boolean>`(raised_ms, id) < (select raised_ms, id from alarm where id = ${after})`)
    }
    const rows = await query.orderBy('raised_ms', 'desc').orderBy('id', 'desc').limit(limit).execute()
    return rows.map(alarmOf)
  }

  /** Mean power of each node a step. */
  async powers({ from_ms, to_ms, step_ms }: Span): Promise<readonly PowerSeries[]> {
    const rows = await this.#reader
      .selectFrom('power')
      .select(({ fn }) => [
        'key',
        sql<number>`cast((at_ms - ${from_ms}) / ${step_ms} as integer)`.as('step'),
        fn.avg<number | null>('power_kW').as('power_kW'),
        fn.avg<number | null>('limit_kW').as('limit_kW'),
      ])
      .where('at_ms', '>=', from_ms)
      .where('at_ms', '<', to_ms)
      .groupBy(['key', 'step'])
      .orderBy('key')
      .execute()
    const steps = Math.max(0, Math.ceil((to_ms - from_ms) / step_ms))
    const series = new Map<string, { power_kW: (number | null)[]; limit_kW: (number | null)[] }>()
    const nothing = (): (number | null)[] => new Array<number | null>(steps).fill(null)
    for (const { key, step, power_kW, limit_kW } of rows) {
      const one = series.get(key) ?? { power_kW: nothing(), limit_kW: nothing() }
      series.set(key, one)
      one.power_kW[step] = power_kW
      one.limit_kW[step] = limit_kW
    }
    return [...series].map(([key, values]) => ({ key, ...values }))
  }

  /** What one EVSE measured, as means over steps; steps without a reading are left out. */
  async meters(stationId: string, evse: number, { from_ms, to_ms, step_ms }: Span): Promise<readonly MeterPoint[]> {
    const rows = await this.#reader
      .selectFrom('meter')
      .select(({ fn }) => [
        sql<number>`cast((at_ms - ${from_ms}) / ${step_ms} as integer)`.as('step'),
        sql<number | null>`avg(power_W) / 1000`.as('power_kW'),
        fn.max<number | null>('soc_frac').as('soc_frac'),
      ])
      .where('at_ms', '>=', from_ms)
      .where('at_ms', '<', to_ms)
      .where('stationId', '=', stationId)
      .where('evse', '=', evse)
      .groupBy('step')
      .orderBy('step')
      .execute()
    return rows.map(({ step, power_kW, soc_frac }) => ({ at_ms: from_ms + step * step_ms, power_kW, soc_frac }))
  }

  /** When something was written last, by the clock of the hub; null: nothing was. */
  latest_ms(): number | null {
    const row = this.#database.first(
      'select (select max(at_ms) from journal) as journal, (select max(at_ms) from power) as power',
    )
    const times = [row?.['journal'], row?.['power']].filter((at_ms) => typeof at_ms === 'number')
    return times.length === 0 ? null : Math.max(...times)
  }

  /** Runs of the controller, the newest first. */
  decisionRuns(): readonly Pick<DecisionRun, 'id' | 'started_ms' | 'engineVersion'>[] {
    const rows = this.#database.all('select id, started_ms, engineVersion from decisionRun order by number desc')
    return rows.map(({ id, started_ms, engineVersion }) => {
      return { id: String(id), started_ms: Number(started_ms), engineVersion: String(engineVersion) }
    })
  }

  /** A run of the controller with all its entries; null: there is none. */
  decisions(id: string): { readonly run: DecisionRun; readonly entries: readonly DecisionEntry[] } | null {
    const row = this.#database.first('select * from decisionRun where id = ?', id)
    if (!row) return null
    const { number = null, started_ms, hub, settings, engineVersion, snapshot } = row
    const run: DecisionRun = {
      id,
      started_ms: Number(started_ms),
      hub: JSON.parse(String(hub)) as unknown,
      settings: JSON.parse(String(settings)) as unknown,
      engineVersion: String(engineVersion),
      snapshot: snapshot instanceof Uint8Array ? snapshot : null,
    }
    const rows = this.#database.all('select at_ms, bytes from decision where run = ? order by number', number)
    return { run, entries: rows.map(({ at_ms, bytes }) => ({ at_ms: Number(at_ms), bytes: bytes as Uint8Array })) }
  }
}
