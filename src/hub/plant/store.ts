import { invariant } from '../../base/problems/index.ts'

type NumberArray = Float64Array | Int32Array | Uint32Array | Uint8Array

/** Hands out the arrays that are the state of a run, so that the whole state can be copied out and in again. */
export class StateStore {
  readonly #arrays: NumberArray[] = []

  f64(length: number): Float64Array {
    return this.#keep(new Float64Array(length))
  }

  i32(length: number): Int32Array {
    return this.#keep(new Int32Array(length))
  }

  u32(length: number): Uint32Array {
    return this.#keep(new Uint32Array(length))
  }

  /** All arrays, one after the other, as bytes. */
  snapshot(): Uint8Array {
    const bytes = new Uint8Array(this.#arrays.reduce((sum, array) => sum + array.byteLength, 0))
    let at = 0
    for (const array of this.#arrays) {
      bytes.set(new Uint8Array(array.buffer), at)
      at += array.byteLength
    }
    return bytes
  }

  /** Sets every array to what `snapshot` of an equally built store returned. */
  restore(bytes: Uint8Array): void {
    let at = 0
    for (const array of this.#arrays) {
      invariant(at + array.byteLength <= bytes.length, `snapshot of ${bytes.length} bytes is too short`)
      new Uint8Array(array.buffer).set(bytes.subarray(at, at + array.byteLength))
      at += array.byteLength
    }
    invariant(at === bytes.length, `snapshot has ${bytes.length} bytes, the state ${at}`)
  }

  #keep<T extends NumberArray>(array: T): T {
    this.#arrays.push(array)
    return array
  }
}
