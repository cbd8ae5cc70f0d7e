import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readOpenEvData } from '../../../io/formats/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { told } from '../test-support.ts'
import { run as catalogue } from './catalogue.ts'
import { run as match } from './match.ts'
import { run as simulate } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'anyplug-import-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pathOf = (name: string): string => join(folder, name)
function file(name: string, text: string): string {
  writeFileSync(pathOf(name), text)
  return pathOf(name)
}

const curve = [
  { percentage: 0, power: 100 },
  { percentage: 10, power: 135 },
  { percentage: 60, power: 110 },
  { percentage: 100, power: 10 },
]

const siteText = `version: 1
name: profiles
timezone: Europe/Berlin
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: 400 }
stations:
  - { id: post, product: alp_hyc_400 }
demand:
  sessions_perDay: 30
  profile: { weekday: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] }
  arrival: { mean_frac: 0.2 }
  target: { mean_frac: 0.8 }
  queue: { places: 2 }
  fleet: [{ vehicle: fast-90kwh, share_frac: 0.5 }, { vehicle: flat, share_frac: 0.5 }]
`

interface Car {
  readonly brand: string
  readonly model: string
  readonly [more: string]: unknown
}

function car(brand: string, model: string, more: object = {}, dc: object = {}): Car {
  const about = { vehicle_type: 'car', release_year: 2024, usable_battery_size: 77, charging_voltage: 400 }
  const dc_charger = { ports: ['ccs'], max_power: 135, charging_curve: curve, is_default_charging_curve: false, ...dc }
  return { brand, model, variant: '', ...about, ...more, dc_charger }
}

/** The data set as it is laid out: a record in every few lines. */
const dataSet = (...data: readonly object[]): string => JSON.stringify({ meta: {}, data }, null, 1)

const cars = [car('Škoda', 'Enyaq 85'), car('Škoda', 'Enyaq 85'), car('Kia', 'EV6', {}, { ports: ['ccs', 'chademo'] })]
const good = file('ev-data.json', dataSet(...cars))
const asked = (words: readonly string[], more: CommandInput = {}): CommandInput => {
  return { kind: 'import', words, format: 'open-ev-data', market: 'EU', ...more }
}

