import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { CommandInput } from '../command-specs.ts'
import { told } from '../test-support.ts'
import { run as compare } from './compare.ts'
import { run as simulate } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'anyplug-many-'))
afterAll(() => rmSync(folder, { recursive: true }))

const pathOf = (name: string): string => join(folder, name)
function file(name: string, text: string): string {
  writeFileSync(pathOf(name), text)
  return pathOf(name)
}

const chademo = ', { connectors: [{ connector: chademo, maxVoltage_V: 500, maxCurrent_A: 125, maxPower_kW: 50 }] }'
/** A post for CCS2 and one for CHAdeMO, and a car for each. */
const both = `version: 1
name: Two plugs
timezone: Europe/Berlin
location: { latitude_deg: 48, longitude_deg: 11, country: DE }
currency: EUR
grid: { import_kW: 300 }
stations:
  - { id: post, count: 2, evses: [{ connectors: [{ connector: ccs2, maxVoltage_V: 920, maxPower_kW: 150 }] }${chademo}] }
demand:
  sessions_perDay: 30
  profile: { weekday: [1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1] }
  arrival: { mean_frac: 0.2, sd_frac: 0.1 }
  target: { mean_frac: 0.8 }
  queue: { places: 2 }
  fleet:
    - { vehicle: vw-id4-77-2021, share_frac: 0.5 }
    - { vehicle: nissan-leaf-40-2018, share_frac: 0.5, usable_kWh: 36 }
`
const site = file('both.yaml', both)
const narrow = file('narrow.yaml', both.replace('import_kW: 300', 'import_kW: 60'))
const ccsOnly = file('ccs.yaml', both.replace(chademo, '').replace('sessions_perDay: 30', 'sessions_perDay: 3'))
const otherFleet = file('fleet.yaml', both.replace('mean_frac: 0.2,', 'mean_frac: 0.3,'))

const days = [4, 5, 6].map((day) => `2024-03-0${day}`)
const rows = days.flatMap((day) =>
  ['07', '09', '11', '13', '15', '17', '19'].map((hour) => `${day} ${hour}:00,${day} ${hour}:50,15`),
)
const sessions = file('good.csv', `start,end,kWh\n${rows.join('\n')}\n`)
const recording = { sessions, format: 'csv', timezone: 'Europe/Berlin' }

interface Figures {
  readonly seed: number
  readonly arrived: number
  readonly refused: number
  readonly meanChargingPower_kW: number
  readonly energyDelivered_kWh: number
}

async function json(run: typeof simulate, input: CommandInput) {
  const { exitCode, out, err } = await told(run, { ...input, json: true })
  expect([exitCode, err]).toEqual([0, []])
  return JSON.parse(out)
}

describe('anyplug simulate --runs with a recording', { timeout: 30_000 }, () => {
  it('replays it with every seed, as one run with that seed does; who comes differs', async () => {
    const many = await json(simulate, { site, ...recording, runs: '4', seed: '3', threads: '2' })
    expect(many).toMatchObject({
      ...{ from: '2024-03-03T23:00:00.000Z', to: '2024-03-06T23:00:00.000Z' },
      recording: { file: sessions, sessions: 21, skipped: {} },
      replayed: { byChance: 21, unknownEvse: 0 },
    })
    const perRun: readonly Figures[] = many.perRun
    expect(perRun.map(({ seed, arrived }) => [seed, arrived])).toEqual([3, 4, 5, 6].map((seed) => [seed, 21]))
    expect(new Set(perRun.map((one) => one.meanChargingPower_kW)).size).toBe(4)
    const alone = await json(simulate, { site, ...recording, seed: '5' })
    const { meanChargingPower_kW, energyDelivered_kWh, replayed } = alone
    expect(perRun[2]).toMatchObject({ meanChargingPower_kW, energyDelivered_kWh })
    expect(many.replayed).toEqual(replayed)
  })

  it('draws from the process fitted to it, and writes the fit', async () => {
    const fit = { ...recording, fit: true, days: '2' }
    const many = await json(simulate, { site, ...fit, runs: '3', fitOut: pathOf('fit.yaml') })
    expect(many.fitted).toMatchObject({ sessions: 21, days: 3, sessions_perDay: 7, meanEnergy_kWh: 15 })
    expect(readFileSync(pathOf('fit.yaml'), 'utf8')).toContain('sessions_perDay: 7\n')
    const alone = await json(simulate, { site, ...fit, seed: '2' })
    expect(many.perRun[1]).toMatchObject({
      arrived: alone.sessions.arrived,
      energyDelivered_kWh: alone.energyDelivered_kWh,
    })
  })

  it('says so on the screen and in the report', async () => {
    const input = { site, ...recording, runs: '2', report: pathOf('runs.html') }
    const { exitCode, out } = await told(simulate, input)
    expect(exitCode).toBe(0)
    expect(out).toMatch(/Recorded sessions +vehicle known by name 0, by plug 0, drawn 21/)
    const page = readFileSync(pathOf('runs.html'), 'utf8')
    expect(page).toContain('21 sessions')
    expect(page).toContain('--sessions')
  })

  it('tells what is wrong with it before anything is simulated', async () => {
    const broken = file('broken.csv', 'start,end,kWh\n2024-03-04 08:00,2024-03-04 09:00,20000\n')
    for (const input of [{ site }, { sites: [site, narrow] }]) {
      const run = 'sites' in input ? compare : simulate
      const wrong = { ...input, ...recording, runs: '2', sessions: broken }
      expect(await told(run, wrong)).toMatchObject({ exitCode: 2, out: '', codes: ['trace.unitTooLarge'] })
      const without = { ...input, runs: '2', format: 'csv', fit: true }
      expect((await told(run, without)).codes).toEqual(['trace.onlyWithSessions', 'trace.onlyWithSessions'])
      const interrupted = await told(run, { ...input, ...recording, runs: '2' }, { signal: AbortSignal.abort() })
      expect(interrupted).toMatchObject({ exitCode: 130, out: '' })
    }
  })
})

