import type { HubDescription } from '../../src/hub/controller/site/index.ts'
import { ManualClock } from '../../src/live/clock/index.ts'
import { Control, type ControlSettings, logLines, siteLimitSetting } from '../../src/live/operate/control/index.ts'
import { type DecisionEntry, type DecisionRun, Operation } from '../../src/live/operate/index.ts'
import { MemoryStore, START_ms, token } from '../../src/live/operate/test-support.ts'
import { ChargingDouble, type DoubleOptions } from './charging-double.ts'

/** A store that keeps the decision log too. */
export class LogStore extends MemoryStore {
  readonly runs: { readonly run: DecisionRun; readonly entries: DecisionEntry[] }[] = []

  override decisions(run?: DecisionRun, entries: readonly DecisionEntry[] = []): void {
    if (!run) return
    const known = this.runs.find((one) => one.run.id === run.id)
    if (known) known.entries.push(...entries)
    else this.runs.push({ run, entries: [...entries] })
  }

  get log(): string {
    return this.runs.flatMap(({ run, entries }) => [...logLines(run, entries)]).join('')
  }
}

export type StationKind = Omit<DoubleOptions, 'stationId' | 'clock'> & { readonly default_kW?: number }

/** A hub run by the site controller through messages, without sockets: stations, one clock moved by hand, and a restart on request. */
export class LivingHub {
  readonly clock = new ManualClock(START_ms)
  readonly store = new LogStore()
  readonly stations: readonly ChargingDouble[]
  readonly description: HubDescription
  readonly #settings: Partial<ControlSettings>
  operation!: Operation
  control!: Control

  constructor(kinds: readonly StationKind[], site_kW: number, settings: Partial<ControlSettings> = {}) {
    this.#settings = settings
    this.stations = kinds.map((kind, at) => new ChargingDouble({ ...kind, stationId: `S${at + 1}`, clock: this.clock }))
    const nodes = [{ id: 'site', source: 'site.limit', parent: -1, capacity_kW: site_kW }]
    const evses = kinds.flatMap(({ evses: count, rating_kW, default_kW = 5 }, at) =>
      Array.from({ length: count }, (_, evse) => ({
        ...{ id: `S${at + 1}/${evse + 1}`, node: 0, rating_kW, default_kW, floor_kW: 5 },
      })),
    )
    this.description = { nodes, evses, policy: 'max-min', otherLoad_kW: 0 }
  }

  /** Starts the management system on what its store holds, and lets all stations connect. */
  async start(reboots = true): Promise<void> {
    const plans = this.stations.map(({ stationId, options }) => ({
      stationId,
      evses: Array.from({ length: options.evses }, () => ({ connectors: ['ccs2'], rating_kW: options.rating_kW })),
    }))
    const settings = { concurrentTransactions: 'accept' } as const
    this.operation = await Operation.open({ plans, store: this.store, clock: this.clock, catalogue: null, settings })
    if (this.operation.tokens().length === 0) await this.operation.putToken(token('CARD'))
    const saved = this.store.journal.findLast((event) => event.kind === 'setting' && event.name === siteLimitSetting)
    this.control = new Control({
      hub: this.description,
      places: this.stations.flatMap(({ stationId, options }) =>
        Array.from({ length: options.evses }, (_, at) => ({
          stationId,
          evse: at + 1,
          isAc: false,
          phases: 1,
          voltage_V: 1000,
        })),
      ),
      operation: this.operation,
      store: this.store,
      clock: this.clock,
      engineVersion: 'test',
      settings: this.#settings,
      kept: saved?.kind === 'setting' ? saved.value : null,
    })
    for (const station of this.stations) await station.connect(this.operation, reboots)
  }

  /** The management system is gone and comes back. */
  async restart(): Promise<void> {
    this.control.close()
    for (const station of this.stations) station.close()
    await this.start(false)
  }

  get power_kW(): number {
    let sum_kW = 0
    for (const station of this.stations) {
      for (let evse = 1; evse <= station.options.evses; evse++) sum_kW += station.power_kW(evse)
    }
    return sum_kW
  }

  /** Lets time pass; `look` is called at every moment something can have changed. */
  async pass(seconds: number, look: () => void = () => {}): Promise<void> {
    const until_ms = this.clock.now_ms() + seconds * 1000
    await settle()
    while (this.clock.next_ms <= until_ms) {
      this.#charge(this.clock.next_ms)
      look()
      await settle()
      look()
    }
    this.#charge(until_ms)
    look()
  }

  /** All meters tell what they show, every `interval_s`. */
  async run(seconds: number, look: () => void = () => {}, interval_s = 10): Promise<void> {
    for (let at_s = 0; at_s < seconds; at_s += interval_s) {
      await this.pass(interval_s, look)
      for (const station of this.stations) {
        for (let evse = 1; evse <= station.options.evses; evse++) await station.measure(evse)
      }
    }
    await this.pass(0, look)
  }

  #charge(to_ms: number): void {
    const hours = (to_ms - this.clock.now_ms()) / 3_600_000
    for (const station of this.stations) {
      for (let at = 0; at < station.options.evses; at++) {
        station.energy_Wh[at] = (station.energy_Wh[at] ?? 0) + station.power_kW(at + 1) * 1000 * hours
      }
    }
    this.clock.moveTo(to_ms)
  }
}

/** Lets promises settle that wait for nothing but each other. */
export async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
}
