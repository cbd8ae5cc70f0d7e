import { describe, expect, test } from 'vitest'
import { readWeather } from './index.ts'

const read = (text: string, timezone = 'Europe/Berlin') => readWeather({ file: 'air.csv', chunks: [text] }, timezone)

/** `line code` of everything wrong. */
async function told(text: string): Promise<string[]> {
  const checked = await read(text)
  return checked.ok ? [] : checked.problems.map(({ at, code }) => `${at?.line} ${code}`)
}

const hour_ms = 3_600_000
const pad = (value: number) => String(value).padStart(2, '0')

/** A line for each hour of a year, with the hour of the year as tenths of a degree. */
function year(line: (month: string, day: string, hour: number, degC: number) => string): string {
  return Array.from({ length: 8760 }, (_, at) => {
    const date = new Date(Date.UTC(2001, 0) + at * hour_ms)
    return line(pad(date.getUTCMonth() + 1), pad(date.getUTCDate()), date.getUTCHours(), (at % 100) / 10)
  }).join('\n')
}

describe('CSV', () => {
  test('moments with a zone, and by the clock of the site', async () => {
    const checked = await read('temperature_degC;time\n-3.5;2026-01-01T00:00Z\n4;2026-01-01 02:00\n')
    expect(checked).toMatchObject({
      ok: true,
      value: { times_ms: [Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1, 1)], temperature_degC: [-3.5, 4], typical: null },
    })
  })

  test('the hour that comes twice comes twice', async () => {
    const checked = await read('time,temperature_degC\n2026-10-25 02:00,1\n2026-10-25 02:00,2\n2026-10-25 03:00,3\n')
    expect(checked.ok && checked.value.times_ms.map((time_ms) => new Date(time_ms).getUTCHours())).toEqual([0, 1, 2])
  })

  test('every bad row is told with its line', async () => {
    const rows = [
      '2026-01-01T00:00Z,1',
      '2026-01-01T01:00Z,',
      'noon,3',
      '2026-01-01T02:00Z,warm',
      '2026-01-01T03:00Z,480',
    ]
    const late = ['2026-01-01T03:00Z,2', '2026-01-01T02:00Z,3', '2026-03-29 02:30,3', '2026-04-01T02:00Z,"4', '']
    expect(await told(['time,temperature_degC', ...rows, ...late].join('\n'))).toEqual([
      '3 trace.noValue',
      '4 trace.notMoment',
      '5 trace.notNumber',
      '6 weather.notLikely',
      '8 weather.notRising',
      '9 trace.inGap',
      '10 trace.brokenQuotes',
    ])
  })

  test('many bad rows are counted; files that are none are told', async () => {
    const many = Array.from({ length: 30 }, (_, at) => `2026-01-01T00:${pad(at)}Z,hot`)
    expect((await told(['time,temperature_degC', ...many].join('\n'))).at(-1)).toBe('0 weather.more')
    expect(await told('when,what\n1,2\n')).toEqual(['1 weather.form'])
    expect(await told('')).toEqual(['1 weather.form'])
    expect(await told('time,temperature_degC\n2026-01-01T00:00Z,1\n')).toEqual(['0 weather.tooFew'])
  })
})

describe('typical years', () => {
  const epwHead = (zone: string) =>
    [
      `LOCATION,Madrid,-,ESP,SWEC,082210,40.45,-3.55,${zone},582.0`,
      'DESIGN CONDITIONS,0',
      'COMMENTS 1,"all, of it"',
      'DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31',
    ].join('\n')
  const epwRows = year((month, day, hour, degC) => `1999,${month},${day},${hour + 1},60,?9?9,${degC},-2.0,60`)

  test('EPW: hours end, by the clock of its header', async () => {
    const checked = await read(`${epwHead('1.0')}\n${epwRows}`)
    expect(checked.ok && checked.value.typical).toEqual({ offset_min: 60 })
    expect(checked.ok && [checked.value.times_ms.at(0), checked.value.times_ms.at(-1)]).toEqual([
      hour_ms,
      8760 * hour_ms,
    ])
    expect(checked.ok && checked.value.temperature_degC.slice(0, 3)).toEqual([0, 0.1, 0.2])
  })

  test('EPW: without its clock, with a missing value, cut', async () => {
    expect(await told(`${epwHead('')}\n${epwRows}`)).toEqual(['1 weather.noOffset'])
    expect(await told(`${epwHead('1')}\n${epwRows.replace('?9?9,0.5', '?9?9,99.9')}`)).toEqual(['10 weather.notLikely'])
    expect(await told(`${epwHead('1')}\n${epwRows.split('\n').slice(0, 744).join('\n')}`)).toEqual([
      '0 weather.notWholeYear',
    ])
  })

  test('TMY3: years differ from month to month, hours end', async () => {
    const head =
      '703165,"SAND POINT",AK,-9.0,55.317,-160.517,7\nDate (MM/DD/YYYY),Time (HH:MM),ETR (W/m^2),Dry-bulb (C)'
    const rows = year(
      (month, day, hour, degC) => `${month}/${day}/${1990 + Number(month)},${pad(hour + 1)}:00,0,${degC}`,
    )
    const checked = await read(`${head}\n${rows}`)
    expect(checked.ok && checked.value.typical).toEqual({ offset_min: -540 })
    expect(checked.ok && checked.value.times_ms.length).toBe(8760)
    expect(checked.ok && checked.value.temperature_degC[101]).toBe(0.1)
  })

  test('PVGIS: text before and after its table', async () => {
    const head = 'Latitude (decimal degrees): 45.000\nmonth,year\n1,2018\n2,2007\n\ntime(UTC),T2m,RH'
    const rows = year((month, day, hour, degC) => `20${month}${month}${day}:${pad(hour)}00,${degC},94`)
    const checked = await read(
      `${head}\n${rows}\n\nT2m: 2-m air temperature (degree Celsius)\nRH: relative humidity (%)\n`,
    )
    expect(checked.ok && checked.value.typical).toEqual({ offset_min: 0 })
    expect(checked.ok && checked.value.times_ms.at(-1)).toBe(8759 * hour_ms)
  })
})
