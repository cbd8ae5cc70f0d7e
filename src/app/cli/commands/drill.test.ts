import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import { told } from '../test-support.ts'
import { run } from './drill.ts'

const folder = mkdtempSync(join(tmpdir(), 'drill-'))

interface Post {
  readonly current_A?: number
  readonly cable?: string
  readonly voltages?: string
  readonly cabinet?: string
}

function siteFile(name: string, { current_A = 500, cable = 'oil-ccs-500', voltages = '', cabinet = '' }: Post = {}) {
  const plug = `connector: ccs2, ${voltages || 'minVoltage_V: 200, maxVoltage_V: 1000'}, maxPower_kW: 400`
  const text = `version: 1
name: ${name}
timezone: UTC
location: { latitude_deg: 42, longitude_deg: 9, country: DE }
currency: EUR
ambient_degC: 25
grid: { import_kW: 900 }
cabinets:
  - { id: cab, power_kW: 400, modules: { module: sic-air-40, count: 10 }${cabinet} }
stations:
  - { id: post, count: 2, cabinet: cab, evses: [{ connectors: [{ ${plug}, maxCurrent_A: ${current_A}, cable: ${cable} }] }] }
`
  const path = join(folder, `${name}.yaml`)
  writeFileSync(path, text)
  return path
}

describe('anyplug drill', () => {
  test('tries every fault of each kind of plug and cabinet, and answers 0 where all limits were kept', async () => {
    const { exitCode, out } = await told(run, { site: siteFile('sound'), json: true })
    const answer = JSON.parse(out)
    expect(exitCode).toBe(0)
    expect(answer).toMatchObject({ site: 'sound', broken: 0, healthy: null })
    expect(answer.plugs).toHaveLength(1)
    expect(answer.plugs[0]).toMatchObject({ connectors: ['post-1/1/1', 'post-2/1/1'], cable: 'oil-ccs-500' })
    expect(answer.plugs[0].rows.length + answer.cabinets[0].rows.length).toBe(answer.cases)
    const [pump] = answer.plugs[0].rows
    expect(pump).toMatchObject({ mode: 'pump', severity_frac: 1, onset: 'cold', load_frac: 1, seenBy: 'flow' })
  })

  test('answers 1 where a limit was broken, and tells which', async () => {
    // A worn contact of a cable without coolant, at the most it stands, gets too warm while it is made sure of.
    const strong = siteFile('strong', { current_A: 500, cable: 'air-95' })
    const { exitCode, out } = await told(run, { site: strong, json: true })
    const broken = JSON.parse(out).plugs[0].rows.filter((row: { broken: unknown[] }) => row.broken.length > 0)
    expect(exitCode).toBe(1)
    expect(broken.length).toBeGreaterThan(0)
    for (const { mode, broken: limits } of broken) {
      expect(mode).toBe('contact')
      expect(limits[0]).toMatchObject({ limit: 'temperature', allowed: 1 })
    }
  })

  test('says it in both languages and as a page', async () => {
    const site = siteFile('page')
    const page = join(folder, 'drill.html')
    const english = await told(run, { site, report: page })
    expect(english.out).toContain('All limits were kept')
    expect(english.out).toMatch(/coolant pump stands still +1 +the flow sensor/)
    const html = readFileSync(page, 'utf8')
    const errors: unknown[] = []
    parse(html, { onParseError: (error) => errors.push(error) })
    expect(errors).toEqual([])
    expect(html).toContain('post-1/1/1')
    const chinese = await told(run, { site }, { language: 'zh' })
    expect(chinese.out).toContain('冷却液泵停转')
    expect(chinese.out).not.toMatch(/\b(pump|sensor|Noticed|ramped)\b/)
  })

  test('looks for false trips on healthy days where somebody comes', async () => {
    const { exitCode, out } = await told(run, { site: 'examples/town-chademo.yaml', days: '0.5', json: true })
    expect([0, 1]).toContain(exitCode)
    expect(JSON.parse(out).healthy).toMatchObject({ days: 0.5, falseTrips: 0 })
  }, 60_000)

  test('stops when the user says so', async () => {
    const { exitCode, out } = await told(run, { site: siteFile('stop') }, { signal: AbortSignal.abort() })
    expect(exitCode).toBe(130)
    expect(out).toBe('')
  })

  test.each([
    [{ site: 'nowhere.yaml' }, ['cli.file.missing']],
    [
      { site: siteFile('low', { voltages: 'minVoltage_V: 1100, maxVoltage_V: 1500' }) },
      ['device.voltageWindow', 'device.voltageWindow'],
    ],
    [{ site: siteFile('seed'), seed: 'x', days: 'many' }, ['cli.notANumber', 'cli.notANumber']],
    [{ site: siteFile('report'), report: join(folder, 'no', 'where.html') }, ['cli.file.notWritable']],
  ])('%o is answered with what is wrong', async (input, codes) => {
    const { exitCode, codes: found } = await told(run, input)
    expect(exitCode).toBe(2)
    expect(found).toEqual(codes)
  })

  test('a matrix that reaches no output is told with its place', async () => {
    const path = siteFile('matrix', { cabinet: ', matrix: lame' })
    const matrix = `catalogue:
  components:
    - { type: matrix, id: lame, name: Lame, status: archetype, topology: partial, reach: [${'[1], '.repeat(10)}], sources: [unverified], confidence: uncertain }
`
    writeFileSync(path, readFileSync(path, 'utf8') + matrix)
    const { exitCode, codes, err } = await told(run, { site: path })
    expect(exitCode).toBe(2)
    expect(codes[0]).toMatch(/^catalogue\.component\./)
    expect(err[0]).toContain('matrix.yaml:9:')
  })
})
