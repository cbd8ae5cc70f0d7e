import type { Clock } from '../clock/index.ts'

/** Calls that stations send again word for word after a reconnect, being unsure: they carry their own time or number. */
const keptAcrossConnections = new Set(['StartTransaction', 'StopTransaction', 'MeterValues', 'TransactionEvent'])

/** A call that was taken, and what was answered. */
export interface Remembered {
  readonly action: string
  readonly fingerprint: number
  readonly at_ms: number
  /** Text of the answer; null while it is being worked on. */
  answer: string | null
  /** Who else asked in the meantime. */
  readonly waiting: ((answer: string) => void)[]
}

/** 53 bits of a text (cyrb53 by bryc, public domain): enough to tell a repetition from a new call under an old id. */
export function fingerprintOf(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}

/** What one station called lately, so that the same call under the same id has one effect and the same answer. */
export class AnswerMemory {
  readonly #clock: Clock
  readonly #most: number
  readonly #for_ms: number
  readonly #calls = new Map<string, Remembered>()

  constructor(clock: Clock, { remembered, rememberFor_ms }: { remembered: number; rememberFor_ms: number }) {
    this.#clock = clock
    this.#most = remembered
    this.#for_ms = rememberFor_ms
  }

  get size(): number {
    return this.#calls.size
  }

  find(id: string): Remembered | undefined {
    const call = this.#calls.get(id)
    if (!call || call.answer === null || this.#clock.now_ms() - call.at_ms <= this.#for_ms) return call
    this.#calls.delete(id)
    return undefined
  }

  begin(id: string, action: string, fingerprint: number): Remembered {
    const call: Remembered = { action, fingerprint, at_ms: this.#clock.now_ms(), answer: null, waiting: [] }
    this.#calls.delete(id)
    this.#calls.set(id, call)
    this.#trim()
    return call
  }

  /** Keeps the answer, or forgets the call when it may be tried again (`isFinal` false), and tells who waits. */
  finish(id: string, call: Remembered, answer: string, isFinal: boolean): void {
    call.answer = answer
    if (!isFinal && this.#calls.get(id) === call) this.#calls.delete(id)
    for (const tell of call.waiting.splice(0)) tell(answer)
  }

  /** The call was not worked on: it may come again. */
  forget(id: string, call: Remembered): void {
    if (this.#calls.get(id) === call) this.#calls.delete(id)
  }

  /** A new connection may count its ids anew: only what stations repeat on purpose is kept. */
  newConnection(): void {
    for (const [id, call] of this.#calls) if (!keptAcrossConnections.has(call.action)) this.#calls.delete(id)
  }

  #trim(): void {
    for (const [id, call] of this.#calls) {
      if (this.#calls.size <= this.#most) return
      if (call.answer !== null) this.#calls.delete(id)
    }
  }
}
