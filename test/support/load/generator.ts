/** Process of its own that plays the stations of a load; forked with a Plan as its only argument, it tells its Reports to its parent. */
import { randomBytes } from 'node:crypto'
import { meterValues, transactionEvent, transactionOf } from './messages.ts'
import { LoadStation, type OnAnswer } from './station.ts'

export type Plan = {
  readonly port: number
  readonly stationIds: readonly string[]
  readonly connectors: number
} & (
  | ({ readonly kind: 'steady'; readonly meters_perS: number; readonly events_perS: number } & Steady)
  | { readonly kind: 'reconnect' }
  | { readonly kind: 'idle'; readonly hold_s: number }
)

interface Steady {
  readonly ramp_s: number
  readonly hold_s: number
}

export type Report =
  | { readonly kind: 'ready'; readonly took_ms: number }
  | { readonly kind: 'holds' }
  | { readonly kind: 'held' }
  | { readonly kind: 'done'; readonly result: LoadResult }

export interface LoadResult {
  /** Of messages that were due while the load was held. */
  readonly sent: number
  readonly answered: number
  readonly refused: number
  readonly unanswered: number
  readonly p50_ms: number
  readonly p99_ms: number
  readonly worst_ms: number
  /** How late this process itself was at worst. */
  readonly late_ms: number
  /** Of the whole run: what the store must hold. */
  readonly meters: number
  readonly events: number
  /** From the cut until the last station had reported; null: nothing was cut. */
  readonly reconnect_ms: number | null
}

/** Stations that connect at the same time at the beginning. */
const ABREAST = 50
const STREAMS = 2
/** How long answers are waited for after the last message. */
const PATIENCE_ms = 10_000
const TICK_ms = 1
const START_Wh = 1_000_000
const WATTS = 91_500
const MS_PER_HOUR = 3_600_000

const tell = (report: Report): void => void process.send?.(report)
const sleep = (time_ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time_ms))

/** Latencies in steps of 0.1 ms. */
class Latencies {
  readonly #counts = new Uint32Array(200_000)
  count = 0
  worst_ms = 0

  add(time_ms: number): void {
    const step = Math.min(this.#counts.length - 1, Math.max(0, Math.floor(time_ms * 10)))
    this.#counts[step] = (this.#counts[step] as number) + 1
    this.count++
    if (time_ms > this.worst_ms) this.worst_ms = time_ms
  }

  quantile_ms(share_frac: number): number {
    let left = share_frac * this.count
    for (let step = 0; step < this.#counts.length; step++) {
      left -= this.#counts[step] as number
      if (left <= 0) return (step + 1) / 10
    }
    return this.worst_ms
  }
}

/** When messages of one kind are due: the rate rises evenly, then holds. */
class Stream {
  readonly rate_perS: number
  readonly #ramp_s: number
  next = 0

  constructor(rate_perS: number, ramp_s: number) {
    this.rate_perS = rate_perS
    this.#ramp_s = ramp_s
  }

