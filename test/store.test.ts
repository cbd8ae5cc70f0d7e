import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from '@photostructure/sqlite'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { holderOf, openStore, type Store, StoreError } from '../src/io/store/index.ts'
import type { JournalEvent, StoredState, TransactionRecord } from '../src/live/operate/index.ts'
import { isBuilt, root } from './support/repository.ts'
import {
  alarmRecord,
  meterRow,
  opened,
  stationRecord,
  storeFolder,
  transactionRecord,
} from './support/store-records.ts'

const DAY_ms = 86_400_000
let folder = ''
let remove = (): void => {}
let store: Store | null = null

beforeEach(() => {
  const made = storeFolder()
  folder = made.folder
  remove = made.remove
})

afterEach(() => {
  store?.close()
  store = null
  remove()
})

const open = (): Store => {
  store = opened({ folder })
  return store
}
const reopen = (): Store => {
  store?.close()
  return open()
}
const codeOf = (found: unknown): string => {
  expect(found).toBeInstanceOf(StoreError)
  return (found as StoreError).reason.code
}

/** What a journal comes to, worked out from all of it. */
function replayed(events: readonly JournalEvent[]): StoredState {
  const [stations, transactions, tokens] = [new Map(), new Map<string, TransactionRecord>(), new Map()]
  const [reservations, alarms, settings] = [new Map(), new Map(), new Map<string, unknown>()]
  for (const event of events) {
    if (event.kind === 'station') stations.set(event.station.stationId, event.station)
    if (event.kind === 'stationForgotten') stations.delete(event.stationId)
    if (event.kind === 'transaction') transactions.set(event.transaction.id, event.transaction)
    if (event.kind === 'token') tokens.set(event.token.idToken, event.token)
    if (event.kind === 'tokenRemoved') tokens.delete(event.idToken)
    if (event.kind === 'reservation') reservations.set(event.reservation.id, event.reservation)
    if (event.kind === 'alarm') alarms.set(event.alarm.id, event.alarm)
    if (event.kind === 'setting') settings.set(event.name, event.value)
  }
  const numbers = [...transactions.values()].flatMap(({ stationId, transactionId }) => {
    const isOld = (stations.get(stationId)?.version ?? '1.6') === '1.6'
    return isOld && /^\d+$/.test(transactionId) ? [Number(transactionId)] : []
  })
  const by =
    <T>(key: keyof T, ...more: (keyof T)[]) =>
    (a: T, b: T) => {
      const differing = [key, ...more].find((one) => a[one] !== b[one])
      return differing === undefined ? 0 : a[differing] < b[differing] ? -1 : 1
    }
  return {
    stations: [...stations.values()].sort(by('stationId')),
    active: [...transactions.values()].filter(({ state }) => state === 'active').sort(by('started_ms', 'id')),
    tokens: [...tokens.values()].sort(by('idToken')),
    reservations: [...reservations.values()].filter(({ state }) => ['asked', 'held'].includes(state)).sort(by('id')),
    alarms: [...alarms.values()].filter(({ cleared_ms }) => cleared_ms === null).sort(by('raised_ms', 'id')),
    settings: Object.fromEntries(settings),
    lastTransactionNumber: Math.max(0, ...numbers),
  }
}

