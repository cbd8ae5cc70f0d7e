import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { TransactionRecord } from '../ports.ts'
import { Transaction, type TransactionNotice } from './transaction.ts'

const key = { id: 'ours', transactionId: 'T1', stationId: 'S1' }
const quiet = {
  evse: null,
  connector: null,
  idToken: null,
  tokenType: null,
  vehicle: null,
  stopReason: null,
  points: [],
  doubts: [],
} as const

const started: TransactionNotice = {
  ...quiet,
  kind: 'started',
  seqNo: 0,
  at_ms: 1000,
  evse: 2,
  connector: 1,
  points: [[0, 1000, 5000]],
}
const authorized: TransactionNotice = {
  ...quiet,
  kind: 'updated',
  seqNo: 1,
  at_ms: 2000,
  idToken: 'CARD',
  tokenType: 'ISO14443',
}
const ended: TransactionNotice = {
  ...quiet,
  kind: 'ended',
  seqNo: 9,
  at_ms: 9000,
  stopReason: 'EVDisconnected',
  points: [[2, 9000, 5900]],
}

/** Updates between, some with a register that goes back. */
const updates = fc
  .uniqueArray(fc.integer({ min: 2, max: 8 }))
  .chain((numbers) =>
    fc.tuple(
      ...numbers.map((seqNo) => fc.integer({ min: 4900, max: 6000 }).map((energy_Wh) => update(seqNo, energy_Wh))),
    ),
  )

function update(seqNo: number, energy_Wh: number): TransactionNotice {
  return { ...quiet, kind: 'updated', seqNo, at_ms: seqNo * 1000, points: [[1, seqNo * 1000, energy_Wh]] }
}

function recordOf(notices: readonly TransactionNotice[]): TransactionRecord {
  const transaction = new Transaction(key)
  for (const notice of notices) transaction.take(notice)
  return transaction.record
}

test('any order and repetition of its events ends in the same record', () => {
  const cases = updates.chain((between) => {
    const events = [started, authorized, ...between, ended]
    const mixed = fc.shuffledSubarray(events, { minLength: events.length })
    return fc.tuple(fc.constant(events), mixed, fc.array(fc.constantFrom(...events)))
  })
  fc.assert(
    fc.property(cases, ([events, mixed, again]) => {
      expect(recordOf([...mixed, ...again])).toEqual(recordOf(events))
    }),
  )
})

test('the same with a restart anywhere: the record and what is written with it suffice', () => {
  const cases = updates.chain((between) => {
    const events = [started, authorized, ...between, ended]
    const mixed = fc.shuffledSubarray(events, { minLength: events.length })
    return fc.tuple(mixed, fc.nat(events.length))
  })
  fc.assert(
    fc.property(cases, ([mixed, at]) => {
      const before = recordOf(mixed.slice(0, at))
      const after = Transaction.from(JSON.parse(JSON.stringify(before)) as TransactionRecord)
      for (const notice of [...mixed.slice(at), ...mixed.slice(0, at)]) after.take(notice)
      expect(after.record).toEqual(recordOf(mixed))
    }),
  )
})

test('a whole transaction', () => {
  const middle = [2, 3, 4, 5, 6, 7, 8].map((seqNo) => update(seqNo, 5000 + seqNo * 100))
  expect(recordOf([started, authorized, ...middle, ended])).toMatchObject({
    evse: 2,
    connector: 1,
    idToken: 'CARD',
    state: 'ended',
    started_ms: 1000,
    ended_ms: 9000,
    start_Wh: 5000,
    last_Wh: 5900,
    energy_Wh: 900,
    stopReason: 'EVDisconnected',
    lastSeqNo: 9,
    doubts: [],
  })
})

test('what is missing is a doubt', () => {
  expect(recordOf([started, ended]).doubts).toEqual(['doubt.eventsMissing'])
  expect(recordOf([ended]).doubts).toEqual(['doubt.registerMissing', 'doubt.startMissing'])
  expect(recordOf([started]).doubts).toEqual([])
})

test('numbers of events may count on over transactions', () => {
  const later = (notice: TransactionNotice, seqNo: number) => ({ ...notice, seqNo })
  expect(recordOf([later(started, 40), later(ended, 41)]).doubts).toEqual([])
})

test('a second, different end is told and does not count', () => {
  const again: TransactionNotice = { ...ended, at_ms: 9500, stopReason: 'Remote' }
  for (const order of [
    [ended, again],
    [again, ended],
  ]) {
    expect(recordOf([started, ...order])).toMatchObject({ ended_ms: 9000, stopReason: 'EVDisconnected' })
    expect(recordOf([started, ...order]).doubts).toContain('doubt.endedTwice')
  }
})

test('its own end counts more than that another began', () => {
  const transaction = new Transaction(key)
  transaction.take(started)
  transaction.replace(7000)
  expect(transaction.record).toMatchObject({ state: 'ended', ended_ms: 7000, doubts: ['doubt.endMissing'] })
  transaction.take(ended)
  expect(transaction.record).toMatchObject({ ended_ms: 9000, doubts: ['doubt.eventsMissing'] })
})
