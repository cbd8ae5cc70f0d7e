import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'parse5'
import { describe, expect, test } from 'vitest'
import type { Language } from '../../../base/words/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { run } from '../commands/component.ts'
import type { Terminal } from '../terminal.ts'

async function ran(input: CommandInput, language: Language = 'en') {
  const out: string[] = []
  const err: string[] = []
  const terminal: Terminal = {
    language,
    isTerminal: false,
    colour: false,
    signal: new AbortController().signal,
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    progress: () => {},
  }
  const exitCode = await run({ type: 'cable', ...input }, terminal)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

async function answered(input: CommandInput) {
  const { exitCode, out, err } = await ran({ json: true, ...input })
  expect(err).toBe('')
  expect(exitCode).toBe(0)
  return JSON.parse(out)
}

describe('anyplug component cable', () => {
  test('answers for the current a cable is sold for at 25 degC', async () => {
    const answer = await answered({ id: 'oil-ccs-500' })
    expect(answer).toMatchObject({
      ...{ id: 'oil-ccs-500', cooling: 'liquid', current_A: 500, ambient_degC: 25, from_degC: 25, until_degC: null },
      ...{ settles: true, boost_s: null, timeToLimit_s: null, limitedBy: null, boundBy: 'conductor' },
    })
    expect(answer.continuous_A).toBeCloseTo(621.6, 0)
    expect(answer.heat_kW).toBeCloseTo(2.08, 1)
    expect(answer.temperatures_degC.conductor).toBeCloseTo(64.3, 0)
    expect(answer.lostPump_s).toBeCloseTo(74, 0)
    expect(answer.lostPumpBound_s).toBeLessThan(answer.lostPump_s)
    expect(answer.lostFan_s).toBeGreaterThan(answer.lostPump_s)
    expect(answer.leastRamp_Apers).toBeCloseTo(500 / (3 * (answer.lostPumpBound_s - answer.detection_s)), 6)
    expect(answer.coldFlow_frac).toBeLessThan(1)
    expect(answer.cold_A).toBeLessThan(answer.continuous_A)
    expect(answer.derated).toEqual({ mean_A: 500, steps: 0 })
    expect(answer).toMatchObject({ confidence: 'uncertain', sources: expect.arrayContaining(['sbrs-man']) })
    expect(answer.assumed).toContain('cable.derating')
  })

  test('too much current: time, part, temperatures at the limit, and what derating leaves', async () => {
    const answer = await answered({ id: 'air-50', current: '400' })
    expect(answer).toMatchObject({ settles: false, limitedBy: 'conductor', lostPump_s: null, lostFan_s: null })
    expect(answer.boost_s).toBeCloseTo(920, -1)
    expect(answer.timeToLimit_s).toBe(answer.boost_s)
    expect(answer.temperatures_degC.conductor).toBeCloseTo(90, 4)
    expect(answer.derated.mean_A).toBeLessThan(400)
    expect(answer.coolDown_s).toBeGreaterThan(answer.boost_s)
  })

  test('from one temperature to another is quicker than from ambient to a limit', async () => {
    const answer = await answered({ id: 'immersed-v4-1000', current: '1100', from: '60', until: '80' })
    expect(answer).toMatchObject({ from_degC: 60, until_degC: 80, limitedBy: 'conductor' })
    expect(answer.timeToLimit_s).toBeLessThan(answer.boost_s)
    expect(answer.coolDownTo_degC).toBe(60)
  })

  test('a dense cable has no ramp that is safe', async () => {
    expect(await answered({ id: 'immersed-v4-1000', current: '1100' })).toMatchObject({ leastRamp_Apers: null })
  })

  test('less flow and warmer coolant of the pack allow less', async () => {
    const full = await answered({ id: 'glycol-mcs-3000' })
    const half = await answered({ id: 'glycol-mcs-3000', flow: '0.5' })
    const warm = await answered({ id: 'glycol-mcs-3000', packCoolant: '60' })
    expect(half.continuous_A).toBeLessThan(0.9 * full.continuous_A)
    expect(warm.continuous_A).toBeLessThan(full.continuous_A - 50)
    expect(warm.packCoolant_degC).toBe(60)
    const none = await answered({ id: 'oil-ccs-500', flow: '0', current: '150' })
    expect(none).toMatchObject({ lostPump_s: null, coldFlow_frac: null })
    expect(none.continuous_A).toBeLessThan(200)
  })

  test('every cable of the catalogue has an answer at its rated current', async () => {
    const { builtInCatalogue } = await import('../../../hub/standards/index.ts')
    const cables = [...builtInCatalogue().components.values()].filter(({ type }) => type === 'cable')
    expect(cables.length).toBeGreaterThan(10)
    for (const { id } of cables) {
      const answer = await answered({ id })
      expect(answer.continuous_A).toBeGreaterThan(0.9 * answer.ratedCurrent_A)
      const currents = answer.byAmbient.map(({ current_A }: { current_A: number }) => current_A)
      expect(currents).toEqual([...currents].sort((a, b) => b - a))
      const durations = answer.byDuration.map(({ current_A }: { current_A: number }) => current_A)
      expect(durations).toEqual([...durations].sort((a, b) => b - a))
      expect(durations.at(-1)).toBeGreaterThanOrEqual(answer.continuous_A - 0.02)
    }
  })

  test('a table for people, also in Chinese', async () => {
    const { out } = await ran({ id: 'oil-ccs-500', ambient: '40' })
    expect(out).toMatch(/continuous current +543 A +bound by the conductor/)
    expect(out).toMatch(/shortest time possible +7 s|shortest time possible +6\.\d s/)
    expect(out).toContain('Sources')
    const chinese = await ran({ id: 'air-70' }, 'zh')
    expect(chinese.out).toContain('持续电流')
    expect(chinese.out).not.toContain('continuous')
  })

  test('is found by words of its name', async () => {
    expect((await answered({ id: 'uncooled 70 mm2' })).id).toBe('air-70')
  })

  test('a page with its curves', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'anyplug-cable-')), 'cable.html')
    const { exitCode } = await ran({ id: 'immersed-v4-1000', current: '1100', html: path })
    expect(exitCode).toBe(0)
    const page = readFileSync(path, 'utf8')
    const errors: string[] = []
    parse(page, { onParseError: ({ code }) => errors.push(code) })
    expect(errors).toEqual([])
    expect(page).toContain('Heating up and cooling down')
    expect(page).toContain('limit 90 °C')
    expect(page.match(/<path class="series-\d line"/g)).toHaveLength(5)
    expect(page).not.toMatch(/NaN|undefined|https?:\/\//)
  })

  test('own records are asked in the same way', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anyplug-cable-'))
    const own = `components:
  - type: cable
    id: own-95
    name: Own cable
    status: archetype
    cooling: none
    ratedCurrent_A: 250
    conductor: copper-strand
    area_mm2: 95
    length_m: 7.5
    contact: contact-uncooled
    vehicleInterface: inlet-small
    sources: [engineering-estimate]
    confidence: uncertain
`
    writeFileSync(join(folder, 'own.yaml'), own)
    expect((await answered({ id: 'own-95', catalogue: folder })).continuous_A).toBeGreaterThan(250)
  })
})

