/**
 * Hours of the common day under 1600 kW, lived: server and virtual stations over sockets by a fast clock, against the simulation of the
 * same cars. npx tsx bench/live.ts [--hours 4] [--skip 14] [--speed 20] [--lost 0]
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { recordedFrom, recordedSite, startHub } from '../src/app/live/index.ts'
import { loadSite } from '../src/hub/site/index.ts'
import { builtInCatalogue } from '../src/hub/standards/index.ts'
import { readWorkload, type Workload } from '../src/io/formats/workload/index.ts'
import { Store } from '../src/io/store/index.ts'
import { PacedClock } from '../src/live/clock/index.ts'
import { controlled } from '../src/study/simulate/control/index.ts'
import { prepareReplay } from '../src/study/simulate/index.ts'

const LIMIT_kW = 1600
const SEED = 1
const { values } = parseArgs({
  options: {
    hours: { type: 'string', default: '4' },
    skip: { type: 'string', default: '14' },
    speed: { type: 'string', default: '20' },
    lost: { type: 'string', default: '0' },
  },
})
const [hours, skip_h, speed, lost_frac] = [values.hours, values.skip, values.speed, values.lost].map(Number) as [
  number,
  number,
  number,
  number,
]
const sum = (all: readonly number[]): number => all.reduce((total, value) => total + value, 0)

function recording(): Workload {
  const file = new URL('../test/fixtures/workloads/workload-day.json', import.meta.url)
  const read = readWorkload(readFileSync(file, 'utf8'), 'day')
  if (!read.ok) throw new Error('the recording cannot be read')
  return recordedFrom(read.value, skip_h * 3600)
}

function simulated_kWh(workload: Workload): number {
  const run = prepareReplay(workload).run({
    ...{ policy: 'max-min', siteLimit_kW: LIMIT_kW },
    governor: (hub) => controlled({ ...hub, sight: 'csms', policy: 'max-min', floor_kW: 0, seed: SEED }),
  })
  run.until(hours * 3600)
  run.settle()
  return sum([...run.books.byConnector.energy_kWh]) + sum([...run.openSessions()].map(({ energy_kWh }) => energy_kWh))
}

async function main(): Promise<void> {
  const workload = recording()
  const text = recordedSite(workload, LIMIT_kW)
  const site = loadSite(text, 'workload', builtInCatalogue())
  if (!site.ok) throw new Error('the hub of the recording is no site')
  const folder = mkdtempSync(join(tmpdir(), 'anyplug-live-'))
  const store = new Store({ folder })
  const begun = process.cpuUsage()
  const clock = new PacedClock({ factor: speed })
  const hub = await startHub({
    ...{ site: site.value, text, isChanged: () => false, store, clock, speed },
    ...{ host: '127.0.0.1', port: 0, webFolder: null },
    virtual: { seed: SEED, recording: workload, faults: { lost_frac } },
    failed: (error, where) => console.error(where, error),
  })
  await new Promise<void>((resolve) => void clock.after(hours * 3_600_000, resolve))
  const { world } = hub
  const energy_kWh = world ? sum(world.places.units.map((_, unit) => world.register_kWh(unit))) : 0
  const { user, system } = process.cpuUsage(begun)
  const expected_kWh = simulated_kWh(workload)
  const off = (100 * (energy_kWh / expected_kWh - 1)).toFixed(2)
  console.log(
    `${hours} h at ${clock.pace.toFixed(1)}x of ${speed}x, ${100 * lost_frac} % lost: ${energy_kWh.toFixed(1)} kWh lived`,
  )
  console.log(
    `${expected_kWh.toFixed(1)} kWh simulated (${off} %), highest ${world?.highest_kW.toFixed(2)} of ${LIMIT_kW} kW`,
  )
  console.log(`${((user + system) / 1e6).toFixed(0)} s of CPU`)
  for (const { code, params } of hub.operation.alarms()) console.log(code, JSON.stringify(params))
  await hub.stop()
  clock.stop()
  store.close()
  rmSync(folder, { recursive: true })
}

await main()
