import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { most_kW, roomAfter } from './charge.ts'
import { type Ends, endsOf, energyOf_kWh, type SessionStep, type Shape, shapeFor, topped } from './shape.ts'

const positive = (max: number) => fc.double({ min: 0, max, noNaN: true })
const steps: fc.Arbitrary<SessionStep> = fc
  .record({
    rating_kW: fc.double({ min: 1, max: 400, noNaN: true }),
    room_kWh: positive(100),
    taper_h: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 2, noNaN: true })),
    length_h: fc.double({ min: 1e-6, max: 0.5, noNaN: true }),
  })
  .map(({ rating_kW, room_kWh, taper_h, length_h }) => {
    return { charge: { plug_s: 0, unplug_s: 1, rating_kW, room_kWh, taper_h }, room_kWh, length_h }
  })
const lefts: fc.Arbitrary<Ends> = fc.record({ start_kW: positive(500), end_kW: positive(500) })

/** Power a share of the step after its begin. */
function power_kW(
  { steady_kW, falling_kW, rising_kW }: Shape,
  { charge, length_h }: SessionStep,
  share: number,
): number {
  const fall = share === 0 ? 1 : Math.exp((-share * length_h) / charge.taper_h)
  return steady_kW + falling_kW * fall + rising_kW * share
}

/** Energy from the begin to a share of the step, by Simpson's rule. */
function integral_kWh(shape: Shape, step: SessionStep, share: number): number {
  const parts = 200
  let sum = 0
  for (let at = 0; at <= parts; at++) {
    const weight = at === 0 || at === parts ? 1 : at % 2 === 1 ? 4 : 2
    sum += weight * power_kW(shape, step, (share * at) / parts)
  }
  return (sum * share * step.length_h) / (3 * parts)
}

const shares = Array.from({ length: 21 }, (_, at) => at / 20)

function expectKept(shape: Shape, step: SessionStep, left: Ends): void {
  const { charge, room_kWh } = step
  for (const share of shares) {
    const power = power_kW(shape, step, share)
    const line = left.start_kW + share * (left.end_kW - left.start_kW)
    expect(power).toBeGreaterThanOrEqual(0)
    expect(power).toBeLessThanOrEqual(charge.rating_kW * (1 + 1e-9))
    // Below the line between both ends: then powers that keep both ends together keep the limit between them.
    expect(power).toBeLessThanOrEqual(line * (1 + 1e-9) + 1e-9)
    const room = room_kWh - integral_kWh(shape, step, share)
    expect(power * charge.taper_h).toBeLessThanOrEqual(room + 1e-6 * room_kWh + 1e-9)
  }
}

describe('a shape (O2)', () => {
  test('keeps rating, curve and what is left of the limit at every moment, also topped', () => {
    fc.assert(
      fc.property(steps, lefts, positive(60), (step, left, wanted_kWh) => {
        // Exponentials much shorter than a step are beyond Simpson's rule.
        fc.pre(step.charge.taper_h === 0 || step.length_h < 20 * step.charge.taper_h)
        const shape = shapeFor(step, left, wanted_kWh)
        expectKept(shape, step, left)
        expect(energyOf_kWh(shape, step)).toBeLessThanOrEqual(wanted_kWh * (1 + 1e-9))
        const { start_kW, end_kW } = endsOf(shape, step)
        const rest = { start_kW: left.start_kW - start_kW, end_kW: left.end_kW - end_kW }
        expectKept(topped(shape, step, rest), step, left)
      }),
    )
  })

  test('has the energy and the ends of its powers', () => {
    const step = {
      charge: { plug_s: 0, unplug_s: 1, rating_kW: 200, room_kWh: 50, taper_h: 0.1 },
      room_kWh: 50,
      length_h: 0.05,
    }
    const shape = { steady_kW: 20, falling_kW: 80, rising_kW: 30 }
    expect(energyOf_kWh(shape, step)).toBeCloseTo(integral_kWh(shape, step, 1), 8)
    expect(endsOf(shape, step)).toEqual({ start_kW: 100, end_kW: power_kW(shape, step, 1) })
  })

  test('without a limit takes what free charging takes, but for the step with the knee', () => {
    const free = { start_kW: 1000, end_kW: 1000 }
    fc.assert(
      fc.property(steps, (step) => {
        const { charge, room_kWh, length_h } = step
        const most_kWh = room_kWh - roomAfter(charge, room_kWh, length_h)
        const energy_kWh = energyOf_kWh(shapeFor(step, free, Number.POSITIVE_INFINITY), step)
        expect(energy_kWh).toBeLessThanOrEqual(most_kWh * (1 + 1e-9) + 1e-12)
        const knee_kWh = charge.taper_h * charge.rating_kW
        const hasKnee = room_kWh > knee_kWh && room_kWh - charge.rating_kW * length_h < knee_kWh
        if (!hasKnee) expect(energy_kWh).toBeGreaterThanOrEqual(most_kWh * (1 - 1e-9) - 1e-12)
      }),
    )
  })
})

describe('free charging', () => {
  const charge = { plug_s: 0, unplug_s: 1, rating_kW: 100, room_kWh: 60, taper_h: 0.2 }

  test('loses room at the most power there is', () => {
    const step_h = 1e-5
    for (const time_h of [0, 0.2, 0.399, 0.401, 0.7, 2]) {
      const room_kWh = roomAfter(charge, 60, time_h)
      const slope_kW = (room_kWh - roomAfter(charge, 60, time_h + step_h)) / step_h
      expect(slope_kW).toBeCloseTo(most_kW(charge, room_kWh), 1)
    }
  })

  test('is the same in two goes as in one', () => {
    for (const first_h of [0.1, 0.4, 0.5]) {
      expect(roomAfter(charge, roomAfter(charge, 60, first_h), 1 - first_h)).toBeCloseTo(roomAfter(charge, 60, 1), 12)
    }
  })

  test('ends when the battery is full, where it takes all its power until then', () => {
    const hard = { ...charge, taper_h: 0 }
    expect([0, 0.3, 0.6, 0.7].map((time_h) => roomAfter(hard, 60, time_h))).toEqual([60, 30, 0, 0])
    expect([most_kW(hard, 1e-9), most_kW(hard, 0)]).toEqual([100, 0])
  })
})
