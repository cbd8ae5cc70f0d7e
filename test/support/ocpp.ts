import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocket } from 'ws'
import { type Clock, ManualClock } from '../../src/live/clock/index.ts'
import {
  type Admission,
  type Answer,
  attachOcpp,
  type GateOptions,
  type JsonObject,
  type OcppGate,
  type OcppVersion,
  type RpcEvent,
  type RpcPeer,
} from '../../src/live/ocpp/index.ts'

export interface Taken {
  readonly stationId: string
  readonly action: string
  readonly payload: JsonObject
  readonly frameId: string
}

/** A management system that writes down what reaches it. */
export interface Desk {
  readonly gate: OcppGate
  readonly server: Server
  readonly clock: Clock
  readonly url: string
  readonly calls: Taken[]
  readonly sends: Taken[]
  readonly events: RpcEvent[]
  readonly closed: number[]
  readonly refused: (readonly [string | null, number, string])[]
  readonly admissions: Admission[]
  readonly codes: () => readonly string[]
  readonly stop: () => Promise<void>
}

export type Respond = (taken: Taken, peer: RpcPeer) => Answer | Promise<Answer>

export const emptyAnswer: Respond = ({ action }) => ({
  payload: action === 'Heartbeat' ? { currentTime: '2026-11-24T12:00:00Z' } : {},
})

export async function openDesk(respond: Respond = emptyAnswer, given: Partial<GateOptions> = {}): Promise<Desk> {
  const notes = { calls: [], sends: [], events: [], closed: [], refused: [], admissions: [] } as {
    calls: Taken[]
    sends: Taken[]
    events: RpcEvent[]
    closed: number[]
    refused: (readonly [string | null, number, string])[]
    admissions: Admission[]
  }
  const clock = given.clock ?? new ManualClock(Date.parse('2026-11-24T12:00:00Z'))
  const server = createServer()
  const gate = attachOcpp(server, {
    authenticate: async (request) => {
      notes.admissions.push(request)
      return { accept: true }
    },
    connected: () => ({
      call: (peer, action, payload, frameId) => {
        const taken = { stationId: peer.stationId, action, payload, frameId }
        notes.calls.push(taken)
        return respond(taken, peer)
      },
      send: (peer, action, payload) => {
        notes.sends.push({ stationId: peer.stationId, action, payload, frameId: '' })
      },
      event: (_, event) => {
        notes.events.push(event)
      },
      closed: (_, code) => {
        notes.closed.push(code)
      },
    }),
    refused: (stationId, status, because) => {
      notes.refused.push([stationId, status, because.code])
    },
    ...given,
    clock,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as AddressInfo
  const stop = async (): Promise<void> => {
    await gate.stop()
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  const codes = (): readonly string[] => notes.events.map(({ code }) => code)
  return { ...notes, gate, server, clock, url: `ws://127.0.0.1:${port}/ocpp`, codes, stop }
}

/** A client that knows nothing of OCPP: it sends text and keeps what comes. */
export class RawClient {
  readonly socket: WebSocket
  readonly #texts: string[] = []
  readonly #waiting: ((text: string) => void)[] = []
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>

  constructor(url: string, protocols: readonly string[], headers: Record<string, string> = {}) {
    this.socket = new WebSocket(url, [...protocols], { headers, perMessageDeflate: false })
    this.socket.on('message', (data) => this.#take(data.toString()))
    this.socket.on('error', () => {})
    this.closed = new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() }))
    })
  }

  static async open(desk: Desk, version: OcppVersion, id = 'CP1'): Promise<RawClient> {
    const client = new RawClient(`${desk.url}/${id}`, [`ocpp${version}`])
    await new Promise((resolve, reject) => {
      client.socket.once('open', resolve)
      client.socket.once('error', reject)
    })
    return client
  }

  get texts(): readonly string[] {
    return this.#texts
  }

  next(): Promise<string> {
    const text = this.#texts.shift()
    return text === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(text)
  }

  /** Sends a text or bytes and answers what comes next. */
  async ask(text: string): Promise<string> {
    this.socket.send(text)
    return this.next()
  }

  /** Whether the other side has nothing to say to it: a heartbeat sent behind it is answered first. */
  async isSilentOn(text: string): Promise<boolean> {
    this.socket.send(text)
    const id = `probe-${++probes}`
    return JSON.parse(await this.ask(`[2,"${id}","Heartbeat",{}]`))[1] === id
  }

  #take(text: string): void {
    const tell = this.#waiting.shift()
    if (tell) tell(text)
    else this.#texts.push(text)
  }
}

let probes = 0

/** Lets everything happen that is under way on sockets of this process. */
export async function settle(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1))
}
