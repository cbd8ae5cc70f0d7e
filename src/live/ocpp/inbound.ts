import type { Coded } from '../../base/words/index.ts'
import type { Clock } from '../clock/index.ts'
import type { RpcEvent } from './events.ts'
import { errorOf, errorText, type Frame, resultText } from './frame.ts'
import { type AnswerMemory, fingerprintOf, type Remembered } from './memory.ts'
import { unreadableValue } from './meter-values.ts'
import type { Answer } from './outcome.ts'
import type { Schemas } from './schemas.ts'

export type RequestFrame = Extract<Frame, { kind: 'call' | 'send' }>

export interface InboundSetup {
  readonly schemas: Schemas
  readonly clock: Clock
  readonly memory: AnswerMemory
  readonly answerTimeout_ms: number
  readonly write: (text: string) => void
  readonly event: (event: RpcEvent) => void
  readonly call: (frame: RequestFrame) => Answer | null | Promise<Answer | null>
  readonly send: (frame: RequestFrame) => void
  /** A request is done; how many wait. */
  readonly done: (waiting: number) => void
  /** What the station sent over its last connection is still worked on: first that, then this. */
  readonly after: Promise<void> | null
}

interface Task {
  readonly frame: RequestFrame
  readonly remembered: Remembered | null
}

/** Errors after which the same call may be tried again with a chance: they are not remembered. */
const passing: readonly string[] = ['InternalError', 'GenericError']

/** The peer's requests on one connection: worked on one after the other, in the order in which they came. */
export class InboundRequests {
  readonly #setup: InboundSetup
  readonly #queue: Task[] = []
  readonly #whenIdle: (() => void)[] = []
  #isBusy = false
  #isClosed = false
  #toldZoneless = false

  constructor(setup: InboundSetup) {
    this.#setup = setup
    if (setup.after) void this.#waitFor(setup.after)
  }

  get waiting(): number {
    return this.#queue.length
  }

  /** When all that came is done; null: it is. */
  get idle(): Promise<void> | null {
    return this.#isBusy ? new Promise((resolve) => this.#whenIdle.push(resolve)) : null
  }

  /** Nothing more will come. What came is still done, in order: the station may not send it again. */
  close(): void {
    this.#isClosed = true
  }

  /** Takes a request; `text` is the frame it came in. */
  take(frame: RequestFrame, text: string): void {
    const remembered = frame.kind === 'call' ? this.#remember(frame, text) : null
    if (frame.kind === 'call' && !remembered) return
    this.#queue.push({ frame, remembered })
    if (!this.#isBusy) this.#work()
  }

  /** Null: the call is known, and was or will be answered as before. */
  #remember(frame: RequestFrame, text: string): Remembered | null {
    const { memory, event, write } = this.#setup
    const fingerprint = fingerprintOf(text)
    const known = memory.find(frame.id)
    const params = { id: frame.id, action: frame.action }
    if (known?.fingerprint === fingerprint) {
      event({ level: 'info', code: 'ocpp.call.repeated', params })
      if (known.answer === null) known.waiting.push(write)
      else write(known.answer)
      return null
    }
    if (known) event({ level: 'warning', code: 'ocpp.call.idReused', params })
    return memory.begin(frame.id, frame.action, fingerprint)
  }

  #work(): void {
    this.#isBusy = true
    for (let task = this.#queue.shift(); task; task = this.#queue.shift()) {
      const answer = task.remembered ? this.#answer(task.frame) : this.#send(task.frame)
      if (answer instanceof Promise) {
        this.#later(task, answer)
        return
      }
      this.#finish(task, answer)
    }
    this.#isBusy = false
    for (const tell of this.#whenIdle.splice(0)) tell()
  }

