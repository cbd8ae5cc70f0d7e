/**
 * The site controller: time of a cold decision (every EVSE has news, a limit binds), time of one when a single reading has
 * changed and nothing binds, and the bytes of garbage either makes.
 */

import { PerformanceObserver } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type HubDescription, Readings, Setpoints, SiteController } from '../src/hub/controller/site/index.ts'

const PER_CABINET = 4
const PER_CIRCUIT = 32
const METER_s = 10
const ROUNDS = 1000
const EVENTS = 200_000

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Cabinets of four EVSEs below circuits of 32 below the site. */
function describeHub(evses: number, perEvse_kW: number): HubDescription {
  const nodes: { id: string; source: string; parent: number; capacity_kW: number }[] = [
    { id: 'grid', source: 'site.limit', parent: -1, capacity_kW: evses * perEvse_kW },
  ]
  const placed: number[] = []
  for (let circuit = 0; circuit < evses / PER_CIRCUIT; circuit++) {
    const above =
      nodes.push({
        id: `c${circuit}`,
        source: `circuit.c${circuit}`,
        parent: 0,
        capacity_kW: PER_CIRCUIT * perEvse_kW * 1.2,
      }) - 1
    for (let cabinet = 0; cabinet < PER_CIRCUIT / PER_CABINET; cabinet++) {
      const id = `${circuit}-${cabinet}`
      const node =
        nodes.push({ id, source: `cabinet.${id}`, parent: above, capacity_kW: PER_CABINET * perEvse_kW * 1.5 }) - 1
      for (let i = 0; i < PER_CABINET && placed.length < evses; i++) placed.push(node)
    }
  }
  const at = (node: number, i: number) => ({ id: `e${i}`, node, rating_kW: 300, default_kW: 5, floor_kW: 0 })
  return { nodes, evses: placed.map(at), policy: 'max-min', otherLoad_kW: 0 }
}

/** A hub whose stations answer at once and whose vehicles draw what they want or may. */
class Bench {
  readonly controller: SiteController
  readonly readings: Readings
  readonly setpoints: Setpoints
  readonly evses: number
  now_s = 0

  constructor(evses: number, perEvse_kW: number) {
    const hub = describeHub(evses, perEvse_kW)
    this.controller = new SiteController(hub)
    this.evses = evses
    this.readings = new Readings(evses)
    this.setpoints = new Setpoints(evses)
    this.readings.confirmed_kW.fill(5)
    for (let evse = 0; evse < evses; evse++) this.readings.session[evse] = 1
    for (let round = 0; round < 30; round++) {
      for (let evse = 0; evse < evses; evse++) this.meter(evse)
      this.decide()
      this.now_s += METER_s
    }
  }

  meter(evse: number): void {
    const { readings } = this
    const want_kW = 60 + ((evse * 37) % 200) * (1 - 0.1 * Math.sin(this.now_s / 600))
    readings.power_kW[evse] = Math.round(10 * Math.min(want_kW, readings.confirmed_kW[evse] as number)) / 10
    readings.measured_s[evse] = this.now_s
    readings.touch(evse)
  }

  decide(): number {
    this.readings.time_s = this.now_s
    const ask_s = this.controller.decide(this.readings, this.setpoints)
    const { changed, changedCount, number, limit_kW, until_s } = this.setpoints
    for (let i = 0; i < changedCount; i++) {
      const evse = changed[i] as number
      this.readings.confirmed[evse] = number[evse] as number
      this.readings.confirmed_kW[evse] = limit_kW[evse] as number
      this.readings.confirmedUntil_s[evse] = until_s[evse] as number
      this.readings.touch(evse)
    }
    return ask_s
  }
}

/** Microseconds of CPU, user and system, of one of many like pieces of work. */
function cpu_us(work: () => void, pieces: number): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / pieces
}

function decideCold(bench: Bench, decisions: number): void {
  for (let round = 0; round < decisions; round++) {
    for (let evse = 0; evse < bench.evses; evse++) bench.meter(evse)
    bench.decide()
    bench.now_s += METER_s
  }
}

/** The meters report one after the other; all timers and renewals are included. */
function decideByEvent(bench: Bench, decisions: number): void {
  for (let event = 0; event < decisions; event++) {
    bench.meter(event % bench.evses)
    bench.decide()
    bench.now_s += METER_s / bench.evses
  }
}

/** Bytes of garbage a decision makes; exact while nothing is collected meanwhile. */
async function bytesPerDecision({ bench, work, decisions }: Case): Promise<{ bytes: number; collections: number }> {
  let collections = 0
  const observer = new PerformanceObserver((list) => {
    collections += list.getEntries().length
  })
  collect()
  observer.observe({ entryTypes: ['gc'] })
  const before = process.memoryUsage().heapUsed
  work(bench, decisions)
  const bytes = (process.memoryUsage().heapUsed - before) / decisions
  await new Promise((resolve) => setImmediate(resolve))
  observer.disconnect()
  return { bytes: Math.round(bytes), collections }
}

interface Case {
  readonly name: string
  readonly bench: Bench
  readonly work: (bench: Bench, decisions: number) => void
  readonly decisions: number
  readonly budget_us: number
}

/** Best of three after a warm-up. What is left as garbage are numbers in boxes: no objects are made. */
async function measure(one: Case) {
  const { name, bench, work, decisions, budget_us } = one
  work(bench, decisions)
  const us = Math.min(...[1, 2, 3].map(() => cpu_us(() => work(bench, decisions), decisions)))
  const { bytes, collections } = await bytesPerDecision(one)
  return {
    evses: bench.evses,
    case: name,
    us: us.toFixed(2),
    budget_us,
    held: us <= budget_us,
    bytes,
    collections,
  }
}

const rows = []
for (const evses of [32, 1000]) {
  const cold = {
    name: 'all have news, the limit binds',
    work: decideCold,
    decisions: ROUNDS,
    bench: new Bench(evses, 80),
  }
  const event = {
    name: 'one reading, nothing binds',
    work: decideByEvent,
    decisions: EVENTS,
    bench: new Bench(evses, 400),
  }
  rows.push(await measure({ ...cold, budget_us: evses === 32 ? 20 : 1000 }))
  rows.push(await measure({ ...event, budget_us: 1 }))
}
console.table(rows)