const some = (names: string) => fc.constantFrom(...names.split(' '))
const time = fc.integer({ min: -5, max: 2 ** 41 })
const anyEvent: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc
    .record({ stationId: some('S1 S2 S3'), version: fc.constantFrom('1.6' as const, '2.1' as const, null) })
    .map((change): JournalEvent => ({ kind: 'station', at_ms: 1, station: stationRecord(change) })),
  some('S1 S2').map((stationId): JournalEvent => ({ kind: 'stationForgotten', at_ms: 1, stationId })),
  fc
    .record({
      ...{ id: some('r1 r2 r3 r4'), transactionId: some('7 12 abc 3x 900'), stationId: some('S1 S2 S3') },
      ...{ state: fc.constantFrom('active' as const, 'ended' as const), started_ms: time },
      ...{ last_Wh: fc.option(fc.integer({ max: 2 ** 40 }).map((value) => value / 1000)) },
      idToken: fc.option(fc.string({ unit: 'grapheme', maxLength: 36 }).filter((text) => !text.includes('\0'))),
    })
    .map((change): JournalEvent => {
      return { kind: 'transaction', at_ms: 2, seqNo: 1, transaction: transactionRecord(change) }
    }),
  some('T1 T2').map((idToken): JournalEvent => {
    const rest = { type: 'ISO14443', group: null, status: 'accepted', expires_ms: null, vehicle: null } as const
    return { kind: 'token', at_ms: 3, token: { idToken, ...rest } }
  }),
  some('T1 T2').map((idToken): JournalEvent => ({ kind: 'tokenRemoved', at_ms: 3, idToken })),
  fc.tuple(fc.integer({ min: 1, max: 3 }), some('asked held used cancelled')).map(([id, state]): JournalEvent => {
    const rest = { stationId: 'S1', evse: 0, idToken: 'T', expires_ms: 5 }
    return { kind: 'reservation', at_ms: 4, reservation: { id, state: state as 'held', ...rest } }
  }),
  fc.tuple(some('a1 a2 a3'), fc.option(time), time).map(([id, cleared_ms, raised_ms]): JournalEvent => {
    return { kind: 'alarm', at_ms: 5, alarm: alarmRecord({ id, cleared_ms, raised_ms }) }
  }),
  fc
    .tuple(some('limit mode'), fc.jsonValue({ maxDepth: 2 }))
    .map(
      ([name, value]): JournalEvent => ({ kind: 'setting', at_ms: 6, name, value: JSON.parse(JSON.stringify(value)) }),
    ),
)

describe('what is remembered', () => {
  test('after a restart all is as the journal tells', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(anyEvent, { minLength: 1, maxLength: 4 }), { maxLength: 12 }),
        async (groups) => {
          const made = storeFolder()
          const first = opened({ folder: made.folder })
          await Promise.all(groups.map((events) => first.append(events)))
          first.close()
          const again = opened({ folder: made.folder })
          const state = await again.load()
          again.close()
          made.remove()
          expect(state).toEqual(replayed(groups.flat()))
        },
      ),
      { numRuns: 25 },
    )
  })

  test('the newest transaction of an id on the wire', async () => {
    const kept = open()
    await kept.append([
      { kind: 'transaction', at_ms: 1, seqNo: 0, transaction: transactionRecord({ id: 'old', started_ms: 1 }) },
      { kind: 'transaction', at_ms: 2, seqNo: 0, transaction: transactionRecord({ id: 'new', started_ms: 2 }) },
    ])
    expect((await kept.transaction('S1', '1'))?.id).toBe('new')
    expect(await kept.transaction('S2', '1')).toBeNull()
    expect(kept.read.transaction('old')).toEqual(transactionRecord({ id: 'old', started_ms: 1 }))
  })

  test('lists come in parts that join without gap or overlap, also when the clock stepped back', async () => {
    const kept = open()
    for (const [index, started_ms] of [50, 10, 10, 40, 5].entries()) {
      const transaction = transactionRecord({ id: `r${index}`, started_ms, stationId: index === 3 ? 'S2' : 'S1' })
      await kept.append([{ kind: 'transaction', at_ms: started_ms, seqNo: 0, transaction }])
    }
    const ids: string[] = []
    for (let after: string | undefined; ; after = ids.at(-1)) {
      const part = await kept.read.transactions({}, { limit: 2, after })
      if (part.length === 0) break
      ids.push(...part.map(({ id }) => id))
    }
    expect(ids).toEqual(['r0', 'r3', 'r2', 'r1', 'r4'])
    expect((await kept.read.transactions({ stationId: 'S2' }, { limit: 9 })).map(({ id }) => id)).toEqual(['r3'])
    expect(await kept.read.transactions({ from_ms: 0, to_ms: 10 }, { limit: 9 })).toHaveLength(1)
    const entries = await kept.read.journal({ kind: 'transaction' }, { limit: 9 })
    expect(entries.map(({ at_ms }) => at_ms)).toEqual([5, 40, 10, 10, 50])
  })

  test('powers and meters as means over steps', async () => {
    const kept = open()
    const limit_kW = 100
    kept.powers([0, 400, 1000, 3500].map((at_ms) => ({ at_ms, key: 'grid', power_kW: at_ms / 100, limit_kW })))
    kept.meter([0, 500, 2000].map((at_ms) => meterRow({ at_ms, power_W: 1000 + at_ms, soc_frac: at_ms / 10_000 })))
    kept.meter([meterRow({ evse: 2, power_W: 9e6 }), meterRow({ stationId: 'S2', power_W: 9e6 })])
    kept.flush()
    const span = { from_ms: 0, to_ms: 4000, step_ms: 1000 }
    expect(await kept.read.powers(span)).toEqual([
      { key: 'grid', power_kW: [2, 10, null, 35], limit_kW: [100, 100, null, 100] },
    ])
    expect(await kept.read.meters('S1', 1, span)).toEqual([
      { at_ms: 0, power_kW: 1.25, soc_frac: 0.05 },
      { at_ms: 2000, power_kW: 3, soc_frac: 0.2 },
    ])
  })

  test('decisions byte by byte, in order, over restarts', () => {
    const snapshot = new Uint8Array([9, 8])
    const run = { id: 'run-1', started_ms: 5, hub: { a: 1 }, settings: {}, engineVersion: '0', snapshot }
    const entry = (value: number) => ({ at_ms: 7, bytes: new Uint8Array([value, 0, 255]) })
    open().decisions(run, [entry(1), entry(2)])
    reopen().decisions(run, [entry(3)])
    store?.flush()
    expect(store?.read.decisions('run-1')).toEqual({ run, entries: [entry(1), entry(2), entry(3)] })
    expect(store?.read.decisions('run-2')).toBeNull()
    expect(store?.read.decisionRuns()).toEqual([{ id: 'run-1', started_ms: 5, engineVersion: '0' }])
  })
})

