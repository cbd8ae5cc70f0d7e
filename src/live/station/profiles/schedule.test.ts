import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Profile } from './profile.ts'
import { type Circumstances, compositeOf, limitAt } from './schedule.ts'

const START_ms = Date.parse('2026-03-01T00:00:00Z')
const electrics = { voltage_V: 400, phases: 1 }
const given = { purpose: '', schedules: 1, hasPhaseToUse: false, dropsOffline: false, raw: {} }
const blank: Profile = {
  ...{ id: 1, evse: 1, stackLevel: 0, purpose: 'tx', kind: 'absolute', recurrency: null },
  ...{ validFrom_ms: null, validTo_ms: null, transactionId: null, unit: 'W', start_ms: START_ms },
  ...{ duration_s: null, periods: [], told_ms: START_ms, pull_s: null, maxOffline_s: null, given },
}
const running: Circumstances = { transaction: { id: 't', started_ms: START_ms }, offlineSince_ms: null }

/** Limit of one profile at a second, in kW, straight from the words of the standard; undefined: it says nothing. */
function slowOne(
  profile: Profile,
  second: number,
  { transaction, offlineSince_ms }: Circumstances,
): number | undefined {
  const now_ms = START_ms + second * 1000
  if (profile.validFrom_ms !== null && now_ms < profile.validFrom_ms) return undefined
  if (profile.validTo_ms !== null && now_ms >= profile.validTo_ms) return undefined
  if (profile.maxOffline_s !== null && offlineSince_ms !== null) {
    if ((now_ms - offlineSince_ms) / 1000 >= profile.maxOffline_s) return undefined
  }
  const start_ms = profile.kind === 'relative' ? transaction?.started_ms : (profile.start_ms ?? profile.told_ms)
  if (start_ms === undefined || now_ms < start_ms) return undefined
  let into_s = (now_ms - start_ms) / 1000
  if (profile.kind === 'recurring') into_s %= profile.recurrency === 'weekly' ? 604_800 : 86_400
  const lasted_s = profile.kind === 'dynamic' ? (now_ms - profile.told_ms) / 1000 : into_s
  if (profile.duration_s !== null && lasted_s >= profile.duration_s) return undefined
  let found: number | undefined
  for (const { from_s, limit } of profile.periods) if (into_s >= from_s) found = limit ?? undefined
  if (found === undefined) return undefined
  return profile.unit === 'W' ? found / 1000 : (found * 400) / 1000
}

function slowLimit(profiles: readonly Profile[], second: number, circumstances: Circumstances): number {
  const best = (purpose: Profile['purpose']): number | undefined => {
    let top: Profile | undefined
    let value: number | undefined
    for (const profile of profiles) {
      if (profile.purpose !== purpose || (profile.evse !== 0 && profile.evse !== 1)) continue
      if (purpose === 'tx' && profile.transactionId !== null && profile.transactionId !== circumstances.transaction?.id)
        continue
      if (purpose === 'tx' && circumstances.transaction === null) continue
      const one = slowOne(profile, second, circumstances)
      if (one === undefined) continue
      const isHigher = top === undefined || profile.stackLevel > top.stackLevel
      const isNearer = top !== undefined && profile.stackLevel === top.stackLevel && profile.evse > top.evse
      if (isHigher || isNearer) [top, value] = [profile, one]
    }
    return value
  }
  const own = best('tx') ?? best('txDefault') ?? Infinity
  return Math.min(own, best('stationMax') ?? Infinity, best('external') ?? Infinity, 350)
}

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null })
const moment = fc.integer({ min: -400, max: 400 }).map((at_s) => START_ms + at_s * 1000)
const periods = fc
  .uniqueArray(fc.record({ from_s: fc.nat({ max: 300 }), limit: maybe(fc.nat({ max: 400_000 })) }), {
    minLength: 1,
    maxLength: 4,
    selector: ({ from_s }) => from_s,
  })
  .map((list) =>
    list
      .sort((a, b) => a.from_s - b.from_s)
      .map((period, at) => ({ ...period, phases: null, from_s: at === 0 ? 0 : period.from_s })),
  )
