/** A kind of typed array. */
export interface Kind<T> {
  readonly BYTES_PER_ELEMENT: number
  new (length: number): T
  new (room: ArrayBufferLike): T
}

/** Zeros in memory that threads share, where there is such: browsers have it on isolated pages only. */
export function shared<T>(kind: Kind<T>, length: number): T {
  const bytes = length * kind.BYTES_PER_ELEMENT
  return new kind(typeof SharedArrayBuffer === 'undefined' ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes))
}
