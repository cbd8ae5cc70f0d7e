/**
 * CPU time of runs with cables and cabinets as physics below exact sharing: a day of the common workload, and a year of a site with 32
 * EVSEs. What is built once a file (profiles, cables, cabinets) is counted with the first run only.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { measureYears } from '../scripts/year-of-a-site.ts'
import { workloadAssumptions } from '../src/app/cli/simulation/workload-physics.ts'
import { readWorkload } from '../src/io/formats/workload/index.ts'
import { noSite, WorkloadDevices } from '../src/study/simulate/devices/index.ts'
import { outcomeOf, prepareReplay } from '../src/study/simulate/index.ts'

const RUNS = 200
const WANTED_ms = 6
const WANTED_s = 3
const root = fileURLToPath(new URL('..', import.meta.url))

function cpu_ms(work: () => unknown): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

function day(siteLimit_kW: number | null): void {
  const file = readFileSync(`${root}test/fixtures/workloads/workload-day.json`, 'utf8')
  const checked = readWorkload(file, 'workload-day')
  if (!checked.ok) throw new Error('workload-day cannot be read')
  const workload = checked.value
  const replay = prepareReplay(workload)
  let physics: WorkloadDevices | null = null
  const simulate = (): void => {
    physics ??= new WorkloadDevices(workload, workloadAssumptions)
    const devices = physics
    const run = replay.run({
      ...{ policy: 'max-min', siteLimit_kW },
      devices: ({ profiles, full_kW }) => devices.around(noSite, profiles, full_kW),
    })
    run.finish()
    outcomeOf(run, { site: '', seed: 1, from: workload.start, siteLimit_kW }, replay.visits)
  }
  const first_ms = cpu_ms(simulate)
  const times = Array.from({ length: RUNS }, () => cpu_ms(simulate)).sort((a, b) => a - b)
  const median_ms = times[RUNS / 2] ?? 0
  const limit = siteLimit_kW === null ? 'no limit' : `${siteLimit_kW} kW`
  console.log(
    `day, ${limit}: ${median_ms.toFixed(2)} ms (wanted ${WANTED_ms}), the first time ${first_ms.toFixed(0)} ms`,
  )
}

day(null)
day(1600)
if (process.argv[2] === 'day') process.exit(0)
measureYears(8, 0.1, { physics: true })
console.table([measureYears(32, 1), measureYears(32, 1, { physics: true })])
console.log(`a year with physics is wanted within ${WANTED_s} s`)
