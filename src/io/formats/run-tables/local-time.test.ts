import { describe, expect, it } from 'vitest'
import { LocalTime, localPeriod } from './local-time.ts'

describe('local time', () => {
  it('follows the clocks of the zone over a change of them', () => {
    const week = { from: '2026-03-22T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' }
    expect(localPeriod(week, 'Europe/Berlin')).toEqual({
      from: '2026-03-23T00:00:00+01:00',
      to: '2026-03-30T00:00:00+02:00',
    })
  })

  it('knows offsets of parts of an hour', () => {
    expect(new LocalTime('Asia/Kathmandu').text(0)).toBe('1970-01-01T05:30:00+05:30')
    expect(new LocalTime('Asia/Kathmandu').text(Date.UTC(2026, 0, 1))).toBe('2026-01-01T05:45:00+05:45')
  })
})
