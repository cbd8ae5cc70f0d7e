import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyNames } from '../src/hub/controller/index.ts'
import { slotPower } from '../src/hub/plant/index.ts'
import { type EndedSession, outcomeOf, type Run, type Visits } from '../src/study/simulate/index.ts'
import { runs } from './support/counts.ts'
import { cappedCases, energies, type HubCase, hubCases, runCase } from './support/hub-cases.ts'

const NONE = { refused: 0, balked: 0, reneged: 0, arrivedByVehicle: [], refusedByVehicle: [], refusedBecause: {} }
const VISITS: Visits = { arrived: 0, ...NONE, refusals: [] }
const ABOUT = { site: 'case', seed: null, from: '2026-06-01T00:00:00Z', siteLimit_kW: null }

const policies = fc.constantFrom(...policyNames)
/** With and without a floor, which only max-min heeds, and below caps of devices. */
const anyCases = fc.oneof(
  hubCases,
  hubCases.map((one) => ({ ...one, floor_kW: 40 })),
  cappedCases,
)
const moments = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 12 })

function answer(run: Run): string {
  return JSON.stringify(outcomeOf(run.finish(), ABOUT, VISITS))
}

function powers(run: Run): { power_kW: number; envelope_kW: number; weight: number; slot: number }[] {
  const { plant } = run
  return Array.from(plant.mode, (_, slot) => ({ ...slotPower(plant, slot), weight: plant.weight[slot] ?? 1, slot }))
}

function flow_kW(run: Run, node: number): number {
  const { firstSlot, slotEnd } = run.plant.network
  const inside = powers(run).filter(({ slot }) => slot >= (firstSlot[node] ?? 0) && slot < (slotEnd[node] ?? 0))
  return inside.reduce((sum, { power_kW }) => sum + power_kW, 0)
}

/** Visits moments of a run in order, everything settled. */
function atMoments(hubCase: HubCase, parts: readonly number[], run: Run, look: () => void): void {
  for (const part of [...parts].sort((a, b) => a - b)) {
    run.until(part * hubCase.end_s)
    run.settle()
    look()
  }
}

describe('at any moment', () => {
  it('no node carries more than its capacity, none gets more than its envelope (E3)', () => {
    fc.assert(
      fc.property(anyCases, policies, moments, (hubCase, policy, parts) => {
        const run = runCase(hubCase, policy)
        atMoments(hubCase, parts, run, () => {
          const { capacity_kW } = run.plant.network
          for (const [node, limit_kW] of capacity_kW.entries()) expect(flow_kW(run, node)).toBeLessThan(limit_kW + 1e-9)
          for (const { power_kW, envelope_kW } of powers(run)) {
            expect(power_kW).toBeLessThan(envelope_kW + 1e-9)
            expect(power_kW).toBeGreaterThan(-1e-9)
          }
        })
      }),
      { numRuns: runs(150, 3000) },
    )
  })

  it('max-min: who has less than it could sits below a full node where nobody has a higher level (P1)', () => {
    fc.assert(
      fc.property(hubCases, fc.constantFrom('max-min', 'proportional'), moments, (hubCase, policy, parts) => {
        const run = runCase(hubCase, policy as 'max-min')
        atMoments(hubCase, parts, run, () => expect(unfair(run)).toEqual([]))
      }),
      { numRuns: runs(150, 3000) },
    )
  })

  it('state of charge never falls (E2)', () => {
    fc.assert(
      fc.property(anyCases, policies, moments, (hubCase, policy, parts) => {
        const run = runCase(hubCase, policy)
        const before = new Map<number, [sessions: number, soc_frac: number]>()
        atMoments(hubCase, parts, run, () => {
          for (const [slot, soc_frac] of run.plant.soc_frac.entries()) {
            const sessions = run.books.byPlace.sessions[slot] ?? 0
            const [then, least] = before.get(slot) ?? [-1, 0]
            if (then === sessions && run.plant.mode[slot] !== 0 && least > 0)
              expect(soc_frac).toBeGreaterThanOrEqual(least)
            before.set(slot, [sessions, run.plant.mode[slot] === 0 ? 0 : soc_frac])
          }
        })
      }),
      { numRuns: runs(100, 2000) },
    )
  })
})

