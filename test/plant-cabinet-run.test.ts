import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocationPolicies, createGrants } from '../src/hub/plant/cabinet/index.ts'
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

/** Who has enough to stay alive keeps it while modules move; only what happens to itself or to modules can change that. */
function checkAlive(world: CabinetWorld): void {
  for (const [output, power_kW] of world.before.power_kW.entries()) {
    if (world.touched.has(output) || world.healthChanged) continue
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
    const calm = (story: readonly Happening[]) => {
      const world = follow(cabinet, story, () => {})
      world.happen({ kind: 'wait', wait_s: 400 }, () => {})
      expect(world.next_s).toBe(Number.POSITIVE_INFINITY)
      const fresh = new CabinetWorld({ ...cabinet, move_s: 0, policy: holding })
      fresh.allocator.allocate(fresh.state, 0, world.faced, fresh.granted)
      const worth = (power_kW: Float64Array) => power_kW.reduce((sum, power) => sum + Math.log1p(power), 0)
      expect(worth(world.granted.power_kW)).toBeCloseTo(worth(fresh.granted.power_kW), 6)
    }
    fc.assert(fc.property(happenings, calm), counts)
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
