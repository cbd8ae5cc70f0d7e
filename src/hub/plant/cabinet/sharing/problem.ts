/** In `like_kW`: granules that reach an output do not all add the same. */
export const UNLIKE = -1

/**
 * Who gets which granules: what solvers are given and where they leave the answer. A granule is the smallest thing the
 * matrix switches, a module or its half. The arrays are filled anew for each allocation and never made anew.
 */
export class SharingProblem {
  readonly outputs: number
  readonly granules: number
  /** 1: takes part. */
  readonly asks: Uint8Array
  /** The most the output can use: what is asked for, cut by its own limits. */
  readonly cap_kW: Float64Array
  /** What is asked for: `relative` shares it alike. */
  readonly demand_kW: Float64Array
  /** Given to each before any gets more; 0: none. */
  readonly floor_kW: Float64Array
  readonly weight: Float64Array
  /** Place in the order, 0 first, all different. */
  readonly rank: Int32Array
  /** All outputs together. */
  budget_kW = Number.POSITIVE_INFINITY
  /** Other half of a granule, -1: none. */
  readonly partner: Int16Array
  /** By granule, then output: what the granule adds there when its other half serves another output or none. */
  readonly alone_kW: Float64Array
  /** The same when both halves serve the output. */
  readonly joined_kW: Float64Array
  /** By output: what every granule that reaches it adds, 0: none does; see `UNLIKE`. Call `liken` when a column has changed. */
  readonly like_kW: Float64Array
  /** By output: 1 where every granule adds that. */
  readonly reachesAll: Uint8Array
  /** Output that keeps a granule whatever the others want, -1: free. */
  readonly fixed: Int16Array
  /** Where a granule is now, -1: nowhere. Of equal answers the one with fewest moves is taken. */
  readonly at: Int16Array
  /** The answer: output of each granule, -1: not needed. */
  readonly owner: Int16Array
  /** The answer: power of each output; less than its granules give where the budget binds. */
  readonly power_kW: Float64Array

  constructor(outputs: number, granules: number) {
    this.outputs = outputs
    this.granules = granules
    this.asks = new Uint8Array(outputs)
    this.cap_kW = new Float64Array(outputs)
    this.demand_kW = new Float64Array(outputs)
    this.floor_kW = new Float64Array(outputs)
    this.weight = new Float64Array(outputs).fill(1)
    this.rank = Int32Array.from({ length: outputs }, (_, at) => at)
    this.partner = new Int16Array(granules).fill(-1)
    this.alone_kW = new Float64Array(granules * outputs)
    this.joined_kW = new Float64Array(granules * outputs)
    this.like_kW = new Float64Array(outputs)
    this.reachesAll = new Uint8Array(outputs)
    this.fixed = new Int16Array(granules).fill(-1)
    this.at = new Int16Array(granules).fill(-1)
    this.owner = new Int16Array(granules).fill(-1)
    this.power_kW = new Float64Array(outputs)
  }

  liken(output: number): void {
    let [like_kW, reached] = [0, 0]
    for (let granule = 0; granule < this.granules && like_kW !== UNLIKE; granule++) {
      const adds_kW = this.alone_kW[granule * this.outputs + output] as number
      if (adds_kW !== this.joined_kW[granule * this.outputs + output]) like_kW = UNLIKE
      else if (adds_kW > 0 && like_kW > 0 && adds_kW !== like_kW) like_kW = UNLIKE
      else if (adds_kW > 0) like_kW = adds_kW
      if (adds_kW > 0) reached++
    }
    this.reachesAll[output] = like_kW !== UNLIKE && reached === this.granules ? 1 : 0
    this.like_kW[output] = like_kW
  }

  /** What a granule adds to an output, given who has its other half. */
  adds_kW(granule: number, output: number): number {
    const partner = this.partner[granule] as number
    const isJoined = partner >= 0 && this.owner[partner] === output
    return (isJoined ? this.joined_kW : this.alone_kW)[granule * this.outputs + output] as number
  }

  /** What the granules of an output give together, whether it can use it or not. */
  supply_kW(output: number): number {
    let sum_kW = 0
    for (let granule = 0; granule < this.granules; granule++) {
      if (this.owner[granule] === output) sum_kW += this.adds_kW(granule, output)
    }
    return sum_kW
  }

  /** Starts an answer: fixed granules have their owners, free ones none. */
  clear(): void {
    this.owner.set(this.fixed)
  }

  /** Power of every output from its granules, cut to what it can use. */
  settle(): void {
    this.power_kW.fill(0)
    for (let granule = 0; granule < this.granules; granule++) {
      const output = this.owner[granule] as number
      if (output >= 0) this.power_kW[output] = (this.power_kW[output] as number) + this.adds_kW(granule, output)
    }
    for (let output = 0; output < this.outputs; output++) {
      const cap_kW = this.asks[output] === 1 ? (this.cap_kW[output] as number) : 0
      this.power_kW[output] = Math.min(cap_kW, this.power_kW[output] as number)
    }
  }

  total_kW(): number {
    let sum_kW = 0
    for (let output = 0; output < this.outputs; output++) sum_kW += this.power_kW[output] as number
    return sum_kW
  }
}
