import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { told } from '../test-support.ts'
import { run } from './market.ts'

const folder = mkdtempSync(join(tmpdir(), 'market-'))
const root = join(import.meta.dirname, '../../../..')

describe('anyplug market', () => {
  it('lists the scenarios', async () => {
    const { out, exitCode } = await told(run, {})
    expect(exitCode).toBe(0)
    expect(out.split('\n')).toHaveLength(18)
  })

  it('plays a scenario and prints until when there are data', async () => {
    const { out, exitCode } = await told(run, { what: 'us-nacs-domino', to: '2030' })
    expect(exitCode).toBe(0)
    expect(out).toContain('Data until 2023-12-31')
    expect(out).toContain('The market decides')
  })

  it('speaks Chinese', async () => {
    expect((await told(run, { what: 'eu-ccs2-mandate' }, { language: 'zh' })).out).toContain('数据截至 2022-12-31')
  })

  it('gives everything as JSON, with bands whose middle is in them', async () => {
    const { out } = await told(run, { what: 'us-nacs-domino', draws: '20', json: true })
    const study = JSON.parse(out)
    expect(study).toMatchObject({
      scenario: 'us-nacs-domino',
      dataUntil: '2023-12-31',
      draws: 20,
      verdict: { ledBy: 'market' },
    })
    expect(study.years).toHaveLength(study.bands.length)
    expect(study.years[0].fleet.tesla).toBeGreaterThan(1e6)
    for (const { components } of [study]) expect(components[0].cooledCable_km).toBeGreaterThan(0)
  })

  it('turns levers: nobody commits where all may never, a mandate brings cables', async () => {
    const json = async (more: object) =>
      JSON.parse((await told(run, { what: 'us-nacs-domino', json: true, ...more })).out)
    const closed = await json({ opened: '2099-01-01' })
    expect(closed.years.at(-1).committed_frac).toBe(0)
    const [free, bound] = [await json({}), await json({ mandate: ['chademo=0.5@2026-01-01'] })]
    expect(bound.years.at(-1).cables.chademo).toBeGreaterThan(3 * free.years.at(-1).cables.chademo)
  })

  it('compares scenarios', async () => {
    const { out, exitCode } = await told(run, { what: 'compare', more: ['us-nacs-domino', 'us-adapter-plateau'] })
    expect(exitCode).toBe(0)
    expect(out).toContain('makers stop half way')
  })

  it('writes a page that escapes what a file says, and tables', async () => {
    const file = join(folder, 'own.yaml')
    writeFileSync(file, 'id: own\ntitle: "<script>alert(1)</script>"\nregion: us\nshares: { chademo: 0.02 }\n')
    const report = join(folder, 'own.html')
    expect((await told(run, { what: file, report, csv: folder, draws: '10' })).exitCode).toBe(0)
    const page = readFileSync(report, 'utf8')
    expect(page).toContain('&lt;script&gt;alert(1)')
    expect(page).not.toContain('<script>alert')
    expect(page).toContain('Data until 2023-12-31')
    expect(readFileSync(join(folder, 'years.csv'), 'utf8')).toMatch(
      /^year,figure,of,value,p10,p50,p90\n2024,fleet,tesla,/,
    )
    expect(existsSync(join(folder, 'components.csv'))).toBe(true)
  })

  it.each([
    [{ what: 'us-nacs-domin' }, ['market.problem.unknown.scenario']],
    [{ what: 'us-nacs-domino', never: ['frod'], to: 'x' }, ['cli.notANumber', 'market.problem.unknown.maker']],
    [{ what: 'us-nacs-domino', cut: '2020-12-31' }, ['market.problem.lever']],
    [{ what: 'compare', more: ['us-nacs-domino'] }, ['market.problem.needsScenarios']],
    [{ what: 'backtest' }, ['market.problem.needsCut']],
    [{ what: 'calibrate', cut: '2020-13-31' }, ['market.problem.cut']],
    [{ what: 'calibrate', cut: '1990-01-01' }, ['market.problem.cutEarly']],
    [{ what: 'backtest', cut: '2020-12-31', region: 'uss' }, ['market.problem.unknown.region']],
    [{ what: 'us-nacs-domino', mandate: ['ccs1'] }, ['market.problem.pair']],
    [{ what: 'us-nacs-domino', mandate: ['ccs1@2026'], ban: ['ccs1@2027'] }, ['market.problem.mandateAndBan']],
  ])('refuses %j', async (input, codes) => {
    const answer = await told(run, input)
    expect(answer.exitCode).toBe(2)
    expect(answer.codes).toEqual(codes)
  })

  it('backtests and says which series a cut can score', async () => {
    const { out, exitCode } = await told(run, { what: 'backtest', cut: '2022-12-31', region: 'us' })
    expect(exitCode).toBe(0)
    expect(out).toContain('us.outlets.nacs_open: no point before the cut')
    expect(out).toMatch(/us\.fleet\.bev +7\/1/)
  })
})

const entry = join(root, 'dist/app/cli/main.js')

/** Node forbids every other file: a calibration that opened one would fail. */
describe.skipIf(!existsSync(entry))('calibrate and backtest open the history and nothing else', () => {
  const history = join(folder, 'history.json')
  const series = {
    ...{ id: 'us.outlets.dc_total', region: 'US', measure: 'outlets', standard: 'any', unit: 'ports', scope: '' },
    points: [2017, 2018, 2019, 2020, 2021].map((year) => ({
      ...{ date: `${year}-12-31`, value: 6000 * 1.4 ** (year - 2017), source: 's', confidence: 'high' },
    })),
  }
  const sales = {
    ...{ id: 'us.sales.ccs1', region: 'US', measure: 'sales', standard: 'CCS1', unit: 'vehicles/year', scope: '' },
    points: [2015, 2016, 2017, 2018, 2019, 2020, 2021].map((year) => ({
      ...{ date: `${year}-12-31`, value: 20_000 * 1.3 ** (year - 2015), source: 's', confidence: 'high' },
    })),
  }
  writeFileSync(
    history,
    JSON.stringify({ meta: { title: 'own' }, sources: { s: { title: 's' } }, series: [series, sales] }),
  )

  it.each(['calibrate', 'backtest'])('%s', (what) => {
    const allowed = ['dist', 'node_modules', 'package.json', 'bin'].map(
      (name) => `--allow-fs-read=${join(root, name)}${name.includes('.') ? '' : '/*'}`,
    )
    const permission = process.allowedNodeEnvironmentFlags.has('--permission')
      ? '--permission'
      : '--experimental-permission'
    const args = [permission, ...allowed, `--allow-fs-read=${history}`, '--no-warnings', entry]
    const out = execFileSync(
      process.execPath,
      [...args, 'market', what, '--history', history, '--cut', '2020-12-31', '--json'],
      { encoding: 'utf8' },
    )
    expect(JSON.parse(out).cut).toBe('2020-12-31')
  })
})
