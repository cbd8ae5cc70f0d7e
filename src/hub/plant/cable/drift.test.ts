import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { airCable, ccsOil } from '../../../../test/support/cable-parameters.ts'
import { Cable } from './cable.ts'
import { CABLE_SLOTS } from './cable-network.ts'
import { driftCurrent_A, driftPieces, meanSquare_A, stepDrift_s } from './drift.ts'

/** A charge curve like that of an 800 V sports car: kW over state of charge. */
const curve = [
  [0, 250],
  [0.03, 318],
  [0.3, 322],
  [0.65, 300],
  [0.75, 200],
  [0.8, 150],
  [0.9, 64],
  [1, 15],
] as const
const FULL_kWh = 104.8
const LOOK_s = 0.25
const AMBIENT_degC = 25

function power_kW(soc_frac: number): number {
  const next = curve.findIndex(([soc]) => soc > soc_frac)
  const [from, low] = curve[next - 1] ?? curve[0]
  const [to, high] = curve[next] ?? curve[0]
  return low + ((high - low) * (soc_frac - from)) / (to - from)
}

const current_A = (soc_frac: number) => (1000 * power_kW(soc_frac)) / (700 + 120 * soc_frac)

/** Currents of a session from 10 to 85 %, every quarter second, and where the curve bends. */
const session = (() => {
  const currents: number[] = []
  const bends: number[] = [0]
  for (let soc = 0.1; soc < 0.85; soc += (power_kW(soc) * LOOK_s) / 3600 / FULL_kWh) {
    const before = currents.length === 0 ? soc : soc - (power_kW(soc) * LOOK_s) / 3600 / FULL_kWh
    if (curve.some(([knot]) => knot > before && knot <= soc)) bends.push(currents.length)
    currents.push(current_A(soc))
  }
  return { currents, bends: [...bends, currents.length - 1] }
})()

function startOf(cable: Cable): Float64Array {
  const state = new Float64Array(CABLE_SLOTS)
  cable.reset(state, 0, AMBIENT_degC, AMBIENT_degC)
  return state
}

/** Every quarter second with the current there: the session as it is. */
function trueStates(cable: Cable): readonly Float64Array[] {
  const states = [startOf(cable)]
  session.currents.slice(1).forEach((to_A, look) => {
    const state = (states[look] ?? startOf(cable)).slice()
    cable.exactForm(meanSquare_A(session.currents[look] ?? 0, to_A), 1, true).step(state, 0, LOOK_s)
    states.push(state)
  })
  return states
}

interface Split {
  readonly events: number
  readonly near_K: number
  readonly far_K: number
}

/** Pieces of constant current, cut where it has changed by a share; the largest errors near a limit and elsewhere. */
function splitAt(cable: Cable, share: number, truth: readonly Float64Array[]): Split {
  const { currents } = session
  const state = startOf(cable)
  let [events, near_K, far_K] = [0, 0, 0]
  for (let from = 0; from < currents.length - 1; ) {
    const from_A = currents[from] ?? 0
    const cut = currents.findIndex((now_A, look) => look > from && Math.abs(now_A / from_A - 1) >= share)
    const to = cut < 0 ? currents.length - 1 : cut
    const form = cable.form(meanSquare_A(from_A, currents[to] ?? 0), 1, true)
    for (let look = from + 1; look <= to; look++) {
      form.step(state, 0, LOOK_s)
      for (const { slot, value_degC } of cable.limits) {
        const true_degC = truth[look]?.[slot] ?? Number.NaN
        const error_K = Math.abs((state[slot] ?? 0) - true_degC)
        if (true_degC > value_degC - 10) near_K = Math.max(near_K, error_K)
        else far_K = Math.max(far_K, error_K)
      }
    }
    events++
    from = to
  }
  return { events, near_K, far_K }
}

describe('C11: a drifting current in pieces', () => {
  const overloaded = new Cable(airCable(35))
  const cables = [new Cable(ccsOil), new Cable(airCable(50)), overloaded]
  const truths = new Map(cables.map((cable) => [cable, trueStates(cable)]))

  test.each([
    [0.01, 123, 0.09],
    [0.02, 63, 0.27],
    [0.05, 26, 0.61],
    [0.1, 14, 1.8],
  ])('cut at %d: about %d pieces, error about %d K', (share, expectedPieces, expected_K) => {
    for (const cable of cables) {
      const { events, near_K, far_K } = splitAt(cable, share, truths.get(cable) ?? [])
      expect(events / expectedPieces).toBeGreaterThan(0.8)
      expect(events / expectedPieces).toBeLessThan(1.2)
      if (cable !== overloaded) expect(Math.max(near_K, far_K)).toBeLessThan(1.35 * expected_K)
      if (share > 0.02) continue
      expect(near_K).toBeLessThanOrEqual(0.5)
      expect(far_K).toBeLessThanOrEqual(2)
    }
  })

  test('along the pieces of the curve: temperatures, and the crossing of a limit to the second', () => {
    for (const cable of cables) {
      const truth = truths.get(cable) ?? []
      const state = startOf(cable)
      let crossed_s = Number.POSITIVE_INFINITY
      for (const [index, from] of session.bends.slice(0, -1).entries()) {
        const to = session.bends[index + 1] ?? from
        const [from_A = 0, to_A = 0] = [session.currents[from], session.currents[to]]
        const drift = { from_A, to_A, duration_s: (to - from) * LOOK_s, flow_frac: 1, fanOn: true }
        const reached_s = stepDrift_s(cable, drift, state, 0)
        crossed_s = Math.min(crossed_s, from * LOOK_s + reached_s)
        if (crossed_s < Number.POSITIVE_INFINITY) break
        for (const { slot } of cable.limits)
          expect(Math.abs((state[slot] ?? 0) - (truth[to]?.[slot] ?? 0))).toBeLessThan(0.5)
      }
      const look = truth.findIndex((there) =>
        cable.limits.some(({ slot, value_degC }) => (there[slot] ?? 0) >= value_degC),
      )
      if (look < 0) expect(crossed_s).toBe(Number.POSITIVE_INFINITY)
      else expect(Math.abs(crossed_s - look * LOOK_s)).toBeLessThan(1)
    }
    expect(truths.get(overloaded)?.some((there) => Math.max(...there) > 90)).toBe(true)
  })
})

test('pieces: enough of them, the same both ways, one where nothing changes or no heat is made', () => {
  const currents = fc.double({ min: 1, max: 1000, noNaN: true })
  const check = (from_A: number, to_A: number) => {
    const pieces = driftPieces(from_A, to_A, 0.02)
    expect(pieces).toBe(driftPieces(to_A, from_A, 0.02))
    const ratio = (Math.max(from_A, to_A) / Math.min(from_A, to_A)) ** (1 / pieces)
    expect(ratio).toBeLessThan(1.02 + 1e-6)
    const drift = { from_A, to_A, duration_s: 1, flow_frac: 1, fanOn: true }
    expect(driftCurrent_A(drift, 0)).toBe(from_A)
    expect(driftCurrent_A(drift, 1)).toBeCloseTo(to_A, 9)
  }
  fc.assert(fc.property(currents, currents, check))
  expect(driftPieces(300, 300, 0.02)).toBe(1)
  expect(driftPieces(0, 0.5, 0.02)).toBe(1)
  expect(driftCurrent_A({ from_A: 0, to_A: 100, duration_s: 1, flow_frac: 1, fanOn: true }, 0.5)).toBe(50)
  expect(meanSquare_A(200, 200)).toBe(200)
})
