import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { anyplug, anyplugLater, type Outcome, program, traces } from './bad-inputs/program.ts'
import { isBuilt, root } from './support/repository.ts'

const onPosix = process.platform !== 'win32'
const example = readFileSync(join(root, 'examples/us-highway.yaml'), 'utf8')

const files: Readonly<Record<string, string>> = {
  'a.yaml': example,
  'narrow.yaml': example.replace('import_kW: 1500', 'import_kW: 700'),
  'fewer.yaml': example.replace('circuit: row-ccs, count: 6', 'circuit: row-ccs, count: 2'),
  'busy.yaml': example.replace('sessions_perDay: 300', 'sessions_perDay: 400'),
  'broken.yaml': example.replace('import_kW: 1500', 'import_kW: 350kW').replace('currency: USD', 'currency: Taler'),
  'typo.yaml': example.replace('grid:', 'gird:'),
}

interface Run {
  readonly seed: number
  readonly arrived: number
}

interface Interval {
  readonly runs: number
  readonly mean: number
  readonly sd: number
  readonly low: number
  readonly high: number
}

interface Comparison {
  readonly runs: number
  readonly sites: readonly { readonly perRun: readonly Run[]; readonly figures: Readonly<Record<string, Interval>> }[]
  readonly comparisons: readonly {
    readonly sameDemand: boolean
    readonly changes: readonly unknown[]
    readonly figures: Readonly<Record<string, { readonly difference: Interval; readonly verdict: string }>>
  }[]
}

