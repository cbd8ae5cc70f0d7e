import type { Texts } from './session-columns.ts'
import { shared } from './shared.ts'

const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
/** UTF-8 takes at most so many bytes for a UTF-16 unit. */
const BYTES_PER_UNIT = 3

const encoder = new TextEncoder()

/** A copy of an array with room for twice as much, at least `length`. */
function grown<T extends Uint8Array | Uint32Array | Int32Array>(array: T, length: number, bigger: (n: number) => T): T {
  const copy = bigger(Math.max(length, 2 * array.length))
  copy.set(array)
  return copy
}

/** Distinct texts, numbered as they come. All of them lie in one array of bytes: millions of ids take little more than their letters. */
export class TextTable {
  #bytes = new Uint8Array(1024)
  /** Text number -> end of its bytes. */
  #ends = new Uint32Array(64)
  /** Hash -> text number, -1 where free; twice as many slots as texts at least. */
  #slots = new Int32Array(256).fill(-1)
  #length = 0

  get length(): number {
    return this.#length
  }

  /** The texts without the means to find one again. */
  texts(): Texts {
    const length = this.#start(this.#length)
    const [bytes, ends] = [shared(Uint8Array, length), shared(Uint32Array, this.#length)]
    bytes.set(this.#bytes.subarray(0, length))
    ends.set(this.#ends.subarray(0, this.#length))
    return { bytes, ends }
  }

  /** Number of a text; a new one is entered. */
  add(text: string): number {
    const start = this.#start(this.#length)
    if (start + text.length * BYTES_PER_UNIT > this.#bytes.length) {
      this.#bytes = grown(this.#bytes, start + text.length * BYTES_PER_UNIT, (n) => new Uint8Array(n))
    }
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(start))
    const slot = this.#find(start, start + written)
    const known = this.#slots[slot] ?? -1
    return known >= 0 ? known : this.#enter(slot, start + written)
  }

  #enter(slot: number, end: number): number {
    if (this.#length === this.#ends.length) this.#ends = grown(this.#ends, 0, (n) => new Uint32Array(n))
    const number = this.#length
    this.#ends[number] = end
    this.#slots[slot] = number
    this.#length += 1
    if (2 * this.#length > this.#slots.length) this.#rehash()
    return number
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length).fill(-1)
    for (let number = 0; number < this.#length; number++) {
      this.#slots[this.#find(this.#start(number), this.#ends[number] ?? 0)] = number
    }
  }

  #start(number: number): number {
    return number === 0 ? 0 : (this.#ends[number - 1] ?? 0)
  }

  /** Slot of the text in a range of bytes, or the free one it would get. */
  #find(from: number, to: number): number {
    const mask = this.#slots.length - 1
    let slot = this.#hash(from, to) & mask
    for (;;) {
      const number = this.#slots[slot] ?? -1
      if (number < 0 || this.#same(number, from, to)) return slot
      slot = (slot + 1) & mask
    }
  }

  /** 32-bit FNV-1a (Fowler, Noll, Vo; draft-eastlake-fnv-21, section 2). */
  #hash(from: number, to: number): number {
    let hash = FNV_OFFSET
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (this.#bytes[at] as number), FNV_PRIME)
    return hash ^ (hash >>> 15)
  }

  #same(number: number, from: number, to: number): boolean {
    const start = this.#start(number)
    if ((this.#ends[number] as number) - start !== to - from) return false
    for (let at = 0; at < to - from; at++) {
      if (this.#bytes[start + at] !== this.#bytes[from + at]) return false
    }
    return true
  }
}
