import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyNames } from '../src/hub/controller/index.ts'
import type { EndedSession } from '../src/study/simulate/index.ts'
import { runs } from './support/counts.ts'
import { cappedCases, energies, type HubCase, hubCases, runCase } from './support/hub-cases.ts'
import { slowHub } from './support/slow-hub.ts'

/** Capacities no sum of powers hits: with two limits reached at once, which of them binds is a matter of rounding. */
function uneven(hubCase: HubCase): HubCase {
  const nodes = hubCase.model.nodes.map((node, i) => ({ ...node, capacity_kW: node.capacity_kW * (1.0137 + i / 71) }))
  return { ...hubCase, model: { ...hubCase.model, nodes } }
}

const policies = [
  ...policyNames.map((policy) => ({ policy, floor_kW: 0 })),
  { policy: 'max-min', floor_kW: 40 } as const,
]

function agrees(plain: HubCase, { policy, floor_kW }: (typeof policies)[number]): void {
  const hubCase = { ...plain, floor_kW }
  const ended: EndedSession[] = []
  const run = runCase(hubCase, policy, ended).finish()
  const slow = slowHub(hubCase.model, hubCase.sessions, { policy, floor_kW }, hubCase.end_s)
  for (const [i, energy_kWh] of energies(hubCase, ended).entries()) {
    expect(Math.abs(energy_kWh - (slow.energy_kWh[i] ?? 0))).toBeLessThan(0.12)
  }
  for (const [index, source] of run.plant.profiles.sources.entries()) {
    if (source === 'vehicle.chargeCurve') continue
    const slowHeld_kWh = slow.heldBack_kWh[source] ?? 0
    expect(Math.abs((run.plant.heldBack_kWh[index] ?? 0) - slowHeld_kWh)).toBeLessThan(0.35)
  }
  expect(Math.abs(run.books.peak1min_kW - slow.peak1min_kW)).toBeLessThan(3)
}

describe.each(policies)(
  'the engine and the slow stepper agree: $policy, floor $floor_kW kW (E1, E4, P1 to P9)',
  (setting) => {
    it('on the energy of every session, what was held back by which limit, and the highest minute', () => {
      fc.assert(
        fc.property(hubCases.map(uneven), (hubCase) => agrees(hubCase, setting)),
        { numRuns: runs(20, 500) },
      )
    })

    it.skipIf(setting.policy === 'equal-rating')('where devices cap what sessions draw, too (E11)', () => {
      fc.assert(
        fc.property(cappedCases.map(uneven), (hubCase) => agrees(hubCase, setting)),
        { numRuns: runs(20, 500) },
      )
    })
  },
)
