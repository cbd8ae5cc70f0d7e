import { describe, expect, it } from 'vitest'
import { builtInCatalogue, type MatchResult, match, prepareMatch } from '../../standards/index.ts'
import type { Outlet } from '../../standards/schema/index.ts'
import { ProfileTable } from '../profile.ts'
import { vehicleAtPlug } from './from-match.ts'
import { packParameters } from './parameters.ts'
import { type VehicleAtPlace, VehicleEnvelope } from './vehicle-envelope.ts'

const catalogue = builtInCatalogue()
const facts = prepareMatch(catalogue)

interface Meeting {
  readonly at: VehicleAtPlace
  readonly result: MatchResult
  readonly outlet: Outlet
}

function meet(vehicleId: string, postId: string): Meeting | null {
  const vehicle = catalogue.vehicles.get(vehicleId)
  const post = catalogue.chargers.get(postId)
  if (!vehicle || !post) throw new Error(`${vehicleId} or ${postId} is not in the catalogue`)
  const result = match({ vehicle, post, ambient_degC: 20 }, facts)
  const outlet = post.evses[result.evse ?? -1]?.connectors.find(({ connector }) => connector === result.connector)
  const pack = packParameters(vehicle)
  const at = outlet && pack ? vehicleAtPlug(result, pack, outlet) : null
  return at && outlet ? { at, result, outlet } : null
}

function meeting(vehicleId: string, postId: string): Meeting {
  const found = meet(vehicleId, postId)
  if (!found) throw new Error(`${vehicleId} does not charge at ${postId}`)
  return found
}

function table(at: VehicleAtPlace): ProfileTable {
  const profiles = new ProfileTable()
  profiles.add(new VehicleEnvelope(at).warm())
  return profiles
}

const pairs = [...catalogue.vehicles.keys()].flatMap((vehicle) =>
  [...catalogue.chargers.keys()].flatMap((post) => meet(vehicle, post) ?? []),
)

describe('every vehicle of the catalogue at every post it fits', () => {
  it('there are many', () => {
    expect(pairs.length).toBeGreaterThan(300)
  })

  it('never passes a power limit of the match, and a current limit only by what the voltage rises above nominal', () => {
    for (const { at, result } of pairs) {
      const profiles = table(at)
      for (let soc_frac = 0.005; soc_frac < 1; soc_frac += 0.04) {
        const power_kW = profiles.envelopeAt_kW(0, soc_frac)
        expect(power_kW).toBeGreaterThanOrEqual(0)
        for (const limit of result.limits.filter(({ source }) => source !== 'vehicle.chargeCurve')) {
          const rise = limit.current_A === undefined ? 1 : 1.27
          expect(power_kW, `${result.vehicle} ${result.post} ${limit.source}`).toBeLessThanOrEqual(
            limit.power_kW * rise + 1e-9,
          )
        }
      }
    }
  })

  it('takes something on most of the way', () => {
    for (const { at, result } of pairs) {
      const profiles = table(at)
      expect(profiles.envelopeAt_kW(0, 0.4), `${result.vehicle} at ${result.post}`).toBeGreaterThan(0)
    }
  })
})

describe('low voltage (V6, V7)', () => {
  const pairOf = (strategy: string, kind: string) =>
    pairs.filter(
      ({ at, result }) =>
        at.coupling.kind === kind &&
        result.limits.some(({ source, params }) => source === 'vehicle.lowVoltage' && params['strategy'] === strategy),
    )

  it('a bank switch halves the pack; other strategies hold the voltage of the post', () => {
    const halved = pairOf('bank_switch', 'bankSwitch')
    expect(halved.length).toBeGreaterThan(0)
    for (const { at } of halved) {
      const { plug, pack } = new VehicleEnvelope(at)
      expect(plug.openCircuit_V(0.5)).toBeCloseTo(pack.openCircuit_V(0.5) / 2, 9)
    }
    const boosted = pairOf('boost_motor_inverter', 'converter')
    expect(boosted.length).toBeGreaterThan(0)
    for (const { at, outlet } of boosted) {
      const { plug } = new VehicleEnvelope(at)
      expect(plug.voltage_V(100, 0.5, 0.1)).toBe(outlet.maxVoltage_V)
      expect(at.limits.ceilings).toEqual([])
    }
  })

  it('the window of a post counts for a pack whose voltage was told, not for one known by its class', () => {
    const told = pairs.find(({ at }) => at.pack.voltageTold && at.coupling.kind === 'direct')
    expect(told?.at.limits.ceilings).toEqual([{ source: 'charger.maxVoltage', voltage_V: told?.outlet.maxVoltage_V }])
    for (const { at } of pairs.filter(({ at: { pack } }) => !pack.voltageTold)) {
      expect(at.limits.ceilings).toEqual([])
      expect(at.limits.floors).toEqual([])
    }
  })
})

describe('two guns (V8)', () => {
  it('count in the limits the match gives, and are told', () => {
    const both = pairs.filter(({ result }) => result.guns === 2)
    expect(both.length).toBeGreaterThan(0)
    for (const { at } of both) expect(new VehicleEnvelope(at).guns).toBe(2)
  })
})

it('an 800 V car at a 500 A post takes more than at nominal voltage when nearly full, less when nearly empty (V4)', () => {
  const { at, result } = meeting('hyundai-ioniq5-2021', 'alp_hyc_400')
  const limit = result.limits.find(({ current_A }) => current_A !== undefined)
  const current_A = limit?.current_A ?? 0
  expect(current_A).toBeGreaterThan(0)
  const only = { ...at, own: [[0, 2000]], curve: null, limits: { ...at.limits, powers: [], ceilings: [] } } as const
  const profiles = table({ ...only, pack: { ...at.pack, max_V: 1200 } })
  expect(profiles.envelopeAt_kW(0, 0.02)).toBeLessThan(limit?.power_kW ?? 0)
  expect(profiles.envelopeAt_kW(0, 0.95)).toBeGreaterThan(limit?.power_kW ?? 0)
})
