import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { runs } from '../../../../test/support/counts.ts'
import { mostFlow_kWh } from '../../../../test/support/most-flow.ts'
import { policyNames } from '../../../hub/controller/index.ts'
import { readWorkload } from '../../../io/formats/workload/index.ts'
import { highsSolver } from '../../../io/solver/index.ts'
import { outcomeOf } from '../outcome.ts'
import { prepareReplay, type RecordedSession, type Recording, unlimited_kWh } from '../replay.ts'
import { roomAfter } from './charge.ts'
import { findOptimum, type LinearSolver, type Optimum, type Search } from './index.ts'

const solver = highsSolver()
afterAll(() => solver.close())

const quiet: Search = { solver, progress: () => {}, signal: new AbortController().signal }
/** Stands where no program must be solved. */
const unused: LinearSolver = { maximise: () => Promise.reject(new Error('asked')), close: async () => {} }

async function optimumOf(recording: Recording, limit_kW: number | null, search = quiet): Promise<Optimum> {
  const found = await findOptimum(recording, limit_kW, search)
  if (!found?.ok) throw new Error(JSON.stringify(found))
  return found.value
}

function recordingOf(sessions: readonly RecordedSession[], more: Partial<Recording> = {}): Recording {
  const outlets = Math.max(...sessions.map(({ outlet }) => outlet)) + 1
  const duration_s = Math.max(...sessions.map(({ unplug_s }) => unplug_s))
  const outlets_kW = new Array<number>(outlets).fill(150)
  return { duration_s, outlets_kW, transition_frac: 0.8, efficiency_frac: 1, sessions, ...more }
}

function session(outlet: number, plug_min: number, unplug_min: number, more: Partial<RecordedSession> = {}) {
  const battery = { capacity_kWh: 60, soc_frac: 0.2, maxPower_kW: 120 }
  return { arrive_s: plug_min * 60, plug_s: plug_min * 60, unplug_s: unplug_min * 60, outlet, ...battery, ...more }
}

function delivered_kWh(
  recording: Recording,
  policy: (typeof policyNames)[number],
  siteLimit_kW: number | null,
): number {
  const replay = prepareReplay(recording)
  const run = replay.run({ policy, siteLimit_kW }).finish()
  const about = { site: 'hub', seed: 1, from: '2026-06-01T00:00:00Z', siteLimit_kW }
  return outcomeOf(run, about, replay.visits).energyDelivered_kWh
}

function workload(name: string): Recording {
  const url = new URL(`../../../../test/fixtures/workloads/${name}.json`, import.meta.url)
  const checked = readWorkload(readFileSync(url, 'utf8'), name)
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.value
}

/** Small recordings: up to eight sessions at three outlets, each outlet's one after the other, and a limit. */
const recordings = (transition_frac: fc.Arbitrary<number>) =>
  fc
    .record({
      transition_frac,
      efficiency_frac: fc.constantFrom(1, 0.9),
      outlets_kW: fc.array(fc.integer({ min: 20, max: 300 }), { minLength: 3, maxLength: 3 }),
      drawn: fc.array(
        fc.record({
          outlet: fc.nat(2),
          gap_s: fc.oneof(fc.integer({ min: 0, max: 600 }), fc.double({ min: 0, max: 600, noNaN: true })),
          stay_s: fc.oneof(fc.integer({ min: 60, max: 1800 }), fc.double({ min: 1, max: 1800, noNaN: true })),
          capacity_kWh: fc.integer({ min: 5, max: 90 }),
          soc_frac: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constant(1)),
          maxPower_kW: fc.integer({ min: 20, max: 350 }),
        }),
        { minLength: 1, maxLength: 8 },
      ),
      limit_kW: fc.integer({ min: 10, max: 500 }),
    })
    .map(({ drawn, limit_kW, ...rest }) => {
      const free_s = [0, 0, 0]
      const sessions = drawn.map(({ gap_s, stay_s, ...one }): RecordedSession => {
        const plug_s = (free_s[one.outlet] ?? 0) + gap_s
        free_s[one.outlet] = plug_s + stay_s
        return { ...one, arrive_s: plug_s, plug_s, unplug_s: plug_s + stay_s }
      })
      sessions.sort((a, b) => a.plug_s - b.plug_s)
      return { recording: recordingOf(sessions, rest), limit_kW }
    })

describe('without a limit that binds (O4)', () => {
  test('is the closed form of the stays', async () => {
    for (const limit_kW of [null, 3000]) {
      const found = await optimumOf(workload('workload-day'), limit_kW, { ...quiet, solver: unused })
      expect(found).toMatchObject({ method: 'closed-form', step_s: null })
      expect(found.energy_kWh).toBeCloseTo(19_284.230647, 5)
      expect(found.reachable_kWh).toBe(found.energy_kWh)
    }
  })

  test('also of recordings of every kind', async () => {
    const transitions = fc.constantFrom(0, 0.5, 0.8, 1)
    await fc.assert(
      fc.asyncProperty(recordings(transitions), async ({ recording }) => {
        const { energy_kWh } = await optimumOf(recording, null, { ...quiet, solver: unused })
        expect(energy_kWh).toBeCloseTo(unlimited_kWh(recording), 8)
      }),
    )
  })

  test('nobody came', async () => {
    const nobody = { ...recordingOf([session(0, 0, 1)]), sessions: [] }
    expect(await optimumOf(nobody, 100, { ...quiet, solver: unused })).toMatchObject({
      energy_kWh: 0,
      reachable_kWh: 0,
    })
  })
})

