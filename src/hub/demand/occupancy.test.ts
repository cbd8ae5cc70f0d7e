import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Occupancy, type RankedChoice } from './occupancy.ts'

describe('occupancy', () => {
  const layout = { evseOf: [0, 0, 1, 1], nodeOf: [1, 1, 2, 2], live: [1, 2] }
  const one = (connector: number, power_kW = 50): RankedChoice => ({ connector, guns: 1, power_kW })

  it('holds one of two connectors of an EVSE with one live', () => {
    const occupancy = new Occupancy(layout)
    occupancy.take(one(0))
    expect(occupancy.isFree(one(1))).toBe(false)
    expect(occupancy.bestFree([one(0), one(1), one(2)])).toEqual(one(2))
    occupancy.release(0)
    expect(occupancy.isFree(one(1))).toBe(true)
  })

  it('gives two guns to one vehicle only when both are free', () => {
    const occupancy = new Occupancy(layout)
    const both = { connector: 2, guns: 2 }
    occupancy.take(one(3))
    expect(occupancy.isFree(both)).toBe(false)
    occupancy.release(3)
    occupancy.take(both)
    expect(occupancy.isFree(one(3))).toBe(false)
    expect(new Occupancy(layout).isFree(both)).toBe(true)
  })

  it('is the same again from its state', () => {
    const occupancy = new Occupancy(layout)
    occupancy.take({ connector: 2, guns: 2 })
    const other = new Occupancy(layout)
    other.take(one(0))
    other.state = occupancy.state
    expect([0, 1, 2, 3].map((connector) => other.isFree(one(connector)))).toEqual([true, true, false, false])
  })

  it('D11: of equal plugs gives the one whose cabinet has the fewest vehicles, then the first', () => {
    const occupancy = new Occupancy({ evseOf: [0, 1, 2, 3, 4], nodeOf: [1, 1, 1, 2, 2], live: [1, 1, 1, 1, 1] })
    const all = [0, 1, 2, 3, 4].map((connector) => one(connector))
    const taken = all.map(() => {
      const choice = occupancy.bestFree(all)
      if (choice) occupancy.take(choice)
      return choice?.connector
    })
    expect(taken).toEqual([0, 3, 1, 4, 2])
    expect(occupancy.bestFree(all)).toBeNull()
    for (const connector of [3, 4]) occupancy.release(connector)
    expect(occupancy.bestFree([one(0, 90), one(1, 60), ...all])).toEqual(one(3))
  })

  it('D11: power comes before an empty cabinet', () => {
    const occupancy = new Occupancy({ evseOf: [0, 1, 2], nodeOf: [1, 1, 2], live: [1, 1, 1] })
    occupancy.take(one(0))
    expect(occupancy.bestFree([one(1, 60), one(2, 50)])).toEqual(one(1, 60))
  })

  it('D11: chooses as a sort by power, vehicles and number does, also after its state was put back', () => {
    const step = fc.record({ connector: fc.nat({ max: 7 }), leaves: fc.boolean() })
    const powers = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 8, maxLength: 8 })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), powers, (steps, powers_kW) => {
        const nodeOf = [1, 1, 2, 2, 2, 3, 3, 0]
        const places = { evseOf: [0, 1, 2, 3, 4, 5, 6, 7], nodeOf, live: nodeOf.map(() => 1) }
        const first = new Occupancy(places)
        const held = new Set<number>()
        for (const { connector, leaves } of steps) {
          if (leaves) first.release(connector)
          else if (!held.has(connector)) first.take(one(connector))
          if (leaves) held.delete(connector)
          else held.add(connector)
        }
        const restored = new Occupancy(places)
        restored.take(one(6))
        restored.state = first.state
        const vehicles = (at: number): number => [...held].filter((other) => nodeOf[other] === nodeOf[at]).length
        const byPower = powers_kW.map((power_kW, at) => one(at, power_kW)).sort((a, b) => b.power_kW - a.power_kW)
        const [best = null] = byPower
          .filter(({ connector }) => !held.has(connector))
          .sort((a, b) => b.power_kW - a.power_kW || vehicles(a.connector) - vehicles(b.connector))
        expect([first.bestFree(byPower), restored.bestFree(byPower)]).toEqual([best, best])
      }),
    )
  })
})
