import { type ResourceLimits, Worker } from 'node:worker_threads'
import type { Batch, Finished, JobRunner, Outcome } from '../../study/simulate/many/index.ts'
import type { Assignment, Message, Progress } from './messages.ts'

const isSource = import.meta.url.endsWith('.ts')
const entry = new URL(isSource ? './thread.ts' : './thread.js', import.meta.url)
/** What is built runs as it is; sources, in tests and development, go through a loader. */
const program = isSource ? `import('tsx/esm/api').then(({ register }) => (register(), import('${entry.href}')))` : entry

export interface ThreadOptions {
  readonly threads: number
  /** Memory of each thread; Node's own limits otherwise. */
  readonly limits?: ResourceLimits
}

/** Does jobs in worker threads, each the next one when it is done with the last. */
export function threadRunner(options: ThreadOptions): JobRunner {
  return { run: (batch) => new Crew(batch, options).run() }
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
}

/** The threads of one batch. Outcomes are kept by the place of their job, so that their order is that of the jobs. */
class Crew {
  readonly #batch: Batch
  readonly #options: ThreadOptions
  readonly #workers: Worker[] = []
  readonly #outcomes: (Outcome | undefined)[]
  readonly #done_frac: number[]
  #next = 0
  #finished = 0
  #total = 0

  constructor(batch: Batch, options: ThreadOptions) {
    this.#batch = batch
    this.#options = options
    this.#outcomes = batch.jobs.map(() => undefined)
    this.#done_frac = batch.jobs.map(() => 0)
  }

  async run(): Promise<Finished> {
    try {
      const stopped = await this.#untilStopped()
      return { outcomes: this.#outcomes.filter((outcome) => outcome !== undefined), stopped }
    } finally {
      await Promise.all(this.#workers.map((worker) => worker.terminate()))
    }
  }

  #untilStopped(): Promise<Finished['stopped']> {
    const { signal, jobs } = this.#batch
    return new Promise((resolve, reject) => {
      const fail = (error: unknown): void => (isOutOfMemory(error) ? resolve('memory') : reject(error))
      const hear = (worker: Worker, message: Message): void => {
        if ('problem' in message) resolve(message.problem)
        else this.#note(message)
        if (this.#finished === jobs.length) resolve(null)
        else if ('outcome' in message) this.#assign(worker)
      }
      if (signal.aborted || jobs.length === 0) return resolve(signal.aborted ? 'aborted' : null)
      signal.addEventListener('abort', () => resolve('aborted'), { once: true })
      for (let started = 0; started < Math.min(this.#options.threads, jobs.length); started++) {
        const worker = this.#start()
        worker.on('message', (message: Message) => hear(worker, message)).on('error', fail)
        this.#assign(worker)
      }
    })
  }

  #start(): Worker {
    const { limits } = this.#options
    const workerData = this.#batch.variants
    const worker = new Worker(program, {
      ...{ eval: isSource, execArgv: [], workerData },
      ...(limits ? { resourceLimits: limits } : {}),
    })
    this.#workers.push(worker)
    return worker
  }

  /** Hands out the next job; without one the thread is not needed any more. */
  #assign(worker: Worker): void {
    const index = this.#next
    const job = this.#batch.jobs[index]
    if (job === undefined) {
      void worker.terminate()
      return
    }
    this.#next += 1
    worker.postMessage({ index, job } satisfies Assignment)
  }

  #note(message: Progress): void {
    const { index } = message
    const isDone = 'outcome' in message
    if (isDone) {
      this.#outcomes[index] = message.outcome
      this.#finished += 1
    }
    const done_frac = isDone ? 1 : message.done_frac
    this.#total += done_frac - (this.#done_frac[index] ?? 0)
    this.#done_frac[index] = done_frac
    this.#batch.progress(this.#total / this.#done_frac.length, this.#finished)
  }
}
