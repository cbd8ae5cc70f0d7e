import { type Aim, Scores } from './aim.ts'
import type { SharingProblem } from './problem.ts'

/**
 * Modules on a loop: each output that takes part has the module it is joined at and neighbours on either side, up to the
 * next such output. Of a gap between two of them the left one takes a first part and the right one the rest. Once the
 * part of one gap is chosen, the others follow one after the other round the loop, with the part of the gap as state: exact in
 * O(outputs x longest gap^3), also with modules of different sizes. Modules nobody needs are then left out from the ends.
 */
export class RingSharing {
  readonly #problem: SharingProblem
  readonly #scores: Scores
  /** Module each output is joined at. */
  readonly #homes: Int32Array
  /** Outputs in play, in the order of the loop. */
  readonly #around: Int16Array
  #count = 0
  /** Of the gap behind each of them: its length, the least and the most the left output takes, what it has now. */
  readonly #gap: Int32Array
  readonly #least: Int32Array
  readonly #most: Int32Array
  readonly #now: Int32Array
  /** By place around, then distance: what the modules up to that distance add, to either side. */
  readonly #right_kW: Float64Array
  readonly #left_kW: Float64Array
  /** By place around, then part: the part of the gap before that led to the best score. */
  readonly #came: Int16Array
  readonly #part: Int32Array

  constructor(problem: SharingProblem, aim: Aim, homes: readonly number[]) {
    const { outputs, granules } = problem
    this.#problem = problem
    this.#homes = Int32Array.from(homes)
    this.#scores = new Scores(problem, aim, 2 * granules + 2)
    this.#around = new Int16Array(outputs)
    this.#gap = new Int32Array(outputs)
    this.#least = new Int32Array(outputs)
    this.#most = new Int32Array(outputs)
    this.#now = new Int32Array(outputs)
    this.#right_kW = new Float64Array(outputs * granules)
    this.#left_kW = new Float64Array(outputs * granules)
    this.#came = new Int16Array(outputs * granules)
    this.#part = new Int32Array(outputs)
  }

