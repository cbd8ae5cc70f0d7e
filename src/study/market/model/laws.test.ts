import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attachShare, fitProbability, keepLastCable } from './attach.ts'
import { dominoLoss, fitDomino, type Maker, meanFieldDomino, normalised } from './domino.ts'
import { accessElasticity, creditLoss, creditLossLongRun, multiplier, uniformStandard } from './elasticities.ts'

const law = { threshold_frac: 0.091, spread: 0.621, headroom: 2.04 }

describe('attach law', () => {
  it.each([
    [0.05, 0.28],
    [0.091, 0.5],
    [0.2, 0.78],
    [0.4, 0.92],
  ])('a demand of %d is worth a cable at %d of the sites', (share, expected) => {
    expect(Math.abs(fitProbability(share, law) - expected)).toBeLessThanOrEqual(0.005)
  })

  it('fits one port in four where one in five is enough', () => {
    expect(Math.abs(attachShare(0.1, 4, law) - 0.13)).toBeLessThanOrEqual(0.005)
  })

  it('keeps a cable at every port and never more than one of a kind', () => {
    const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 })
    fc.assert(
      fc.property(
        shares,
        fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 3, maxLength: 3 }),
        (fitted, demand) => {
          const cables = Float64Array.from(fitted)
          keepLastCable(cables, 0, Float64Array.from(demand))
          expect(cables.reduce((a, b) => a + b)).toBeGreaterThanOrEqual(1 - 1e-9)
          for (const [c, share] of cables.entries()) {
            expect(share).toBeGreaterThanOrEqual(fitted[c] ?? 0)
            expect(share).toBeLessThanOrEqual(1 + 1e-9)
          }
        },
      ),
    )
  })
})

describe('one standard for all (Li 2017)', () => {
  const brands = [
    { share_frac: 0.41, stations: 250 },
    { share_frac: 0.31, stations: 1300 },
    { share_frac: 0.28, stations: 550 },
  ]
  const union = 1650 * 0.972

  it('a rise of 20.8 % asks for an elasticity of 0.162', () => {
    expect(Math.abs(accessElasticity(brands, union, 0.208) - 0.162)).toBeLessThanOrEqual(0.002)
  })

  it('an elasticity of 0.16 lifts sales by 20.5 %', () => {
    const { total_frac, byBrand_frac } = uniformStandard(brands, union, 0.16)
    expect(Math.abs(total_frac - 0.205)).toBeLessThanOrEqual(0.003)
    expect(byBrand_frac.map((rise) => Math.round(rise * 100))).toEqual([35, 3, 19])
  })
})

describe('end of a purchase credit (Li, Tong, Xing, Zhou 2017)', () => {
  const elasticities = { salesToStations: 0.84, stationsToStock: 0.61, price: 1.24 }
  const priceRatio = 35 / 28

  it('in the long run', () => {
    const { direct_frac, total_frac, feedback_frac } = creditLossLongRun(elasticities, priceRatio)
    expect(multiplier(elasticities)).toBeCloseTo(2.05, 2)
    expect(Math.abs(direct_frac - 0.242)).toBeLessThanOrEqual(0.001)
    expect(Math.abs(total_frac - 0.433)).toBeLessThanOrEqual(0.001)
    expect(Math.abs(feedback_frac - 0.44)).toBeLessThanOrEqual(0.005)
  })

  it.each([
    [0.05, 0.372, 0.35],
    [0.2, 0.344, 0.3],
    [1, 0.31, 0.22],
  ])('over 12 quarters from a stock of %d', (startStock, total, feedback) => {
    const run = { priceRatio, quarters: 12, growth_frac: 0.18, startStock, firstSales: 0.0758 }
    const loss = creditLoss(elasticities, run)
    expect(Math.abs(loss.total_frac - total)).toBeLessThanOrEqual(0.005)
    expect(Math.abs(loss.feedback_frac - feedback)).toBeLessThanOrEqual(0.006)
  })
})

const makers2023: readonly Maker[] = normalised(
  (
    [
      ['hyundai-kia', 0.187, 2023 + 9 / 12 + 4 / 365],
      ['vw', 0.145, 2023 + 11 / 12 + 18 / 365],
      ['gm', 0.145, 2023 + 5 / 12 + 7 / 365],
      ['ford', 0.14, 2023 + 4 / 12 + 24 / 365],
      ['bmw', 0.09, 2023 + 9 / 12 + 16 / 365],
      ['mercedes', 0.09, 2023 + 6 / 12 + 6 / 365],
      ['rivian', 0.083, 2023 + 5 / 12 + 19 / 365],
      ['toyota-subaru', 0.045, 2023 + 9 / 12 + 18 / 365],
      ['nissan', 0.04, 2023 + 6 / 12 + 18 / 365],
      ['volvo-polestar', 0.03, 2023 + 5 / 12 + 26 / 365],
      ['lucid', 0.006, 2023 + 10 / 12 + 5 / 365],
      ['honda', 0.005, 2023 + 8 / 12 + 6 / 365],
      ['stellantis', 0.001, null],
    ] as const
  ).map(([id, weight, committed_yr]) => ({ id, weight, committed_yr, never: false })),
)

describe('domino of 2023', () => {
  const watch = { from_yr: 2022.86, to_yr: 2024, steps_perYear: 52, logOutletRatio: 1.28 }

  it('is likelier with a bandwagon than without', () => {
    const fitted = fitDomino(makers2023, watch, 1.5)
    const alone = fitDomino(makers2023, watch, 1.5, false)
    const [loss, lossAlone] = [dominoLoss(fitted, makers2023, watch), dominoLoss(alone, makers2023, watch)]
    expect(Math.abs(fitted.base + 4.4)).toBeLessThanOrEqual(0.05)
    expect(Math.abs(fitted.bandwagon - 4.85)).toBeLessThanOrEqual(0.05)
    expect(Math.abs(alone.base + 3.03)).toBeLessThanOrEqual(0.05)
    expect(Math.abs(loss - 49.89)).toBeLessThanOrEqual(0.05)
    expect(Math.abs(2 * (lossAlone - loss) - 15.9)).toBeLessThanOrEqual(0.05)
  })

  it('a maker that never commits never hastens the others', () => {
    const run = { ...watch, to_yr: 2032, opened_yr: 2022.86, resistance: 0 }
    const some = fc.record({
      base: fc.double({ min: -7, max: -2, noNaN: true }),
      network: fc.constant(1.5),
      bandwagon: fc.double({ min: 0, max: 10, noNaN: true }),
    })
    const open = makers2023.map((maker) => ({ ...maker, committed_yr: null }))
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 12 }), (anyLaw, vetoed) => {
        const free = meanFieldDomino(anyLaw, open, run)
        const without = meanFieldDomino(
          anyLaw,
          open.map((maker, at) => ({ ...maker, never: at === vetoed })),
          run,
        )
        free.share_frac.forEach((share, at) => {
          expect(without.share_frac[at] ?? 0).toBeLessThanOrEqual(share + 1e-12)
        })
      }),
      { numRuns: 40 },
    )
  })
})
