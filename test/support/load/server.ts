import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { holderOf } from '../../../src/io/store/index.ts'
import { root } from '../repository.ts'

const STATIONS_A_ROW = 100
/** Enough for what the load draws: sharing is at work, but not what is measured. */
const GRID_kW = 100
/** Clock ticks of Linux a second. */
const TICKS_PER_S = 100

/** A site of so many posts of one EVSE. */
export function siteText(stations: number): string {
  const rows = Array.from({ length: Math.ceil(stations / STATIONS_A_ROW) }, (_, row) => {
    const count = Math.min(STATIONS_A_ROW, stations - row * STATIONS_A_ROW)
    return `  - { id: r${row + 1}, product: ea_350, count: ${count} }`
  })
  return `version: 1
name: Load
timezone: America/New_York
location: { latitude_deg: 40, longitude_deg: -75, country: US }
currency: USD
ambient_degC: 20
grid: { import_kW: ${GRID_kW * stations} }
stations:
${rows.join('\n')}
`
}

/** Ids of the stations of such a site, as its file gives them. */
export function stationIds(stations: number): readonly string[] {
  return Array.from({ length: stations }, (_, at) => {
    return `r${Math.floor(at / STATIONS_A_ROW) + 1}-${(at % STATIONS_A_ROW) + 1}`
  })
}

/** Connectors of each of them. */
export const CONNECTORS = 2

export interface ServedHubOptions {
  /** Two at least: a single one has no number in its id. */
  readonly stations: number
  /** Where the package was built; by default this repository. */
  readonly folder?: string
  readonly nodeOptions?: readonly string[]
}

/** `anyplug serve` of the built package, as a process of its own. */
export class ServedHub {
  readonly folder: string
  readonly #options: ServedHubOptions
  #child: ChildProcess | null = null
  /** What it said on the error stream. */
  errors = ''

  constructor(options: ServedHubOptions) {
    this.folder = mkdtempSync(join(tmpdir(), 'anyplug-load-'))
    this.#options = options
    writeFileSync(this.#site, siteText(options.stations))
  }

  get #site(): string {
    return join(this.folder, 'site.yaml')
  }

  get data(): string {
    return join(this.folder, 'data')
  }

  get database(): string {
    return join(this.data, 'anyplug.db')
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Starts it; answers the port it listens at. A port that was given stays. */
  async start(port = 0): Promise<number> {
    const { folder = root, nodeOptions = [] } = this.#options
    const bin = join(folder, 'bin/anyplug.js')
    const args = [...nodeOptions, bin, 'serve', this.#site, '--port', String(port), '--data', this.data]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
    this.#child = child
    child.stderr?.on('data', (chunk: Buffer) => {
      this.errors += chunk.toString()
    })
    for (;;) {
      const holder = holderOf(this.data)
      if (holder?.pid === child.pid && holder?.url) return Number(new URL(holder.url).port)
      if (child.exitCode !== null) throw new Error(this.errors)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const child = this.#child
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const closed = once(child, 'close')
    child.kill(signal)
    await closed
  }

  /** CPU time of the process so far. */
  cpu_ms(): number {
    const fields = readFileSync(`/proc/${this.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_S
  }

  /** Memory that is resident now, and the most that ever was. */
  memory_MB(): { readonly now_MB: number; readonly most_MB: number } {
    const status = readFileSync(`/proc/${this.pid}/status`, 'utf8')
    const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024
    return { now_MB: of('VmRSS'), most_MB: of('VmHWM') }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
