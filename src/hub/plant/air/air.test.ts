import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Air, courseOf, covers, dailyCourse, type Weather } from './index.ts'

const HOUR_ms = 3_600_000
const DAY_s = 86_400
const STEP_K = 0.5

/** Straight between points, by looking at all of them. */
function straight(times_s: readonly number[], degC: readonly number[], time_s: number): number {
  const after = times_s.findIndex((one) => one > time_s)
  if (after < 0) return degC.at(-1) ?? Number.NaN
  if (after === 0) return degC[0] ?? Number.NaN
  const [from_s = 0, to_s = 0] = [times_s[after - 1], times_s[after]]
  const [from_degC = 0, to_degC = 0] = [degC[after - 1], degC[after]]
  return from_degC + ((to_degC - from_degC) * (time_s - from_s)) / (to_s - from_s)
}

describe('air of a run', () => {
  test('what devices have around them is never more than a quarter of a kelvin from the course, and changes by half a one', () => {
    const points = fc.array(
      fc.record({ gap_s: fc.integer({ min: 1, max: 9000 }), degC: fc.double({ min: -40, max: 50, noNaN: true }) }),
      {
        minLength: 2,
        maxLength: 12,
      },
    )
    const moments = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 20 })
    fc.assert(
      fc.property(points, moments, fc.integer({ min: -5000, max: 5000 }), (rows, shares, first_s) => {
        let at_s = first_s
        const times_s = rows.map(({ gap_s }) => (at_s += gap_s))
        const degC = rows.map((row) => row.degC)
        const duration_s = 20_000
        const air = Air.following({ times_s, temperature_degC: degC }, duration_s)
        for (const share of shares) {
          const time_s = share * duration_s
          expect(Math.abs(air.held_degC(time_s) - straight(times_s, degC, time_s))).toBeLessThanOrEqual(
            STEP_K / 2 + 1e-9,
          )
        }
        for (let time_s = 0; ; ) {
          const next_s = air.nextChange_s(time_s)
          if (next_s === Number.POSITIVE_INFINITY) break
          expect(next_s).toBeGreaterThan(time_s)
          expect(Math.abs(air.held_degC(next_s) - air.held_degC(time_s))).toBeLessThanOrEqual(STEP_K + 1e-9)
          time_s = next_s
        }
      }),
      { numRuns: 200 },
    )
  })

  test('constant air is held as told, and never changes', () => {
    const air = Air.constant(25.3)
    expect([air.held_degC(0), air.held_degC(1e9), air.nextChange_s(0)]).toEqual([25.3, 25.3, Number.POSITIVE_INFINITY])
  })

  test('range and mean are those of the course within the run', () => {
    const { range } = Air.following({ times_s: [-100, 100, 300], temperature_degC: [0, 20, 0] }, 200)
    expect(range.lowest_degC).toBeCloseTo(10, 12)
    expect(range.highest_degC).toBeCloseTo(20, 12)
    expect(range.mean_degC).toBeCloseTo(15, 12)
  })

  test('a daily wave is a cosine with its peak at the hour told, on a day of 23 hours too', () => {
    const { times_s, temperature_degC } = dailyCourse({ low_degC: 10, high_degC: 30, warmest_h: 15 }, [
      0,
      DAY_s,
      DAY_s + 23 * 3600,
    ])
    const at = (time_s: number) => straight(times_s, temperature_degC, time_s)
    for (const hour_h of [0, 3, 7.3, 15, 23]) {
      expect(at(hour_h * 3600)).toBeCloseTo(20 + 10 * Math.cos(((hour_h - 15) / 24) * 2 * Math.PI), 1)
    }
    expect(at(15 * 3600)).toBe(30)
    expect(at(DAY_s + (15 / 24) * 23 * 3600)).toBeCloseTo(30, 9)
  })
})

/** Hours of a year with the hour of the year as temperature. */
function hours(first_ms: number, count: number, typical: Weather['typical']): Weather {
  const list = Array.from({ length: count }, (_, hour) => hour)
  return { times_ms: list.map((hour) => first_ms + hour * HOUR_ms), temperature_degC: list, typical }
}

const day = (text: string) => ({ from_ms: Date.parse(text), duration_s: DAY_s })

describe('weather of a file', () => {
  const typical = hours(0, 8760, { offset_min: 60 })

  test('a typical year fits any day by month, day and its own clock', () => {
    const air = (text: string, time_s: number) => {
      const { times_s, temperature_degC } = courseOf(typical, day(text))
      return straight(times_s, temperature_degC, time_s)
    }
    expect(air('2026-01-01T05:00Z', 0)).toBe(6)
    expect(air('2026-03-01T00:00Z', 0)).toBe(59 * 24 + 1)
    expect(air('2028-03-01T00:00Z', 0)).toBe(59 * 24 + 1)
    expect(air('2028-12-31T22:00Z', 0)).toBe(8759)
    expect(air('2026-12-31T22:30Z', 0)).toBe(8759 / 2)
    expect(air('2028-02-29T11:30Z', 0)).toBeCloseTo(58 * 24 + 23 + 13.5 / 25, 9)
  })

  test('hour 24 of the last day is the beginning of the next year', () => {
    const late = hours(HOUR_ms, 8760, { offset_min: 0 })
    const { times_s, temperature_degC } = courseOf(late, day('2027-12-31T12:00Z'))
    expect(straight(times_s, temperature_degC, 12 * 3600)).toBe(8759)
    expect(straight(times_s, temperature_degC, 13 * 3600)).toBe(0)
    expect(times_s.every((time_s, at) => at === 0 || time_s > (times_s[at - 1] ?? 0))).toBe(true)
  })

  test('a recording holds its own days; a whole year of them stands for any other year', () => {
    const month = hours(Date.parse('2025-07-01T00:00Z'), 31 * 24, null)
    expect(covers(month, day('2025-07-31T00:00Z'))).toBe(true)
    expect(covers(month, day('2025-07-31T01:00Z'))).toBe(false)
    expect(covers(month, day('2026-07-01T00:00Z'))).toBe(false)
    const year = hours(Date.parse('2023-07-01T00:00Z'), 366 * 24, null)
    expect(covers(year, day('2030-07-01T00:00Z'))).toBe(true)
    const { times_s, temperature_degC } = courseOf(year, day('2030-06-30T00:00Z'))
    expect(straight(times_s, temperature_degC, 0)).toBe(365 * 24)
    expect(straight(times_s, temperature_degC, DAY_s)).toBe(0)
  })
})