  async #waitFor(others: Promise<void>): Promise<void> {
    this.#isBusy = true
    await others
    this.#work()
  }

  /** Waits for a handler that answers later, but not for ever; an answer after that is told, and lost. */
  #later(task: Task, answer: Promise<Answer | null>): void {
    let isDone = false
    const finish = (given: Answer | null): void => {
      if (isDone) {
        this.#tell('warning', 'ocpp.handler.late', task.frame)
        return
      }
      isDone = true
      cancel()
      this.#finish(task, given)
      this.#work()
    }
    const { clock, answerTimeout_ms } = this.#setup
    const cancel = clock.after(answerTimeout_ms, () => {
      if (this.#isClosed) this.#drop()
      finish(this.#failed(task.frame, 'ocpp.handler.slow', { after_s: answerTimeout_ms / 1000 }))
    })
    answer.then(finish, (error: unknown) => finish(this.#threw(task.frame, error)))
  }

  /** Where a handler hangs, the next connection shall not wait for each of those behind it. */
  #drop(): void {
    for (const { frame, remembered } of this.#queue.splice(0)) {
      if (remembered) this.#setup.memory.forget(frame.id, remembered)
    }
  }

  #finish(task: Task, answer: Answer | null): void {
    const { write, memory, done } = this.#setup
    if (task.remembered && answer) {
      const { text, isFinal } = this.#textOf(task.frame, answer)
      write(text)
      memory.finish(task.frame.id, task.remembered, text, isFinal)
    }
    done(this.#queue.length)
  }

  #answer(frame: RequestFrame): Answer | null | Promise<Answer | null> {
    const because = this.#refusal(frame, 'Request')
    if (because) return because
    try {
      return this.#setup.call(frame)
    } catch (error) {
      return this.#threw(frame, error)
    }
  }

  #send(frame: RequestFrame): null {
    const refusal = this.#refusal(frame, 'Send')
    if (refusal) return null
    try {
      this.#setup.send(frame)
    } catch (error) {
      this.#threw(frame, error)
    }
    return null
  }

  /** Why the handler does not get to see it; null: it does. */
  #refusal(frame: RequestFrame, part: 'Request' | 'Send'): Extract<Answer, { error: unknown }> | null {
    const { schemas } = this.#setup
    if (!schemas.has(frame.action, part)) return this.#notKnown(frame, part)
    const problem = schemas.check(frame.action, part, frame.payload)
    if (schemas.sawZonelessTime) this.#zoneless(frame)
    if (problem) return this.#refuse(frame, problem.error, problem)
    const value = unreadableValue(frame.action, frame.payload)
    if (!value) return null
    // A transaction must end, whatever its last readings: those are for the reader to leave out.
    if (frame.action !== 'StopTransaction') return this.#refuse(frame, 'PropertyConstraintViolation', value)
    this.#setup.event({ level: 'warning', ...value })
    return null
  }

  #notKnown(frame: RequestFrame, part: 'Request' | 'Send'): Extract<Answer, { error: unknown }> {
    const { schemas } = this.#setup
    const params = { action: frame.action.slice(0, 64), version: schemas.version }
    const isOther = schemas.has(frame.action, part === 'Request' ? 'Send' : 'Request')
    if (!isOther) return this.#refuse(frame, 'NotImplemented', { code: 'ocpp.action.unknown', params })
    const code = part === 'Request' ? 'ocpp.action.sendOnly' : 'ocpp.action.callOnly'
    return this.#refuse(frame, 'NotSupported', { code, params })
  }

  #refuse(frame: RequestFrame, error: Extract<Answer, { error: unknown }>['error'], because: Coded) {
    this.#setup.event({
      level: 'warning',
      code: because.code,
      params: { ...because.params, action: frame.action.slice(0, 64) },
    })
    return errorOf(error, { code: because.code, params: because.params })
  }

  /** Told once a connection: a station that leaves the zone out does so always. */
  #zoneless(frame: RequestFrame): void {
    if (this.#toldZoneless) return
    this.#toldZoneless = true
    this.#tell('warning', 'ocpp.time.noZone', frame)
  }

  #tell(level: RpcEvent['level'], code: Coded['code'], frame: RequestFrame): void {
    this.#setup.event({ level, code, params: { id: frame.id, action: frame.action } })
  }

  #failed(frame: RequestFrame, code: Coded['code'], params: Coded['params']): Answer {
    this.#setup.event({ level: 'error', code, params: { ...params, action: frame.action } })
    return errorOf('InternalError', { code: 'ocpp.handler.failed', params: { action: frame.action } })
  }

  #threw(frame: RequestFrame, error: unknown): Answer {
    return this.#failed(frame, 'ocpp.handler.threw', { error: error instanceof Error ? error.message : String(error) })
  }

  #textOf(frame: RequestFrame, answer: Answer): { text: string; isFinal: boolean } {
    const given = 'payload' in answer ? this.#checked(frame, answer.payload) : answer
    if (typeof given === 'string') return { text: given, isFinal: true }
    const { version } = this.#setup.schemas
    return { text: safeErrorText(frame.id, given, version), isFinal: !passing.includes(given.error) }
  }

  /** The text of a result, or what to say when ours breaks the schema: never a wrong message on the wire. */
  #checked(frame: RequestFrame, payload: object): string | Extract<Answer, { error: unknown }> {
    const problem = this.#setup.schemas.check(frame.action, 'Response', payload)
    const text = problem ? null : safeResultText(frame.id, payload)
    if (text) return text
    const params = { path: problem?.path ?? null, action: frame.action, problem: problem?.code ?? null }
    this.#setup.event({ level: 'error', code: 'ocpp.answer.wrong', params })
    return errorOf('InternalError', { code: 'ocpp.handler.failed', params: { action: frame.action } })
  }
}

/** Null: JSON cannot hold it. */
function safeResultText(id: string, payload: object): string | null {
  try {
    return resultText(id, payload)
  } catch {
    return null
  }
}

/** Details a handler gives may hold what JSON cannot: then they are left out. */
function safeErrorText(id: string, given: Extract<Answer, { error: unknown }>, version: Schemas['version']): string {
  try {
    return errorText(4, id, given, version)
  } catch {
    return errorText(4, id, { error: given.error, description: given.description }, version)
  }
}
