import { invariant } from '../../base/problems/index.ts'

/** Arrays are cut from blocks of this size; making a block costs much more than making a view. */
const BLOCK_BYTES = 1 << 16
const ALIGN_BYTES = 8

/** Hands out the arrays that are the state of a run, so that the whole state can be copied out and in again. */
export class StateStore {
  readonly #blocks: Uint8Array[] = []
  readonly #block_bytes: number
  #free = 0

  /** Whoever needs little asks for smaller blocks. */
  constructor(block_bytes = BLOCK_BYTES) {
    this.#block_bytes = block_bytes
  }

  f64(length: number): Float64Array {
    const bytes = this.#take(length * Float64Array.BYTES_PER_ELEMENT)
    return new Float64Array(bytes.buffer, bytes.byteOffset, length)
  }

  i32(length: number): Int32Array {
    const bytes = this.#take(length * Int32Array.BYTES_PER_ELEMENT)
    return new Int32Array(bytes.buffer, bytes.byteOffset, length)
  }

  u32(length: number): Uint32Array {
    const bytes = this.#take(length * Uint32Array.BYTES_PER_ELEMENT)
    return new Uint32Array(bytes.buffer, bytes.byteOffset, length)
  }

  /** All state as bytes. */
  snapshot(): Uint8Array {
    const bytes = new Uint8Array(this.#size)
    let at = 0
    for (const block of this.#blocks) {
      bytes.set(block, at)
      at += block.length
    }
    return bytes
  }

  /** Sets every array to what `snapshot` of an equally built store returned. */
  restore(bytes: Uint8Array): void {
    invariant(bytes.length === this.#size, `snapshot has ${bytes.length} bytes, the state ${this.#size}`)
    let at = 0
    for (const block of this.#blocks) {
      block.set(bytes.subarray(at, at + block.length))
      at += block.length
    }
  }

  get #size(): number {
    return this.#blocks.reduce((sum, block) => sum + block.length, 0)
  }

  #take(bytes: number): Uint8Array {
    const rounded = Math.ceil(bytes / ALIGN_BYTES) * ALIGN_BYTES
    let block = this.#blocks.at(-1)
    if (block === undefined || this.#free + rounded > block.length) {
      block = new Uint8Array(Math.max(this.#block_bytes, rounded))
      this.#blocks.push(block)
      this.#free = 0
    }
    const at = this.#free
    this.#free += rounded
    return block.subarray(at, at + rounded)
  }
}
