import { describe, expect, test } from 'vitest'
import { formAt } from './form.ts'
import { assemble, type HeatNetwork } from './network.ts'
import { agedResistance_ohm, conduct } from './pack-line.ts'

const empty = { boundaries: ['air'], resistors: [], heaters: [], outputs: [] }

function settled(network: HeatNetwork, current_A: number, boundaries: readonly number[]): readonly number[] {
  const state = new Float64Array(boundaries.length + network.nodes.length)
  state.set(boundaries)
  formAt(assemble(network), current_A).settle(state, 0)
  return [...state.slice(boundaries.length)]
}

test('C1: a bolted joint between two bars', () => {
  const joint_ohm = 2e-6
  const network: HeatNetwork = {
    ...empty,
    nodes: ['left', 'joint', 'right'].map((name) => ({ name, capacity_JperK: 500 })),
    links: [
      conduct('left', 'joint', 4),
      conduct('joint', 'right', 4),
      conduct('left', 'air', 3, true),
      conduct('right', 'air', 3, true),
    ],
    resistors: [{ node: 'joint', resistance_ohm: joint_ohm, temperatureCoefficient_perK: 0 }],
  }
  const heat_W = 3000 ** 2 * joint_ohm
  const [left, joint, right] = settled(network, 3000, [30])
  expect(left).toBeCloseTo(30 + heat_W / 2 / 3, 9)
  expect(right).toBeCloseTo(30 + heat_W / 2 / 3, 9)
  expect(joint).toBeCloseTo(30 + heat_W / 2 / 3 + heat_W / 2 / 4, 9)
})

test('C1: a hollow conductor through which coolant flows, cell by cell, against the straight line of its warming', () => {
  const cells = 12
  const flow_WperK = 40
  const film_WperK = 6
  const resistance_ohm = 1e-4
  const index = Array.from({ length: cells }, (_, cell) => cell)
  const before = (cell: number) => (cell === 0 ? 'pack' : `coolant${cell - 1}`)
  const network: HeatNetwork = {
    ...empty,
    boundaries: ['pack'],
    nodes: index.flatMap((cell) => [
      { name: `wire${cell}`, capacity_JperK: 80 },
      { name: `coolant${cell}`, capacity_JperK: 30 },
    ]),
    links: index.flatMap((cell) => [
      conduct(`wire${cell}`, `coolant${cell}`, film_WperK),
      { from: `coolant${cell}`, to: { [before(cell)]: 1 }, into: null, conductance_WperK: flow_WperK },
    ]),
    resistors: index.map((cell) => ({ node: `wire${cell}`, resistance_ohm, temperatureCoefficient_perK: 0 })),
  }
  const heat_W = 800 ** 2 * resistance_ohm
  const temperatures = settled(network, 800, [25])
  index.forEach((cell) => {
    const coolant_degC = 25 + ((cell + 1) * heat_W) / flow_WperK
    expect(temperatures[2 * cell + 1]).toBeCloseTo(coolant_degC, 7)
    expect(temperatures[2 * cell]).toBeCloseTo(coolant_degC + heat_W / film_WperK, 7)
  })
})

test('C1: an output is a blend of nodes', () => {
  const nodes = ['a', 'b'].map((name, place) => ({ name, capacity_JperK: 100 * (place + 1) }))
  const links = [conduct('a', 'air', 1, true), conduct('b', 'air', 1, true)]
  const form = formAt(assemble({ ...empty, nodes, links, outputs: [{ a: 1, b: -1 }] }), 0)
  const state = Float64Array.from([20, 100, 60])
  // 80 e^(-t/100) - 40 e^(-t/200) falls to zero where e^(-t/200) is a half.
  const found_s = form.until_s({ output: 2, value_degC: 0, direction: -1 }, state, 0, 1e6)
  expect(found_s).toBeCloseTo(200 * Math.log(2), 6)
})

describe('names', () => {
  test('that are neither node nor boundary are a mistake of ours', () => {
    const nodes = [{ name: 'a', capacity_JperK: 1 }]
    expect(() => assemble({ ...empty, nodes, links: [conduct('a', 'b', 1)] })).toThrow('called b')
  })
})

test('a bolted joint ages with the square root of time, faster when warm', () => {
  const ageing = { firstYear_frac: 0.2, reference_degC: 60, doubling_K: 10 }
  expect(agedResistance_ohm(1e-6, ageing, 0, 60)).toBe(1e-6)
  expect(agedResistance_ohm(1e-6, ageing, 1, 60)).toBeCloseTo(1.2e-6, 12)
  expect(agedResistance_ohm(1e-6, ageing, 4, 60)).toBeCloseTo(1.4e-6, 12)
  expect(agedResistance_ohm(1e-6, ageing, 1, 80)).toBeCloseTo(1.4e-6, 12)
})
