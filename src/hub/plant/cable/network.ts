import { invariant } from '../../../base/problems/index.ts'

/** One lump of matter with a temperature. */
export interface HeatNode {
  readonly name: string
  readonly capacity_JperK: number
}

/** A weighted mean of nodes and boundaries, by name; the shares add up to 1. */
export type Blend = Readonly<Record<string, number>>

/**
 * `from` loses conductance x (its temperature - that of `to`); `into` gains it. Plain conduction names the same node in
 * `to` and `into`; coolant that arrives warmed on its way has a blend in `to`; a sensor, or a place within a node that is
 * followed without acting back, gives to nothing; so does what ends in a boundary.
 */
export interface HeatLink {
  readonly from: string
  readonly to: Blend
  readonly into: string | null
  readonly conductance_WperK: number
}

/** Loss I^2 R of the current, R rising linearly with the temperature of the node. */
export interface Resistor {
  readonly node: string
  /** At 20 degC. */
  readonly resistance_ohm: number
  readonly temperatureCoefficient_perK: number
}

/** Power that enters a node whatever happens. */
export interface Heater {
  readonly node: string
  readonly power_W: number
}

/** A circuit of heat as data. */
export interface HeatNetwork {
  /** Temperatures given from outside, by name. */
  readonly boundaries: readonly string[]
  readonly nodes: readonly HeatNode[]
  readonly links: readonly HeatLink[]
  readonly resistors: readonly Resistor[]
  readonly heaters: readonly Heater[]
  /** What is looked at besides the nodes: blends of nodes, whose shares need not add up to 1. */
  readonly outputs: readonly Blend[]
}

export const REFERENCE_degC = 20

/**
 * x' = A x + b at current I, with u the boundary temperatures: A = passive + I^2 diag(gain), b = constant + I^2 heat +
 * inflow u. Matrices by rows, per second.
 */
export interface LinearHeat {
  readonly size: number
  readonly boundaries: number
  readonly passive: Float64Array
  readonly gain: Float64Array
  readonly constant: Float64Array
  readonly heat: Float64Array
  readonly inflow: Float64Array
  /** Rows of weights over the nodes: first the nodes themselves, then the outputs of the network. */
  readonly outputs: Float64Array
}

function indexOf(names: readonly string[], name: string): number {
  const index = names.indexOf(name)
  invariant(index >= 0, `no node or boundary is called ${name}`)
  return index
}

class Assembler {
  readonly #nodes: readonly string[]
  readonly #boundaries: readonly string[]
  readonly #perCapacity: readonly number[]
  readonly linear: LinearHeat

  constructor({ nodes, boundaries, outputs }: HeatNetwork) {
    this.#nodes = nodes.map(({ name }) => name)
    this.#boundaries = boundaries
    this.#perCapacity = nodes.map(({ capacity_JperK }) => 1 / capacity_JperK)
    const size = nodes.length
    this.linear = {
      size,
      boundaries: boundaries.length,
      passive: new Float64Array(size * size),
      gain: new Float64Array(size),
      constant: new Float64Array(size),
      heat: new Float64Array(size),
      inflow: new Float64Array(size * boundaries.length),
      outputs: new Float64Array(size * (size + outputs.length)),
    }
    this.#nodes.forEach((name, row) => {
      this.output({ [name]: 1 }, row)
    })
  }

  output(blend: Blend, row: number): void {
    const { size, outputs } = this.linear
    for (const [name, share] of Object.entries(blend)) outputs[row * size + indexOf(this.#nodes, name)] = share
  }

  link({ from, to, into, conductance_WperK }: HeatLink): void {
    this.#flow(from, { [from]: 1 }, -conductance_WperK)
    this.#flow(from, to, conductance_WperK)
    if (into === null) return
    this.#flow(into, { [from]: 1 }, conductance_WperK)
    this.#flow(into, to, -conductance_WperK)
  }

  resistor({ node, resistance_ohm, temperatureCoefficient_perK }: Resistor): void {
    const row = indexOf(this.#nodes, node)
    const { gain, heat } = this.linear
    const perCapacity = this.#perCapacity[row] as number
    gain[row] = (gain[row] as number) + resistance_ohm * temperatureCoefficient_perK * perCapacity
    const cold = 1 - REFERENCE_degC * temperatureCoefficient_perK
    heat[row] = (heat[row] as number) + resistance_ohm * cold * perCapacity
  }

  heater({ node, power_W }: Heater): void {
    const row = indexOf(this.#nodes, node)
    const { constant } = this.linear
    constant[row] = (constant[row] as number) + power_W * (this.#perCapacity[row] as number)
  }

  /** Heat into a node in proportion to a blend of temperatures. */
  #flow(node: string, blend: Blend, conductance_WperK: number): void {
    const row = indexOf(this.#nodes, node)
    for (const [name, share] of Object.entries(blend)) {
      const rate = share * conductance_WperK * (this.#perCapacity[row] as number)
      const column = this.#nodes.indexOf(name)
      if (column >= 0) add(this.linear.passive, row * this.linear.size + column, rate)
      else add(this.linear.inflow, row * this.#boundaries.length + indexOf(this.#boundaries, name), rate)
    }
  }
}

function add(values: Float64Array, at: number, value: number): void {
  values[at] = (values[at] as number) + value
}

/** Writes a network as a linear system; throws where a name is not one of its nodes or boundaries. */
export function assemble(network: HeatNetwork): LinearHeat {
  const assembler = new Assembler(network)
  for (const link of network.links) assembler.link(link)
  for (const resistor of network.resistors) assembler.resistor(resistor)
  for (const heater of network.heaters) assembler.heater(heater)
  network.outputs.forEach((blend, index) => {
    assembler.output(blend, network.nodes.length + index)
  })
  return assembler.linear
}
