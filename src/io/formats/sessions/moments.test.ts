import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, it } from 'vitest'
import { isReason, MomentReader, orderShown } from './moments.ts'
import { isTimezone, ZoneTable } from './zone.ts'

const zones = [
  'UTC',
  'Europe/Berlin',
  'America/Denver',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Apia',
]

describe('local times of a zone', () => {
  it('are the moments Temporal gives, none in gaps and two in repeats', () => {
    const local = fc.record({ minute: fc.integer({ min: 0, max: 60 * 365 * 1440 }), zone: fc.constantFrom(...zones) })
    const tables = new Map(zones.map((zone) => [zone, new ZoneTable(zone)]))
    const check = (local_ms: number, zone: string): void => {
      const plain = Temporal.Instant.fromEpochMilliseconds(local_ms).toZonedDateTimeISO('UTC').toPlainDateTime()
      const [earlier, later] = (['earlier', 'later'] as const).map((disambiguation) =>
        plain.toZonedDateTime(zone, { disambiguation }),
      )
      const moments = [earlier, later]
        .filter((one) => one?.toPlainDateTime().equals(plain))
        .map((one) => one?.epochMilliseconds)
      expect(tables.get(zone)?.moments_ms(local_ms)).toEqual([...new Set(moments)])
    }
    fc.assert(
      fc.property(local, ({ minute, zone }) => check(Date.UTC(1991, 0, 1) + minute * 60_000, zone)),
      { numRuns: 2000 },
    )
    for (let minute = 0; minute < 240; minute += 10) {
      check(Date.UTC(2024, 2, 10) + minute * 60_000, 'America/Denver')
      check(Date.UTC(2024, 10, 3) + minute * 60_000, 'America/Denver')
    }
  })

  it('names that are none', () => {
    expect(['Europe/Berlin', 'UTC', 'Mars/Olympus', ''].map(isTimezone)).toEqual([true, true, false, false])
  })
})

describe('moments as they are written', () => {
  const reader = new MomentReader('Europe/Berlin', 'dmy')
  const iso = (text: string): string => {
    const read = reader.read(text, 'x')
    return isReason(read) ? read.code : read.map((time_ms) => new Date(time_ms).toISOString()).join()
  }

  it.each([
    ['2024-01-31T08:05:06.789Z', '2024-01-31T08:05:06.789Z'],
    ['2024-01-31 08:05:06+0530', '2024-01-31T02:35:06.000Z'],
    ['2024/1/31 8:05', '2024-01-31T07:05:00.000Z'],
    ['31.1.2024, 08:05', '2024-01-31T07:05:00.000Z'],
    ['3/1/2024 12:05 AM', '2024-01-02T23:05:00.000Z'],
    ['3/1/2024 12:05 p.m.', '2024-01-03T11:05:00.000Z'],
    ['Wed, 31 Jan 2024 08:05:06 GMT', '2024-01-31T08:05:06.000Z'],
    ['31 Jan 2024 08:05', '2024-01-31T07:05:00.000Z'],
    ['2024-02-29 00:00', '2024-02-28T23:00:00.000Z'],
    ['2023-02-29 00:00', 'trace.notMoment'],
    ['2024-13-01 00:00', 'trace.notMoment'],
    ['2024-00-01 00:00', 'trace.notMoment'],
    ['2024-01-01 24:00', 'trace.notMoment'],
    ['31 Feb 2024 08:05', 'trace.notMoment'],
    ['45321.5', 'trace.notMoment'],
    ['2024-03-31 02:30', 'trace.inGap'],
    ['2024-01-31 08:05 IST', 'trace.zoneUnclear'],
    ['2024-01-31 08:05+99:00', 'trace.zoneUnclear'],
  ])('%s', (text, expected) => {
    expect(iso(text)).toBe(expected)
  })

  it('what a date shows of the order of day and month', () => {
    expect(['13/14/2026 13:00', '2/32/2026'].map(orderShown)).toEqual([null, null])
    expect(['31/1/2024 8:00', '1/31/2024', '1/2/2024', '2024-01-31', '31.1.2024'].map(orderShown)).toEqual([
      'dmy',
      'mdy',
      'either',
      null,
      null,
    ])
  })
})
