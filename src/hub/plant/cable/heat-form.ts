import type { LinearHeat } from './network.ts'

/** A limit is reached within this of it: what the steps of an event engine leave open. */
export const AT_LIMIT_K = 1e-6

/** A temperature to be waited for. */
export interface Threshold {
  /** Row of the outputs of the network. */
  readonly output: number
  readonly value_degC: number
  /** 1: from below, -1: from above. */
  readonly direction: 1 | -1
}

/**
 * A circuit of heat at constant current. The state belongs to the caller: from `at` on it holds the boundary temperatures, then
 * those of the nodes, all in degC. Boundaries are constant until the caller writes others. Nothing is allocated but in constructors.
 */
export interface HeatForm {
  /** Temperatures settle; else they run away. */
  readonly isStable: boolean
  /**
   * No node is pulled down by a warmer neighbour. Then temperatures keep their order: what starts warmer, is heated more or has
   * warmer surroundings stays at least as warm for ever (comparison theorem for x' = f(x) with f_i rising in every other x_j).
   */
  readonly keepsOrder: boolean
  /** Moves the state on by dt_s, exactly. */
  step(state: Float64Array, at: number, dt_s: number): void
  /**
   * Seconds until an output reaches the threshold, up to the horizon, or Infinity: 0 where it is beyond already, or at it and not
   * turning away. Never late; early by less than what moves an output by 1e-6 K.
   */
  until_s(threshold: Threshold, state: Float64Array, at: number, horizon_s: number): number
  /** Seconds until an output that moves away from the threshold's direction turns round; 0 where it does not move away, Infinity where it never turns. */
  untilTurn_s(threshold: Threshold, state: Float64Array, at: number): number
  /** Moves the state to where it settles; meaningless where it does not. */
  settle(state: Float64Array, at: number): void
}

/** x' = A x + b + inflow u, and what is looked at. */
export class HeatSystem {
  readonly size: number
  readonly boundaries: number
  readonly matrix: Float64Array
  readonly drive: Float64Array
  readonly inflow: Float64Array
  readonly outputs: Float64Array

  constructor({ size, boundaries, passive, gain, constant, heat, inflow, outputs }: LinearHeat, current_A: number) {
    const square = current_A ** 2
    this.size = size
    this.boundaries = boundaries
    this.matrix = Float64Array.from(passive)
    this.drive = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      this.matrix[i * (size + 1)] = (passive[i * (size + 1)] as number) + square * (gain[i] as number)
      this.drive[i] = (constant[i] as number) + square * (heat[i] as number)
    }
    this.inflow = inflow
    this.outputs = outputs
  }

  get keepsOrder(): boolean {
    const diagonal = this.size + 1
    return this.inflow.every((rate) => rate >= 0) && this.matrix.every((rate, at) => at % diagonal === 0 || rate >= 0)
  }

  /** Outputs of the nodes, and what else the network has. */
  get outputCount(): number {
    return this.outputs.length / this.size
  }

  /** b + inflow u for one node. */
  drive_Kpers(node: number, state: Float64Array, at: number): number {
    let rate = this.drive[node] as number
    for (let k = 0; k < this.boundaries; k++) {
      rate += (this.inflow[node * this.boundaries + k] as number) * (state[at + k] as number)
    }
    return rate
  }

  output_degC(output: number, state: Float64Array, at: number): number {
    const first = at + this.boundaries
    let value = 0
    for (let k = 0; k < this.size; k++) {
      value += (this.outputs[output * this.size + k] as number) * (state[first + k] as number)
    }
    return value
  }
}
