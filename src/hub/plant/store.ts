import { invariant } from '../../base/problems/index.ts'

/** Arrays are cut from blocks of this size; making a block costs much more than making a view. */
const BLOCK_BYTES = 1 << 14
const ALIGN_BYTES = 8

/** Hands out the arrays that are the state of a run, so that the whole state can be copied out and in again. */
export class StateStore {
  readonly #blocks: ArrayBuffer[] = []
  readonly #block_bytes: number
  #block = new ArrayBuffer(0)
  #free = 0

  /** Whoever needs little asks for smaller blocks. */
  constructor(block_bytes = BLOCK_BYTES) {
    this.#block_bytes = block_bytes
  }

  f64(length: number): Float64Array {
    const at = this.#take(length * Float64Array.BYTES_PER_ELEMENT)
    return new Float64Array(this.#block, at, length)
  }

  i32(length: number): Int32Array {
    const at = this.#take(length * Int32Array.BYTES_PER_ELEMENT)
    return new Int32Array(this.#block, at, length)
  }

  u32(length: number): Uint32Array {
    const at = this.#take(length * Uint32Array.BYTES_PER_ELEMENT)
    return new Uint32Array(this.#block, at, length)
  }

  /** All state as bytes. */
  snapshot(): Uint8Array {
    const bytes = new Uint8Array(this.#size)
    let at = 0
    for (const block of this.#blocks) {
      bytes.set(new Uint8Array(block), at)
      at += block.byteLength
    }
    return bytes
  }

  /** Sets every array to what `snapshot` of an equally built store returned. */
  restore(bytes: Uint8Array): void {
    invariant(bytes.length === this.#size, `snapshot has ${bytes.length} bytes, the state ${this.#size}`)
    let at = 0
    for (const block of this.#blocks) {
      new Uint8Array(block).set(bytes.subarray(at, at + block.byteLength))
      at += block.byteLength
    }
  }

  get #size(): number {
    return this.#blocks.reduce((sum, block) => sum + block.byteLength, 0)
  }

  /** Where in the block at work the next so many bytes begin. */
  #take(bytes: number): number {
    const rounded = Math.ceil(bytes / ALIGN_BYTES) * ALIGN_BYTES
    if (this.#free + rounded > this.#block.byteLength) {
      this.#block = new ArrayBuffer(Math.max(this.#block_bytes, rounded))
      this.#blocks.push(this.#block)
      this.#free = 0
    }
    const at = this.#free
    this.#free += rounded
    return at
  }
}