describe('bad input is answered', () => {
  test.each<[CommandInput, string, string]>([
    [{ id: 'oil-ccs-50' }, 'component.problem.unknownCable', 'oil-ccs-500'],
    [{ id: 'zzz' }, 'component.problem.unknownCable', 'anyplug catalogue components'],
    [{ id: 'uncooled' }, 'component.problem.ambiguous', 'air-16'],
    [{ id: 'copper-strand' }, 'component.problem.otherType', 'conductor'],
    [{ id: 'air-50', current: '-5' }, 'cli.outOfRange', '-5'],
    [{ id: 'air-50', current: '1e6' }, 'cli.outOfRange', '10,000'],
    [{ id: 'air-50', ambient: 'warm' }, 'cli.notANumber', 'warm'],
    [{ id: 'air-50', ambient: '300' }, 'cli.outOfRange', '70'],
    [{ id: 'air-50', from: '80', until: '60' }, 'component.problem.untilBelowFrom', '80'],
    [{ id: 'air-50', flow: '0.5' }, 'component.problem.noCoolant', '--flow'],
    [{ id: 'oil-ccs-500', flow: '-1' }, 'cli.outOfRange', '-1'],
    [{ id: 'oil-ccs-500', packCoolant: '30' }, 'component.problem.inletNotCooled', '--pack-coolant'],
    [{ id: 'air-50', html: '/nowhere/at/all.html' }, 'cli.file.notWritable', '/nowhere/at/all.html'],
    [{ type: 'cabel', id: 'air-50' }, 'component.problem.unknownType', 'cable'],
    [{ type: 'pump', id: 'air-50' }, 'component.problem.unknownType', 'cable'],
  ])('%j', async (input, code, words) => {
    const { exitCode, out, err } = await ran(input)
    expect(exitCode).toBe(2)
    expect(out).toBe('')
    expect(err).toContain(code)
    expect(err).toContain(words)
  })

  test('everything at once', async () => {
    const { err } = await ran({ id: 'oil-ccs-50', current: '-1', ambient: 'x', flow: '9' })
    expect(err.split('\n')).toHaveLength(4)
  })
})
