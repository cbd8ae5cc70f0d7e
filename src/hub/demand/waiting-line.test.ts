import { describe, expect, it } from 'vitest'
import { type Waiting, WaitingLine } from './waiting-line.ts'

const waiting = (row: number, since_s: number, until_s = Number.POSITIVE_INFINITY): Waiting => ({
  visitor: {
    number: row,
    row,
    soc_frac: 0.1,
    target_frac: 0.8,
    patience_s: until_s - since_s,
    overstay_s: 0,
    maxStay_s: Number.POSITIVE_INFINITY,
    balksAt_frac: 1,
    announced_s: 0,
    driverless: false,
    evse: null,
  },
  since_s,
  until_s,
  picky_s: since_s,
  accepted: [],
})

describe('waiting line', () => {
  it('serves the first for whom something is free and keeps the order of the others', () => {
    const line = new WaitingLine()
    for (const row of [0, 1, 0]) line.join(waiting(row, row))
    const onlyRow1 = ({ visitor: { row } }: Waiting): string | null => (row === 1 ? 'plug' : null)
    expect(line.next(onlyRow1)?.waiting.visitor.row).toBe(1)
    expect(line.next(onlyRow1)).toBeNull()
    expect(line.state.map(({ visitor }) => visitor.row)).toEqual([0, 0])
  })

  it('D12: who announced the arrival stands in line from then on', () => {
    const line = new WaitingLine()
    const told = waiting(1, 100)
    line.join(waiting(0, 50))
    line.join(waiting(2, 90))
    line.join({ ...told, visitor: { ...told.visitor, announced_s: 40 } })
    expect(line.state.map(({ visitor }) => visitor.row)).toEqual([0, 1, 2])
  })

  it('D13: only vehicles with a driver take places', () => {
    const line = new WaitingLine()
    const empty = waiting(1, 1)
    line.join(waiting(0, 0))
    line.join({ ...empty, visitor: { ...empty.visitor, driverless: true } })
    expect([line.length, line.withDriver]).toEqual([2, 1])
    const other = new WaitingLine()
    other.state = line.state
    expect(other.withDriver).toBe(1)
    line.next(({ visitor }) => (visitor.driverless ? 'plug' : null))
    expect([line.length, line.withDriver]).toEqual([1, 1])
  })

  it('D11: tells when somebody stops waiting for a better plug', () => {
    const line = new WaitingLine()
    line.join({ ...waiting(0, 0, 100), picky_s: 30 })
    expect([line.nextChange_s(0), line.nextChange_s(30)]).toEqual([30, 100])
  })

  it('drops those whose patience has ended and tells when the next one gives up', () => {
    const line = new WaitingLine()
    line.join(waiting(0, 0, 100))
    line.join(waiting(1, 1, 50))
    line.join(waiting(2, 2))
    expect(line.nextChange_s(10)).toBe(50)
    expect(line.dropUntil(50)).toHaveLength(1)
    expect(line.nextChange_s(10)).toBe(100)
    expect(line.dropUntil(99)).toEqual([])
    expect(line.dropUntil(100)).toHaveLength(1)
    expect(line.state.map(({ visitor }) => visitor.row)).toEqual([2])
  })
})
