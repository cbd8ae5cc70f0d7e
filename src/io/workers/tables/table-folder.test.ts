import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadSite } from '../../../hub/site/index.ts'
import { builtInCatalogue } from '../../../hub/standards/index.ts'
import type { SimulationResult } from '../../../study/simulate/index.ts'
import { prepareSiteRun } from '../../../study/simulate/site/index.ts'
import { LocalTime } from '../../formats/run-tables/index.ts'
import { csvLines, withTables } from './index.ts'
import { TableFolder } from './table-folder.ts'

/** Reads CSV as RFC 4180 has it, character by character. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (quoted) {
      if (character !== '"') field += character
      else if (text[at + 1] === '"') field += text[at++]
      else quoted = false
    } else if (character === '"') quoted = true
    else if (character === ',') {
      row.push(field)
      field = ''
    } else if (character === '\r' && text[at + 1] === '\n') {
      rows.push([...row, field])
      row = []
      field = ''
      at++
    } else field += character
  }
  return rows
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'csv-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

type Row = Readonly<Record<string, string>>

function read(name: string): Row[] {
  const [head = [], ...rows] = parse(readFileSync(join(folder, name), 'utf8'))
  for (const row of rows) expect(row).toHaveLength(head.length)
  return rows.map((row) => Object.fromEntries(row.map((field, at) => [head[at], field])))
}

/** A day and a half of the highway hub, written in slices of three hours. */
async function simulate(labels = {}): Promise<SimulationResult> {
  const text = readFileSync(new URL('../../../../examples/us-highway.yaml', import.meta.url), 'utf8')
  const checked = loadSite(text, 'hub.yaml', builtInCatalogue())
  if (!checked.ok || checked.value.demand === null) throw new Error('the example is sound')
  const site = { ...checked.value, demand: checked.value.demand }
  const from_ms = Date.parse('2026-10-31T07:00:00Z')
  const setting = { site, from_ms, date: '2026-10-31', duration_s: 1.5 * 86_400, seed: 1, policy: 'max-min' } as const
  const written = await withTables({
    ...{ where: { folder, labels }, timezone: site.timezone, from_ms },
    prepare: (watch) => prepareSiteRun({ ...setting, watch }),
    drive: async (run, between) => {
      for (let until_s = 10_800; !run.finished; until_s += 10_800) {
        run.until(until_s)
        expect(await between()).toBe(true)
      }
      return true
    },
  })
  if (!('siteRun' in written)) throw new Error(written.code)
  const { result } = written
  expect(JSON.stringify(result)).toBe(JSON.stringify(prepareAgain(setting)))
  return result
}

/** The same run without anybody watching. */
function prepareAgain(setting: Parameters<typeof prepareSiteRun>[0]): SimulationResult {
  const { run, result } = prepareSiteRun(setting)
  run.finish()
  return result()
}

function sum(rows: readonly Row[], column: string): number {
  return rows.reduce((total, row) => total + Number(row[column]), 0)
}

