import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { eachSession, SessionTable, type Trace, type TraceSession } from '../../../hub/demand/trace/index.ts'
import { type ExportFormat, writeTrace } from './formats.ts'
import { read, told } from './test-support.ts'

const start_ms = Date.parse('2026-01-01T00:00:00Z')
const about = { name: 'run', start_ms, duration_s: 400 * 86_400 }

const name = fc
  .string({ minLength: 1, maxLength: 12, unit: 'grapheme' })
  .filter((text) => text === text.trim() && text !== '')

/** Sessions that can be, in whole seconds; every optional value is there or not. */
const session = (id: string): fc.Arbitrary<TraceSession> =>
  fc
    .record({
      arrive_s: fc.integer({ min: 0, max: 300 * 86_400 }),
      wait_s: fc.integer({ min: 0, max: 3600 }),
      stay_s: fc.integer({ min: 60, max: 86_400 }),
      load: fc.double({ min: 0.01, max: 1, noNaN: true }),
      done: fc.double({ min: 0.1, max: 1, noNaN: true }),
      power_kW: fc.integer({ min: 20, max: 350 }),
      soc_frac: fc.double({ min: 0, max: 1, noNaN: true }),
      evse: name,
      connector: name,
      vehicle: name,
      has: fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
    })
    .map(({ arrive_s, wait_s, stay_s, load, done, power_kW, soc_frac, evse, connector, vehicle, has }) => {
      const arrive_ms = start_ms + arrive_s * 1000
      const plug_ms = has[0] ? arrive_ms + wait_s * 1000 : arrive_ms
      const energy_kWh = (load * power_kW * stay_s) / 3600
      return {
        id,
        ...{ arrive_ms, depart_ms: plug_ms + stay_s * 1000, energy_kWh: Math.min(energy_kWh, 900) },
        ...(has[0] ? { plug_ms } : {}),
        ...(has[1] ? { chargingEnd_ms: plug_ms + Math.ceil(done * stay_s) * 1000 } : {}),
        ...(has[2] ? { maxPower_kW: power_kW } : {}),
        ...(has[3] ? { evse } : {}),
        ...(has[4] ? { connector } : {}),
        ...(has[5] ? { vehicle } : {}),
        ...(has[6] ? { soc_frac, capacity_kWh: 2000 } : {}),
      }
    })

const trace: fc.Arbitrary<Trace> = fc
  .uniqueArray(name, { minLength: 1, maxLength: 20 })
  .chain((ids) => fc.tuple(...ids.map(session)))
  .map((sessions) => {
    const table = new SessionTable()
    for (const one of sessions) table.add(one)
    return { sessions: table.columns(), timezone: null, skipped: [] }
  })
  .filter(
    ({ sessions }) =>
      [...eachSession(sessions)].filter(({ energy_kWh }) => energy_kWh > 0.06).length > sessions.length / 2,
  )

async function there(format: ExportFormat, given: Trace, piece: number): Promise<TraceSession[]> {
  const text = [...(await writeTrace(format, given, about))].join('')
  const back = await read(format, text, {}, piece)
  if (!back.ok) throw new Error(told(back.problems).join())
  expect(back.value.skipped).toEqual([])
  return [...eachSession(back.value.sessions)]
}

/** What a format keeps; sessions come in the order in which it knows them to arrive. */
function kept(given: Trace, keep: (session: TraceSession) => TraceSession): TraceSession[] {
  return [...eachSession(given.sessions)].map(keep).sort((a, b) => a.arrive_ms - b.arrive_ms)
}

function plugged({ id, arrive_ms, plug_ms = arrive_ms, depart_ms, energy_kWh }: TraceSession) {
  return { id, arrive_ms: plug_ms, depart_ms, energy_kWh }
}

const piece = fc.integer({ min: 1, max: 400 })

describe('sessions that are written and read again', () => {
  it('CSV keeps everything', async () => {
    await fc.assert(
      fc.asyncProperty(trace, piece, async (given, length) => {
        expect(await there('csv', given, length)).toEqual([...eachSession(given.sessions)])
      }),
      { numRuns: runs(100, 3000) },
    )
  })

  it('ACN-Data keeps times of plugging in, leaving and charging, energy and EVSE', async () => {
    await fc.assert(
      fc.asyncProperty(trace, piece, async (given, length) => {
        const back = await there('acn-data', given, length)
        const expected = kept(given, (one) => ({
          ...plugged(one),
          ...(one.chargingEnd_ms === undefined ? {} : { chargingEnd_ms: one.chargingEnd_ms }),
          ...(one.evse === undefined ? {} : { evse: one.evse }),
        }))
        expect(new Set(back)).toEqual(new Set(expected))
      }),
      { numRuns: runs(100, 3000) },
    )
  })

  it('OCPI keeps power and plug beside', async () => {
    await fc.assert(
      fc.asyncProperty(trace, piece, async (given, length) => {
        const back = await there('ocpi-cdr', given, length)
        const expected = kept(given, (one) => ({
          ...plugged(one),
          ...(one.chargingEnd_ms === undefined || one.chargingEnd_ms >= one.depart_ms
            ? {}
            : { chargingEnd_ms: one.chargingEnd_ms }),
          ...(one.maxPower_kW === undefined ? {} : { maxPower_kW: one.maxPower_kW }),
          ...(one.evse === undefined ? {} : { evse: one.evse }),
          ...(one.connector === undefined ? {} : { connector: one.connector }),
        }))
        expect(new Set(back)).toEqual(new Set(expected))
      }),
      { numRuns: runs(100, 3000) },
    )
  })

  it('a workload file keeps times, batteries and power; vehicles at one EVSE at a time get outlets of their own', async () => {
    await fc.assert(
      fc.asyncProperty(trace, piece, async (given, length) => {
        const complete = [...eachSession(given.sessions)].filter(
          ({ maxPower_kW, soc_frac }) => maxPower_kW !== undefined && soc_frac !== undefined,
        )
        fc.pre(complete.length > 0)
        const text = [...(await writeTrace('workload', given, about))].join('')
        const back = await read('workload', text, {}, length)
        const found = back.ok ? [...eachSession(back.value.sessions)] : []
        const inOrder = complete.sort((a, b) => (a.plug_ms ?? a.arrive_ms) - (b.plug_ms ?? b.arrive_ms))
        for (const one of found) {
          const given = inOrder[Number(one.id)]
          expect(one.arrive_ms).toBeCloseTo(given?.arrive_ms ?? 0, 0)
          expect(one.plug_ms).toBeCloseTo(given?.plug_ms ?? given?.arrive_ms ?? 0, 0)
          expect(one.depart_ms).toBeCloseTo(given?.depart_ms ?? 0, 0)
          expect(one).toMatchObject({ capacity_kWh: 2000, maxPower_kW: given?.maxPower_kW, soc_frac: given?.soc_frac })
        }
        // A vehicle that comes full, or takes next to nothing, is no session.
        if (inOrder.every(({ soc_frac = 1 }) => soc_frac < 0.9)) expect(found).toHaveLength(inOrder.length)
      }),
      { numRuns: runs(50, 1000) },
    )
  })
})
