import { availableParallelism } from 'node:os'
import type { Problem } from '../../../base/problems/index.ts'
import { type Language, say } from '../../../base/words/index.ts'
import { type PolicyName, policyNames } from '../../../hub/controller/index.ts'
import { threadRunner } from '../../../io/workers/index.ts'
import {
  type FigureEstimate,
  type Finished,
  MAX_RUNS,
  type Outcome,
  type RunJob,
  type Variant,
} from '../../../study/simulate/many/index.ts'
import type { OptionReader } from '../options.ts'
import { refuse, usageProblem } from '../print.ts'
import type { ExitCode, Terminal } from '../terminal.ts'
import type { DemandSource } from './demand-source.ts'
import type { LoadedSite } from './load-site.ts'
import { type TablesOfRuns, tablesOf, writeRuns } from './run-tables.ts'
import { sessionArguments } from './sessions.ts'
import { type RunSteering, readSteering, type Steering, steeringArguments } from './sight.ts'
import type { SummaryLine } from './summary.ts'

const MAX_SEED = 2 ** 53 - 1
const MAX_THREADS = 256
const DEFAULT_RUNS = 10

/** How often to run, and how many at once. */
export interface BatchOptions {
  /** Seed of the first run; the others follow one by one. */
  readonly seed: number
  readonly runs: number
  readonly threads: number
  /** null: the policy of each site. */
  readonly policy: PolicyName | null
  readonly steering: Steering
  readonly coffee_min: number | undefined
}

export function readBatchOptions(read: OptionReader): BatchOptions {
  const runs = read.integer('--runs', { min: 2, max: MAX_RUNS }) ?? DEFAULT_RUNS
  return {
    seed: read.integer('--seed', { min: 0, max: MAX_SEED - runs + 1 }) ?? 1,
    runs,
    threads: read.integer('--threads', { min: 1, max: MAX_THREADS }) ?? availableParallelism(),
    policy: read.oneOf('--policy', policyNames) ?? null,
    steering: readSteering(read),
    coffee_min: read.number('--coffee', { min: 1, max: 1440 }),
  }
}

/** A site to be run when and with whom its demand says; `castAt`: the site that tells which vehicles a recording can mean. */
export function variantOf(
  { source }: LoadedSite,
  { period, input }: DemandSource,
  { policy, coffee_min, run }: Pick<BatchOptions, 'policy' | 'coffee_min'> & { readonly run: RunSteering },
  castAt?: LoadedSite,
): Variant {
  const coffee = coffee_min === undefined ? {} : { coffee_min }
  const conditions = { ...period, ...input, policy, ...coffee, ...run }
  return { source, conditions, ...(castAt ? { castAt: castAt.source } : {}) }
}

/** Jobs of one seed stand together, so that an interrupt leaves few seeds that only some variants have. */
function jobsOf(variants: number, { seed, runs }: BatchOptions, tables: TablesOfRuns | null): RunJob[] {
  return Array.from({ length: runs }, (_, at) => seed + at).flatMap((next) =>
    Array.from({ length: variants }, (_, variant) => {
      const wanted = tables === null ? {} : { tables: tablesOf(tables, variant, next) }
      return { variant, seed: next, whole: next === seed, ...wanted }
    }),
  )
}

function outOfMemory(threads: number): Problem {
  const fix = { code: 'compare.fix.memory', params: {} } as const
  return usageProblem({ code: 'compare.outOfMemory', params: { threads } }, fix)
}

/** Runs every variant with every seed, showing how far it is; the exit code where that cannot be. */
export async function runBatch(
  variants: readonly Variant[],
  options: BatchOptions,
  tables: TablesOfRuns | null,
  terminal: Terminal,
): Promise<Finished | ExitCode> {
  const problem = tables && (await writeRuns(tables, []))
  if (problem) return refuse([problem], terminal)
  const jobs = jobsOf(variants.length, options, tables)
  const progress = (done_frac: number, finished: number): void =>
    terminal.progress(done_frac, say('compare.progress', { finished, all: jobs.length }, terminal.language))
  const { threads } = options
  const finished = await threadRunner({ threads }).run({ variants, jobs, progress, signal: terminal.signal })
  const { stopped, outcomes } = finished
  if (stopped === 'memory') return refuse([outOfMemory(threads)], terminal)
  const unwritten =
    typeof stopped === 'object' && stopped !== null ? stopped : tables && (await writeRuns(tables, outcomes))
  return unwritten ? refuse([unwritten], terminal) : finished
}

/** Choices that repeat the runs, as typed. */
export function givenOptions(read: OptionReader, { seed, runs, policy, steering }: BatchOptions): string[] {
  const given = ['--days', '--from', '--to', '--coffee', '--catalogue'].flatMap((name) => {
    const text = read.text(name)
    return text === undefined ? [] : [`${name} ${text}`]
  })
  return [
    ...given,
    ...sessionArguments(read),
    `--runs ${runs}`,
    `--seed ${seed}`,
    ...(policy ? [`--policy ${policy}`] : []),
    ...steeringArguments(steering, read),
  ]
}

/** Estimates of the figures as JSON has them, by name. */
export function figuresAsJson(rows: readonly FigureEstimate[]): Record<string, FigureEstimate['estimate']> {
  return Object.fromEntries(rows.map(({ figure, estimate }) => [figure.name, estimate]))
}

/** Every run with its seed and figures. */
export function runsAsJson(outcomes: readonly Outcome[]): Record<string, number | null>[] {
  return outcomes.map(({ job, figures }) => ({ seed: job.seed, ...figures }))
}

/** How many of the runs there are, as a line of a summary. */
export function runsLine(runs: number, { runs: asked, seed }: BatchOptions, language: Language): SummaryLine {
  const code = runs < asked ? 'compare.runsFinished' : 'compare.runsDone'
  return [
    say('compare.runs', {}, language),
    say(code, { runs, asked, first: `${seed}`, last: `${seed + asked - 1}` }, language),
  ]
}