  solve(): void {
    this.#problem.clear()
    this.#fixInwards()
    this.#lineUp()
    if (this.#count === 0) return
    for (let place = 0; place < this.#count; place++) this.#measure(place)
    if (this.#count === 1) this.#part[0] = this.#gap[0] as number
    else this.#search()
    for (let place = 0; place < this.#count; place++) this.#take(place)
  }

  #at(place: number): number {
    return this.#around[place % this.#count] as number
  }

  #module(output: number, distance: number): number {
    const { granules } = this.#problem
    return ((this.#homes[output] as number) + distance + granules) % granules
  }

  /** What lies between an output and a module that stays with it stays too: arcs have no holes. */
  #fixInwards(): void {
    for (let output = 0; output < this.#problem.outputs; output++) {
      this.#fixAlong(output, 1)
      this.#fixAlong(output, -1)
    }
  }

  #fixAlong(output: number, direction: number): void {
    const { at, fixed, granules, owner } = this.#problem
    let farthest = -1
    for (let far = 0; far < granules && at[this.#module(output, direction * far)] === output; far++) {
      if (fixed[this.#module(output, direction * far)] === output) farthest = far
    }
    for (let near = 0; near <= farthest; near++) owner[this.#module(output, direction * near)] = output
  }

  /** Outputs in play by the place of their module; one whose module another keeps has to wait. */
  #lineUp(): void {
    const { asks, outputs, owner } = this.#problem
    this.#count = 0
    for (let output = 0; output < outputs; output++) {
      const holder = owner[this.#homes[output] as number] as number
      if (asks[output] !== 1 || (holder !== -1 && holder !== output)) continue
      let place = this.#count++
      while (
        place > 0 &&
        (this.#homes[this.#around[place - 1] as number] as number) > (this.#homes[output] as number)
      ) {
        this.#around[place] = this.#around[place - 1] as number
        place--
      }
      this.#around[place] = output
    }
  }

  /** Length of the gap behind an output, what its neighbours keep of it, and sums over distance. */
  #measure(place: number): void {
    const { at, granules, owner } = this.#problem
    const output = this.#at(place)
    const next = this.#at(place + 1)
    const apart = (this.#homes[next] as number) - (this.#homes[output] as number)
    const gap = this.#count === 1 ? granules - 1 : ((apart + granules) % granules) - 1
    let [least, most, now] = [0, gap, 0]
    for (let far = 1; far <= gap; far++) {
      const module = this.#module(output, far)
      if (owner[module] === output) least = far
      if (owner[module] === next && most === gap) most = far - 1
      if (at[module] === output && now === far - 1) now = far
    }
    this.#gap[place] = gap
    this.#least[place] = least
    this.#most[place] = Math.max(least, most)
    this.#now[place] = Math.min(Math.max(now, least), this.#most[place] as number)
    this.#addUp(place, output)
  }

  #addUp(place: number, output: number): void {
    const { alone_kW, granules, outputs } = this.#problem
    let [right_kW, left_kW] = [0, 0]
    for (let far = 0; far < granules; far++) {
      const first = place * granules + far
      if (far > 0) right_kW += alone_kW[this.#module(output, far) * outputs + output] as number
      left_kW += alone_kW[this.#module(output, -far) * outputs + output] as number
      this.#right_kW[first] = right_kW
      this.#left_kW[first] = left_kW
    }
  }

  #power_kW(place: number, left: number, right: number): number {
    const { cap_kW, granules } = this.#problem
    const first = place * granules
    const supply_kW = (this.#left_kW[first + left] as number) + (this.#right_kW[first + right] as number)
    return Math.min(cap_kW[this.#at(place)] as number, supply_kW)
  }

  /** Parts of a gap, that of now first: of equal answers the one that moves less is met first and stays. */
  #partOf(place: number, turn: number): number {
    const now = this.#now[place] as number
    const upwards = (this.#most[place] as number) - now
    return turn <= upwards ? now + turn : now - (turn - upwards)
  }

  #partsOf(place: number): number {
    return (this.#most[place] as number) - (this.#least[place] as number) + 1
  }

  /** Rows of scores: two banks by part, then the best so far and the one being built. */
  #row(place: number, part: number): number {
    return (place % 2) * this.#problem.granules + part
  }

  #search(): void {
    const best = 2 * this.#problem.granules
    const last = this.#count - 1
    for (let turn = 0; turn < this.#partsOf(last); turn++) {
      const closing = this.#partOf(last, turn)
      this.#begin(closing)
      for (let place = 1; place < last; place++) {
        for (let other = 0; other < this.#partsOf(place); other++) this.#extend(place, this.#partOf(place, other))
      }
      this.#extend(last, closing)
      if (turn > 0 && !this.#scores.isBetter(this.#row(last, closing), best)) continue
      this.#scores.copy(this.#row(last, closing), best)
      this.#trace(closing)
    }
  }

  /** The first output, for every part of its own gap, when that much of the last gap is taken from its other side. */
  #begin(closing: number): void {
    const left = (this.#gap[this.#count - 1] as number) - closing
    for (let turn = 0; turn < this.#partsOf(0); turn++) {
      const part = this.#partOf(0, turn)
      const row = this.#row(0, part)
      this.#scores.clear(row)
      this.#scores.add(row, this.#at(0), this.#power_kW(0, left, part))
    }
  }

  /** One more output with a part of its gap, after the best part of the gap before. */
  #extend(place: number, part: number): void {
    const { granules } = this.#problem
    const row = this.#row(place, part)
    const tried = 2 * granules + 1
    for (let turn = 0; turn < this.#partsOf(place - 1); turn++) {
      const before = this.#partOf(place - 1, turn)
      this.#scores.copy(this.#row(place - 1, before), tried)
      const left = (this.#gap[place - 1] as number) - before
      this.#scores.add(tried, this.#at(place), this.#power_kW(place, left, part))
      if (turn > 0 && !this.#scores.isBetter(tried, row)) continue
      this.#scores.copy(tried, row)
      this.#came[place * granules + part] = before
    }
  }

  #trace(closing: number): void {
    let part = closing
    for (let place = this.#count - 1; place >= 0; place--) {
      this.#part[place] = part
      part = this.#came[place * this.#problem.granules + part] as number
    }
  }

  /** Gives an output its arc, but for modules at the ends it can do without. */
  #take(place: number): void {
    const before = (place + this.#count - 1) % this.#count
    let right = this.#part[place] as number
    let left = (this.#gap[before] as number) - (this.#part[before] as number)
    const power_kW = this.#power_kW(place, left, right)
    for (;;) {
      const canLeft = left > 0 && this.#isSpare(place, -left) && this.#power_kW(place, left - 1, right) === power_kW
      const canRight = right > 0 && this.#isSpare(place, right) && this.#power_kW(place, left, right - 1) === power_kW
      if (!canLeft && !canRight) break
      if (canLeft && (!canRight || this.#isNew(place, -left) || !this.#isNew(place, right))) left--
      else right--
    }
    const output = this.#at(place)
    for (let far = -left; far <= right; far++) this.#problem.owner[this.#module(output, far)] = output
  }

  #isSpare(place: number, distance: number): boolean {
    return this.#problem.owner[this.#module(this.#at(place), distance)] === -1
  }

  #isNew(place: number, distance: number): boolean {
    const output = this.#at(place)
    return this.#problem.at[this.#module(output, distance)] !== output
  }
}
