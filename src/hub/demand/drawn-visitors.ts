import { invariant } from '../../base/problems/index.ts'
import type { FleetRow, SiteDemand } from '../site/index.ts'
import { type ArrivalRates, Arrivals, years } from './arrivals.ts'
import { dayStart_ms, LocalClock } from './local-clock.ts'
import { RandomStream } from './random.ts'
import { allRows, type Candidates, Traits } from './traits.ts'
import type { Visitor, Visitors, VisitorsState } from './visitor.ts'

const MS_PER_DAY = 86_400_000

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

function ratesOf({ arrivals_perHour, season, growth }: SiteDemand, timezone: string): ArrivalRates {
  const { perYear_frac = 0, from = '' } = growth ?? {}
  return {
    ...{ arrivals_perHour, season },
    growth: growth === null ? null : { perYear_frac, from_ms: dayStart_ms(from, timezone) },
  }
}

/** Visitors drawn by chance: arrivals by the clock on the wall, traits as the fleet says. */
export class DrawnVisitors implements Visitors {
  readonly #fleet: readonly FleetRow[]
  readonly #end_ms: number
  readonly #random: RandomStream
  readonly #arrivals: Arrivals
  readonly #traits: Traits
  readonly #energies_kWh: readonly number[]
  /** Moment from which the shares of the fleet grow; null: they do not. */
  readonly #mixFrom_ms: number | null
  #rows: Candidates
  /** Day for which `#rows` holds, counted from the start of the growth. */
  #day = 0
  #next_ms = 0
  #count = 0

  constructor(demand: SiteDemand, setting: Setting, process?: ArrivalProcess) {
    const { timezone, from_ms, end_ms, seed } = setting
    this.#fleet = demand.fleet
    this.#rows = allRows(demand.fleet)
    this.#end_ms = end_ms
    this.#random = new RandomStream(seed, 'arrivals')
    const rates = ratesOf(demand, timezone)
    const grows = demand.fleet.some(({ shareGrowth_frac }) => shareGrowth_frac !== 0)
    this.#mixFrom_ms = grows ? (rates.growth?.from_ms ?? null) : null
    const clock = new LocalClock(timezone, from_ms, end_ms)
    this.#arrivals = new Arrivals(process ? { ...process, growth: null } : rates, clock, this.#random)
    this.#traits = new Traits(seed)
    this.#energies_kWh = process?.energies_kWh ?? []
  }

  next_ms(after_ms: number): number {
    this.#next_ms = this.#arrivals.next_ms(after_ms, this.#end_ms)
    return this.#next_ms
  }

  next(): Visitor {
    const row = this.#traits.row(this.#mix())
    const kind = this.#fleet[row]
    invariant(kind, `row ${row} is one of the fleet`)
    const soc_frac = this.#traits.soc_frac(kind)
    const target_frac = this.#target_frac(kind, soc_frac)
    return { number: this.#count++, row, soc_frac, target_frac, evse: null, ...this.#traits.manners(kind) }
  }

  get state(): VisitorsState {
    return [[this.#count, this.#next_ms], this.#random.state, ...this.#traits.state]
  }

  set state([own = [], arrivals = [], ...traits]: VisitorsState) {
    ;[this.#count = 0, this.#next_ms = 0] = own
    this.#random.state = arrivals
    this.#traits.state = traits
  }

  /** Shares of the fleet on the day of the arrival. */
  #mix(): Candidates {
    if (this.#mixFrom_ms === null) return this.#rows
    const day = Math.floor((this.#next_ms - this.#mixFrom_ms) / MS_PER_DAY)
    if (day !== this.#day) this.#rows = allRows(this.#fleet, years(0, day * MS_PER_DAY))
    this.#day = day
    return this.#rows
  }

  #target_frac(kind: FleetRow, soc_frac: number): number {
    if (this.#energies_kWh.length === 0) return this.#traits.target_frac(kind, soc_frac)
    const wanted_kWh = this.#traits.oneOf(this.#energies_kWh)
    return Math.min(1, soc_frac + wanted_kWh / (kind.usable_kWh ?? Number.POSITIVE_INFINITY))
  }
}