describe('access', () => {
  test('a link opens once and not for long', () => {
    const { access } = open()
    const link = access.make('link', 'admin', 0, 100)
    const late = access.make('link', 'admin', 0, 100)
    expect(access.use(link, 50)).toBe(true)
    expect(access.use(link, 51)).toBe(false)
    expect(access.use(late, 100)).toBe(false)
    expect(access.use('guessed', 0)).toBe(false)
  })

  test('secrets are not kept, tokens can be taken away', () => {
    const { access } = open()
    const token = access.make('token', 'ctl', 0)
    expect(access.use(token, 1)).toBe(false)
    const found = access.find(token, 1)
    expect(found).toMatchObject({ kind: 'token', name: 'ctl', expires_ms: null })
    store?.close()
    expect(readFileSync(join(folder, 'anyplug.db')).includes(token)).toBe(false)
    const again = open().access
    expect(again.all(1)).toEqual([found])
    expect(again.remove(found?.id ?? '')).toBe(true)
    expect(again.find(token, 1)).toBeNull()
  })
})

describe('what goes wrong', () => {
  test('a second writer is told who holds it; after the first is gone it may', () => {
    open().tellUrl('http://localhost:1')
    expect(holderOf(folder)).toEqual({ pid: process.pid, url: 'http://localhost:1' })
    const second = openStore({ folder })
    expect(codeOf(second)).toBe('store.taken')
    expect((second as StoreError).reason.params).toEqual({ folder, pid: process.pid, url: 'http://localhost:1' })
    reopen()
    expect(holderOf(folder)).toEqual({ pid: process.pid, url: null })
  })

  test('a full disk: nothing is acknowledged that is not there; it goes on when there is room', async () => {
    const kept = open()
    let failed = 0
    const acknowledged: string[] = []
    kept.limitTo(300_000)
    for (let number = 0; failed < 3 && number < 2000; number++) {
      const id = `r${number}-${'x'.repeat(500)}`
      const event: JournalEvent = { kind: 'transaction', at_ms: 1, seqNo: 0, transaction: transactionRecord({ id }) }
      await kept.append([event]).then(
        () => acknowledged.push(id),
        (error) => {
          failed++
          expect(codeOf(error)).toBe('store.full')
        },
      )
    }
    expect(failed).toBe(3)
    expect(acknowledged.length).toBeGreaterThan(10)
    kept.limitTo(30_000_000)
    await kept.append([{ kind: 'setting', at_ms: 1, name: 'after', value: true }])
    const state = await reopen().load()
    expect(new Set(state.active.map(({ id }) => id))).toEqual(new Set(acknowledged))
    expect(state.settings).toEqual({ after: true })
  })

  test('meter values wait while the disk is full and are written when there is room', async () => {
    let failures = 0
    store = opened({ folder, failed: () => failures++ })
    store.limitTo(140_000)
    for (let at_ms = 0; at_ms < 5000; at_ms++) store.meter([meterRow({ at_ms })])
    store.flush()
    expect(failures).toBe(1)
    store.limitTo(30_000_000)
    store.flush()
    expect(store.lost).toBe(0)
    expect(await store.read.meters('S1', 1, { from_ms: 0, to_ms: 5000, step_ms: 1 })).toHaveLength(5000)
  })

  test('one event that cannot be written takes no other with it', async () => {
    const kept = open()
    const bad = transactionRecord({ id: 'bad', energy_Wh: Symbol('no number') as unknown as number })
    const results = await Promise.allSettled([
      kept.append([{ kind: 'transaction', at_ms: 1, seqNo: 0, transaction: transactionRecord({ id: 'good' }) }]),
      kept.append([{ kind: 'transaction', at_ms: 1, seqNo: 0, transaction: bad }]),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await kept.load()).active.map(({ id }) => id)).toEqual(['good'])
    expect(await kept.read.journal({}, { limit: 9 })).toHaveLength(1)
  })

  test('a file that is no store, a folder that cannot be made', () => {
    writeFileSync(join(folder, 'anyplug.db'), 'this is no database, it is a text '.repeat(100))
    expect(codeOf(openStore({ folder }))).toBe('store.corrupt')
    expect(holderOf(folder)).toBeNull()
    expect(codeOf(openStore({ folder: join(folder, 'anyplug.db', 'below') }))).toBe('store.folder')
  })

  test('a store that a newer version wrote', () => {
    open().close()
    const database = new DatabaseSync(join(folder, 'anyplug.db'))
    database.exec('pragma user_version = 99')
    database.close()
    expect(codeOf(openStore({ folder }))).toBe('store.newer')
  })

  test.skipIf(process.getuid?.() === 0)('a folder that cannot be written to', () => {
    const closed = join(folder, 'closed')
    mkdirSync(closed)
    chmodSync(closed, 0o500)
    expect(codeOf(openStore({ folder: closed }))).toBe('store.notOpen')
  })

  test('closed is closed', async () => {
    const kept = open()
    kept.close()
    expect(codeOf(await kept.append([]).catch((error: unknown) => error))).toBe('store.closed')
  })
})

