/** What a message is about. */
export const Kind = {
  sample: 0,
  reading: 1,
  status: 2,
  command: 3,
  answer: 4,
  expiry: 5,
  siteSample: 6,
  site: 7,
} as const

/** Numbers a message carries. */
const VALUES = 8

/** A message as it comes out of the queue. */
export interface Message {
  kind: number
  evse: number
  at_s: number
  readonly values: Float64Array
}

export function blankMessage(): Message {
  return { kind: 0, evse: 0, at_s: 0, values: new Float64Array(VALUES) }
}

export interface QueueSnapshot {
  readonly rows: Float64Array
  readonly order: Float64Array
  readonly heap: Int32Array
  readonly size: number
  readonly sent: number
}

/** Time, kind and EVSE before the values. */
const HEAD = 3
const WORDS = HEAD + VALUES
const START = 64

/**
 * Messages in flight, the earliest first, those of the same moment in the order they were sent: a binary heap in one array that
 * grows when it has to and never shrinks.
 */
export class MessageQueue {
  #rows = new Float64Array(START * WORDS)
  #order = new Float64Array(START)
  #heap = new Int32Array(START)
  #size = 0
  #sent = 0
  /** The message `pop` took out last. */
  readonly out = blankMessage()

  constructor() {
    for (let row = 0; row < START; row++) this.#heap[row] = row
  }

  /** When the next message arrives, Infinity: none is in flight. */
  get next_s(): number {
    return this.#size === 0 ? Number.POSITIVE_INFINITY : (this.#rows[(this.#heap[0] as number) * WORDS] as number)
  }

  push(message: Readonly<Message>): void {
    if (this.#size === this.#heap.length) this.#grow()
    const row = this.#heap[this.#size] as number
    const at = row * WORDS
    const rows = this.#rows
    rows[at] = message.at_s
    rows[at + 1] = message.kind
    rows[at + 2] = message.evse
    for (let i = 0; i < VALUES; i++) rows[at + HEAD + i] = message.values[i] as number
    this.#order[row] = this.#sent++
    this.#rise(row, this.#size++)
  }

  /** Takes out the earliest message; false when there is none. */
  pop(): boolean {
    if (this.#size === 0) return false
    const row = this.#heap[0] as number
    this.#read(row)
    const last = this.#heap[--this.#size] as number
    this.#heap[this.#size] = row
    if (this.#size > 0) this.#sink(last)
    return true
  }

  /** All messages, to be put back with `restore`. */
  snapshot(): QueueSnapshot {
    const { rows, order, heap } = { rows: this.#rows, order: this.#order, heap: this.#heap }
    return { rows: rows.slice(), order: order.slice(), heap: heap.slice(), size: this.#size, sent: this.#sent }
  }

  restore({ rows, order, heap, size, sent }: QueueSnapshot): void {
    this.#rows = rows.slice()
    this.#order = order.slice()
    this.#heap = heap.slice()
    this.#size = size
    this.#sent = sent
  }

  #read(row: number): void {
    const at = row * WORDS
    const rows = this.#rows
    const { out } = this
    out.at_s = rows[at] as number
    out.kind = rows[at + 1] as number
    out.evse = rows[at + 2] as number
    for (let i = 0; i < VALUES; i++) out.values[i] = rows[at + HEAD + i] as number
  }

  #grow(): void {
    const before = this.#heap.length
    const rows = new Float64Array(2 * before * WORDS)
    const order = new Float64Array(2 * before)
    const heap = new Int32Array(2 * before)
    rows.set(this.#rows)
    order.set(this.#order)
    heap.set(this.#heap)
    for (let row = before; row < 2 * before; row++) heap[row] = row
    this.#rows = rows
    this.#order = order
    this.#heap = heap
  }

  #isBefore(row: number, other: number): boolean {
    const difference = (this.#rows[row * WORDS] as number) - (this.#rows[other * WORDS] as number)
    return difference < 0 || (difference === 0 && (this.#order[row] as number) < (this.#order[other] as number))
  }

  #rise(row: number, from: number): void {
    const heap = this.#heap
    let at = from
    while (at > 0) {
      const up = (at - 1) >> 1
      if (!this.#isBefore(row, heap[up] as number)) break
      heap[at] = heap[up] as number
      at = up
    }
    heap[at] = row
  }

  #sink(row: number): void {
    const heap = this.#heap
    let at = 0
    for (let down = 1; down < this.#size; down = 2 * at + 1) {
      if (down + 1 < this.#size && this.#isBefore(heap[down + 1] as number, heap[down] as number)) down++
      if (!this.#isBefore(heap[down] as number, row)) break
      heap[at] = heap[down] as number
      at = down
    }
    heap[at] = row
  }
}
