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
    expect(none).toMatchObject({ exitCode: 1, out: '', codes: ['openEvData.noWanted'] })
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
      [car('A', 'power', {}, { max_power: 135_000 }), 'openEvData.outOfRange'],
      [car('A', 'battery', { usable_battery_size: -77 }), 'openEvData.outOfRange'],
      [car('A', 'voltage', { charging_voltage: 0 }), 'openEvData.outOfRange'],
      [car('A', 'year', { release_year: 24 }), 'openEvData.outOfRange'],
      [car('A', 'unit', {}, { charging_curve: [curve[0], { percentage: 90, power: 1e9 }] }), 'openEvData.noCurve'],
      [car('A', 'falls', {}, { charging_curve: curve.toReversed() }), 'openEvData.noCurve'],
      [car('A', 'text', {}, { charging_curve: [curve[0], { percentage: '90', power: 1 }] }), 'openEvData.noCurve'],
      [car('A', 'plug', {}, { ports: ['__proto__'] }), 'openEvData.noPlug'],
      [car('A', 'bike', { vehicle_type: 'motorbike' }), 'openEvData.noClass'],
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
    expect((await told(catalogue, asked([many]))).err.at(-1)).toBe('warning openEvData.left: 10 more vehicles left out')
  })

  const latin = pathOf('latin.json')
  writeFileSync(latin, Uint8Array.from([0x7b, 0xdf]))
  it.each<[string, CommandInput, string[]]>([
    ['no file', asked([]), ['openEvData.noFile']],
    ['nothing but the word', { kind: 'import' }, ['openEvData.noFile', 'openEvData.needs', 'openEvData.needs']],
    ['other format and market', asked([good], { format: 'csv', market: 'JP' }), ['cli.notOneOf', 'cli.notOneOf']],
    ['missing file', asked([pathOf('none.json')]), ['cli.file.missing']],
    ['a folder', asked([folder]), ['cli.file.isDirectory']],
    ['another file', asked([file('text.json', 'brand,model\n')]), ['trace.noRecords']],
    ['a part of it', asked([file('part.json', dataSet(...cars).slice(0, 900))]), ['workload.truncated']],
    ['no vehicles', asked([file('empty.json', dataSet())]), ['openEvData.nothing']],
    ['not UTF-8', asked([latin]), ['document.notUtf8']],
    ['a file for a folder', asked([good], { out: good }), ['cli.file.notWritable']],
    ['a folder in none', asked([good], { out: pathOf('no/where') }), ['cli.file.notWritable']],
    [
      'options without it',
      { kind: 'vehicles', out: 'x', market: 'EU' },
      ['openEvData.onlyWithImport', 'openEvData.onlyWithImport'],
    ],
  ])('refuses %s', async (_, input, codes) => {
    expect(await told(catalogue, input)).toMatchObject({ exitCode: 2, out: '', codes })
  })
})
