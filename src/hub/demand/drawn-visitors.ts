import { invariant } from '../../base/problems/index.ts'
import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { FleetRow, SiteDemand } from '../site/index.ts'
import { Arrivals } from './arrivals.ts'
import { LocalClock } from './local-clock.ts'
import { RandomStream } from './random.ts'
import { allRows, type Candidates, Traits } from './traits.ts'
import type { Visitor, Visitors, VisitorsState } from './visitor.ts'

/** When and where a run takes place, and its seed. */
export interface Setting {
  readonly timezone: string
  readonly from_ms: number
  readonly end_ms: number
  readonly seed: number
}

/** A process fitted to a recording, instead of what the site file says. */
export interface ArrivalProcess {
  /** Mean arrivals in each hour of the week in local time, from Monday 0:00; 168 numbers. */
  readonly arrivals_perHour: readonly number[]
  /** Factor of each month; 12 numbers. */
  readonly season: readonly number[]
  /** Equally likely energies a driver wants. */
  readonly energies_kWh: readonly number[]
}

/** Visitors drawn by chance: arrivals by the clock on the wall, traits as the fleet says. */
export class DrawnVisitors implements Visitors {
  readonly #fleet: readonly FleetRow[]
  readonly #rows: Candidates
  readonly #end_ms: number
  readonly #random: RandomStream
  readonly #arrivals: Arrivals
  readonly #traits: Traits
  readonly #energies_kWh: readonly number[]
  #count = 0

  constructor(demand: SiteDemand, setting: Setting, process?: ArrivalProcess) {
    const { timezone, from_ms, end_ms, seed } = setting
    this.#fleet = demand.fleet
    this.#rows = allRows(demand.fleet)
    this.#end_ms = end_ms
    this.#random = new RandomStream(seed, 'arrivals')
    const clock = new LocalClock(timezone, from_ms, end_ms)
    const { arrivals_perHour, season } = process ?? { ...demand, season: undefined }
    this.#arrivals = new Arrivals(arrivals_perHour, clock, this.#random, season)
    this.#traits = new Traits(seed)
    this.#energies_kWh = process?.energies_kWh ?? []
  }

  next_ms(after_ms: number): number {
    return this.#arrivals.next_ms(after_ms, this.#end_ms)
  }

  next(): Visitor {
    const row = this.#traits.row(this.#fleet, this.#rows)
    const kind = this.#fleet[row]
    invariant(kind, `row ${row} is one of the fleet`)
    const soc_frac = this.#traits.soc_frac(kind)
    return {
      number: this.#count++,
      row,
      soc_frac,
      target_frac: this.#target_frac(kind, soc_frac),
      patience_s: this.#traits.patience_s(kind),
      overstay_s: this.#traits.overstay_s(kind),
      maxStay_s: (kind.maxStay_min ?? Number.POSITIVE_INFINITY) * SECONDS_PER_MINUTE,
      evse: null,
    }
  }

  get state(): VisitorsState {
    return [[this.#count], this.#random.state, ...this.#traits.state]
  }

  set state([count = [], arrivals = [], ...traits]: VisitorsState) {
    this.#count = count[0] ?? 0
    this.#random.state = arrivals
    this.#traits.state = traits
  }

  #target_frac(kind: FleetRow, soc_frac: number): number {
    if (this.#energies_kWh.length === 0) return this.#traits.target_frac(kind, soc_frac)
    return Math.min(
      1,
      soc_frac + this.#traits.oneOf(this.#energies_kWh) / (kind.usable_kWh ?? Number.POSITIVE_INFINITY),
    )
  }
}