describe('anyplug catalogue import', () => {
  it('writes own records that load, are found and are matched with their curve', async () => {
    const out = pathOf('own')
    const { exitCode, out: said, err } = await told(catalogue, asked([good], { out }))
    expect([exitCode, err]).toEqual([0, []])
    expect(said).toBe(`3 vehicles with their curves in 3 files in ${out}; 0 of the data set left out`)
    const names = ['open-ev-data-kia.yaml', 'open-ev-data-skoda.yaml', 'open-ev-data.yaml']
    expect(readdirSync(out)).toEqual(names)
    const found = await told(catalogue, { kind: 'vehicles', words: ['enyaq'], catalogue: out })
    expect(found.out).toContain('skoda-enyaq-85-2024-2')
    const question = { vehicle: 'skoda-enyaq-85-2024', post: 'alp_hyc_400', catalogue: out, soc: '0.6', json: true }
    const answer = JSON.parse((await told(match, question)).out)
    expect(JSON.stringify(answer)).toContain('"power_kW":110')
    const shown = await told(catalogue, { kind: 'curves', words: ['skoda-enyaq-85-2024'], catalogue: out })
    expect(shown.out).toContain('Open EV Data (https://github.com/KilowattApp/open-ev-data)')
  })

  it('keeps every value: what is written reads back as what was read', async () => {
    const read = await readOpenEvData({ file: good, chunks: [readFileSync(good, 'utf8')] }, { market: 'NA' })
    const printed = await told(catalogue, asked([good], { market: 'NA' }))
    expect(read.ok && read.value).toEqual(parse(printed.out))
    expect(printed.out).toMatch(/^# Imported from Open EV Data/)
  })

  it('takes the vehicles that are wanted, and says when there are none', async () => {
    const { vehicles } = parse((await told(catalogue, asked([good, 'kia', 'EV6']))).out)
    expect(vehicles.map(({ id }: { id: string }) => id)).toEqual(['kia-ev6-2024'])
    const none = await told(catalogue, asked([good, 'rolls']))
    expect(none).toMatchObject({ exitCode: 1, out: '', codes: ['import.noWanted'] })
  })

  it('does not replace vehicles of the catalogue, nor files', async () => {
    const known = file('known.json', dataSet(car('VW', 'ID4 77', { release_year: 2021 }), car('VW', 'New')))
    const { vehicles } = parse((await told(catalogue, asked([known]))).out)
    expect(vehicles.map(({ id }: { id: string }) => id)).toEqual(['vw-id4-77-2021-2', 'vw-new-2024'])
    mkdirSync(pathOf('mine'))
    const mine = file('mine/open-ev-data-vw.yaml', 'mine')
    const { exitCode, codes } = await told(catalogue, asked([known], { out: pathOf('mine') }))
    expect([exitCode, codes, readdirSync(pathOf('mine'))]).toEqual([2, ['cli.file.exists'], ['open-ev-data-vw.yaml']])
    expect(readFileSync(mine, 'utf8')).toBe('mine')
  })

  it('leaves out what cannot be, with line and reason, and tells the first twenty', async () => {
    const wrong: readonly (readonly [object, string])[] = [
      [car('A', 'power', {}, { max_power: 135_000 }), 'import.outOfRange'],
      [car('A', 'battery', { usable_battery_size: -77 }), 'import.outOfRange'],
      [car('A', 'voltage', { charging_voltage: 0 }), 'import.outOfRange'],
      [car('A', 'year', { release_year: 24 }), 'import.outOfRange'],
      [car('A', 'unit', {}, { charging_curve: [curve[0], { percentage: 90, power: 1e9 }] }), 'import.noCurve'],
      [car('A', 'falls', {}, { charging_curve: curve.toReversed() }), 'import.noCurve'],
      [car('A', 'text', {}, { charging_curve: [curve[0], { percentage: '90', power: 1 }] }), 'import.noCurve'],
      [car('A', 'plug', {}, { ports: ['__proto__'] }), 'import.noPlug'],
      [car('A', 'bike', { vehicle_type: 'motorbike' }), 'import.noClass'],
      [{ ...car('A', 'x'), brand: null }, 'trace.noValue'],
    ]
    const text = dataSet(car('Good', 'one'), ...wrong.map(([one]) => one))
    const { exitCode, err, codes } = await told(catalogue, asked([file('some.json', text)]))
    expect([exitCode, codes]).toEqual([0, wrong.map(([, code]) => code)])
    const lines = text.split('\n')
    const begins = lines.flatMap((line, at) => (line === '  {' ? [at + 1] : [])).slice(1)
    expect(err.map((line) => Number(/:(\d+):3: /.exec(line)?.[1]))).toEqual(begins)
    const many = file(
      'many.json',
      dataSet(car('Good', 'one'), ...Array.from({ length: 30 }, () => wrong[0]?.[0] ?? {})),
    )
    expect((await told(catalogue, asked([many]))).err.at(-1)).toBe('warning import.left: 10 more vehicles left out')
  })

  const latin = pathOf('latin.json')
  writeFileSync(latin, Uint8Array.from([0x7b, 0xdf]))
  it.each<[string, CommandInput, string[]]>([
    ['no file', asked([]), ['import.noFile']],
    ['nothing but the word', { kind: 'import' }, ['import.noFile', 'import.needs']],
    ['no market', { kind: 'import', words: [good], format: 'open-ev-data' }, ['import.needs']],
    ['another format', asked([good], { format: 'csv' }), ['cli.notOneOf']],
    ['another market', asked([good], { market: 'JP' }), ['cli.notOneOf']],
    ['no plug', asked([good], { format: 'ev-profiles' }), ['import.needs']],
    ['another plug', asked([good], { format: 'ev-profiles', connector: 'ccs3' }), ['cli.notOneOf']],
    ['missing file', asked([pathOf('none.json')]), ['cli.file.missing']],
    ['a folder', asked([folder]), ['cli.file.isDirectory']],
    ['another file', asked([file('text.json', 'brand,model\n')]), ['trace.noRecords']],
    ['a part of it', asked([file('part.json', dataSet(...cars).slice(0, 900))]), ['workload.truncated']],
    ['no vehicles', asked([file('empty.json', dataSet())]), ['import.nothing']],
    ['not UTF-8', asked([latin]), ['document.notUtf8']],
    ['a file for a folder', asked([good], { out: good }), ['cli.file.notWritable']],
    ['a folder in none', asked([good], { out: pathOf('no/where') }), ['cli.file.notWritable']],
    [
      'options without it',
      { kind: 'vehicles', out: 'x', market: 'EU' },
      ['import.onlyWithImport', 'import.onlyWithImport'],
    ],
  ])('refuses %s', async (_, input, codes) => {
    expect(await told(catalogue, input)).toMatchObject({ exitCode: 2, out: '', codes })
  })
})

/** As src/assets/ev-profiles-template.json of the simulator is laid out. */
const profiles = [
  {
    ...{ id: 'fast 90kWh', weight: 1, batteryCapacityWh: 90_000, maxPowerW: 150_000 },
    ...{ initialSocPercentMin: 10, initialSocPercentMax: 40, powerFactor: 0.98, rampShape: 'sigmoid' },
    chargingCurve: [
      { socPercent: 80, powerFraction: 0.4 },
      { socPercent: 10, powerFraction: 0.8 },
      { socPercent: 50, powerFraction: 0.6 },
    ],
  },
  { id: 'flat', batteryCapacityWh: 40_000, maxPowerW: 50_000, chargingCurve: [{ socPercent: 30, powerFraction: 1 }] },
]

describe('EV profiles of charging station simulators', () => {
  const importOf = (file: string, more: CommandInput = {}): CommandInput =>
    asked([file], { format: 'ev-profiles', connector: 'ccs2', ...more })
  const fast = file('profiles.json', JSON.stringify({ profiles }))

  it('become classes with a shape, whose power is that of the profile at every state of charge', async () => {
    const { vehicles, curves } = parse((await told(catalogue, importOf(fast))).out)
    expect(vehicles[0]).toMatchObject({
      id: 'fast-90kwh',
      status: 'archetype',
      maxPower_kW: 120,
      pack: { usable_kWh: 90 },
    })
    expect(curves[0].points.map(([soc, share]: number[]) => [soc, Math.round((share ?? 0) * 1200) / 10])).toEqual([
      [0, 120],
      [0.1, 120],
      [0.5, 90],
      [0.8, 60],
      [1, 60],
    ])
    expect(curves[0].notes).toBe('weight 1, arrives with 10 to 40 %')
    expect(curves[1].points).toEqual([
      [0, 1],
      [0.3, 1],
      [1, 1],
    ])
  })

  it('load, match and come to a site', async () => {
    const out = pathOf('profiles')
    expect((await told(catalogue, importOf(fast, { out }))).exitCode).toBe(0)
    const question = { vehicle: 'fast-90kwh', post: 'alp_hyc_400', catalogue: out, soc: '0.5', json: true }
    expect(JSON.parse((await told(match, question)).out).power_kW).toBeCloseTo(90, 6)
    const site = file('hub.yaml', siteText)
    const { exitCode, codes, out: said } = await told(simulate, { site, days: '1', catalogue: out, json: true })
    expect([exitCode, codes]).toEqual([0, ['site.archetype', 'site.archetype']])
    expect(JSON.parse(said)).toMatchObject({ sessions: { refused: 0 }, byVehicle: { 'Profile flat': {} } })
  })

  it('are left out where they cannot be', async () => {
    const [first] = profiles
    const wrong = [
      { ...first, batteryCapacityWh: 90 },
      { ...first, maxPowerW: '150 kW' },
      { ...first, chargingCurve: [] },
      { ...first, chargingCurve: [{ socPercent: 0, powerFraction: 50 }] },
      { ...first, chargingCurve: [0, 0].map((socPercent) => ({ socPercent, powerFraction: 1 })) },
      { ...first, chargingCurve: [{ socPercent: 0, powerFraction: 0 }] },
    ]
    const mixed = file('mixed.json', JSON.stringify({ profiles: [...profiles, ...wrong] }))
    const { exitCode, codes } = await told(catalogue, importOf(mixed))
    const curves = ['import.noCurve', 'import.noCurve', 'import.noCurve', 'import.noCurve']
    expect([exitCode, codes]).toEqual([0, ['import.outOfRange', 'trace.notNumber', ...curves]])
  })
})
