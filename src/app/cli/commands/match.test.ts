import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Language } from '../../../base/words/index.ts'
import type { CommandInput } from '../command-specs.ts'
import { columnsOf } from '../match/answer.ts'
import { isDate, parseSoc } from '../match/input.ts'
import type { Terminal } from '../terminal.ts'
import { run } from './match.ts'

async function ran(input: CommandInput, language: Language = 'en', signal = new AbortController().signal) {
  const out: string[] = []
  const err: string[] = []
  const terminal: Terminal = {
    language,
    isTerminal: false,
    colour: false,
    signal,
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    progress: () => {},
  }
  const exitCode = await run(input, terminal)
  return { exitCode, out: out.join('\n'), err: err.join('\n') }
}

describe('anyplug match', () => {
  it('answers in the first line, then way, limits, warnings, sources', async () => {
    const vehicle = 'hyundai-ioniq5-2021'
    const { exitCode, out } = await ran({ vehicle, post: 'tesla_sc_v3_na', adapter: ['nacs_ccs1_oem'] })
    expect(exitCode).toBe(0)
    expect(out.split('\n')[0]).toMatch(/^limited: Hyundai Ioniq 5 .*126 kW, 10-80 % in 25 min$/)
    expect(out).toContain('[nacs] ── nacs_ccs1_oem ── [ccs1]')
    expect(out).toContain('◀ binds')
    expect(out).toContain('Sources')
  })

  it('exits 1 with obstacles and what would help, also in Chinese', async () => {
    const { exitCode, out } = await ran({ vehicle: 'nissan-leaf-40-2018', post: 'ionity_350' }, 'zh')
    expect(exitCode).toBe(1)
    expect(out).toContain('可行办法：转接头 ccs2_chademo')
  })

  it('prints the result as JSON', async () => {
    const { out } = await ran({ vehicle: 'nio-et5-2022', post: 'nio_pss_4', json: true })
    expect(JSON.parse(out)).toMatchObject({ kind: 'swap', fits: true, power_kW: null, limits: [], obstacles: [] })
  })

  it('finds records by words and takes a percentage', async () => {
    const { exitCode, out } = await ran({ vehicle: 'ioniq 5 2022', post: 'ionity', soc: '80%', json: true })
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ vehicle: 'hyundai-ioniq5-2021', soc_frac: 0.8, power_kW: 110 })
  })

  it('tells everything that is wrong at once', async () => {
    const { exitCode, err, out } = await ran({
      vehicle: 'ioniq 5',
      post: 'hycc 400',
      adapter: ['nacs_ccs1_oen'],
      with: ['foo'],
      market: 'XX',
      date: '2025-02-30',
      ambient: 'hot',
      soc: '50',
      format: 'csv',
    })
    expect(exitCode).toBe(2)
    expect(out).toBe('')
    for (const code of ['ambiguous', 'unknown', 'adapter', 'date', 'soc', 'onlyMatrix']) {
      expect(err).toContain(`match.problem.${code}`)
    }
    expect(err).toContain('cli.notOneOf')
    expect(err).toContain('cli.notANumber')
    expect(err).toMatch(/hycc 400.*alp_hyc_400/)
  })

  it('names the options a vehicle has', async () => {
    const { exitCode, err } = await ran({ vehicle: 'porsche-taycan-2020', post: 'ionity_350', with: ['booster,foo'] })
    expect(exitCode).toBe(2)
    expect(err).toContain('booster-150')
  })

  it('matches own records of a folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anyplug-'))
    const text = `sources: { own: my own }
chargers:
  - id: my-post
    manufacturer: Me
    product: Post
    kind: all-in-one
    markets: [EU]
    evses: [{ connectors: [{ connector: ccs2, maxVoltage_V: 1000, maxPower_kW: 77 }] }]
    access: { type: open }
    sources: [own]
    confidence: confirmed
`
    writeFileSync(join(folder, 'own.yaml'), text)
    const { exitCode, out } = await ran({ vehicle: 'vw-id4-77-2021', post: 'my-post', catalogue: folder, json: true })
    expect(exitCode).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ power_kW: 77, verdict: 'limited' })
  })

  it('refuses a folder that is not there', async () => {
    const { exitCode } = await ran({ vehicle: 'vw-id4-77-2021', post: 'ionity_350', catalogue: '/nowhere' })
    expect(exitCode).toBe(2)
  })
})

describe('anyplug match --matrix', () => {
  const some = { vehicle: 'hyundai-ioniq5-2021,nio-et5-2022', post: 'ionity_350, nio_pss_4', matrix: true }

  it('draws a table', async () => {
    const { exitCode, out } = await ran(some)
    expect(exitCode).toBe(0)
    expect(out).toMatch(/hyundai-ioniq5-2021 +233✓ +✕/)
    expect(out).toMatch(/nio-et5-2022 +140✓ +swap✓/)
  })

  it('writes CSV and JSON with one record a pair', async () => {
    const csv = (await ran({ ...some, format: 'csv' })).out.split('\n')
    expect(csv).toHaveLength(5)
    expect(csv[1]).toMatch(/^hyundai-ioniq5-2021,ionity_350,yes,233,vehicle.maxPower,/)
    const json = JSON.parse((await ran({ ...some, json: true })).out)
    expect(json).toHaveLength(4)
    expect(json[3]).toMatchObject({ vehicle: 'nio-et5-2022', post: 'nio_pss_4', verdict: 'yes', power_kW: null })
  })

  it('writes one self-contained page for all vehicles and posts', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'anyplug-')), 'matrix.html')
    const { exitCode } = await ran({ vehicle: 'all', post: 'all', matrix: true, format: 'html', out: path })
    expect(exitCode).toBe(0)
    const page = readFileSync(path, 'utf8')
    expect(page).not.toMatch(/https?:\/\/|<link|src=/)
    expect(page).toContain('prefers-color-scheme:dark')
    expect(page.match(/tabindex="0"/g)).toHaveLength(1)
    expect(page.match(/<td class="(yes|limited|no)"/g)?.length).toBeGreaterThan(2000)
    expect(page).not.toContain('undefined')
  })

  it('asks for every name of a list, and says what is wrong with each', async () => {
    const { exitCode, err } = await ran({ vehicle: 'nope1,nope2', post: ',', matrix: true })
    expect(exitCode).toBe(2)
    expect(err.match(/match.problem.unknown/g)).toHaveLength(2)
    expect(err).toContain('match.problem.emptyList')
  })

  it('exits 2 where the file cannot be written, 130 when interrupted', async () => {
    expect((await ran({ ...some, out: '/nowhere/matrix.csv' })).exitCode).toBe(2)
    expect((await ran(some, 'en', AbortSignal.abort())).exitCode).toBe(130)
  })
})

describe('reading of conditions', () => {
  it('takes a fraction or a percentage, never a bare 50', () => {
    expect(['0.5', '50%', '50 %', '1', '0', '1%'].map(parseSoc)).toEqual([0.5, 0.5, 0.5, 1, 0, 0.01])
    expect(['50', '0,5', '-0.1', '120%', '', 'half'].map(parseSoc)).toEqual([null, null, null, null, null, null])
  })

  it('takes days of the calendar only', () => {
    expect(['2025', '2025-02', '2024-02-29'].map(isDate)).toEqual([true, true, true])
    expect(['2025-02-29', '2025-13', '25', '2025-1', '2025/01/01'].map(isDate)).toEqual([
      false,
      false,
      false,
      false,
      false,
    ])
  })

  it('counts Chinese characters as two columns', () => {
    expect(columnsOf('电流 A')).toBe(6)
  })
})
