import { Worker } from 'node:worker_threads'
import { invariant } from '../../base/problems/index.ts'
import type { LinearProgram, LinearSolution, LinearSolver } from '../../study/simulate/optimum/index.ts'
import type { Answer } from './answer.ts'

const isSource = import.meta.url.endsWith('.ts')
const entry = new URL(isSource ? './thread.ts' : './thread.js', import.meta.url)
/** What is built runs as it is; sources, in tests and development, go through a loader. */
const program = isSource ? `import('tsx/esm/api').then(({ register }) => (register(), import('${entry.href}')))` : entry

/** Solves with HiGHS in a thread of its own, which starts with the first program and can be stopped in the middle of one. */
class HighsSolver implements LinearSolver {
  #worker: Worker | null = null

  async maximise(asked: LinearProgram, signal: AbortSignal): Promise<LinearSolution | null> {
    if (signal.aborted) return null
    this.#worker ??= new Worker(program, { eval: isSource, execArgv: [] })
    const answer = await answerOf(this.#worker, asked, signal)
    if (answer === null) await this.close()
    invariant(
      answer === null || 'x' in answer,
      `the solver ended with status ${answer && 'status' in answer && answer.status}`,
    )
    return answer
  }

  async close(): Promise<void> {
    await this.#worker?.terminate()
    this.#worker = null
  }
}

function answerOf(worker: Worker, asked: LinearProgram, signal: AbortSignal): Promise<Answer | null> {
  return new Promise((resolve, reject) => {
    const callOff = (): void => end(() => resolve(null))
    const hear = (answer: Answer): void => end(() => resolve(answer))
    const fail = (error: unknown): void => end(() => reject(error))
    const end = (settle: () => void): void => {
      signal.removeEventListener('abort', callOff)
      worker.off('message', hear).off('error', fail)
      settle()
    }
    signal.addEventListener('abort', callOff)
    worker.on('message', hear).on('error', fail)
    worker.postMessage(asked)
  })
}

/** HiGHS, a linear solver; close it when done, else its thread keeps the process alive. */
export function highsSolver(): LinearSolver {
  return new HighsSolver()
}
