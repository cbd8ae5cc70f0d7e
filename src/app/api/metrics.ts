import { Counter, Gauge, Registry } from 'prom-client'
import type { ApiParts } from './parts.ts'

/** Figures for Prometheus. Names carry their unit, as is usual there; powers in kW. */
export class Metrics {
  readonly #registry = new Registry()
  readonly #stop: () => void

  constructor({ hub, operation, store }: ApiParts) {
    const registers = [this.#registry]
    const events = new Counter({
      ...{ name: 'anyplug_events_total', help: 'What happened at stations, by kind', labelNames: ['kind'], registers },
    })
    this.#stop = operation.subscribe(({ kind }) => events.inc({ kind }))
    new Gauge({
      ...{ name: 'anyplug_power_kw', help: 'Power by node of the hub', labelNames: ['node'], registers },
      collect() {
        for (const [node, power_kW] of Object.entries(hub.now().power_kW)) this.set({ node }, power_kW)
      },
    })
    new Gauge({
      ...{ name: 'anyplug_site_limit_kw', help: 'What the site may draw', registers },
      collect() {
        this.set(hub.site().limit_kW)
      },
    })
    new Gauge({
      ...{ name: 'anyplug_evses', help: 'EVSEs by what they are at', labelNames: ['mode'], registers },
      collect() {
        this.reset()
        for (const { mode } of hub.now().evses) this.inc({ mode })
      },
    })
    new Gauge({
      ...{ name: 'anyplug_stations_online', help: 'Stations that are connected', registers },
      collect() {
        this.set(operation.stations().filter(({ online }) => online).length)
      },
    })
    new Gauge({
      ...{ name: 'anyplug_alarms', help: 'Alarms that stand', registers },
      collect() {
        this.set(operation.alarms().length)
      },
    })
    new Gauge({
      ...{ name: 'anyplug_rows_lost_total', help: 'Rows given up since the disk took none', registers },
      collect() {
        this.set(store.lost)
      },
    })
    new Gauge({
      ...{ name: 'process_resident_memory_bytes', help: 'Memory of the process', registers },
      collect() {
        this.set(process.memoryUsage.rss())
      },
    })
  }

  text(): Promise<string> {
    return this.#registry.metrics()
  }

  close(): void {
    this.#stop()
    this.#registry.clear()
  }
}
