import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { Distribution, FleetRow } from '../site/index.ts'
import { type CutNormal, RandomStream } from './random.ts'

const purposes = ['fleet', 'soc', 'target', 'patience', 'overstay'] as const

/** Rows to choose among, and the sum of their shares. */
export interface Candidates {
  readonly rows: readonly number[]
  readonly share_frac: number
}

function cut({ mean_frac, sd_frac, min_frac, max_frac }: Distribution, atLeast_frac: number): CutNormal {
  return { mean: mean_frac, sd: sd_frac, min: Math.min(max_frac, Math.max(min_frac, atLeast_frac)), max: max_frac }
}

/** Draws the traits of drivers, each from its own stream: a driver is the same one in every variant of a hub with this seed. */
export class Traits {
  readonly #streams: Readonly<Record<(typeof purposes)[number], RandomStream>>

  constructor(seed: number) {
    const stream = (purpose: string): RandomStream => new RandomStream(seed, purpose)
    this.#streams = {
      fleet: stream('fleet'),
      soc: stream('soc'),
      target: stream('target'),
      patience: stream('patience'),
      overstay: stream('overstay'),
    }
  }

  /** A row of the fleet, by its share among the candidates. */
  row(fleet: readonly FleetRow[], { rows, share_frac }: Candidates): number {
    let left = this.#streams.fleet.uniform() * share_frac
    for (const row of rows) {
      left -= fleet[row]?.share_frac ?? 0
      if (left < 0) return row
    }
    return rows.at(-1) ?? 0
  }

  soc_frac({ arrival }: FleetRow): number {
    return this.#streams.soc.cutNormal(cut(arrival, 0))
  }

  /** A target below the state of charge on arrival is drawn again above it. */
  target_frac({ target }: FleetRow, soc_frac: number): number {
    return this.#streams.target.cutNormal(cut(target, soc_frac))
  }

  /** One of equally likely values, instead of a target. */
  oneOf(values: ArrayLike<number>): number {
    return values[Math.floor(this.#streams.target.uniform() * values.length)] ?? 0
  }

  /** Always takes one number, so that the next driver's patience is the same whether this one has any bound or not. */
  patience_s({ patience_min }: FleetRow): number {
    const drawn = this.#streams.patience.exponential(1)
    return patience_min === null ? Number.POSITIVE_INFINITY : drawn * patience_min * SECONDS_PER_MINUTE
  }

  overstay_s({ overstay_min }: FleetRow): number {
    return this.#streams.overstay.exponential(SECONDS_PER_MINUTE * overstay_min)
  }

  get state(): readonly (readonly number[])[] {
    return purposes.map((purpose) => this.#streams[purpose].state)
  }

  set state(states: readonly (readonly number[])[]) {
    for (const [at, purpose] of purposes.entries()) this.#streams[purpose].state = states[at] ?? []
  }
}

/** All rows of a fleet as candidates. */
export function allRows(fleet: readonly FleetRow[]): Candidates {
  return candidatesOf(fleet, [...fleet.keys()])
}

export function candidatesOf(fleet: readonly FleetRow[], rows: readonly number[]): Candidates {
  return { rows, share_frac: rows.reduce((sum, row) => sum + (fleet[row]?.share_frac ?? 0), 0) }
}
