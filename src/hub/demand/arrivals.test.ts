import { describe, expect, it } from 'vitest'
import { type ArrivalRates, Arrivals } from './arrivals.ts'
import { LocalClock } from './local-clock.ts'
import { RandomStream } from './random.ts'

const monday_ms = Date.parse('2026-06-01T00:00:00Z')
const hour_ms = 3_600_000
const week_ms = 168 * hour_ms
const everyMonth = new Array<number>(12).fill(1)

describe('local clock', () => {
  it('counts hours from Monday 00:00 local time', () => {
    const clock = new LocalClock('America/New_York', monday_ms, monday_ms + week_ms)
    expect(clock.hourOfWeek(monday_ms + 4 * hour_ms)).toBe(0)
    expect(clock.hourOfWeek(monday_ms + 3.5 * hour_ms)).toBe(167)
  })

  it('knows zones that are half an hour off', () => {
    const clock = new LocalClock('Asia/Kolkata', monday_ms, monday_ms + week_ms)
    expect(clock.hourOfWeek(monday_ms)).toBe(5)
    expect(clock.hourOfWeek(monday_ms + 0.5 * hour_ms)).toBe(6)
  })

  it('skips the hour that summer time takes and repeats the one it gives back', () => {
    const from_ms = Date.parse('2026-01-01T00:00:00Z')
    const clock = new LocalClock('Europe/Berlin', from_ms, from_ms + 365 * 24 * hour_ms)
    const spring_ms = Date.parse('2026-03-29T01:00:00Z')
    const sunday = 6 * 24
    expect(clock.hourOfWeek(spring_ms - 1)).toBe(sunday + 1)
    expect(clock.hourOfWeek(spring_ms)).toBe(sunday + 3)
    const autumn_ms = Date.parse('2026-10-25T01:00:00Z')
    expect(clock.hourOfWeek(autumn_ms - 1)).toBe(sunday + 2)
    expect(clock.hourOfWeek(autumn_ms)).toBe(sunday + 2)
  })
})

function count(perHour: readonly number[], weeks: number, seed: number): number[] {
  const end_ms = monday_ms + weeks * week_ms
  const rates = { arrivals_perHour: perHour, season: everyMonth, growth: null }
  const arrivals = new Arrivals(rates, new LocalClock('UTC', monday_ms, end_ms), new RandomStream(seed, 'arrivals'))
  const counts = new Array<number>(168).fill(0)
  for (let at_ms = arrivals.next_ms(monday_ms, end_ms); at_ms < end_ms; at_ms = arrivals.next_ms(at_ms, end_ms)) {
    const hour = Math.floor((at_ms - monday_ms) / hour_ms) % 168
    counts[hour] = (counts[hour] ?? 0) + 1
  }
  return counts
}

describe('arrivals', () => {
  it('follow the rate of each hour within three standard errors on average', () => {
    const perHour = Array.from({ length: 168 }, (_, hour) => (hour % 24 < 6 ? 0 : 1 + (hour % 5)))
    const weeks = 400
    const counts = count(perHour, weeks, 7)
    let chi2 = 0
    let cells = 0
    for (const [hour, rate] of perHour.entries()) {
      if (rate === 0) {
        expect(counts[hour]).toBe(0)
        continue
      }
      const expected = rate * weeks
      chi2 += ((counts[hour] ?? 0) - expected) ** 2 / expected
      cells += 1
    }
    expect(Math.abs(chi2 - cells)).toBeLessThan(3 * Math.sqrt(2 * cells))
  })

  it('are the same for the same seed and differ for another', () => {
    const perHour = new Array<number>(168).fill(2)
    expect(count(perHour, 2, 1)).toEqual(count(perHour, 2, 1))
    expect(count(perHour, 2, 1)).not.toEqual(count(perHour, 2, 2))
  })

  it('never happen at a rate of zero', () => {
    expect(count(new Array<number>(168).fill(0), 1, 1).every((n) => n === 0)).toBe(true)
  })
})

describe('D3: seasons and growth', () => {
  const day_ms = 24 * hour_ms
  const from_ms = Date.parse('2026-01-01T00:00:00Z')
  const always = new Array<number>(168).fill(2)

  /** Arrivals of each 30 days. */
  function perMonth(rates: ArrivalRates, days: number, end_ms = from_ms + days * day_ms): number[] {
    const arrivals = new Arrivals(rates, new LocalClock('UTC', from_ms, end_ms), new RandomStream(3, 'arrivals'))
    const counts = new Array<number>(Math.ceil(days / 30)).fill(0)
    const stop_ms = from_ms + days * day_ms
    for (let at_ms = arrivals.next_ms(from_ms, end_ms); at_ms < stop_ms; at_ms = arrivals.next_ms(at_ms, end_ms)) {
      const month = Math.floor((at_ms - from_ms) / day_ms / 30)
      counts[month] = (counts[month] ?? 0) + 1
    }
    return counts
  }

  it('factors of months, by the calendar of the place', () => {
    const season = [1, 0, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    const [january = 0, february, march = 0] = perMonth({ arrivals_perHour: always, season, growth: null }, 90)
    expect(Math.abs(january - 48 * 30)).toBeLessThan(4 * Math.sqrt(48 * 30))
    // One day of January and the first of March fall into the second 30 days.
    expect(february).toBeLessThan(48 + 2 * 48 + 60)
    expect(Math.abs(march - 96 * 30)).toBeLessThan(4 * Math.sqrt(96 * 30))
  })

  it('compound growth from its start, before it as well', () => {
    const growth = { perYear_frac: 0.5, from_ms: from_ms + 365.25 * day_ms }
    const counts = perMonth({ arrivals_perHour: always, season: everyMonth, growth }, 36 * 30)
    for (const [month, found] of counts.entries()) {
      const middle = (month + 0.5) * 30
      const expected = 48 * 30 * 1.5 ** ((middle - 365.25) / 365.25)
      expect(Math.abs(found - expected)).toBeLessThan(4 * Math.sqrt(expected))
    }
  })

  it('what comes does not depend on where the run ends', () => {
    const growth = { perYear_frac: 0.8, from_ms }
    const rates = { arrivals_perHour: always, season: everyMonth, growth }
    expect(perMonth(rates, 100, from_ms + 2000 * day_ms)).toEqual(perMonth(rates, 100))
  })
})
