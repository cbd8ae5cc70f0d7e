import type { SharingProblem } from './problem.ts'

/** Costs: a move weighs more than any number of choices between an idle granule and one asleep at another output. */
const STAYS = 0
const IDLE = 256
const ASLEEP_ELSEWHERE = 257
const FAR = 0x3fffffff

/**
 * Keeps the counts of an answer and chooses which granules they are, so that as few as possible move: a flow of least cost, by
 * shortest augmenting paths. For granules alike to each output they reach.
 */
export class Placement {
  readonly #problem: SharingProblem
  readonly #wanted: Int32Array
  readonly #kept: Int32Array
  readonly #distance: Int32Array
  /** Granule an output on the path takes from the output it was reached from. */
  readonly #through: Int32Array
  readonly #from: Int32Array
  /** Output at the far end of the path found last. */
  #end = -1

  constructor(problem: SharingProblem) {
    this.#problem = problem
    this.#wanted = new Int32Array(problem.outputs)
    this.#kept = new Int32Array(problem.outputs)
    this.#distance = new Int32Array(problem.outputs)
    this.#through = new Int32Array(problem.outputs)
    this.#from = new Int32Array(problem.outputs)
  }

  rearrange(): void {
    const { granules, owner, fixed, outputs } = this.#problem
    this.#wanted.fill(0)
    for (let granule = 0; granule < granules; granule++) {
      const output = owner[granule] as number
      if (output < 0 || (fixed[granule] as number) >= 0) continue
      this.#wanted[output] = (this.#wanted[output] as number) + 1
      owner[granule] = -1
    }
    this.#keepOwn()
    for (let output = 0; output < outputs; output++) {
      for (let count = this.#kept[output] as number; count < (this.#wanted[output] as number); count++) {
        // With its own ones kept by every output, one move is the least, and an idle granule costs no more.
        if (!this.#takeIdle(output)) this.#augment(output)
      }
    }
  }

  #takeIdle(output: number): boolean {
    const { at, granules, owner } = this.#problem
    for (let granule = 0; granule < granules; granule++) {
      if (owner[granule] !== -1 || at[granule] !== -1 || !this.#reaches(granule, output)) continue
      owner[granule] = output
      return true
    }
    return false
  }

  /** Granules that are there already and cost nothing. */
  #keepOwn(): void {
    const { granules, owner, at } = this.#problem
    this.#kept.fill(0)
    for (let granule = 0; granule < granules; granule++) {
      const output = at[granule] as number
      if (output < 0 || owner[granule] !== -1 || !this.#reaches(granule, output)) continue
      const kept = this.#kept[output] as number
      if (kept >= (this.#wanted[output] as number)) continue
      owner[granule] = output
      this.#kept[output] = kept + 1
    }
  }

  #reaches(granule: number, output: number): boolean {
    return (this.#problem.alone_kW[granule * this.#problem.outputs + output] as number) > 0
  }

  #cost(granule: number, output: number): number {
    const at = this.#problem.at[granule] as number
    if (at === output) return STAYS
    return at < 0 ? IDLE : ASLEEP_ELSEWHERE
  }

  #augment(output: number): void {
    this.#distance.fill(FAR)
    this.#distance[output] = 0
    this.#from[output] = -1
    while (this.#relax());
    this.#giveAlong(this.#nearest())
  }

  /** Distances from the output that lacks a granule, over outputs that would give theirs; whether any became shorter. */
  #relax(): boolean {
    const { granules, outputs, owner, fixed } = this.#problem
    let shorter = false
    for (let granule = 0; granule < granules; granule++) {
      const holder = owner[granule] as number
      if (holder < 0 || (fixed[granule] as number) >= 0) continue
      const gives = this.#cost(granule, holder)
      for (let taker = 0; taker < outputs; taker++) {
        const sofar = this.#distance[taker] as number
        if (sofar === FAR || taker === holder || !this.#reaches(granule, taker)) continue
        const distance = sofar + this.#cost(granule, taker) - gives
        if (distance >= (this.#distance[holder] as number)) continue
        this.#distance[holder] = distance
        this.#from[holder] = taker
        this.#through[holder] = granule
        shorter = true
      }
    }
    return shorter
  }

  /** Free granule at the end of the shortest path, with the output that takes it in `#end`. */
  #nearest(): number {
    const { granules, outputs, owner } = this.#problem
    let best = -1
    let bestCost = FAR
    for (let granule = 0; granule < granules; granule++) {
      if (owner[granule] !== -1) continue
      for (let taker = 0; taker < outputs; taker++) {
        if (this.#distance[taker] === FAR || !this.#reaches(granule, taker)) continue
        const cost = (this.#distance[taker] as number) + this.#cost(granule, taker)
        if (cost >= bestCost) continue
        bestCost = cost
        best = granule
        this.#end = taker
      }
    }
    return best
  }

  #giveAlong(free: number): void {
    const { owner } = this.#problem
    let granule = free
    for (let taker = this.#end; taker >= 0; taker = this.#from[taker] as number) {
      const next = this.#through[taker] as number
      owner[granule] = taker
      granule = next
    }
  }
}
