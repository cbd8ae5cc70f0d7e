import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  allocationPolicies,
  type CabinetParameters,
  createGrants,
  sharingReasons,
} from '../src/hub/plant/cabinet/index.ts'
import { cabinetOf, plainModule, splitModule } from './support/allocation-cases.ts'
import { CabinetWorld, type Happening, happenings, worlds } from './support/allocation-world.ts'
import { runs } from './support/counts.ts'

const NEAR_kW = 1e-6
const HOLD_s = 30

const holding = { ...allocationPolicies['proportional-fair'], hold_s: HOLD_s }
const counts = { numRuns: runs(150, 2000) }

/** What an output can use. */
function usable_kW({ cabinet, faced }: CabinetWorld, output: number): number {
  const demand_kW = faced.demand_kW[output] ?? 0
  const carried_kW = ((cabinet.outputs[output]?.maxCurrent_A ?? 0) * (faced.voltage_V[output] ?? 0)) / 1000
  return demand_kW === 0 ? 0 : Math.min(demand_kW, carried_kW)
}

function checkPowers(world: CabinetWorld): void {
  const { cabinet, faced, granted } = world
  let total_kW = 0
  for (const [output, power_kW] of granted.power_kW.entries()) {
    expect(power_kW).toBeLessThanOrEqual(usable_kW(world, output) + NEAR_kW)
    if (cabinet.matrix.kind !== 'bus') expect(power_kW).toBeLessThanOrEqual(world.supply_kW(output) + NEAR_kW)
    total_kW += power_kW
  }
  const all_kW = cabinet.modules.reduce((sum, { power_kW }, at) => sum + power_kW * (faced.health_frac[at] ?? 0), 0)
  expect(total_kW).toBeLessThanOrEqual(all_kW + NEAR_kW)
}

function checkWiring(world: CabinetWorld): void {
  const { matrix } = world.cabinet
  const owner = [...world.granted.output]
  if (matrix.kind === 'partial') {
    for (const [module, output] of owner.entries()) {
      if (output >= 0) expect(matrix.reach[module]).toContain(output)
    }
  }
  if (matrix.kind === 'ring') for (const output of matrix.homes.keys()) checkArc(owner, output, matrix.homes)
}

function checkArc(owner: readonly number[], output: number, homes: readonly number[]): void {
  const size = owner.length
  const has = (module: number) => owner[(module + size) % size] === output
  const count = owner.filter((holder) => holder === output).length
  const home = homes[output] ?? 0
  if (count === 0) return
  expect(has(home)).toBe(true)
  let arc = 1
  for (let far = 1; far < size && has(home + far); far++) arc++
  for (let far = 1; arc < count && has(home - far + size); far++) arc++
  expect(arc).toBe(count)
}

/** Within its hold a granule leaves only an output that does not need it, or one whose request or modules changed. */
function checkHolds(world: CabinetWorld): void {
  const { before, granted } = world
  for (const [granule, output] of before.output.entries()) {
    if (output < 0 || granted.output[granule] === output || world.touched.has(output) || world.healthChanged) continue
    const isOfUse = before.awake[granule] === 1 && world.faced.health_frac[world.moduleOf(granule)] === 1
    if (!isOfUse || world.now_s >= (world.heldUntil_s[granule] ?? 0)) continue
    expect(world.supply_kW(output, () => true)).toBeGreaterThanOrEqual(usable_kW(world, output) - NEAR_kW)
  }
}

/** On a ring an output is joined at one module; when that fails it lives on what neighbours leave. */
function hasLostItsOwn({ cabinet: { matrix }, faced }: CabinetWorld, output: number): boolean {
  return matrix.kind === 'ring' && faced.health_frac[matrix.homes[output] ?? 0] === 0
}

/** Who has enough to stay alive keeps it while modules move; only what happens to itself or to modules can change that. */
function checkAlive(world: CabinetWorld): void {
  for (const [output, power_kW] of world.before.power_kW.entries()) {
    if (world.touched.has(output) || world.healthChanged || hasLostItsOwn(world, output)) continue
    const needed_kW = Math.min(world.faced.least_kW[output] ?? 0, world.faced.demand_kW[output] ?? 0)
    if (power_kW >= needed_kW) expect(world.granted.power_kW[output]).toBeGreaterThanOrEqual(needed_kW - NEAR_kW)
  }
}

