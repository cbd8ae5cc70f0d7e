import { parentPort, workerData } from 'node:worker_threads'
import { invariant } from '../../base/problems/index.ts'
import {
  type OpenVariant,
  openVariant,
  outcomeOf,
  prepareJob,
  type RunJob,
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

function work({ index, job }: Assignment): void {
  const { run, result, replayed } = prepareJob(variantOf(job), job.seed)
  let slice_s = FIRST_SLICE_s
  let told_ms = performance.now()
  while (!run.finished) {
    const began_ms = performance.now()
    run.until(run.now_s + slice_s)
    const now_ms = performance.now()
    slice_s *= now_ms - began_ms < PROGRESS_ms ? 2 : 0.5
    if (now_ms - told_ms < PROGRESS_ms) continue
    told_ms = now_ms
    tell({ index, done_frac: Math.min(1, run.now_s / run.input.duration_s) })
  }
  tell({ index, outcome: outcomeOf(job, result(), replayed()) })
}

port.on('message', work)
