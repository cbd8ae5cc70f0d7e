import type { CabinetRequests } from './requests.ts'
import { compare } from './sharing/aim.ts'
import type { SharingProblem } from './sharing/problem.ts'
import type { Parts } from './situation.ts'
import type { CabinetState } from './state.ts'

const NONE = -1
/** Less than any moment a granule becomes ready: see `#lend`. */
const NOT_HELD_s = Number.NEGATIVE_INFINITY

export interface Times {
  readonly move_s: number
  readonly hold_s: number
}

/**
 * Brings a cabinet from where its granules are towards an answer. What an output does not need any more stays connected, asleep,
 * until another one wants it. A granule leaves an output that needs it only while those that stay keep the session
 * alive; else it is put off until others have come. On a ring arcs stay in one piece.
 */
export class Moves {
  /** Granules that began to move in the last call. */
  count = 0
  readonly #problem: SharingProblem
  readonly #state: CabinetState
  readonly #times: Times
  /** Of a ring: module each output is joined at. */
  readonly #homes: Int32Array
  readonly #connected: Uint8Array
  readonly #begun: Uint8Array
  #now_s = 0
  /** An output that cannot let go of a granule yet. */
  #stuck = NONE

  constructor({ problem, state }: Parts, times: Times, homes: readonly number[]) {
    this.#problem = problem
    this.#state = state
    this.#times = times
    this.#homes = Int32Array.from(homes)
    this.#connected = new Uint8Array(problem.granules)
    this.#begun = new Uint8Array(problem.granules)
  }

  carryOut(faced: CabinetRequests): void {
    this.#now_s = faced.now_s
    this.count = 0
    this.#stuck = NONE
    this.#begun.fill(0)
    this.#releaseUnserved()
    const isRing = this.#homes.length > 0
    if (isRing) this.#shiftArcs(faced)
    for (let granule = 0; granule < this.#problem.granules; granule++) {
      if (!isRing || this.#state.outputOf(granule) === NONE) this.#shift(faced, granule)
    }
    if (isRing) this.#cutLoose()
    else if (this.#stuck >= 0 && !this.#isAnyMoving()) this.#lend(faced, this.#stuck)
    this.#finish()
  }

  /** What granules there now can give to every output, those on their way not counted. */
  readyAll_kW(into: Float64Array): void {
    const { granules } = this.#problem
    into.fill(0)
    for (let granule = 0; granule < granules; granule++) {
      const output = this.#state.outputOf(granule)
      if (output >= 0 && this.#state.readyAt_s(granule) <= this.#now_s) {
        into[output] = (into[output] as number) + this.#gives_kW(granule, output)
      }
    }
  }

  /** The same for one output. */
  ready_kW(output: number): number {
    let sum_kW = 0
    for (let granule = 0; granule < this.#problem.granules; granule++) {
      if (this.#isReady(granule, output)) sum_kW += this.#gives_kW(granule, output)
    }
    return sum_kW
  }

  #gives_kW(granule: number, output: number): number {
    const { alone_kW, joined_kW, outputs, partner } = this.#problem
    const other = partner[granule] as number
    const isJoined = other >= 0 && this.#isReady(other, output)
    return (isJoined ? joined_kW : alone_kW)[granule * outputs + output] as number
  }

  #isReady(granule: number, output: number): boolean {
    return this.#state.outputOf(granule) === output && this.#state.readyAt_s(granule) <= this.#now_s
  }

  #releaseUnserved(): void {
    for (let granule = 0; granule < this.#problem.granules; granule++) {
      const output = this.#state.outputOf(granule)
      if (output >= 0 && this.#problem.asks[output] === 0) this.#state.setOutput(granule, NONE)
    }
  }

  /** Moves a granule to its new output, with its other half where only both are of use; false: put off. */
  #shift(faced: CabinetRequests, granule: number): boolean {
    const { alone_kW, outputs, owner, partner } = this.#problem
    const target = owner[granule] as number
    if (target === NONE || target === this.#state.outputOf(granule)) return true
    const other = partner[granule] as number
    const isWhole = other >= 0 && (alone_kW[granule * outputs + target] as number) === 0
    if (!isWhole) return this.#tryShift(faced, granule, NONE)
    // The first half of a module takes the second along.
    return granule > other && this.#state.outputOf(other) !== target ? true : this.#tryShift(faced, granule, other)
  }

  #tryShift(faced: CabinetRequests, granule: number, other: number): boolean {
    const target = this.#problem.owner[granule] as number
    const from = this.#state.outputOf(granule)
    const otherFrom = other === NONE ? NONE : this.#state.outputOf(other)
    const [needed_kW, otherNeeded_kW] = [this.#needed_kW(faced, from), this.#needed_kW(faced, otherFrom)]
    this.#state.setOutput(granule, target)
    if (other !== NONE) this.#state.setOutput(other, target)
    const stuck = !this.#stillHas(from, needed_kW) ? from : this.#stillHas(otherFrom, otherNeeded_kW) ? NONE : otherFrom
    if (stuck === NONE) {
      this.#begin(granule)
      if (other !== NONE && otherFrom !== target) this.#begin(other)
      return true
    }
    this.#state.setOutput(granule, from)
    if (other !== NONE) this.#state.setOutput(other, otherFrom)
    this.#stuck = stuck
    return false
  }

  /** What keeps the session of an output alive, if it has as much now and its share will not end it either way. */
  #needed_kW({ least_kW }: CabinetRequests, output: number): number {
    if (output === NONE) return 0
    const { cap_kW, power_kW } = this.#problem
    const alive_kW = Math.min(least_kW[output] as number, cap_kW[output] as number, power_kW[output] as number)
    return alive_kW === 0 ? 0 : Math.min(alive_kW, this.ready_kW(output))
  }

