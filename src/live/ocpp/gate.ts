import type { IncomingMessage, Server } from 'node:http'
import type { Server as TlsServer } from 'node:https'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Coded } from '../../base/words/index.ts'
import type { Clock } from '../clock/index.ts'
import { credentialsOf, offeredProtocols, stationIdOf } from './handshake.ts'
import { defaultLimits, type RpcLimits } from './limits.ts'
import { AnswerMemory } from './memory.ts'
import { closeCode, type PeerHandler, RpcPeer, type Trace } from './peer.ts'
import { loadSchemas, type Schemas } from './schemas.ts'
import { chooseVersion, type OcppVersion, ocppVersions, subprotocolOf } from './version.ts'

export interface Admission {
  readonly stationId: string
  /** Password of HTTP Basic authentication as bytes; null: none was given. */
  readonly password: Buffer | null
  /** Address the connection comes from. */
  readonly remote: string
  readonly version: OcppVersion
}

export type Verdict = { readonly accept: true } | { readonly accept: false; readonly status: 401 | 403 | 404 | 503 }

export interface GateOptions {
  /** Stations connect to this path followed by their id. */
  readonly path?: string
  readonly versions?: readonly OcppVersion[]
  authenticate(request: Admission): Promise<Verdict>
  /** A station is connected; what answers it. */
  connected(peer: RpcPeer): PeerHandler
  readonly clock: Clock
  readonly limits?: Partial<RpcLimits>
  readonly trace?: Trace
  /** A connection was turned away before it was one. */
  refused?(stationId: string | null, status: number, because: Coded): void
}

export interface GateStats {
  readonly connected: number
  readonly accepted: number
  readonly refused: number
  /** Connections that gave way to a newer one of the same station. */
  readonly replaced: number
}

const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
}

function turnAway(socket: Duplex, status: number): void {
  const ask = status === 401 ? 'WWW-Authenticate: Basic realm="ocpp", charset="UTF-8"\r\n' : ''
  const again = status === 503 ? 'Retry-After: 10\r\n' : ''
  const head = `HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n`
  socket.end(`${head}${ask}${again}\r\n`)
}

/** What outlives the connection of a station. */
interface Station {
  readonly memory: AnswerMemory
  /** The last connection, where requests of it are still worked on. */
  busy: RpcPeer | null
}

/** Stations gone whose calls are remembered at most. */
const MOST_GONE = 10_000

interface Knock {
  readonly request: IncomingMessage
  readonly socket: Duplex
  readonly head: Buffer
}

interface Link {
  readonly open: WebSocket
  readonly wire: Duplex
}

