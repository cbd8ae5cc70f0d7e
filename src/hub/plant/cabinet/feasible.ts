import { CabinetAllocator } from './allocator.ts'
import { type CabinetGrants, createGrants } from './grants.ts'
import type { CabinetParameters } from './parameters.ts'
import { allocationPolicies } from './policy.ts'
import type { CabinetRequests } from './requests.ts'
import { compare } from './sharing/aim.ts'

/** Sets of outputs are looked at one by one up to so many that are live; above, all together and each alone only. */
const MAX_OUTPUTS = 12
/** Asks for one granule. */
const LEAST_kW = 1e-6

export interface OutputRange {
  /** Alone, with all modules that reach it; 0: none gives its voltage. */
  readonly most_kW: number
  /** What one granule gives it, the first included: powers between are given by a granule that works at part load. 0: no steps (bus). */
  readonly step_kW: number
}

/** Outputs that get no more than this together. */
export interface Together {
  readonly outputs: readonly number[]
  readonly most_kW: number
}

/**
 * What sums of power a cabinet can give. Powers within these limits can be given up to steps: where a sum needs all
 * granules, each output may miss up to one step.
 */
export interface FeasibleSet {
  readonly outputs: readonly OutputRange[]
  /** Sums that bind beyond what follows from the others, the largest sets first. */
  readonly together: readonly Together[]
}

/** Asks a cabinet what it could give, without moves, holds or a policy in the way. */
export class FeasibleSets {
  readonly #cabinet: CabinetParameters
  readonly #allocator: CabinetAllocator
  readonly #state: Float64Array
  readonly #granted: CabinetGrants
  readonly #demand_kW: Float64Array

  constructor(cabinet: CabinetParameters) {
    const policy = { ...allocationPolicies['max-throughput'], hold_s: 0 }
    this.#cabinet = cabinet
    this.#allocator = new CabinetAllocator({ ...cabinet, move_s: 0 }, { policy })
    this.#state = new Float64Array(this.#allocator.stateLength)
    this.#granted = createGrants(cabinet)
    this.#demand_kW = new Float64Array(cabinet.outputs.length)
  }

  /** The set at the voltages and in the surroundings of `faced`; its demands do not count. */
  of(faced: CabinetRequests): FeasibleSet {
    const count = this.#cabinet.outputs.length
    const outputs = Array.from({ length: count }, (_, output) => ({
      most_kW: this.#most_kW(faced, (other) => other === output),
      step_kW: this.#step_kW(faced, output),
    }))
    const live = [...outputs.keys()].filter((output) => (outputs[output]?.most_kW ?? 0) > 0)
    if (live.length < 2) return { outputs, together: [] }
    const all = { outputs: live, most_kW: this.#most_kW(faced, (output) => live.includes(output)) }
    return { outputs, together: live.length <= MAX_OUTPUTS ? this.#sums(faced, live) : [all] }
  }

  /** Whether every output can have the power it asks for in `faced` at the same time. */
  allows(faced: CabinetRequests): boolean {
    this.#ask(faced, faced.demand_kW)
    return this.#granted.power_kW.every((power_kW, at) => compare(power_kW, faced.demand_kW[at] as number) >= 0)
  }

  #ask(faced: CabinetRequests, demand_kW: Float64Array): void {
    this.#allocator.start(this.#state, 0)
    this.#allocator.allocate(this.#state, 0, { ...faced, demand_kW }, this.#granted)
  }

  /** What some outputs get at most together. */
  #most_kW(faced: CabinetRequests, isOne: (output: number) => boolean): number {
    for (let output = 0; output < this.#demand_kW.length; output++) {
      this.#demand_kW[output] = isOne(output) ? Number.MAX_SAFE_INTEGER : 0
    }
    this.#ask(faced, this.#demand_kW)
    return this.#granted.power_kW.reduce((sum, power) => sum + power, 0)
  }

  #step_kW(faced: CabinetRequests, output: number): number {
    this.#demand_kW.fill(0)
    this.#demand_kW[output] = LEAST_kW
    this.#ask(faced, this.#demand_kW)
    return this.#cabinet.matrix.kind === 'bus' ? 0 : (this.#granted.supply_kW[output] as number)
  }

  /** Sets of outputs are numbers, one bit for each that is live. */
  #sums(faced: CabinetRequests, live: readonly number[]): readonly Together[] {
    const count = live.length
    const most_kW = Float64Array.from({ length: 1 << count }, (_, set) =>
      this.#most_kW(faced, (output) => hasBit(set, live.indexOf(output))),
    )
    const sets = [...most_kW.keys()].filter((set) => isSum(set) && !isImplied(most_kW, set, count))
    return sets
      .map((set) => ({ outputs: live.filter((_, bit) => hasBit(set, bit)), most_kW: most_kW[set] as number }))
      .sort((a, b) => b.outputs.length - a.outputs.length)
  }
}

const hasBit = (set: number, bit: number) => bit >= 0 && (set >> bit) % 2 === 1

/** Sets of two or more. */
const isSum = (set: number) => (set & (set - 1)) !== 0

/** Whether the limit of a set follows from a larger set with the same limit, or from two parts of it. */
function isImplied(most_kW: Float64Array, set: number, count: number): boolean {
  const own_kW = most_kW[set] as number
  for (let bit = 0; bit < count; bit++) {
    const larger = set | (1 << bit)
    if (larger !== set && compare(most_kW[larger] as number, own_kW) <= 0) return true
  }
  for (let part = (set - 1) & set; part > 0; part = (part - 1) & set) {
    if (compare((most_kW[part] as number) + (most_kW[set ^ part] as number), own_kW) <= 0) return true
  }
  return false
}
