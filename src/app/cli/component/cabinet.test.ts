import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { CommandInput } from '../command-specs.ts'
import { run } from '../commands/component.ts'
import { told } from '../test-support.ts'
import type { CabinetAnswer } from './cabinet-answer.ts'
import { ranges } from './cabinet-text.ts'

async function answered(input: CommandInput): Promise<CabinetAnswer> {
  const { exitCode, out, err } = await told(run, { type: 'cabinet', json: true, ...input })
  expect(err).toEqual([])
  expect(exitCode).toBe(0)
  return JSON.parse(out)
}

describe('anyplug component cabinet', () => {
  test('who gets which modules and why', async () => {
    const { outputs, power_kW, idle, method, isProven, feasible } = await answered({
      id: 'kempower-200',
      cars: '400V:60kW,800V:300kW@p2',
    })
    expect(outputs).toEqual([
      {
        ...{ output: 1, voltage_V: 400, asked_kW: 60, priority: 0, power_kW: 60, modules: ['3', '4a'] },
        boundBy: 'sharing.request',
      },
      {
        ...{ output: 2, voltage_V: 800, asked_kW: 300, priority: 2, power_kW: 100, modules: ['1', '2'] },
        boundBy: 'sharing.halves',
      },
    ])
    expect({ power_kW, idle, method, isProven }).toEqual({
      power_kW: 160,
      idle: ['4b'],
      method: 'pairs',
      isProven: true,
    })
    expect(feasible.outputs[0]).toEqual({ most_kW: 200, step_kW: 25 })
    expect(feasible.outputs[2]).toEqual({ most_kW: 0, step_kW: 0 })
    expect(feasible.together).toEqual([{ outputs: [0, 1], most_kW: 200 }])
  })

  test('losses and efficiency agree with the power', async () => {
    const { power_kW, losses, efficiency_frac } = await answered({ id: 'kempower-200', cars: '800V:200kW' })
    const lost_kW = Object.values(losses).reduce((sum, loss) => sum + loss, 0)
    expect(efficiency_frac).toBeCloseTo(power_kW / (power_kW + lost_kW), 12)
    expect(efficiency_frac).toBeCloseTo(0.94, 2)
    expect((await answered({ id: 'kempower-200', cars: '-' })).efficiency_frac).toBeNull()
  })

  test('policy, heat, height and failed modules count', async () => {
    const cars = '400V:100kW,400V:100kW,400V:100kW@p1'
    const powers = async (more: CommandInput) =>
      (await answered({ id: 'kempower-200', cars, ...more })).outputs.map(({ power_kW }) => Math.round(power_kW))
    expect(await powers({ policy: 'priority' })).toEqual([100, 0, 100])
    expect(await powers({ policy: 'sequential' })).toEqual([100, 0, 0])
    expect(await powers({ failed: '2' })).toEqual([50, 25, 25])
    const hot = await answered({ id: 'kempower-200', cars, ambient: '48', altitude: '2500' })
    expect(hot.power_kW).toBeCloseTo(200 * 0.88 * 0.93, 9)
    const failed = await answered({ id: 'kempower-200', cars, failed: '2' })
    expect(failed.outputs.flatMap(({ modules }) => modules).every((name) => /^[34]/.test(name))).toBe(true)
    expect(failed.outputs[1]?.boundBy).toBe('sharing.fault')
    expect((await answered({ id: 'kempower-200', cars, failed: '4' })).power_kW).toBe(0)
  })

  test('a free output, and modules that are left', async () => {
    const { outputs, idle } = await answered({ id: 'huawei-pool-720', cars: '-,800V:100kW' })
    expect(outputs.map(({ output, modules }) => [output, modules.length])).toEqual([[2, 3]])
    expect(idle).toHaveLength(15)
  })

  test('a charger as it is sold, by its modules or by those of a class', async () => {
    const known = await answered({ id: 'alp_hyc_1000', cars: '1000V:900kW,800V:900kW' })
    expect(known).toMatchObject({ modules: 8, module_kW: 125, outlets: 8, rule: { code: 'parts.module.stated' } })
    expect(known.outputs.map(({ power_kW }) => power_kW)).toEqual([500, 480])
    const byClass = await answered({ id: 'alp_hyc_350', cars: '800V:350kW' })
    expect(byClass).toMatchObject({ modules: 4, module_kW: 87.5, rule: { code: 'parts.module.byClass' } })
    expect(byClass.confidence).toBe('uncertain')
  })

  test('every cabinet of the catalogue has an answer', async () => {
    const { builtInCatalogue } = await import('../../../hub/standards/index.ts')
    const cabinets = [...builtInCatalogue().components.values()].filter(({ type }) => type === 'cabinet')
    expect(cabinets.length).toBeGreaterThan(5)
    for (const { id } of cabinets) {
      const { outputs, power_kW, feasible } = await answered({ id, cars: '400V:90kW' })
      expect(power_kW).toBeGreaterThan(0)
      expect(power_kW).toBeLessThanOrEqual(feasible.outputs[0]?.most_kW ?? 0)
      expect(outputs).toHaveLength(1)
    }
  })

  test('a table for people, also in Chinese', async () => {
    const { out } = await told(run, { type: 'cabinet', id: 'kempower-200', cars: '400V:60kW,800V:300kW' })
    expect(out).toMatch(/1 +400 V, 60 kW +60 kW +3, 4a +gets all it asks for/)
    expect(out).toContain('outputs 1, 2 together: up to 200 kW')
    expect(out).not.toMatch(/NaN|undefined/)
    const chinese = await told(run, { type: 'cabinet', id: 'alp_hyc_350', cars: '400V:60kW' }, { language: 'zh' })
    expect(chinese.out).toContain('请求的功率全部满足')
    expect(chinese.out).not.toContain('because')
  })

  test('neighbouring modules are told as one', () => {
    expect(ranges(['1', '2', '3', '5', '6a', '7', '8'])).toBe('1-3, 5, 6a, 7-8')
    expect(ranges([])).toBe('')
  })
})

