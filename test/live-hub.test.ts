/** A hub that lives: virtual stations with the cars of a simulation, over sockets, at the management system itself. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { SiteWorld, type SiteWorldInput } from '../src/app/live/world/index.ts'
import { loadSite, type Site, type SiteDemand } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { ManualClock } from '../src/live/clock/index.ts'
import { attachOcpp } from '../src/live/ocpp/index.ts'
import { Operation, type OperationEvent, stationPlans } from '../src/live/operate/index.ts'
import { MemoryStore } from '../src/live/operate/test-support.ts'
import { Quiet } from './support/quiet.ts'

const START_ms = Date.parse('2026-05-08T15:00:00-07:00')
const HOUR_s = 3600
const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

function siteOf(name: string): Site & { demand: SiteDemand } {
  const file = new URL(`../examples/${name}.yaml`, import.meta.url)
  const checked = loadSite(readFileSync(file, 'utf8'), name, builtInCatalogue())
  if (!checked.ok || !checked.value.demand) throw new Error(JSON.stringify(checked))
  return { ...checked.value, demand: checked.value.demand }
}

async function liveHub(name: string, more: Partial<SiteWorldInput> = {}) {
  const site = siteOf(name)
  const clock = new ManualClock(START_ms)
  const quiet = new Quiet(clock)
  const store = new MemoryStore()
  const events: OperationEvent[] = []
  let world: SiteWorld | null = null
  const operation = await Operation.open({
    ...{ plans: stationPlans(site), store, clock, catalogue: site.catalogue },
    tokens: (idToken) => ({
      ...{ idToken, type: 'ISO14443', group: null, status: 'accepted', expires_ms: null },
      vehicle: world?.vehicleOf(idToken) ?? null,
    }),
  })
  operation.subscribe((event) => events.push(event))
  const server = createServer()
  const gate = attachOcpp(server, {
    authenticate: (admission) => operation.admit(admission),
    connected: (peer) => operation.connected(peer),
    clock,
    trace: quiet.trace,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ocpp`
  const started = new SiteWorld({ site, clock, url, duration_s: 86_400, seed: 3, ...more })
  world = started
  open.push(async () => {
    started.stop()
    await gate.stop()
    await new Promise((resolve) => server.close(resolve))
  })
  started.start()
  while (!started.stations.every(({ isOnline }) => isOnline)) await quiet.settle()
  return { site, clock, quiet, store, operation, world: started, events }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('a hub that lives', () => {
  it('books what went into the cars, transaction by transaction', async () => {
    const { quiet, store, operation, world } = await liveHub('us-highway')
    await quiet.pass(HOUR_s)
    const ended = store.transactions().filter(({ state }) => state === 'ended')
    expect(ended.length).toBeGreaterThan(5)
    expect(store.transactions().flatMap(({ doubts }) => doubts)).toEqual([])
    const done_kWh = world.run.result().energyDelivered_kWh
    expect(sum(ended.map(({ energy_Wh }) => energy_Wh)) / 1000).toBeCloseTo(done_kWh, 1)
    const active = operation.transactions()
    expect(active).toHaveLength(world.run.openSessions().length)
    const open_kWh = sum(world.run.openSessions().map(({ energy_kWh }) => energy_kWh))
    // Readings are up to ten seconds old.
    expect(sum(active.map(({ energy_Wh }) => energy_Wh)) / 1000 / open_kWh).toBeGreaterThan(0.98)
    expect(active.every(({ vehicleId }) => vehicleId !== null)).toBe(true)
  }, 60_000)

  it('loses nothing but time when connections are lost', async () => {
    const faults = { disconnectEvery_s: 900, disconnectFor_s: 120 }
    const { quiet, store, world } = await liveHub('us-highway', { faults })
    await quiet.pass(HOUR_s)
    for (const station of world.stations) station.disconnect(1)
    while (!world.stations.every(({ isOnline, waiting }) => isOnline && waiting === 0)) await quiet.pass(5)
    const ended = store.transactions().filter(({ state }) => state === 'ended')
    const done_kWh = world.run.result().energyDelivered_kWh
    expect(sum(ended.map(({ energy_Wh }) => energy_Wh)) / 1000).toBeCloseTo(done_kWh, 1)
  }, 60_000)
})
