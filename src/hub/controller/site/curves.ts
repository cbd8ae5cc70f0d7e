import { invariant } from '../../../base/problems/index.ts'
import type { CurvePoints } from '../../plant/index.ts'

/** Charge curves as flat arrays, read without allocation. */
export class CurveTable {
  readonly #first: Int32Array
  readonly #soc_frac: Float64Array
  readonly #power_kW: Float64Array

  constructor(curves: readonly CurvePoints[]) {
    for (const [at, points] of curves.entries()) invariant(points.length > 0, `curve ${at} has points`)
    const points = curves.flat()
    let count = 0
    this.#first = Int32Array.from([0, ...curves.map((curve) => (count += curve.length))])
    this.#soc_frac = Float64Array.from(points, ([soc_frac]) => soc_frac)
    this.#power_kW = Float64Array.from(points, ([, power_kW]) => power_kW)
  }

  get size(): number {
    return this.#first.length - 1
  }

  /** Power of a curve at a state of charge, linear between points, constant before the first and after the last. */
  power_kW(curve: number, soc_frac: number): number {
    const first = this.#first[curve] as number
    const end = this.#first[curve + 1] as number
    let at = first
    while (at < end && (this.#soc_frac[at] as number) <= soc_frac) at++
    if (at === first || at === end) return this.#power_kW[at === end ? end - 1 : first] as number
    const from_frac = this.#soc_frac[at - 1] as number
    const from_kW = this.#power_kW[at - 1] as number
    const part = (soc_frac - from_frac) / ((this.#soc_frac[at] as number) - from_frac)
    return from_kW + part * ((this.#power_kW[at] as number) - from_kW)
  }
}