/** Slots with less than their envelope that no bottleneck explains. */
function unfair(run: Run): number[] {
  const { plant } = run
  const { parent, nodeOfSlot, firstSlot, slotEnd, capacity_kW } = plant.network
  const all = powers(run)
  const isBottleneck = (node: number, level: number): boolean => {
    const full = flow_kW(run, node) > (capacity_kW[node] ?? 0) - 1e-6
    const below = all.filter(({ slot }) => slot >= (firstSlot[node] ?? 0) && slot < (slotEnd[node] ?? 0))
    return full && below.every(({ power_kW, weight }) => power_kW / weight < level + 1e-6)
  }
  return all.flatMap(({ power_kW, envelope_kW, weight, slot }) => {
    if (power_kW > envelope_kW - 1e-6) return []
    for (let node = nodeOfSlot[slot] ?? -1; node >= 0; node = parent[node] ?? -1) {
      if (isBottleneck(node, power_kW / weight)) return []
    }
    return [slot]
  })
}

describe('a whole run', () => {
  it('energy of the hub by minute is the energy of its sessions (E5)', () => {
    fc.assert(
      fc.property(anyCases, policies, (hubCase, policy) => {
        const ended: EndedSession[] = []
        const { books } = runCase(hubCase, policy, ended).finish()
        const { power_kW, step_s } = books.timeline()
        const length_h = (step: number): number => Math.min(step_s, hubCase.end_s - step * step_s) / 3600
        const metered_kWh = power_kW.reduce((sum, mean_kW, step) => sum + mean_kW * length_h(step), 0)
        const sessions_kWh = ended.reduce((sum, { energy_kWh }) => sum + energy_kWh, 0)
        expect(Math.abs(metered_kWh - sessions_kWh)).toBeLessThan(1e-9 * Math.max(1, sessions_kWh))
      }),
      { numRuns: runs(200, 4000) },
    )
  })

  it('is not changed by settling in between (E6)', () => {
    fc.assert(
      fc.property(anyCases, policies, moments, (hubCase, policy, parts) => {
        const plain: EndedSession[] = []
        runCase(hubCase, policy, plain).finish()
        const cut: EndedSession[] = []
        const run = runCase(hubCase, policy, cut)
        atMoments(hubCase, parts, run, () => {})
        run.finish()
        const expected = energies(hubCase, plain)
        for (const [i, energy_kWh] of energies(hubCase, cut).entries())
          expect(energy_kWh).toBeCloseTo(expected[i] ?? 0, 8)
      }),
      { numRuns: runs(150, 3000) },
    )
  })

  it('goes on byte for byte from a snapshot (R4)', () => {
    fc.assert(
      fc.property(anyCases, policies, fc.double({ min: 0, max: 1, noNaN: true }), (hubCase, policy, part) => {
        const first = runCase(hubCase, policy).until(part * hubCase.end_s)
        const snapshot = first.snapshot()
        const expected = answer(first)
        const second = runCase(hubCase, policy)
        second.restore(snapshot)
        expect(answer(second)).toBe(expected)
      }),
      { numRuns: runs(150, 3000) },
    )
  })

  it('is the same, places in another order (E7)', () => {
    fc.assert(
      fc.property(hubCases, fc.constantFrom('max-min', 'proportional', 'equal-rating'), (hubCase, policy) => {
        const { places, nodes } = hubCase.model
        const last = places.length - 1
        const turned: HubCase = {
          ...hubCase,
          model: { nodes, places: [...places].reverse() },
          sessions: hubCase.sessions.map((session) => ({ ...session, place: last - session.place })),
        }
        const one: EndedSession[] = []
        const other: EndedSession[] = []
        runCase(hubCase, policy as 'max-min', one).finish()
        runCase(turned, policy as 'max-min', other).finish()
        const expected = energies(hubCase, one)
        for (const [i, energy_kWh] of energies(turned, other).entries())
          expect(energy_kWh).toBeCloseTo(expected[i] ?? 0, 7)
      }),
      { numRuns: runs(100, 2000) },
    )
  })

  it('proportional with equal ratings is max-min (P2)', () => {
    fc.assert(
      fc.property(hubCases, (hubCase) => {
        const { places, nodes } = hubCase.model
        const equal = { ...hubCase, model: { nodes, places: places.map((place) => ({ ...place, rating_kW: 100 })) } }
        const one: EndedSession[] = []
        const other: EndedSession[] = []
        runCase(equal, 'max-min', one).finish()
        runCase(equal, 'proportional', other).finish()
        const expected = energies(equal, one)
        for (const [i, energy_kWh] of energies(equal, other).entries())
          expect(energy_kWh).toBeCloseTo(expected[i] ?? 0, 7)
      }),
      { numRuns: runs(100, 2000) },
    )
  })
})