describe.skipIf(!isBuilt)('many runs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-compare-'))
  beforeAll(() => {
    mkdirSync(join(folder, 'folder'))
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  const run = (line: string): Outcome => anyplug(line.split(' '), folder)

  function compared(line: string): Comparison {
    const { exitCode, output } = run(`compare ${line} --json`)
    expect(exitCode).toBe(0)
    return JSON.parse(output)
  }

  test('give the same bytes on one thread and on three, and with --runs the figures of each run alone', () => {
    const line = 'simulate a.yaml --days 1 --runs 4 --seed 7 --coffee 20 --json'
    const { output, exitCode } = run(`${line} --threads 1`)
    expect(exitCode).toBe(0)
    expect(run(`${line} --threads 3`).output).toBe(output)
    const many = JSON.parse(output)
    expect(many.perRun.map(({ seed }: Run) => seed)).toEqual([7, 8, 9, 10])
    const alone = JSON.parse(run('simulate a.yaml --days 1 --seed 9 --coffee 20 --json').output)
    expect(many.perRun[2]).toMatchObject({
      arrived: alone.sessions.arrived,
      energyDelivered_kWh: alone.energyDelivered_kWh,
      meanWait_min: alone.wait.mean_min,
      p95Wait_min: alone.wait.p95_min,
      peak15min_kW: alone.peak15min_kW,
      heldBackTotal_kWh: alone.heldBackTotal_kWh,
      coffeeDone_frac: alone.coffee.done_frac,
    })
    const energies: number[] = many.perRun.map((one: Record<string, number>) => one['energyDelivered_kWh'])
    expect(many.figures.energyDelivered_kWh).toMatchObject({
      runs: 4,
      min: Math.min(...energies),
      max: Math.max(...energies),
    })
  })

  test('of two hubs meet the same vehicles, and tell more than the hubs by themselves', () => {
    const { sites, comparisons, runs } = compared('a.yaml narrow.yaml fewer.yaml --days 1 --runs 5')
    expect(runs).toBe(5)
    expect(comparisons.map(({ sameDemand }) => sameDemand)).toEqual([true, true])
    const arrivals = sites.map(({ perRun }) => perRun.map(({ arrived }) => arrived))
    expect(arrivals[1]).toEqual(arrivals[0])
    expect(arrivals[2]).toEqual(arrivals[0])
    const [narrow] = comparisons
    expect(narrow?.changes).toEqual([{ path: 'grid.import_kW', from: '1500', to: '700' }])
    const energy = narrow?.figures['energyDelivered_kWh']
    expect(narrow?.figures['arrived']?.verdict).toBe('same')
    expect(narrow?.figures['heldBackTotal_kWh']?.verdict).toBe('worse')
    expect(narrow?.figures['peak15min_kW']?.verdict).toBe('better')
    expect(energy?.difference.sd).toBeLessThan(sites[0]?.figures['energyDelivered_kWh']?.sd ?? 0)
    expect(energy?.difference.mean).toBeCloseTo(
      (sites[1]?.figures['energyDelivered_kWh']?.mean ?? 0) - (sites[0]?.figures['energyDelivered_kWh']?.mean ?? 0),
      6,
    )
  })

  test('of a hub beside itself differ in nothing', () => {
    const { comparisons } = compared('a.yaml a.yaml --days 1 --runs 3')
    expect(comparisons[0]?.changes).toEqual([])
    for (const { difference, verdict } of Object.values(comparisons[0]?.figures ?? {})) {
      expect([difference.mean, difference.low, difference.high, verdict]).toEqual([0, 0, 0, 'same'])
    }
  })

  test('of hubs with other demand are told to compare two crowds', () => {
    const { exitCode, errors, output } = run('compare a.yaml busy.yaml --days 1 --runs 2')
    expect(exitCode).toBe(0)
    expect(errors).toMatch(/busy\.yaml: warning compare\.otherCrowd: .*demand\.sessions_perDay/)
    expect(output).toContain('2 of 2 runs')
  })

  test('are written as a report, also of one hub', () => {
    expect(run('compare a.yaml narrow.yaml --days 1 --runs 2 --report both.html')).toMatchObject({ exitCode: 0 })
    expect(run('simulate a.yaml --days 1 --runs 2 --report one.html')).toMatchObject({ exitCode: 0 })
    const [both, one] = ['both.html', 'one.html'].map((name) => readFileSync(join(folder, name), 'utf8'))
    expect(both).toContain('id="contrast-1"')
    expect(one).toContain('id="runs"')
    expect(one?.match(/class="interval"/g)?.length).toBeGreaterThan(3)
  })

  const bad: readonly (readonly [string, readonly string[]])[] = [
    ['compare a.yaml', ['compare.siteCount']],
    ['compare', ['cli.missingArgument']],
    [`compare ${'a.yaml '.repeat(10).trim()}`, ['compare.siteCount']],
    [
      'compare broken.yaml typo.yaml nowhere.yaml folder',
      [
        ...['site.unknownCurrency', 'document.numberAsText', 'document.unknownKey'],
        ...['cli.file.missing', 'cli.file.isDirectory'],
      ],
    ],
    ['compare a.yaml narrow.yaml --runs 1', ['cli.outOfRange']],
    [
      'compare a.yaml narrow.yaml --runs 10001 --threads 0 --days x',
      ['cli.outOfRange', 'cli.outOfRange', 'cli.notANumber'],
    ],
    ['compare a.yaml narrow.yaml --runs 2.5', ['cli.notAnInteger']],
    ['compare a.yaml narrow.yaml --seed 9007199254740991', ['cli.outOfRange']],
    ['compare a.yaml narrow.yaml --policy best', ['cli.notOneOf']],
    ['compare a.yaml narrow.yaml --days 1 --runs 2 --report nowhere/x.html', ['cli.file.notWritable']],
    ['simulate a.yaml --runs many', ['cli.notANumber']],
    ['simulate a.yaml --runs 0', ['cli.outOfRange']],
    ['simulate a.yaml --runs 2 --csv nowhere/tables --days 1', ['cli.file.notWritable']],
    ['simulate a.yaml --runs 2 --export x.csv --fit', ['compare.oneRunOnly']],
    ['compare a.yaml narrow.yaml --sessions nowhere.csv', ['trace.noFormat']],
    ['simulate a.yaml --threads 2', ['compare.onlyWithRuns']],
    ['simulate --workload day.json --runs 3', ['cli.onlyWithSite']],
  ]
  test.concurrent.each(bad)('anyplug %s is refused', async (line, says) => {
    const { exitCode, errors, output } = await anyplugLater(line.split(' '), folder)
    const codes = [...errors.matchAll(/(?:^|: )error ([a-zA-Z.]+):/gm)].map(([, code]) => code)
    expect(codes.toSorted()).toEqual([...says].toSorted())
    expect({ exitCode, traces: traces(output + errors) }).toEqual({ exitCode: 2, traces: [] })
  })

  function interruptedAfter(wait_ms: number, args: readonly string[]): Promise<Outcome> {
    return new Promise((resolve) => {
      const child = spawn(process.execPath, [program, ...args], {
        cwd: folder,
        env: { ...process.env, ANYPLUG_LANG: 'en' },
      })
      let [output, errors] = ['', '']
      child.stdout.on('data', (text) => {
        output += text
      })
      child.stderr.on('data', (text) => {
        errors += text
      })
      const timer = setTimeout(() => child.kill('SIGINT'), wait_ms)
      child.on('close', (exitCode) => {
        clearTimeout(timer)
        resolve({ exitCode, output, errors })
      })
    })
  }

  /** Starts more runs than anybody waits for and sends SIGINT; on a busy machine later, until some had ended. */
  async function interrupted(line: string, hasRuns: (output: string) => boolean): Promise<Outcome> {
    for (const wait_ms of [2500, 6000, 12_000]) {
      const outcome = await interruptedAfter(wait_ms, line.split(' '))
      if (hasRuns(outcome.output)) return outcome
    }
    throw new Error('no run ended in time')
  }

  test.skipIf(!onPosix)('that are interrupted keep those that ended', async () => {
    const line = 'simulate a.yaml --days 1 --runs 10000 --json'
    const { exitCode, output, errors } = await interrupted(line, (text) => JSON.parse(text || '{"runs":0}').runs > 0)
    expect(exitCode).toBe(130)
    expect(traces(errors)).toEqual([])
    const many = JSON.parse(output)
    expect(many.runsAsked).toBe(10_000)
    expect(many.runs).toBeGreaterThan(0)
    expect(many.runs).toBeLessThan(10_000)
    expect(many.perRun).toHaveLength(many.runs)
    expect(many.figures.energyDelivered_kWh.runs).toBe(many.runs)
  })

  test.skipIf(!onPosix)('of two hubs that are interrupted keep whole pairs', async () => {
    const line = 'compare a.yaml narrow.yaml --days 1 --runs 10000'
    const { exitCode, output } = await interrupted(line, (text) => text.includes('B against A'))
    expect(exitCode).toBe(130)
    expect(output).toMatch(/\d+ of 10,000 runs had ended/)
  })
})
