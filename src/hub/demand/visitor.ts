import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { Distribution, FleetRow } from '../site/index.ts'
import { type CutNormal, RandomStream } from './random.ts'

/** What a driver who arrives brings and wants. */
export interface Visitor {
  readonly row: number
  readonly soc_frac: number
  readonly target_frac: number
  readonly patience_s: number
  readonly overstay_s: number
}

function cut({ mean_frac, sd_frac, min_frac, max_frac }: Distribution, atLeast_frac: number): CutNormal {
  return { mean: mean_frac, sd: sd_frac, min: Math.min(max_frac, Math.max(min_frac, atLeast_frac)), max: max_frac }
}

/** Always takes one number, so that the next visitor's patience is the same whether this one has any bound or not. */
function waitsAtMost_s(stream: RandomStream, patience_min: number | null): number {
  const drawn = stream.exponential(1)
  return patience_min === null ? Number.POSITIVE_INFINITY : drawn * patience_min * SECONDS_PER_MINUTE
}

const purposes = ['fleet', 'soc', 'target', 'patience', 'overstay'] as const

/** Draws visitors, each trait from its own stream: a visitor is the same one in every variant of a hub with this seed. */
export class Visitors {
  readonly #fleet: readonly FleetRow[]
  readonly #streams: Readonly<Record<(typeof purposes)[number], RandomStream>>

  constructor(fleet: readonly FleetRow[], seed: number) {
    const stream = (purpose: string): RandomStream => new RandomStream(seed, purpose)
    this.#fleet = fleet
    this.#streams = {
      fleet: stream('fleet'),
      soc: stream('soc'),
      target: stream('target'),
      patience: stream('patience'),
      overstay: stream('overstay'),
    }
  }

  /** The next visitor. A target below the state of charge on arrival is drawn again above it. */
  next(): Visitor {
    const row = this.#row()
    const { arrival, target, patience_min, overstay_min } = this.#fleet[row] as FleetRow
    const soc_frac = this.#streams.soc.cutNormal(cut(arrival, 0))
    return {
      row,
      soc_frac,
      target_frac: this.#streams.target.cutNormal(cut(target, soc_frac)),
      patience_s: waitsAtMost_s(this.#streams.patience, patience_min),
      overstay_s: this.#streams.overstay.exponential(SECONDS_PER_MINUTE * overstay_min),
    }
  }

  get state(): readonly (readonly number[])[] {
    return purposes.map((purpose) => this.#streams[purpose].state)
  }

  set state(states: readonly (readonly number[])[]) {
    for (const [at, purpose] of purposes.entries()) this.#streams[purpose].state = states[at] ?? []
  }

  #row(): number {
    let left = this.#streams.fleet.uniform()
    for (const [row, { share_frac }] of this.#fleet.entries()) {
      left -= share_frac
      if (left < 0) return row
    }
    return this.#fleet.length - 1
  }
}
