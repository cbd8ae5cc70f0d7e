import type { StateStore } from '../../hub/plant/index.ts'

/**
 * Alarm clock with one alarm a thing, moved in place: an indexed binary heap. Ties go to the lower number. A thing whose
 * alarm is Infinity sleeps.
 */
export class Agenda {
  readonly at_s: Float64Array
  readonly #heap: Int32Array
  readonly #place: Int32Array
  /** One number: how many things are awake. */
  readonly #size: Int32Array

  constructor(things: number, store: StateStore) {
    this.at_s = store.f64(things).fill(Number.POSITIVE_INFINITY)
    this.#heap = store.i32(things)
    this.#place = store.i32(things).fill(-1)
    this.#size = store.i32(1)
  }

  /** The thing whose alarm comes first, -1 when all sleep. */
  get next(): number {
    return this.#size[0] === 0 ? -1 : (this.#heap[0] as number)
  }

  /** When the alarm of a thing comes; Infinity: it sleeps. */
  when_s(thing: number): number {
    return (this.#place[thing] as number) < 0 ? Number.POSITIVE_INFINITY : (this.at_s[thing] as number)
  }

  /** Adds, moves or (Infinity) removes the alarm of a thing. */
  set(thing: number, when_s: number): void {
    const at = this.#place[thing] as number
    if (when_s === Number.POSITIVE_INFINITY) {
      if (at >= 0) this.#remove(thing, at)
      return
    }
    const before_s = this.at_s[thing] as number
    this.at_s[thing] = when_s
    if (at < 0) this.#rise(thing, this.#grow())
    else if (when_s < before_s) this.#rise(thing, at)
    else if (when_s > before_s) this.#sink(thing, at)
  }

  /** Moves every alarm by the same time; their order stays. */
  shift(by_s: number): void {
    for (let thing = 0; thing < this.at_s.length; thing++) this.at_s[thing] = (this.at_s[thing] as number) + by_s
  }

  #grow(): number {
    const size = this.#size[0] as number
    this.#size[0] = size + 1
    return size
  }

  #remove(thing: number, at: number): void {
    const size = (this.#size[0] as number) - 1
    this.#size[0] = size
    this.#place[thing] = -1
    this.at_s[thing] = Number.POSITIVE_INFINITY
    if (at === size) return
    const last = this.#heap[size] as number
    this.#rise(last, at)
    if (this.#heap[at] === last) this.#sink(last, at)
  }

  #rise(thing: number, from: number): void {
    const heap = this.#heap
    const place = this.#place
    const { at_s } = this
    const when_s = at_s[thing] as number
    let at = from
    while (at > 0) {
      const up = (at - 1) >> 1
      const other = heap[up] as number
      const other_s = at_s[other] as number
      if (other_s < when_s || (other_s === when_s && other < thing)) break
      heap[at] = other
      place[other] = at
      at = up
    }
    heap[at] = thing
    place[thing] = at
  }

  #sink(thing: number, from: number): void {
    const heap = this.#heap
    const place = this.#place
    const { at_s } = this
    const size = this.#size[0] as number
    const when_s = at_s[thing] as number
    let at = from
    for (let down = 2 * at + 1; down < size; down = 2 * at + 1) {
      let other = heap[down] as number
      let other_s = at_s[other] as number
      if (down + 1 < size) {
        const right = heap[down + 1] as number
        const right_s = at_s[right] as number
        if (right_s < other_s || (right_s === other_s && right < other)) {
          other = right
          other_s = right_s
          down++
        }
      }
      if (when_s < other_s || (when_s === other_s && thing < other)) break
      heap[at] = other
      place[other] = at
      at = down
    }
    heap[at] = thing
    place[thing] = at
  }
}