describe('tables of a run', () => {
  it('agree with its result, read back by another parser', async () => {
    const result = await simulate()
    const sessions = read('sessions.csv')
    const { served, charging, refused, balked, reneged } = result.sessions
    expect(sessions).toHaveLength(served + charging)
    expect(sessions.filter(({ end }) => end === 'open')).toHaveLength(charging)
    expect(sum(sessions, 'energy_kWh')).toBeCloseTo(result.energyDelivered_kWh, 2)
    expect(sum(sessions, 'unserved_kWh')).toBeCloseTo(result.unserved_kWh, 2)
    expect(sum(sessions, 'heldBack_kWh')).toBeCloseTo(result.heldBackTotal_kWh, 2)
    for (const [source, held_kWh] of Object.entries(result.heldBack_kWh))
      expect(sum(sessions, `heldBack.${source}_kWh`)).toBeCloseTo(held_kWh, 2)
    for (const { plugIn = '', chargingEnd = '', departure = '', end, charging_min } of sessions) {
      const stayed_ms = Date.parse(chargingEnd || departure) - Date.parse(plugIn)
      if (end !== 'open') expect(Math.abs(stayed_ms / 60_000 - Number(charging_min))).toBeLessThan(0.02)
    }
    const quarters = read('quarters.csv')
    expect(quarters).toHaveLength(144)
    expect(sum(quarters, 'grid_kW') / 4).toBeCloseTo(result.energyDelivered_kWh, 2)
    const row = result.byNode.find(({ id }) => id === 'row-ccs')
    expect(sum(quarters, 'circuit.row-ccs_kW') / 4).toBeCloseTo(row?.energy_kWh ?? 0, 2)
    expect(read('turned-away.csv')).toHaveLength(refused + balked + reneged)
    expect(sum(read('evses.csv'), 'energy_kWh')).toBeCloseTo(result.energyDelivered_kWh, 2)
  })

  it('have labels in front of every row, and the same rows behind them', async () => {
    const names = ['sessions.csv', 'quarters.csv', 'turned-away.csv', 'evses.csv']
    const texts = () => names.map((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\r\n'))
    await simulate()
    const plain = texts()
    await simulate({ site: 'A', seed: 7 })
    expect(texts()).toEqual(plain.map((lines) => lines.map((line, at) => `${at === 0 ? 'site,seed' : 'A,7'},${line}`)))
  })

  it('tell local times, also where the clocks go back', async () => {
    await simulate()
    const starts = read('quarters.csv').map(({ from }) => from)
    expect(starts[0]).toBe('2026-10-31T00:00:00-07:00')
    expect(starts.filter((from) => from?.startsWith('2026-11-01T01:00'))).toEqual([
      '2026-11-01T01:00:00-07:00',
      '2026-11-01T01:00:00-08:00',
    ])
  })

  it('leave other files of the folder alone and replace their own', async () => {
    writeFileSync(join(folder, 'notes.txt'), 'mine')
    writeFileSync(join(folder, 'sessions.csv'), 'old')
    const opened = await TableFolder.open({ folder })
    if ('tables' in opened) await opened.tables.close()
    expect(readdirSync(folder).sort()).toEqual([
      ...['evses.csv', 'notes.txt', 'quarters.csv', 'sessions.csv', 'turned-away.csv'],
    ])
    expect(readFileSync(join(folder, 'notes.txt'), 'utf8')).toBe('mine')
    expect(readFileSync(join(folder, 'sessions.csv'), 'utf8')).toBe('')
  })

  it('cannot be written into a file, nor where a table is a folder', async () => {
    writeFileSync(join(folder, 'file'), '')
    mkdirSync(join(folder, 'sub', 'quarters.csv'), { recursive: true })
    const paths = ['file', 'file/below', 'sub'].map((path) => join(folder, path))
    for (const path of [...paths, '/proc/nowhere/below', '']) {
      const opened = await TableFolder.open({ folder: path })
      expect(opened).toMatchObject({ problem: { code: 'cli.file.notWritable' } })
    }
  })
})

it('any text comes back, but for those a spreadsheet would run', () => {
  const text = fc.string({ unit: 'grapheme' }).filter((value) => !/^[=+\-@\t\r]/.test(value))
  fc.assert(
    fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 4 }), { minLength: 1 }), (rows) => {
      expect(parse(csvLines(rows))).toEqual(rows)
    }),
  )
  expect(parse(csvLines([['=SUM(A1)', -1, null]]))).toEqual([["'=SUM(A1)", '-1', '']])
})

it('local time keeps up with jumps back and forth', () => {
  const time = new LocalTime('Asia/Kolkata')
  expect(time.text(Date.parse('2026-06-01T00:00:00Z'))).toBe('2026-06-01T05:30:00+05:30')
  expect(time.text(Date.parse('2026-05-31T18:29:59.999Z'))).toBe('2026-05-31T23:59:59+05:30')
})
