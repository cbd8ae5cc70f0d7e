import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { TraceSession } from './session.ts'
import { eachSession, idAt, type SessionColumns } from './session-columns.ts'
import { SessionTable } from './session-table.ts'

const number = fc.double({ min: -1e15, max: 1e15, noNaN: true })
const name = fc.string({ maxLength: 4, unit: 'grapheme' })
const session: fc.Arbitrary<TraceSession> = fc.record(
  {
    id: name,
    arrive_ms: fc.integer({ min: 0, max: 20 }),
    depart_ms: number,
    energy_kWh: number,
    plug_ms: number,
    chargingEnd_ms: number,
    maxPower_kW: number,
    soc_frac: number,
    capacity_kWh: number,
    evse: name,
    connector: name,
    vehicle: name,
  },
  { requiredKeys: ['id', 'arrive_ms', 'depart_ms', 'energy_kWh'] },
)

function columnsOf(sessions: readonly TraceSession[]): SessionColumns {
  const table = new SessionTable()
  for (const one of sessions) table.add(one)
  return table.columns()
}

it('a table keeps the first session of each id, by arrival, also in another thread', () => {
  fc.assert(
    fc.property(fc.array(session, { maxLength: 200 }), (sessions) => {
      const first = sessions.filter(({ id }, at) => sessions.findIndex((other) => other.id === id) === at)
      const expected = first.toSorted((a, b) => a.arrive_ms - b.arrive_ms)
      const columns = columnsOf(sessions)
      expect(columns.length).toBe(expected.length)
      expect([...eachSession(columns)]).toEqual(expected)
      expect([...eachSession(structuredClone(columns))]).toEqual(expected)
      for (const [row, { id }] of expected.entries()) expect(idAt(columns, row)).toBe(id)
    }),
  )
})

it('threads share the memory, which is no larger than the sessions need', () => {
  const count = 100_000
  const table = new SessionTable()
  for (let at = 0; at < count; at++) {
    table.add({ id: `session-${at}`, arrive_ms: at, depart_ms: at + 1, energy_kWh: 1, evse: `post-${at % 9}` })
  }
  const columns = table.columns()
  const arrays = [...Object.values(columns), ...Object.values(columns.ids), ...Object.values(columns.names)]
  const held = arrays.reduce((sum, value) => sum + (ArrayBuffer.isView(value) ? value.buffer.byteLength : 0), 0)
  expect(held / count).toBeLessThan(3 * 8 + 2 * 4 + 4 + 'session-99999'.length + 1)
  structuredClone(columns).energy_kWh[7] = 5
  expect(columns.energy_kWh[7]).toBe(5)
})