function follow(
  cabinet: CabinetWorld['cabinet'],
  story: readonly Happening[],
  look: (world: CabinetWorld) => void,
): CabinetWorld {
  const world = new CabinetWorld({ ...cabinet, policy: holding })
  for (const what of story) world.happen(what, () => look(world))
  return world
}

describe.each(worlds)('a cabinet in use, %s', (_, cabinet) => {
  test('gives what its granules can, in reach, held and alive (S1, S2, S3, S4)', () => {
    const look = (world: CabinetWorld) => {
      checkPowers(world)
      checkWiring(world)
      checkHolds(world)
      checkAlive(world)
    }
    fc.assert(
      fc.property(happenings, (story) => void follow(cabinet, story, look)),
      counts,
    )
  })

  test('asked again at once it changes nothing (S5)', () => {
    const look = ({ allocator, state, faced, granted }: CabinetWorld) => {
      const again = createGrants(cabinet)
      allocator.allocate(state.slice(), 0, faced, again)
      expect(again.moves).toBe(0)
      expect([...again.output]).toEqual([...granted.output])
      for (const [output, power_kW] of again.power_kW.entries())
        expect(power_kW).toBeCloseTo(granted.power_kW[output] ?? 0, 9)
    }
    fc.assert(
      fc.property(happenings, (story) => void follow(cabinet, story, look)),
      counts,
    )
  })

  test('left alone it comes to rest, where a cabinet that moves nothing would start (S6)', () => {
    let [rested, waiting] = [0, 0]
    const calm = (story: readonly Happening[]) => {
      const world = follow(cabinet, story, () => {})
      world.happen({ kind: 'wait', wait_s: 400 }, () => {})
      expect(world.next_s).toBe(Number.POSITIVE_INFINITY)
      rested++
      if ([...world.granted.boundBy].some((reason) => sharingReasons[reason] === 'sharing.move')) {
        waiting++
        return
      }
      const fresh = new CabinetWorld({ ...cabinet, move_s: 0, policy: holding })
      fresh.allocator.allocate(fresh.state, 0, world.faced, fresh.granted)
      const worth = (power_kW: Float64Array) => power_kW.reduce((sum, power) => sum + Math.log1p(power), 0)
      expect(worth(world.granted.power_kW)).toBeCloseTo(worth(fresh.granted.power_kW), 6)
    }
    fc.assert(fc.property(happenings, calm), counts)
    expect(waiting / rested).toBeLessThan(0.01)
  })

  test('goes on from a copy of its state (S7)', () => {
    const twice = (story: readonly Happening[], more: readonly Happening[]) => {
      const one = follow(cabinet, [...story, ...more], () => {})
      const half = follow(cabinet, story, () => {})
      const other = new CabinetWorld({ ...cabinet, policy: holding })
      Object.assign(other, { now_s: half.now_s, next_s: half.next_s, arrivals: half.arrivals })
      other.state.set(half.state)
      for (const key of ['demand_kW', 'voltage_V', 'arrived_s', 'health_frac'] as const)
        other.faced[key].set(half.faced[key])
      for (const what of more) other.happen(what, () => {})
      expect(other.state).toEqual(one.state)
    }
    fc.assert(fc.property(happenings, happenings, twice), { numRuns: runs(50, 500) })
  })
})

