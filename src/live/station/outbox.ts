import type { Clock } from '../clock/index.ts'
import type { CallOutcome, JsonObject } from '../ocpp/index.ts'
import type { Note } from './notes.ts'

const MS_PER_SECOND = 1000

export interface Request {
  readonly action: string
  readonly payload: object
}

export interface OutboxSetup {
  readonly clock: Clock
  readonly most: number
  readonly attempts: number
  readonly retry_s: number
  /** Message for a note, made when it is sent; null: this version has none for it. */
  message(note: Note): Request | null
  call(request: Request): Promise<CallOutcome>
  answered(note: Note, payload: JsonObject): void
  /** A note was given up: no room, or too many failed attempts. */
  dropped(note: Note, outcome: CallOutcome | null): void
}

/** Transaction messages on their way: one after the other, each until it is answered, kept while there is no connection. */
export class Outbox {
  readonly #setup: OutboxSetup
  readonly #notes: Note[] = []
  #isOpen = false
  #isBusy = false
  #attempt = 0

  constructor(setup: OutboxSetup) {
    this.#setup = setup
  }

  get waiting(): number {
    return this.#notes.length
  }

  /** What says only how a transaction goes on is given up before what says that it began or ended. */
  add(note: Note): void {
    if (this.#notes.length >= this.#setup.most) {
      // The first one may be under way.
      const spare = this.#notes.findIndex(({ kind }, at) => at > 0 && kind === 'updated')
      const [gone] = spare === -1 ? [note.kind === 'updated' ? note : undefined] : this.#notes.splice(spare, 1)
      if (gone) this.#setup.dropped(gone, null)
      if (gone === note) return
    }
    this.#notes.push(note)
    this.#send()
  }

  /** There is a connection, or none any more. */
  open(isOpen: boolean): void {
    this.#isOpen = isOpen
    this.#attempt = 0
    if (isOpen) this.#send()
  }

  #send(): void {
    if (this.#isBusy || !this.#isOpen) return
    const note = this.#notes[0]
    if (!note) return
    const request = this.#setup.message(note)
    if (!request) {
      this.#notes.shift()
      this.#send()
      return
    }
    this.#isBusy = true
    void this.#setup.call(request).then((outcome) => this.#take(note, outcome))
  }

  #take(note: Note, outcome: CallOutcome): void {
    this.#isBusy = false
    if (outcome.kind === 'closed') {
      this.#send()
      return
    }
    if (outcome.kind === 'result') {
      this.#next()
      this.#setup.answered(note, outcome.payload)
      this.#send()
      return
    }
    this.#attempt++
    if (this.#attempt < this.#setup.attempts && outcome.kind !== 'invalid') {
      this.#isBusy = true
      this.#setup.clock.after(this.#attempt * this.#setup.retry_s * MS_PER_SECOND, () => {
        this.#isBusy = false
        this.#send()
      })
      return
    }
    this.#next()
    this.#setup.dropped(note, outcome)
    this.#send()
  }

  #next(): void {
    this.#notes.shift()
    this.#attempt = 0
  }
}