  due_ms(number: number): number {
    if (this.rate_perS === 0) return Number.POSITIVE_INFINITY
    const inRamp = (this.rate_perS * this.#ramp_s) / 2
    if (number < inRamp) return 1000 * Math.sqrt((2 * this.#ramp_s * number) / this.rate_perS)
    return 1000 * (this.#ramp_s + (number - inRamp) / this.rate_perS)
  }
}

/** Open loop: every message is sent when it is due, however long the answers to others take. */
class SteadyLoad {
  readonly #plan: Steady
  readonly #stations: readonly LoadStation[]
  readonly #streams: readonly [Stream, Stream]
  readonly #latencies = new Latencies()
  readonly #run = randomBytes(3).toString('hex')
  #began_ms = 0
  #wall_ms = 0
  #sent = 0
  #refused = 0
  #open = 0
  #late_ms = 0

  constructor(plan: Extract<Plan, { kind: 'steady' }>, stations: readonly LoadStation[]) {
    this.#plan = plan
    this.#stations = stations
    this.#streams = [new Stream(plan.meters_perS, plan.ramp_s), new Stream(plan.events_perS, plan.ramp_s)]
  }

  readonly answered: OnAnswer = (number, isResult, text) => {
    this.#open--
    if (!isResult && this.#refused++ === 0) process.stderr.write(`${text()}\n`)
    const due_ms = this.#streams[(number % STREAMS) as 0 | 1].due_ms(Math.floor(number / STREAMS))
    if (due_ms >= 1000 * this.#plan.ramp_s) this.#latencies.add(performance.now() - this.#began_ms - due_ms)
  }

  async play(): Promise<LoadResult> {
    const { ramp_s, hold_s } = this.#plan
    this.#began_ms = performance.now()
    this.#wall_ms = Date.now()
    await this.#until(1000 * ramp_s)
    tell({ kind: 'holds' })
    await this.#until(1000 * (ramp_s + hold_s))
    tell({ kind: 'held' })
    const last_ms = performance.now() + PATIENCE_ms
    while (this.#open > 0 && performance.now() < last_ms) await sleep(TICK_ms)
    return this.#result()
  }

  async #until(end_ms: number): Promise<void> {
    for (;;) {
      const now_ms = Math.min(end_ms, performance.now() - this.#began_ms)
      for (const at of [0, 1] as const) this.#send(at, now_ms)
      if (now_ms >= end_ms) return
      await sleep(TICK_ms)
    }
  }

  #send(at: 0 | 1, now_ms: number): void {
    const stream = this.#streams[at]
    for (let due_ms = stream.due_ms(stream.next); due_ms < now_ms; due_ms = stream.due_ms(stream.next)) {
      const number = stream.next++
      const station = this.#stations[number % this.#stations.length] as LoadStation
      const at_ms = this.#wall_ms + due_ms
      const energy_Wh = START_Wh + (WATTS * due_ms) / MS_PER_HOUR
      const moment = { number: STREAMS * number + at, at_ms, energy_Wh }
      station.write(at === 0 ? meterValues(moment) : this.#event(moment, station, number))
      this.#open++
      if (due_ms < 1000 * this.#plan.ramp_s) continue
      this.#sent++
      this.#late_ms = Math.max(this.#late_ms, performance.now() - this.#began_ms - due_ms)
    }
  }

  #event(moment: Parameters<typeof meterValues>[0], { stationId }: LoadStation, number: number): Buffer {
    const event = Math.floor(number / this.#stations.length)
    return transactionEvent(moment, transactionOf(stationId, this.#run, event), event)
  }

  #result(): LoadResult {
    const [meters, events] = this.#streams.map(({ next }) => next)
    return {
      ...{ sent: this.#sent, answered: this.#latencies.count, refused: this.#refused, unanswered: this.#open },
      ...{ p50_ms: this.#latencies.quantile_ms(0.5), p99_ms: this.#latencies.quantile_ms(0.99) },
      ...{ worst_ms: this.#latencies.worst_ms, late_ms: this.#late_ms, reconnect_ms: null },
      ...{ meters: meters ?? 0, events: events ?? 0 },
    }
  }
}

const nothing: LoadResult = {
  ...{ sent: 0, answered: 0, refused: 0, unanswered: 0, p50_ms: 0, p99_ms: 0, worst_ms: 0, late_ms: 0 },
  ...{ meters: 0, events: 0, reconnect_ms: null },
}

/** Does something for all, so many at a time. */
async function abreast<T>(all: readonly T[], most: number, act: (one: T) => Promise<void>): Promise<void> {
  let next = 0
  const worker = async (): Promise<void> => {
    for (let one = all[next++]; one !== undefined; one = all[next++]) await act(one)
  }
  await Promise.all(Array.from({ length: most }, worker))
}

/** The power comes back: all at once. */
async function reconnect(stations: readonly LoadStation[], connectors: number): Promise<LoadResult> {
  for (const station of stations) station.cut()
  await sleep(2000)
  tell({ kind: 'holds' })
  const began_ms = performance.now()
  await abreast(stations, stations.length, (station) => arrive(station, connectors))
  const reconnect_ms = performance.now() - began_ms
  tell({ kind: 'held' })
  return { ...nothing, reconnect_ms }
}

/** A station tries again until it is let in. */
async function arrive(station: LoadStation, connectors: number): Promise<void> {
  for (;;) {
    try {
      await station.connect()
      break
    } catch {
      await sleep(500)
    }
  }
  await station.boot(connectors)
}

async function play(plan: Plan): Promise<void> {
  let answered: OnAnswer = () => {}
  const { port, connectors } = plan
  const stations = plan.stationIds.map(
    (stationId) => new LoadStation({ port, stationId, answered: (...told) => answered(...told) }),
  )
  const began_ms = performance.now()
  await abreast(stations, ABREAST, (station) => arrive(station, connectors))
  tell({ kind: 'ready', took_ms: performance.now() - began_ms })
  // The server asks every station that has started what it is: that is over before anything is measured.
  await sleep(5000)
  const result = await load(plan, stations, (listener) => {
    answered = listener
  })
  for (const station of stations) station.cut()
  tell({ kind: 'done', result })
}

function load(plan: Plan, stations: readonly LoadStation[], listen: (listener: OnAnswer) => void): Promise<LoadResult> {
  if (plan.kind === 'reconnect') return reconnect(stations, plan.connectors)
  if (plan.kind === 'idle') return rest(plan.hold_s)
  const steady = new SteadyLoad(plan, stations)
  listen(steady.answered)
  return steady.play()
}

async function rest(hold_s: number): Promise<LoadResult> {
  tell({ kind: 'holds' })
  await sleep(1000 * hold_s)
  tell({ kind: 'held' })
  return nothing
}

if (process.send) {
  await play(JSON.parse(process.argv[2] ?? '{}') as Plan)
  process.disconnect()
}
