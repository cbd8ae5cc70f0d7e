import { invariant } from '../../../base/problems/index.ts'

/** Pairs (x, y) rising in x, linear between; the end values hold outside. */
export type TablePoints = readonly (readonly [x: number, y: number])[]

/** A piecewise straight line in flat arrays, looked up without allocating. */
export class LineTable {
  readonly size: number
  readonly x: Float64Array
  readonly y: Float64Array
  /** Slope from each point to the next; 0 after the last. */
  readonly slope: Float64Array

  constructor(points: TablePoints) {
    invariant(points.length > 0, 'a table has points')
    this.size = points.length
    this.x = Float64Array.from(points, ([x]) => x)
    this.y = Float64Array.from(points, ([, y]) => y)
    this.slope = new Float64Array(points.length)
    for (let i = 0; i + 1 < points.length; i++) {
      const width = (this.x[i + 1] as number) - (this.x[i] as number)
      invariant(width > 0, 'a table rises in x')
      this.slope[i] = ((this.y[i + 1] as number) - (this.y[i] as number)) / width
    }
  }

  /** Number of points at or below `x`: 0 before the first, `size` from the last on. */
  region(x: number): number {
    let region = 0
    while (region < this.size && x >= (this.x[region] as number)) region++
    return region
  }

  at(x: number): number {
    const region = this.region(x)
    if (region === 0) return this.y[0] as number
    const left = region - 1
    return (this.y[left] as number) + (this.slope[left] as number) * (x - (this.x[left] as number))
  }

  /** Slope in a region as `region` counts them: 0 outside the points. */
  slopeIn(region: number): number {
    return region === 0 ? 0 : (this.slope[region - 1] as number)
  }

  /** Where a region ends; Infinity for the last. */
  endOf(region: number): number {
    return region < this.size ? (this.x[region] as number) : Number.POSITIVE_INFINITY
  }

  /** Where a region starts; -Infinity for the first. */
  startOf(region: number): number {
    return region === 0 ? Number.NEGATIVE_INFINITY : (this.x[region - 1] as number)
  }
}
