import { describe, expect, it } from 'vitest'
import type { JsonObject, OcppVersion } from '../../ocpp/index.ts'
import { readProfile } from './read.ts'
import { type Abilities, refusalOf } from './rules.ts'
import { ProfileShelf } from './shelf.ts'

const NOW_ms = Date.parse('2026-03-01T00:00:00Z')

function abilities(version: OcppVersion): Abilities {
  return {
    ...{ version, evses: 2, maxStackLevel: 5, maxPeriods: 3, maxProfiles: 4, phases: 1 },
    units: ['W'],
    transactionAt: (evse) => (evse === 1 ? 'tx-1' : null),
  }
}

const schedule = {
  id: 1,
  chargingRateUnit: 'W',
  startSchedule: '2026-03-01T00:00:00Z',
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 50_000 }],
}
const good = {
  ...{ id: 7, stackLevel: 1, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Absolute' },
  transactionId: 'tx-1',
  chargingSchedule: [schedule],
}

function refusal(change: JsonObject, { evse = 1, version = '2.0.1' as OcppVersion, isStrict = true } = {}): string {
  const profile = readProfile({ ...good, ...change }, evse, NOW_ms)
  return refusalOf({ profile, abilities: abilities(version), installed: [], isStrict })?.because.code ?? 'taken'
}

const scheduled = (change: JsonObject): JsonObject => ({ chargingSchedule: [{ ...schedule, ...change }] })
const { startSchedule: _, ...startless } = schedule
const { transactionId: __, ...nameless } = good

describe('a strict station', () => {
  it('takes what is right', () => {
    expect(refusal({})).toBe('taken')
    expect(refusal({}, { version: '2.1' })).toBe('taken')
  })

  it.each<readonly [string, JsonObject, number]>([
    ['station.profile.evse', {}, 3],
    ['station.profile.external', { chargingProfilePurpose: 'ChargingStationExternalConstraints' }, 0],
    ['station.profile.purpose', { chargingProfilePurpose: 'LocalGeneration' }, 0],
    ['station.profile.txEvse', {}, 0],
    ['station.profile.txNone', {}, 2],
    ['station.profile.txOther', { transactionId: 'tx-9' }, 1],
    ['station.profile.txExtra', { chargingProfilePurpose: 'TxDefaultProfile' }, 1],
    ['station.profile.maxEvse', { ...undone('ChargingStationMaxProfile') }, 1],
    ['station.profile.maxRelative', { ...undone('ChargingStationMaxProfile'), chargingProfileKind: 'Relative' }, 0],
    ['station.profile.noStart', { chargingSchedule: [startless] }, 1],
    ['station.profile.relativeStart', { chargingProfileKind: 'Relative' }, 1],
    ['station.profile.noRecurrency', { chargingProfileKind: 'Recurring' }, 1],
    ['station.profile.unit', scheduled({ chargingRateUnit: 'A' }), 1],
    ['station.profile.level', { stackLevel: 6 }, 1],
    ['station.profile.periods', scheduled({ chargingSchedulePeriod: [0, 1, 2, 3].map(at) }), 1],
    ['station.profile.order', scheduled({ chargingSchedulePeriod: [at(5)] }), 1],
    ['station.profile.order', scheduled({ chargingSchedulePeriod: [at(0), at(9), at(9)] }), 1],
    ['station.profile.noLimit', scheduled({ chargingSchedulePeriod: [{ startPeriod: 0 }] }), 1],
    ['station.profile.phases', scheduled({ chargingSchedulePeriod: [{ ...at(0), numberPhases: 3 }] }), 1],
    ['station.profile.phases', scheduled({ chargingSchedulePeriod: [{ ...at(0), phaseToUse: 1 }] }), 1],
    [
      'station.profile.dynamic',
      { chargingProfileKind: 'Dynamic', ...scheduled({ chargingSchedulePeriod: [at(0), at(9)] }) },
      1,
    ],
  ])('%s', (code, change, evse) => {
    expect(refusal(change, { evse })).toBe(code)
  })

  it('2.x wants the transaction named, 1.6 leaves it open', () => {
    const profile = readProfile(nameless, 1, NOW_ms)
    const of = (version: OcppVersion) =>
      refusalOf({ profile, abilities: abilities(version), installed: [], isStrict: true })?.because.code
    expect(of('2.0.1')).toBe('station.profile.txMissing')
    expect(of('1.6')).toBeUndefined()
  })

  it('of two profiles in one place 2.x refuses the second, 1.6 forgets the first', () => {
    const first = readProfile(good, 1, NOW_ms)
    const second = { ...first, id: 8 }
    const of = (version: OcppVersion, installed = [first]) =>
      refusalOf({ profile: second, abilities: abilities(version), installed, isStrict: true })?.reasonCode
    expect(of('2.0.1')).toBe('DuplicateProfile')
    expect(of('2.0.1', [{ ...first, id: 8 }])).toBeUndefined()
    expect(
      of('2.0.1', [
        { ...first, validTo_ms: NOW_ms - 1 },
        { ...first, stackLevel: 2 },
      ]),
    ).toBe('DuplicateProfile')
    expect(of('2.0.1', [{ ...first, stackLevel: 2 }])).toBeUndefined()
    expect(of('1.6')).toBeUndefined()
    const shelf = new ProfileShelf()
    shelf.install(first, '1.6')
    shelf.install(second, '1.6')
    expect(shelf.all).toEqual([second])
  })

  it('keeps as many as it has room for', () => {
    const first = readProfile(good, 1, NOW_ms)
    const installed = [1, 2, 3, 4].map((id) => ({ ...first, id, stackLevel: id, evse: 2 }))
    expect(refusalOf({ profile: first, abilities: abilities('2.0.1'), installed, isStrict: true })?.reasonCode).toBe(
      'OutOfStorage',
    )
  })
})

it('one that is not strict takes all it can make sense of', () => {
  expect(refusal({ chargingProfilePurpose: 'ChargingStationExternalConstraints' }, { evse: 0, isStrict: false })).toBe(
    'taken',
  )
  expect(refusal({ chargingSchedule: [startless] }, { isStrict: false })).toBe('taken')
  expect(refusal(scheduled({ chargingRateUnit: 'A' }), { isStrict: false })).toBe('station.profile.unit')
})

describe('the shelf', () => {
  it('clears by id, or by what is told', () => {
    const shelf = new ProfileShelf()
    const first = readProfile(good, 1, NOW_ms)
    for (const [id, evse] of [
      [1, 1],
      [2, 1],
      [3, 2],
    ] as const)
      shelf.install({ ...first, id, evse, stackLevel: id }, '2.1')
    expect(shelf.clear({ ids: [3], evse: 9 })).toBe(1)
    expect(shelf.clear({ evse: 2 })).toBe(0)
    expect(shelf.clear({ evse: 1, stackLevel: 2 })).toBe(1)
    shelf.endTransaction(1)
    expect(shelf.all).toEqual([])
  })

  it('a dynamic profile gets its limit anew', () => {
    const shelf = new ProfileShelf()
    shelf.install({ ...readProfile({ ...good, chargingProfileKind: 'Dynamic' }, 1, NOW_ms), id: 4 }, '2.1')
    expect(shelf.update(4, 9000, NOW_ms + 5)).toBe(true)
    expect(shelf.all[0]).toMatchObject({ told_ms: NOW_ms + 5, periods: [{ limit: 9000 }] })
    expect(shelf.update(5, 9000, NOW_ms)).toBe(false)
  })
})

function at(startPeriod: number): JsonObject {
  return { startPeriod, limit: 1000 }
}

/** The good profile with another purpose, without its transaction. */
function undone(chargingProfilePurpose: string): JsonObject {
  const { transactionId: _, ...rest } = good
  return { ...rest, chargingProfilePurpose, transactionId: null }
}
