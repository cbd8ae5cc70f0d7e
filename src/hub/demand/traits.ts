import { SECONDS_PER_MINUTE } from '../../base/units/index.ts'
import type { Amount, Distribution, FleetRow } from '../site/index.ts'
import { amountAt, type CutNormal, cutNormalAt } from './laws.ts'
import { RandomStream } from './random.ts'
import type { Manners } from './visitor.ts'

const purposes = ['fleet', 'soc', 'target', 'patience', 'overstay', 'balking', 'announcing', 'driverless'] as const

/** Rows to choose among, with their shares and the sum of these. */
export interface Candidates {
  readonly rows: readonly number[]
  readonly shares_frac: readonly number[]
  readonly sum_frac: number
}

function cut({ mean_frac, sd_frac, min_frac, max_frac }: Distribution, atLeast_frac: number): CutNormal {
  return { mean: mean_frac, sd: sd_frac, min: Math.min(max_frac, Math.max(min_frac, atLeast_frac)), max: max_frac }
}

/** Seconds of an amount of minutes; Infinity for an absent one. */
function seconds(minutes: Amount | null, share_frac: number): number {
  return minutes === null ? Number.POSITIVE_INFINITY : amountAt(minutes, share_frac) * SECONDS_PER_MINUTE
}

/** How long a vehicle stays after it is done; an idle fee saves a part of the time after it is due. */
function overstay_s({ departure }: FleetRow, share_frac: number): number {
  if ('stay_min' in departure) return Number.POSITIVE_INFINITY
  if (departure.overstay_min === null) return 0
  const without_s = seconds(departure.overstay_min, share_frac)
  if (departure.idleFee === null) return without_s
  const free_s = departure.idleFee.after_min * SECONDS_PER_MINUTE
  return without_s <= free_s ? without_s : free_s + (without_s - free_s) * (1 - departure.idleFee.effect_frac)
}

function stay_s({ departure }: FleetRow, share_frac: number): number {
  return 'stay_min' in departure ? seconds(departure.stay_min, share_frac) : Number.POSITIVE_INFINITY
}

/**
 * Draws the traits of drivers, each from its own stream and always one number: a driver is the same one in every variant
 * of a hub with this seed.
 */
export class Traits {
  readonly #streams: Readonly<Record<(typeof purposes)[number], RandomStream>>

  constructor(seed: number) {
    const streams = purposes.map((purpose) => [purpose, new RandomStream(seed, purpose)] as const)
    this.#streams = Object.fromEntries(streams) as Record<(typeof purposes)[number], RandomStream>
  }

  /** A row of the fleet, by its share among the candidates. */
  row({ rows, shares_frac, sum_frac }: Candidates): number {
    let left = this.#streams.fleet.uniform() * sum_frac
    for (let at = 0; at < rows.length; at++) {
      left -= shares_frac[at] ?? 0
      if (left < 0) return rows[at] ?? 0
    }
    return rows.at(-1) ?? 0
  }

  soc_frac({ arrival }: FleetRow): number {
    return cutNormalAt(cut(arrival, 0), this.#streams.soc.uniform())
  }

  /** Where a driver is done who arrives at `soc_frac`: never below that, and never beyond full. */
  target_frac({ need, usable_kWh }: FleetRow, soc_frac: number): number {
    const share_frac = this.#streams.target.uniform()
    if ('target' in need) return cutNormalAt(cut(need.target, soc_frac), share_frac)
    return Math.min(1, soc_frac + amountAt(need.energy_kWh, share_frac) / (usable_kWh ?? Number.POSITIVE_INFINITY))
  }

  /** One of equally likely values, instead of a target. */
  oneOf(values: ArrayLike<number>): number {
    return values[Math.floor(this.#streams.target.uniform() * values.length)] ?? 0
  }

  manners(kind: FleetRow): Manners {
    const driverless = this.#streams.driverless.uniform() < kind.driverless_frac
    const patience_s = seconds(kind.patience, this.#streams.patience.uniform())
    const lingers_frac = this.#streams.overstay.uniform()
    const announces = this.#streams.announcing.uniform() < (kind.announced?.share_frac ?? 0)
    const balksAt_frac = this.#streams.balking.uniform()
    return {
      patience_s: driverless ? Number.POSITIVE_INFINITY : patience_s,
      overstay_s: driverless ? 0 : overstay_s(kind, lingers_frac),
      maxStay_s: Math.min(
        stay_s(kind, lingers_frac),
        (kind.maxStay_min ?? Number.POSITIVE_INFINITY) * SECONDS_PER_MINUTE,
      ),
      balksAt_frac: driverless ? 1 : balksAt_frac,
      announced_s: announces ? (kind.announced?.lead_min ?? 0) * SECONDS_PER_MINUTE : 0,
      driverless,
    }
  }

  get state(): readonly (readonly number[])[] {
    return purposes.map((purpose) => this.#streams[purpose].state)
  }

  set state(states: readonly (readonly number[])[]) {
    for (const [at, purpose] of purposes.entries()) this.#streams[purpose].state = states[at] ?? []
  }
}

/** All rows of a fleet as candidates, `years` after the start of the growth of their shares. */
export function allRows(fleet: readonly FleetRow[], years = 0): Candidates {
  return candidatesOf(fleet, [...fleet.keys()], years)
}

export function candidatesOf(fleet: readonly FleetRow[], rows: readonly number[], years = 0): Candidates {
  const shares_frac = rows.map((row) => {
    const kind = fleet[row]
    return kind ? kind.share_frac * (1 + kind.shareGrowth_frac) ** years : 0
  })
  return { rows, shares_frac, sum_frac: shares_frac.reduce((sum, share) => sum + share, 0) }
}
