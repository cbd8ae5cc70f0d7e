import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { CommandInput } from '../command-specs.ts'
import { told as toldBy } from '../test-support.ts'
import { run } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'anyplug-sessions-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pathOf = (name: string): string => join(folder, name)
function file(name: string, text: string): string {
  writeFileSync(pathOf(name), text)
  return pathOf(name)
}

const told = (input: CommandInput, signal?: AbortSignal) => toldBy(run, input, signal ? { signal } : {})

const demandHead = `  profile: { weekday: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] }
`
const fleet = `  arrival: { mean_frac: 0.2, sd_frac: 0.05 }
  queue: { places: 2 }
  fleet:
    - { vehicle: vw-id4-77-2021, share_frac: 1 }
`
const siteText = (demand: string): string => `version: 1
name: two posts
timezone: Europe/Berlin
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: 300 }
stations:
  - { id: post, count: 2, evses: [{ connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 150 }] }] }
demand:
${demand}${fleet}`
const site = file(
  'hub.yaml',
  siteText(`  sessions_perDay: 30\n${demandHead}  target: { mean_frac: 0.8, sd_frac: 0.05 }\n`),
)

const row = (day: number, kWh: string): string => `2024-03-0${day} 08:00,2024-03-0${day} 09:00,${kWh}\n`
const good = file('good.csv', `start,end,kWh\n${row(4, '20')}${row(5, '30')}`)
const replay = { site, sessions: good, format: 'csv', timezone: 'Europe/Berlin' }

describe('anyplug simulate --sessions', () => {
  it('replays the days of the recording and says how its vehicles were found', async () => {
    const { exitCode, out, err } = await told({ ...replay, json: true })
    expect([exitCode, err]).toEqual([0, []])
    expect(JSON.parse(out)).toMatchObject({
      ...{ from: '2024-03-03T23:00:00.000Z', to: '2024-03-05T23:00:00.000Z' },
      sessions: { arrived: 2, served: 2 },
      energyDelivered_kWh: expect.closeTo(50, 6),
      replayed: { byChance: 2 },
      recording: { file: good, sessions: 2, skipped: {} },
    })
    expect((await told(replay)).out).toContain('Recorded sessions')
  })

  it('takes a part with --from and --days', async () => {
    const { out } = await told({ ...replay, json: true, from: '2024-03-05', days: '1' })
    expect(JSON.parse(out)).toMatchObject({ sessions: { arrived: 1 }, energyDelivered_kWh: expect.closeTo(30, 6) })
    const nothing = await told({ ...replay, from: '2025-01-01' })
    expect(nothing).toMatchObject({ exitCode: 2, out: '', codes: ['trace.nothingInPeriod'] })
  })

  it.each([
    ['csv', {}],
    ['ocpi-cdr', {}],
    ['acn-data', {}],
  ])('what a run exports as %s can be replayed', async (format, more) => {
    const exported = pathOf(`run.${format}`)
    const first = await told({ site, days: '2', json: true, export: exported, exportFormat: format, ...more })
    const again = await told({ site, sessions: exported, format, json: true })
    const [before, after] = [first, again].map(({ out }) => JSON.parse(out))
    expect(after.sessions.arrived).toBe(before.sessions.served)
    expect(after.sessions.served).toBe(before.sessions.served)
    if (format === 'csv') expect(after.unserved_kWh).toBeCloseTo(0, 2)
  })

  it('what a run exports as a workload can be replayed as one', async () => {
    const exported = pathOf('run.json')
    const first = await told({ site, days: '2', json: true, export: exported, exportFormat: 'workload' })
    const again = await told({ workload: exported, json: true })
    expect(again.exitCode).toBe(0)
    expect(JSON.parse(again.out).sessions.served).toBe(JSON.parse(first.out).sessions.served)
  })

  it('fits a process, and its YAML is demand of a site file', async () => {
    const { exitCode, out } = await told({ ...replay, fit: true, fitOut: pathOf('fit.yaml'), days: '2', json: true })
    expect(exitCode).toBe(0)
    expect(JSON.parse(out).fitted).toMatchObject({ sessions: 2, days: 2, meanEnergy_kWh: 25, sessions_perDay: 1 })
    const lines = readFileSync(pathOf('fit.yaml'), 'utf8').trimEnd().split('\n')
    const fitted = file('fitted.yaml', siteText(`${lines.map((line) => `  ${line}`).join('\n')}\n`))
    expect(await told({ site: fitted, days: '1' })).toMatchObject({ exitCode: 0, err: [] })
  })

  it('names the recording in the report, not the arrivals of the site file', async () => {
    await told({ ...replay, report: pathOf('replay.html') })
    await told({ ...replay, fit: true, report: pathOf('fit.html'), days: '1' })
    const [replayed, fitted] = ['replay.html', 'fit.html'].map((name) => readFileSync(pathOf(name), 'utf8'))
    expect(replayed).toContain('2 sessions')
    expect(fitted).toContain('to 2 sessions on 2 days')
    for (const page of [replayed, fitted]) expect(page).toContain('good.csv')
  })

  it('takes a mapping from a line or a file', async () => {
    const sessions = file('eigen.csv', `Beginn;Ende;Menge\n04.03.2024 08:00;04.03.2024 09:00;20,5\n`)
    const map = file('map.yaml', 'arrive: Beginn\ndepart: Ende\nenergy: Menge\ndecimal: comma\n')
    const columns = ['arrive=Beginn,depart=Ende,energy=Menge,decimal=comma', map]
    for (const one of columns) {
      const { out } = await told({ ...replay, sessions, columns: one, json: true })
      expect(JSON.parse(out).energyDelivered_kWh).toBeCloseTo(20.5, 6)
    }
  })

  it('tells rows it leaves out with their line, and goes on', async () => {
    const sessions = file('some.csv', `start,end,kWh\n${row(4, '20')}${row(4, '-1')}`)
    const { exitCode, err } = await told({ ...replay, sessions })
    expect(exitCode).toBe(0)
    expect(err).toEqual([`${sessions}:3:1: warning trace.negativeEnergy: negative energy: -1 kWh`])
    const { out } = await told({ ...replay, sessions, json: true })
    expect(JSON.parse(out).recording.skipped).toEqual({ 'trace.negativeEnergy': 1 })
  })

  it('an interrupt ends the reading', async () => {
    const interrupted = AbortSignal.abort()
    expect(await told(replay, interrupted)).toMatchObject({ exitCode: 130, out: '' })
  })
})