  #stillHas(output: number, needed_kW: number): boolean {
    return needed_kW === 0 || compare(this.ready_kW(output), needed_kW) >= 0
  }

  #begin(granule: number): void {
    const ready_s = this.#now_s + this.#times.move_s
    this.#state.hold(granule, ready_s, ready_s + this.#times.hold_s)
    this.#begun[granule] = 1
  }

  #isAnyMoving(): boolean {
    for (let granule = 0; granule < this.#problem.granules; granule++) {
      if (this.#begun[granule] === 1) return true
      if (this.#state.outputOf(granule) !== NONE && this.#state.readyAt_s(granule) > this.#now_s) return true
    }
    return false
  }

  /**
   * Outputs that wait for each other's granules: one that nobody needs steps in at one of them until the other's has come.
   * It is not held, so that the plan stays what it is.
   */
  #lend(faced: CabinetRequests, output: number): void {
    const { alone_kW, granules, outputs, owner } = this.#problem
    const needed_kW = this.#needed_kW(faced, output)
    for (let granule = 0; granule < granules; granule++) {
      const adds_kW = alone_kW[granule * outputs + output] as number
      if (owner[granule] !== NONE || this.#state.outputOf(granule) === output || adds_kW < needed_kW) continue
      this.#state.setOutput(granule, output)
      this.#state.hold(granule, this.#now_s + this.#times.move_s, NOT_HELD_s)
      this.#begun[granule] = 1
      return
    }
  }

  /** Counts what moves, and remembers where what was put off is to go, so that the plan stays the same until it can. */
  #finish(): void {
    const { granules, owner } = this.#problem
    for (let granule = 0; granule < granules; granule++) {
      const output = this.#state.outputOf(granule)
      const target = owner[granule] as number
      this.#state.plan(granule, target === output ? NONE : target)
      if (this.#begun[granule] === 0 || output === NONE) continue
      this.count++
      this.#state.countMove()
    }
  }

  /** Each arc gives from its ends inwards and stops at the first module that is put off. */
  #shiftArcs(faced: CabinetRequests): void {
    for (let output = 0; output < this.#homes.length; output++) {
      this.#shiftSide(faced, output, 1)
      this.#shiftSide(faced, output, -1)
    }
  }

  #shiftSide(faced: CabinetRequests, output: number, direction: number): void {
    const { granules, owner } = this.#problem
    let end = 0
    let first = granules
    while (end < granules && this.#state.outputOf(this.#module(output, direction * end)) === output) {
      const taker = owner[this.#module(output, direction * end)] as number
      if (end > 0 && taker !== NONE && taker !== output) first = Math.min(first, end)
      end++
    }
    for (let far = end - 1; far >= first; far--) {
      const granule = this.#module(output, direction * far)
      const isGone = owner[granule] === NONE ? this.#release(faced, granule) : this.#shift(faced, granule)
      if (!isGone) return
    }
  }

  /** Lets go of what lies beyond a granule that goes to another output, if the session lives without. */
  #release(faced: CabinetRequests, granule: number): boolean {
    const output = this.#state.outputOf(granule)
    const needed_kW = this.#needed_kW(faced, output)
    this.#state.setOutput(granule, NONE)
    if (this.#stillHas(output, needed_kW)) return true
    this.#state.setOutput(granule, output)
    return false
  }

  #module(output: number, distance: number): number {
    const { granules } = this.#problem
    return ((this.#homes[output] as number) + distance + granules) % granules
  }

  /** Lets go of what is not in one piece with the module its output is joined at. */
  #cutLoose(): void {
    const { granules } = this.#problem
    this.#connected.fill(0)
    for (let output = 0; output < this.#homes.length; output++) {
      this.#connect(output, 1)
      this.#connect(output, -1)
    }
    for (let granule = 0; granule < granules; granule++) {
      if (this.#connected[granule] === 0) this.#state.setOutput(granule, NONE)
    }
  }

  #connect(output: number, direction: number): void {
    for (let far = 0; far < this.#problem.granules; far++) {
      const granule = this.#module(output, direction * far)
      if (this.#state.outputOf(granule) !== output) return
      this.#connected[granule] = 1
    }
  }
}
