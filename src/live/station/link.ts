import { invariant } from '../../base/problems/index.ts'
import type { Coded } from '../../base/words/index.ts'
import type { Clock } from '../clock/index.ts'
import {
  type Answer,
  type CallOutcome,
  connectOcpp,
  type JsonObject,
  type OcppVersion,
  type RpcEvent,
  type RpcLimits,
  type RpcPeer,
} from '../ocpp/index.ts'
import type { BootReason, Dialect } from './dialect.ts'
import type { Request } from './outbox.ts'

const MS_PER_SECOND = 1000
/** A management system that names no interval is asked again after this. */
const PENDING_s = 30
const LEAST_INTERVAL_s = 1

export interface LinkSetup {
  readonly url: string
  readonly stationId: string
  readonly password?: string | undefined
  readonly versions: readonly OcppVersion[]
  readonly limits?: Partial<RpcLimits> | undefined
  /** Of connections, which need it to the end. */
  readonly clock: Clock
  /** Of all else. */
  readonly alarms: Clock
  readonly chance: () => number
  readonly retry_s: number
  readonly longestRetry_s: number
  /** The words of a version. */
  dialect(version: OcppVersion): Dialect
  boot(dialect: Dialect, reason: BootReason): Request
  /** The management system has accepted the station: it may speak from now on. */
  accepted(interval_s: number | null, now_ms: number | null): void
  /** It may not any more. */
  lost(): void
  connected(version: OcppVersion): void
  failed(because: Coded, again_s: number): void
  event(event: RpcEvent): void
  call(action: string, payload: JsonObject): Answer | null
  send(action: string, payload: JsonObject): void
}

/** Keeps a station connected: connects, tells that it has started, and begins anew when the connection goes. */
export class Link {
  readonly #setup: LinkSetup
  #peer: RpcPeer | null = null
  #dialect: Dialect | null = null
  #isAccepted = false
  #isWanted = false
  #attempt = 0
  #reason: BootReason = 'powerUp'
  #cancel = (): void => {}

  constructor(setup: LinkSetup) {
    this.#setup = setup
  }

  /** Whether messages can be sent. */
  get isAccepted(): boolean {
    return this.#isAccepted
  }

  /** Of the connection that is, or was the last; null: there was none. */
  get dialect(): Dialect | null {
    return this.#dialect
  }

  up(reason: BootReason): void {
    this.#isWanted = true
    this.#reason = reason
    this.#attempt = 0
    void this.#connect()
  }

  /** Closes and stays closed until `up`. */
  down(): void {
    this.#isWanted = false
    this.#cancel()
    this.#peer?.close()
  }

  call({ action, payload }: Request): Promise<CallOutcome> {
    const peer = this.#peer
    return peer ? peer.call(action, payload) : Promise.resolve({ kind: 'closed' })
  }

  /** Asks to be accepted again: the other side wants to hear it. */
  bootAgain(reason: BootReason): void {
    this.#reason = reason
    if (this.#peer) void this.#boot(this.#peer)
  }

  async #connect(): Promise<void> {
    const { url, stationId, password, versions, clock, limits, event, call, send } = this.#setup
    const connection = await connectOcpp({
      ...{ url, stationId, versions, clock },
      ...(password === undefined ? {} : { password }),
      ...(limits ? { limits } : {}),
      handler: {
        call: (_, action, payload) => call(action, payload) as Answer,
        send: (_, action, payload) => send(action, payload),
        closed: (peer) => this.#closed(peer),
        event: (_, given) => event(given),
      },
    })
    if (!this.#isWanted) {
      if (connection.ok) connection.peer.close()
      return
    }
    if (connection.ok) this.#opened(connection.peer)
    else this.#later(connection.because)
  }

  #opened(peer: RpcPeer): void {
    this.#peer = peer
    this.#dialect = this.#setup.dialect(peer.version)
    this.#attempt = 0
    this.#setup.connected(peer.version)
    void this.#boot(peer)
  }

  async #boot(peer: RpcPeer): Promise<void> {
    const dialect = this.#dialect
    invariant(dialect, 'a connection has a version')
    const outcome = await this.call(this.#setup.boot(dialect, this.#reason))
    if (peer !== this.#peer) return
    const answer = outcome.kind === 'result' ? dialect.readBoot(outcome.payload) : null
    if (answer?.status === 'accepted') {
      this.#isAccepted = true
      this.#setup.accepted(answer.interval_s, answer.now_ms)
      return
    }
    const again_s = Math.max(LEAST_INTERVAL_s, answer?.interval_s || PENDING_s)
    this.#setup.failed({ code: 'station.notAccepted', params: { status: answer?.status ?? outcome.kind } }, again_s)
    this.#wait(again_s, () => void (peer === this.#peer && this.#boot(peer)))
  }

  #closed(peer: RpcPeer): void {
    if (peer !== this.#peer) return
    this.#peer = null
    this.#isAccepted = false
    this.#cancel()
    this.#setup.lost()
    if (this.#isWanted) this.#later({ code: 'station.closed', params: {} })
  }

  /** Stations that lost the same system do not all come back in the same moment. */
  #later(because: Coded): void {
    const { retry_s, longestRetry_s, chance, failed } = this.#setup
    const again_s = Math.min(longestRetry_s, retry_s * 2 ** this.#attempt) * (0.5 + chance())
    this.#attempt++
    failed(because, again_s)
    this.#wait(again_s, () => void this.#connect())
  }

  #wait(delay_s: number, then: () => void): void {
    this.#cancel()
    this.#cancel = this.#setup.alarms.after(delay_s * MS_PER_SECOND, then)
  }
}
