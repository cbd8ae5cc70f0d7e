/** WebSocket frames of a client (RFC 6455), as cheap as they can be made: a generator of load must not be what is measured. */

/** Any key but zero: the server has to unmask, as it does for real stations. */
const MASK = Buffer.from([0x37, 0xfa, 0x21, 0x3d])
const TEXT = 0x81
const PONG = 0x8a
const SHORT = 126
const LONG = 65_536

/** Frame of a payload, masked. */
export function maskedFrame(payload: Uint8Array, opcode: number = TEXT): Buffer {
  const { length } = payload
  if (length >= LONG) throw new Error(`${length} bytes are more than a station sends at once`)
  const head = length < SHORT ? 2 : 4
  const frame = Buffer.allocUnsafe(head + 4 + length)
  frame[0] = opcode
  frame[1] = 0x80 | Math.min(length, SHORT)
  if (length >= SHORT) frame.writeUInt16BE(length, 2)
  MASK.copy(frame, head)
  for (let at = 0; at < length; at++) frame[head + 4 + at] = (payload[at] as number) ^ (MASK[at & 3] as number)
  return frame
}

/** A text sent many times, with places of fixed width that differ: `«name    »`, as long as what is put there. */
export class Template {
  readonly #frame: Buffer
  readonly #head: number
  readonly #places: { readonly name: string; readonly at: number; readonly width: number }[] = []

  constructor(text: string) {
    for (const match of text.matchAll(/«(\w+) *»/g)) {
      this.#places.push({ name: match[1] ?? '', at: match.index, width: match[0].length })
    }
    const bytes = Buffer.from(text.replace(/«\w+ *»/g, (place) => ' '.repeat(place.length)))
    this.#frame = maskedFrame(bytes)
    this.#head = this.#frame.length - bytes.length
  }

  /** A frame of its own with these texts put in. Shorter ones are padded with blanks on the left. */
  fill(values: Readonly<Record<string, string>>): Buffer {
    const frame = Buffer.from(this.#frame)
    for (const place of this.#places) this.#put(frame, place, (values[place.name] ?? '').padStart(place.width))
    return frame
  }

  #put(frame: Buffer, { at, width }: { readonly at: number; readonly width: number }, text: string): void {
    if (text.length !== width) throw new Error(`"${text}" has not ${width} characters`)
    for (let place = 0; place < width; place++) {
      frame[this.#head + at + place] = text.charCodeAt(place) ^ (MASK[(at + place) & 3] as number)
    }
  }
}

export interface FrameReaderHandler {
  text(payload: Buffer): void
  ping(payload: Buffer): void
  closed(): void
}

/** Cuts what comes from a server into frames; servers do not mask. */
export class FrameReader {
  readonly #handler: FrameReaderHandler
  #rest: Buffer | null = null

  constructor(handler: FrameReaderHandler) {
    this.#handler = handler
  }

  take(chunk: Buffer): void {
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk
    let at = 0
    for (;;) {
      const end = this.#one(bytes, at)
      if (end < 0) break
      at = end
    }
    this.#rest = at < bytes.length ? Buffer.from(bytes.subarray(at)) : null
  }

  /** Where the next frame begins; -1: this one is not whole yet. */
  #one(bytes: Buffer, at: number): number {
    if (at + 2 > bytes.length) return -1
    const length = (bytes[at + 1] as number) & 0x7f
    const head = length < SHORT ? 2 : length === SHORT ? 4 : 10
    if (at + head > bytes.length) return -1
    const size = length < SHORT ? length : length === SHORT ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6)
    const end = at + head + size
    if (end > bytes.length) return -1
    const opcode = (bytes[at] as number) & 0x0f
    const payload = bytes.subarray(at + head, end)
    if (opcode === 1) this.#handler.text(payload)
    else if (opcode === 9) this.#handler.ping(payload)
    else if (opcode === 8) this.#handler.closed()
    return end
  }
}

export const pongFrame = (payload: Uint8Array): Buffer => maskedFrame(payload, PONG)
