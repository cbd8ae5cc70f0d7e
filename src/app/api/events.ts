import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { OperationEvent } from '../../live/operate/index.ts'
import type { ApiParts } from './parts.ts'

/** What a listener may have missed is told again from here. */
const KEPT = 500
/** A state of the hub is told no more often. */
const BEAT_ms = 1000
/** Something is told at least so often, or proxies close the line. */
const QUIET_ms = 15_000
const RETRY_ms = 2000

const told = [
  'alarm',
  'station',
  'connected',
  'disconnected',
  'started',
  'ended',
  'command',
  'reservation',
  'doubt',
] as const
const isTold = (kind: OperationEvent['kind']): boolean => told.some((name) => name === kind)
/** Events of lists: under one name, since a page reads the list again. */
const nameOf = ({ kind }: OperationEvent): string =>
  kind === 'connected' || kind === 'disconnected'
    ? 'station'
    : kind === 'started' || kind === 'ended'
      ? 'transaction'
      : kind

interface Told {
  readonly id: number
  readonly event: string
  readonly data: string
}

/** The stream of events: one state of the hub a second while it changes, and what happens. */
export class EventStream {
  readonly #parts: ApiParts
  readonly #kept: Told[] = []
  readonly #listeners = new Set<(event: Told) => void>()
  readonly #stop: () => void
  #last = 0
  /** Grows with everything that happens. */
  #version = 0

  constructor(parts: ApiParts) {
    this.#parts = parts
    this.#stop = parts.operation.subscribe((event) => this.#take(event))
  }

  get listeners(): number {
    return this.#listeners.size
  }

  close(): void {
    this.#stop()
    this.#listeners.clear()
  }

  /** Serves one listener until it goes away. */
  serve(context: Context): Response {
    const after = Number(context.req.header('last-event-id') ?? Number.NaN)
    return streamSSE(context, async (stream) => {
      const queue: Told[] = this.#kept.filter(({ id }) => id > after)
      const listener = (event: Told): void => {
        if (queue.length < KEPT) queue.push(event)
      }
      this.#listeners.add(listener)
      stream.onAbort(() => void this.#listeners.delete(listener))
      await stream.writeSSE({ event: 'hub', data: this.#state(), retry: RETRY_ms })
      let seen = this.#version
      let quiet_ms = 0
      while (!stream.aborted && this.#listeners.has(listener)) {
        for (const { id, event, data } of queue.splice(0)) await stream.writeSSE({ id: `${id}`, event, data })
        await stream.sleep(BEAT_ms)
        quiet_ms += BEAT_ms
        if (this.#version === seen && quiet_ms < QUIET_ms) continue
        await stream.writeSSE({ event: 'hub', data: this.#state() })
        seen = this.#version
        quiet_ms = 0
      }
      this.#listeners.delete(listener)
    })
  }

  #state(): string {
    return JSON.stringify(this.#parts.hub.now())
  }

  #take(event: OperationEvent): void {
    this.#version++
    if (!isTold(event.kind)) return
    const kept = { id: ++this.#last, event: nameOf(event), data: JSON.stringify(event) }
    this.#kept.push(kept)
    if (this.#kept.length > KEPT) this.#kept.shift()
    for (const listener of this.#listeners) listener(kept)
  }
}
