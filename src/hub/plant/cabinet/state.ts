/** Numbers of state a cabinet has, in an array of the caller. */
export function stateLength(outputs: number, granules: number): number {
  return 4 * granules + 3 * outputs + 1
}

/** A cabinet's state in an array of the caller: where granules are and until when they stay, modes of outputs, moves so far. */
export class CabinetState {
  readonly #outputs: number
  readonly #granules: number
  #state: Float64Array = new Float64Array()
  #at = 0

  constructor(outputs: number, granules: number) {
    this.#outputs = outputs
    this.#granules = granules
  }

  open(state: Float64Array, at: number): void {
    this.#state = state
    this.#at = at
  }

  /** All granules idle, nothing held, no moves. */
  reset(): void {
    this.#state.fill(0, this.#at, this.#at + stateLength(this.#outputs, this.#granules))
    this.#state.fill(-1, this.#at, this.#at + this.#granules)
    this.#state.fill(-1, this.#at + 3 * this.#granules, this.#at + 4 * this.#granules)
  }

  outputOf(granule: number): number {
    return this.#state[this.#at + granule] as number
  }

  setOutput(granule: number, output: number): void {
    this.#state[this.#at + granule] = output
  }

  /** A moved granule gives nothing before. */
  readyAt_s(granule: number): number {
    return this.#state[this.#at + this.#granules + granule] as number
  }

  heldUntil_s(granule: number): number {
    return this.#state[this.#at + 2 * this.#granules + granule] as number
  }

  hold(granule: number, ready_s: number, held_s: number): void {
    this.#state[this.#at + this.#granules + granule] = ready_s
    this.#state[this.#at + 2 * this.#granules + granule] = held_s
  }

  /** Output a granule is to go to once it can leave, -1: no other. */
  plannedFor(granule: number): number {
    return this.#state[this.#at + 3 * this.#granules + granule] as number
  }

  plan(granule: number, output: number): void {
    this.#state[this.#at + 3 * this.#granules + granule] = output
  }

  isInSeries(output: number): boolean {
    return this.#state[this.#outputAt(output)] === 1
  }

  setInSeries(output: number, isInSeries: boolean): void {
    this.#state[this.#outputAt(output)] = isInSeries ? 1 : 0
  }

  /** An output is off until then, while halves change over. */
  offUntil_s(output: number): number {
    return this.#state[this.#outputAt(output) + 1] as number
  }

  setOffUntil(output: number, until_s: number): void {
    this.#state[this.#outputAt(output) + 1] = until_s
  }

  /** Whether the output had a vehicle that asked for power when last looked at. */
  wasServed(output: number): boolean {
    return this.#state[this.#outputAt(output) + 2] === 1
  }

  setServed(output: number, isServed: boolean): void {
    this.#state[this.#outputAt(output) + 2] = isServed ? 1 : 0
  }

  /** Moves since `reset`. */
  get moves(): number {
    return this.#state[this.#at + 4 * this.#granules + 3 * this.#outputs] as number
  }

  countMove(): void {
    this.#state[this.#at + 4 * this.#granules + 3 * this.#outputs] = this.moves + 1
  }

  #outputAt(output: number): number {
    return this.#at + 4 * this.#granules + 3 * output
  }
}
