import { WebSocket } from 'ws'
import type { Coded } from '../../base/words/index.ts'
import type { Clock } from '../clock/index.ts'
import { defaultLimits, type RpcLimits } from './limits.ts'
import { AnswerMemory } from './memory.ts'
import { type PeerHandler, RpcPeer, type Trace } from './peer.ts'
import { loadSchemas, type Schemas } from './schemas.ts'
import { chooseVersion, type OcppVersion, subprotocolOf } from './version.ts'

export interface ConnectOptions {
  /** Where the management system takes stations, `ws://…` or `wss://…`; the id is added as the last part of the path. */
  readonly url: string
  readonly stationId: string
  readonly versions: readonly OcppVersion[]
  /** For HTTP Basic authentication. */
  readonly password?: string | Buffer
  readonly handler: PeerHandler
  readonly clock: Clock
  readonly limits?: Partial<RpcLimits>
  readonly trace?: Trace
  /** Certificates in PEM, for wss. */
  readonly tls?: { readonly ca?: string; readonly cert?: string; readonly key?: string }
}

export type Connection =
  | { readonly ok: true; readonly peer: RpcPeer }
  /** `status`: of the HTTP answer that refused, null when there was none. */
  | { readonly ok: false; readonly because: Coded; readonly status: number | null }

function headersOf({ stationId, password }: ConnectOptions): Record<string, string> {
  if (password === undefined) return {}
  const pair = Buffer.concat([Buffer.from(`${stationId}:`), Buffer.from(password)])
  return { Authorization: `Basic ${pair.toString('base64')}` }
}

function openSocket(options: ConnectOptions, limits: RpcLimits): WebSocket {
  const url = `${options.url.replace(/\/+$/, '')}/${encodeURIComponent(options.stationId)}`
  return new WebSocket(url, options.versions.map(subprotocolOf), {
    headers: headersOf(options),
    maxPayload: limits.maxFrame_bytes,
    perMessageDeflate: false,
    ...options.tls,
  })
}

const failed = (because: Coded, status: number | null = null): Connection => ({ ok: false, because, status })

function unreachable(error: unknown): Connection {
  const text = error instanceof Error ? error.message : String(error)
  return failed({ code: 'ocpp.connect.unreachable', params: { error: text } })
}

/** Connects a station to a management system. Never rejects: what went wrong is the answer. */
export async function connectOcpp(options: ConnectOptions): Promise<Connection> {
  const limits = { ...defaultLimits, ...options.limits }
  const schemas = new Map<string, Schemas>()
  for (const version of options.versions) schemas.set(version, await loadSchemas(version))
  try {
    return await handshake(openSocket(options, limits), options, limits, schemas)
  } catch (error) {
    return unreachable(error)
  }
}

function handshake(
  socket: WebSocket,
  options: ConnectOptions,
  limits: RpcLimits,
  schemas: ReadonlyMap<string, Schemas>,
): Promise<Connection> {
  return new Promise((resolve) => {
    const cancel = options.clock.after(limits.handshake_ms, () => {
      resolve(failed({ code: 'ocpp.connect.slow', params: { after_s: limits.handshake_ms / 1000 } }))
      socket.terminate()
    })
    const settle = (connection: Connection): void => {
      cancel()
      resolve(connection)
    }
    socket.once('error', (error) => settle(unreachable(error)))
    socket.on('error', () => {})
    socket.once('unexpected-response', (request, response) => {
      const status = response.statusCode ?? null
      settle(failed({ code: 'ocpp.connect.refused', params: { status } }, status))
      response.resume()
      request.destroy()
    })
    socket.once('open', () => settle(opened(socket, options, limits, schemas)))
  })
}

function opened(
  socket: WebSocket,
  options: ConnectOptions,
  limits: RpcLimits,
  all: ReadonlyMap<string, Schemas>,
): Connection {
  const version = chooseVersion([socket.protocol], options.versions)
  const schemas = version ? all.get(version) : undefined
  if (!schemas) {
    socket.close(1002)
    return failed({ code: 'ocpp.connect.noVersion', params: { offered: options.versions } })
  }
  const { stationId, clock, handler, trace } = options
  const memory = new AnswerMemory(clock, limits)
  const peer = new RpcPeer({ socket, wire: null, stationId, schemas, clock, limits, memory, trace })
  peer.start(handler)
  return { ok: true, peer }
}
