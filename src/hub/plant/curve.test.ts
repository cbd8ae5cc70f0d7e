import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CurvePoints, lowestLines } from './curve.ts'
import { ProfileTable } from './profile.ts'

const curve: CurvePoints = [
  [0, 100],
  [0.2, 200],
  [0.8, 200],
  [1, 0],
]

describe('the lower envelope of limits', () => {
  it('is cut where limits cross and where the vehicle bends', () => {
    const lines = lowestLines([curve, 150])
    expect(lines.map(({ from_frac, to_frac, which }) => [from_frac, to_frac, which])).toEqual([
      [0, 0.1, 0],
      [0.1, 0.2, 1],
      [0.2, 0.8, 1],
      [0.8, expect.closeTo(0.85, 12), 1],
      [expect.closeTo(0.85, 12), 1, 0],
    ])
  })

  it('has jumps where two points stand at one state of charge', () => {
    const jump: CurvePoints = [
      [0, 100],
      [0.5, 100],
      [0.5, 40],
      [1, 40],
    ]
    expect(lowestLines([jump]).map(({ start_kW, end_kW }) => [start_kW, end_kW])).toEqual([
      [100, 100],
      [40, 40],
    ])
  })

  it('gives equal limits to the first and holds end values outside the points', () => {
    const lines = lowestLines([[[0.5, 60]], 60])
    expect(lines).toMatchObject([{ from_frac: 0, to_frac: 1, start_kW: 60, end_kW: 60, which: 0 }])
  })

  it('is nowhere above any limit and everywhere on one', () => {
    const points = fc
      .uniqueArray(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 6 })
      .chain((socs) => fc.tuple(...socs.sort((a, b) => a - b).map((s) => fc.tuple(fc.constant(s / 50), fc.nat(300)))))
    const at = (limit: CurvePoints | number, soc: number): number => {
      if (typeof limit === 'number') return limit
      const right = limit.findIndex(([s]) => s >= soc)
      const [x1, y1] = limit[Math.max(0, right < 0 ? limit.length - 1 : right)] ?? [0, 0]
      const [x0, y0] = limit[right <= 0 ? (right < 0 ? limit.length - 1 : 0) : right - 1] ?? [0, 0]
      return x1 === x0 ? y1 : y0 + ((y1 - y0) * (soc - x0)) / (x1 - x0)
    }
    fc.assert(
      fc.property(points, points, fc.nat(300), fc.double({ min: 0.001, max: 0.999, noNaN: true }), (a, b, c, soc) => {
        const line = lowestLines([a, b, c]).find(({ to_frac }) => soc <= to_frac)
        if (line === undefined) throw new Error('lines end before full')
        const part = (soc - line.from_frac) / (line.to_frac - line.from_frac)
        const power_kW = line.start_kW + part * (line.end_kW - line.start_kW)
        expect(power_kW).toBeCloseTo(Math.min(at(a, soc), at(b, soc), c), 6)
      }),
    )
  })
})

describe('where charging ends (E8)', () => {
  const table = new ProfileTable()
  const profile = table.add({ curve, source: 'vehicle.chargeCurve', limits: [] })

  it('at the target, or where the vehicle could take no more than the cut-off', () => {
    expect(table.stop_frac(profile, 0.3, 0.7, 1)).toBe(0.7)
    expect(table.stop_frac(profile, 0.3, 1, 20)).toBeCloseTo(0.98, 12)
    expect(table.stop_frac(profile, 0.99, 1, 20)).toBe(0.99)
    expect(table.stop_frac(profile, 0.3, 1, 0)).toBe(1)
  })
})