describe('anyplug compare with a recording', { timeout: 30_000 }, () => {
  it('brings the recorded vehicles to both hubs', async () => {
    const { sites, comparisons, ...head } = await json(compare, { sites: [site, narrow], ...recording, runs: '3' })
    expect(head).toMatchObject({ recording: { sessions: 21 }, replayed: { byChance: 21 } })
    expect(comparisons[0].sameDemand).toBe(true)
    expect(comparisons[0].figures.arrived.verdict).toBe('same')
    expect(comparisons[0].figures.heldBackTotal_kWh.verdict).toBe('worse')
    const alone = await json(simulate, { site: narrow, ...recording, seed: '2' })
    expect(sites[1].perRun[1].heldBackTotal_kWh).toBe(alone.heldBackTotal_kWh)
  })

  it('brings vehicles that could charge at the first hub also to one without their plug, whatever the files say of arrivals', async () => {
    const { sites, comparisons } = await json(compare, { sites: [site, ccsOnly], ...recording, runs: '3' })
    expect(comparisons[0].sameDemand).toBe(true)
    const [first, second]: readonly (readonly Figures[])[] = sites.map(({ perRun }: { perRun: Figures[] }) => perRun)
    for (const [at, one] of (second ?? []).entries()) {
      expect([first?.[at]?.refused, one.arrived]).toEqual([0, 21])
      expect(one.refused).toBeGreaterThan(4)
    }
  })

  it('says when the files bring other vehicles all the same', async () => {
    const { exitCode, err, out } = await told(compare, { sites: [site, otherFleet], ...recording, runs: '2' })
    expect(exitCode).toBe(0)
    expect(err).toEqual([expect.stringContaining('warning compare.otherCrowd')])
    expect(out).toMatch(/Recorded sessions +vehicle known by name 0/)
  })

  it('with a fit draws the same arrivals for both, and names it in the report', async () => {
    const input = { sites: [site, narrow], ...recording, fit: true, days: '2', runs: '2', report: pathOf('both.html') }
    const { comparisons, fitted } = await json(compare, input)
    expect(fitted.sessions).toBe(21)
    expect(comparisons[0].figures.arrived.verdict).toBe('same')
    const page = readFileSync(pathOf('both.html'), 'utf8')
    expect(page).toContain('to 21 sessions on 3 days')
    expect(page).not.toContain('Mean arrivals a week')
  })
})

/** Rows of a table below the folder, as the first line names them. */
function table(path: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(pathOf(path), 'utf8').trimEnd().split('\r\n')
  return lines.map((line) => Object.fromEntries(line.split(',').map((field, at) => [head.split(',')[at], field])))
}

function energy_kWh(rows: readonly Record<string, string>[]): number {
  return rows.reduce((sum, row) => sum + Number(row['energy_kWh']), 0)
}

describe('tables of many runs', { timeout: 30_000 }, () => {
  it('are a folder a run with the seed in front, and one table of all runs', async () => {
    const { perRun } = await json(simulate, { site, days: '1', runs: '3', seed: '8', csv: pathOf('runs') })
    const runs = table('runs/runs.csv')
    expect(runs.map(({ seed, arrived }) => [Number(seed), Number(arrived)])).toEqual(
      perRun.map(({ seed, arrived }: Figures) => [seed, arrived]),
    )
    for (const { seed = '', energyDelivered_kWh } of runs) {
      const rows = table(`runs/seed-${seed}/sessions.csv`)
      expect(new Set(rows.map((row) => row['seed']))).toEqual(new Set([seed]))
      expect(energy_kWh(rows)).toBeCloseTo(Number(energyDelivered_kWh), 2)
    }
    await json(simulate, { site, days: '1', seed: '9', csv: pathOf('alone') })
    const [alone, ofMany] = ['alone', 'runs/seed-9'].map((name) => table(`${name}/quarters.csv`))
    expect(ofMany).toEqual(alone?.map((row) => ({ seed: '9', ...row })))
  })

  it('of a comparison lie in a folder for each hub', async () => {
    const { sites } = await json(compare, { sites: [site, narrow], days: '1', runs: '2', csv: pathOf('both') })
    expect(table('both/runs.csv').map((row) => [row['site'], row['seed']])).toEqual([
      ['A', '1'],
      ['B', '1'],
      ['A', '2'],
      ['B', '2'],
    ])
    const rows = table('both/B/seed-2/evses.csv')
    expect(rows[0]).toMatchObject({ site: 'B', seed: '2' })
    expect(energy_kWh(rows)).toBeCloseTo(sites[1].perRun[1].energyDelivered_kWh, 2)
  })

  it('that cannot be written are told before anything runs', async () => {
    const nowhere = { csv: pathOf('good.csv') }
    for (const [run, input] of [
      [simulate, { site, ...nowhere, runs: '10000' }],
      [compare, { sites: [site, narrow], ...nowhere, runs: '10000' }],
    ] as const) {
      expect(await told(run, input)).toMatchObject({ exitCode: 2, out: '', codes: ['cli.file.notWritable'] })
    }
  })
})

it('the sessions of many runs are not exported into one file', async () => {
  const { exitCode, err } = await told(simulate, { site, runs: '2', export: pathOf('x.csv'), exportFormat: 'csv' })
  expect([exitCode, err]).toEqual([
    2,
    [expect.stringMatching(/error compare\.oneRunOnly: --export .*; leave out --runs/)],
  ])
})
