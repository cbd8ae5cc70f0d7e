/** A hub that lives: virtual stations with the cars of a simulation, over sockets, at the management system itself. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { controlledSite } from '../src/app/live/controlled-hub.ts'
import { SiteWorld, type SiteWorldInput } from '../src/app/live/world/index.ts'
import { engineVersion } from '../src/base/version/index.ts'
import { compileHub } from '../src/hub/plant/compile/index.ts'
import { loadSite, type Site, type SiteDemand } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { ManualClock } from '../src/live/clock/index.ts'
import { attachOcpp } from '../src/live/ocpp/index.ts'
import { Control } from '../src/live/operate/control/index.ts'
import { Operation, type OperationEvent, stationPlans } from '../src/live/operate/index.ts'
import { MemoryStore } from '../src/live/operate/test-support.ts'
import { prepareSiteRun } from '../src/study/simulate/site/index.ts'
import { Quiet } from './support/quiet.ts'

const START_ms = Date.parse('2026-05-08T15:00:00-07:00')
const HALF_HOUR_s = 1800
const LOOK_s = 10
/** Less than half of what the cars of an afternoon could take at times. */
const SCARCE_kW = 600
/** Four hours when all is asked for. */
const hours = process.env['ANYPLUG_FULL'] ? 4 : 1
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

interface Setting extends Partial<SiteWorldInput> {
  readonly isControlled?: boolean
  readonly import_kW?: number
}

async function liveHub(name: string, { isControlled = false, import_kW, ...more }: Setting = {}) {
  const described = siteOf(name)
  const site = import_kW === undefined ? described : { ...described, grid: { import_kW } }
  const clock = new ManualClock(START_ms)
  const quiet = new Quiet(clock)
  const store = new MemoryStore()
  const events: OperationEvent[] = []
  const curves: number[] = []
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
  const { description, places, curveOf } = controlledSite(compileHub(site))
  const control = isControlled
    ? new Control({
        ...{ hub: description, places, operation, store, clock, engineVersion },
        curveOf: (vehicle) => {
          curves.push(curveOf(vehicle))
          return curves.at(-1) ?? -1
        },
      })
    : null
  const started = new SiteWorld({ site, clock, url, duration_s: 86_400, seed: 3, ...more })
  world = started
  open.push(async () => {
    started.stop()
    control?.close()
    await gate.stop()
    await new Promise((resolve) => server.close(resolve))
  })
  started.start()
  while (!started.stations.every(({ isOnline }) => isOnline)) await quiet.settle()
  return { site, clock, quiet, store, operation, control, world: started, events, curves }
}

/** Highest power of all cars at any second, and energy in the end, of so many hours. */
async function drive({ quiet, world }: Awaited<ReturnType<typeof liveHub>>, hours: number) {
  let peak_kW = 0
  for (let second = 0; second < hours * 3600; second += LOOK_s) {
    await quiet.pass(LOOK_s)
    peak_kW = Math.max(peak_kW, world.power_kW())
  }
  return { peak_kW, energy_kWh: sum(world.places.units.map((_, unit) => world.register_kWh(unit))) }
}

/** The same as a simulation in which the controller sees what a management system sees. */
function simulated(site: Site & { demand: SiteDemand }, hours: number): number {
  const setting = { site, date: '2026-05-08', duration_s: 86_400, seed: 3, policy: site.policy, from_ms: START_ms }
  const { run, openSessions, result } = prepareSiteRun({ ...setting, sight: 'csms' })
  run.until(hours * 3600)
  return result().energyDelivered_kWh + sum(openSessions().map(({ energy_kWh }) => energy_kWh))
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

describe('a hub that lives', () => {
  it('books what went into the cars, transaction by transaction', async () => {
    const { quiet, store, operation, world } = await liveHub('us-highway')
    await quiet.pass(HALF_HOUR_s)
    const ended = store.transactions().filter(({ state }) => state === 'ended')
    expect(ended.length).toBeGreaterThan(1)
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
    await quiet.pass(HALF_HOUR_s)
    for (const station of world.stations) station.disconnect(1)
    while (!world.stations.every(({ isOnline, waiting }) => isOnline && waiting === 0)) await quiet.pass(5)
    const ended = store.transactions().filter(({ state }) => state === 'ended')
    const done_kWh = world.run.result().energyDelivered_kWh
    expect(sum(ended.map(({ energy_Wh }) => energy_Wh)) / 1000).toBeCloseTo(done_kWh, 1)
  }, 60_000)

  it.each([
    ['', {}],
    [', with one message in twenty lost', { lost_frac: 0.05 }],
  ])(
    'shares the site limit as the simulation does, and never goes above it%s',
    async (_, faults) => {
      const hub = await liveHub('us-highway', { isControlled: true, import_kW: SCARCE_kW, faults })
      const { peak_kW, energy_kWh } = await drive(hub, hours)
      expect(peak_kW).toBeGreaterThan(0.9 * SCARCE_kW)
      expect(peak_kW).toBeLessThanOrEqual(SCARCE_kW + 1e-6)
      expect(Math.abs(energy_kWh / simulated(hub.site, hours) - 1)).toBeLessThan(0.01)
      expect(hub.operation.alarms().filter(({ code }) => code !== 'alarm.disobeys')).toEqual([])
      // Every car is recognised, and the catalogue has its curve.
      expect(hub.curves.length).toBeGreaterThan(10)
      expect(hub.curves.every((curve) => curve >= 0)).toBe(true)
    },
    600_000,
  )
})