describe('bad recordings and command lines: nothing is simulated', () => {
  mkdirSync(pathOf('folder'))
  const wattHours = file('wh.csv', `start,end,kWh\n${row(4, '20000')}`)
  const latin = pathOf('latin.csv')
  writeFileSync(latin, Uint8Array.from([...'start,end,kWh,Stra'].map((one) => one.charCodeAt(0)).concat(0xdf, 10)))
  it.each<[string, CommandInput, string[]]>([
    ['no such file', { ...replay, sessions: pathOf('none.csv') }, ['cli.file.missing']],
    ['a folder', { ...replay, sessions: pathOf('folder') }, ['cli.file.isDirectory']],
    ['no format', { site, sessions: good }, ['trace.noFormat']],
    ['unknown format', { site, sessions: good, format: 'cvs' }, ['cli.notOneOf']],
    [
      'all at once',
      { ...replay, timezone: 'Mars', energyUnit: 'J', seed: 'x' },
      ['cli.notANumber', 'cli.notOneOf', 'trace.notATimezone'],
    ],
    [
      'options of other formats',
      { ...replay, format: 'workload', columns: 'a=b' },
      ['trace.optionFormat', 'trace.optionFormat'],
    ],
    ['no zone', { site, sessions: good, format: 'csv' }, ['trace.noTimezone']],
    ['wrong format', { site, sessions: good, format: 'ocpi-cdr' }, ['trace.noRecords']],
    ['wrong unit', { ...replay, sessions: wattHours }, ['trace.unitTooLarge']],
    ['wrong unit stated', { ...replay, energyUnit: 'Wh' }, ['trace.unitTooSmall']],
    ['not UTF-8', { ...replay, sessions: latin }, ['document.notUtf8']],
    ['mapping', { ...replay, columns: 'energie=kWh,dates=ymd' }, ['document.unknownKey', 'document.notOneOf']],
    ['mapping file', { ...replay, columns: pathOf('none.yaml') }, ['cli.file.missing']],
    ['mapping to nothing', { ...replay, columns: 'energy=kW' }, ['trace.noSuchColumn']],
    ['fit without', { site, fit: true }, ['trace.onlyWithSessions']],
    ['format without', { site, format: 'csv', columns: 'a=b' }, ['trace.onlyWithSessions', 'trace.onlyWithSessions']],
    ['export format without', { site, exportFormat: 'csv' }, ['trace.onlyWithExport']],
    ['of a workload', { workload: good, sessions: good }, ['cli.onlyWithSite']],
    ['export to a folder', { ...replay, export: pathOf('folder') }, ['cli.file.isDirectory']],
    ['fit to a folder', { ...replay, fit: true, fitOut: pathOf('folder') }, ['cli.file.isDirectory']],
  ])('%s', async (_, input, codes) => {
    expect(await told(input)).toMatchObject({ exitCode: 2, out: '', codes })
  })
})
