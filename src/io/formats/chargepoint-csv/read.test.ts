import { describe, expect, it } from 'vitest'
import type { ColumnMap } from '../sessions/source.ts'
import { says, sessionsOf } from '../sessions/test-support.ts'

const denver = { timezone: 'America/Denver' }
const at = (text: string): number => Date.parse(text)

/** The shape cities publish: title case headers, local times, hours beyond a day, plug types. */
const city = `Station Name,Start Date & Time,End Date & Time,Total Duration (hh:mm:ss),Charging Time (hh:mm:ss),Energy (kWh),Port Type,Plug Type,Plug In Event Id
North lot,1/31/2024 23:05,2/2/2024 6:20,31:15:00,2:10:00,"1,014.5",DC,CHAdeMO,77
"Lot, south",2/1/2024 8:00,2/1/2024 8:45,0:45:00,0:40:00,18.25,DC,J1772 Combo,78
`

describe('the CSV of cities and charging networks', () => {
  it('reads headers, quotes, thousands, durations above a day and local times', async () => {
    expect(await sessionsOf('csv', city, denver)).toEqual([
      {
        id: '77',
        arrive_ms: at('2024-02-01T06:05:00Z'),
        depart_ms: at('2024-02-02T13:20:00Z'),
        chargingEnd_ms: at('2024-02-01T08:15:00Z'),
        energy_kWh: 1014.5,
        evse: 'North lot',
        connector: 'CHAdeMO',
      },
      {
        id: '78',
        arrive_ms: at('2024-02-01T15:00:00Z'),
        depart_ms: at('2024-02-01T15:45:00Z'),
        chargingEnd_ms: at('2024-02-01T15:40:00Z'),
        energy_kWh: 18.25,
        evse: 'Lot, south',
        connector: 'J1772 Combo',
      },
    ])
  })

  it.each([
    [
      'underscores, zone in the text',
      'Start_Date___Time,End_Date___Time,Energy__kWh_\n2021/09/14 12:23:00+00,2021/09/14 13:00:00+00,9\n',
    ],
    ['zone column', 'Start Date,Start Time Zone,End Date,Energy (kWh)\n9/14/2021 5:23 AM,PDT,9/14/2021 6:00 AM,9\n'],
    ['date and time apart', 'Start Date,Start Time,End Date,End Time,Total kWh\n14/09/2021,13:23,14/09/2021,14:00,9\n'],
    ['semicolons', 'start;end;kwh\n2021-09-14 13:23;2021-09-14 14:00;9.0\n'],
    ['tabs and a duration', 'start\tduration\tkwh\n14.09.2021 13:23\t0:37:00\t9\n'],
    [
      'byte order mark, line ends of Windows, blank lines',
      '\uFEFFstart,end,kwh\r\n2021-09-14 13:23,2021-09-14 14:00,9\r\n\r\n',
    ],
    ['old line ends', 'start,end,kwh\r2021-09-14 13:23,2021-09-14 14:00,9\r'],
    ['no last line end', 'start,end,kwh\n2021-09-14T12:23:00Z,2021-09-14T13:00:00Z,9'],
    ['unit in the header', 'start,end,Energy (Wh)\n2021-09-14 13:23,2021-09-14 14:00,9000\n'],
    [
      'R users',
      'Session,ConnectionStartDateTime,ConnectionEndDateTime,Energy\nS1,2021-09-14 13:23:00,2021-09-14 14:00:00,9\n',
    ],
  ])('%s', async (_, text) => {
    const [session] = await sessionsOf('csv', text, {
      timezone: text.includes('PDT') ? 'America/Los_Angeles' : 'Europe/London',
    })
    expect(session).toMatchObject({
      arrive_ms: at('2021-09-14T12:23:00Z'),
      depart_ms: at('2021-09-14T13:00:00Z'),
      energy_kWh: 9,
    })
  })

  it('takes the zone of a column where none is given', async () => {
    const text = 'Start Date,Start Time Zone,End Date,Energy (kWh)\n9/14/2021 5:23,PDT,9/14/2021 6:00,9\n'
    expect((await sessionsOf('csv', text))[0]?.arrive_ms).toBe(at('2021-09-14T12:23:00Z'))
  })

  it('follows a mapping: decimal comma, day first, joined columns, watt-hours', async () => {
    const text = 'Tag;Uhr;Ende;Menge\n02.03.2024;08:00;02.03.2024 09:00;"12.500,5"\n'
    const columns: ColumnMap = { columns: { arrive: 'Tag+Uhr', depart: 'Ende', energy: 'Menge' }, decimal: 'comma' }
    const [session] = await sessionsOf('csv', text, { timezone: 'Europe/Berlin', columns, energyUnit: 'Wh' })
    expect(session).toMatchObject({ arrive_ms: at('2024-03-02T07:00:00Z'), energy_kWh: 12.5005 })
  })

  it('finds the order of day and month in the first rows', async () => {
    const head = 'start,end,kwh\n3/4/2024 8:00,3/4/2024 9:00,9\n'
    const [first] = await sessionsOf('csv', `${head}25/4/2024 8:00,25/4/2024 9:00,9\n`, { timezone: 'UTC' })
    expect(first?.arrive_ms).toBe(at('2024-04-03T08:00:00Z'))
    const [other] = await sessionsOf('csv', `${head}4/25/2024 8:00,4/25/2024 9:00,9\n`, { timezone: 'UTC' })
    expect(other?.arrive_ms).toBe(at('2024-03-04T08:00:00Z'))
  })

  it('reads state of charge as share or percent', async () => {
    const text =
      'start,end,kwh,Start SOC\n2024-01-01 08:00,2024-01-01 09:00,9,25%\n2024-01-01 09:00,2024-01-01 10:00,9,0.4\n'
    const sessions = await sessionsOf('csv', text, { timezone: 'UTC' })
    expect(sessions.map(({ soc_frac }) => soc_frac)).toEqual([0.25, 0.4])
  })
})

