import { describe, expect, it } from 'vitest'
import type { CommandInput } from './command-specs.ts'
import { OptionReader } from './options.ts'
import { readPeriod } from './period.ts'

function period(input: CommandInput, timezone = 'Europe/Berlin') {
  const read = new OptionReader(input)
  return { ...readPeriod(read, timezone), codes: read.problems.map(({ code }) => code) }
}

describe('period', () => {
  it('starts at local midnight', () => {
    const { from_ms, duration_s, date } = period({ from: '2026-01-01', days: '2' })
    expect(new Date(from_ms).toISOString()).toBe('2025-12-31T23:00:00.000Z')
    expect(duration_s).toBe(2 * 86_400)
    expect(date).toBe('2026-01-01')
  })

  it('is an hour shorter where summer time begins', () => {
    expect(period({ from: '2026-03-29', to: '2026-03-30' }).duration_s).toBe(23 * 3600)
    expect(period({ from: '2026-10-25T00:00', to: '2026-10-26' }).duration_s).toBe(25 * 3600)
  })

  it('is a week from a fixed Monday without options', () => {
    const { from_ms, duration_s, codes } = period({}, 'UTC')
    expect(new Date(from_ms).toISOString()).toBe('2026-06-01T00:00:00.000Z')
    expect(duration_s).toBe(7 * 86_400)
    expect(codes).toEqual([])
  })

  it.each(['2026-02-30', '2026', '06/01/2026', '2026-06-01T25:00', 'tomorrow', '2026-06-01 06:00'])(
    'refuses %j',
    (from) => {
      expect(period({ from }).codes).toEqual(['cli.notADate'])
    },
  )

  it('refuses an end before the start, and days together with an end', () => {
    expect(period({ from: '2026-06-02', to: '2026-06-02' }).codes).toEqual(['cli.outOfRange'])
    expect(period({ from: '2026-06-02', to: '2026-06-03', days: '3' }).codes).toEqual(['cli.notTogether'])
  })
})
