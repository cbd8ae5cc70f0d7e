import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { told } from '../test-support.ts'
import { run } from './simulate.ts'

const folder = mkdtempSync(join(tmpdir(), 'faults-'))

function siteFile(name: string, more = ''): string {
  const text = `version: 1
name: ${name}
timezone: UTC
location: { latitude_deg: 42, longitude_deg: 9, country: DE }
currency: EUR
ambient_degC: 25
grid: { import_kW: 900 }
stations:
  - id: post
    power_kW: 300
    evses: [{ connectors: [{ connector: ccs2, minVoltage_V: 200, maxVoltage_V: 1000, maxCurrent_A: 500, maxPower_kW: 300, cable: oil-ccs-500 }] }]
demand:
  sessions_perDay: 80
  arrival: { mean_frac: 0.2, sd_frac: 0.05 }
  target: { mean_frac: 0.8 }
  queue: { places: 4 }
  profile: { weekday: [${Array.from({ length: 24 }, () => 1)}] }
  fleet: [{ vehicle: hyundai-ioniq5-2021, share_frac: 1 }]
${more}`
  const path = join(folder, `${name}.yaml`)
  writeFileSync(path, text)
  return path
}

const pump = 'pump@post:2h,lasts=30min'

describe('faults of a run', () => {
  test('come out as JSON, and bring physics along', async () => {
    const site = siteFile('json')
    const { exitCode, out } = await told(run, { site, days: '0.25', fault: [pump, 'module@post:1h'], json: true })
    expect(exitCode).toBe(0)
    const { faults, cables } = JSON.parse(out)
    expect(Object.keys(cables)).toEqual(['post/1/1'])
    expect(faults[0]).toMatchObject({
      mode: 'pump',
      part: 'post',
      at_s: 7200,
      lasts_s: 1800,
      detected_s: 1,
      seenBy: 'flow',
    })
    expect(faults[1]).toMatchObject({ mode: 'module', part: 'post', lasts_s: null, seenBy: 'heartbeat' })
  })

  test('of the site file happen without a word, with those asked for', async () => {
    const site = siteFile('file', 'faults: [{ mode: fan, part: post, at_h: 3 }]\n')
    const { out } = await told(run, { site, days: '0.25', fault: [pump], json: true })
    expect(JSON.parse(out).faults.map(({ mode }: { mode: string }) => mode)).toEqual(['fan', 'pump'])
    const alone = await told(run, { site, days: '0.25', json: true })
    expect(JSON.parse(alone.out).faults).toHaveLength(1)
  })

  test('are told in both languages and in the report', async () => {
    const site = siteFile('text')
    const report = join(folder, 'report.html')
    const english = await told(run, { site, days: '0.25', fault: [pump], report })
    expect(english.out).toMatch(/Fault +coolant pump stands still at post from 2 h: told after 1 s by the flow sensor/)
    expect(readFileSync(report, 'utf8')).toContain('coolant pump stands still')
    const chinese = await told(run, { site, days: '0.25', fault: [pump] }, { language: 'zh' })
    expect(chinese.out).toContain('冷却液泵停转')
  })

  test('are the same in each of many runs, and cost energy', async () => {
    const site = siteFile('many')
    const asked = { site, days: '0.25', runs: '2', threads: '1', physics: true, json: true }
    const sound = JSON.parse((await told(run, asked)).out)
    const faulty = JSON.parse((await told(run, { ...asked, fault: ['emergency-stop@post:1h,lasts=4h'] })).out)
    const energy = (answer: typeof sound): number => answer.figures.energyDelivered_kWh.mean
    expect(energy(faulty)).toBeLessThan(0.7 * energy(sound))
  }, 60_000)

  test.each([
    [['pump@post:7h'], ['fault.tooLate']],
    [[pump, 'fan@post/1:90min', 'pump@post/1/1:2.4h'], ['fault.overlap']],
    [
      ['pump@pots:1h', 'pmp@post:1h'],
      ['fault.unknownPart', 'fault.unknownMode'],
    ],
  ])('%j are refused', async (fault, codes) => {
    const found = await told(run, { site: siteFile('refused'), days: '0.25', fault })
    expect(found.exitCode).toBe(2)
    expect(found.codes).toEqual(codes)
  })
})
