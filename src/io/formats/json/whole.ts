import { type TextSource, unreadable } from '../sessions/source.ts'

/** A text that is held whole takes several times its size as values. */
const MAX_HELD = 256 * 1024 * 1024

/** The whole text of a source, for formats whose parts refer to each other; a larger one is refused with its size. */
export async function wholeText({ file, chunks, size }: TextSource): Promise<string> {
  const pieces: string[] = []
  let length = size ?? 0
  if (length <= MAX_HELD) {
    length = 0
    for await (const piece of chunks) {
      length += piece.length
      if (length > MAX_HELD) break
      pieces.push(piece)
    }
  }
  if (length <= MAX_HELD) return pieces.join('').replace(/^\uFEFF/, '')
  const params = { size: length, max: MAX_HELD }
  throw unreadable(file, { code: 'trace.tooLargeToHold', params }, undefined, { code: 'trace.fix.split', params: {} })
}
