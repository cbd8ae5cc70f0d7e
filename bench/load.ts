/**
 * The load a hub bears: `anyplug serve` and the stations in processes of their own, open loop at the offered rate, latency from
 * the moment a message was due to its answer. Needs /proc. `npm run bench -- load`; arguments: names of scenarios, `--hold S`.
 */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { DatabaseSync } from '@photostructure/sqlite'
import { openStore, Store } from '../src/io/store/index.ts'
import { newStationRecord } from '../src/live/operate/station.ts'
import type { LoadResult, Plan, Report } from '../test/support/load/generator.ts'
import { CONNECTORS, ServedHub, stationIds } from '../test/support/load/server.ts'

const { values: options, positionals: wanted } = parseArgs({
  options: { hold: { type: 'string', default: '60' }, prof: { type: 'string' }, package: { type: 'string' } },
  allowPositionals: true,
})
const hold_s = Number(options.hold)
const RAMP_s = 10
const generator = fileURLToPath(new URL('../test/support/load/generator.ts', import.meta.url))

interface Bounds {
  readonly p99_ms?: number
  readonly cpu_ms?: number
  readonly most_MB?: number
  readonly reconnect_s?: number
}

interface Scenario {
  readonly name: string
  /** Stations of the site file. */
  readonly planned: number
  /** Stations that were accepted by hand. */
  readonly added?: number
  readonly load:
    | { readonly kind: 'steady'; readonly meters_perS: number; readonly events_perS: number }
    | { readonly kind: 'reconnect' }
    | { readonly kind: 'idle' }
  readonly bounds: Bounds
}

const steady: Bounds = { p99_ms: 100, cpu_ms: 0.12, most_MB: 300 }
const scenarios: readonly Scenario[] = [
  { name: 'meters', planned: 500, load: { kind: 'steady', meters_perS: 6000, events_perS: 0 }, bounds: steady },
  { name: 'events', planned: 500, load: { kind: 'steady', meters_perS: 0, events_perS: 2500 }, bounds: steady },
  { name: 'both', planned: 500, load: { kind: 'steady', meters_perS: 6000, events_perS: 2500 }, bounds: steady },
  { name: 'reconnect-500', planned: 500, load: { kind: 'reconnect' }, bounds: { reconnect_s: 5, most_MB: 300 } },
  { name: 'reconnect-5000', planned: 5000, load: { kind: 'reconnect' }, bounds: { reconnect_s: 60 } },
  { name: 'idle-10000', planned: 5000, added: 5000, load: { kind: 'idle' }, bounds: { most_MB: 400 } },
]

interface Outcome {
  readonly result: LoadResult
  /** CPU time of the server while the load was held. */
  readonly cpu_ms: number
  readonly most_MB: number
  readonly now_MB: number
  readonly took_ms: number
}

/** Stations nobody planned, as if an operator had let them in. */
async function letIn(hub: ServedHub, ids: readonly string[]): Promise<void> {
  const store = openStore({ folder: hub.data })
  if (!(store instanceof Store)) throw store
  const now_ms = Date.now()
  await store.append(
    ids.map((stationId) => {
      const station = { ...newStationRecord(stationId, 'accepted'), booted_ms: now_ms }
      return { kind: 'station', at_ms: now_ms, station } as const
    }),
  )
  store.close()
}

function play(hub: ServedHub, plan: Plan): Promise<Outcome> {
  const child = fork(generator, [JSON.stringify(plan)], { execArgv: ['--import', 'tsx'] })
  let [before_ms, after_ms, took_ms] = [0, 0, 0]
  return new Promise((resolve, reject) => {
    child.on('message', (report: Report) => {
      if (report.kind === 'ready') took_ms = report.took_ms
      else if (report.kind === 'holds') before_ms = hub.cpu_ms()
      else if (report.kind === 'held') after_ms = hub.cpu_ms()
      else resolve({ result: report.result, cpu_ms: after_ms - before_ms, took_ms, ...hub.memory_MB() })
    })
    child.on('exit', (code) => reject(new Error(`stations ended with ${code}`)))
  })
}

/** What is in the store after the server has ended. */
function kept(hub: ServedHub): { readonly meters: number; readonly events: number; readonly wrong: number } {
  const database = new DatabaseSync(hub.database, { readOnly: true })
  const count = (sql: string): number => Number((database.prepare(sql).get() as { count: number }).count)
  const found = {
    meters: count('select count(*) as count from meter'),
    events: count("select count(*) as count from journal where kind = 'transaction'"),
    wrong: count("select count(*) as count from chargingTransaction where state = 'ended' and doubts <> '[]'"),
  }
  database.close()
  return found
}

const mark = (value: number, most: number | undefined, digits: number): string =>
  `${value.toFixed(digits)}${most !== undefined && value > most ? ` EXCEEDED (${most})` : ''}`

async function measure({ name, planned, added = 0, load, bounds }: Scenario): Promise<Record<string, unknown>> {
  const hub = new ServedHub({
    stations: planned,
    ...(options.package ? { folder: options.package } : {}),
    nodeOptions: options.prof ? ['--cpu-prof', `--cpu-prof-dir=${options.prof}`] : [],
  })
  const more = Array.from({ length: added }, (_, at) => `added-${at}`)
  if (added > 0) await letIn(hub, more)
  const port = await hub.start()
  const common = { port, stationIds: [...stationIds(planned), ...more], connectors: CONNECTORS }
  try {
    const plan = { ...common, ramp_s: RAMP_s, hold_s, ...load } as Plan
    const { result, cpu_ms, most_MB, now_MB, took_ms } = await play(hub, plan)
    await hub.end('SIGTERM')
    const { meters, events, wrong } = kept(hub)
    const messages = result.answered
    return {
      scenario: name,
      'sent/s': (result.sent / hold_s).toFixed(0),
      'p50 ms': result.p50_ms,
      'p99 ms': mark(result.p99_ms, messages > 0 ? bounds.p99_ms : undefined, 1),
      'worst ms': result.worst_ms.toFixed(0),
      'late ms': result.late_ms.toFixed(0),
      'CPU ms a message': messages > 0 ? mark(cpu_ms / messages, bounds.cpu_ms, 4) : '',
      'CPU s': (cpu_ms / 1000).toFixed(1),
      'reconnect s': result.reconnect_ms === null ? '' : mark(result.reconnect_ms / 1000, bounds.reconnect_s, 1),
      'RSS MB most': mark(most_MB, bounds.most_MB, 0),
      'RSS MB now': now_MB.toFixed(0),
      'first s': (took_ms / 1000).toFixed(1),
      unanswered: result.unanswered + result.refused,
      'events not kept': result.events - events,
      'readings not kept': result.meters + result.events - meters,
      doubtful: wrong,
    }
  } finally {
    await hub.end('SIGKILL')
    if (hub.errors) console.log(hub.errors.slice(0, 2000))
    hub.remove()
  }
}

const rows = []
for (const scenario of scenarios) {
  if (wanted.length > 0 && !wanted.includes(scenario.name)) continue
  const row = await measure(scenario)
  console.log(row)
  rows.push(row)
}
console.table(rows)