describe('bad input is answered', () => {
  test.each<[CommandInput, string, string]>([
    [{ id: 'kempower-20', cars: '400V:1kW' }, 'component.problem.unknownCabinet', 'kempower-200'],
    [{ id: 'kempower', cars: '400V:1kW' }, 'component.problem.ambiguousCabinet', 'kempower_mega'],
    [{ id: 'air-70', cars: '400V:1kW' }, 'component.problem.otherType', 'cable'],
    [{ id: 'kempower-200' }, 'component.problem.carsMissing', '400V:150kW'],
    [{ id: 'kempower-200', cars: '400V:-5kW' }, 'component.problem.car', '-5kW'],
    [{ id: 'kempower-200', cars: '400V:0kW' }, 'component.problem.car', '0kW'],
    [{ id: 'kempower-200', cars: '400kV:5kW' }, 'component.problem.car', '400kV'],
    [{ id: 'kempower-200', cars: '400V:5kW,' }, 'component.problem.car', '""'],
    [{ id: 'kempower-200', cars: '-,-,-,-,400V:5kW' }, 'component.problem.cabinet.outputs', '5 places'],
    [{ id: 'kempower-200', cars: '1200V:5kW' }, 'component.problem.cabinet.voltage', '1,200'],
    [{ id: 'kempower-200', cars: '400V:5kW', failed: '5' }, 'component.problem.cabinet.failed', '5 of 4'],
    [{ id: 'kempower-200', cars: '400V:5kW', failed: '-1' }, 'cli.outOfRange', '-1'],
    [{ id: 'kempower-200', cars: '400V:5kW', policy: 'fair' }, 'cli.notOneOf', 'proportional-fair'],
    [{ id: 'kempower-200', cars: '400V:5kW', altitude: '-3' }, 'cli.outOfRange', '-3'],
    [{ id: 'kempower-200', cars: '400V:5kW', current: '5' }, 'component.problem.foreignOption', '--current'],
    [{ id: 'byd_flash_2', cars: '400V:5kW' }, 'component.problem.noCabinet', 'byd_flash_2'],
  ])('%j', async (input, code, words) => {
    const { exitCode, out, err, codes } = await told(run, { type: 'cabinet', ...input })
    expect(exitCode).toBe(2)
    expect(out).toBe('')
    expect(codes).toContain(code)
    expect(err.join('\n')).toContain(words)
  })

  test('options of cabinets are not for cables', async () => {
    const { codes } = await told(run, { type: 'cable', id: 'air-50', cars: '400V:5kW', failed: '1' })
    expect(codes).toEqual(['component.problem.foreignOption', 'component.problem.foreignOption'])
  })

  test('a matrix that does not reach an output', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anyplug-cabinet-'))
    const own = `components:
  - type: matrix
    id: own-matrix
    name: Own matrix
    topology: partial
    reach: [[1], [1, 2]]
    sources: [engineering-estimate]
    confidence: uncertain
  - type: cabinet
    id: own-cabinet
    name: Own cabinet
    modules: [{ module: sic-air-30, count: 2 }]
    matrix: own-matrix
    outputs: 3
    sources: [engineering-estimate]
    confidence: uncertain
`
    writeFileSync(join(folder, 'own.yaml'), own)
    const { exitCode, codes } = await told(run, {
      ...{ type: 'cabinet', id: 'own-cabinet', cars: '400V:30kW', catalogue: folder },
    })
    expect(exitCode).toBe(2)
    expect(codes).toContain('catalogue.component.outOfReach')
  })

  test('everything at once', async () => {
    const { codes } = await told(run, {
      type: 'cabinet',
      id: 'nowhere',
      cars: 'x,400V:1kW',
      ambient: 'warm',
      failed: '1.5',
    })
    expect(codes).toEqual([
      'component.problem.unknownCabinet',
      'component.problem.car',
      'cli.notANumber',
      'cli.notAnInteger',
    ])
  })
})
