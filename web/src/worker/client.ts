import type { Message, Question } from './engine.ts'
import type { Requests } from './requests.ts'

type Input<K extends keyof Requests> = Parameters<Requests[K]>[0]
type Answer<K extends keyof Requests> = Awaited<ReturnType<Requests[K]>>

interface Pending {
  readonly resolve: (answer: unknown) => void
  readonly reject: (error: Error) => void
  readonly progress: ((done_frac: number) => void) | undefined
}

/** The engine in a thread of its own: it is started at the first question, and anew after it was stopped. */
class Engine {
  #worker: Worker | null = null
  #asked = 0
  readonly #pending = new Map<number, Pending>()

  ask<K extends keyof Requests>(name: K, input: Input<K>, progress?: (done_frac: number) => void): Promise<Answer<K>> {
    const number = ++this.#asked
    return new Promise((resolve, reject) => {
      this.#pending.set(number, { resolve: resolve as (answer: unknown) => void, reject, progress })
      this.#running().postMessage({ number, name, input } satisfies Question)
    })
  }

  /** Ends whatever it is at; what was asked is rejected. */
  stop(): void {
    this.#worker?.terminate()
    this.#worker = null
    for (const { reject } of this.#pending.values()) reject(new Error('stopped'))
    this.#pending.clear()
  }

  #running(): Worker {
    if (this.#worker) return this.#worker
    const worker = new Worker(new URL('./engine.ts', import.meta.url), { type: 'module' })
    worker.onmessage = ({ data }: MessageEvent<Message>) => this.#take(data)
    worker.onerror = () => this.stop()
    this.#worker = worker
    return worker
  }

  #take(message: Message): void {
    const pending = this.#pending.get(message.number)
    if (message.kind === 'progress') {
      pending?.progress?.(message.done_frac)
      return
    }
    this.#pending.delete(message.number)
    if (message.kind === 'answer') pending?.resolve(message.answer)
    else pending?.reject(new Error(message.says))
  }
}

/** For short questions. */
export const quick = new Engine()
/** For runs, which must not keep short questions waiting. */
export const runner = new Engine()
