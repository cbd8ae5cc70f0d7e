import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runs } from '../../../test/support/counts.ts'
import { timeTicks, zoneOf } from './zone.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const zones = ['UTC', 'America/Los_Angeles', 'Asia/Shanghai', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia']

test('midnight in Los Angeles is 8 h after UTC in winter and 7 h in summer', () => {
  const zone = zoneOf('America/Los_Angeles')
  expect(zone.toInstant(Date.UTC(2026, 0, 15))).toBe(Date.UTC(2026, 0, 15, 8))
  expect(zone.toInstant(Date.UTC(2026, 6, 15))).toBe(Date.UTC(2026, 6, 15, 7))
})

test('days at a change of the clocks are 23 and 25 h long', () => {
  const zone = zoneOf('Europe/Berlin')
  const length_h = (year: number, month: number, day: number) =>
    (zone.toInstant(Date.UTC(year, month, day + 1)) - zone.toInstant(Date.UTC(year, month, day))) / HOUR_MS
  expect([length_h(2026, 2, 29), length_h(2026, 9, 25), length_h(2026, 5, 1)]).toEqual([23, 25, 24])
})

test('labels: few, in order, inside the run, and at round times of the wall clock', () => {
  const run = fc.record({
    name: fc.constantFrom(...zones),
    from_ms: fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2035, 0) }),
    length_ms: fc.oneof(fc.integer({ min: 1, max: 3 * DAY_MS }), fc.integer({ min: DAY_MS, max: 3000 * DAY_MS })),
  })
  fc.assert(
    fc.property(run, ({ name, from_ms, length_ms }) => {
      const zone = zoneOf(name)
      const ticks = timeTicks(from_ms, from_ms + length_ms, zone)
      expect(ticks.length).toBeLessThanOrEqual(13)
      if (length_ms >= 10 * 60_000) expect(ticks.length).toBeGreaterThan(0)
      for (const [index, { at_ms, kind }] of ticks.entries()) {
        expect(at_ms).toBeGreaterThanOrEqual(from_ms)
        expect(at_ms).toBeLessThanOrEqual(from_ms + length_ms)
        if (index > 0) expect(at_ms).toBeGreaterThan(ticks[index - 1]?.at_ms ?? 0)
        if (kind === 'month' || kind === 'year') expect(new Date(zone.toWall(at_ms)).getUTCDate()).toBe(1)
      }
    }),
    { numRuns: runs(150, 5000) },
  )
})

test('a week has a label at each local midnight', () => {
  const zone = zoneOf('America/Los_Angeles')
  const from_ms = Date.UTC(2026, 5, 1, 7)
  const ticks = timeTicks(from_ms, from_ms + 7 * DAY_MS, zone)
  expect(ticks).toEqual(Array.from({ length: 8 }, (_, index) => ({ at_ms: from_ms + index * DAY_MS, kind: 'day' })))
})

test('a year has a label at each first of a month', () => {
  const zone = zoneOf('Asia/Shanghai')
  const from_ms = zone.toInstant(Date.UTC(2026, 0, 1))
  const ticks = timeTicks(from_ms, zone.toInstant(Date.UTC(2027, 0, 1)), zone)
  expect(ticks.map(({ at_ms }) => zone.toWall(at_ms))).toEqual(
    Array.from({ length: 13 }, (_, month) => Date.UTC(2026, month, 1)),
  )
})
