import { DatabaseSync } from '@photostructure/sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { CONNECTORS, ServedHub, stationIds } from './support/load/server.ts'
import { LoadStation } from './support/load/station.ts'
import { isBuilt } from './support/repository.ts'

/** The whole server is killed while stations tell it of their transactions. Two hubs at once, since most of it is starting. */
const rounds = process.env['ANYPLUG_FULL'] === '1' ? 25 : 5
const STATIONS = 20
const EVENTS_A_TRANSACTION = 8
/** Events that happen at each station while there is nobody to tell. */
const MISSED = 3
const EVENT_ms = 2000
const EVENT_Wh = 40

interface Kept {
  readonly seen: readonly (readonly [from: number, to: number])[]
  readonly state: string
  readonly energy_Wh: number
  readonly doubts: string
  readonly lastSeqNo: number
}

/** A station that remembers what it was told is stored. */
class Witness {
  readonly stationId: string
  /** Events before this one are acknowledged. */
  acknowledged = 0
  #happened = 0
  #isBooted = false
  readonly #start_ms: number
  readonly #port: number
  #station: LoadStation

  constructor(stationId: string, port: number, start_ms: number) {
    this.stationId = stationId
    this.#port = port
    this.#start_ms = start_ms
    this.#station = this.#fresh()
  }

  transactionOf(event: number): string {
    return `${this.stationId}-tx-${Math.floor(event / EVENTS_A_TRANSACTION)}`
  }

  /** Tells all that happened, then what happens, until the server is gone. With `last`, until its transaction has ended. */
  async live(last = false): Promise<void> {
    this.#station = this.#fresh()
    const isUp = await Promise.race([this.#rise(), this.#gone])
    for (let event = this.acknowledged; isUp !== null; event++) {
      if (last && event >= this.#happened && event % EVENTS_A_TRANSACTION === 0) break
      const isPast = event < this.#happened
      this.#happened = Math.max(this.#happened, event + 1)
      const answer = await Promise.race([this.#station.ask('TransactionEvent', this.#event(event, isPast)), this.#gone])
      if (answer === null) break
      expect(answer).toMatch(/^\[3,/)
      this.acknowledged = event + 1
    }
    this.#station.cut()
    this.#happened += MISSED
  }

  /** Connects and boots; null: the server was killed before that was done. */
  async #rise(): Promise<true | null> {
    try {
      await this.#station.connect()
    } catch {
      return null
    }
    if (!this.#isBooted) await this.#station.boot(CONNECTORS)
    this.#isBooted = true
    return true
  }

  #tellGone = (_: null): void => {}
  #gone: Promise<null> = Promise.resolve(null)

  #fresh(): LoadStation {
    this.#gone = new Promise((resolve) => {
      this.#tellGone = resolve
    })
    const closed = (): void => this.#tellGone(null)
    return new LoadStation({ port: this.#port, stationId: this.stationId, answered: () => {}, closed })
  }

  #event(event: number, offline: boolean): object {
    const seqNo = event % EVENTS_A_TRANSACTION
    const isLast = seqNo === EVENTS_A_TRANSACTION - 1
    const timestamp = new Date(this.#start_ms + event * EVENT_ms).toISOString()
    const context = seqNo === 0 ? 'Transaction.Begin' : isLast ? 'Transaction.End' : 'Sample.Periodic'
    return {
      ...{ eventType: seqNo === 0 ? 'Started' : isLast ? 'Ended' : 'Updated', timestamp, seqNo, offline },
      triggerReason: 'MeterValuePeriodic',
      transactionInfo: { transactionId: this.transactionOf(event) },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp, sampledValue: [{ value: event * EVENT_Wh, context }] }],
    }
  }
}

function keptIn(file: string): ReadonlyMap<string, Kept> {
  const database = new DatabaseSync(file, { readOnly: true })
  const rows = database.prepare('select * from chargingTransaction').all() as Record<string, string | number>[]
  database.close()
  const kept = rows.map(({ transactionId, state, energy_Wh, doubts, lastSeqNo, detail }) => {
    const { seen } = JSON.parse(String(detail)) as Kept
    const record = { seen, state: String(state), energy_Wh: Number(energy_Wh), doubts: String(doubts) }
    return [String(transactionId), { ...record, lastSeqNo: Number(lastSeqNo) }] as const
  })
  expect(new Set(kept.map(([id]) => id)).size).toBe(kept.length)
  return new Map(kept)
}

/** Events that were acknowledged and are not there. */
function lost(witnesses: readonly Witness[], kept: ReadonlyMap<string, Kept>): readonly string[] {
  return witnesses.flatMap((witness) =>
    Array.from({ length: witness.acknowledged }, (_, event) => event).flatMap((event) => {
      const seqNo = event % EVENTS_A_TRANSACTION
      const record = kept.get(witness.transactionOf(event))
      const isThere = record?.seen.some(([from, to]) => from <= seqNo && seqNo <= to)
      return isThere ? [] : [`${witness.transactionOf(event)} ${seqNo}`]
    }),
  )
}

const acknowledgedBy = (witnesses: readonly Witness[]): number =>
  witnesses.reduce((sum, { acknowledged }) => sum + acknowledged, 0)

async function killAmidst(hub: ServedHub, witnesses: readonly Witness[], round: number): Promise<void> {
  const enough = acknowledgedBy(witnesses) + 50 + 37 * round
  const lives = Promise.all(witnesses.map((witness) => witness.live()))
  while (acknowledgedBy(witnesses) < enough) await new Promise((resolve) => setTimeout(resolve, 2))
  await hub.end('SIGKILL')
  await lives
}

function expectWhole(kept: ReadonlyMap<string, Kept>): void {
  for (const record of kept.values()) {
    expect(record).toMatchObject({ state: 'ended', doubts: '[]', lastSeqNo: EVENTS_A_TRANSACTION - 1 })
    expect(record.energy_Wh).toBe((EVENTS_A_TRANSACTION - 1) * EVENT_Wh)
  }
}

describe.skipIf(!isBuilt)('kill -9 of the whole server', () => {
  const hubs = [1, 2].map(() => new ServedHub({ stations: STATIONS }))
  afterAll(async () => {
    for (const hub of hubs) {
      await hub.end('SIGKILL')
      hub.remove()
    }
  })

  test('nothing that was acknowledged is lost; what stations kept completes it', {
    timeout: rounds * 24_000,
  }, async () => {
    await Promise.all(hubs.map(killRounds))
  })
})

async function killRounds(hub: ServedHub): Promise<void> {
  const port = await hub.start()
  const witnesses = stationIds(STATIONS).map((id) => new Witness(id, port, Date.now()))
  for (let round = 0; round < rounds; round++) {
    if (round > 0) await hub.start(port)
    await killAmidst(hub, witnesses, round)
    expect(lost(witnesses, keptIn(hub.database))).toEqual([])
  }
  await hub.start(port)
  await Promise.all(witnesses.map((witness) => witness.live(true)))
  await hub.end('SIGTERM')
  const kept = keptIn(hub.database)
  expect(lost(witnesses, kept)).toEqual([])
  expect(kept.size).toBe(acknowledgedBy(witnesses) / EVENTS_A_TRANSACTION)
  expectWhole(kept)
}
