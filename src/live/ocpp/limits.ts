/** Bounds that keep one connection from harming the others. All times are of the injected clock. */
export interface RpcLimits {
  /** Longest frame taken; a longer one closes the connection (1009). */
  readonly maxFrame_bytes: number
  /** How long a CALL of ours waits for its answer, from the moment it is sent. */
  readonly callTimeout_ms: number
  /** CALLs of ours that may wait behind the one under way. */
  readonly outboundQueue: number
  /** CALLs of the peer that may wait behind the one worked on; then its socket is not read until half are done. */
  readonly inboundQueue: number
  /** How long the handler may take to answer before the peer is told InternalError. */
  readonly answerTimeout_ms: number
  /** Messages a second in the long run, and at once; above it the socket is read no faster. */
  readonly rate_perSecond: number
  readonly burst: number
  /** Bytes that may wait for a peer that does not read; then it is cut off. */
  readonly maxBuffered_bytes: number
  /** A ping after so long; a peer that was silent until the next is cut off. */
  readonly ping_ms: number
  /** Answers remembered for repeated message ids: how many a station, how long. */
  readonly remembered: number
  readonly rememberFor_ms: number
  /** How long a handshake may take, and how long a closing connection has. */
  readonly handshake_ms: number
  readonly closing_ms: number
}

export const defaultLimits: RpcLimits = {
  maxFrame_bytes: 256 * 1024,
  callTimeout_ms: 30_000,
  outboundQueue: 64,
  inboundQueue: 64,
  answerTimeout_ms: 60_000,
  rate_perSecond: 100,
  burst: 1000,
  maxBuffered_bytes: 1024 * 1024,
  ping_ms: 60_000,
  remembered: 128,
  rememberFor_ms: 600_000,
  handshake_ms: 10_000,
  closing_ms: 5_000,
}
