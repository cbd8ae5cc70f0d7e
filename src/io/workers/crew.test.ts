import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Batch, RunJob, Variant } from '../../study/simulate/many/index.ts'
import { openVariant, outcomeOf, prepareJob } from '../../study/simulate/many/index.ts'
import { threadRunner } from './index.ts'

const DAY_s = 86_400
const text = readFileSync(new URL('../../../examples/us-highway.yaml', import.meta.url), 'utf8')

function variantOf(changed: string, duration_s = DAY_s): Variant {
  const conditions = { from_ms: Date.parse('2026-06-01T07:00:00Z'), duration_s, date: '2026-06-01', policy: null }
  return { source: { file: 'hub.yaml', text: changed, catalogue: [] }, conditions }
}

const variants = [variantOf(text), variantOf(text.replace('import_kW: 1500', 'import_kW: 900'))]
const jobs: readonly RunJob[] = [1, 2, 3].flatMap((seed) =>
  variants.map((_, variant) => ({ variant, seed, whole: seed === 1 })),
)

function batchOf(more: Partial<Batch> = {}): Batch {
  return { variants, jobs, progress: () => {}, signal: new AbortController().signal, ...more }
}

describe('runs in threads', () => {
  test('come in the order of the jobs and equal those of this thread, whatever the number of threads', async () => {
    const here = jobs.map((job) => {
      const { run, result } = prepareJob(openVariant(variants[job.variant] as Variant), job.seed)
      run.finish()
      return outcomeOf(job, result())
    })
    for (const threads of [1, 3]) {
      const { outcomes, stopped } = await threadRunner({ threads }).run(batchOf())
      expect(stopped).toBeNull()
      expect(JSON.stringify(outcomes)).toBe(JSON.stringify(here))
    }
    expect(here.map(({ result }) => result !== null)).toEqual(jobs.map(({ whole }) => whole))
  })

  test('tell how far they are, and never less than before', async () => {
    const told: [number, number][] = []
    await threadRunner({ threads: 2 }).run(
      batchOf({ progress: (done_frac, finished) => told.push([done_frac, finished]) }),
    )
    expect(told.at(-1)?.[0]).toBeCloseTo(1, 12)
    expect(told.at(-1)?.[1]).toBe(jobs.length)
    for (const [at, [done_frac]] of told.entries()) expect(done_frac).toBeGreaterThanOrEqual(told[at - 1]?.[0] ?? 0)
  })

  test('keep what is finished when they are interrupted', async () => {
    const interrupt = new AbortController()
    const endless = [variantOf(text), variantOf(text, 3650 * DAY_s)]
    const { outcomes, stopped } = await threadRunner({ threads: 2 }).run(
      batchOf({
        variants: endless,
        signal: interrupt.signal,
        progress: (_, finished) => {
          if (finished > 0) interrupt.abort()
        },
      }),
    )
    expect(stopped).toBe('aborted')
    expect(outcomes.length).toBeGreaterThan(0)
    for (const { job } of outcomes) expect(job.variant).toBe(0)
  })

  test('do not begin after an interrupt, or without jobs', async () => {
    const aborted = await threadRunner({ threads: 2 }).run(batchOf({ signal: AbortSignal.abort() }))
    expect(aborted).toEqual({ outcomes: [], stopped: 'aborted' })
    expect(await threadRunner({ threads: 2 }).run(batchOf({ jobs: [] }))).toEqual({ outcomes: [], stopped: null })
  })

  test('say that memory is used up', async () => {
    const limits = { maxOldGenerationSizeMb: 16 }
    const { stopped } = await threadRunner({ threads: 1, limits }).run(batchOf())
    expect(stopped).toBe('memory')
  })

  test('write their tables, and end when they cannot be written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'anyplug-crew-'))
    const where = (name: string, seed: number) => ({ tables: { folder: join(folder, name), labels: { seed } } })
    const good = [1, 2].map((seed) => ({ variant: 0, seed, whole: false, ...where(`${seed}`, seed) }))
    const { outcomes, stopped } = await threadRunner({ threads: 2 }).run(batchOf({ jobs: good }))
    expect([outcomes.length, stopped]).toEqual([2, null])
    const sessions = readFileSync(join(folder, '2', 'sessions.csv'), 'utf8')
      .trimEnd()
      .split('\r\n')
    expect(sessions.slice(1).every((line) => line.startsWith('2,'))).toBe(true)
    const bad = [...good, { variant: 0, seed: 3, whole: false, ...where('nowhere/3', 3) }]
    const failed = await threadRunner({ threads: 1 }).run(batchOf({ jobs: bad }))
    expect(failed).toMatchObject({ outcomes: [{}, {}], stopped: { code: 'cli.file.notWritable' } })
    rmSync(folder, { recursive: true })
  })

  test('fail as a whole when one fails', async () => {
    const broken = [variantOf(text), variantOf('version: 9')]
    await expect(threadRunner({ threads: 2 }).run(batchOf({ variants: broken }))).rejects.toThrow('was sound before')
  })
})