describe('closed forms (O1, O2)', () => {
  test('one vehicle below the limit charges as at an outlet of that power', async () => {
    const alone = recordingOf([session(0, 0, 60)])
    const { energy_kWh, reachable_kWh } = await optimumOf(alone, 50)
    const exact_kWh = unlimited_kWh({ ...alone, outlets_kW: [50] })
    expect(energy_kWh).toBeGreaterThanOrEqual(exact_kWh - 1e-6)
    expect(reachable_kWh).toBeLessThanOrEqual(exact_kWh + 1e-9)
    expect(energy_kWh - reachable_kWh).toBeLessThan(1e-3 * exact_kWh)
  })

  test('twins on their curves from the start charge as one of double size', async () => {
    const twins = recordingOf([session(0, 0, 45, { soc_frac: 0 }), session(1, 0, 45, { soc_frac: 0 })], {
      transition_frac: 0,
    })
    const both = { plug_s: 0, unplug_s: 2700, rating_kW: 90, room_kWh: 120, taper_h: 60 / 120 }
    const exact_kWh = 120 - roomAfter(both, 120, 0.75)
    const { energy_kWh, reachable_kWh } = await optimumOf(twins, 90)
    expect(energy_kWh).toBeGreaterThanOrEqual(exact_kWh - 1e-6)
    expect(reachable_kWh).toBeLessThanOrEqual(exact_kWh + 1e-9)
    expect(energy_kWh - reachable_kWh).toBeLessThan(1e-3 * exact_kWh)
  })

  test('who leaves soon goes before who has time', async () => {
    const soon = session(0, 0, 30, { soc_frac: 0 })
    const later = session(1, 0, 120, { soc_frac: 0 })
    const { energy_kWh, reachable_kWh } = await optimumOf(recordingOf([later, soon], { transition_frac: 1 }), 100)
    // 30 min × 100 kW to the first; the second is full after 36 min more.
    expect(energy_kWh).toBeCloseTo(110, 4)
    expect(reachable_kWh).toBeCloseTo(110, 4)
  })
})

test('batteries that take all their power until they are full: the greatest flow in a network (O1, O2)', async () => {
  await fc.assert(
    fc.asyncProperty(recordings(fc.constant(1)), async ({ recording, limit_kW }) => {
      const exact_kWh = mostFlow_kWh(recording, limit_kW)
      const { energy_kWh, reachable_kWh } = await optimumOf(recording, limit_kW)
      expect(Math.abs(energy_kWh - exact_kWh)).toBeLessThan(1e-4 * exact_kWh + 1e-6)
      expect(reachable_kWh).toBeLessThan(exact_kWh + 1e-6)
      expect(reachable_kWh).toBeGreaterThan(exact_kWh * 0.995 - 1e-3)
    }),
    { numRuns: runs(60, 2500) },
  )
})

test('no policy delivers more, and both bounds are close (O1, O2, O3)', async () => {
  await fc.assert(
    fc.asyncProperty(recordings(fc.constantFrom(0, 0.5, 0.8, 1)), async ({ recording, limit_kW }) => {
      const { energy_kWh, reachable_kWh } = await optimumOf(recording, limit_kW)
      expect(reachable_kWh).toBeLessThanOrEqual(energy_kWh * (1 + 1e-9) + 1e-9)
      expect(reachable_kWh).toBeGreaterThan(energy_kWh * 0.98 - 0.01)
      for (const policy of policyNames) {
        expect(delivered_kWh(recording, policy, limit_kW)).toBeLessThanOrEqual(energy_kWh * (1 + 1e-9) + 1e-9)
      }
    }),
    { numRuns: runs(60, 2500) },
  )
})

test('a program that is solved before it begins has right prices too (O1)', async () => {
  const battery = { capacity_kWh: 5, soc_frac: 0, maxPower_kW: 159 }
  const alone = recordingOf([session(0, 0, 9.5, battery)], { outlets_kW: [239], transition_frac: 1 })
  expect((await optimumOf(alone, 158)).energy_kWh).toBeCloseTo(5, 4)
})

describe('the day below 1600 kW', () => {
  test('has the optimum that was computed elsewhere over minutes, of which earliest departure first delivers 99.77 %', async () => {
    const day = workload('workload-day')
    const told: number[] = []
    const found = await optimumOf(day, 1600, { ...quiet, progress: (done_frac) => told.push(done_frac) })
    expect(Math.abs(found.energy_kWh - 19_184)).toBeLessThan(1)
    expect(Math.abs(found.reachable_kWh - 19_184)).toBeLessThan(1)
    expect(found).toMatchObject({ method: 'linear-program', step_s: 30 })
    expect(delivered_kWh(day, 'earliest-departure', 1600) / found.energy_kWh).toBeCloseTo(0.9977, 4)
    expect(told).toEqual([...told].sort((a, b) => a - b))
    expect([told[0], told.at(-1)]).toEqual([0, 1])
  })
})

describe('what cannot be answered (O5)', () => {
  test('two crowded months are too large, which is told before any work', async () => {
    const week = workload('workload-week')
    const sessions = Array.from({ length: 8 }, (_, at) => at * week.duration_s).flatMap((later_s) =>
      week.sessions.map((one) => ({ ...one, plug_s: one.plug_s + later_s, unplug_s: one.unplug_s + later_s })),
    )
    const found = await findOptimum({ ...week, sessions }, 300, { ...quiet, solver: unused })
    expect(found).toMatchObject({ ok: false, problems: [{ code: 'optimum.tooLarge', params: { step_s: 300 } }] })
  })

  test('a search that was called off has no answer', async () => {
    const stop = new AbortController()
    const search = { solver, signal: stop.signal, progress: () => stop.abort() }
    expect(await findOptimum(workload('workload-day'), 1600, search)).toBeNull()
  })
})
