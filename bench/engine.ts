/**
 * CPU time of one simulated day of the common workload: median over many runs in one process after a warm-up, user and
 * system time of the whole process. Counted: building the hub's state, the run, all totals and the timeline. Not counted:
 * reading the file and compiling profiles, once a file.
 */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { policyNames } from '../src/hub/controller/index.ts'
import { readWorkload, type Workload } from '../src/io/formats/workload/index.ts'
import { outcomeOf, prepareReplay } from '../src/study/simulate/index.ts'

const RUNS = 2000
/** Most energy any schedule can deliver on the day under 1600 kW (linear program over minutes; see the fixtures' README). */
const OPTIMUM_kWh = 19_184
const root = fileURLToPath(new URL('..', import.meta.url))
const dayFile = `${root}test/fixtures/workloads/workload-day.json`

function read(name: string): Workload {
  const checked = readWorkload(readFileSync(`${root}test/fixtures/workloads/${name}.json`, 'utf8'), name)
  if (!checked.ok) throw new Error(`${name} cannot be read`)
  return checked.value
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

/** Milliseconds of CPU of one call, median of many. */
function cpu_ms(work: () => unknown, runs = RUNS): number {
  const times: number[] = []
  for (let i = 0; i < runs + runs / 4; i++) {
    const before = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(before)
    if (i >= runs / 4) times.push((user + system) / 1000)
  }
  return median(times)
}

/** The peer: a plain loop over the minutes of every stay, Euler steps, no limit, total energy only. */
function minuteLoop({ sessions, outlets_kW, transition_frac }: Workload): number {
  let total_kWh = 0
  for (const { plug_s, unplug_s, outlet, capacity_kWh, soc_frac, maxPower_kW } of sessions) {
    let soc = soc_frac
    for (let at_s = plug_s; at_s < unplug_s; at_s += 60) {
      const taper_kW = maxPower_kW * Math.min(1, (1 - soc) / (1 - transition_frac))
      const energy_kWh = Math.min(outlets_kW[outlet] ?? 0, taper_kW) / 60
      soc += energy_kWh / capacity_kWh
      total_kWh += energy_kWh
    }
  }
  return total_kWh
}

function row(name: string, ms: number, budget_ms: number | null, more = ''): void {
  const budget = budget_ms === null ? '' : `  budget ${budget_ms} ms${ms <= budget_ms ? '' : ' EXCEEDED'}`
  console.log(`${name.padEnd(38)}${ms.toFixed(3).padStart(9)} ms${budget}${more}`)
}

function engine(): void {
  const day = read('workload-day')
  const replay = prepareReplay(day)
  const simulate = (policy: (typeof policyNames)[number], siteLimit_kW: number | null) => () => {
    const run = replay.run({ policy, siteLimit_kW }).finish()
    return { run, result: outcomeOf(run, { site: '', seed: 1, from: day.start, siteLimit_kW }, replay.visits) }
  }
  const describe = (work: ReturnType<typeof simulate>, ms: number): string => {
    const perSession = work().run.events / day.sessions.length
    return `  ${perSession.toFixed(2)} events/session, ${Math.round((1000 * day.sessions.length) / ms)} sessions/CPU-s`
  }
  const free = simulate('max-min', null)
  const free_ms = cpu_ms(free)
  row('day, no limit', free_ms, 0.4, describe(free, free_ms))
  for (const policy of policyNames) {
    const work = simulate(policy, 1600)
    const ms = cpu_ms(work)
    const share = (100 * work().result.energyDelivered_kWh) / OPTIMUM_kWh
    row(`day, 1600 kW, ${policy}`, ms, 1.5, `${describe(work, ms)}, ${share.toFixed(2)} % of the offline optimum`)
  }
  row(
    'peer: minute loop, no limit, no totals',
    cpu_ms(() => minuteLoop(day)),
    null,
  )
  const week = prepareReplay(read('workload-week'))
  row(
    'week, no limit, per day',
    cpu_ms(() => week.run({ policy: 'max-min', siteLimit_kW: null }).finish(), 100) / 7,
    0.4,
  )
}

/** Wall time of whole processes, both measured in turn; built code in dist/. */
function processes(): void {
  const run_ms = (args: readonly string[]): number => {
    const started = process.hrtime.bigint()
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' })
    if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}`)
    return Number(process.hrtime.bigint() - started) / 1e6
  }
  const empty: number[] = []
  const whole: number[] = []
  for (let i = 0; i < 15; i++) {
    empty.push(run_ms(['-e', '']))
    whole.push(run_ms([`${root}bin/anyplug.js`, 'simulate', '--workload', dayFile]))
  }
  const empty_ms = median(empty)
  const whole_ms = median(whole)
  row('empty Node process, wall', empty_ms, null)
  row(
    'anyplug simulate --workload, wall',
    whole_ms,
    3 * empty_ms,
    `  ${(whole_ms / empty_ms).toFixed(2)} times the empty one`,
  )
}

engine()
processes()
