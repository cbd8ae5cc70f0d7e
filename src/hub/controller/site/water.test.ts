import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layOut } from '../../plant/index.ts'
import { Water } from './water.ts'

const STEP_kW = 0.01

interface Case {
  readonly parents: readonly number[]
  readonly capacities: readonly number[]
  readonly slots: readonly {
    readonly node: number
    readonly least: number
    readonly more: number
    readonly weight: number
  }[]
}

const cases: fc.Arbitrary<Case> = fc.record({
  parents: fc.constant([-1, 0, 0, 1]),
  capacities: fc.array(fc.integer({ min: 10, max: 80 }), { minLength: 4, maxLength: 4 }),
  slots: fc.array(
    fc.record({
      node: fc.nat({ max: 3 }),
      least: fc.integer({ min: 0, max: 2 }),
      more: fc.integer({ min: 0, max: 30 }),
      weight: fc.constantFrom(1, 2, 3),
    }),
    { minLength: 1, maxLength: 5 },
  ),
})

function isBelow({ parents }: Case, at: number, node: number): boolean {
  return at === node || (at >= 0 && isBelow({ parents, capacities: [], slots: [] }, parents[at] ?? -1, node))
}

/** All rise in small steps; who would overfill a node stops. */
function slowly(one: Case): number[] {
  const power = one.slots.map(({ least }) => least)
  const flow = (node: number) =>
    power.reduce((sum, kW, i) => sum + (isBelow(one, one.slots[i]?.node ?? -1, node) ? kW : 0), 0)
  const stopped = one.slots.map(() => false)
  for (let level = 0; stopped.includes(false) && level < 100; level += STEP_kW) {
    for (const [i, { least, more, weight, node }] of one.slots.entries()) {
      if (stopped[i]) continue
      power[i] = Math.min(least + more, Math.max(least, level * weight))
      stopped[i] =
        power[i] === least + more ||
        one.parents.some(
          (_, n) => isBelow(one, node, n) && flow(n) > (one.capacities[n] ?? 0) && level * weight > least,
        )
    }
  }
  return power
}

function quickly(one: Case): number[] {
  const nodes = one.parents.map((parent, n) => ({
    id: `${n}`,
    source: 'site.limit',
    parent,
    capacity_kW: one.capacities[n] ?? 0,
  }))
  const places = one.slots.map(({ node }, i) => ({ id: `${i}`, node, rating_kW: 1 }))
  const network = layOut({ nodes, places })
  const slot = (i: number) => network.slotOfPlace[i] ?? -1
  const water = new Water(network, new Float64Array(network.slots))
  for (const [i, { least, more, weight }] of one.slots.entries()) {
    water.least_kW[slot(i)] = least
    water.power_kW[slot(i)] = least + more
    water.weight[slot(i)] = weight
  }
  water.rise(network.capacity_kW)
  return one.slots.map((_, i) => water.power_kW[slot(i)] ?? 0)
}

describe('the water level (C13, P1)', () => {
  it('is what a slow common rise from the least ends in', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const slow = slowly(one)
        for (const [i, kW] of quickly(one).entries()) expect(Math.abs(kW - (slow[i] ?? 0))).toBeLessThan(15 * STEP_kW)
      }),
      { numRuns: 300 },
    )
  })

  it('fills a node to the last bit it can, and never beyond', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const power = quickly(one)
        for (const [n, capacity] of one.capacities.entries()) {
          const sum = power.reduce((kW, own, i) => kW + (isBelow(one, one.slots[i]?.node ?? -1, n) ? own : 0), 0)
          expect(sum).toBeLessThanOrEqual(capacity + 1e-9)
        }
      }),
    )
  })

  it('gives their least to all where no more fits', () => {
    const slots = [
      { node: 0, least: 2, more: 10, weight: 1 },
      { node: 0, least: 1, more: 10, weight: 3 },
    ]
    expect(quickly({ parents: [-1], capacities: [3], slots })).toEqual([2, 1])
    expect(quickly({ parents: [-1], capacities: [9], slots })).toEqual([2.25, 6.75])
  })
})
