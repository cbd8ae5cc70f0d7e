import { describe, expect, it } from 'vitest'
import { type HubModel, insert, Mode, Plant, ProfileTable, StateStore } from '../plant/index.ts'
import { createPolicy, type SharingPolicyName } from './policy.ts'

const quiet = { flow: () => {} }

/** A settled plant whose vehicles could draw the given powers, allocated by a policy: powers by place. */
function shares(
  policy: SharingPolicyName,
  nodes: HubModel['nodes'],
  vehicles: readonly [node: number, power_kW: number][],
  floor_kW = 0,
) {
  const places = vehicles.map(([node], at) => ({ id: `p${at}`, node, rating_kW: 100 * (at + 1) }))
  const profiles = new ProfileTable()
  const numbers = vehicles.map(([, power_kW]) =>
    profiles.add({ curve: [[0, power_kW]], source: 'vehicle.chargeCurve', limits: [] }),
  )
  for (const { source } of nodes) profiles.sourceIndex(source)
  const plant = new Plant({ model: { nodes, places }, profiles, store: new StateStore(), meter: quiet, cutoff_kW: 0 })
  const rest = { capacity_kWh: 60, soc_frac: 0.1, target_frac: 1, waited_s: 0, connector: 0, vehicle: 0 }
  const made = createPolicy(policy, plant, { floor_kW })
  for (const [place, profile] of numbers.entries()) {
    const slot = plant.network.slotOfPlace[place] ?? -1
    const vehicle = { place, profile, leaves_s: 100 - place, priority: place % 2, ...rest }
    insert(plant, slot, vehicle, 0)
    made.admit(slot, vehicle, place)
  }
  plant.listCharging(0)
  made.allocate(0)
  return vehicles.map((_, place) => {
    const slot = plant.network.slotOfPlace[place] ?? -1
    return { bottleneck: plant.bottleneck[slot], share: plant.share_frac[slot], mode: plant.mode[slot] !== Mode.empty }
  })
}

const site = (capacity_kW: number) => ({ id: 'site', source: 'site.limit', parent: -1, capacity_kW })
const circuit = (capacity_kW: number) => ({ id: 'a', source: 'circuit.a', parent: 0, capacity_kW })

describe('who draws freely and who shares which limit (P1, P3, P4, P6)', () => {
  it('max-min: small ones have all they can take, the others equal shares of the rest', () => {
    const found = shares(
      'max-min',
      [site(200)],
      [
        [0, 30],
        [0, 150],
        [0, 150],
      ],
    )
    expect(found.map(({ bottleneck }) => bottleneck)).toEqual([-1, 0, 0])
    expect(found.slice(1).map(({ share }) => share)).toEqual([0.5, 0.5])
  })

  it('proportional: by rating', () => {
    const [, second, third] = shares(
      'proportional',
      [site(200)],
      [
        [0, 30],
        [0, 150],
        [0, 150],
      ],
    )
    expect([second?.share, third?.share]).toEqual([0.4, 0.6])
  })

  it('max-min: below a tight circuit its own level, the rest of the site for the others', () => {
    const found = shares(
      'max-min',
      [site(300), circuit(100)],
      [
        [1, 150],
        [1, 150],
        [0, 250],
      ],
    )
    expect(found.map(({ bottleneck }) => bottleneck)).toEqual([1, 1, 0])
    expect(found[2]?.share).toBe(1)
  })

  it('max-min: a circuit that a tighter site level leaves room is no bottleneck', () => {
    const found = shares(
      'max-min',
      [site(120), circuit(100)],
      [
        [1, 150],
        [1, 150],
        [0, 250],
      ],
    )
    expect(found.map(({ bottleneck }) => bottleneck)).toEqual([0, 0, 0])
  })

  it('in order: one has the rest, those behind nothing', () => {
    expect(
      shares(
        'fifo',
        [site(200)],
        [
          [0, 150],
          [0, 150],
          [0, 150],
        ],
      ).map(({ bottleneck, share }) => [bottleneck, share]),
    ).toEqual([
      [-1, 0],
      [0, 1],
      [0, 0],
    ])
    const last = shares(
      'earliest-departure',
      [site(200)],
      [
        [0, 150],
        [0, 150],
        [0, 150],
      ],
    )
    expect(last.map(({ bottleneck }) => bottleneck)).toEqual([0, 0, -1])
  })

  it('in order: two limits reached at once count as the outer one', () => {
    const found = shares(
      'fifo',
      [site(190), circuit(100)],
      [
        [0, 90],
        [1, 100],
        [1, 80],
      ],
    )
    expect(found.map(({ bottleneck }) => bottleneck)).toEqual([-1, -1, 0])
  })

  it('priority: the higher class first, level inside a class (P8)', () => {
    const found = shares(
      'priority',
      [site(200)],
      [
        [0, 100],
        [0, 90],
        [0, 150],
        [0, 80],
      ],
    )
    expect(found.map(({ bottleneck }) => bottleneck)).toEqual([0, -1, 0, -1])
    expect([found[0]?.share, found[2]?.share]).toEqual([0.5, 0.5])
    expect(
      shares(
        'priority',
        [site(100)],
        [
          [0, 30],
          [0, 90],
          [0, 10],
          [0, 80],
        ],
      ).map(({ share }) => share),
    ).toEqual([0, 0.5, 0, 0.5])
  })

  it('max-min with a floor: as many as it carries are level, in the order of plugging in, the others get what is left (P9)', () => {
    const vehicles: [number, number][] = [
      [0, 100],
      [0, 100],
      [0, 100],
    ]
    expect(shares('max-min', [site(50)], vehicles, 20).map(({ share }) => share)).toEqual([0.5, 0.5, 0])
    const [first, second, third] = shares(
      'max-min',
      [site(50)],
      [
        [0, 5],
        [0, 100],
        [0, 100],
      ],
      20,
    )
    expect([first?.bottleneck, second?.share, third?.share]).toEqual([-1, 1, 0])
    const leftOver = shares(
      'max-min',
      [site(50)],
      [
        [0, 5],
        [0, 10],
        [0, 100],
      ],
      20,
    )
    expect(leftOver.map(({ bottleneck }) => bottleneck)).toEqual([-1, -1, 0])
    expect(leftOver[2]?.share).toBe(1)
  })
})
