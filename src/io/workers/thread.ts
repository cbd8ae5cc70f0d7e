import { parentPort, workerData } from 'node:worker_threads'
import { invariant } from '../../base/problems/index.ts'
import type { Run } from '../../study/simulate/index.ts'
import {
  type OpenVariant,
  openVariant,
  outcomeOf,
  prepareJob,
  type RunJob,
  type RunTables,
  type Variant,
} from '../../study/simulate/many/index.ts'
import type { Assignment, Message } from './messages.ts'

/** Real time between two words about progress. */
const PROGRESS_ms = 100
const FIRST_SLICE_s = 6 * 3600

const variants: readonly Variant[] = workerData
const opened = new Map<number, OpenVariant>()

invariant(parentPort, 'this module is the start of a thread')
const port = parentPort
const tell = (message: Message): void => port.postMessage(message)

/** Reads a variant when the first of its jobs comes. */
function variantOf({ variant }: RunJob): OpenVariant {
  const known = opened.get(variant)
  if (known) return known
  const described = variants[variant]
  invariant(described, `no variant ${variant}`)
  const made = openVariant(described)
  opened.set(variant, made)
  return made
}

/** Runs to the end or until `between` two slices of the run says stop, telling how far it is. */
async function drive(index: number, run: Run, between: () => Promise<boolean>): Promise<boolean> {
  let slice_s = FIRST_SLICE_s
  let told_ms = performance.now()
  while (!run.finished) {
    const began_ms = performance.now()
    run.until(run.now_s + slice_s)
    const now_ms = performance.now()
    slice_s *= now_ms - began_ms < PROGRESS_ms ? 2 : 0.5
    if (!(await between())) return false
    if (now_ms - told_ms < PROGRESS_ms) continue
    told_ms = now_ms
    tell({ index, done_frac: Math.min(1, run.now_s / run.input.duration_s) })
  }
  return true
}

async function work({ index, job }: Assignment): Promise<void> {
  if (job.tables) return workWithTables(index, job, job.tables)
  const { run, result, replayed } = prepareJob(variantOf(job), job.seed)
  await drive(index, run, async () => true)
  tell({ index, outcome: outcomeOf(job, result(), replayed()) })
}

/** The same, with tables; when they cannot be written all runs end. */
async function workWithTables(index: number, job: RunJob, where: RunTables): Promise<void> {
  const { withTables } = await import('./tables/index.ts')
  const variant = variantOf(job)
  const written = await withTables({
    ...{ where, timezone: variant.site.timezone, from_ms: variant.conditions.from_ms },
    prepare: (watch) => prepareJob(variant, job.seed, watch),
    drive: (run, between) => drive(index, run, between),
  })
  if (!('siteRun' in written)) return tell({ problem: written })
  tell({ index, outcome: outcomeOf(job, written.result, written.siteRun.replayed()) })
}

port.on('message', work)
