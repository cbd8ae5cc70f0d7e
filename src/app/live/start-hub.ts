import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { compileHub } from '../../hub/plant/compile/index.ts'
import type { Site } from '../../hub/site/index.ts'
import type { Store } from '../../io/store/index.ts'
import { type Clock, PacedClock } from '../../live/clock/index.ts'
import { attachOcpp, type OcppGate } from '../../live/ocpp/index.ts'
import { Operation, stationPlans, type TokenRecord } from '../../live/operate/index.ts'
import { type Api, type AskedRequest, createApi } from '../api/index.ts'
import { startControl } from './control-face.ts'
import { LiveHub } from './hub-face.ts'
import { type HubLog, type LogLevel, logOperation, noLog } from './log/index.ts'
import { patience, SiteWorld, type SiteWorldInput } from './site-world.ts'

/** Virtual cars come for so long; after that the hub stays empty. */
const WORLD_s = 366 * 86_400
/** How often powers are kept for the history. */
const HISTORY_ms = 10_000
/** How often a piece of what is too old is deleted. */
const CLEANING_ms = 60_000
/** How long a station has to answer an operator, by the clock on the wall. */
const COMMAND_s = 30
const VIRTUAL_TOKEN = /^VIRT-/

export interface HubSetting {
  readonly site: Site
  /** Text of the site file, and whether it is another one by now. */
  readonly text: string
  readonly isChanged: () => boolean
  readonly store: Store
  readonly clock: Clock
  /** How much faster than the wall the clock runs. */
  readonly speed: number
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  readonly webFolder: string | null
  /** Plays all stations of the site, with the cars of this seed or as they were recorded; null: stations are real. */
  readonly virtual: (Pick<SiteWorldInput, 'faults' | 'recording'> & { readonly seed: number }) | null
  /** Something went wrong that is ours. */
  readonly failed: (error: unknown, where: string) => void
  readonly log?: HubLog
}

/** A hub that lives until it is stopped. */
export interface RunningHub {
  readonly url: string
  readonly operation: Operation
  readonly hub: LiveHub
  readonly api: Api
  readonly gate: OcppGate
  readonly world: SiteWorld | null
  stop(): Promise<void>
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

/** Tokens of virtual cars, with the vehicle they stand for. */
function virtualToken(world: () => SiteWorld | null, idToken: string): TokenRecord | null {
  if (!VIRTUAL_TOKEN.test(idToken)) return null
  const vehicle = world()?.vehicleOf(idToken) || null
  return { idToken, type: 'ISO14443', group: null, status: 'accepted', expires_ms: null, vehicle }
}

/** Repeats something by the clock until it is called off. */
function every(clock: Clock, period_ms: number, act: () => void): () => void {
  let cancel = (): void => {}
  const next = (): void => {
    cancel = clock.after(period_ms, () => {
      act()
      next()
    })
  }
  next()
  return () => cancel()
}

/** Reading is every page's work; changes and refusals are worth a line. */
function levelOf({ method, status }: AskedRequest): LogLevel {
  if (status >= 500) return 'error'
  if (status >= 400) return 'warn'
  return method === 'GET' ? 'debug' : 'info'
}

/** How the address reads in a browser. */
const shownHost = (host: string): string => (host === '0.0.0.0' || host === '::' ? 'localhost' : host)

function tellStart(log: HubLog, { site, speed, virtual }: HubSetting, url: string): void {
  log.write('info', 'serves', {
    ...{ url, site: site.name, stations: site.stations.length, speed },
    isVirtual: virtual !== null,
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}

/** Starts a hub. Rejects where it cannot listen. */
export async function startHub(setting: HubSetting): Promise<RunningHub> {
  const { site, text, isChanged, store, clock, speed, host, port, webFolder, virtual, failed, log = noLog } = setting
  // A clock that waits for its stations leaves them their time; one that does not has to be given so much more of its own.
  const haste = clock instanceof PacedClock ? 1 : Math.max(1, speed)
  // First of all: where that fails, nothing else has begun.
  const server = createServer()
  const bound = await listen(server, port, host)
  let world: SiteWorld | null = null
  const operation = await Operation.open({
    settings: { commandTimeout_s: COMMAND_s * haste },
    ...{ plans: stationPlans(site), store, clock, catalogue: site.catalogue, failed },
    ...(virtual ? { tokens: (idToken) => virtualToken(() => world, idToken) } : {}),
  })
  const stopLog = logOperation(operation, log)
  const hub = compileHub(site)
  const control = await startControl({ hub, operation, store, clock, haste, log })
  const live = new LiveHub({
    ...{ hub, text, isChanged, operation, control, clock, speed, isVirtual: virtual !== null },
    waiting: () => world?.run.waiting() ?? null,
    world: () => world,
  })
  const api = createApi({
    ...{ hub: live, operation, catalogue: site.catalogue, store, clock, webFolder, failed },
    asked: (request) => log.write(levelOf(request), 'request', { ...request }),
  })
  const gate = attachOcpp(server, {
    authenticate: (admission) => operation.admit(admission),
    connected: (peer) => operation.connected(peer),
    refused: (stationId, status, { code }) => log.write('warn', 'refused', { stationId, status, code }),
    ...{ clock, limits: patience(haste) },
  })
  server.on('request', getRequestListener(api.app.fetch))
  gate.warmUp().catch((error: unknown) => failed(error, 'schemas'))
  const url = `http://${shownHost(host)}:${bound}`
  store.tellUrl(url)
  tellStart(log, setting, url)
  if (virtual) {
    world = new SiteWorld({
      ...{ ...virtual, site, clock, duration_s: WORLD_s, speed: haste, physics: true },
      url: `ws://127.0.0.1:${bound}/ocpp`,
    })
    world.start()
  }
  const stopHistory = every(clock, HISTORY_ms, () => store.powers(powersOf(live)))
  const stopCleaning = every(clock, CLEANING_ms, () => void store.deleteSomeOld(clock.now_ms()))
  const stop = async (): Promise<void> => {
    stopHistory()
    stopCleaning()
    world?.stop()
    control.stop()
    operation.close()
    stopLog()
    await gate.stop()
    api.close()
    await closed(server)
    store.flush()
    log.write('info', 'stopped')
  }
  return { url, operation, hub: live, api, gate, world, stop }
}

function powersOf(live: LiveHub) {
  const { at_ms, power_kW, limit_kW } = live.now()
  return Object.entries(power_kW).map(([key, value]) => ({
    at_ms,
    key,
    power_kW: value,
    limit_kW: limit_kW[key] ?? null,
  }))
}
