const WHOLE_TEXT = 0x81
const SHORT = 126
const LONG = 65_536
const LONG_MARK = 127

/**
 * A whole text frame of a server (RFC 6455, 5.2: not masked) in one piece: one buffer to be handed to the system where a frame of
 * head and text is two.
 */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text)
  const head = length < SHORT ? 2 : length < LONG ? 4 : 10
  const frame = Buffer.allocUnsafe(head + length)
  frame[0] = WHOLE_TEXT
  frame[1] = length < SHORT ? length : length < LONG ? SHORT : LONG_MARK
  if (head === 4) frame.writeUInt16BE(length, 2)
  else if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2)
  frame.write(text, head)
  return frame
}
