/** The hub of a recording lives: virtual stations with the recorded cars, over sockets, against the simulation of the same. */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { controlledSite } from '../src/app/live/controlled-hub.ts'
import { recordedFrom, recordedSite } from '../src/app/live/index.ts'
import { SiteWorld } from '../src/app/live/world/index.ts'
import { engineVersion } from '../src/base/version/index.ts'
import { compileHub } from '../src/hub/plant/compile/index.ts'
import { loadSite } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { readWorkload, type Workload } from '../src/io/formats/workload/index.ts'
import { ManualClock } from '../src/live/clock/index.ts'
import { attachOcpp } from '../src/live/ocpp/index.ts'
import { Control } from '../src/live/operate/control/index.ts'
import { Operation, stationPlans } from '../src/live/operate/index.ts'
import { MemoryStore } from '../src/live/operate/test-support.ts'
import type { Faults } from '../src/live/station/index.ts'
import { controlled } from '../src/study/simulate/control/index.ts'
import { prepareReplay } from '../src/study/simulate/index.ts'
import { Quiet } from './support/quiet.ts'

const LIMIT_kW = 1600
const SEED = 1
const START_ms = Date.parse('2026-06-01T15:00:00Z')
const isFull = process.env['ANYPLUG_FULL'] === '1'
/** Into the recording: the afternoon is when the limit binds. */
const FROM_s = (isFull ? 14 : 16.5) * 3600
/** Four hours when all is asked for. */
const hours = isFull ? 4 : 0.6
const LOOK_s = 10
const open: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

function recording(): Workload {
  const file = new URL('fixtures/workloads/workload-day.json', import.meta.url)
  const read = readWorkload(readFileSync(file, 'utf8'), 'day')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return recordedFrom(read.value, FROM_s)
}

function siteOf(workload: Workload) {
  const checked = loadSite(recordedSite(workload, LIMIT_kW), 'workload', builtInCatalogue())
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems))
  return checked.value
}

async function liveHub(workload: Workload, faults: Faults) {
  const site = siteOf(workload)
  const clock = new ManualClock(START_ms)
  const quiet = new Quiet(clock)
  const store = new MemoryStore()
  const operation = await Operation.open({
    ...{ plans: stationPlans(site), store, clock, catalogue: site.catalogue },
    tokens: (idToken) => ({
      ...{ idToken, type: 'ISO14443', group: null, status: 'accepted', expires_ms: null, vehicle: null },
    }),
  })
  const server = createServer()
  const gate = attachOcpp(server, {
    authenticate: (admission) => operation.admit(admission),
    connected: (peer) => operation.connected(peer),
    ...{ clock, trace: quiet.trace },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}/ocpp`
  const { description, places, curveOf } = controlledSite(compileHub(site))
  const control = new Control({ hub: description, places, operation, store, clock, engineVersion, curveOf })
  const world = new SiteWorld({ ...{ site, recording: workload, clock, url, faults }, duration_s: 86_400, seed: SEED })
  open.push(async () => {
    world.stop()
    control.close()
    await gate.stop()
    await new Promise((resolve) => server.close(resolve))
  })
  world.start()
  while (!world.stations.every(({ isOnline }) => isOnline)) await quiet.settle()
  return { quiet, operation, world }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** What `simulate --workload FILE --site-limit 1600 --sight csms` does, up to a moment. */
function simulated(workload: Workload, hours: number): number {
  const run = prepareReplay(workload).run({
    ...{ policy: 'max-min', siteLimit_kW: LIMIT_kW },
    governor: (hub) => controlled({ ...hub, sight: 'csms', policy: 'max-min', floor_kW: 0, seed: SEED }),
  })
  run.until(hours * 3600)
  run.settle()
  return sum([...run.books.byConnector.energy_kWh]) + sum([...run.openSessions()].map(({ energy_kWh }) => energy_kWh))
}

describe('the hub of the common day under 1600 kW', () => {
  it.each([
    ...(isFull ? [['', {}] as const] : []),
    [', with one message in twenty lost', { lost_frac: 0.05 }] as const,
  ])(
    'gets what the simulation gets, and never draws more than the limit%s',
    async (_, faults) => {
      const workload = recording()
      const { quiet, operation, world } = await liveHub(workload, faults)
      for (let second = 0; second < hours * 3600; second += LOOK_s) await quiet.pass(LOOK_s)
      const energy_kWh = sum(world.places.units.map((_, unit) => world.register_kWh(unit)))
      expect(world.highest_kW).toBeGreaterThan(0.99 * LIMIT_kW)
      expect(world.highest_kW).toBeLessThanOrEqual(LIMIT_kW + 1e-6)
      expect(operation.alarms().filter(({ code }) => code !== 'alarm.disobeys')).toEqual([])
      expect(Math.abs(energy_kWh / simulated(workload, hours) - 1)).toBeLessThan(0.01)
    },
    600_000,
  )
})
