import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { JsonObject, OcppVersion } from '../../../ocpp/index.ts'
import { limitAt, readProfile, refusalOf } from '../../../station/profiles/index.ts'
import { type Capabilities, unknownCapabilities } from '../probe/capabilities.ts'
import { dialectOf, type LimitOrder, type ProfilePlace, powerOfRate_kW, rateOf, spellingsOf } from './index.ts'

const NOW_ms = Date.parse('2026-03-01T12:00:00Z')
const versions: readonly OcppVersion[] = ['1.6', '2.0.1', '2.1']

const kinds = fc.record({
  version: fc.constantFrom(...versions),
  units: fc.constantFrom<Capabilities['units'][]>(['W'], ['A'], ['W', 'A']),
  maxStackLevel: fc.integer({ min: 1, max: 9 }),
  dynamic: fc.boolean(),
  isAc: fc.boolean(),
  limit_kW: fc.double({ min: 0, max: 400, noNaN: true }),
  duration_s: fc.integer({ min: 60, max: 330 }),
})

type Kind = typeof kinds extends fc.Arbitrary<infer T> ? T : never

function placeOf({ isAc, maxStackLevel }: Kind): ProfilePlace {
  return { evse: 2, connector: 2, stackLevel: maxStackLevel, isAc, phases: isAc ? 3 : 1, voltage_V: isAc ? 230 : 800 }
}

type Abilities = Parameters<typeof refusalOf>[0]['abilities']

function abilitiesOf({ version, maxStackLevel, units, isAc }: Kind): Abilities {
  return {
    ...{ version, evses: 2, maxStackLevel, maxPeriods: 2, maxProfiles: 4, units, phases: isAc ? 3 : 1 },
    transactionAt: (evse) => (evse === 2 ? '77' : null),
  }
}

/** All orders a station of a kind may be sent. */
function ordersOf(kind: Kind): readonly LimitOrder[] {
  const { version, isAc, units, maxStackLevel, dynamic, limit_kW, duration_s } = kind
  const capabilities = { ...unknownCapabilities, units, maxStackLevel, dynamic }
  return spellingsOf({ version, capabilities, isAc }).map((spelling) => ({
    ...{
      place: placeOf(kind),
      limit_kW,
      default_kW: 3,
      start_ms: NOW_ms - 10_000,
      duration_s,
      transactionId: '77',
      spelling,
    },
  }))
}

function received(payload: Readonly<Record<string, unknown>>) {
  const plain = JSON.parse(JSON.stringify(payload)) as JsonObject
  const given = (plain['csChargingProfiles'] ?? plain['chargingProfile']) as JsonObject
  return readProfile(given, Number(plain['connectorId'] ?? plain['evseId']), NOW_ms)
}

describe('every profile', () => {
  test('is taken by a station that keeps to the letter of K01', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        const abilities = abilitiesOf(kind)
        for (const order of ordersOf(kind)) {
          const profile = received(dialectOf(kind.version).limit(order).payload)
          expect(refusalOf({ profile, abilities, installed: [], isStrict: true })).toBeNull()
        }
      }),
    )
  })

  test('allows no more than was meant, little less, and the standing limit once it has ended', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        const place = placeOf(kind)
        const { start_ms, unit } = {
          start_ms: NOW_ms - 60_000,
          unit: kind.units.includes('W') ? ('W' as const) : ('A' as const),
        }
        const standing = dialectOf(kind.version).standing({
          ...{
            place: { ...place, stackLevel: kind.maxStackLevel - 1 },
            purpose: 'txDefault',
            default_kW: 3,
            start_ms,
            unit,
          },
        })
        for (const order of ordersOf(kind)) {
          const limit = received(dialectOf(kind.version).limit(order).payload)
          const base = received(standing.payload)
          const profiles = order.spelling.purpose === 'tx' ? [base, limit] : [limit]
          const circumstances = { transaction: { id: '77', started_ms: NOW_ms }, offlineSince_ms: null }
          const electrics = { voltage_V: place.voltage_V, phases: place.phases }
          const at = (now_ms: number) => limitAt(profiles, 2, circumstances, { now_ms, electrics }).limit_kW
          const step_kW = 0.001 + (0.1 * place.voltage_V * place.phases) / 1000
          expect(at(NOW_ms)).toBeLessThanOrEqual(kind.limit_kW + 1e-6)
          expect(at(NOW_ms)).toBeGreaterThan(kind.limit_kW - step_kW)
          expect(at(NOW_ms + kind.duration_s * 1000 + 1)).toBeLessThanOrEqual(3 + 1e-6)
        }
      }),
    )
  })

  test('never is of the purpose that is for others than a management system', () => {
    fc.assert(
      fc.property(kinds, (kind) => {
        const texts = ordersOf(kind).map((order) => JSON.stringify(dialectOf(kind.version).limit(order)))
        expect(texts.filter((text) => text.includes('ExternalConstraints'))).toEqual([])
      }),
    )
  })
})

test('amperes are counted by phases and voltage, down to tenths', () => {
  const place = { evse: 1, connector: 1, stackLevel: 1, isAc: true, phases: 3, voltage_V: 230 }
  expect(rateOf(22.08, 'A', place)).toBe(32)
  expect(rateOf(22.07, 'A', place)).toBe(31.9)
  expect(powerOfRate_kW(32, 'A', place)).toBeCloseTo(22.08, 9)
  expect(rateOf(99.9999, 'W', place)).toBe(99_999)
  expect(rateOf(-1, 'W', place)).toBe(0)
})

test('the best way to say a limit comes first', () => {
  const names = (version: OcppVersion, capabilities: Partial<Capabilities>, isAc = false) =>
    spellingsOf({ version, capabilities: { ...unknownCapabilities, ...capabilities }, isAc }).map(
      ({ purpose, unit, namesTransaction, isDynamic }) => [purpose, unit, namesTransaction, isDynamic].join(' '),
    )
  expect(names('2.1', { dynamic: true, units: ['W'] })).toEqual([
    'tx W true true',
    'tx W true false',
    'txDefault W false false',
  ])
  expect(names('1.6', { units: ['A'] })).toEqual(['tx A true false', 'tx A false false', 'txDefault A false false'])
  expect(names('2.0.1', { refusedPurposes: ['tx'] }, true)).toEqual([
    'txDefault A false false',
    'txDefault W false false',
  ])
  expect(names('1.6', { standingPurpose: 'stationMax', units: ['W'] })).toEqual(['stationMax W false false'])
})