const someProfile: fc.Arbitrary<Profile> = fc
  .record({
    purpose: fc.constantFrom('tx', 'txDefault', 'stationMax', 'external'),
    kind: fc.constantFrom('absolute', 'relative', 'recurring', 'dynamic'),
    recurrency: fc.constantFrom('daily', 'weekly'),
    stackLevel: fc.nat({ max: 3 }),
    evse: fc.constantFrom(0, 1, 2),
    transactionId: fc.constantFrom(null, 't', 'other'),
    unit: fc.constantFrom('W', 'A'),
    validFrom_ms: maybe(moment),
    validTo_ms: maybe(moment),
    start_ms: maybe(moment),
    duration_s: maybe(fc.nat({ max: 500 })),
    told_ms: moment,
    maxOffline_s: maybe(fc.nat({ max: 200 })),
    periods,
  })
  .map((profile) => ({ ...blank, ...profile }) as Profile)

/** Two profiles in the same place would leave open which one holds. */
const someProfiles = fc
  .uniqueArray(someProfile, {
    maxLength: 6,
    selector: ({ purpose, stackLevel, evse }) => `${purpose} ${stackLevel} ${evse}`,
  })
  .map((list) => list.map((profile, id) => ({ ...profile, id })))
const someCircumstances: fc.Arbitrary<Circumstances> = fc.record({
  transaction: maybe(fc.record({ id: fc.constant('t'), started_ms: moment })),
  offlineSince_ms: maybe(moment),
})

describe('the limit in force', () => {
  it('is second by second that of a slow evaluation, and holds until it says it may change', () => {
    fc.assert(
      fc.property(someProfiles, someCircumstances, (profiles, circumstances) => {
        const stretches = compositeOf(profiles, 1, circumstances, {
          from_ms: START_ms,
          duration_s: 300,
          electrics,
          rating_kW: 350,
        })
        for (let second = 0; second < 300; second++) {
          const stretch = stretches.findLast(({ from_s }) => from_s <= second)
          expect(stretch?.limit_kW).toBe(slowLimit(profiles, second, circumstances))
        }
      }),
      { numRuns: process.env['ANYPLUG_FULL'] ? 20_000 : 200 },
    )
  })

  it('a default holds once the profile of the transaction has run out', () => {
    const period = { from_s: 0, phases: null }
    const own: Profile = { ...blank, duration_s: 60, periods: [{ ...period, limit: 90_000 }] }
    const standing: Profile = {
      ...blank,
      id: 2,
      evse: 0,
      purpose: 'txDefault',
      periods: [{ ...period, limit: 11_000 }],
    }
    const at = (second: number) => limitAt([own, standing], 1, running, { now_ms: START_ms + second * 1000, electrics })
    expect(at(59)).toMatchObject({ limit_kW: 90, purpose: 'tx', profile: 1, until_ms: START_ms + 60_000 })
    expect(at(60)).toMatchObject({ limit_kW: 11, purpose: 'txDefault', profile: 2 })
  })

  it('daily profiles begin anew each day, over months', () => {
    const night: Profile = {
      ...blank,
      kind: 'recurring',
      recurrency: 'daily',
      periods: [
        { from_s: 0, limit: 50_000, phases: null },
        { from_s: 21_600, limit: 20_000, phases: null },
      ],
    }
    const noon_ms = START_ms + 100 * 86_400_000 + 12 * 3_600_000
    expect(limitAt([night], 1, running, { now_ms: noon_ms, electrics })).toMatchObject({
      limit_kW: 20,
      until_ms: START_ms + 101 * 86_400_000,
    })
  })

  it('amperes of three phases', () => {
    const profile: Profile = { ...blank, unit: 'A', periods: [{ from_s: 0, limit: 16, phases: 3 }] }
    const ac = { voltage_V: 230, phases: 3 }
    expect(limitAt([profile], 1, running, { now_ms: START_ms, electrics: ac }).limit_kW).toBeCloseTo(11.04, 9)
  })
})