/** Where stations connect: the management system's side of OCPP-J on an HTTP server. */
export class OcppGate {
  readonly #options: GateOptions
  readonly #limits: RpcLimits
  readonly #path: string
  readonly #server: Server | TlsServer
  readonly #sockets: WebSocketServer
  readonly #peers = new Map<string, RpcPeer>()
  readonly #stations = new Map<string, Station>()
  /** When stations left that are not connected. */
  readonly #left_ms = new Map<string, number>()
  readonly #counts = { accepted: 0, refused: 0, replaced: 0 }
  #isStopped = false
  readonly #knock = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    void this.#answer({ request, socket, head })
  }

  constructor(server: Server | TlsServer, options: GateOptions) {
    this.#server = server
    this.#options = options
    this.#limits = { ...defaultLimits, ...options.limits }
    this.#path = options.path ?? '/ocpp/'
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: this.#limits.maxFrame_bytes,
      perMessageDeflate: false,
      clientTracking: false,
      handleProtocols: (offered) => this.#chosen(offered),
    })
    server.on('upgrade', this.#knock)
  }

  /** Connected stations by id. */
  get peers(): ReadonlyMap<string, RpcPeer> {
    return this.#peers
  }

  get stats(): GateStats {
    return { connected: this.#peers.size, ...this.#counts }
  }

  /** Loads and compiles what stations send most; the first of them need not wait for it. */
  async warmUp(): Promise<void> {
    for (const version of this.#versions) await (await loadSchemas(version)).warmUp()
  }

  /** Takes no more connections and closes those there are (1001); done when all are gone. The HTTP server goes on. */
  async stop(): Promise<void> {
    this.#isStopped = true
    this.#server.off('upgrade', this.#knock)
    const peers = [...this.#peers.values()]
    const all = peers.map((peer) => peer.finished)
    for (const peer of peers) peer.close(closeCode.goingAway, 'server stops')
    await Promise.all(all)
  }

  get #versions(): readonly OcppVersion[] {
    return this.#options.versions ?? ocppVersions
  }

  #chosen(offered: Iterable<string>): string | false {
    const version = chooseVersion(offered, this.#versions)
    return version ? subprotocolOf(version) : false
  }

  async #answer(knock: Knock): Promise<void> {
    const { request, socket, head } = knock
    const ignore = (): void => {}
    socket.on('error', ignore)
    const stationId = stationIdOf(request.url ?? '', this.#path)
    if (stationId === null) return this.#stranger(knock)
    const version = chooseVersion(offeredProtocols(request), this.#versions)
    // Without a common version the handshake is completed all the same, so that the client learns why (part 4, 3.2).
    if (version && !(await this.#admit(knock, stationId, version))) return
    const schemas = version ? await loadSchemas(version) : null
    if (socket.destroyed) return
    socket.off('error', ignore)
    this.#sockets.handleUpgrade(request, socket, head, (open) =>
      this.#opened({ open, wire: socket }, stationId, schemas),
    )
  }

  /** Other paths may belong to others who listen on the same server. */
  #stranger({ request, socket }: Knock): void {
    const isOurs = (request.url ?? '').startsWith(this.#path)
    if (!isOurs && this.#server.listenerCount('upgrade') > 1) return
    this.#refuse(socket, null, 404, { code: 'ocpp.gate.path', params: { path: (request.url ?? '').slice(0, 80) } })
  }

  /** Whether it may come in; if not, it was told. */
  async #admit({ request, socket }: Knock, stationId: string, version: OcppVersion): Promise<boolean> {
    const credentials = credentialsOf(request.headers.authorization, stationId)
    if (credentials.kind === 'wrong')
      return this.#refuse(socket, stationId, 401, { code: 'ocpp.gate.credentials', params: {} })
    const password = credentials.kind === 'password' ? credentials.password : null
    const remote = request.socket.remoteAddress ?? ''
    const verdict = await this.#verdict({ stationId, password, remote, version })
    if (verdict.accept) return true
    return this.#refuse(socket, stationId, verdict.status, {
      code: 'ocpp.gate.refused',
      params: { status: verdict.status },
    })
  }

  async #verdict(request: Admission): Promise<Verdict> {
    if (this.#isStopped) return { accept: false, status: 503 }
    const { clock, authenticate } = this.#options
    let cancel = (): void => {}
    const tooLate = new Promise<Verdict>((resolve) => {
      cancel = clock.after(this.#limits.handshake_ms, () => resolve({ accept: false, status: 503 }))
    })
    try {
      return await Promise.race([authenticate(request), tooLate])
    } catch {
      return { accept: false, status: 503 }
    } finally {
      cancel()
    }
  }

  #refuse(socket: Duplex, stationId: string | null, status: number, because: Coded): false {
    this.#counts.refused++
    turnAway(socket, status)
    this.#options.refused?.(stationId, status, because)
    return false
  }

  #opened(link: Link, stationId: string, schemas: Schemas | null): void {
    const { open: socket } = link
    if (!schemas || this.#isStopped) {
      this.#counts.refused++
      socket.on('error', () => {})
      socket.close(schemas ? closeCode.goingAway : 1002, schemas ? 'server stops' : 'no common version of OCPP')
      if (!schemas) this.#options.refused?.(stationId, 1002, { code: 'ocpp.gate.version', params: {} })
      return
    }
    this.#counts.accepted++
    this.#replace(stationId)
    const peer = this.#newPeer(link, stationId, schemas)
    this.#peers.set(stationId, peer)
    peer.start(this.#options.connected(peer))
  }

  #newPeer({ open, wire }: Link, stationId: string, schemas: Schemas): RpcPeer {
    const { clock, trace } = this.#options
    const { memory, busy } = this.#stationOf(stationId)
    const gone = (peer: RpcPeer): void => this.#gone(peer)
    return new RpcPeer({
      socket: open,
      wire,
      stationId,
      schemas,
      clock,
      limits: this.#limits,
      memory,
      after: busy?.idle ?? null,
      trace,
      gone,
    })
  }

  /** The newest connection of a station is the true one: the older is most likely dead without knowing it. */
  #replace(stationId: string): void {
    const older = this.#peers.get(stationId)
    if (!older) return
    this.#counts.replaced++
    older.close(closeCode.policy, 'replaced by a newer connection')
  }

  #stationOf(stationId: string): Station {
    this.#left_ms.delete(stationId)
    const known = this.#stations.get(stationId)
    if (known) {
      known.memory.newConnection()
      return known
    }
    const station: Station = { memory: new AnswerMemory(this.#options.clock, this.#limits), busy: null }
    this.#stations.set(stationId, station)
    return station
  }

  #gone(peer: RpcPeer): void {
    const { stationId } = peer
    if (this.#peers.get(stationId) !== peer) return
    this.#peers.delete(stationId)
    const station = this.#stations.get(stationId)
    if (station) station.busy = peer.idle ? peer : null
    this.#left_ms.delete(stationId)
    this.#left_ms.set(stationId, this.#options.clock.now_ms())
    this.#forget()
  }

  /** Forgets what stations called that are long gone; those that left first stand first. */
  #forget(): void {
    const until_ms = this.#options.clock.now_ms() - this.#limits.rememberFor_ms
    for (const [stationId, left_ms] of this.#left_ms) {
      if (left_ms > until_ms && this.#left_ms.size <= MOST_GONE) return
      this.#left_ms.delete(stationId)
      this.#stations.delete(stationId)
    }
  }
}

/** Lets stations connect to an HTTP server, at `/ocpp/{stationId}`. The server is made, started and stopped by the caller. */
export function attachOcpp(server: Server | TlsServer, options: GateOptions): OcppGate {
  return new OcppGate(server, options)
}