describe('clocks that are set', () => {
  const rows = (...lines: string[]): string => ['start,end,kwh,duration', ...lines, ''].join('\n')

  it('a time that comes twice is the one that fits duration or end', async () => {
    const text = rows(
      '2024-11-03 01:30,2024-11-03 02:10,9,1:40:00',
      '2024-11-03 01:30,2024-11-03 01:50,9,',
      '2024-11-03 01:50,2024-11-03 01:10,9,',
    )
    const stays = (await sessionsOf('csv', text, denver)).map(({ arrive_ms, depart_ms }) => [arrive_ms, depart_ms])
    expect(stays).toEqual([
      [at('2024-11-03T07:30:00Z'), at('2024-11-03T09:10:00Z')],
      [at('2024-11-03T07:30:00Z'), at('2024-11-03T07:50:00Z')],
      [at('2024-11-03T07:50:00Z'), at('2024-11-03T08:10:00Z')],
    ])
    expect(await says('csv', text, denver)).toEqual(['ok', 'trace.repeated'])
  })

  it('a time that never was is left out', async () => {
    const text = rows('2024-03-10 02:30,2024-03-10 04:00,9,', '2024-03-11 02:30,2024-03-11 04:00,9,')
    expect(await says('csv', text, denver)).toEqual(['ok', '2:1 trace.inGap'])
  })
})

const good = '2024-01-01 12:00,2024-01-01 13:00,20'