describe('one after the other', () => {
  const ask = (output: number, voltage_V: number, demand_kW: number): Happening => ({
    ...{ kind: 'ask', output, voltage_V, demand_kW },
  })
  const inUse = (cabinet: CabinetParameters) => {
    const world = new CabinetWorld({ ...cabinet, policy: { ...holding, aim: 'level' } })
    const seen: (readonly [number, number, string])[] = []
    const happen = (output: number, what: Happening) =>
      world.happen(what, () => {
        const { boundBy, power_kW } = world.granted
        seen.push([world.now_s, power_kW[output] ?? 0, sharingReasons[boundBy[output] ?? 0] ?? ''])
      })
    return { world, seen, happen }
  }

  test('a module that comes gives nothing for two seconds; the next car waits for the hold (S1, S3)', () => {
    const cabinet = { ...cabinetOf(Array(2).fill(plainModule(40)), 2, { kind: 'full' }), move_s: 2 }
    const { world, seen, happen } = inUse(cabinet)
    happen(0, ask(0, 400, 80))
    expect(world.next_s).toBe(2)
    happen(0, { kind: 'wait', wait_s: 5 })
    expect(seen).toEqual([
      [0, 0, 'sharing.move'],
      [2, 80, 'sharing.request'],
    ])
    seen.length = 0
    happen(1, ask(1, 400, 80))
    expect(world.next_s).toBe(32)
    happen(1, { kind: 'wait', wait_s: 30 })
    expect(seen).toEqual([
      [5, 0, 'sharing.hold'],
      [32, 0, 'sharing.move'],
      [34, 40, 'sharing.modules'],
    ])
    expect(world.allocator.moves(world.state, 0)).toBe(3)
  })

  test('an output is off while halves change over, by the voltage asked for (M2)', () => {
    const halves = { up_V: 600, down_V: 550, seriesCurrent_A: 100, off_s: 1, separable: false }
    const module = { ...plainModule(40), halves }
    const { seen, happen } = inUse({ ...cabinetOf([module], 1, { kind: 'full' }), move_s: 2 })
    happen(0, ask(0, 590, 40))
    happen(0, { kind: 'wait', wait_s: 3 })
    for (const voltage_V of [610, 560, 540]) {
      happen(0, ask(0, voltage_V, 40))
      happen(0, { kind: 'wait', wait_s: 3 })
    }
    expect(seen.map(([now_s, power_kW]) => [now_s, power_kW])).toEqual([
      ...[
        [0, 0],
        [2, 40],
      ],
      ...[
        [3, 0],
        [4, 40],
      ],
      [6, 40],
      ...[
        [9, 0],
        [10, 40],
      ],
    ])
  })

  test('a session is kept alive while its module goes and another comes (S4)', () => {
    const reach = [[0, 1], [0]]
    const cabinet = { ...cabinetOf(Array(2).fill(plainModule(40)), 2, { kind: 'partial', reach }), move_s: 2 }
    const { world, seen, happen } = inUse(cabinet)
    happen(0, ask(0, 400, 40))
    happen(0, { kind: 'wait', wait_s: 40 })
    happen(0, ask(1, 400, 40))
    happen(0, { kind: 'wait', wait_s: 4 })
    expect(Math.min(...seen.slice(1).map(([, power_kW]) => power_kW))).toBe(40)
    expect([...world.granted.power_kW]).toEqual([40, 40])
    expect([...world.granted.output]).toEqual([1, 0])
  })

  test('one allocator serves two cabinets', () => {
    const cabinet = { ...cabinetOf(Array(4).fill(splitModule(40)), 3, { kind: 'full' }), policy: holding, move_s: 2 }
    const together = (one: readonly Happening[], other: readonly Happening[]) => {
      const worlds = [new CabinetWorld(cabinet), new CabinetWorld(cabinet)] as const
      const shared = new CabinetWorld(cabinet)
      const states = worlds.map(({ state }) => state.slice())
      const stories = [one, other].map((story) => story.filter((what) => what.kind !== 'ask' || what.output < 3))
      const granted = createGrants(cabinet)
      for (let at = 0; at < Math.max(one.length, other.length); at++) {
        for (const [which, world] of worlds.entries()) {
          const what = stories[which]?.[at]
          if (what === undefined || ('module' in what && what.module >= 4) || ('output' in what && what.output >= 3))
            continue
          world.happen(what, () => {
            shared.allocator.allocate(states[which] as Float64Array, 0, world.faced, granted)
            expect([...granted.power_kW]).toEqual([...world.granted.power_kW])
          })
          expect(states[which]).toEqual(world.state)
        }
      }
    }
    fc.assert(fc.property(happenings, happenings, together), { numRuns: runs(50, 500) })
  })
})
