import type { MeterRow } from '../../live/operate/index.ts'
import type { Database, Statement } from './database.ts'

/** Rows kept while the disk takes none; older ones go first. */
const MOST_WAITING = 100_000
const EVERY_ms = 1000
/** So many are written at once, sooner: more would keep stations waiting meanwhile. */
const ENOUGH = 500

/** Power at one node of the hub at one time. */
export interface PowerRow {
  readonly at_ms: number
  /** `grid`, `circuit <id>`, `cabinet <id>`. */
  readonly key: string
  readonly power_kW: number | null
  readonly limit_kW: number | null
}

/** Meter values and powers of the hub: written once a second, or as soon as there are many. */
export class Meters {
  readonly #database: Database
  readonly #meter: Statement
  readonly #power: Statement
  readonly #failed: (error: unknown) => void
  #meters: MeterRow[] = []
  #powers: PowerRow[] = []
  #timer: NodeJS.Timeout | null = null
  /** Rows that were given up because the disk took none for too long. */
  lost = 0

  constructor(database: Database, failed: (error: unknown) => void) {
    this.#database = database
    this.#failed = failed
    this.#meter = database.prepare('insert or replace into meter values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    this.#power = database.prepare('insert or replace into power values (?, ?, ?, ?)')
  }

  add(rows: readonly MeterRow[]): void {
    const before = this.#meters.length
    for (const row of rows) this.#meters.push(row)
    // Where the disk takes none there are more, and they are tried again by the clock.
    if (before < ENOUGH && this.#meters.length >= ENOUGH) this.#soon()
    else this.#later()
  }

  addPowers(rows: readonly PowerRow[]): void {
    for (const row of rows) this.#powers.push(row)
    this.#later()
  }

  /** Writes what waits, now. What cannot be written goes on waiting. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
    if (this.#meters.length === 0 && this.#powers.length === 0) return
    try {
      this.#database.transaction(() => this.#write())
      this.#meters = []
      this.#powers = []
    } catch (error) {
      this.#shorten()
      this.#later()
      this.#failed(error)
    }
  }

  #later(): void {
    this.#timer ??= setTimeout(() => this.flush(), EVERY_ms)
  }

  #soon(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), 0)
  }

  #write(): void {
    for (const row of this.#meters) {
      const { at_ms, stationId, evse, transaction, power_W, energy_Wh, current_A, voltage_V, soc_frac } = row
      this.#meter.run(at_ms, stationId, evse, transaction, power_W, energy_Wh, current_A, voltage_V, soc_frac)
    }
    for (const { at_ms, key, power_kW, limit_kW } of this.#powers) this.#power.run(at_ms, key, power_kW, limit_kW)
  }

  #shorten(): void {
    const before = this.#meters.length + this.#powers.length
    this.#meters = this.#meters.slice(-MOST_WAITING)
    this.#powers = this.#powers.slice(-MOST_WAITING)
    this.lost += before - this.#meters.length - this.#powers.length
  }
}
