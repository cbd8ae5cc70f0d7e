/** Virtual stations at a management system that is not ours: a strict server that checks every message itself. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RPCServer } from 'ocpp-rpc'
import { afterEach, describe, expect, it } from 'vitest'
import { MachineClock } from '../src/live/clock/index.ts'
import type { OcppVersion } from '../src/live/ocpp/index.ts'
import { VirtualStation } from '../src/live/station/index.ts'
import { SmallWorld } from './support/small-world.ts'

const open: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

type Params = Readonly<Record<string, unknown>>

/** What a client of that server gives us. */
interface Client {
  handle(handler: (message: { readonly method: string; readonly params: Params }) => unknown): void
  call(method: string, params: object): Promise<Params>
  on(event: string, listen: (...given: unknown[]) => void): void
}

const accepted = { status: 'Accepted' }

function answer(method: string, params: Params): object {
  const currentTime = new Date().toISOString()
  if (method === 'BootNotification') return { status: 'Accepted', currentTime, interval: 300 }
  if (method === 'Heartbeat') return { currentTime }
  if (method === 'Authorize') return 'idTag' in params ? { idTagInfo: accepted } : { idTokenInfo: accepted }
  if (method === 'StartTransaction') return { transactionId: 17, idTagInfo: accepted }
  return method === 'NotifyEVChargingNeeds' ? accepted : {}
}

async function openServer(version: OcppVersion) {
  const heard: { method: string; params: Params }[] = []
  const wrong: unknown[] = []
  const clients: Client[] = []
  const rpc = new RPCServer({ protocols: [`ocpp${version}`], strictMode: true })
  rpc.auth((accept: () => void) => accept())
  rpc.on('client', (given: unknown) => {
    const client = given as Client
    clients.push(client)
    for (const event of ['strictValidationFailure', 'badMessage', 'rpcError']) {
      client.on(event, (...details) => wrong.push([event, ...details]))
    }
    client.handle((message) => {
      heard.push(message)
      return answer(message.method, message.params)
    })
  })
  const server = createServer()
  server.on('upgrade', rpc.handleUpgrade)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push(async () => {
    await rpc.close({ force: true })
    await new Promise((resolve) => server.close(resolve))
  })
  return { url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, wrong, clients }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5))
}

// Its schemas of 2.1 are not complete.
describe.each<OcppVersion>(['1.6', '2.0.1'])('OCPP %s', (version) => {
  it('a session, every message of which another validator takes', async () => {
    const { url, heard, wrong, clients } = await openServer(version)
    const clock = new MachineClock({ factor: 60 })
    const world = new SmallWorld(clock)
    const station = new VirtualStation({
      ...{ stationId: 'north', url, versions: [version], world, clock, chance: () => 0.25 },
      evses: [{ connectors: ['ccs2'], rating_kW: 150 }],
      limits: { handshake_ms: 600_000, callTimeout_ms: 1_800_000, ping_ms: 6_000_000 },
    })
    open.unshift(async () => station.stop())
    station.start()
    await until(() => station.isOnline)
    world.want(1, 100)
    station.plugIn(1, 1, { idToken: 'CARD-1', tokenType: 'rfid', departure_ms: clock.now_ms() + 3_600_000 })
    const isReading = ({ method, params }: (typeof heard)[number]): boolean =>
      method === 'MeterValues' || params['triggerReason'] === 'MeterValuePeriodic'
    await until(() => heard.filter(isReading).length >= 2)
    const [client] = clients
    const id = station.evses[0]?.transaction?.id
    const schedule = { chargingRateUnit: 'W', chargingSchedulePeriod: [{ startPeriod: 0, limit: 40_000 }] }
    const about = { stackLevel: 1, chargingProfilePurpose: 'TxProfile', chargingProfileKind: 'Relative' }
    const set =
      version === '1.6'
        ? { connectorId: 1, csChargingProfiles: { ...about, chargingProfileId: 1, chargingSchedule: schedule } }
        : {
            evseId: 1,
            chargingProfile: { ...about, id: 1, transactionId: id, chargingSchedule: [{ id: 1, ...schedule }] },
          }
    expect(await client?.call('SetChargingProfile', set)).toEqual(accepted)
    expect(world.power_kW(1)).toBe(40)
    const stop =
      version === '1.6'
        ? client?.call('RemoteStopTransaction', { transactionId: 17 })
        : client?.call('RequestStopTransaction', { transactionId: id })
    expect(await stop).toEqual(accepted)
    await until(() =>
      heard.some(({ method, params }) => method === 'StopTransaction' || params['eventType'] === 'Ended'),
    )
    station.unplug(1)
    const last = (): unknown => heard.findLast(({ method }) => method === 'StatusNotification')?.params
    await until(() => JSON.stringify(last()).includes('Available'))
    expect(wrong).toEqual([])
  })
})
