import { describe, expect, it } from 'vitest'
import { builtInCatalogue } from '../catalogue/index.ts'
import { type AcceptancePiece, acceptance } from './acceptance.ts'
import { powerAt_kW } from './curve.ts'
import { prepareMatch } from './facts.ts'
import { match } from './match.ts'

const catalogue = builtInCatalogue()
const facts = prepareMatch(catalogue)

function valueAt_kW(pieces: readonly AcceptancePiece[], soc_frac: number): number {
  const piece = pieces.find(({ from_frac, to_frac }) => soc_frac >= from_frac && soc_frac <= to_frac)
  if (!piece) return Number.NaN
  const share = piece.to_frac === piece.from_frac ? 0 : (soc_frac - piece.from_frac) / (piece.to_frac - piece.from_frac)
  return piece.from_kW + share * (piece.to_kW - piece.from_kW)
}

const fitting = [...catalogue.vehicles.values()].flatMap((vehicle) =>
  [...catalogue.chargers.values()]
    .map((post) => match({ vehicle, post }, facts))
    .filter(({ fits }) => fits)
    .slice(0, 4),
)

describe('M17 acceptance', () => {
  it('covers 0 to 1 without gaps or jumps of its own', () => {
    for (const result of fitting) {
      const { here } = acceptance(result)
      expect(here[0]?.from_frac).toBe(0)
      expect(here.at(-1)?.to_frac).toBe(1)
      here.slice(1).forEach((piece, index) => {
        expect(piece.from_frac).toBe(here[index]?.to_frac)
        expect(piece.from_kW).toBeCloseTo(here[index]?.to_kW ?? Number.NaN, 9)
      })
    }
  })

  it('is the lower envelope of the constant limits and the curve', () => {
    for (const result of fitting) {
      const { here } = acceptance(result)
      const level = result.limits
        .filter(({ source }) => source !== 'vehicle.chargeCurve')
        .map((limit) => limit.power_kW)
      for (let percent = 0; percent <= 100; percent += 7) {
        const soc_frac = percent / 100
        const byCurve = result.curve === null ? Number.POSITIVE_INFINITY : powerAt_kW(result.curve, soc_frac)
        expect(valueAt_kW(here, soc_frac)).toBeCloseTo(Math.min(byCurve, ...level), 6)
      }
    }
  })

  it('peaks at the power of the match and never exceeds what the vehicle takes alone', () => {
    for (const result of fitting) {
      const { here, alone } = acceptance(result)
      expect(Math.max(...here.flatMap(({ from_kW, to_kW }) => [from_kW, to_kW]))).toBeCloseTo(result.power_kW ?? 0, 9)
      if (alone.length === 0) continue
      for (let percent = 0; percent <= 100; percent += 10) {
        expect(valueAt_kW(here, percent / 100)).toBeLessThanOrEqual(valueAt_kW(alone, percent / 100) + 1e-9)
      }
    }
  })

  it('names the limit that bounds each piece', () => {
    const vehicle = catalogue.vehicles.get('hyundai-ioniq5-2021')
    const post = catalogue.chargers.get('tesla_sc_v3_eu')
    if (!vehicle || !post) throw new Error('records moved')
    const { here } = acceptance(match({ vehicle, post }, facts))
    expect(here[0]).toMatchObject({ from_kW: 126, to_kW: 126, source: 'vehicle.lowVoltage' })
    expect(here.at(-1)).toMatchObject({ to_frac: 1, to_kW: 10, source: 'vehicle.chargeCurve' })
  })

  it('is empty where there is no session', () => {
    const vehicle = catalogue.vehicles.get('nissan-leaf-40-2018')
    const post = catalogue.chargers.get('ionity_350')
    if (!vehicle || !post) throw new Error('records moved')
    expect(acceptance(match({ vehicle, post }, facts)).here).toEqual([])
  })
})
