import { randomUUID } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { RawData, WebSocket } from 'ws'
import type { Code, Coded } from '../../base/words/index.ts'
import type { Clock } from '../clock/index.ts'
import type { RpcEvent } from './events.ts'
import { type BadFrame, errorOf, errorText, type Frame, readFrame, requestText } from './frame.ts'
import { InboundRequests, type RequestFrame } from './inbound.ts'
import type { JsonObject } from './json.ts'
import type { RpcLimits } from './limits.ts'
import type { AnswerMemory } from './memory.ts'
import { OutboundCalls } from './outbound.ts'
import type { Answer, CallOutcome } from './outcome.ts'
import type { Schemas } from './schemas.ts'
import { textFrame } from './text-frame.ts'
import { TokenBucket } from './token-bucket.ts'
import type { OcppVersion } from './version.ts'

/** What answers on our side of a connection. Requests come one after the other, each valid by its schema. */
export interface PeerHandler {
  /** A CALL; `frameId` is its message id. To throw is to answer InternalError; null: it is never answered. */
  call(peer: RpcPeer, action: string, payload: JsonObject, frameId: string): Answer | null | Promise<Answer | null>
  /** A SEND of 2.1: it is not answered. */
  send?(peer: RpcPeer, action: string, payload: JsonObject): void
  /** The connection is gone; `code` as of WebSocket (RFC 6455, 7.4). Comes once. */
  closed?(peer: RpcPeer, code: number): void
  event?(peer: RpcPeer, event: RpcEvent): void
}

export type Direction = 'in' | 'out'
export type Trace = (stationId: string, direction: Direction, text: string) => void

export interface PeerSetup {
  readonly socket: WebSocket
  /** Of a server: what the socket writes to, for frames that are made here. Null: the socket makes them. */
  readonly wire: Duplex | null
  readonly stationId: string
  readonly schemas: Schemas
  readonly clock: Clock
  readonly limits: RpcLimits
  readonly memory: AnswerMemory
  readonly trace?: Trace | undefined
  /** Requests of an earlier connection that must be done before those of this one. */
  readonly after?: Promise<void> | null
  /** Told once the connection is over, before the handler. */
  readonly gone?: (peer: RpcPeer) => void
}

/** Codes of WebSocket for the ends we choose (RFC 6455, 7.4.1). */
export const closeCode = { normal: 1000, goingAway: 1001, binary: 1003, lost: 1006, policy: 1008 } as const

const nobody: PeerHandler = {
  call: () => errorOf('NotSupported', { code: 'ocpp.handler.none', params: {} }),
}

/** One side of one connection; the same for station and management system. */
export class RpcPeer {
  readonly version: OcppVersion
  readonly stationId: string
  readonly #setup: PeerSetup
  readonly #inbound: InboundRequests
  readonly #outbound: OutboundCalls
  readonly #bucket: TokenBucket
  #handler: PeerHandler = nobody
  #isOpen = true
  #isHeard = true
  #isFull = false
  #isThrottled = false
  #cancelPing = (): void => {}
  #cancelRest = (): void => {}