describe('upkeep', () => {
  test('old rows go, piece by piece; transactions, standing alarms and what is young stay', async () => {
    const kept = open()
    const now_ms = 1000 * DAY_ms
    const old_ms = now_ms - 500 * DAY_ms
    kept.meter([...Array(6000).keys()].map((at) => meterRow({ at_ms: old_ms + at })))
    kept.meter([meterRow({ at_ms: now_ms - DAY_ms })])
    kept.powers([old_ms, now_ms].map((at_ms) => ({ at_ms, key: 'grid', power_kW: 1, limit_kW: 2 })))
    await kept.append([
      { kind: 'transaction', at_ms: old_ms, seqNo: 0, transaction: transactionRecord({ state: 'ended' }) },
      { kind: 'alarm', at_ms: old_ms, alarm: alarmRecord({ id: 'over', cleared_ms: old_ms }) },
      { kind: 'alarm', at_ms: old_ms, alarm: alarmRecord({ id: 'stands' }) },
      { kind: 'setting', at_ms: now_ms, name: 'young', value: 1 },
    ])
    kept.flush()
    expect(kept.deleteSomeOld(now_ms)).toBe(true)
    expect(kept.deleteSomeOld(now_ms)).toBe(false)
    const all = { from_ms: 0, to_ms: now_ms + 1, step_ms: DAY_ms }
    expect(await kept.read.meters('S1', 1, all)).toHaveLength(1)
    expect((await kept.read.powers(all))[0]?.power_kW.filter((value) => value !== null)).toEqual([1])
    expect((await kept.read.journal({}, { limit: 9 })).map(({ kind }) => kind)).toEqual(['setting'])
    expect((await kept.read.alarms(undefined, { limit: 9 })).map(({ id }) => id)).toEqual(['stands'])
    expect(kept.read.transaction('r1')).not.toBeNull()
  })

  test('runs of decisions go as a whole, when the next began long ago', () => {
    const kept = open()
    for (const [index, day] of [0, 10, 60].entries()) {
      const run = {
        id: `run-${index}`,
        started_ms: day * DAY_ms,
        hub: 0,
        settings: 0,
        engineVersion: '',
        snapshot: null,
      }
      kept.decisions(run, [{ at_ms: day * DAY_ms, bytes: new Uint8Array(1) }])
    }
    kept.flush()
    kept.deleteSomeOld(61 * DAY_ms)
    expect(kept.read.decisionRuns().map(({ id }) => id)).toEqual(['run-2', 'run-1'])
    expect(kept.read.decisions('run-1')?.entries).toHaveLength(1)
    expect(kept.read.decisions('run-0')).toBeNull()
  })

  test('a backup taken while it is written to is a store', async () => {
    const kept = open()
    const write = (id: string): Promise<void> =>
      kept.append([{ kind: 'transaction', at_ms: 1, seqNo: 0, transaction: transactionRecord({ id }) }])
    await write('before')
    const copy = join(folder, 'copy')
    mkdirSync(copy)
    await Promise.all([kept.backup(join(copy, 'anyplug.db')), write('during')])
    await write('after')
    const other = opened({ folder: copy })
    const ids = (await other.load()).active.map(({ id }) => id)
    other.close()
    expect(ids).toContain('before')
    expect(ids).not.toContain('after')
  })
})