/** Rows that cannot be, beside a good one. */
describe('rows that cannot be used', () => {
  it.each([
    ['negative energy', '2024-01-01 08:00,2024-01-01 09:00,-3', 'trace.negativeEnergy'],
    ['no energy', '2024-01-01 08:00,2024-01-01 09:00,0', 'trace.noEnergy'],
    ['no value', '2024-01-01 08:00,2024-01-01 09:00,', 'trace.noValue'],
    ['no start', ',2024-01-01 09:00,8', 'trace.noValue'],
    ['no number', '2024-01-01 08:00,2024-01-01 09:00,many', 'trace.notNumber'],
    ['infinite', '2024-01-01 08:00,2024-01-01 09:00,Infinity', 'trace.notNumber'],
    ['hexadecimal', '2024-01-01 08:00,2024-01-01 09:00,0x10', 'trace.notNumber'],
    ['decimal comma', '2024-01-01 08:00,2024-01-01 09:00,"12,5"', 'trace.decimalComma'],
    ['end before start', '2024-01-01 09:00,2024-01-01 08:00,8', 'trace.endBeforeStart'],
    ['zero length', '2024-01-01 09:00,2024-01-01 09:00,8', 'trace.zeroLength'],
    ['more than a year', '2024-01-01 09:00,2026-01-01 09:00,8', 'trace.tooLong'],
    ['last century', '1970-01-01 09:00,1970-01-01 10:00,8', 'trace.farDate'],
    ['more than any plug gives', '2024-01-01 08:00,2024-01-01 08:01,100', 'trace.abovePower'],
    ['more than any battery takes', '2024-01-01 08:00,2024-01-01 18:00,5000', 'trace.aboveBattery'],
    ['no date', 'yesterday,2024-01-01 09:00,8', 'trace.notMoment'],
    ['date without time', '2024-01-01,2024-01-01 09:00,8', 'trace.notMoment'],
    ['30 February', '2024-02-30 08:00,2024-03-01 09:00,8', 'trace.notMoment'],
    ['minute 75', '2024-01-01 08:75,2024-01-01 09:00,8', 'trace.notMoment'],
    ['13 pm', '2024-01-01 13:00 PM,2024-01-01 14:00,8', 'trace.notMoment'],
    ['unclear zone', '2024-01-01 08:00 CST,2024-01-01 09:00,8', 'trace.zoneUnclear'],
    ['too few values', '2024-01-01 08:00,8', 'trace.rowLength'],
    ['too many values', '2024-01-01 08:00,2024-01-01 09:00,8,9', 'trace.rowLength'],
    ['quote inside', '2024-01-01 08:00,"2024-01-01 09:00" sharp,8', 'trace.brokenQuotes'],
  ])('%s', async (_, row, code) => {
    expect(await says('csv', `start,end,kwh\n${good}\n${row}\n`, { timezone: 'UTC' })).toEqual(['ok', `3:1 ${code}`])
  })

  it('a line is counted by lines of the file, also inside quotes', async () => {
    const text = `start,end,kwh,evse\n${good},"two\nlines"\n${good},ok\n2024-01-01 08:00,2024-01-01 09:00,-1,x\n`
    expect(await says('csv', text, { timezone: 'UTC' })).toEqual(['ok', '5:1 trace.negativeEnergy'])
  })

  it('twice the same session, more than the recorded power, a wrong duration', async () => {
    const text = `id,start,end,kwh,power,duration\na,${good},50,\na,${good},50,\nb,${good},11,\nc,${good},50,an hour\n`
    const expected = ['ok', '3:1 trace.duplicateId', '4:1 trace.abovePower', '5:1 trace.notDuration']
    expect(await says('csv', text, { timezone: 'UTC' })).toEqual(expected)
  })

  it('twenty are shown, the others counted by reason', async () => {
    const bad = Array.from({ length: 30 }, (_, n) => `2024-01-01 08:00,2024-01-01 09:00,${n % 2 === 0 ? -1 : 0}`)
    const told = await says('csv', `start,end,kwh\n${good}\n${bad.join('\n')}\n`, { timezone: 'UTC' })
    expect(told).toHaveLength(1 + 20 + 2)
    expect(told.slice(-2)).toEqual(['trace.negativeEnergy.count', 'trace.noEnergy.count'])
  })
})

describe('files that are no recording', () => {
  const utc = { timezone: 'UTC' }
  it.each([
    ['empty', '', utc, ['1:1 document.empty']],
    ['blank', '\n\n', utc, ['1:1 document.empty']],
    ['only a header', 'start,end,kwh\n', utc, ['trace.noSessions']],
    ['missing columns, all at once', 'begin,finish\n1,2\n', utc, ['1:1 trace.missingColumns']],
    ['no zone', `start,end,kwh\n${good}\n`, {}, ['2:1 trace.noTimezone']],
    ['order of dates', 'start,end,kwh\n3/4/2024 8:00,3/4/2024 9:00,9\n', utc, ['2:1 trace.dateOrder']],
    [
      'order of dates and zone',
      'start,end,kwh\n3/4/2024 8:00,3/4/2024 9:00,9\n',
      {},
      ['2:1 trace.dateOrder', '2:1 trace.noTimezone'],
    ],
    [
      'nothing usable',
      'start,end,kwh\n2024-01-01 08:00,2024-01-01 09:00,-3\n',
      utc,
      ['trace.nothingUsable', '2:1 trace.negativeEnergy'],
    ],
    ['watt-hours', 'start,end,kwh\n2024-01-01 08:00,2024-01-01 09:00,20000\n', utc, ['trace.unitTooLarge']],
    ['megawatt-hours', 'start,end,kwh\n2024-01-01 08:00,2024-01-01 09:00,0.02\n', utc, ['trace.unitTooSmall']],
    ['binary', 'start,end,kwh\n\u0000\u0001,2,3\n', utc, ['document.binary']],
    ['a quote that never closes', `start,end,kwh\n"${'x'.repeat(1 << 20)}\n`, utc, ['2:1 trace.rowTooLong']],
    [
      'nothing in the period',
      `start,end,kwh\n${good}\n`,
      { ...utc, from_ms: at('2025-01-01T00:00:00Z') },
      ['trace.nothingInPeriod'],
    ],
  ])('%s', async (_, text, options, expected) => {
    expect(await says('csv', text, options)).toEqual(expected)
  })

  it('names of a mapping that are not there, all at once and beside missing ones', async () => {
    const columns: ColumnMap = { columns: { arrive: 'Begin', depart: 'Ende' } }
    const told = await says('csv', 'begin,ends,amount\n1,2,3\n', { timezone: 'UTC', columns })
    expect(told).toEqual(['1:1 trace.noSuchColumn', '1:1 trace.missingColumns'])
  })
})
