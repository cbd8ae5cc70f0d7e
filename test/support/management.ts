import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ManualClock } from '../../src/live/clock/index.ts'
import { type Answer, attachOcpp, type CallOutcome, type JsonObject, type OcppGate } from '../../src/live/ocpp/index.ts'
import { Quiet } from './quiet.ts'

export interface Heard {
  readonly stationId: string
  readonly action: string
  readonly payload: JsonObject
}

type Reply = (heard: Heard) => Answer | undefined

/** A management system small enough to be read: accepts all, remembers what it heard, numbers transactions of 1.6. */
export class Management {
  readonly heard: Heard[] = []
  /** Answers in place of the usual ones; undefined: as usual. */
  reply: Reply = () => undefined
  readonly #server: Server
  readonly #clock: ManualClock
  readonly #quiet: Quiet
  #gate: OcppGate | null = null
  #transactions = 0

  constructor(clock: ManualClock) {
    this.#clock = clock
    this.#quiet = new Quiet(clock)
    this.#server = createServer()
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}/ocpp`
  }

  async open(port = 0): Promise<this> {
    this.#gate = attachOcpp(this.#server, {
      clock: this.#clock,
      authenticate: async () => ({ accept: true }),
      connected: () => ({
        call: ({ stationId }, action, payload) => this.#answer({ stationId, action, payload }),
      }),
      trace: this.#quiet.trace,
    })
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve))
    return this
  }

  async close(): Promise<void> {
    await this.#gate?.stop()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Hangs up on a station. */
  hangUp(stationId: string): void {
    this.#gate?.peers.get(stationId)?.close(1001)
  }

  async call(stationId: string, action: string, payload: object): Promise<CallOutcome> {
    const peer = this.#gate?.peers.get(stationId)
    if (!peer) return { kind: 'closed' }
    const outcome = peer.call(action, payload)
    await this.settle()
    return outcome
  }

  /** Payload of the answer to a call; throws when there is none. */
  async ask(stationId: string, action: string, payload: object): Promise<JsonObject> {
    const outcome = await this.call(stationId, action, payload)
    if (outcome.kind !== 'result') throw new Error(`${action}: ${JSON.stringify(outcome)}`)
    return outcome.payload
  }

  /** Lets everything arrive that is under way. */
  settle(): Promise<void> {
    return this.#quiet.settle()
  }

  /** Moves time alarm by alarm, and lets each arrive what it sends. */
  pass(seconds: number): Promise<void> {
    return this.#quiet.pass(seconds)
  }

  of(action: string, stationId?: string): JsonObject[] {
    const meant = this.heard.filter((one) => one.action === action && (!stationId || one.stationId === stationId))
    return meant.map(({ payload }) => payload)
  }

  #answer(heard: Heard): Answer {
    this.heard.push(heard)
    const other = this.reply(heard)
    return other ?? { payload: this.#usual(heard) }
  }

  #usual({ action, payload }: Heard): object {
    const currentTime = new Date(this.#clock.now_ms()).toISOString()
    const accepted = { status: 'Accepted' }
    if (action === 'BootNotification') return { status: 'Accepted', currentTime, interval: 300 }
    if (action === 'Heartbeat') return { currentTime }
    if (action === 'Authorize') return 'idTag' in payload ? { idTagInfo: accepted } : { idTokenInfo: accepted }
    if (action === 'StartTransaction') return { transactionId: ++this.#transactions, idTagInfo: accepted }
    if (action === 'NotifyEVChargingNeeds') return accepted
    return {}
  }
}
