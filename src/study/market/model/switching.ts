import { hazard } from './domino.ts'
import { QUARTERS, type SwitchSetup } from './setup.ts'

/** Makers on their way to another inlet: who has committed, and how much of the sales has it built in. */
export class Switching {
  readonly #setup: SwitchSetup
  readonly #weights: readonly number[]
  readonly #pull: Float64Array
  readonly #chance: Float64Array
  readonly #history: number[]
  #native: number

  constructor(setup: SwitchSetup, from_yr: number) {
    this.#setup = setup
    const sum = setup.makers.reduce((total, { weight }) => total + weight, 0)
    this.#weights = setup.makers.map(({ weight }) => (sum > 0 ? weight / sum : 0))
    this.#pull = new Float64Array(setup.makers.length)
    this.#chance = Float64Array.from(setup.makers, (maker) => (hasCommitted(maker, from_yr) ? 1 : 0))
    this.#native = this.#nativeAt(from_yr)
    this.#history = this.#past(from_yr)
  }

  /** Committed share in the quarters before the start, by the dates. */
  #past(from_yr: number): number[] {
    const quarters = Math.ceil(this.#setup.nativeMin_yr * QUARTERS)
    return Array.from({ length: quarters + 1 }, (_, at) => this.#shareAt(from_yr - (quarters - at) / QUARTERS))
  }

  /** Share built in by the start: those who had committed long enough before it. */
  #nativeAt(from_yr: number): number {
    const { nativeMin_yr, opened_yr } = this.#setup
    const quarters = Math.max(0, Math.floor((from_yr - opened_yr) * QUARTERS))
    let native = 0
    for (let quarter = quarters; quarter > 0; quarter -= 1) {
      native = this.#nearer(native, this.#shareAt(from_yr - quarter / QUARTERS - nativeMin_yr))
    }
    return native
  }

  /** A quarter of the way from built in to committed. */
  #nearer(native: number, committed: number): number {
    const due = Math.min(this.#setup.cap_frac, committed)
    return native + Math.max(0, due - native) * (1 - Math.exp(-1 / QUARTERS / this.#setup.nativeMean_yr))
  }

  #shareAt(at_yr: number): number {
    return this.#setup.makers.reduce(
      (sum, maker, at) => sum + (hasCommitted(maker, at_yr) ? (this.#weights[at] ?? 0) : 0),
      0,
    )
  }

  /** Share of the sales whose makers have committed. */
  get committed(): number {
    return this.#chance.reduce((sum, chance, at) => sum + chance * (this.#weights[at] ?? 0), 0)
  }

  /** Share of the sales with the new inlet built in. */
  get native(): number {
    return this.#native
  }

  /** One quarter on, that ends at `until_yr`; makers see the outlets and each other as they were before. */
  step(until_yr: number, logOutletRatio: number): void {
    const { makers, law, resistance, opened_yr, thresholds } = this.#setup
    const before = this.committed
    makers.forEach((maker, at) => {
      if (maker.never) return
      const own = (this.#weights[at] ?? 0) * (this.#chance[at] ?? 0)
      const h = until_yr > opened_yr ? hazard(law, logOutletRatio, before - own, resistance) : 0
      this.#pull[at] = (this.#pull[at] ?? 0) - Math.log1p(-h)
      const drawn = thresholds?.[at]
      const chance = drawn === undefined ? 1 - Math.exp(-(this.#pull[at] ?? 0)) : Number((this.#pull[at] ?? 0) >= drawn)
      this.#chance[at] = hasCommitted(maker, until_yr) ? 1 : Math.max(this.#chance[at] ?? 0, chance)
    })
    this.#history.push(this.committed)
    this.#native = this.#nearer(this.#native, this.#history[this.#history.length - 1 - this.#delay()] ?? 0)
  }

  #delay(): number {
    return Math.ceil(this.#setup.nativeMin_yr * QUARTERS)
  }
}

function hasCommitted({ committed_yr, never }: SwitchSetup['makers'][number], at_yr: number): boolean {
  return !never && committed_yr !== null && committed_yr <= at_yr
}
