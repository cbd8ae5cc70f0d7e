import { randomUUID } from 'node:crypto'
import type { Coded } from '../../base/words/index.ts'
import type { Clock } from '../clock/index.ts'
import { readErrorCode } from './error-codes.ts'
import type { RpcEvent } from './events.ts'
import { type Frame, requestText } from './frame.ts'
import type { CallOutcome } from './outcome.ts'
import type { SchemaProblem, Schemas } from './schemas.ts'

interface Waiting {
  readonly id: string
  readonly action: string
  readonly text: string
  readonly timeout_ms: number
  readonly settle: (outcome: CallOutcome) => void
}

type AnswerFrame = Extract<Frame, { kind: 'result' | 'error' }>

export interface OutboundSetup {
  readonly schemas: Schemas
  readonly clock: Clock
  readonly most: number
  readonly write: (text: string) => void
  readonly event: (event: RpcEvent) => void
  /** The answer to a call broke its schema: the peer is told where the version can. */
  readonly refuse: (id: string, problem: SchemaProblem) => void
}

/** Ids of calls given up, so that a late answer is known as one. */
const GIVEN_UP_REMEMBERED = 32

/** Our calls on one connection: one under way, the others behind it (part 4, 4.1.1). */
export class OutboundCalls {
  readonly #setup: OutboundSetup
  readonly #queue: Waiting[] = []
  readonly #givenUp = new Map<string, string>()
  #current: Waiting | null = null
  #cancel = (): void => {}
  #isClosed = false

  constructor(setup: OutboundSetup) {
    this.#setup = setup
  }

  /** Whether a call waits for its answer. */
  get isWaiting(): boolean {
    return this.#current !== null
  }

  call(action: string, payload: object, timeout_ms: number): Promise<CallOutcome> {
    if (this.#isClosed) return Promise.resolve({ kind: 'closed' })
    const problem = requestProblem(this.#setup.schemas, action, payload)
    if (problem) return Promise.resolve({ kind: 'invalid', whose: 'ours', problems: [problem] })
    const { most } = this.#setup
    if (this.#queue.length >= most) return Promise.resolve({ kind: 'busy', most })
    const id = randomUUID()
    const text = requestText(2, id, action, payload)
    return new Promise((settle) => {
      this.#queue.push({ id, action, text, timeout_ms, settle })
      this.#next()
    })
  }

  /** Takes an answer of the peer. */
  take(frame: AnswerFrame): void {
    const current = this.#current
    if (current?.id !== frame.id) {
      this.#stranger(frame.id)
      return
    }
    this.#settle(this.#outcomeOf(current, frame))
  }

  /** Nothing is sent any more: all that waits ends as `closed`. */
  close(): void {
    this.#isClosed = true
    const waiting = this.#queue.splice(0)
    this.#settle({ kind: 'closed' })
    for (const { settle } of waiting) settle({ kind: 'closed' })
  }

  #outcomeOf(current: Waiting, frame: AnswerFrame): CallOutcome {
    if (frame.kind !== 'result') {
      const { code, description, details } = frame
      return { kind: 'error', code, error: readErrorCode(code), description, details }
    }
    const problem = this.#setup.schemas.check(current.action, 'Response', frame.payload)
    if (!problem) return { kind: 'result', payload: frame.payload }
    this.#setup.refuse(frame.id, problem)
    return { kind: 'invalid', whose: 'theirs', problems: [problem] }
  }

  #next(): void {
    if (this.#current || this.#isClosed) return
    const next = this.#queue.shift()
    if (!next) return
    this.#current = next
    this.#cancel = this.#setup.clock.after(next.timeout_ms, () => this.#giveUp(next))
    this.#setup.write(next.text)
  }

  #giveUp(call: Waiting): void {
    this.#givenUp.set(call.id, call.action)
    for (const id of this.#givenUp.keys()) {
      if (this.#givenUp.size <= GIVEN_UP_REMEMBERED) break
      this.#givenUp.delete(id)
    }
    this.#setup.event({
      level: 'warning',
      code: 'ocpp.call.timeout',
      params: { action: call.action, after_s: call.timeout_ms / 1000 },
    })
    this.#settle({ kind: 'timeout', after_ms: call.timeout_ms })
  }

  #settle(outcome: CallOutcome): void {
    const current = this.#current
    this.#current = null
    this.#cancel()
    this.#cancel = () => {}
    current?.settle(outcome)
    this.#next()
  }

  #stranger(id: string): void {
    const action = this.#givenUp.get(id)
    this.#givenUp.delete(id)
    const code = action ? 'ocpp.answer.late' : 'ocpp.answer.unknown'
    this.#setup.event({ level: 'warning', code, params: { id: id.slice(0, 36), action: action ?? null } })
  }
}

/** Why a request may not be sent; null: it may. */
export function requestProblem(schemas: Schemas, action: string, payload: object): Coded | null {
  if (!schemas.has(action, 'Request'))
    return { code: 'ocpp.action.unknown', params: { action, version: schemas.version } }
  return schemas.check(action, 'Request', payload)
}