/** Rounds of a killed writer; the first of each pair is under light load. */
const ROUNDS = 10

describe.skipIf(!isBuilt)('kill -9', () => {
  async function writeAndKill(first: number, writers: number, after_ms: number): Promise<number[]> {
    const script = join(root, 'test/support/store-writer.mjs')
    const child = spawn(process.execPath, [script, folder, String(first), String(writers)])
    let said = ''
    child.stdout.on('data', (data: Buffer) => {
      said += data.toString()
    })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, after_ms))
    child.kill('SIGKILL')
    await once(child, 'close')
    // The last line may be cut.
    return said.split('\n').slice(0, -1).map(Number)
  }

  test('no acknowledged event is lost', { timeout: 120_000 }, async () => {
    let next = 0
    for (let round = 0; round < ROUNDS; round++) {
      const acknowledged = await writeAndKill(next, round % 2 === 0 ? 1 : 64, 20 + 17 * round)
      expect(acknowledged.length).toBeGreaterThan(0)
      const kept = open()
      const missing = acknowledged.filter((number) => kept.read.transaction(`record-${number}`)?.energy_Wh !== number)
      expect(missing).toEqual([])
      const entries = await kept.read.journal({ from_ms: next }, { limit: 1_000_000 })
      const journalled = new Set(entries.map(({ at_ms }) => at_ms))
      expect(acknowledged.filter((number) => !journalled.has(number))).toEqual([])
      next = Math.max(...journalled) + 1
      kept.close()
    }
    expect(existsSync(join(folder, 'anyplug.db'))).toBe(true)
  })
})
