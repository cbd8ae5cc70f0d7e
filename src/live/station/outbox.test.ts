import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../clock/index.ts'
import type { CallOutcome } from '../ocpp/index.ts'
import { shareCap } from './limit-keeper.ts'
import type { Note, Transaction } from './notes.ts'
import { Outbox } from './outbox.ts'

const transaction = { id: 't' } as Transaction

function note(kind: Note['kind'], seqNo: number): Note {
  return {
    ...{ kind, seqNo, transaction, at_ms: seqNo, trigger: 'periodic', state: 'charging' },
    ...{ reading: null, reason: null, isOffline: false },
  }
}

const done: CallOutcome = { kind: 'result', payload: {} }

function bench(most: number, outcomes: CallOutcome[] = []) {
  const clock = new ManualClock(0)
  const sent: number[] = []
  const dropped: number[] = []
  const outbox = new Outbox({
    ...{ clock, most, attempts: 3, retry_s: 10 },
    message: ({ seqNo }) => ({ action: 'TransactionEvent', payload: { seqNo } }),
    call: async ({ payload }) => {
      sent.push((payload as { seqNo: number }).seqNo)
      return outcomes.shift() ?? done
    },
    answered: () => {},
    dropped: ({ seqNo }) => dropped.push(seqNo),
  })
  const rest = () => new Promise((resolve) => setImmediate(resolve))
  return { clock, outbox, sent, dropped, rest }
}

describe('the outbox', () => {
  it('keeps begins and ends when there is no room for all (VS8)', async () => {
    const { outbox, sent, dropped, rest } = bench(4)
    const kinds = ['started', 'updated', 'updated', 'updated', 'updated', 'ended', 'started', 'ended'] as const
    for (const [seqNo, kind] of kinds.entries()) outbox.add(note(kind, seqNo))
    expect(dropped).toEqual([1, 2, 3, 4])
    outbox.open(true)
    await rest()
    expect(sent).toEqual([0, 5, 6, 7])
  })

  it('tries again, later each time, then goes on without (VS7)', async () => {
    const failure: CallOutcome = { kind: 'timeout', after_ms: 1 }
    const { clock, outbox, sent, dropped, rest } = bench(9, [failure, failure, failure])
    outbox.open(true)
    outbox.add(note('started', 0))
    outbox.add(note('ended', 1))
    for (const at_s of [10, 30]) {
      await rest()
      clock.moveTo(at_s * 1000 - 1)
      await rest()
      clock.moveTo(at_s * 1000)
    }
    await rest()
    expect([sent, dropped]).toEqual([[0, 0, 0, 1], [0]])
  })

  it('begins anew with what was not answered when the connection went', async () => {
    const { outbox, sent, rest } = bench(9, [{ kind: 'closed' }])
    outbox.open(true)
    outbox.add(note('started', 0))
    outbox.open(false)
    await rest()
    expect([sent, outbox.waiting]).toEqual([[0], 1])
    outbox.open(true)
    await rest()
    expect([sent, outbox.waiting]).toEqual([[0, 0], 0])
  })
})

it('a cap is used up, nobody gets more than its own limit, and less only where all who get more than it are cut (VS11)', () => {
  const limits = fc.array(fc.nat({ max: 400 }), { minLength: 1, maxLength: 8 })
  fc.assert(
    fc.property(fc.nat({ max: 1500 }), limits, (cap_kW, own_kW) => {
      const shares = shareCap(cap_kW, own_kW)
      const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
      expect(sum(shares)).toBeCloseTo(Math.min(cap_kW, sum(own_kW)), 6)
      const most = Math.max(...shares)
      for (const [at, share] of shares.entries()) {
        expect(share).toBeLessThanOrEqual((own_kW[at] ?? 0) + 1e-9)
        if (share < (own_kW[at] ?? 0) - 1e-9) expect(share).toBeCloseTo(most, 6)
      }
    }),
  )
})