  constructor(setup: PeerSetup) {
    this.#setup = setup
    this.version = setup.schemas.version
    this.stationId = setup.stationId
    this.#bucket = new TokenBucket(setup.clock, setup.limits)
    this.#outbound = new OutboundCalls({
      ...setup,
      most: setup.limits.outboundQueue,
      write: (text) => this.#write(text),
      event: (event) => this.#event(event),
      refuse: (id, problem) => this.#refuseResult(id, problem.error, problem),
    })
    this.#inbound = this.#newInbound()
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Done when the socket itself is closed, which is after the farewell of the other side or when that took too long. */
  get finished(): Promise<void> {
    const { socket } = this.#setup
    if (socket.readyState === socket.CLOSED) return Promise.resolve()
    return new Promise((resolve) => socket.once('close', () => resolve()))
  }

  /** When the requests that came are all done; null: they are. They go on when the connection does not. */
  get idle(): Promise<void> | null {
    return this.#inbound.idle
  }

  /**
   * Sends a CALL and waits for its answer. One is under way at a time, further ones wait behind it; the time allowed
   * counts from the moment of sending. Never rejects.
   */
  call(action: string, payload: object, options: { readonly timeout_ms?: number } = {}): Promise<CallOutcome> {
    return this.#outbound.call(action, payload, options.timeout_ms ?? this.#setup.limits.callTimeout_ms)
  }

  /** Sends a SEND (2.1): no answer will come. False: not sent, because closed, of another version, or not valid. */
  notify(action: string, payload: object): boolean {
    const { schemas } = this.#setup
    if (!this.#isOpen || this.version !== '2.1' || !schemas.has(action, 'Send')) return false
    if (schemas.check(action, 'Send', payload)) return false
    this.#write(requestText(6, randomUUID(), action, payload))
    return this.#isOpen
  }

  /** Ends the connection; calls that wait end as `closed`, requests being worked on are finished unheard. */
  close(code: number = closeCode.normal, reason = ''): void {
    if (!this.#isOpen) return
    this.#setup.socket.close(code, reason)
    const cancel = this.#setup.clock.after(this.#setup.limits.closing_ms, () => this.#setup.socket.terminate())
    this.#setup.socket.once('close', cancel)
    this.#end(code)
  }

  /** Starts to listen. Done once, by whoever made the connection, before anything can have come. */
  start(handler: PeerHandler): void {
    this.#handler = handler
    const { socket } = this.#setup
    socket.on('message', (data, isBinary) => this.#message(data, isBinary))
    socket.on('pong', () => this.#hear())
    socket.on('ping', () => this.#hear())
    socket.on('close', (code) => this.#end(code))
    socket.on('error', (error) => this.#say('warning', 'ocpp.link.error', { error: error.message }))
    this.#armPing()
  }

  #newInbound(): InboundRequests {
    const { schemas, clock, memory, limits, after = null } = this.#setup
    return new InboundRequests({
      schemas,
      clock,
      memory,
      after,
      answerTimeout_ms: limits.answerTimeout_ms,
      write: (text) => this.#write(text),
      event: (event) => this.#event(event),
      call: (frame) => this.#handler.call(this, frame.action, frame.payload, frame.id),
      send: (frame) => this.#handler.send?.(this, frame.action, frame.payload),
      done: (waiting) => this.#drained(waiting),
    })
  }

  #message(data: RawData, isBinary: boolean): void {
    if (!this.#isOpen) return
    this.#hear()
    if (isBinary) {
      this.#say('warning', 'ocpp.frame.binary', {})
      this.close(closeCode.binary, 'text frames only')
      return
    }
    const text = data.toString()
    this.#setup.trace?.(this.stationId, 'in', text)
    this.#throttle()
    this.#take(readFrame(text, this.version), text)
  }

  #take(frame: Frame, text: string): void {
    if (frame.kind === 'bad') this.#takeBad(frame)
    else if (frame.kind === 'call' || frame.kind === 'send') this.#takeRequest(frame, text)
    else if (frame.kind === 'resultError') this.#resultRefused(frame.code, frame.description)
    else this.#outbound.take(frame)
  }

  #takeRequest(frame: RequestFrame, text: string): void {
    this.#inbound.take(frame, text)
    if (this.#isFull || this.#inbound.waiting < this.#setup.limits.inboundQueue) return
    this.#isFull = true
    this.#say('warning', 'ocpp.link.full', { waiting: this.#inbound.waiting })
    this.#readOrRest()
  }

  #takeBad({ id, error, because }: BadFrame): void {
    this.#event({ level: 'warning', ...because })
    if (id !== null) this.#write(errorText(4, id, errorOf(error, because), this.version))
  }

  #resultRefused(code: string, description: string): void {
    this.#say('error', 'ocpp.answer.refused', { error: code.slice(0, 64), description: description.slice(0, 255) })
  }

  /** Only 2.1 has a message for it; before, the station is left to believe that all was well. */
  #refuseResult(id: string, error: BadFrame['error'], because: Coded): void {
    this.#event({ level: 'warning', code: because.code, params: because.params })
    if (this.version === '2.1') this.#write(errorText(5, id, errorOf(error, because), this.version))
  }

  /** Over its rate, a peer's socket rests until there is a token again: nothing is lost, it only comes later. */
  #throttle(): void {
    const wait_ms = this.#bucket.take_ms()
    if (wait_ms === 0 || this.#isThrottled) return
    this.#isThrottled = true
    this.#say('warning', 'ocpp.link.rate', { rate: this.#setup.limits.rate_perSecond })
    this.#readOrRest()
    this.#cancelRest = this.#setup.clock.after(wait_ms, () => {
      this.#isThrottled = false
      this.#readOrRest()
    })
  }

  #drained(waiting: number): void {
    if (!this.#isFull || waiting > this.#setup.limits.inboundQueue / 2) return
    this.#isFull = false
    this.#readOrRest()
  }

  #readOrRest(): void {
    const { socket } = this.#setup
    if (this.#isFull || this.#isThrottled) socket.pause()
    else if (socket.isPaused) this.#resume()
  }

  /** What it said meanwhile has not been read: that is no silence. */
  #resume(): void {
    this.#hear()
    this.#setup.socket.resume()
  }

  #write(text: string): void {
    if (!this.#isOpen) return
    const { socket, wire, limits, trace } = this.#setup
    if (socket.bufferedAmount > limits.maxBuffered_bytes) {
      this.#say('warning', 'ocpp.link.slow', { waiting: socket.bufferedAmount })
      this.#cut()
      return
    }
    trace?.(this.stationId, 'out', text)
    if (wire && socket.readyState === socket.OPEN) wire.write(textFrame(text))
    else socket.send(text)
  }

  #hear(): void {
    this.#isHeard = true
  }

  #armPing(): void {
    this.#cancelPing = this.#setup.clock.after(this.#setup.limits.ping_ms, () => this.#ping())
  }

  #ping(): void {
    const { socket, limits } = this.#setup
    if (!this.#isHeard && !socket.isPaused) {
      this.#say('warning', 'ocpp.link.silent', { after_s: limits.ping_ms / 1000 })
      this.#cut()
      return
    }
    this.#isHeard = false
    socket.ping()
    this.#armPing()
  }

  /** Ends without a farewell: the peer would not hear it. */
  #cut(): void {
    this.#setup.socket.terminate()
    this.#end(closeCode.lost)
  }

  #end(code: number): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#cancelPing()
    this.#cancelRest()
    // A socket that rests would never hear the farewell of the other side.
    if (this.#setup.socket.isPaused) this.#setup.socket.resume()
    this.#outbound.close()
    this.#inbound.close()
    this.#setup.gone?.(this)
    this.#handler.closed?.(this, code)
  }

  #say(level: RpcEvent['level'], code: Code, params: Coded['params']): void {
    this.#event({ level, code, params })
  }

  #event(event: RpcEvent): void {
    this.#handler.event?.(this, event)
  }
}
